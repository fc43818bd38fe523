-- How an alert was told, or why it was not; and when that was decided.
ALTER TABLE alert ADD COLUMN fate TEXT;
ALTER TABLE alert ADD COLUMN settled_at INTEGER;
-- What a kill interrupted: said to be shown, and not known whether it was.
CREATE INDEX alert_showing ON alert (id) WHERE state = 'showing';
CREATE INDEX alert_told ON alert (settled_at) WHERE fate IN ('shown', 'summary');

-- What the user wants of single topics and sources.
CREATE TABLE topic_rule (
    topic         TEXT NOT NULL PRIMARY KEY,
    budget        INTEGER,
    snoozed_until INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE source_cap (
    source INTEGER NOT NULL PRIMARY KEY,
    level  TEXT    NOT NULL
) STRICT;
