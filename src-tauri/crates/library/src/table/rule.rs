//! What the user wants of the alerts of single topics and sources.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use wirewatch_model::{Level, SourceId, TopicId};

use super::column::{millis, time};
use crate::error::Result;

/// What the user wants of a topic's alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TopicRule {
    /// Alerts an hour that are shown singly; `None` for as many as come.
    pub budget: Option<u32>,
    /// Until when none is shown.
    pub snoozed_until: Option<DateTime<Utc>>,
}

pub(crate) fn of_topics(connection: &Connection) -> Result<HashMap<TopicId, TopicRule>> {
    let mut statement = connection.prepare_cached("SELECT topic, budget, snoozed_until FROM topic_rule")?;
    let rules = statement.query_map([], |row| {
        let rule = TopicRule { budget: row.get(1)?, snoozed_until: row.get::<_, Option<i64>>(2)?.map(time) };
        Ok((TopicId::from_name(&row.get::<_, String>(0)?), rule))
    })?;
    Ok(rules.collect::<std::result::Result<_, _>>()?)
}

pub(crate) fn set_of_topic(connection: &Connection, topic: &TopicId, rule: TopicRule) -> Result<()> {
    connection.execute(
        "INSERT OR REPLACE INTO topic_rule (topic, budget, snoozed_until) VALUES (?1, ?2, ?3)",
        params![topic.as_str(), rule.budget, rule.snoozed_until.map(millis)],
    )?;
    Ok(())
}

pub(crate) fn caps(connection: &Connection) -> Result<HashMap<SourceId, Level>> {
    let mut statement = connection.prepare_cached("SELECT source, level FROM source_cap")?;
    let caps = statement.query_map([], |row| {
        let level = Level::from_name(&row.get::<_, String>(1)?).unwrap_or(Level::Urgent);
        Ok((SourceId(row.get(0)?), level))
    })?;
    Ok(caps.collect::<std::result::Result<_, _>>()?)
}

pub(crate) fn set_cap(connection: &Connection, source: SourceId, cap: Option<Level>) -> Result<()> {
    match cap {
        Some(level) => connection.execute(
            "INSERT OR REPLACE INTO source_cap (source, level) VALUES (?1, ?2)",
            params![source.0, level.as_str()],
        )?,
        None => connection.execute("DELETE FROM source_cap WHERE source = ?1", [source.0])?,
    };
    Ok(())
}
