-- What an editor wants of the next edition of a digest; used up by that edition.
CREATE TABLE curation (
    digest TEXT NOT NULL PRIMARY KEY,
    note   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE curated_story (
    digest  TEXT    NOT NULL,
    story   INTEGER NOT NULL,
    dropped INTEGER NOT NULL,
    place   INTEGER,          -- NULL: wherever the order of the digest puts it
    note    TEXT    NOT NULL,
    PRIMARY KEY (digest, story)
) STRICT, WITHOUT ROWID;

-- Why the next edition could not be made; empty if nothing is wrong.
ALTER TABLE digest_plan ADD COLUMN trouble TEXT NOT NULL DEFAULT '';

-- When its provider took an article back, so that the next digest can say so.
ALTER TABLE article ADD COLUMN retracted_at INTEGER;
CREATE INDEX article_by_retraction ON article (retracted_at) WHERE retracted_at IS NOT NULL;
CREATE INDEX revision_by_time ON revision (replaced_at);
