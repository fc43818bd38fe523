-- Digests that come out by themselves, their editions, and where these go.

CREATE TABLE digest_plan (
    name        TEXT    NOT NULL PRIMARY KEY,
    topics      TEXT    NOT NULL, -- JSON list of topics, in order; empty for all
    days        INTEGER NOT NULL, -- Monday is bit 0
    at_minute   INTEGER NOT NULL, -- minutes after midnight by the clock on the wall
    zone        TEXT,             -- NULL: wherever the machine is
    recipients  TEXT    NOT NULL, -- JSON list of mail addresses
    folder      TEXT,
    cap         INTEGER,
    story_order TEXT    NOT NULL,
    when_empty  TEXT    NOT NULL,
    since       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The key is the lock: whoever inserts the row makes the edition.
CREATE TABLE edition (
    id       INTEGER PRIMARY KEY,
    digest   TEXT    NOT NULL,
    date     TEXT    NOT NULL,  -- local, YYYY-MM-DD
    state    TEXT    NOT NULL,  -- claimed, made, skipped
    from_at  INTEGER NOT NULL,
    to_at    INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    late     INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    content  BLOB,              -- the digest as composed: what is sent is what is kept
    pdf      BLOB,
    mail     BLOB,              -- the message, the same bytes at every try
    UNIQUE (digest, date)
) STRICT;

CREATE TABLE delivery (
    edition     INTEGER NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
    kind        TEXT    NOT NULL, -- mail, folder
    destination TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    tries       INTEGER NOT NULL,
    next_try    INTEGER,
    message     TEXT    NOT NULL,
    PRIMARY KEY (edition, kind, destination)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_waiting ON delivery (next_try) WHERE state = 'waiting';
CREATE INDEX delivery_sending ON delivery (next_try) WHERE state = 'sending';
CREATE INDEX edition_by_date ON edition (date, id);
