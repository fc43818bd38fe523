//! Alerts: the inbox and, by their state, the outbox.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use rusqlite::{Connection, Row, params};
use wirewatch_model::{Alert, AlertId, AlertState, ArticleId, Fate, Level, SourceId, StoryId, TopicId};

use super::arrival::TopicMatch;
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
    /// Those that quiet hours or a pause held back, of which no summary has told yet and which the user has
    /// not read; oldest first.
    HeldBack,
}

/// Something that the user was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The topic.
    pub topic: TopicId,
    /// How.
    pub fate: Fate,
    /// How loudly.
    pub level: Level,
}

const SELECT: &str = "SELECT alert.id, alert.topic, coalesce(topic.name, alert.topic), alert.article,
    article.title, source.name, alert.sentence, alert.at, alert.level, alert.outlets, alert.state,
    alert.fate, alert.story, article.source, article.publisher
    FROM alert JOIN article ON article.id = alert.article JOIN source ON source.id = article.source
    LEFT JOIN topic ON topic.id = alert.topic";

/// What an alert is raised for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct News {
    /// The article that matches.
    pub(crate) article: ArticleId,
    /// Its story.
    pub(crate) story: StoryId,
    /// How many outlets carried that.
    pub(crate) outlets: u32,
    /// When the user may be told.
    pub(crate) at: DateTime<Utc>,
}

/// Raises an alert for a match; returns whether a new one was raised. If the story has one already
/// this article speaks in it, should the other have to wait longer.
pub(crate) fn raise(connection: &Connection, one: &TopicMatch, news: &News) -> Result<bool> {
    let raised = connection
        .prepare_cached(
            "INSERT INTO alert (topic, story, article, at, level, sentence, outlets, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending')
             ON CONFLICT (topic, story) DO NOTHING",
        )?
        .execute(params![
            one.found.topic.as_str(),
            news.story.0,
            news.article.0,
            millis(news.at),
            one.level.as_str(),
            one.found.sentence,
            news.outlets
        ])?;
    if raised == 0 {
        connection
            .prepare_cached(
                "UPDATE alert SET article = ?3, sentence = ?4, at = ?5
                 WHERE topic = ?1 AND story = ?2 AND state = 'pending' AND at > ?5",
            )?
            .execute(params![
                one.found.topic.as_str(),
                news.story.0,
                news.article.0,
                one.found.sentence,
                millis(news.at)
            ])?;
    }
    Ok(raised > 0)
}

// CROSS JOIN: from the few articles of the story to their matches, not from all of the topic.
const RECONSIDER: &str = "UPDATE alert SET (article, sentence, at) =
         (SELECT article.id, match.sentence, max(min(alert.at, ?2), coalesce(article.embargo, 0))
          FROM article CROSS JOIN match ON match.article = article.id AND match.topic = alert.topic
          CROSS JOIN source ON source.id = article.source
          WHERE article.story = ?1 AND article.status = 'usable'
              AND coalesce(source.level, 'notify') IN ('notify', 'urgent')
          ORDER BY max(coalesce(article.embargo, 0), ?2), article.id <> alert.article, article.id
          LIMIT 1)
     WHERE story = ?1 AND state = 'pending' AND EXISTS
         (SELECT 1 FROM article CROSS JOIN match ON match.article = article.id AND match.topic = alert.topic
          CROSS JOIN source ON source.id = article.source
          WHERE article.story = ?1 AND article.status = 'usable'
              AND coalesce(source.level, 'notify') IN ('notify', 'urgent'))";

/// Looks again at who speaks in the alerts of a story that were not shown yet, and when they may be:
/// of its articles that match, may be used and come from no muted source the one that has to wait least, if possible the one
/// that speaks already.
pub(crate) fn reconsider(connection: &Connection, story: StoryId, now: DateTime<Utc>) -> Result<()> {
    connection.prepare_cached(RECONSIDER)?.execute(params![story.0, millis(now)])?;
    Ok(())
}

const TAKE_FROM: &str = "DELETE FROM alert WHERE story = ?1 AND article = ?2 AND state = 'pending'";

/// Lets another article of the story speak in the alerts of one that was taken back. What was not
/// shown yet and nobody else says is dropped.
pub(crate) fn take_from(
    connection: &Connection,
    article: ArticleId,
    story: StoryId,
    now: DateTime<Utc>,
) -> Result<()> {
    reconsider(connection, story, now)?;
    connection.prepare_cached(TAKE_FROM)?.execute(params![story.0, article.0])?;
    Ok(())
}

const JOIN_STORIES: [&str; 4] = [
    "UPDATE alert SET (state, fate, settled_at, told_at) =
         (SELECT twin.state, twin.fate, twin.settled_at, twin.told_at FROM alert AS twin
         WHERE twin.topic = alert.topic AND twin.story IN (?1, ?2) AND twin.state <> 'pending' LIMIT 1)
     WHERE story IN (?1, ?2) AND state = 'pending' AND EXISTS (SELECT 1 FROM alert AS twin
         WHERE twin.topic = alert.topic AND twin.story IN (?1, ?2) AND twin.state <> 'pending')",
    "UPDATE alert SET (article, sentence, at) = (SELECT twin.article, twin.sentence, twin.at FROM alert AS twin
         WHERE twin.topic = alert.topic AND twin.story IN (?1, ?2) ORDER BY twin.at, twin.id LIMIT 1)
     WHERE story IN (?1, ?2) AND state = 'pending'",
    "DELETE FROM alert WHERE story IN (?1, ?2) AND EXISTS (SELECT 1 FROM alert AS twin
         WHERE twin.topic = alert.topic AND twin.story IN (?1, ?2) AND twin.id < alert.id)",
    "UPDATE alert SET story = ?1 WHERE story = ?2",
];

/// Moves the alerts of a story that is gone to the one that it was joined with. Where both had one
/// for a topic the first stays, as far along as either: what was shown is not shown again. Of two
/// that were not shown yet the one that has to wait less speaks.
pub(crate) fn join_stories(connection: &Connection, kept: i64, gone: i64) -> Result<()> {
    for sql in JOIN_STORIES {
        connection.prepare_cached(sql)?.execute([kept, gone])?;
    }
    Ok(())
}

const FOLLOW_ARTICLES: &str = "UPDATE OR IGNORE alert SET story =
        (SELECT article.story FROM article WHERE article.id = alert.article) WHERE story = ?1";

/// Puts the alerts of a story that was taken apart where their articles are now.
pub(crate) fn follow_articles(connection: &Connection, story: i64) -> Result<()> {
    connection.prepare_cached(FOLLOW_ARTICLES)?.execute([story])?;
    Ok(())
}

/// The alerts that may be shown by now: one under embargo bears the time of its end. Newest first, but
/// the pending ones in the order in which they are shown.
pub(crate) fn list(connection: &Connection, filter: AlertFilter, now: DateTime<Utc>) -> Result<Vec<Alert>> {
    let (condition, argument) = match filter {
        AlertFilter::Since(at) => ("AND alert.at >= ?2 ORDER BY alert.id DESC", millis(at)),
        AlertFilter::Newest(limit) => ("ORDER BY alert.id DESC LIMIT ?2", i64::from(limit)),
        AlertFilter::Pending => ("AND alert.state = 'pending' AND ?2 = 0 ORDER BY alert.id", 0),
        AlertFilter::HeldBack => (HELD_BACK, 0),
    };
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE alert.at <= ?1 {condition}"))?;
    let alerts =
        statement.query_map([millis(now), argument], decode)?.collect::<std::result::Result<_, _>>()?;
    Ok(alerts)
}

const HELD_BACK: &str = "AND alert.fate IN ('paused', 'quiet-hours') AND alert.told_at IS NULL
     AND alert.state <> 'read' AND ?2 = 0 ORDER BY alert.id";

/// How many alerts that may be shown by now the user has not seen.
pub(crate) fn unseen(connection: &Connection, now: DateTime<Utc>) -> Result<u32> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM alert WHERE state <> 'read' AND at <= ?1")?
        .query_row([millis(now)], |row| row.get(0))?)
}

/// Marks alerts as read.
pub(crate) fn set_read(connection: &Connection, ids: &[AlertId]) -> Result<()> {
    let mut statement = connection.prepare_cached("UPDATE alert SET state = 'read' WHERE id = ?1")?;
    for id in ids {
        statement.execute([id.0])?;
    }
    Ok(())
}

/// Notes what was done with alerts; one that was read meanwhile stays read.
pub(crate) fn settle(connection: &Connection, ids: &[AlertId], fate: Fate, at: DateTime<Utc>) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "UPDATE alert SET fate = ?2, settled_at = ?3,
             state = CASE state WHEN 'pending' THEN 'delivered' ELSE state END WHERE id = ?1",
    )?;
    for id in ids {
        statement.execute(params![id.0, fate.as_str(), millis(at)])?;
    }
    Ok(())
}

/// Notes that a summary told of alerts that were held back.
pub(crate) fn set_told(connection: &Connection, ids: &[AlertId], at: DateTime<Utc>) -> Result<()> {
    let mut statement = connection.prepare_cached("UPDATE alert SET told_at = ?2 WHERE id = ?1")?;
    for id in ids {
        statement.execute(params![id.0, millis(at)])?;
    }
    Ok(())
}

/// What the user was told since then, singly or in a summary, in that order.
pub(crate) fn told_since(connection: &Connection, since: DateTime<Utc>) -> Result<Vec<Told>> {
    let mut statement = connection.prepare_cached(
        "SELECT topic, fate, level FROM alert WHERE fate IN ('shown', 'summary') AND settled_at > ?1
         ORDER BY settled_at, fate = 'summary', id",
    )?;
    let told = statement.query_map([millis(since)], |row| {
        let fate = Fate::from_name(&row.get::<_, String>(1)?).unwrap_or(Fate::Shown);
        let level = Level::from_name(&row.get::<_, String>(2)?).unwrap_or(Level::Notify);
        Ok(Told { topic: TopicId::from_name(&row.get::<_, String>(0)?), fate, level })
    })?;
    Ok(told.collect::<std::result::Result<_, _>>()?)
}

/// Raises an alert that a topic brings far more than usual, on its newest article that may be shown; one a
/// topic and day. It has no story: in its place stands the day, below zero.
pub(crate) fn raise_spike(
    connection: &Connection,
    topic: &TopicId,
    sentence: &str,
    (today, at): (NaiveDate, DateTime<Utc>),
) -> Result<bool> {
    let raised = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO alert (topic, story, article, at, level, sentence, outlets, state)
             SELECT ?1, -?2, max(article.id), ?3, 'notify', ?4, 0, 'pending'
             FROM match JOIN article ON article.id = match.article
             WHERE match.topic = ?1 AND article.status = 'usable' AND coalesce(article.embargo, 0) <= ?3
             HAVING max(article.id) IS NOT NULL",
        )?
        .execute(params![topic.as_str(), today.num_days_from_ce(), millis(at), sentence])?;
    Ok(raised > 0)
}

fn decode(row: &Row<'_>) -> rusqlite::Result<Alert> {
    let source: String = row.get(5)?;
    Ok(Alert {
        id: AlertId(row.get(0)?),
        topic: TopicId::from_name(&row.get::<_, String>(1)?),
        topic_name: row.get(2)?,
        article: ArticleId(row.get(3)?),
        title: row.get(4)?,
        outlet: super::story::outlet(row.get(14)?, source.clone()),
        source,
        sentence: row.get(6)?,
        at: time(row.get(7)?),
        level: Level::from_name(&row.get::<_, String>(8)?).unwrap_or(Level::Notify),
        outlets: row.get(9)?,
        state: AlertState::from_name(&row.get::<_, String>(10)?).unwrap_or(AlertState::Read),
        fate: row.get::<_, Option<String>>(11)?.as_deref().and_then(Fate::from_name),
        story: Some(StoryId(row.get(12)?)).filter(|story| story.0 > 0),
        source_id: SourceId(row.get(13)?),
    })
}

#[cfg(test)]
mod tests {
    use crate::connection::open_writer;
    use crate::schema::migrate;
    use crate::table::arrival::WORD_FOR_WORD;
    use crate::table::story::RECOUNT;

    #[test]
    fn what_every_second_asks_is_found_by_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&folder.path().join("library.sqlite")).unwrap();
        migrate(&mut connection).unwrap();
        let sql = format!("{} WHERE alert.at <= ?1 {}", super::SELECT, super::HELD_BACK);
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let plan: Vec<String> = statement
            .query_map([1, 0], |row| row.get(3))
            .unwrap()
            .collect::<std::result::Result<_, _>>()
            .unwrap();
        assert!(plan.iter().any(|step| step.contains("alert_untold")), "{plan:?}");
    }

    #[test]
    fn what_every_arrival_asks_is_found_by_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&folder.path().join("library.sqlite")).unwrap();
        migrate(&mut connection).unwrap();
        let statements =
            [super::RECONSIDER, super::TAKE_FROM, super::FOLLOW_ARTICLES, RECOUNT, WORD_FOR_WORD];
        for sql in statements.into_iter().chain(super::JOIN_STORIES) {
            let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let count = statement.parameter_count();
            let plan: Vec<String> = statement
                .query_map(rusqlite::params_from_iter(vec![1; count]), |row| row.get(3))
                .unwrap()
                .collect::<std::result::Result<_, _>>()
                .unwrap();
            let plan = plan.join("; ");
            assert!(!plan.contains("SCAN") && !plan.contains("article_by_source"), "{sql}: {plan}");
        }
    }
}
