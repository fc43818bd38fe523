//! The versions of a topic: what it was, since when, and everything that a restore needs.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use wirewatch_model::{Level, TopicId, TopicVersion};

use super::column::{list, millis, read_list, time};
use super::topic::TopicChange;
use crate::LibraryError;
use crate::error::Result;

/// A state that a topic was in.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionRecord {
    /// Its number, from 1.
    pub number: TopicVersion,
    /// When it was saved.
    pub at: DateTime<Utc>,
    /// The query as written.
    pub query: String,
    /// How loudly it spoke.
    pub level: Level,
    /// The languages of its word forms, as tags.
    pub languages: Vec<String>,
    /// Its own word lists: name and terms.
    pub lists: Vec<(String, String)>,
}

impl VersionRecord {
    /// Whether it finds the same as another version: how loudly they speak does not matter.
    fn finds_as(&self, other: &VersionRecord) -> bool {
        self.query == other.query && self.languages == other.languages && self.lists == other.lists
    }
}

const COLUMNS: &str = "version, at, query, level, languages, lists";

/// The number of a topic's state: that of its newest version if it is the same, else a new one.
pub(crate) fn record(
    connection: &Connection,
    change: &TopicChange,
    lists: &[(String, String)],
    at: DateTime<Utc>,
) -> Result<TopicVersion> {
    let newest = of(connection, &change.id)?.into_iter().next();
    if let Some(newest) = &newest
        && newest.query == change.query
        && newest.level == change.level
        && newest.languages == change.languages
        && newest.lists == lists
    {
        return Ok(newest.number);
    }
    let number = TopicVersion(newest.map_or(1, |newest| newest.number.0 + 1));
    connection.execute(
        "INSERT INTO topic_version (topic, version, at, query, level, languages, lists)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            change.id.as_str(),
            number.0,
            millis(at),
            change.query,
            change.level.as_str(),
            list(&change.languages),
            serde_json::json!(lists).to_string()
        ],
    )?;
    Ok(number)
}

/// The versions of a topic, newest first.
pub(crate) fn of(connection: &Connection, topic: &TopicId) -> Result<Vec<VersionRecord>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM topic_version WHERE topic = ?1 ORDER BY version DESC"
    ))?;
    let mut rows = statement.query([topic.as_str()])?;
    let mut versions = Vec::new();
    while let Some(row) = rows.next()? {
        versions.push(decode(row)?);
    }
    Ok(versions)
}

/// One version of a topic.
pub(crate) fn get(
    connection: &Connection,
    topic: &TopicId,
    number: TopicVersion,
) -> Result<Option<VersionRecord>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM topic_version WHERE topic = ?1 AND version = ?2"))?
        .query_row(params![topic.as_str(), number.0], |row| Ok(decode(row)))
        .optional()?
        .transpose()
}

/// Whether a topic finds the same in two versions: they differ in their level at most.
pub(crate) fn find_alike(
    connection: &Connection,
    topic: &TopicId,
    before: Option<TopicVersion>,
    now: TopicVersion,
) -> Result<bool> {
    let Some(before) = before else { return Ok(false) };
    if before == now {
        return Ok(true);
    }
    let (before, now) = (get(connection, topic, before)?, get(connection, topic, now)?);
    Ok(before.zip(now).is_some_and(|(before, now)| before.finds_as(&now)))
}

fn decode(row: &Row<'_>) -> Result<VersionRecord> {
    let lists: String = row.get(5)?;
    Ok(VersionRecord {
        number: TopicVersion(row.get(0)?),
        at: time(row.get(1)?),
        query: row.get(2)?,
        level: Level::from_name(&row.get::<_, String>(3)?).unwrap_or(Level::Digest),
        languages: read_list("languages", &row.get::<_, String>(4)?)?,
        lists: serde_json::from_str(&lists).map_err(|error| LibraryError::stored("word lists", error))?,
    })
}
