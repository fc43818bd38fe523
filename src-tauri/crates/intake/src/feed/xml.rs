//! RSS and Atom: from what a feed says to articles and facts.

use std::time::Duration;

use url::Url;
use wirewatch_model::{Problem, ProblemKind};

use super::entry::Entry;
use super::item::articles;
use super::reader::{self, Raw};
use super::{MOST_ENTRIES, missing};
use crate::format::Format;
use crate::read::refuse;
use crate::{FeedFacts, Hint, Parsed, content};

/// Reads RSS or Atom.
pub(crate) fn read(text: &str, format: Format, hint: &Hint) -> Parsed {
    let origin = hint.url.and_then(|url| Url::parse(url).ok());
    let raw = reader::read(text, origin.as_ref(), MOST_ENTRIES);
    if !raw.has_root {
        let message = "the feed cannot be read: there is no channel or feed element in it";
        return refuse(format, ProblemKind::Broken, message);
    }
    let mut facts = facts(&raw.feed);
    let problems = problems(&raw, text);
    // Relative addresses mean the site; some feeds are served from elsewhere.
    let home = facts.home.as_deref().and_then(|home| Url::parse(home).ok());
    let base = raw.feed.base.clone().or(home).or(origin);
    let (language, authors) = (raw.feed.language.clone(), raw.feed.best_authors());
    let items = raw.entries.into_iter().map(|entry| {
        let own = entry.base.clone().or_else(|| base.clone());
        let mut item = entry.item();
        item.language = item.language.or_else(|| language.clone());
        if item.authors.is_empty() {
            // RFC 4287, section 4.2.1; podcasts and Dublin Core mean it likewise.
            item.authors.clone_from(&authors);
        }
        (item, own)
    });
    let articles = articles(items, &mut facts, hint);
    Parsed { format, articles, problems, feed: Some(facts) }
}

fn facts(feed: &Entry) -> FeedFacts {
    FeedFacts {
        title: feed.headline().map(|title| content::one_line(&title)).filter(|title| !title.is_empty()),
        home: feed.address().map(str::to_owned),
        ttl: feed.ttl.map(|minutes| Duration::from_secs(u64::from(minutes) * 60)),
        ..FeedFacts::default()
    }
}

fn problems(raw: &Raw, text: &str) -> Vec<Problem> {
    let incomplete = |message: String| Problem::new(ProblemKind::Incomplete, message);
    let mut problems = Vec::new();
    if raw.cut {
        let line = text.lines().count();
        let message = format!(
            "the feed breaks off in line {line}; its end is missing, {} entries were read",
            raw.entries.len()
        );
        problems.push(incomplete(message));
    } else if raw.mended > 0 {
        problems.push(incomplete(match raw.mended {
            1 => "an element of the feed has no end and was mended".to_owned(),
            count => format!("{count} elements of the feed have no end and were mended"),
        }));
    }
    problems.extend(missing(raw.entries.len(), raw.seen));
    problems
}
