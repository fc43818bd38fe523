-- Times are milliseconds since 1970 in UTC. Rows of a source that the user removed stay, since
-- articles name it.
CREATE TABLE source (
    id             INTEGER PRIMARY KEY,
    kind           TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    location       TEXT    NOT NULL UNIQUE,
    label          TEXT,
    every_seconds  INTEGER,
    full_text      INTEGER NOT NULL DEFAULT 0,
    alert_existing INTEGER NOT NULL DEFAULT 0,
    added_at       INTEGER NOT NULL,
    removed_at     INTEGER,
    -- Its first pass is over: from now on what arrives is news.
    primed         INTEGER NOT NULL DEFAULT 0,
    last_checked   INTEGER,
    last_success   INTEGER,
    next_check     INTEGER,
    failures       INTEGER NOT NULL DEFAULT 0,
    state          TEXT    NOT NULL DEFAULT 'new',
    message        TEXT    NOT NULL DEFAULT '',
    -- What the server said last, for the conditional request.
    etag           TEXT,
    last_modified  TEXT,
    validated_at   INTEGER,
    body_hash      BLOB
) STRICT;

-- AUTOINCREMENT: an arrival number is never given twice, even if the newest article goes.
CREATE TABLE article (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    source        INTEGER NOT NULL REFERENCES source (id),
    story         INTEGER NOT NULL,
    first_seen    INTEGER NOT NULL,
    sorted_at     INTEGER NOT NULL,
    published     INTEGER,
    -- 1 if `published` is a day without a time.
    published_day INTEGER NOT NULL DEFAULT 0,
    updated       INTEGER,
    updated_day   INTEGER NOT NULL DEFAULT 0,
    title         TEXT    NOT NULL,
    authors       TEXT    NOT NULL,
    publisher     TEXT,
    url           TEXT,
    external_id   TEXT,
    revision      TEXT,
    language      TEXT,
    labels        TEXT    NOT NULL,
    summary_only  INTEGER NOT NULL DEFAULT 0,
    problems      TEXT    NOT NULL DEFAULT '[]',
    snippet       TEXT    NOT NULL,
    fingerprint   BLOB    NOT NULL,
    read          INTEGER NOT NULL DEFAULT 0,
    starred       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX article_by_fingerprint ON article (fingerprint);
CREATE INDEX article_by_story ON article (story, source);
CREATE INDEX article_by_source ON article (source, id);
CREATE INDEX article_by_first_seen ON article (first_seen);
CREATE INDEX article_unread ON article (id) WHERE read = 0;
CREATE INDEX article_starred ON article (id) WHERE starred = 1;

-- Bodies apart from the rows that lists read; zstd.
CREATE TABLE body (
    article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    lead    TEXT,
    text    BLOB NOT NULL,
    html    BLOB NOT NULL
) STRICT;

-- A key outlives its article, so that what was deleted does not return as news.
CREATE TABLE article_key (
    kind    TEXT    NOT NULL,
    source  INTEGER NOT NULL,
    key     TEXT    NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (kind, source, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE revision (
    article     INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    replaced_at INTEGER NOT NULL,
    title       TEXT    NOT NULL,
    text        BLOB    NOT NULL,
    PRIMARY KEY (article, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE topic (
    id        TEXT    NOT NULL PRIMARY KEY,
    position  INTEGER NOT NULL,
    name      TEXT    NOT NULL,
    query     TEXT    NOT NULL,
    level     TEXT    NOT NULL,
    languages TEXT    NOT NULL,
    version   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE topic_version (
    topic   TEXT    NOT NULL,
    version INTEGER NOT NULL,
    query   TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (topic, version)
) STRICT, WITHOUT ROWID;

-- `topic` is empty for a list that every query may use.
CREATE TABLE word_list (
    topic TEXT NOT NULL,
    name  TEXT NOT NULL,
    query TEXT NOT NULL,
    PRIMARY KEY (topic, name)
) STRICT, WITHOUT ROWID;

-- `hits` is a JSON array of [field, start, end].
CREATE TABLE match (
    article  INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    topic    TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    hits     TEXT    NOT NULL,
    sentence TEXT    NOT NULL,
    PRIMARY KEY (article, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX match_by_topic ON match (topic, article);

-- One alert a topic and story: the outbox too, since `state` says what still has to be shown.
CREATE TABLE alert (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    topic    TEXT    NOT NULL,
    story    INTEGER NOT NULL,
    article  INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    at       INTEGER NOT NULL,
    level    TEXT    NOT NULL,
    sentence TEXT    NOT NULL,
    outlets  INTEGER NOT NULL,
    state    TEXT    NOT NULL,
    UNIQUE (topic, story)
) STRICT;
CREATE INDEX alert_pending ON alert (id) WHERE state = 'pending';
CREATE INDEX alert_unseen ON alert (article) WHERE state <> 'read';

-- What became of each file of a folder.
CREATE TABLE receipt (
    source   INTEGER NOT NULL,
    path     TEXT    NOT NULL,
    size     INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    read_at  INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    problem  TEXT,
    PRIMARY KEY (source, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE digest (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL,
    from_at  INTEGER NOT NULL,
    to_at    INTEGER NOT NULL,
    made_at  INTEGER NOT NULL,
    articles INTEGER NOT NULL
) STRICT;
CREATE INDEX digest_by_name ON digest (name, to_at);

CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Contentless: the texts are in `body`, the index holds one folded word a position.
CREATE VIRTUAL TABLE article_index USING fts5 (
    title, lead, body, content = '', contentless_delete = 1, tokenize = 'wirewatch'
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (article_index, 'row');
