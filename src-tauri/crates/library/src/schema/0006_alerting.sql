-- How an alert was told, or why it was not; and when that was decided.
ALTER TABLE alert ADD COLUMN fate TEXT;
ALTER TABLE alert ADD COLUMN settled_at INTEGER;
CREATE INDEX alert_told ON alert (settled_at) WHERE fate IN ('shown', 'summary');

-- What the user wants of the alerts of single topics.
CREATE TABLE topic_rule (
    topic         TEXT NOT NULL PRIMARY KEY,
    budget        INTEGER, -- alerts an hour
    snoozed_until INTEGER
) STRICT, WITHOUT ROWID;

-- How loudly the articles of a source speak, whatever their topics say.
ALTER TABLE source ADD COLUMN level TEXT;

-- 0: it was there before it was watched for, so it says nothing about how much comes in.
ALTER TABLE article ADD COLUMN news INTEGER NOT NULL DEFAULT 1;
