//! What the user watches for, and the period of a digest.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::{TopicId, TopicVersion};

/// How loudly a topic speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Matched and listed, nothing more.
    Silent,
    /// In the digest too.
    Digest,
    /// Raises an alert.
    Notify,
    /// Raises an alert with sound, in quiet hours too.
    Urgent,
}

impl Level {
    /// Every level, quietest first.
    pub const ALL: [Level; 4] = [Level::Silent, Level::Digest, Level::Notify, Level::Urgent];

    /// Its name on the command line and on disk.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Silent => "silent",
            Level::Digest => "digest",
            Level::Notify => "notify",
            Level::Urgent => "urgent",
        }
    }

    /// The level of this name.
    pub fn from_name(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.as_str() == name)
    }

    /// Whether a match of this level is told to the user at once.
    pub fn alerts(self) -> bool {
        self >= Level::Notify
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A named query with a level.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// Its short name.
    pub id: TopicId,
    /// Its name for people.
    pub name: String,
    /// The query as written.
    pub query: String,
    /// How loudly it speaks.
    pub level: Level,
    /// The languages whose word forms its words find, as tags (`en`, `ru`).
    pub languages: Vec<String>,
    /// Counts up with every change of the query.
    pub version: TopicVersion,
    /// How many articles it matches.
    pub matches: u64,
}

/// A span of time: `from` belongs to it, `to` does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First moment.
    pub from: DateTime<Utc>,
    /// One past the last moment.
    pub to: DateTime<Utc>,
}
