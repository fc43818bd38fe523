//! The library from outside: what comes in, what follows, what is found.

// Helpers are tests, too, but the lint only knows functions that are marked.
#![allow(clippy::unwrap_used)]

mod agreement;
mod alerts;
mod arrivals;
mod opening;
mod sources;
mod stories;
mod topics;

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;
use wirewatch_library::{Arrival, Batch, Library, Outcome, TopicMatch};
use wirewatch_model::{Level, Match, NewSource, ParsedArticle, SourceId, SourceKind, TopicId, TopicVersion};

/// A library in a folder of its own.
struct World {
    library: Library,
    _folder: TempDir,
}

impl World {
    fn new() -> World {
        let folder = TempDir::new().unwrap();
        World { library: Library::open(folder.path()).unwrap(), _folder: folder }
    }

    fn source(&self, name: &str) -> SourceId {
        let new = NewSource {
            kind: SourceKind::Feed,
            name: name.into(),
            location: format!("https://{name}.example/feed"),
            label: None,
            every: None,
            full_text: false,
            alert_existing: false,
        };
        self.library.add_source(&new, noon()).unwrap().id
    }

    fn add(&self, source: SourceId, arrival: Arrival) -> Outcome {
        let batch = Batch { source, arrivals: vec![arrival], receipts: Vec::new(), at: noon() };
        self.library.add(&batch).unwrap()[0]
    }
}

fn noon() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::hours(12)
}

fn article(title: &str, text: &str) -> ParsedArticle {
    ParsedArticle { title: title.into(), text: text.into(), ..ParsedArticle::default() }
}

fn news(article: ParsedArticle, topics: &[&str]) -> Arrival {
    let matches = topics.iter().map(|topic| TopicMatch {
        found: Match {
            topic: TopicId::from_name(topic),
            version: TopicVersion(1),
            hits: Vec::new(),
            sentence: "Why.".into(),
        },
        level: Level::Notify,
    });
    Arrival { article, file: None, matches: matches.collect(), news: true }
}
