-- A version holds everything that a restore needs. Of versions from before, the query is all that is
-- known; the rest is taken from the topic as it is.
ALTER TABLE topic_version ADD COLUMN level TEXT NOT NULL DEFAULT 'digest';
ALTER TABLE topic_version ADD COLUMN languages TEXT NOT NULL DEFAULT '["en"]';
-- A JSON array of [name, query]: the topic's own word lists.
ALTER TABLE topic_version ADD COLUMN lists TEXT NOT NULL DEFAULT '[]';
UPDATE topic_version SET
    level = coalesce((SELECT level FROM topic WHERE topic.id = topic_version.topic), level),
    languages = coalesce((SELECT languages FROM topic WHERE topic.id = topic_version.topic), languages),
    lists = (SELECT json_group_array(json_array(name, query)) FROM word_list
             WHERE word_list.topic = topic_version.topic);

-- The last time a topic was run over the whole library, until the topic changes.
CREATE TABLE application (
    topic   TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    added   INTEGER NOT NULL,
    removed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What it changed: the match that was there before, or nulls if there was none.
CREATE TABLE application_undo (
    topic    TEXT    NOT NULL,
    article  INTEGER NOT NULL,
    version  INTEGER,
    hits     TEXT,
    sentence TEXT,
    PRIMARY KEY (topic, article)
) STRICT, WITHOUT ROWID;

-- Volumes a day and the stories they tell, without reading rows.
CREATE INDEX article_by_time ON article (sorted_at, story);
