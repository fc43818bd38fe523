//! Matches: which topics an article satisfies, with the passages.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use wirewatch_model::{ArticleId, Field, Hit, Match, Period, TopicId, TopicVersion};

use super::column::{millis, time};
use crate::LibraryError;
use crate::error::Result;

/// Writes the matches of an article in place of those it had.
pub(crate) fn replace(connection: &Connection, article: i64, matches: &[Match]) -> Result<()> {
    connection.prepare_cached("DELETE FROM match WHERE article = ?1")?.execute([article])?;
    for one in matches {
        store(connection, article, one)?;
    }
    Ok(())
}

/// Writes one match.
pub(crate) fn store(connection: &Connection, article: i64, one: &Match) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO match (article, topic, version, hits, sentence) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![article, one.topic.as_str(), one.version.0, encode(&one.hits), one.sentence])?;
    Ok(())
}

/// Whether an article has this match already, word for word.
pub(crate) fn is_stored(connection: &Connection, article: i64, one: &Match) -> Result<bool> {
    Ok(connection
        .prepare_cached(
            "SELECT 1 FROM match
             WHERE article = ?1 AND topic = ?2 AND version = ?3 AND hits = ?4 AND sentence = ?5",
        )?
        .exists(params![article, one.topic.as_str(), one.version.0, encode(&one.hits), one.sentence])?)
}

/// Forgets every match of a topic.
pub(crate) fn forget_topic(connection: &Connection, topic: &TopicId) -> Result<()> {
    connection.execute("DELETE FROM match WHERE topic = ?1", [topic.as_str()])?;
    Ok(())
}

/// The matches of an article, by topic.
pub(crate) fn of_article(connection: &Connection, article: ArticleId) -> Result<Vec<Match>> {
    let mut statement = connection.prepare_cached(
        "SELECT match.topic, match.version, match.hits, match.sentence FROM match
         LEFT JOIN topic ON topic.id = match.topic WHERE article = ?1 ORDER BY topic.position, match.topic",
    )?;
    let mut rows = statement.query([article.0])?;
    let mut matches = Vec::new();
    while let Some(row) = rows.next()? {
        let topic: String = row.get(0)?;
        let hits: String = row.get(2)?;
        matches.push(Match {
            topic: TopicId::from_name(&topic),
            version: TopicVersion(row.get(1)?),
            hits: decode(&hits)?,
            sentence: row.get(3)?,
        });
    }
    Ok(matches)
}

/// The topics of an article.
pub(crate) fn topics_of(connection: &Connection, article: i64) -> Result<Vec<TopicId>> {
    let mut statement = connection.prepare_cached("SELECT topic FROM match WHERE article = ?1")?;
    let topics = statement
        .query_map([article], |row| Ok(TopicId::from_name(&row.get::<_, String>(0)?)))?
        .collect::<std::result::Result<_, _>>()?;
    Ok(topics)
}

/// How many unread articles each topic has.
pub(crate) fn unread_by_topic(connection: &Connection) -> Result<HashMap<TopicId, u64>> {
    let mut statement = connection.prepare_cached(
        "SELECT topic, count(*) FROM match JOIN article ON article.id = match.article
         WHERE article.read = 0 GROUP BY topic",
    )?;
    let counts = statement.query_map([], |row| {
        Ok((TopicId::from_name(&row.get::<_, String>(0)?), row.get::<_, i64>(1)?.unsigned_abs()))
    })?;
    Ok(counts.collect::<std::result::Result<_, _>>()?)
}

/// When each match of a period was first seen, by topic.
pub(crate) fn times(connection: &Connection, period: Period) -> Result<Vec<(TopicId, DateTime<Utc>)>> {
    moments(connection, period, "")
}

/// When each match of a period that was news and may be told was first seen, by topic.
pub(crate) fn news_times(connection: &Connection, period: Period) -> Result<Vec<(TopicId, DateTime<Utc>)>> {
    let told = "AND article.news AND article.status = 'usable' AND coalesce(article.embargo, 0) < ?2";
    moments(connection, period, told)
}

fn moments(connection: &Connection, period: Period, further: &str) -> Result<Vec<(TopicId, DateTime<Utc>)>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT match.topic, article.first_seen FROM article JOIN match ON match.article = article.id
         WHERE article.first_seen >= ?1 AND article.first_seen < ?2 {further}"
    ))?;
    let times = statement.query_map([millis(period.from), millis(period.to)], |row| {
        Ok((TopicId::from_name(&row.get::<_, String>(0)?), time(row.get(1)?)))
    })?;
    Ok(times.collect::<std::result::Result<_, _>>()?)
}

fn encode(hits: &[Hit]) -> String {
    let rows: Vec<(u8, usize, usize)> =
        hits.iter().map(|hit| (field_number(hit.field), hit.start, hit.end)).collect();
    serde_json::json!(rows).to_string()
}

fn decode(json: &str) -> Result<Vec<Hit>> {
    let rows: Vec<(u8, usize, usize)> =
        serde_json::from_str(json).map_err(|error| LibraryError::stored("hits", error))?;
    rows.into_iter()
        .map(|(field, start, end)| {
            let field = [Field::Title, Field::Lead, Field::Body]
                .into_iter()
                .find(|known| field_number(*known) == field)
                .ok_or_else(|| LibraryError::stored("hits", format!("no field {field}")))?;
            Ok(Hit { field, start, end })
        })
        .collect()
}

fn field_number(field: Field) -> u8 {
    match field {
        Field::Title => 0,
        Field::Lead => 1,
        Field::Body => 2,
    }
}
