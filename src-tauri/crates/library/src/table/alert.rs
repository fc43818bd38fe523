//! Alerts: the inbox and, by their state, the outbox.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use wirewatch_model::{Alert, AlertId, AlertState, ArticleId, Level, Match, StoryId, TopicId};

use super::column::{millis, time};
use crate::error::Result;

/// Which alerts are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertFilter {
    /// Those raised at or after this time.
    Since(DateTime<Utc>),
    /// The newest so many.
    Newest(u32),
    /// Those not shown to the user yet, oldest first.
    Pending,
}

const SELECT: &str = "SELECT alert.id, alert.topic, coalesce(topic.name, alert.topic), alert.article,
    article.title, source.name, alert.sentence, alert.at, alert.level, alert.outlets, alert.state
    FROM alert JOIN article ON article.id = alert.article JOIN source ON source.id = article.source
    LEFT JOIN topic ON topic.id = alert.topic";

/// Raises an alert for a match. If the story has one already, its count of outlets is brought up
/// to date instead; returns whether a new one was raised.
pub(crate) fn raise(
    connection: &Connection,
    one: &Match,
    level: Level,
    article: ArticleId,
    story: StoryId,
    at: DateTime<Utc>,
) -> Result<bool> {
    let outlets: u32 = connection
        .prepare_cached("SELECT count(DISTINCT source) FROM article WHERE story = ?1")?
        .query_row([story.0], |row| row.get(0))?;
    let present: Option<i64> = connection
        .prepare_cached("UPDATE alert SET outlets = ?3 WHERE topic = ?1 AND story = ?2 RETURNING id")?
        .query_row(params![one.topic.as_str(), story.0, outlets], |row| row.get(0))
        .optional()?;
    if present.is_some() {
        return Ok(false);
    }
    connection
        .prepare_cached(
            "INSERT INTO alert (topic, story, article, at, level, sentence, outlets, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending')",
        )?
        .execute(params![
            one.topic.as_str(),
            story.0,
            article.0,
            millis(at),
            level.as_str(),
            one.sentence,
            outlets
        ])?;
    Ok(true)
}

/// Alerts; newest first, but the pending ones in the order in which they are shown.
pub(crate) fn list(connection: &Connection, filter: AlertFilter) -> Result<Vec<Alert>> {
    let (condition, argument) = match filter {
        AlertFilter::Since(at) => ("WHERE alert.at >= ?1 ORDER BY alert.id DESC", millis(at)),
        AlertFilter::Newest(limit) => ("ORDER BY alert.id DESC LIMIT ?1", i64::from(limit)),
        AlertFilter::Pending => ("WHERE alert.state = 'pending' AND ?1 = 0 ORDER BY alert.id", 0),
    };
    let mut statement = connection.prepare_cached(&format!("{SELECT} {condition}"))?;
    let alerts = statement.query_map([argument], decode)?.collect::<std::result::Result<_, _>>()?;
    Ok(alerts)
}

/// How many alerts the user has not seen.
pub(crate) fn unseen(connection: &Connection) -> Result<u32> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM alert WHERE state <> 'read'")?
        .query_row([], |row| row.get(0))?)
}

/// Moves alerts on: pending to delivered, anything to read. Never back.
pub(crate) fn advance(connection: &Connection, ids: &[AlertId], to: AlertState) -> Result<()> {
    let mut statement = connection
        .prepare_cached("UPDATE alert SET state = ?2 WHERE id = ?1 AND (state = 'pending' OR ?2 = 'read')")?;
    for id in ids {
        statement.execute(params![id.0, to.as_str()])?;
    }
    Ok(())
}

fn decode(row: &Row<'_>) -> rusqlite::Result<Alert> {
    Ok(Alert {
        id: AlertId(row.get(0)?),
        topic: TopicId::from_name(&row.get::<_, String>(1)?),
        topic_name: row.get(2)?,
        article: ArticleId(row.get(3)?),
        title: row.get(4)?,
        source: row.get(5)?,
        sentence: row.get(6)?,
        at: time(row.get(7)?),
        level: Level::from_name(&row.get::<_, String>(8)?).unwrap_or(Level::Notify),
        outlets: row.get(9)?,
        state: AlertState::from_name(&row.get::<_, String>(10)?).unwrap_or(AlertState::Read),
    })
}
