//! Topics and word lists.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use wirewatch_model::{Level, Topic, TopicId, TopicVersion};

use super::column::{list, read_list};
use super::{application, matching, rule, version};
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

/// One topic.
pub(crate) fn get(connection: &Connection, id: &TopicId) -> Result<Option<Topic>> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM topic WHERE id = ?1"))?;
    let mut rows = statement.query([id.as_str()])?;
    rows.next()?.map(decode).transpose()
}

/// The version that a topic is at; none if it is not there.
pub(crate) fn version_of(connection: &Connection, id: &TopicId) -> Result<Option<TopicVersion>> {
    Ok(connection
        .prepare_cached("SELECT version FROM topic WHERE id = ?1")?
        .query_row([id.as_str()], |row| Ok(TopicVersion(row.get(0)?)))
        .optional()?)
}

/// Saves a topic; whatever decides what it finds or how loudly, if changed, makes a new version.
/// `lists` take the place of the topic's own word lists; without them these stay. The last application
/// is forgotten if the topic does not find the same as before.
pub(crate) fn save(
    connection: &Connection,
    change: &TopicChange,
    lists: Option<&[WordList]>,
    at: DateTime<Utc>,
) -> Result<()> {
    if let Some(lists) = lists {
        connection.execute("DELETE FROM word_list WHERE topic = ?1", [change.id.as_str()])?;
        lists.iter().try_for_each(|list| save_word_list(connection, list))?;
    }
    let before = version_of(connection, &change.id)?;
    let version = version::record(connection, change, &own_lists(connection, &change.id)?, at)?;
    if !version::find_alike(connection, &change.id, before, version)? {
        application::forget(connection, &change.id)?;
    }
    connection.execute(
        "INSERT INTO topic (id, position, name, query, level, languages, version)
         VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM topic), ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query,
             level = excluded.level, languages = excluded.languages, version = excluded.version",
        params![
            change.id.as_str(),
            change.name,
            change.query,
            change.level.as_str(),
            list(&change.languages),
            version.0
        ],
    )?;
    Ok(())
}

/// Removes a topic with its matches and word lists; its alerts stay in the inbox, and its versions
/// stay in case it comes back.
pub(crate) fn remove(connection: &Connection, id: &TopicId) -> Result<bool> {
    matching::forget_topic(connection, id)?;
    rule::forget(connection, id)?;
    application::forget(connection, id)?;
    connection.execute("DELETE FROM word_list WHERE topic = ?1", [id.as_str()])?;
    Ok(connection.execute("DELETE FROM topic WHERE id = ?1", [id.as_str()])? > 0)
}

fn own_lists(connection: &Connection, id: &TopicId) -> Result<Vec<(String, String)>> {
    let mut statement =
        connection.prepare_cached("SELECT name, query FROM word_list WHERE topic = ?1 ORDER BY name")?;
    let lists = statement.query_map([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(lists.collect::<std::result::Result<_, _>>()?)
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
