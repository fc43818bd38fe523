//! RSS and Atom through `feed-rs`, with what it cannot say put around it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use chrono::{DateTime, NaiveTime, Timelike, Utc};
use feed_rs::model::{Entry, Feed, Link};
use feed_rs::parser::{Builder, ParseFeedError};
use url::Url;
use wirewatch_model::{Problem, ProblemKind, Published};

use super::item::Item;
use super::repair::{Repaired, repair};
use super::{MOST_ENTRIES, missing};
use crate::format::Format;
use crate::read::refuse;
use crate::{FeedFacts, Hint, Parsed, content, date};

/// Reads RSS or Atom.
pub(crate) fn read(text: &str, format: Format, hint: &Hint) -> Parsed {
    let base = hint.url.and_then(|url| Url::parse(url).ok());
    let repaired = repair(text);
    let feed = match parse(&repaired, base.as_ref()) {
        Ok(feed) => feed,
        Err(reason) => {
            return refuse(format, ProblemKind::Broken, format!("the feed cannot be read: {reason}"));
        }
    };
    let facts = facts(&feed);
    let base = facts.home.as_deref().and_then(|home| Url::parse(home).ok()).or(base);
    let language = feed.language;
    let articles: Vec<_> = feed
        .entries
        .into_iter()
        .take(MOST_ENTRIES)
        .map(|entry| {
            let mut item = item(entry, format);
            item.language = item.language.or_else(|| language.clone());
            item.article(&facts, base.as_ref())
        })
        .collect();
    let mut problems = Vec::new();
    if repaired.cut {
        let line = text.lines().count();
        problems.push(Problem::new(
            ProblemKind::Incomplete,
            format!("the feed breaks off in line {line}; its end is missing"),
        ));
    }
    problems.extend(missing(articles.len(), repaired.entries));
    Parsed { format, articles, problems, feed: Some(facts) }
}

fn parse(repaired: &Repaired, base: Option<&Url>) -> Result<Feed, String> {
    let parser = Builder::new()
        .base_uri(base.map(Url::as_str))
        // A made-up id would be a new one at every reading.
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(stamp)
        .build();
    // The repaired text is well formed, so `feed-rs` should neither fail nor panic; that it has done
    // both on real feeds must not take the program down.
    match catch_unwind(AssertUnwindSafe(|| parser.parse(repaired.xml.as_bytes()))) {
        Ok(Ok(feed)) => Ok(feed),
        Ok(Err(ParseFeedError::ParseError(feed_rs::parser::ParseErrorKind::NoFeedRoot))) => {
            Err("there is no channel or feed element in it".to_owned())
        }
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("its reader gave up".to_owned()),
    }
}

/// `feed-rs` knows moments only: a day without a time travels through it as midnight and this many
/// nanoseconds, which no feed can say.
const DAY_ONLY: u32 = 1;

fn stamp(text: &str) -> Option<DateTime<Utc>> {
    match date::parse(text)? {
        Published::At(at) => at.with_nanosecond(0),
        Published::Day(day) => day.and_time(NaiveTime::MIN).with_nanosecond(DAY_ONLY).map(|at| at.and_utc()),
    }
}

fn published(stamp: DateTime<Utc>) -> Published {
    if stamp.nanosecond() == DAY_ONLY { Published::Day(stamp.date_naive()) } else { Published::At(stamp) }
}

fn facts(feed: &Feed) -> FeedFacts {
    let title = feed.title.as_ref().map(|title| content::one_line(&title.content));
    FeedFacts {
        title: title.filter(|title| !title.is_empty()),
        home: best_link(&feed.links),
        ttl: feed.ttl.map(|minutes| Duration::from_secs(u64::from(minutes) * 60)),
    }
}

fn item(entry: Entry, format: Format) -> Item {
    let updated = match format {
        // `feed-rs` copies the date of an RSS item here; RSS has no other.
        Format::Rss => entry.updated.filter(|_| entry.updated != entry.published),
        _ => entry.updated,
    };
    Item {
        title: entry.title.map(|title| title.content).unwrap_or_default(),
        link: best_link(&entry.links),
        id: Some(entry.id),
        authors: entry
            .authors
            .into_iter()
            .filter_map(|person| person.name.filter(|name| !name.is_empty()).or(person.email))
            .collect(),
        published: entry.published.map(published),
        updated: updated.map(published),
        language: entry.language,
        content: entry.content.and_then(|content| content.body),
        summary: entry.summary.map(|summary| summary.content),
        labels: entry
            .categories
            .into_iter()
            .map(|category| category.label.unwrap_or(category.term))
            .collect(),
    }
}

/// The link to the thing itself, not to the feed, an enclosure, comments or an editing interface.
fn best_link(links: &[Link]) -> Option<String> {
    let to_itself =
        |link: &&Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate") && link.target.is_none();
    let is_page = |link: &&Link| link.media_type.as_deref().is_none_or(|media| media.contains("html"));
    let mut candidates =
        links.iter().filter(to_itself).filter(|link| !link.href.is_empty() && link.href != "urn:none");
    let best = candidates.clone().find(is_page).or_else(|| candidates.next())?;
    Some(best.href.clone())
}
