//! Topics with their versions, and word lists.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use wirewatch_model::{Level, Topic, TopicId, TopicVersion};

use super::column::{list, millis, read_list};
use super::{matching, rule};
use crate::error::Result;

/// A topic as it shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicChange {
    /// Its short name; one that is there already is changed.
    pub id: TopicId,
    /// Its name for people.
    pub name: String,
    /// The query as written; whoever saves has parsed it.
    pub query: String,
    /// How loudly it speaks.
    pub level: Level,
    /// The languages of its word forms, as tags.
    pub languages: Vec<String>,
}

/// A named set of terms that queries use as `@name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordList {
    /// The topic that alone may use it; `None` if every query may.
    pub topic: Option<TopicId>,
    /// Its name without the `@`.
    pub name: String,
    /// The terms, as a query.
    pub query: String,
}

const COLUMNS: &str = "id, name, query, level, languages, version,
    (SELECT count(*) FROM match WHERE match.topic = topic.id)";

/// Every topic, in the user's order.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Topic>> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM topic ORDER BY position, id"))?;
    let mut rows = statement.query([])?;
    let mut topics = Vec::new();
    while let Some(row) = rows.next()? {
        topics.push(decode(row)?);
    }
    Ok(topics)
}

/// Saves a topic; a changed query (or other languages) makes a new version.
pub(crate) fn save(connection: &Connection, change: &TopicChange, at: DateTime<Utc>) -> Result<()> {
    let languages = list(&change.languages);
    let before: Option<(String, String, i64)> = connection
        .query_row("SELECT query, languages, version FROM topic WHERE id = ?1", [change.id.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let version = match &before {
        Some((query, old, version)) if *query == change.query && *old == languages => *version,
        Some((_, _, version)) => version + 1,
        None => 1,
    };
    connection.execute(
        "INSERT INTO topic (id, position, name, query, level, languages, version)
         VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM topic), ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query,
             level = excluded.level, languages = excluded.languages, version = excluded.version",
        params![change.id.as_str(), change.name, change.query, change.level.as_str(), languages, version],
    )?;
    connection.execute(
        "INSERT OR IGNORE INTO topic_version (topic, version, query, at) VALUES (?1, ?2, ?3, ?4)",
        params![change.id.as_str(), version, change.query, millis(at)],
    )?;
    Ok(())
}

/// Removes a topic with its matches and word lists; its alerts stay in the inbox.
pub(crate) fn remove(connection: &Connection, id: &TopicId) -> Result<bool> {
    matching::forget_topic(connection, id)?;
    rule::forget(connection, id)?;
    connection.execute("DELETE FROM word_list WHERE topic = ?1", [id.as_str()])?;
    Ok(connection.execute("DELETE FROM topic WHERE id = ?1", [id.as_str()])? > 0)
}

/// Every word list.
pub(crate) fn word_lists(connection: &Connection) -> Result<Vec<WordList>> {
    let mut statement =
        connection.prepare_cached("SELECT topic, name, query FROM word_list ORDER BY topic, name")?;
    let lists = statement.query_map([], |row| {
        let topic: String = row.get(0)?;
        Ok(WordList {
            topic: (!topic.is_empty()).then(|| TopicId::from_name(&topic)),
            name: row.get(1)?,
            query: row.get(2)?,
        })
    })?;
    Ok(lists.collect::<std::result::Result<_, _>>()?)
}

/// Saves a word list.
pub(crate) fn save_word_list(connection: &Connection, list: &WordList) -> Result<()> {
    let topic = list.topic.as_ref().map_or("", TopicId::as_str);
    connection.execute(
        "INSERT OR REPLACE INTO word_list (topic, name, query) VALUES (?1, ?2, ?3)",
        [topic, &list.name, &list.query],
    )?;
    Ok(())
}

fn decode(row: &Row<'_>) -> Result<Topic> {
    let languages: String = row.get(4)?;
    Ok(Topic {
        id: TopicId::from_name(&row.get::<_, String>(0)?),
        name: row.get(1)?,
        query: row.get(2)?,
        level: Level::from_name(&row.get::<_, String>(3)?).unwrap_or(Level::Digest),
        languages: read_list("languages", &languages)?,
        version: TopicVersion(row.get(5)?),
        matches: row.get::<_, i64>(6)?.unsigned_abs(),
    })
}
