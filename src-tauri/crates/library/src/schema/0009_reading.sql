-- The entries of a feed's last answer that are taken in already: eight bytes each.
ALTER TABLE source ADD COLUMN entries BLOB;
-- Where the files of a folder are moved to when they have been read.
ALTER TABLE source ADD COLUMN move_to TEXT;
-- What a file held, so that it is known again under another name.
ALTER TABLE receipt ADD COLUMN hash BLOB;
CREATE INDEX receipt_by_size ON receipt (source, size, modified);
-- Pages of articles that were fetched for their whole text in vain.
CREATE TABLE page_try (
    url   TEXT    NOT NULL PRIMARY KEY,
    tries INTEGER NOT NULL,
    at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX page_try_by_time ON page_try (at);
