//! What crosses between the shell and the window: twins of the core's types in the form the
//! window needs. The TypeScript side in `ui/src/host/bindings` is generated from here.
//!
//! Times are RFC 3339 in UTC; a date without a time is `2019-05-14`. Ids are numbers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The sidebar, the title and the tray in one answer.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Overview {
    /// Articles not read yet.
    pub unread: u32,
    /// Articles in the library.
    pub articles: u32,
    /// Alerts not seen yet.
    pub unseen_alerts: u32,
    /// Every topic.
    pub topics: Vec<TopicRow>,
    /// Every source.
    pub sources: Vec<SourceRow>,
    /// Alerts are paused until then.
    pub paused_until: Option<String>,
    /// Whether a tray icon could be shown.
    pub tray: bool,
}

/// A topic in the sidebar and in the list of topics.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TopicRow {
    /// Its short name.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// The query as written.
    pub query: String,
    /// `silent`, `digest`, `notify` or `urgent`.
    pub level: Level,
    /// Counts up with every change of the query.
    pub version: u32,
    /// Articles that match it.
    pub matches: u32,
    /// Of those, not read yet.
    pub unread: u32,
}

/// How loudly a topic speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Matched and listed, nothing more.
    Silent,
    /// In the digest too.
    Digest,
    /// Raises an alert.
    Notify,
    /// Raises an alert in quiet hours too.
    Urgent,
}

/// A source with its health.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SourceRow {
    /// Its id.
    pub id: i32,
    /// `folder`, `feed`, `sitemap` or `page`.
    pub kind: String,
    /// Its name for people.
    pub name: String,
    /// Path or address.
    pub location: String,
    /// Articles that came from it.
    pub articles: u32,
    /// `new`, `ok`, `failing` or `stopped`.
    pub state: String,
    /// What is wrong, in plain words; empty if nothing is.
    pub message: String,
    /// When it was last tried.
    pub last_checked: Option<String>,
    /// When it last answered as it should.
    pub last_success: Option<String>,
    /// When it is due again.
    pub next_check: Option<String>,
}

/// Which articles a list shows.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Scope {
    /// All of them.
    Inbox,
    /// Those that any topic matches.
    Flagged,
    /// Those that the user starred.
    Starred,
    /// Those of a topic.
    Topic {
        /// The topic.
        id: String,
    },
    /// Those of a source.
    Source {
        /// The source.
        id: i32,
    },
    /// Those that a query finds.
    Search {
        /// As typed.
        query: String,
    },
}

/// A page of a list of articles, newest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ArticlePage {
    /// The rows.
    pub rows: Vec<ArticleRow>,
    /// Ask for the next page with this; none if this was the last.
    pub next: Option<i32>,
    /// Articles in the whole list, counted up to 10,000.
    pub total: u32,
    /// Whether there are more than `total`.
    pub more_than_total: bool,
    /// What the search box should say about the query as typed; none if it is fine.
    pub query_error: Option<QueryRemark>,
}

/// A row of a list of articles.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ArticleRow {
    /// Its id.
    pub id: i32,
    /// The headline.
    pub title: String,
    /// The source's name.
    pub source: String,
    /// When it says it was published.
    pub published: Option<String>,
    /// When Wirewatch first saw it.
    pub first_seen: String,
    /// The beginning of its text, or the passage that was found.
    pub snippet: String,
    /// The topics that it matches.
    pub topics: Vec<String>,
    /// Read by the user.
    pub read: bool,
    /// Starred by the user.
    pub starred: bool,
}

/// An article for the reader.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ArticleView {
    /// The row it has in lists.
    pub row: ArticleRow,
    /// The authors.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Labels, categories, keywords.
    pub labels: Vec<String>,
    /// The headline, cut where hits begin and end.
    pub title: Vec<Segment>,
    /// The lead, if the source gave one apart from the body.
    pub lead: Vec<Segment>,
    /// The body: paragraphs, each cut where hits begin and end.
    pub paragraphs: Vec<Vec<Segment>>,
    /// Why it was flagged.
    pub matches: Vec<MatchView>,
    /// Only a summary was to be had.
    pub summary_only: bool,
    /// What went wrong while reading it.
    pub problems: Vec<String>,
    /// How many earlier states it had.
    pub revisions: u32,
}

/// A piece of text, marked if topics watch for it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Segment {
    /// The text.
    pub text: String,
    /// The topics that hit here; empty for plain text.
    pub topics: Vec<String>,
}

/// Why a topic flagged an article.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MatchView {
    /// The topic's id.
    pub topic: String,
    /// Its name.
    pub name: String,
    /// The version of the topic that matched.
    pub version: u32,
    /// The sentence that tells best why.
    pub sentence: String,
    /// How many passages.
    pub hits: u32,
}

/// An alert in the inbox.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AlertRow {
    /// Its id.
    pub id: i32,
    /// The topic's id.
    pub topic: String,
    /// The topic's name.
    pub topic_name: String,
    /// The article.
    pub article: i32,
    /// The headline.
    pub title: String,
    /// The source's name.
    pub source: String,
    /// The sentence that made the topic true.
    pub sentence: String,
    /// When it was raised.
    pub at: String,
    /// How loudly.
    pub level: Level,
    /// How many sources carried the story.
    pub outlets: u32,
    /// Seen by the user.
    pub seen: bool,
}

/// What the editor shows under a query as it is typed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct QueryCheck {
    /// How the query was understood; empty if it was not.
    pub parsed: String,
    /// What is odd about it.
    pub warnings: Vec<QueryRemark>,
    /// Why it cannot be used.
    pub error: Option<QueryRemark>,
}

/// A remark on a part of a query.
#[derive(Debug, Clone, Serialize, TS)]
pub struct QueryRemark {
    /// In plain words.
    pub message: String,
    /// First character (UTF-16, as the text box counts).
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

/// A topic as the editor saves it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TopicDraft {
    /// The topic that is changed; none makes a new one.
    pub id: Option<String>,
    /// Its name for people.
    pub name: String,
    /// The query.
    pub query: String,
    /// How loudly it speaks.
    pub level: Level,
}

/// The next digest, to be looked at.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DigestPreview {
    /// First moment of its period.
    pub from: String,
    /// One past the last moment.
    pub to: String,
    /// Articles in it.
    pub articles: u32,
    /// The digest as a page of its own.
    pub html: String,
}

/// A file that a digest is written to.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum DigestFormat {
    /// Portable document.
    Pdf,
    /// Web page.
    Html,
    /// Markdown.
    Md,
    /// Mail message.
    Eml,
}

/// What the user chose.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Settings {
    /// Closing the window leaves Wirewatch in the tray; none until the user was asked.
    pub close_to_tray: Option<bool>,
    /// Start hidden when the user logs in.
    pub start_at_login: bool,
    /// Raise desktop notifications at all.
    pub notifications: bool,
    /// `system`, `light` or `dark`.
    pub theme: String,
}

/// Something in the library changed; the window asks again for what it shows.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Event {
    /// Articles came in or changed.
    Articles {
        /// How many are new.
        new: u32,
    },
    /// An alert was raised or seen.
    Alerts,
    /// Topics changed.
    Topics,
    /// Sources or their health changed.
    Sources,
    /// A long work goes on, or ended (`done == total`).
    Progress {
        /// What is going on, for people.
        label: String,
        /// Done so far.
        done: u32,
        /// Of so many; 0 if not known.
        total: u32,
    },
    /// The user asked for this article outside the window.
    Open {
        /// The article.
        article: i32,
    },
    /// The user asked for a screen outside the window: `alerts`, `digest`.
    Show {
        /// The screen.
        screen: String,
    },
    /// The window is about to close for the first time: ask what closing means.
    AskClose,
}

/// A refusal, with a kind only where the window acts on it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum CommandError {
    /// The query cannot be used.
    Query {
        /// Where and why.
        remark: QueryRemark,
    },
    /// What was asked for is not there (any more).
    Missing {
        /// In plain words.
        message: String,
    },
    /// Anything else, in words that say what to do.
    Failed {
        /// In plain words.
        message: String,
    },
}
