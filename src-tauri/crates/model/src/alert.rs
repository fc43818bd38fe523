//! A topic's match with an article, and the alert it may raise.

use chrono::{DateTime, Utc};

use crate::{AlertId, ArticleId, Hit, Level, TopicId, TopicVersion};

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

/// A match that the user is told of: one a story and topic.
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
    /// Its headline.
    pub title: String,
    /// The name of the source that brought it.
    pub source: String,
    /// The sentence that made the topic true.
    pub sentence: String,
    /// When it was raised.
    pub at: DateTime<Utc>,
    /// How loudly.
    pub level: Level,
    /// How many sources carried the story.
    pub outlets: u32,
    /// Where it stands.
    pub state: AlertState,
}
