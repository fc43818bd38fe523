//! What the user wants of the alerts of single topics.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use wirewatch_model::TopicId;

use super::column::{millis, time};
use crate::error::Result;

/// What the user wants of a topic's alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TopicRule {
    /// Alerts an hour that are shown singly; `None` leaves it to the setting for all topics.
    pub budget: Option<u32>,
    /// Until when none is shown.
    pub snoozed_until: Option<DateTime<Utc>>,
}

impl TopicRule {
    /// The rule as it stands then: a snooze that is over is none.
    pub fn at(self, now: DateTime<Utc>) -> TopicRule {
        TopicRule { snoozed_until: self.snoozed_until.filter(|until| *until > now), ..self }
    }
}

pub(crate) fn all(connection: &Connection) -> Result<HashMap<TopicId, TopicRule>> {
    let mut statement = connection.prepare_cached("SELECT topic, budget, snoozed_until FROM topic_rule")?;
    let rules = statement.query_map([], |row| {
        let rule = TopicRule { budget: row.get(1)?, snoozed_until: row.get::<_, Option<i64>>(2)?.map(time) };
        Ok((TopicId::from_name(&row.get::<_, String>(0)?), rule))
    })?;
    Ok(rules.collect::<std::result::Result<_, _>>()?)
}

pub(crate) fn set(connection: &Connection, topic: &TopicId, rule: TopicRule) -> Result<()> {
    connection.execute(
        "INSERT OR REPLACE INTO topic_rule (topic, budget, snoozed_until) VALUES (?1, ?2, ?3)",
        params![topic.as_str(), rule.budget, rule.snoozed_until.map(millis)],
    )?;
    Ok(())
}

pub(crate) fn forget(connection: &Connection, topic: &TopicId) -> Result<()> {
    connection.execute("DELETE FROM topic_rule WHERE topic = ?1", [topic.as_str()])?;
    Ok(())
}
