//! A topic applied to the whole library: its matches brought up to date in one step that can be
//! taken back until the topic finds something else. Nothing of it raises an alert.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use wirewatch_model::{ArticleId, Match, TopicId, TopicVersion};

use super::column::{millis, time};
use super::{matching, topic};
use crate::error::Result;

/// What a topic matches now, over everything that was there when the search for it began.
#[derive(Debug)]
pub struct NewMatches<'a> {
    /// The topic.
    pub topic: &'a TopicId,
    /// The version that matched.
    pub version: TopicVersion,
    /// Each article that it matches.
    pub matches: &'a [(ArticleId, Match)],
    /// The newest article when the search began: what came later was matched as it came.
    pub up_to: ArticleId,
    /// When the search began: what changed since was matched as it changed.
    pub since: DateTime<Utc>,
}

/// What the last application of a topic did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Application {
    /// The version that was applied.
    pub version: TopicVersion,
    /// When.
    pub at: DateTime<Utc>,
    /// Articles that the topic matches now and did not before.
    pub added: u64,
    /// Articles that it no longer matches.
    pub removed: u64,
}

/// Puts the matches in place of those that were there, and keeps these for [`undo`]; `None`, and
/// nothing is changed, if the topic is not at that version any more.
pub(crate) fn apply(
    connection: &Connection,
    new: &NewMatches<'_>,
    at: DateTime<Utc>,
) -> Result<Option<Application>> {
    if topic::version_of(connection, new.topic)? != Some(new.version) {
        return Ok(None);
    }
    forget(connection, new.topic)?;
    let revised = revised_since(connection, new.since)?;
    let is_ours = |article: &i64| *article <= new.up_to.0 && !revised.contains(article);
    let mut before = matched(connection, new.topic)?;
    before.retain(is_ours);
    let mut application = Application { version: new.version, at, added: 0, removed: 0 };
    for (article, one) in new.matches.iter().filter(|(article, _)| is_ours(&article.0)) {
        // A deleted article has no row that a match could belong to.
        if !exists(connection, *article)? {
            continue;
        }
        let was_there = before.remove(&article.0);
        application.added += u64::from(!was_there);
        if was_there && matching::is_stored(connection, article.0, one)? {
            continue;
        }
        keep(connection, new.topic, article.0)?;
        matching::store(connection, article.0, one)?;
    }
    for article in before {
        application.removed += 1;
        keep(connection, new.topic, article)?;
        connection
            .prepare_cached("DELETE FROM match WHERE article = ?1 AND topic = ?2")?
            .execute(params![article, new.topic.as_str()])?;
    }
    connection.execute(
        "INSERT INTO application (topic, version, at, added, removed) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            new.topic.as_str(),
            new.version.0,
            millis(at),
            application.added as i64,
            application.removed as i64
        ],
    )?;
    Ok(Some(application))
}

/// The last application of a topic, if it can be taken back.
pub(crate) fn last(connection: &Connection, topic: &TopicId) -> Result<Option<Application>> {
    Ok(connection
        .query_row(
            "SELECT version, at, added, removed FROM application WHERE topic = ?1",
            [topic.as_str()],
            |row| {
                Ok(Application {
                    version: TopicVersion(row.get(0)?),
                    at: time(row.get(1)?),
                    added: row.get::<_, i64>(2)?.unsigned_abs(),
                    removed: row.get::<_, i64>(3)?.unsigned_abs(),
                })
            },
        )
        .optional()?)
}

/// Takes the last application of a topic back; says what it had done, or `None` if there is none.
pub(crate) fn undo(connection: &Connection, topic: &TopicId) -> Result<Option<Application>> {
    let Some(application) = last(connection, topic)? else { return Ok(None) };
    connection.execute(
        "DELETE FROM match WHERE topic = ?1 AND article IN
             (SELECT article FROM application_undo WHERE topic = ?1)",
        [topic.as_str()],
    )?;
    connection.execute(
        "INSERT INTO match (article, topic, version, hits, sentence)
         SELECT article, topic, version, hits, sentence FROM application_undo AS before
         WHERE topic = ?1 AND version IS NOT NULL
             AND EXISTS (SELECT 1 FROM article WHERE article.id = before.article)",
        [topic.as_str()],
    )?;
    forget(connection, topic)?;
    Ok(Some(application))
}

/// Forgets the last application: what it did stays.
pub(crate) fn forget(connection: &Connection, topic: &TopicId) -> Result<()> {
    for sql in ["DELETE FROM application_undo WHERE topic = ?1", "DELETE FROM application WHERE topic = ?1"] {
        connection.prepare_cached(sql)?.execute([topic.as_str()])?;
    }
    Ok(())
}

/// An article says something else now: what topics had on it before is never brought back.
pub(crate) fn forget_article(connection: &Connection, article: i64) -> Result<()> {
    // The key begins with the topic; without the topics SQLite would walk through the whole table.
    connection
        .prepare_cached(
            "DELETE FROM application_undo
             WHERE topic IN (SELECT topic FROM application) AND article = ?1",
        )?
        .execute([article])?;
    Ok(())
}

/// The articles that a topic matches.
fn matched(connection: &Connection, topic: &TopicId) -> Result<HashSet<i64>> {
    let mut statement = connection.prepare_cached("SELECT article FROM match WHERE topic = ?1")?;
    let rows = statement.query_map([topic.as_str()], |row| row.get(0))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Remembers what a topic has on an article, be it nothing.
fn keep(connection: &Connection, topic: &TopicId, article: i64) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO application_undo (topic, article, version, hits, sentence)
             SELECT ?1, ?2, match.version, match.hits, match.sentence FROM (SELECT 1)
             LEFT JOIN match ON match.article = ?2 AND match.topic = ?1",
        )?
        .execute(params![topic.as_str(), article])?;
    Ok(())
}

fn exists(connection: &Connection, article: ArticleId) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM article WHERE id = ?1")?.exists([article.0])?)
}

fn revised_since(connection: &Connection, since: DateTime<Utc>) -> Result<HashSet<i64>> {
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT article FROM revision WHERE replaced_at >= ?1")?;
    let rows = statement.query_map([millis(since)], |row| row.get(0))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}
