-- An edition that somebody sent at once. Its key is `date` with a number behind it, so that it takes no
-- planned edition's place: '2026-11-24 #000000012'.
ALTER TABLE edition ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;

-- The order that an editor gave the stories of one chapter of the next edition.
CREATE TABLE curated_place (
    digest TEXT    NOT NULL,
    topic  TEXT    NOT NULL,
    story  INTEGER NOT NULL,
    place  INTEGER NOT NULL,
    PRIMARY KEY (digest, topic, story)
) STRICT, WITHOUT ROWID;

-- When a summary told of an alert that quiet hours or a pause had held back. What was held before there
-- was such a summary is told of no more.
ALTER TABLE alert ADD COLUMN told_at INTEGER;
UPDATE alert SET told_at = settled_at WHERE fate IN ('paused', 'quiet-hours');
CREATE INDEX alert_untold ON alert (id) WHERE fate IN ('paused', 'quiet-hours') AND told_at IS NULL;
