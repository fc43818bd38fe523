//! Sources and their health.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use wirewatch_model::{Health, Level, NewSource, Source, SourceId, SourceKind, SourceState, SourceWishes};

use super::column::{millis, time};
use crate::error::Result;

const COLUMNS: &str = "id, kind, name, location, label, every_seconds, full_text, alert_existing,
    last_checked, last_success, next_check, failures, state, message, level, paused";

/// More problems of one answer than anybody reads.
const MOST_PROBLEMS: usize = 50;

/// Adds a source, or brings back a removed one of the same location with the new wishes.
pub(crate) fn add(connection: &Connection, new: &NewSource, at: DateTime<Utc>) -> Result<SourceId> {
    let id = connection
        .prepare_cached(
            "INSERT INTO source (kind, name, location, label, every_seconds, full_text, alert_existing, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (location) DO UPDATE SET kind = excluded.kind, name = excluded.name,
                 label = excluded.label, every_seconds = excluded.every_seconds,
                 full_text = excluded.full_text, alert_existing = excluded.alert_existing,
                 added_at = excluded.added_at, removed_at = NULL, primed = 0, next_check = NULL, failures = 0,
                 level = NULL, paused = 0, state = excluded.state, message = '', etag = NULL, last_modified = NULL,
                 validated_at = NULL, body_hash = NULL, entries = NULL, ttl_seconds = NULL
             RETURNING id",
        )?
        .query_row(
            params![
                new.kind.as_str(),
                new.name,
                new.location,
                new.label,
                new.every.map(|every| every.as_secs() as i64),
                new.full_text,
                new.alert_existing,
                millis(at)
            ],
            |row| row.get(0),
        )?;
    Ok(SourceId(id))
}

/// Stops watching a source; its articles stay. False if there is none of this id.
pub(crate) fn remove(connection: &Connection, id: SourceId, at: DateTime<Utc>) -> Result<bool> {
    let changed = connection.execute(
        "UPDATE source SET removed_at = ?2 WHERE id = ?1 AND removed_at IS NULL",
        params![id.0, millis(at)],
    )?;
    Ok(changed > 0)
}

/// Every watched source, in the order in which they were added.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Source>> {
    let mut statement = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM source WHERE removed_at IS NULL ORDER BY id"))?;
    let sources = statement.query_map([], decode)?.collect::<std::result::Result<_, _>>()?;
    Ok(sources)
}

/// How many articles came from each source.
pub(crate) fn article_counts(connection: &Connection) -> Result<HashMap<SourceId, u64>> {
    let mut statement = connection.prepare_cached("SELECT source, count(*) FROM article GROUP BY source")?;
    let counts =
        statement.query_map([], |row| Ok((SourceId(row.get(0)?), row.get::<_, i64>(1)?.unsigned_abs())))?;
    Ok(counts.collect::<std::result::Result<_, _>>()?)
}

/// One watched source.
pub(crate) fn get(connection: &Connection, id: SourceId) -> Result<Option<Source>> {
    Ok(connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM source WHERE id = ?1 AND removed_at IS NULL"))?
        .query_row([id.0], decode)
        .optional()?)
}

/// The watched source at a location.
pub(crate) fn at_location(connection: &Connection, location: &str) -> Result<Option<Source>> {
    Ok(connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM source WHERE location = ?1 AND removed_at IS NULL"))?
        .query_row([location], decode)
        .optional()?)
}

/// Whether a source's first pass is over, and when it was added.
pub(crate) fn primed(connection: &Connection, id: SourceId) -> Result<(bool, DateTime<Utc>)> {
    Ok(connection
        .prepare_cached("SELECT primed, added_at FROM source WHERE id = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, time(row.get(1)?))))?)
}

/// Notes that a source's first pass is over.
pub(crate) fn set_primed(connection: &Connection, id: SourceId) -> Result<()> {
    connection
        .prepare_cached("UPDATE source SET primed = 1 WHERE id = ?1 AND primed = 0")?
        .execute([id.0])?;
    Ok(())
}

/// Says how loudly a source speaks, whatever its topics say. False if there is none of this id.
pub(crate) fn set_level(connection: &Connection, id: SourceId, level: Option<Level>) -> Result<bool> {
    let changed = connection.execute(
        "UPDATE source SET level = ?2 WHERE id = ?1 AND removed_at IS NULL",
        params![id.0, level.map(Level::as_str)],
    )?;
    Ok(changed > 0)
}

/// Pauses a source, or lets it go on: then it is due at once. False if there is none of this id.
pub(crate) fn set_paused(connection: &Connection, id: SourceId, paused: bool) -> Result<bool> {
    let changed = connection.execute(
        "UPDATE source SET paused = ?2, next_check = CASE WHEN ?2 THEN next_check END
         WHERE id = ?1 AND removed_at IS NULL",
        params![id.0, paused],
    )?;
    Ok(changed > 0)
}

/// Changes what the user asked for; place and kind stay. False if there is none of this id.
pub(crate) fn change(connection: &Connection, id: SourceId, new: &SourceWishes) -> Result<bool> {
    let changed = connection.execute(
        "UPDATE source SET name = ?2, label = ?3, every_seconds = ?4, full_text = ?5, level = ?6
         WHERE id = ?1 AND removed_at IS NULL",
        params![
            id.0,
            new.name,
            new.label,
            new.every.map(|every| every.as_secs() as i64),
            new.full_text,
            new.level.map(Level::as_str)
        ],
    )?;
    Ok(changed > 0)
}

/// When so many of the newest articles of a source came out, by day in UTC, oldest first.
pub(crate) fn days(
    connection: &Connection,
    id: SourceId,
    since: DateTime<Utc>,
) -> Result<Vec<(NaiveDate, u32)>> {
    let mut statement = connection.prepare_cached(
        "SELECT date(min(coalesce(published, first_seen), first_seen) / 1000, 'unixepoch') AS day, count(*)
         FROM article WHERE source = ?1 AND first_seen >= ?2 GROUP BY day ORDER BY day",
    )?;
    let days = statement.query_map(params![id.0, millis(since)], |row| {
        Ok((row.get::<_, String>(0)?.parse().unwrap_or_default(), row.get(1)?))
    })?;
    Ok(days.collect::<std::result::Result<_, _>>()?)
}

/// Puts what was wrong with an answer, places and reasons, in place of what was wrong with the last.
pub(crate) fn set_problems(
    connection: &Connection,
    id: SourceId,
    problems: &[(String, String)],
) -> Result<()> {
    connection.prepare_cached("DELETE FROM source_problem WHERE source = ?1")?.execute([id.0])?;
    let mut insert = connection.prepare_cached("INSERT INTO source_problem VALUES (?1, ?2, ?3, ?4)")?;
    for (number, (place, reason)) in problems.iter().take(MOST_PROBLEMS).enumerate() {
        insert.execute(params![id.0, number as i64, place, reason])?;
    }
    Ok(())
}

/// What was wrong with the last answer that was read: places and reasons.
pub(crate) fn problems(connection: &Connection, id: SourceId) -> Result<Vec<(String, String)>> {
    let mut statement = connection
        .prepare_cached("SELECT place, reason FROM source_problem WHERE source = ?1 ORDER BY number")?;
    let problems = statement.query_map([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(problems.collect::<std::result::Result<_, _>>()?)
}

/// Notes how a source fares. That it is paused is the user's wish, which no finding ends.
pub(crate) fn set_health(connection: &Connection, id: SourceId, health: &Health) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE source SET last_checked = ?2, last_success = ?3, next_check = ?4, failures = ?5,
                 state = CASE ?6 WHEN 'paused' THEN state ELSE ?6 END, message = ?7 WHERE id = ?1",
        )?
        .execute(params![
            id.0,
            health.last_checked.map(millis),
            health.last_success.map(millis),
            health.next_check.map(millis),
            health.failures,
            health.state.as_str(),
            health.message
        ])?;
    Ok(())
}

fn decode(row: &Row<'_>) -> rusqlite::Result<Source> {
    let moment = |index| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(index)?.map(time));
    Ok(Source {
        id: SourceId(row.get(0)?),
        spec: NewSource {
            kind: SourceKind::from_name(&row.get::<_, String>(1)?).unwrap_or(SourceKind::Feed),
            name: row.get(2)?,
            location: row.get(3)?,
            label: row.get(4)?,
            every: row.get::<_, Option<i64>>(5)?.map(|seconds| Duration::from_secs(seconds.unsigned_abs())),
            full_text: row.get(6)?,
            alert_existing: row.get(7)?,
        },
        level: row.get::<_, Option<String>>(14)?.as_deref().and_then(Level::from_name),
        health: Health {
            last_checked: moment(8)?,
            last_success: moment(9)?,
            next_check: moment(10)?,
            failures: row.get(11)?,
            state: match row.get(15)? {
                true => SourceState::Paused,
                false => SourceState::from_name(&row.get::<_, String>(12)?).unwrap_or_default(),
            },
            message: row.get(13)?,
        },
    })
}
