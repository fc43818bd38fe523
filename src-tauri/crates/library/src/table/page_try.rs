//! Pages that were fetched for an article's whole text in vain.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::column::millis;
use crate::error::Result;

/// What is older is in no feed any more.
const KEPT: TimeDelta = TimeDelta::days(30);

/// How often a page was tried.
pub(crate) fn count(connection: &Connection, url: &str) -> Result<u32> {
    let tries = connection
        .prepare_cached("SELECT tries FROM page_try WHERE url = ?1")?
        .query_row([url], |row| row.get(0))
        .optional()?;
    Ok(tries.unwrap_or_default())
}

/// Notes that a page was tried.
pub(crate) fn note(connection: &Connection, url: &str, at: DateTime<Utc>) -> Result<()> {
    connection.prepare_cached("DELETE FROM page_try WHERE at < ?1")?.execute([millis(at - KEPT)])?;
    connection
        .prepare_cached(
            "INSERT INTO page_try (url, tries, at) VALUES (?1, 1, ?2)
             ON CONFLICT (url) DO UPDATE SET tries = tries + 1, at = excluded.at",
        )?
        .execute(params![url, millis(at)])?;
    Ok(())
}
