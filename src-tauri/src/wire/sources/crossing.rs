//! From the core's sources to the window's, and back.

use std::time::Duration;

use wirewatch_library::{Receipt, ReceiptFilter, ReceiptOutcome};
use wirewatch_model::{Source, SourceKind, SourceOptions, SourceWishes};
use wirewatch_monitor::{AddRequest, Discovered, ImportedFeeds, SourceChange, SourceReport, StarterPack};

use super::{
    AccessDraft, AddedSources, AddressDraft, FoundArticle, FoundSource, HeaderLine, ReceiptQuestion,
    ReceiptRow, SourceDay, SourceDraft, SourceProblem, SourceRow, SourceSettings, SourceView, StarterPackRow,
    StarterRow,
};
use crate::wire::convert::{count, moment, number, published, sentence};

const MINUTE: u64 = 60;

impl SourceRow {
    /// A source with the number of articles that came from it.
    pub(crate) fn new(source: Source, articles: u64) -> SourceRow {
        let Source { id, spec, level, health } = source;
        SourceRow {
            id: number(id.0),
            kind: spec.kind.to_string(),
            name: spec.name,
            location: spec.location,
            label: spec.label,
            articles: count(articles),
            state: health.state.as_str().to_owned(),
            message: sentence(&health.message),
            level: level.map(Into::into),
            last_checked: health.last_checked.map(moment),
            last_success: health.last_success.map(moment),
            next_check: health.next_check.map(moment),
        }
    }
}

impl AddressDraft {
    /// As the monitor is asked.
    pub(crate) fn request(self) -> AddRequest {
        AddRequest {
            location: with_scheme(&self.address),
            password: self.access.password(),
            options: self.access.options(self.selector),
            ..AddRequest::default()
        }
    }
}

impl AccessDraft {
    fn password(&self) -> Option<String> {
        self.password.clone().filter(|password| !password.is_empty())
    }

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
        AddRequest {
            kind: SourceKind::from_name(&self.kind),
            location: self.location,
            name: some(self.name),
            label: some(self.label),
            every: self.every.map(minutes),
            level: self.level.map(Into::into),
            full_text: self.full_text,
            alert_existing: self.alert_existing,
            password: self.access.password(),
            options: SourceOptions {
                ignore: self.ignore,
                move_to: some(self.move_to),
                ..self.access.options(self.selector)
            },
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
