//! What the window adds, shows and changes of sources.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wirewatch_library::{Receipt, ReceiptFilter, ReceiptOutcome};
use wirewatch_model::{Source, SourceKind, SourceOptions, SourceWishes};
use wirewatch_monitor::{AddRequest, Discovered, ImportedFeeds, SourceChange, SourceReport, StarterPack};

use super::convert::{count, moment, number, published, sentence};
use super::{Level, SourceRow};

const MINUTE: u64 = 60;

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

impl AddressDraft {
    /// As the monitor is asked.
    pub(crate) fn request(self) -> AddRequest {
        let password = self.access.password.clone();
        AddRequest {
            location: with_scheme(&self.address),
            options: self.access.options(self.selector),
            password,
            ..AddRequest::default()
        }
    }
}

impl AccessDraft {
    fn options(self, selector: Option<String>) -> SourceOptions {
        SourceOptions {
            user: some(self.user),
            headers: pairs(self.headers),
            selector: some(selector),
            proxy: some(self.proxy),
            ..SourceOptions::default()
        }
    }
}

impl SourceDraft {
    /// As the monitor is asked.
    pub(crate) fn request(self) -> AddRequest {
        let password = self.access.password.clone().filter(|password| !password.is_empty());
        AddRequest {
            kind: SourceKind::from_name(&self.kind),
            location: self.location,
            name: some(self.name),
            label: some(self.label),
            every: self.every.map(minutes),
            level: self.level.map(Into::into),
            full_text: self.full_text,
            alert_existing: self.alert_existing,
            options: SourceOptions {
                ignore: self.ignore,
                move_to: some(self.move_to),
                ..self.access.options(self.selector)
            },
            password,
        }
    }
}

impl From<Discovered> for FoundSource {
    fn from(found: Discovered) -> FoundSource {
        let newest = found.newest.into_iter();
        FoundSource {
            kind: found.kind.to_string(),
            address: found.address,
            title: found.title.filter(|title| !title.is_empty()),
            articles: count(found.articles as u64),
            newest: newest.map(|(title, at)| FoundArticle { title, published: at.map(published) }).collect(),
            watched: found.watched,
        }
    }
}

impl From<ImportedFeeds> for AddedSources {
    fn from(imported: ImportedFeeds) -> AddedSources {
        AddedSources {
            first: imported.added.first().map(|source| source.spec.name.clone()),
            added: imported.added.iter().map(|source| number(source.id.0)).collect(),
            known: imported.known,
            problems: imported.problems.iter().map(|problem| sentence(problem)).collect(),
        }
    }
}

impl AddedSources {
    /// One more.
    pub(crate) fn take(&mut self, source: Source) {
        self.added.push(number(source.id.0));
        self.first.get_or_insert(source.spec.name);
    }
}

impl StarterPackRow {
    /// A pack, and which of its feeds are watched already.
    pub(crate) fn new(pack: StarterPack, watched: Vec<bool>) -> StarterPackRow {
        let sources = pack.sources.into_iter().zip(watched);
        StarterPackRow {
            id: pack.id,
            name: pack.name,
            about: pack.about,
            sources: sources
                .map(|(starter, watched)| StarterRow {
                    name: starter.name,
                    address: starter.address,
                    watched,
                })
                .collect(),
        }
    }
}

impl SourceView {
    /// A report with the number of articles that came from the source.
    pub(crate) fn new(report: SourceReport, articles: u64) -> SourceView {
        let problem = |(place, reason): (String, String)| SourceProblem { place, reason: sentence(&reason) };
        let (usual_gap, quiet_after) = report.rhythm.map(|rhythm| (rhythm.usual, rhythm.unusual)).unzip();
        let (files, failed) = report.files.unzip();
        SourceView {
            row: SourceRow::new(report.source, articles),
            settings: report.change.into(),
            usual_gap,
            quiet_after,
            newest: report.newest.map(moment),
            days: report
                .days
                .into_iter()
                .map(|(day, articles)| SourceDay { day: day.to_string(), articles })
                .collect(),
            problems: report.problems.into_iter().map(problem).collect(),
            files: files.map(count),
            failed_files: count(failed.unwrap_or_default()),
        }
    }
}

impl From<SourceChange> for SourceSettings {
    fn from(change: SourceChange) -> SourceSettings {
        let SourceChange { location, wishes, options } = change;
        SourceSettings {
            name: wishes.name,
            location,
            label: wishes.label,
            every: wishes.every.map(|every| count(every.as_secs() / MINUTE)),
            full_text: wishes.full_text,
            level: wishes.level.map(Into::into),
            user: options.user,
            headers: options.headers.into_iter().map(|(name, value)| HeaderLine { name, value }).collect(),
            selector: options.selector,
            ignore: options.ignore,
            move_to: options.move_to,
            proxy: options.proxy,
        }
    }
}

impl From<SourceSettings> for SourceChange {
    fn from(settings: SourceSettings) -> SourceChange {
        SourceChange {
            location: settings.location,
            wishes: SourceWishes {
                name: settings.name,
                label: some(settings.label),
                every: settings.every.map(minutes),
                full_text: settings.full_text,
                level: settings.level.map(Into::into),
            },
            options: SourceOptions {
                user: some(settings.user),
                headers: pairs(settings.headers),
                selector: some(settings.selector),
                ignore: settings.ignore,
                move_to: some(settings.move_to),
                proxy: some(settings.proxy),
            },
        }
    }
}

impl From<&ReceiptQuestion> for ReceiptFilter {
    fn from(question: &ReceiptQuestion) -> ReceiptFilter {
        ReceiptFilter { text: question.text.trim().to_owned(), only_problems: question.only_problems }
    }
}

impl From<Receipt> for ReceiptRow {
    fn from(receipt: Receipt) -> ReceiptRow {
        let (articles, problem) = match receipt.outcome {
            ReceiptOutcome::Articles(articles) => (articles, None),
            ReceiptOutcome::Problem(reason) => (0, Some(sentence(&reason))),
        };
        ReceiptRow {
            path: receipt.path,
            size: count(receipt.size),
            read_at: moment(receipt.read_at),
            articles,
            problem,
        }
    }
}

/// People leave the scheme out, as in every browser.
fn with_scheme(address: &str) -> String {
    let address = address.trim();
    if address.contains("://") { address.to_owned() } else { format!("https://{address}") }
}

fn minutes(number: u32) -> Duration {
    Duration::from_secs(u64::from(number) * MINUTE)
}

/// What was typed; a field that was left empty is nothing.
fn some(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn pairs(headers: Vec<HeaderLine>) -> Vec<(String, String)> {
    let headers = headers.into_iter().filter(|header| !header.name.trim().is_empty());
    headers.map(|header| (header.name.trim().to_owned(), header.value.trim().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_lack_its_scheme() {
        assert_eq!(with_scheme(" example.org/news "), "https://example.org/news");
        assert_eq!(with_scheme("http://example.org"), "http://example.org");
        assert_eq!(with_scheme("file:///etc"), "file:///etc", "refused by the monitor, not mended here");
    }

    #[test]
    fn settings_come_back_as_they_went_and_empty_fields_are_nothing() {
        let change = SourceChange {
            location: "https://wire.example/feed".to_owned(),
            wishes: SourceWishes {
                name: "Wire".to_owned(),
                label: None,
                every: Some(Duration::from_secs(1_800)),
                full_text: true,
                level: Some(wirewatch_model::Level::Urgent),
            },
            options: SourceOptions {
                headers: vec![("X-Key".to_owned(), "abc".to_owned())],
                proxy: Some("direct".to_owned()),
                ..SourceOptions::default()
            },
        };
        let mut settings = SourceSettings::from(change.clone());
        assert_eq!(settings.every, Some(30));
        settings.user = Some("  ".to_owned());
        settings.headers.push(HeaderLine { name: String::new(), value: "nothing".to_owned() });
        assert_eq!(SourceChange::from(settings), change);
    }
}
