//! Planned digests.

use chrono::{NaiveTime, Timelike};
use rusqlite::{Connection, OptionalExtension, Row, params};
use wirewatch_model::{DigestPlan, StoryOrder, TopicId, Weekdays, WhenEmpty};

use super::column::{list, millis, read_list, time};
use super::{curation, edition};
use crate::LibraryError;
use crate::error::Result;

/// Saves a plan in place of the one of its name; that one's `since` stays.
pub(crate) fn save(connection: &Connection, plan: &DigestPlan) -> Result<()> {
    let topics: Vec<String> = plan.topics.iter().map(TopicId::to_string).collect();
    connection.execute(
        "INSERT INTO digest_plan (name, topics, days, at_minute, zone, recipients, folder, cap, story_order,
                                  when_empty, since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (name) DO UPDATE SET topics = ?2, days = ?3, at_minute = ?4, zone = ?5, recipients = ?6,
                                          folder = ?7, cap = ?8, story_order = ?9, when_empty = ?10",
        params![
            plan.name,
            list(&topics),
            plan.days.bits(),
            plan.at.num_seconds_from_midnight() / 60,
            plan.zone,
            list(&plan.recipients),
            plan.folder.as_ref().map(|folder| folder.to_string_lossy()),
            plan.cap,
            plan.order.as_str(),
            plan.when_empty.as_str(),
            millis(plan.since),
        ],
    )?;
    edition::keep_only(connection, &plan.name, &plan.destinations())
}

/// Removes a plan with what waits to be sent of it; its editions stay. False if there is none of
/// this name.
pub(crate) fn remove(connection: &Connection, name: &str) -> Result<bool> {
    edition::keep_only(connection, name, &[])?;
    // A later plan of this name begins anew.
    curation::clear(connection, name)?;
    Ok(connection.execute("DELETE FROM digest_plan WHERE name = ?1", [name])? > 0)
}

/// Writes down why the next edition could not be made; empty for nothing wrong.
pub(crate) fn set_trouble(connection: &Connection, name: &str, words: &str) -> Result<()> {
    connection
        .prepare_cached("UPDATE digest_plan SET trouble = ?2 WHERE name = ?1 AND trouble <> ?2")?
        .execute(params![name, words])?;
    Ok(())
}

/// Why the next edition could not be made, if something is wrong.
pub(crate) fn trouble(connection: &Connection, name: &str) -> Result<Option<String>> {
    Ok(connection
        .prepare_cached("SELECT trouble FROM digest_plan WHERE name = ?1 AND trouble <> ''")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

/// Every plan, by name.
pub(crate) fn all(connection: &Connection) -> Result<Vec<DigestPlan>> {
    let mut statement = connection.prepare_cached(
        "SELECT name, topics, days, at_minute, zone, recipients, folder, cap, story_order, when_empty, since
         FROM digest_plan ORDER BY name",
    )?;
    let mut rows = statement.query([])?;
    let mut plans = Vec::new();
    while let Some(row) = rows.next()? {
        plans.push(decode(row)?);
    }
    Ok(plans)
}

fn decode(row: &Row<'_>) -> Result<DigestPlan> {
    let (topics, recipients): (String, String) = (row.get("topics")?, row.get("recipients")?);
    let (order, when_empty): (String, String) = (row.get("story_order")?, row.get("when_empty")?);
    let minute: u32 = row.get("at_minute")?;
    let at = NaiveTime::from_num_seconds_from_midnight_opt(minute.saturating_mul(60), 0)
        .ok_or_else(|| LibraryError::stored("time of a digest", format!("minute {minute}")))?;
    let folder: Option<String> = row.get("folder")?;
    Ok(DigestPlan {
        name: row.get("name")?,
        topics: read_list("topics of a digest", &topics)?.iter().map(|id| TopicId::from_name(id)).collect(),
        days: Weekdays::from_bits(row.get("days")?).unwrap_or(Weekdays::ALL),
        at,
        zone: row.get("zone")?,
        recipients: read_list("recipients of a digest", &recipients)?,
        folder: folder.map(Into::into),
        cap: row.get("cap")?,
        order: StoryOrder::from_name(&order).unwrap_or_default(),
        when_empty: WhenEmpty::from_name(&when_empty).unwrap_or_default(),
        since: time(row.get("since")?),
    })
}
