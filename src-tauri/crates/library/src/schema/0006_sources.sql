-- What most sources need nothing of; lists as JSON. A password is never among them.
ALTER TABLE source ADD COLUMN user TEXT;
ALTER TABLE source ADD COLUMN headers TEXT NOT NULL DEFAULT '[]';
ALTER TABLE source ADD COLUMN selector TEXT;
ALTER TABLE source ADD COLUMN ignored TEXT NOT NULL DEFAULT '[]';
-- Where the source says that it moved for good, and how many times in a row it said so.
ALTER TABLE source ADD COLUMN moved_to TEXT;
ALTER TABLE source ADD COLUMN moved_seen INTEGER NOT NULL DEFAULT 0;
