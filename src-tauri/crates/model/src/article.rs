//! The article, as it was read and as it is kept.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::{ArticleId, Match, Problem, SourceId, Status, StoryId, TopicId};

/// When an article says it was published, as precisely as it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// A day without a time.
    Day(NaiveDate),
    /// A moment.
    At(DateTime<Utc>),
}

impl Published {
    /// The moment to sort by: a day counts from its first minute in UTC.
    pub fn moment(self) -> DateTime<Utc> {
        match self {
            Published::Day(day) => day.and_time(NaiveTime::MIN).and_utc(),
            Published::At(at) => at,
        }
    }
}

/// One piece of news as a reader of some format saw it: no ids, no clock, no database.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ParsedArticle {
    /// The headline; empty if the document has none.
    pub title: String,
    /// The authors' names, in order.
    pub authors: Vec<String>,
    /// Who published it: a name if the document gives one, else the host of its address.
    pub publisher: Option<String>,
    /// When it says it was published.
    pub published: Option<Published>,
    /// When it says it was last changed.
    pub updated: Option<Published>,
    /// Its address on the web, `http` or `https` only.
    pub url: Option<String>,
    /// The id that the source gave it.
    pub external_id: Option<String>,
    /// The revision that the source gave it; a higher one replaces a lower one, never the reverse.
    pub revision: Option<String>,
    /// Whether its provider lets it be used, or has taken it back.
    pub status: Status,
    /// Not to be published before this moment; until then it raises no alert.
    pub embargo: Option<DateTime<Utc>>,
    /// BCP 47 language tag, declared or detected.
    pub language: Option<String>,
    /// The lead (standfirst, summary) that the document gives apart from the body.
    pub lead: Option<String>,
    /// The body as plain text; paragraphs are separated by a blank line.
    pub text: String,
    /// The body as sanitised HTML: no scripts, no styles, no remote content.
    pub html: String,
    /// Labels, categories, keywords, subject codes.
    pub labels: Vec<String>,
    /// True if only a summary of the article was to be had.
    pub summary_only: bool,
    /// What went wrong while reading it.
    pub problems: Vec<Problem>,
}

/// How far in the future a published time may lie before it is not believed.
const FUTURE_TOLERANCE: TimeDelta = TimeDelta::hours(26);

impl ParsedArticle {
    /// Whether its source counts the revisions of it: then its id means one article in whichever
    /// file or message it comes.
    pub fn is_versioned(&self) -> bool {
        self.external_id.is_some() && self.revision.is_some()
    }

    /// The time to sort by: the published one where it is sane, else when it was first seen.
    /// A day counts as the moment it was first seen if that is the same day in UTC.
    pub fn sorting_time(&self, first_seen: DateTime<Utc>) -> DateTime<Utc> {
        match self.published {
            Some(Published::Day(day)) if day == first_seen.date_naive() => first_seen,
            Some(published) if published.moment() <= first_seen + FUTURE_TOLERANCE => published.moment(),
            _ => first_seen,
        }
    }
}

/// An article as the library keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Arrival number.
    pub id: ArticleId,
    /// The source that brought it first.
    pub source: SourceId,
    /// That source's name.
    pub source_name: String,
    /// The story that it belongs to.
    pub story: StoryId,
    /// When Wirewatch first saw it.
    pub first_seen: DateTime<Utc>,
    /// Read by the user.
    pub read: bool,
    /// Starred by the user.
    pub starred: bool,
    /// What was read, in its newest revision.
    pub content: ParsedArticle,
    /// The topics that it matches, with the passages.
    pub matches: Vec<Match>,
    /// Earlier states, oldest first; empty if it never changed.
    pub revisions: Vec<Revision>,
}

impl Article {
    /// Who published it, as far as it says; else the source that brought it.
    pub fn outlet(&self) -> &str {
        let publisher = self.content.publisher.as_deref().map(str::trim);
        publisher.filter(|name| !name.is_empty()).unwrap_or(&self.source_name)
    }
}

/// An earlier state of an article that has changed since.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// When this state was replaced.
    pub replaced_at: DateTime<Utc>,
    /// The headline then.
    pub title: String,
    /// The body then.
    pub text: String,
}

/// What a list shows of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleHead {
    /// Arrival number.
    pub id: ArticleId,
    /// The source that brought it first.
    pub source: SourceId,
    /// That source's name.
    pub source_name: String,
    /// The story that it belongs to.
    pub story: StoryId,
    /// The headline.
    pub title: String,
    /// When it says it was published.
    pub published: Option<Published>,
    /// When Wirewatch first saw it.
    pub first_seen: DateTime<Utc>,
    /// Its address on the web.
    pub url: Option<String>,
    /// The topics that it matches.
    pub topics: Vec<TopicId>,
    /// The beginning of its text, or in a search the passage that was found.
    pub snippet: String,
    /// Read by the user.
    pub read: bool,
    /// Starred by the user.
    pub starred: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    #[test]
    fn sorting_time_distrusts_missing_and_future_dates() {
        let seen = at("2026-11-24T10:00:00Z");
        let day = |d| Some(Published::Day(NaiveDate::from_ymd_opt(2026, 11, d).unwrap()));
        for (published, want, why) in [
            (None, seen, "missing"),
            (Some(Published::At(at("2026-11-23T08:00:00Z"))), at("2026-11-23T08:00:00Z"), "past"),
            (Some(Published::At(at("2031-01-01T00:00:00Z"))), seen, "far future"),
            (day(23), at("2026-11-23T00:00:00Z"), "a past day"),
            (day(24), seen, "today, no time given"),
        ] {
            let article = ParsedArticle { published, ..ParsedArticle::default() };
            assert_eq!(article.sorting_time(seen), want, "{why}");
        }
    }
}
