-- What a news agency says of an item's use: 'usable', 'withheld' or 'cancelled', and the moment
-- before which it is not to be published.
ALTER TABLE article ADD COLUMN status TEXT NOT NULL DEFAULT 'usable';
ALTER TABLE article ADD COLUMN embargo INTEGER;
CREATE INDEX article_by_embargo ON article (embargo) WHERE embargo IS NOT NULL;
