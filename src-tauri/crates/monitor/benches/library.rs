//! Taking in 10,000 clippings, matching 1,000 topics, searching 100,000 articles.
//!
//! Prints rates and, since a machine's absolute times are noise, the ratio of each to a baseline
//! measured in the same run: taking in against only reading and parsing the same files, matching
//! against only splitting the same texts into words, a search against listing the newest 50.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chrono::Utc;
use tokio_util::sync::CancellationToken;
use wirewatch_intake::{Hint, parse};
use wirewatch_library::{Arrival, Batch, SearchOrder, SearchRequest, Selection};
use wirewatch_model::{Level, NewSource, ParsedArticle, SourceKind, Topic, TopicId, TopicVersion};
use wirewatch_monitor::{AddRequest, Monitor, SystemClock, Topics};
use wirewatch_query::{fold, words};

const CLIPPINGS: usize = 10_000;
const TOPICS: usize = 1_000;
const LIBRARY: usize = 100_000;

/// Words a text: an agency's usual length.
const WORDS: usize = 400;

fn main() {
    // `cargo bench` passes flags of the built-in harness; a test run only wants to see it compile.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(take_in());
    matching();
    searching();
}

async fn take_in() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = folder.path().join("inbox");
    std::fs::create_dir(&inbox).unwrap();
    for number in 0..CLIPPINGS {
        let article = Article::new(number);
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
    let articles: Vec<ParsedArticle> = (0..2_000).map(|number| Article::new(number).into()).collect();
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

fn searching() {
    let folder = tempfile::tempdir().unwrap();
    let monitor = open(folder.path());
    let library = monitor.library();
    let now = Utc::now();
    let source = NewSource {
        kind: SourceKind::Folder,
        name: "bench".into(),
        location: "/bench".into(),
        label: None,
        every: None,
        full_text: false,
        alert_existing: false,
    };
    let source = library.add_source(&source, now).unwrap().id;
    let begin = Instant::now();
    for chunk in 0..LIBRARY / 1_000 {
        let arrivals = (chunk * 1_000..(chunk + 1) * 1_000).map(|number| Arrival {
            article: Article::new(number).into(),
            file: Some((number.to_string(), 0)),
            matches: Vec::new(),
            news: false,
        });
        library.add(&Batch { source, arrivals: arrivals.collect(), receipts: Vec::new(), at: now }).unwrap();
    }
    println!(
        "library of {LIBRARY} articles: written at {:.0} articles/s",
        LIBRARY as f64 / begin.elapsed().as_secs_f64()
    );

    let baseline = median(|| {
        black_box(library.page(&Selection::All, None, 50).unwrap());
    });
    println!("list the newest 50: {baseline:.2} ms");
    let common = word(3);
    let rare = word(4_000);
    for query in [
        common.clone(),
        rare.clone(),
        format!("{common} AND {rare}"),
        format!("\"{} {}\"", word(1), word(2)),
        format!("{} NEAR/5 {}", word(2), word(9)),
        format!("({common} OR {} OR {}) AND {} NOT {}", word(20), word(30), word(12), word(50)),
    ] {
        let expr = monitor.topics().resolve_search(&query).unwrap();
        let request = SearchRequest { expr: &expr, before: None, limit: 50, order: SearchOrder::Newest, now };
        let found = library.search(&request).unwrap().len();
        let time = median(|| {
            black_box(library.search(&request).unwrap());
        });
        println!(
            "newest 50 of {query}: {time:.2} ms for {found} found; {:.1} times the list",
            time / baseline
        );
    }
}

fn open(folder: &Path) -> Monitor {
    Monitor::open(&folder.join("library"), Arc::new(SystemClock)).unwrap()
}

/// The median of eleven runs, in milliseconds.
fn median(mut run: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..11)
        .map(|_| {
            let begin = Instant::now();
            run();
            begin.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[5]
}

/// Fifteen terms: five rarer words, one of which has to be near one of four commoner ones.
fn topic(number: usize, random: &mut Random) -> Topic {
    let mut words = |count: usize, from: usize, to: usize| -> String {
        (0..count).map(|_| word(from + random.below(to - from))).collect::<Vec<_>>().join(" OR ")
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

/// An article of made-up words whose frequencies fall as they do in news (Zipf).
struct Article {
    title: String,
    text: String,
}

impl Article {
    fn new(number: usize) -> Article {
        let mut random = Random(number as u64 + 1);
        let mut sentence =
            |length: usize| (0..length).map(|_| word(random.zipf())).collect::<Vec<_>>().join(" ");
        let title = format!("{} {number}", sentence(7));
        let mut text = String::new();
        for index in 0..WORDS / 20 {
            text += &sentence(20);
            text += if index % 3 == 2 { ".\n\n" } else { ". " };
        }
        Article { title, text }
    }
}

impl From<Article> for ParsedArticle {
    fn from(article: Article) -> ParsedArticle {
        ParsedArticle { title: article.title, text: article.text, ..ParsedArticle::default() }
    }
}

const SYLLABLES: [&str; 16] =
    ["ba", "ko", "ri", "ven", "tar", "mo", "la", "shi", "dor", "pel", "ka", "nu", "zi", "ger", "sto", "min"];

/// The word of a rank.
fn word(rank: usize) -> String {
    let mut word = String::new();
    let mut rest = rank + 16;
    while rest > 0 {
        word += SYLLABLES[rest % 16];
        rest /= 16;
    }
    word
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A rank below 50,000, rank `r` about `1/r` as often as the first.
    fn zipf(&mut self) -> usize {
        let uniform = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        50_000_f64.powf(uniform) as usize
    }
}
