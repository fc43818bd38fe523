-- Every word that was ever put into the index. FTS5's own vocabulary reads the articles of each word
-- that it lists, which takes longer than most searches.
CREATE TABLE word (word TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO word SELECT term FROM vocabulary WHERE substr(term, 1, 1) <> '=';
DROP TABLE vocabulary;
