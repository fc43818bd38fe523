//! What crosses between the shell and the window: twins of the core's types in the form the
//! window needs. The TypeScript side in `ui/src/host/bindings` is generated from here.
//!
//! Times are RFC 3339 in UTC; a date without a time is `2019-05-14`. Ids are numbers.

mod alerting;
mod convert;
mod curation;
mod digests;
mod mail;
mod reading;
mod sending;
mod sources;
#[cfg(test)]
mod stale;
mod template;
mod topic;

pub(crate) use alerting::{AlertRow, AlertRules, HushSpan, StoryView};
pub(crate) use convert::{count, in_words, moment, sentence};
pub(crate) use curation::{CurationEdit, NextEdition};
pub(crate) use digests::{
    DeliveryState, Destination, DigestChoice, EditionRow, PlanCheck, PlanDraft, PlanRow, TimeZones,
    TypedAddress,
};
pub(crate) use mail::{MailDraft, PasswordPlace};
pub(crate) use sending::{HandedOver, SentDigest, SentTo};
pub(crate) use sources::{
    AddedSources, AddressDraft, FoundSource, ReceiptPage, ReceiptQuestion, ReceiptRow, SourceDraft,
    SourceRow, SourceSettings, SourceView, StarterPackRow,
};
pub(crate) use template::{TemplateTrial, TemplateView, template};
pub(crate) use topic::{
    AppliedView, BackTestView, ImportedQuery, ListRemark, QueryTool, TopicDetail, WordListDraft,
    WorkProgress, new_topic_languages,
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The sidebar, the title and the tray in one answer.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct Overview {
    /// Articles not read yet.
    pub(crate) unread: u32,
    /// Articles in the library.
    pub(crate) articles: u32,
    /// Alerts not seen yet.
    pub(crate) unseen_alerts: u32,
    /// Every topic.
    pub(crate) topics: Vec<TopicRow>,
    /// Every source.
    pub(crate) sources: Vec<SourceRow>,
    /// Alerts are paused until then.
    pub(crate) paused_until: Option<String>,
    /// Whether a tray icon could be shown.
    pub(crate) tray: bool,
}

/// A topic in the sidebar and in the list of topics.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TopicRow {
    /// Its short name.
    pub(crate) id: String,
    /// Its name for people.
    pub(crate) name: String,
    /// The query as written.
    pub(crate) query: String,
    /// `silent`, `digest`, `notify` or `urgent`.
    pub(crate) level: Level,
    /// Counts up with every change of the query.
    pub(crate) version: u32,
    /// Articles that match it.
    pub(crate) matches: u32,
    /// Of those, not read yet.
    pub(crate) unread: u32,
    /// Alerts an hour that are shown singly; none leaves it to the rule for all.
    pub(crate) budget: Option<u32>,
    /// No alerts of it are shown until then.
    pub(crate) snoozed_until: Option<String>,
}

/// How loudly a topic speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    /// Matched and listed, nothing more.
    Silent,
    /// In the digest too.
    Digest,
    /// Raises an alert.
    Notify,
    /// Raises an alert in quiet hours too.
    Urgent,
}

/// Which articles a list shows.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Scope {
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
#[derive(Debug, Clone, Default, Serialize, TS)]
pub(crate) struct ArticlePage {
    /// The rows.
    pub(crate) rows: Vec<ArticleRow>,
    /// Ask for the next page with this; none if this was the last.
    pub(crate) next: Option<i32>,
    /// Articles in the whole list, counted up to 10,000.
    pub(crate) total: u32,
    /// Whether there are more than `total`.
    pub(crate) more_than_total: bool,
    /// What the search box should say about the query as typed; none if it is fine.
    pub(crate) query_error: Option<QueryRemark>,
    /// The part of a faulty query that was searched for; none if all of it was, or nothing.
    pub(crate) read_as: Option<String>,
}

/// What a search found in an article.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct FoundPassage {
    /// The article.
    pub(crate) article: i32,
    /// The sentence around the first passage.
    pub(crate) sentence: String,
}

/// A row of a list of articles.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ArticleRow {
    /// Its id.
    pub(crate) id: i32,
    /// The headline.
    pub(crate) title: String,
    /// The source's id.
    pub(crate) source_id: i32,
    /// The source's name.
    pub(crate) source: String,
    /// When it says it was published.
    pub(crate) published: Option<String>,
    /// When Wirewatch first saw it.
    pub(crate) first_seen: String,
    /// How many other outlets carried its story.
    pub(crate) also: u32,
    /// The beginning of its text, or the passage that was found.
    pub(crate) snippet: String,
    /// The topics that it matches.
    pub(crate) topics: Vec<String>,
    /// Read by the user.
    pub(crate) read: bool,
    /// Starred by the user.
    pub(crate) starred: bool,
}

/// An article for the reader.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ArticleView {
    /// The row it has in lists.
    pub(crate) row: ArticleRow,
    /// The authors.
    pub(crate) authors: Vec<String>,
    /// Who published it.
    pub(crate) publisher: Option<String>,
    /// Its address on the web.
    pub(crate) url: Option<String>,
    /// Its language.
    pub(crate) language: Option<String>,
    /// Labels, categories, keywords.
    pub(crate) labels: Vec<String>,
    /// The headline, cut where hits begin and end.
    pub(crate) title: Vec<Segment>,
    /// The lead, if the source gave one apart from the body.
    pub(crate) lead: Vec<Segment>,
    /// The body: paragraphs, each cut where hits begin and end.
    pub(crate) paragraphs: Vec<Vec<Segment>>,
    /// Why it was flagged.
    pub(crate) matches: Vec<MatchView>,
    /// Its story.
    pub(crate) story: StoryView,
    /// Only a summary was to be had.
    pub(crate) summary_only: bool,
    /// What went wrong while reading it.
    pub(crate) problems: Vec<String>,
    /// How many earlier states it had.
    pub(crate) revisions: u32,
}

/// A piece of text, marked if topics watch for it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub(crate) struct Segment {
    /// The text.
    pub(crate) text: String,
    /// The topics that hit here; empty for plain text.
    pub(crate) topics: Vec<String>,
}

/// Why a topic flagged an article.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct MatchView {
    /// The topic's id.
    pub(crate) topic: String,
    /// Its name.
    pub(crate) name: String,
    /// The version of the topic that matched.
    pub(crate) version: u32,
    /// The sentence that tells best why.
    pub(crate) sentence: String,
    /// How many passages.
    pub(crate) hits: u32,
}

/// What the editor shows under a query as it is typed.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct QueryCheck {
    /// How the query was understood; empty if it was not.
    pub(crate) parsed: String,
    /// The same in plain words; empty likewise.
    pub(crate) described: String,
    /// What is odd about it.
    pub(crate) warnings: Vec<QueryRemark>,
    /// Why it cannot be used.
    pub(crate) error: Option<QueryRemark>,
    /// The topic's word lists that cannot be used.
    pub(crate) lists: Vec<ListRemark>,
}

/// A remark on a part of a query.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct QueryRemark {
    /// In plain words.
    pub(crate) message: String,
    /// First character (UTF-16, as the text box counts).
    pub(crate) start: u32,
    /// One past the last character.
    pub(crate) end: u32,
}

/// A topic as the editor saves it.
#[derive(Debug, Clone, Deserialize, TS)]
pub(crate) struct TopicDraft {
    /// The topic that is changed; none makes a new one.
    pub(crate) id: Option<String>,
    /// Its name for people.
    pub(crate) name: String,
    /// The query.
    pub(crate) query: String,
    /// How loudly it speaks.
    pub(crate) level: Level,
    /// Its own word lists; none leaves them as they are.
    pub(crate) lists: Option<Vec<WordListDraft>>,
}

/// The next digest, to be looked at.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct DigestPreview {
    /// First moment of its period.
    pub(crate) from: String,
    /// One past the last moment.
    pub(crate) to: String,
    /// Articles in it.
    pub(crate) articles: u32,
    /// The digest as a page of its own.
    pub(crate) html: String,
}

/// A file that a digest is written to.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DigestFormat {
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub(crate) struct Settings {
    /// Closing the window leaves Wirewatch in the tray; none until the user was asked.
    pub(crate) close_to_tray: Option<bool>,
    /// Start hidden when the user logs in.
    pub(crate) start_at_login: bool,
    /// Raise desktop notifications at all.
    pub(crate) notifications: bool,
    /// `system`, `light` or `dark`.
    pub(crate) theme: String,
}

/// Something in the library changed; the window asks again for what it shows.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Event {
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
    /// Planned digests, their editions or deliveries changed.
    Digests,
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

/// Something that was filled in and cannot be used.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub(crate) struct FieldFault {
    /// Where.
    pub(crate) field: Field,
    /// In plain words, and what to write instead.
    pub(crate) message: String,
}

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub(crate) enum Field {
    Name,
    Topics,
    Days,
    At,
    Zone,
    Recipients,
    Folder,
    Host,
    Sender,
    Security,
}

/// A refusal, with a kind only where the window acts on it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum CommandError {
    /// The query cannot be used.
    Query {
        /// Where and why.
        remark: QueryRemark,
    },
    /// Something that was filled in cannot be used.
    Field {
        /// Where and why.
        fault: FieldFault,
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
