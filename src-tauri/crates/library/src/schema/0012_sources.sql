-- A way of its own to the source, and a rest that the user gives it.
ALTER TABLE source ADD COLUMN proxy TEXT;
ALTER TABLE source ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
-- How long the feed says that it stays as it is; an answer "not modified" does not repeat it.
ALTER TABLE source ADD COLUMN ttl_seconds INTEGER;

-- What was wrong with the last answer that was read, in its order.
CREATE TABLE source_problem (
    source INTEGER NOT NULL REFERENCES source (id),
    number INTEGER NOT NULL,
    place TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (source, number)
) STRICT, WITHOUT ROWID;
