//! What is watched, and how it fares.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::{Level, SourceId};

/// What kind of place a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A folder on this machine (or a single file in one).
    Folder,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A news sitemap.
    Sitemap,
    /// A web page without a feed.
    Page,
}

impl SourceKind {
    /// Every kind.
    pub const ALL: [SourceKind; 4] =
        [SourceKind::Folder, SourceKind::Feed, SourceKind::Sitemap, SourceKind::Page];

    /// Its name on the command line and on disk.
    pub fn as_str(self) -> &'static str {
        match self {
            SourceKind::Folder => "folder",
            SourceKind::Feed => "feed",
            SourceKind::Sitemap => "sitemap",
            SourceKind::Page => "page",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<SourceKind> {
        SourceKind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A source as the user asks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSource {
    /// What kind of place.
    pub kind: SourceKind,
    /// Its name for people.
    pub name: String,
    /// An absolute path or an `http(s)` address.
    pub location: String,
    /// Put on every article of it.
    pub label: Option<String>,
    /// How often it is checked; `None` leaves it to Wirewatch.
    pub every: Option<Duration>,
    /// Fetch the article page where the feed gives a summary only.
    pub full_text: bool,
    /// Raise alerts for what is there already at the first check.
    pub alert_existing: bool,
}

/// What the user may change of a source that is watched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceWishes {
    /// Its name for people.
    pub name: String,
    /// Put on every article of it.
    pub label: Option<String>,
    /// How often it is checked; `None` leaves it to Wirewatch.
    pub every: Option<Duration>,
    /// Fetch the article page where the feed gives a summary only.
    pub full_text: bool,
    /// How loudly its articles speak, whatever their topics say; `None` leaves it to the topics.
    pub level: Option<Level>,
}

/// What most sources need nothing of: how to get in, and what to take.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceOptions {
    /// The name that the server is told; the password is never kept with it.
    pub user: Option<String>,
    /// Sent along with each request to the source's own host: name and value.
    pub headers: Vec<(String, String)>,
    /// For a page: the CSS selector of its article links.
    pub selector: Option<String>,
    /// For a folder: patterns of paths in it that are not read.
    pub ignore: Vec<String>,
    /// For a folder: the absolute path of the folder that files are moved to when they have been read;
    /// otherwise they stay.
    pub move_to: Option<String>,
    /// The proxy that it is asked through: an address, or `direct` for none; otherwise as for all sources.
    pub proxy: Option<String>,
}

/// A watched place.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// What the user asked for.
    pub spec: NewSource,
    /// How loudly its articles speak, whatever their topics say; `None` leaves it to the topics.
    pub level: Option<Level>,
    /// How it fares.
    pub health: Health,
}

/// How a source fares.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Health {
    /// When it was last tried.
    pub last_checked: Option<DateTime<Utc>>,
    /// When it last answered as it should.
    pub last_success: Option<DateTime<Utc>>,
    /// When it is due again; `None` means now.
    pub next_check: Option<DateTime<Utc>>,
    /// Failures in a row.
    pub failures: u32,
    /// In one word.
    pub state: SourceState,
    /// What is wrong, in plain words; empty if nothing is.
    pub message: String,
}

/// A source's health in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SourceState {
    /// Never checked yet.
    #[default]
    New,
    /// Answers as it should.
    Ok,
    /// Did not answer as it should; it is tried again.
    Failing,
    /// Gone for good; not tried again by itself.
    Stopped,
    /// Not asked until the user lets it go on.
    Paused,
}

impl SourceState {
    /// Every state.
    pub const ALL: [SourceState; 5] =
        [SourceState::New, SourceState::Ok, SourceState::Failing, SourceState::Stopped, SourceState::Paused];

    /// Whether it is asked by itself when it is due.
    pub fn is_watched(self) -> bool {
        !matches!(self, SourceState::Stopped | SourceState::Paused)
    }

    /// Its name on the command line and on disk.
    pub fn as_str(self) -> &'static str {
        match self {
            SourceState::New => "new",
            SourceState::Ok => "ok",
            SourceState::Failing => "failing",
            SourceState::Stopped => "stopped",
            SourceState::Paused => "paused",
        }
    }

    /// The state of this name.
    pub fn from_name(name: &str) -> Option<SourceState> {
        SourceState::ALL.into_iter().find(|state| state.as_str() == name)
    }
}
