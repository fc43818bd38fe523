//! The digests that were made.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use wirewatch_model::{Curation, Period};

use super::column::{millis, time};
use super::curation;
use crate::error::Result;

/// A digest that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct DigestRecord {
    /// Its name.
    pub name: String,
    /// What it covers.
    pub period: Period,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// How many articles it holds.
    pub articles: u32,
    /// What its editor wanted.
    pub used: Curation,
}

/// Notes a digest that was made by hand. What was wanted of a planned one is wanted of its next edition
/// all the same.
pub(crate) fn record(connection: &Connection, digest: &DigestRecord) -> Result<()> {
    connection.execute(
        "INSERT INTO digest (name, from_at, to_at, made_at, articles) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            digest.name,
            millis(digest.period.from),
            millis(digest.period.to),
            millis(digest.made_at),
            digest.articles
        ],
    )?;
    let planned: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM digest_plan WHERE name = ?1)",
        [&digest.name],
        |row| row.get(0),
    )?;
    if planned { Ok(()) } else { curation::use_up(connection, &digest.name, &digest.used) }
}

/// Where the last digest of this name ended that was noted or came out by plan.
pub(crate) fn last_end(connection: &Connection, name: &str) -> Result<Option<DateTime<Utc>>> {
    let end: Option<i64> = connection.query_row(
        "SELECT max(to_at) FROM (SELECT to_at FROM digest WHERE name = ?1
         UNION ALL SELECT to_at FROM edition WHERE digest = ?1 AND state = 'made' AND by_hand = 0)",
        [name],
        |row| row.get(0),
    )?;
    Ok(end.map(time))
}
