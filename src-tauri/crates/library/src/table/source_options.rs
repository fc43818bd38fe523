//! What most sources need nothing of, and where they say that they moved.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, params};
use wirewatch_model::{SourceId, SourceOptions};

use super::column::{list, read_list, time};
use crate::error::Result;

pub(crate) fn get(connection: &Connection, source: SourceId) -> Result<SourceOptions> {
    let (headers, ignored, mut options): (String, String, SourceOptions) = connection
        .prepare_cached("SELECT headers, ignored, user, selector, move_to, proxy FROM source WHERE id = ?1")?
        .query_row([source.0], |row| {
            let plain = SourceOptions {
                user: row.get(2)?,
                selector: row.get(3)?,
                move_to: row.get(4)?,
                proxy: row.get(5)?,
                ..SourceOptions::default()
            };
            Ok((row.get(0)?, row.get(1)?, plain))
        })?;
    options.headers = read_list("headers of a source", &headers)?
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    options.ignore = read_list("patterns of a source", &ignored)?;
    Ok(options)
}

pub(crate) fn put(connection: &Connection, source: SourceId, options: &SourceOptions) -> Result<()> {
    let headers: Vec<String> =
        options.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    connection
        .prepare_cached(
            "UPDATE source SET user = ?2, headers = ?3, selector = ?4, ignored = ?5, move_to = ?6,
                 proxy = ?7
             WHERE id = ?1",
        )?
        .execute(params![
            source.0,
            options.user,
            list(&headers),
            options.selector,
            list(&options.ignore),
            options.move_to,
            options.proxy
        ])?;
    Ok(())
}

/// Notes where an answer said that the source moved for good; `None` if it did not. Gives how
/// many times in a row it has said the same.
pub(crate) fn note_move(connection: &Connection, source: SourceId, to: Option<&str>) -> Result<u32> {
    Ok(connection
        .prepare_cached(
            "UPDATE source SET moved_seen = CASE WHEN ?2 IS NULL THEN 0 WHEN moved_to = ?2 THEN moved_seen + 1 ELSE 1 END,
                 moved_to = ?2 WHERE id = ?1 RETURNING moved_seen",
        )?
        .query_row(params![source.0, to], |row| row.get(0))?)
}

/// Gives a source another address. False if another source has it.
pub(crate) fn relocate(connection: &Connection, source: SourceId, location: &str) -> Result<bool> {
    let changed = connection.execute(
        "UPDATE OR IGNORE source SET location = ?2, moved_to = NULL, moved_seen = 0 WHERE id = ?1",
        params![source.0, location],
    )?;
    Ok(changed > 0)
}

/// When the newest article of a source came in.
pub(crate) fn last_arrival(connection: &Connection, source: SourceId) -> Result<Option<DateTime<Utc>>> {
    Ok(connection
        .prepare_cached("SELECT first_seen FROM article WHERE source = ?1 ORDER BY id DESC LIMIT 1")?
        .query_row([source.0], |row| Ok(time(row.get(0)?)))
        .optional()?)
}

/// When the newest articles of a source came out (or, where they do not say, came in), newest first.
pub(crate) fn recent_times(
    connection: &Connection,
    source: SourceId,
    most: u32,
) -> Result<Vec<DateTime<Utc>>> {
    let mut statement = connection.prepare_cached(
        "SELECT min(coalesce(published, first_seen), first_seen) FROM article WHERE source = ?1
         ORDER BY id DESC LIMIT ?2",
    )?;
    let times = statement.query_map(params![source.0, most], |row| Ok(time(row.get(0)?)))?;
    let mut times: Vec<_> = times.collect::<std::result::Result<_, _>>()?;
    times.sort_unstable_by(|a, b| b.cmp(a));
    Ok(times)
}
