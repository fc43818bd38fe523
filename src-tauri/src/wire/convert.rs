//! From the core's types to the wire's.

use std::error::Error;

use chrono::{DateTime, SecondsFormat, Utc};
use wirewatch_library::{LibraryError, TopicRule};
use wirewatch_model as model;
use wirewatch_model::{Alert, AlertState, ArticleHead, Fate, Published, Topic};
use wirewatch_monitor::MonitorError;
use wirewatch_query::{QueryError, Warning};

use super::{
    AlertRow, ArticleRow, CommandError, Event, Field, FieldFault, FoundPassage, Level, QueryRemark, TopicRow,
};

impl From<model::Level> for Level {
    fn from(level: model::Level) -> Level {
        match level {
            model::Level::Silent => Level::Silent,
            model::Level::Digest => Level::Digest,
            model::Level::Notify => Level::Notify,
            model::Level::Urgent => Level::Urgent,
        }
    }
}

impl From<Level> for model::Level {
    fn from(level: Level) -> model::Level {
        match level {
            Level::Silent => model::Level::Silent,
            Level::Digest => model::Level::Digest,
            Level::Notify => model::Level::Notify,
            Level::Urgent => model::Level::Urgent,
        }
    }
}

impl TopicRow {
    /// A topic with the number of its articles that are not read yet, and what the user wants of its
    /// alerts now.
    pub(crate) fn new(topic: Topic, unread: u64, rule: TopicRule) -> TopicRow {
        TopicRow {
            id: topic.id.to_string(),
            name: topic.name,
            query: topic.query,
            level: topic.level.into(),
            version: count(topic.version.0.unsigned_abs()),
            matches: count(topic.matches),
            unread: count(unread),
            budget: rule.budget,
            snoozed_until: rule.snoozed_until.map(moment),
        }
    }
}

impl ArticleRow {
    /// A row of an article with the number of outlets that carried its story.
    pub(crate) fn new(head: ArticleHead, outlets: usize) -> ArticleRow {
        ArticleRow {
            id: number(head.id.0),
            title: head.title,
            source_id: number(head.source.0),
            source: head.source_name,
            published: head.published.map(published),
            first_seen: moment(head.first_seen),
            also: count(outlets.saturating_sub(1) as u64),
            snippet: head.snippet,
            topics: head.topics.iter().map(ToString::to_string).collect(),
            read: head.read,
            starred: head.starred,
        }
    }
}

impl From<Alert> for AlertRow {
    fn from(alert: Alert) -> AlertRow {
        AlertRow {
            id: number(alert.id.0),
            topic: alert.topic.to_string(),
            topic_name: alert.topic_name,
            article: number(alert.article.0),
            title: alert.title,
            source_id: number(alert.source_id.0),
            outlet: alert.outlet,
            sentence: alert.sentence,
            at: moment(alert.at),
            level: alert.level.into(),
            outlets: alert.outlets,
            seen: alert.state == AlertState::Read,
            held: alert
                .fate
                .filter(|fate| matches!(fate, Fate::Held(_)))
                .map(|fate| fate.as_str().to_owned()),
        }
    }
}

impl From<wirewatch_monitor::Event> for Event {
    fn from(event: wirewatch_monitor::Event) -> Event {
        use wirewatch_monitor::Event as Core;
        match event {
            Core::Articles { new } => Event::Articles { new },
            Core::Alerts => Event::Alerts,
            Core::Topics => Event::Topics,
            Core::Sources => Event::Sources,
            Core::Digests => Event::Digests,
            Core::Progress { label, done, total } => Event::Progress { label, done, total },
        }
    }
}

impl From<(model::ArticleId, String)> for FoundPassage {
    fn from((article, sentence): (model::ArticleId, String)) -> FoundPassage {
        FoundPassage { article: number(article.0), sentence }
    }
}

impl QueryRemark {
    /// An error, with its place counted as the text box counts.
    pub(crate) fn error(query: &str, error: &QueryError) -> QueryRemark {
        QueryRemark::at(query, &error.message, error.start, error.end)
    }

    /// A hint, with its place counted as the text box counts.
    pub(crate) fn warning(query: &str, warning: &Warning) -> QueryRemark {
        QueryRemark::at(query, &warning.message, warning.start, warning.end)
    }

    pub(super) fn at(query: &str, message: &str, start: usize, end: usize) -> QueryRemark {
        QueryRemark { message: message.to_owned(), start: utf16(query, start), end: utf16(query, end) }
    }
}

/// Bytes before a place, as UTF-16 units. A place that is none counts as the next one before it.
pub(super) fn utf16(text: &str, byte: usize) -> u32 {
    let units = text.char_indices().take_while(|(at, _)| *at < byte).map(|(_, c)| c.len_utf16());
    count(units.sum::<usize>() as u64)
}

impl CommandError {
    /// In plain words.
    pub(crate) fn failed(message: impl Into<String>) -> CommandError {
        CommandError::Failed { message: message.into() }
    }

    /// An article, topic or source that is not there (any more).
    pub(crate) fn missing(what: &str) -> CommandError {
        CommandError::Missing { message: format!("This {what} is not in the library any more.") }
    }

    /// What came of a request about a query: its own errors with their place, anything else as usual.
    pub(crate) fn about(query: &str, error: MonitorError) -> CommandError {
        match error {
            MonitorError::Query(error) => CommandError::Query { remark: QueryRemark::error(query, &error) },
            other => other.into(),
        }
    }
}

impl FieldFault {
    /// A fault of a field.
    pub(crate) fn new(field: Field, message: &str) -> FieldFault {
        FieldFault { field, message: sentence(message) }
    }
}

impl From<FieldFault> for CommandError {
    fn from(fault: FieldFault) -> CommandError {
        CommandError::Field { fault }
    }
}

impl From<MonitorError> for CommandError {
    fn from(error: MonitorError) -> CommandError {
        match error {
            MonitorError::Plan { fault, .. } => FieldFault::from(fault).into(),
            MonitorError::MailServer(fault) => FieldFault::from(fault).into(),
            MonitorError::Library(error) => error.into(),
            MonitorError::Missing { what, .. } => CommandError::missing(what),
            other => CommandError::failed(in_words(&other)),
        }
    }
}

impl From<LibraryError> for CommandError {
    fn from(error: LibraryError) -> CommandError {
        match error {
            LibraryError::Missing { what, .. } => CommandError::missing(what),
            full if full.is_disk_full() => {
                CommandError::failed("The disk is full. Make room, then try again; nothing was lost.")
            }
            other => CommandError::failed(in_words(&other)),
        }
    }
}

/// An error with its causes, as one sentence.
pub(crate) fn in_words(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        // Some errors repeat their cause in their own words.
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        cause = error.source();
    }
    sentence(&words)
}

/// Words that begin as a sentence does; an address that they begin with stays as it is.
pub(crate) fn sentence(words: &str) -> String {
    if words.split_whitespace().next().is_some_and(|first| first.contains("://")) {
        return words.to_owned();
    }
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

pub(super) fn published(published: Published) -> String {
    match published {
        Published::Day(day) => day.to_string(),
        Published::At(at) => moment(at),
    }
}

/// A moment as the window reads it.
pub(crate) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A count for the window, which would show no difference beyond four billion.
pub(crate) fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// An id for the window. Ids are dense from 1, and two billion of them do not fit on a disk.
pub(super) fn number(id: i64) -> i32 {
    i32::try_from(id).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_a_query_are_counted_as_the_text_box_counts() {
        let query = "Выборы 🗳 OR (";
        let error = QueryError { message: "open".to_owned(), start: query.len() - 1, end: query.len() };
        let remark = QueryRemark::error(query, &error);
        let units: Vec<u16> = query.encode_utf16().collect();
        assert_eq!((remark.start, remark.end), (units.len() as u32 - 1, units.len() as u32));
        assert_eq!(utf16("é", 9), 1, "beyond the end is the end");
    }

    #[test]
    fn an_error_is_a_sentence_with_its_causes() {
        let error = LibraryError::Folder(std::io::Error::other("read-only file system"));
        let CommandError::Failed { message } = CommandError::from(error) else {
            panic!("no kind of its own")
        };
        assert_eq!(message, "Cannot open the library's folder: read-only file system");
        assert_eq!(sentence("https://wire.example/: no feed"), "https://wire.example/: no feed");
    }
}
