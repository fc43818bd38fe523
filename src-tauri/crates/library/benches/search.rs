//! Lists, searches and back-tests over 100,000 articles.
//!
//! Prints processor times, and of each the ratio to listing the newest 50 articles in the same run,
//! since a machine's absolute times are noise. `WIREWATCH_BENCH_ARTICLES` takes another number;
//! `WIREWATCH_BENCH_FOLDER` keeps the library there and takes it up again.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "news/clock.rs"]
mod clock;
#[allow(dead_code)] // the benchmarks use what they need of it
mod news;

use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use wirewatch_library::{Arrival, Batch, Library, SearchOrder, SearchRequest, Selection};
use wirewatch_model::{NewSource, ParsedArticle, Published, SourceId, SourceKind};
use wirewatch_query::{Expr, Language, NoNames, Query, Use};

use clock::processor_time;
use news::{article, word};

const ARTICLES: usize = 100_000;

fn main() {
    // `cargo bench` passes flags of the built-in harness; a test run only wants to see it compile.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let articles =
        std::env::var("WIREWATCH_BENCH_ARTICLES").ok().and_then(|n| n.parse().ok()).unwrap_or(ARTICLES);
    let temporary = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("WIREWATCH_BENCH_FOLDER").map(PathBuf::from);
    let folder = kept.as_deref().unwrap_or(temporary.path());
    let library = Library::open(folder).unwrap();
    let now = Utc::now();
    if library.page(&Selection::All, None, 1).unwrap().heads.is_empty() {
        let text = fill(&library, articles, now);
        sizes(folder, text);
    }
    let list = times(|| {
        black_box(library.page(&Selection::All, None, 50).unwrap());
    });
    println!("list the newest 50: {:.2} ms median, {:.2} ms p95", list.median, list.p95);
    newest(&library, now, list.median);
    back_tests(&library, now, list.median);
}

fn fill(library: &Library, articles: usize, now: DateTime<Utc>) -> usize {
    let source = source(library, now);
    let begin = Instant::now();
    let mut text = 0;
    for chunk in 0..articles.div_ceil(1_000) {
        let arrivals: Vec<Arrival> = (chunk * 1_000..((chunk + 1) * 1_000).min(articles))
            .map(|number| Arrival {
                article: ParsedArticle {
                    published: Some(Published::At(now - TimeDelta::minutes((articles - number) as i64))),
                    ..article(number)
                },
                file: Some((number.to_string(), 0)),
                matches: Vec::new(),
                news: false,
            })
            .collect();
        text += arrivals.iter().map(|one| one.article.title.len() + one.article.text.len()).sum::<usize>();
        library.add(&Batch { source, arrivals, receipts: Vec::new(), at: now }).unwrap();
    }
    let rate = articles as f64 / begin.elapsed().as_secs_f64();
    println!("{articles} articles written at {rate:.0} a second");
    text
}

fn sizes(folder: &std::path::Path, text: usize) {
    let file = rusqlite::Connection::open(folder.join("library.sqlite")).unwrap();
    let size = |sql: &str| -> i64 { file.query_row(sql, [], |row| row.get(0)).unwrap() };
    let index = size("SELECT sum(length(block)) FROM article_index_data");
    let bodies = size("SELECT sum(length(text)) FROM body");
    let part = |bytes: i64| bytes as f64 / text as f64;
    println!("of the text: index {:.2}, compressed bodies {:.2}", part(index), part(bodies));
}

fn newest(library: &Library, now: DateTime<Utc>, list: f64) {
    for query in searches() {
        let expr = resolve(&query);
        let request = SearchRequest { expr: &expr, before: None, limit: 50, order: SearchOrder::Newest, now };
        let found = library.search(&request).unwrap().len();
        let took = times(|| {
            black_box(library.search(&request).unwrap());
        });
        let first = times(|| {
            black_box(library.search_count(&expr, now, 1).unwrap());
        });
        println!(
            "newest 50: {:.2} ms median, {:.2} ms p95, {:.1} times the list (the first of them: {:.2} ms), \
             {found} found: {query}",
            took.median,
            took.p95,
            took.median / list,
            first.median
        );
    }
}

fn back_tests(library: &Library, now: DateTime<Utc>, list: f64) {
    for query in searches().into_iter().chain(supersets()) {
        let expr = resolve(&query);
        let run = || {
            let finds = library.finds(&expr, now, &|_, _| ControlFlow::Continue(())).unwrap().unwrap();
            let volume = library.volume(&finds.articles, None).unwrap();
            (finds, volume)
        };
        let (finds, volume) = run();
        let took = times(|| {
            black_box(run());
        });
        println!(
            "back-test ({}): {:.1} ms median, {:.1} ms p95, {:.0} times the list, {} found on {} days: {query}",
            if finds.exact { "exact" } else { "verified" },
            took.median,
            took.p95,
            took.median / list,
            finds.articles.len(),
            volume.days.len()
        );
    }
}

/// Queries without a prefix, from the commonest word to fifteen terms.
fn searches() -> Vec<String> {
    vec![
        word(3),
        word(300),
        word(4_000),
        format!("{} AND {}", word(3), word(4_000)),
        format!("\"{} {}\"", word(1), word(2)),
        format!("{} NEAR/5 {}", word(2), word(9)),
        format!("({} OR {} OR {}) AND {} NOT {}", word(3), word(20), word(30), word(12), word(50)),
        fifteen(" AND "),
        fifteen(" NEAR/8 "),
    ]
}

/// Fifteen terms as a topic has them: nine groups in a proximity that only the matcher decides.
fn supersets() -> Vec<String> {
    vec![
        fifteen(" ONEAR/8 "),
        fifteen(" NEAR/S "),
        format!("ATLEAST/3 ({} OR {} OR {})", word(40), word(90), word(200)),
        format!("ATLEAST/2 ({} OR {})", word(1), word(2)),
    ]
}

fn fifteen(joint: &str) -> String {
    let group = |from: usize, step: usize, count: usize| -> String {
        (0..count).map(|at| word(from + at * step)).collect::<Vec<_>>().join(" OR ")
    };
    format!("({}){joint}({}) AND NOT ({})", group(60, 70, 8), group(90, 110, 5), group(5_000, 900, 2))
}

fn resolve(query: &str) -> Expr {
    Query::parse(query).unwrap().resolve(&NoNames, &[Language::English], Use::Topic).unwrap()
}

fn source(library: &Library, now: DateTime<Utc>) -> SourceId {
    let new = NewSource {
        kind: SourceKind::Folder,
        name: "bench".into(),
        location: "/bench".into(),
        label: None,
        every: None,
        full_text: false,
        alert_existing: false,
    };
    library.add_source(&new, now).unwrap().id
}

struct Times {
    median: f64,
    p95: f64,
}

/// Twenty-one runs, in milliseconds of the processor.
fn times(mut run: impl FnMut()) -> Times {
    let mut times: Vec<f64> = (0..21)
        .map(|_| {
            let begin = processor_time();
            run();
            processor_time() - begin
        })
        .collect();
    times.sort_by(f64::total_cmp);
    Times { median: times[10], p95: times[19] }
}
