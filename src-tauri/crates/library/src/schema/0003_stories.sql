-- What copies of a story are found by. A changed article gets a new row, so `number` counts changes;
-- `keys` are its hashes as little-endian u32, `title` and `address` those of its headline and page.
CREATE TABLE story_print (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL UNIQUE REFERENCES article (id) ON DELETE CASCADE,
    seen_at INTEGER NOT NULL,
    keys    BLOB    NOT NULL,
    title   INTEGER,
    address INTEGER
) STRICT;
CREATE INDEX story_print_by_time ON story_print (seen_at);

-- Stories that the user took apart: they are not joined again. Each pair stands here both ways.
CREATE TABLE story_apart (
    story INTEGER NOT NULL,
    other INTEGER NOT NULL,
    PRIMARY KEY (story, other)
) STRICT, WITHOUT ROWID;
