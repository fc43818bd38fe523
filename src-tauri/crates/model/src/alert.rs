//! A topic's match with an article, and the alert it may raise.

use chrono::{DateTime, Utc};

use crate::{AlertId, ArticleId, Hit, Level, SourceId, StoryId, TopicId, TopicVersion};

/// A topic that an article satisfies, with the passages that made it true.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The topic.
    pub topic: TopicId,
    /// The version of the topic that matched.
    pub version: TopicVersion,
    /// The passages, in order.
    pub hits: Vec<Hit>,
    /// The sentence that tells best why.
    pub sentence: String,
}

/// Where an alert stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AlertState {
    /// Committed, not yet shown to the user.
    Pending,
    /// Shown (notification or terminal).
    Delivered,
    /// Seen by the user.
    Read,
}

impl AlertState {
    /// Its name on the command line and on disk.
    pub fn as_str(self) -> &'static str {
        match self {
            AlertState::Pending => "pending",
            AlertState::Delivered => "delivered",
            AlertState::Read => "read",
        }
    }

    /// The state of this name.
    pub fn from_name(name: &str) -> Option<AlertState> {
        [AlertState::Pending, AlertState::Delivered, AlertState::Read]
            .into_iter()
            .find(|state| state.as_str() == name)
    }
}

/// What was done with an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It was shown by itself.
    Shown,
    /// It was counted in a summary.
    Summarised,
    /// It was left in the inbox.
    Held(Hold),
}

/// Why an alert was left in the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hold {
    /// Alerts were paused.
    Paused,
    /// It was quiet hours, and it was not urgent.
    QuietHours,
    /// Its topic was snoozed.
    Snoozed,
    /// Its topic had spent its budget of that hour.
    OverBudget,
    /// Notifications were turned off.
    Muted,
}

impl Fate {
    /// Every fate.
    pub const ALL: [Fate; 7] = [
        Fate::Shown,
        Fate::Summarised,
        Fate::Held(Hold::Paused),
        Fate::Held(Hold::QuietHours),
        Fate::Held(Hold::Snoozed),
        Fate::Held(Hold::OverBudget),
        Fate::Held(Hold::Muted),
    ];

    /// Its name on the command line and on disk.
    pub fn as_str(self) -> &'static str {
        match self {
            Fate::Shown => "shown",
            Fate::Summarised => "summary",
            Fate::Held(Hold::Paused) => "paused",
            Fate::Held(Hold::QuietHours) => "quiet-hours",
            Fate::Held(Hold::Snoozed) => "snoozed",
            Fate::Held(Hold::OverBudget) => "over-budget",
            Fate::Held(Hold::Muted) => "muted",
        }
    }

    /// The fate of this name.
    pub fn from_name(name: &str) -> Option<Fate> {
        Fate::ALL.into_iter().find(|fate| fate.as_str() == name)
    }
}

/// Something that the user is told of: a match, one a story and topic; or a topic that brings far
/// more than usual.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// Its id.
    pub id: AlertId,
    /// The topic.
    pub topic: TopicId,
    /// The topic's name for people.
    pub topic_name: String,
    /// The article that raised it.
    pub article: ArticleId,
    /// Its story; `None` if the alert is about the topic's volume.
    pub story: Option<StoryId>,
    /// Its headline.
    pub title: String,
    /// The source that brought it.
    pub source_id: SourceId,
    /// That source's name.
    pub source: String,
    /// Who published it, as far as it says; else the source.
    pub outlet: String,
    /// The sentence that made the topic true.
    pub sentence: String,
    /// When it was raised.
    pub at: DateTime<Utc>,
    /// How loudly.
    pub level: Level,
    /// How many outlets carried the story.
    pub outlets: u32,
    /// Where it stands.
    pub state: AlertState,
    /// What was done with it; `None` until that is decided.
    pub fate: Option<Fate>,
}
