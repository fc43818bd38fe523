//! Taking in 10,000 clippings, matching 1,000 topics.
//!
//! Prints rates and, since a machine's absolute times are noise, the ratio of each to a baseline
//! measured in the same run: taking in against only reading and parsing the same files, matching
//! against only splitting the same texts into words.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "../../library/benches/news/mod.rs"]
#[allow(dead_code)] // the benchmarks use what they need of it
mod news;

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chrono::Utc;
use tokio_util::sync::CancellationToken;
use wirewatch_intake::{Hint, parse};
use wirewatch_model::{Level, ParsedArticle, Topic, TopicId, TopicVersion};
use wirewatch_monitor::{AddRequest, Monitor, SystemClock, Topics};
use wirewatch_query::{fold, words};

use news::{Random, article, word};

const CLIPPINGS: usize = 10_000;
const TOPICS: usize = 1_000;

fn main() {
    // `cargo bench` passes flags of the built-in harness; a test run only wants to see it compile.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(take_in());
    matching();
}

async fn take_in() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = folder.path().join("inbox");
    std::fs::create_dir(&inbox).unwrap();
    for number in 0..CLIPPINGS {
        let article = article(number);
        let text = format!("# {}\n\nBy [Wire](#)\n\nMay 14, 2019\n\n{}\n", article.title, article.text);
        std::fs::write(inbox.join(format!("{number}.md")), text).unwrap();
    }
    let begin = Instant::now();
    for number in 0..CLIPPINGS {
        let name = format!("{number}.md");
        let bytes = std::fs::read(inbox.join(&name)).unwrap();
        black_box(parse(&bytes, &Hint::named(&name)));
    }
    let baseline = begin.elapsed().as_secs_f64();

    let monitor = open(folder.path());
    monitor
        .add(AddRequest { location: inbox.to_str().unwrap().to_owned(), ..AddRequest::default() })
        .await
        .unwrap();
    let begin = Instant::now();
    let mut new = 0;
    monitor.check(&[], &CancellationToken::new(), |tally| new += tally.new).await.unwrap();
    let taken = begin.elapsed().as_secs_f64();
    assert_eq!(new as usize, CLIPPINGS);
    println!(
        "take in {CLIPPINGS} clippings: {:.0} articles/s; {:.1} times only reading and parsing them",
        CLIPPINGS as f64 / taken,
        taken / baseline
    );
}

fn matching() {
    let mut random = Random(7);
    let topics: Vec<Topic> = (0..TOPICS).map(|number| topic(number, &mut random)).collect();
    let begin = Instant::now();
    let topics = Topics::compile(topics, &[]);
    let compiled = begin.elapsed();
    assert!(topics.broken().is_empty(), "{:?}", topics.broken().first());
    let articles: Vec<ParsedArticle> = (0..2_000).map(article).collect();
    let now = Utc::now();

    let mut folded = String::new();
    let begin = Instant::now();
    for article in &articles {
        for word in words(&article.text) {
            fold(&article.text[word.start..word.end], &mut folded);
            black_box(&folded);
        }
    }
    let baseline = begin.elapsed().as_secs_f64();
    let begin = Instant::now();
    let hits: usize = articles.iter().map(|article| topics.match_article(article, "", now).len()).sum();
    let matched = begin.elapsed().as_secs_f64();
    println!(
        "match {TOPICS} topics (compiled in {} ms): {:.0} articles/s, {:.1} topics hit an article; \
         {:.1} times only splitting and folding the words",
        compiled.as_millis(),
        articles.len() as f64 / matched,
        hits as f64 / articles.len() as f64,
        matched / baseline
    );
}

fn open(folder: &Path) -> Monitor {
    Monitor::open(&folder.join("library"), Arc::new(SystemClock)).unwrap()
}

/// Fifteen terms: five rarer words, one of which has to be near one of four commoner ones.
fn topic(number: usize, random: &mut Random) -> Topic {
    let mut words = |count: usize, from: usize, to: usize| -> String {
        (0..count).map(|_| word(from + random.next() as usize % (to - from))).collect::<Vec<_>>().join(" OR ")
    };
    let query = format!(
        "({}) AND (({}) NEAR/8 ({})) AND NOT ({})",
        words(5, 500, 20_000),
        words(4, 50, 500),
        words(4, 50, 2_000),
        words(2, 5_000, 20_000)
    );
    Topic {
        id: TopicId::from_name(&format!("topic {number}")),
        name: String::new(),
        query,
        level: Level::Silent,
        languages: vec!["en".into()],
        version: TopicVersion(1),
        matches: 0,
    }
}
