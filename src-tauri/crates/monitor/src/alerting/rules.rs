//! What the user wants of alerts, as it is kept.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use wirewatch_library::TopicRule;
use wirewatch_model::{Level, SourceId, TopicId};

use super::Policy;
use crate::compose::local_zone;
use crate::error::{MonitorError, Result};
use crate::{Event, Monitor};

/// The setting that holds the end of a pause of alerts.
const PAUSED_KEY: &str = "alerts-paused-until";

/// A pause till tomorrow ends when a working day begins.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(7, 0, 0).expect("seven o'clock is a time");

impl Monitor {
    /// The policy of this moment.
    pub(crate) fn policy(&self) -> Result<Policy> {
        Ok(Policy {
            muted: false,
            paused_until: self.paused_until()?,
            quiet: self.quiet_hours()?,
            budget: self.hourly_budget()?,
            topics: self.library().topic_rules()?,
        })
    }

    /// Until when alerts are paused, if they are.
    pub fn paused_until(&self) -> Result<Option<DateTime<Utc>>> {
        let until = self.library().setting(PAUSED_KEY)?.and_then(|text| text.parse::<DateTime<Utc>>().ok());
        Ok(until.filter(|until| *until > self.now()))
    }

    /// Pauses alerts until then; `None` resumes. What comes in meanwhile waits in the inbox.
    pub fn pause_alerts(&self, until: Option<DateTime<Utc>>) -> Result<()> {
        let text = until.map(|until| until.to_rfc3339()).unwrap_or_default();
        self.library().set_setting(PAUSED_KEY, &text)?;
        self.tell(Event::Alerts);
        Ok(())
    }

    /// Shows no alerts of a topic until then; `None` ends that. What comes in meanwhile waits in the inbox.
    ///
    /// # Errors
    /// If there is no such topic.
    pub fn snooze_topic(&self, id: &TopicId, until: Option<DateTime<Utc>>) -> Result<()> {
        self.change_rule(id, |rule| rule.snoozed_until = until)
    }

    /// Says how many alerts an hour of a topic are shown singly; `None` leaves it to the setting for all.
    ///
    /// # Errors
    /// If there is no such topic.
    pub fn set_topic_budget(&self, id: &TopicId, budget: Option<u32>) -> Result<()> {
        self.change_rule(id, |rule| rule.budget = budget)
    }

    /// Says how loudly the articles of a source speak from now on, whatever their topics say; `None`
    /// leaves it to the topics. At [`Level::Silent`] it is muted.
    ///
    /// # Errors
    /// If there is no such source.
    pub fn set_source_level(&self, id: SourceId, level: Option<Level>) -> Result<()> {
        self.found(id, self.library().set_source_level(id, level)?)
    }

    /// The next morning here. Where the clocks change just then, a day from now.
    pub fn tomorrow(&self) -> DateTime<Utc> {
        let (zone, now) = (local_zone(), self.now());
        let day = now.with_timezone(&zone).date_naive() + Days::new(1);
        let morning = day.and_time(MORNING).and_local_timezone(zone).earliest();
        morning.map_or(now + TimeDelta::days(1), |morning| morning.to_utc())
    }

    fn change_rule(&self, id: &TopicId, change: impl FnOnce(&mut TopicRule)) -> Result<()> {
        let library = self.library();
        if library.topic(id)?.is_none() {
            return Err(MonitorError::Missing { what: "topic", id: id.to_string() });
        }
        let mut rule = library.topic_rules()?.get(id).copied().unwrap_or_default();
        change(&mut rule);
        library.set_topic_rule(id, rule)?;
        self.tell(Event::Topics);
        Ok(())
    }
}
