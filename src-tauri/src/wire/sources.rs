//! What the window adds, shows and changes of sources.

mod crossing;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Level;

/// A source with its health.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct SourceRow {
    /// Its id.
    pub(crate) id: i32,
    /// `folder`, `feed`, `sitemap` or `page`.
    pub(crate) kind: String,
    /// Its name for people.
    pub(crate) name: String,
    /// Path or address.
    pub(crate) location: String,
    /// Put on every article of it.
    pub(crate) label: Option<String>,
    /// Articles that came from it.
    pub(crate) articles: u32,
    /// `new`, `ok`, `failing`, `stopped` or `paused`.
    pub(crate) state: String,
    /// What is wrong, in plain words; empty if nothing is.
    pub(crate) message: String,
    /// How loudly it speaks, whatever its topics say; `silent` if it is muted, none as they say.
    pub(crate) level: Option<Level>,
    /// When it was last tried.
    pub(crate) last_checked: Option<String>,
    /// When it last answered as it should.
    pub(crate) last_success: Option<String>,
    /// When it is due again.
    pub(crate) next_check: Option<String>,
}

/// An address that is looked at before anything of it is watched.
#[derive(Debug, Clone, Deserialize, TS)]
pub(crate) struct AddressDraft {
    /// As typed; a site's, a feed's, a sitemap's or a page's.
    pub(crate) address: String,
    /// Look at the page only, for the links that this CSS selector picks.
    pub(crate) selector: Option<String>,
    /// How to get in.
    pub(crate) access: AccessDraft,
}

/// How to get in at a source's server.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub(crate) struct AccessDraft {
    /// The name that the server is told.
    pub(crate) user: Option<String>,
    /// The password that goes with it.
    pub(crate) password: Option<String>,
    /// Sent along with each request.
    pub(crate) headers: Vec<HeaderLine>,
    /// The proxy, `direct` for none; none for the usual one.
    pub(crate) proxy: Option<String>,
}

/// A line that is sent along with each request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub(crate) struct HeaderLine {
    /// Its name, such as `X-Key`.
    pub(crate) name: String,
    /// Its value.
    pub(crate) value: String,
}

/// Something that can be watched.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct FoundSource {
    /// `feed`, `sitemap` or `page`.
    pub(crate) kind: String,
    /// Its address.
    pub(crate) address: String,
    /// What it calls itself.
    pub(crate) title: Option<String>,
    /// How many articles it has at the moment.
    pub(crate) articles: u32,
    /// The first of them.
    pub(crate) newest: Vec<FoundArticle>,
    /// It is watched already.
    pub(crate) watched: bool,
}

/// An article of something that can be watched.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct FoundArticle {
    /// Its headline.
    pub(crate) title: String,
    /// When it says that it was published.
    pub(crate) published: Option<String>,
}

/// A source that is to be watched.
#[derive(Debug, Clone, Deserialize, TS)]
pub(crate) struct SourceDraft {
    /// `folder`, `feed`, `sitemap` or `page`.
    pub(crate) kind: String,
    /// Path or address.
    pub(crate) location: String,
    /// Its name; none leaves it to what it calls itself.
    pub(crate) name: Option<String>,
    /// Put on every article of it.
    pub(crate) label: Option<String>,
    /// How often it is checked, in minutes; none leaves it to its own rhythm.
    pub(crate) every: Option<u32>,
    /// Complete shortened items from their pages.
    pub(crate) full_text: bool,
    /// How loudly it speaks; none leaves it to the topics.
    pub(crate) level: Option<Level>,
    /// Raise alerts for what is there already.
    pub(crate) alert_existing: bool,
    /// Of a page: the CSS selector of its article links.
    pub(crate) selector: Option<String>,
    /// Of a folder: patterns of files that are left out.
    pub(crate) ignore: Vec<String>,
    /// Of a folder: where read files are moved to.
    pub(crate) move_to: Option<String>,
    /// How to get in.
    pub(crate) access: AccessDraft,
}

/// What became of sources that were to be added.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub(crate) struct AddedSources {
    /// The ids of those that are watched now and were not before.
    pub(crate) added: Vec<i32>,
    /// The name of the first of them.
    pub(crate) first: Option<String>,
    /// How many were watched already.
    pub(crate) known: u32,
    /// What was not added, and why.
    pub(crate) problems: Vec<String>,
}

/// A shipped list of feeds.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct StarterPackRow {
    /// Its short name.
    pub(crate) id: String,
    /// Its name for people.
    pub(crate) name: String,
    /// What is in it, in a sentence.
    pub(crate) about: String,
    /// Its feeds.
    pub(crate) sources: Vec<StarterRow>,
}

/// A feed of a shipped list.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct StarterRow {
    /// Its name.
    pub(crate) name: String,
    /// Its address.
    pub(crate) address: String,
    /// It is watched already.
    pub(crate) watched: bool,
}

/// A source in detail.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct SourceView {
    /// The row it has in lists.
    pub(crate) row: SourceRow,
    /// What can be changed of it.
    pub(crate) settings: SourceSettings,
    /// How long the gap between two of its articles usually is, in words; none if that cannot be told.
    pub(crate) usual_gap: Option<String>,
    /// A silence longer than this is unusual, in words.
    pub(crate) quiet_after: Option<String>,
    /// When its newest article came out.
    pub(crate) newest: Option<String>,
    /// Articles a day of the last thirty days, oldest first.
    pub(crate) days: Vec<SourceDay>,
    /// What was wrong with the last answer that was read.
    pub(crate) problems: Vec<SourceProblem>,
    /// Of a folder: files that were read.
    pub(crate) files: Option<u32>,
    /// Of those, files that nothing came of.
    pub(crate) failed_files: u32,
}

/// Articles of a day.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct SourceDay {
    /// The day, `2026-11-24`.
    pub(crate) day: String,
    /// How many came out on it.
    pub(crate) articles: u32,
}

/// Something that was wrong with an answer.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct SourceProblem {
    /// The address or file.
    pub(crate) place: String,
    /// What is wrong, in plain words.
    pub(crate) reason: String,
}

/// What can be changed of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub(crate) struct SourceSettings {
    /// Its name for people.
    pub(crate) name: String,
    /// Its address; that of a folder stays.
    pub(crate) location: String,
    /// Put on every article of it.
    pub(crate) label: Option<String>,
    /// How often it is checked, in minutes; none leaves it to its own rhythm.
    pub(crate) every: Option<u32>,
    /// Complete shortened items from their pages.
    pub(crate) full_text: bool,
    /// How loudly it speaks; none leaves it to the topics.
    pub(crate) level: Option<Level>,
    /// The name that the server is told.
    pub(crate) user: Option<String>,
    /// Sent along with each request.
    pub(crate) headers: Vec<HeaderLine>,
    /// Of a page: the CSS selector of its article links.
    pub(crate) selector: Option<String>,
    /// Of a folder: patterns of files that are left out.
    pub(crate) ignore: Vec<String>,
    /// Of a folder: where read files are moved to.
    pub(crate) move_to: Option<String>,
    /// The proxy, `direct` for none; none for the usual one.
    pub(crate) proxy: Option<String>,
}

/// Which receipts of a folder are asked for.
#[derive(Debug, Clone, Deserialize, TS)]
pub(crate) struct ReceiptQuestion {
    /// The folder.
    pub(crate) source: i32,
    /// In the path or the reason.
    pub(crate) text: String,
    /// Only of files that nothing came of.
    pub(crate) only_problems: bool,
    /// The path after which to begin; none at the beginning.
    pub(crate) after: Option<String>,
}

/// Some receipts of a folder, by path.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ReceiptPage {
    /// The rows.
    pub(crate) rows: Vec<ReceiptRow>,
    /// How many there are in all; counted at the beginning only.
    pub(crate) total: Option<u32>,
    /// Ask for the next page with this; none if this was the last.
    pub(crate) next: Option<String>,
}

/// What became of a file.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ReceiptRow {
    /// Its path.
    pub(crate) path: String,
    /// Bytes.
    pub(crate) size: u32,
    /// When it was read.
    pub(crate) read_at: String,
    /// Articles that came of it.
    pub(crate) articles: u32,
    /// Why nothing did.
    pub(crate) problem: Option<String>,
}
