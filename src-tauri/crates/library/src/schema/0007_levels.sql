-- What is said of a story is brought up to date with every article of it.
CREATE INDEX alert_by_story ON alert (story);

-- No alert is between being shown and having been shown any more: the logbook beside the library says so.
DROP INDEX alert_showing;

-- How loudly the articles of a source speak, whatever their topics say.
DROP TABLE source_cap;
ALTER TABLE source ADD COLUMN level TEXT;

-- 0: it was there before it was watched for, so it says nothing about how much comes in.
ALTER TABLE article ADD COLUMN news INTEGER NOT NULL DEFAULT 1;
