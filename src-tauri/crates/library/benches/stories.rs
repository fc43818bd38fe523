//! What finding an article's story costs with 100,000 articles in the window: the processor time of
//! taking articles in with the full index, against that with an empty one.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "news/clock.rs"]
mod clock;
#[allow(dead_code)] // the benchmarks use what they need of it
mod news;

use chrono::{DateTime, TimeDelta, Utc};
use wirewatch_library::{Arrival, Batch, Library, TopicMatch};
use wirewatch_model::{Level, Match, NewSource, ParsedArticle, SourceId, SourceKind, TopicId, TopicVersion};

use clock::processor_time;
use news::article;

/// Articles in the window.
const WINDOW: usize = 100_000;

/// Articles taken in for the measurement; half of them are copies.
const MEASURED: usize = 2_000;

fn main() {
    // `cargo bench` passes flags of the built-in harness; a test run only wants to see it compile.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(folder.path()).unwrap();
    let wire = source(&library, "wire");
    let empty = measure(&library, wire, WINDOW * 10);
    println!("empty index: {empty:.0} µs of processor time an article, everything included");
    for start in (0..WINDOW).step_by(1_000) {
        take_in(&library, wire, (start..start + 1_000).map(article).collect());
    }
    let full = measure(&library, source(&library, "courier"), 0);
    println!("{WINDOW} articles in the window: {full:.0} µs; {:.0} µs more", full - empty);
    let begin = processor_time();
    let again = Library::open(folder.path()).unwrap();
    take_in(&again, wire, vec![article(WINDOW * 20)]);
    println!("filling the index at the start, and one article: {:.0} ms", processor_time() - begin);
}

/// Microseconds an article; every other one is a copy of one that is in the window.
fn measure(library: &Library, source: SourceId, first: usize) -> f64 {
    let articles: Vec<_> = (0..MEASURED)
        .map(|number| match number % 2 {
            0 => copied(first + number * 37),
            _ => article(WINDOW * 5 + first + number),
        })
        .collect();
    let begin = processor_time();
    take_in(library, source, articles);
    (processor_time() - begin) * 1e3 / MEASURED as f64
}

fn take_in(library: &Library, source: SourceId, articles: Vec<ParsedArticle>) {
    let arrivals = articles
        .into_iter()
        .map(|article| Arrival { article, file: None, matches: vec![matched()], news: true })
        .collect();
    library.add(&Batch { source, arrivals, receipts: Vec::new(), at: now() }).unwrap();
}

/// Every article matches, so that there are as many alerts as stories.
fn matched() -> TopicMatch {
    let found = Match {
        topic: TopicId::from_name("talks"),
        version: TopicVersion(1),
        hits: Vec::new(),
        sentence: "Why.".into(),
    };
    TopicMatch { found, level: Level::Notify }
}

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn source(library: &Library, name: &str) -> SourceId {
    let new = NewSource {
        kind: SourceKind::Feed,
        name: name.into(),
        location: format!("https://{name}.example/feed"),
        label: None,
        every: None,
        full_text: false,
        alert_existing: false,
    };
    library.add_source(&new, now()).unwrap().id
}

fn copied(number: usize) -> ParsedArticle {
    let original = article(number % WINDOW);
    let (kept, _) = original.text.split_at(original.text.len() / 2);
    ParsedArticle { title: format!("Copy of {number} as we have it"), text: kept.to_owned(), ..original }
}
