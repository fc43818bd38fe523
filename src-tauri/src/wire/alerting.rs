//! What the window shows and changes of alerts and stories.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wirewatch_model::{Story, Version};
use wirewatch_monitor::{Monitor, MonitorError, Wish};

use super::Level;
use super::convert::{count, moment, number};

/// An alert in the inbox.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct AlertRow {
    /// Its id.
    pub(crate) id: i32,
    /// The topic's id.
    pub(crate) topic: String,
    /// The topic's name.
    pub(crate) topic_name: String,
    /// The article.
    pub(crate) article: i32,
    /// The headline.
    pub(crate) title: String,
    /// The source's id.
    pub(crate) source_id: i32,
    /// Who published it, as far as it says; else the source's name.
    pub(crate) outlet: String,
    /// The sentence that made the topic true.
    pub(crate) sentence: String,
    /// When it was raised.
    pub(crate) at: String,
    /// How loudly.
    pub(crate) level: Level,
    /// How many outlets carried the story; 0 if the alert is about how much comes in of the topic.
    pub(crate) outlets: u32,
    /// Seen by the user.
    pub(crate) seen: bool,
    /// Why it was left in the inbox: `paused`, `quiet-hours`, `snoozed`, `over-budget` or `muted`; none if it
    /// was shown, or will be.
    pub(crate) held: Option<String>,
}

/// What the user wants of alerts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub(crate) struct AlertRules {
    /// When only urgent alerts are shown, such as `22:00-07:00`; empty for never.
    pub(crate) quiet_hours: String,
    /// Alerts an hour of one topic that are shown singly; none for as many as come.
    pub(crate) hourly_budget: Option<u32>,
    /// The sources whose article speaks for a story, the first wish first.
    pub(crate) preferred_sources: Vec<i32>,
}

impl AlertRules {
    /// What is set.
    pub(crate) fn load(monitor: &Monitor) -> Result<AlertRules, MonitorError> {
        Ok(AlertRules {
            quiet_hours: monitor.wish(Wish::QuietHours)?,
            hourly_budget: monitor.wish(Wish::HourlyBudget)?.parse().ok(),
            preferred_sources: monitor.preferred_sources()?.iter().map(|source| number(source.0)).collect(),
        })
    }

    /// Keeps what was set.
    pub(crate) fn save(&self, monitor: &Monitor) -> Result<(), MonitorError> {
        let sources: Vec<String> = self.preferred_sources.iter().map(ToString::to_string).collect();
        let budget = self.hourly_budget.map(|budget| budget.to_string()).unwrap_or_default();
        // The one that can be refused first: then nothing is kept.
        monitor.set_wish(Wish::QuietHours, &self.quiet_hours)?;
        monitor.set_wish(Wish::HourlyBudget, &budget)?;
        monitor.set_wish(Wish::PreferredSources, &sources.join(","))
    }
}

/// How long alerts are not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum HushSpan {
    /// For an hour.
    Hour,
    /// Until tomorrow morning.
    Tomorrow,
}

/// A story for the reader: who else carried it.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct StoryView {
    /// Its id.
    pub(crate) id: i32,
    /// The article that speaks for it.
    pub(crate) speaker: i32,
    /// Who carried it, each once.
    pub(crate) outlets: Vec<String>,
    /// Its articles in the order they came in, at most a hundred.
    pub(crate) versions: Vec<VersionView>,
    /// How many more there are.
    pub(crate) more: u32,
}

/// One article of a story.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct VersionView {
    /// The article.
    pub(crate) article: i32,
    /// Who published it.
    pub(crate) outlet: String,
    /// Its headline.
    pub(crate) title: String,
    /// When Wirewatch first saw it.
    pub(crate) first_seen: String,
}

/// Versions that the reader lists; whoever wants more reads the outlets.
const MOST_VERSIONS: usize = 100;

impl From<Story> for StoryView {
    fn from(story: Story) -> StoryView {
        StoryView {
            id: number(story.id.0),
            speaker: number(story.speaker.0),
            outlets: story.outlets().into_iter().map(str::to_owned).collect(),
            more: count(story.versions.len().saturating_sub(MOST_VERSIONS) as u64),
            versions: story.versions.into_iter().take(MOST_VERSIONS).map(VersionView::from).collect(),
        }
    }
}

impl From<Version> for VersionView {
    fn from(version: Version) -> VersionView {
        VersionView {
            article: number(version.article.0),
            outlet: version.outlet,
            title: version.title,
            first_seen: moment(version.first_seen),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use wirewatch_monitor::SystemClock;

    use super::*;

    #[test]
    fn rules_come_back_as_they_were_kept_and_bad_hours_change_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let monitor = Monitor::open(folder.path(), Arc::new(SystemClock)).unwrap();
        let rules = AlertRules {
            quiet_hours: "22:00-07:00".to_owned(),
            hourly_budget: Some(20),
            preferred_sources: vec![3, 1],
        };
        rules.save(&monitor).unwrap();
        assert_eq!(AlertRules::load(&monitor).unwrap(), rules);
        let bad = AlertRules { quiet_hours: "late".to_owned(), hourly_budget: None, ..rules.clone() };
        assert!(bad.save(&monitor).is_err());
        assert_eq!(AlertRules::load(&monitor).unwrap(), rules);
    }
}
