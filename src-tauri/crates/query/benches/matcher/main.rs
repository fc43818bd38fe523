//! Articles a second, against nothing but splitting the same articles into words.
//!
//! The articles and topics are made up ([`news`]). Times are those of the
//! processor where it tells them, since benchmarks seldom have a machine to themselves.

use std::cell::{Cell, OnceCell};
use std::hint::black_box;

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use news::{BROAD, SELECTIVE, articles, resolved, topic_texts};
use wirewatch_query::{Expr, Matcher, Text, words};

const ARTICLES: usize = 2_000;

#[cfg(unix)]
mod clock;
mod news;
#[cfg(unix)]
use clock::ProcessorTime as Time;
#[cfg(not(unix))]
use criterion::measurement::WallTime as Time;

fn topics(count: usize, common: f64) -> Vec<Expr> {
    topic_texts(count, common).iter().map(|text| resolved(text)).collect()
}

fn articles_a_second(c: &mut Criterion<Time>) {
    let articles = articles(ARTICLES);
    let next = Cell::new(0);
    let body = || {
        next.set((next.get() + 1) % ARTICLES);
        articles[next.get()].as_str()
    };
    let mut group = c.benchmark_group("articles");
    group.throughput(Throughput::Elements(1));
    group.bench_function("words only", |b| {
        b.iter(|| words(black_box(body())).map(|word| word.end).sum::<usize>())
    });
    for (name, common) in [("broad", BROAD), ("selective", SELECTIVE)] {
        for count in [10, 100, 1_000, 10_000] {
            match_all(&mut group, &format!("{count} {name} topics"), topics(count, common), &body);
        }
    }
    group.finish();
}

fn match_all<'a>(
    group: &mut BenchmarkGroup<'_, Time>,
    name: &str,
    exprs: Vec<Expr>,
    body: &dyn Fn() -> &'a str,
) {
    let text = || Text { body: black_box(body()), ..Text::default() };
    let warm = OnceCell::new();
    group.bench_function(name, |b| {
        // The memory of surface forms fills in the first minutes of a program's life.
        let matcher = warm.get_or_init(|| {
            let matcher = Matcher::new(exprs.clone());
            (0..ARTICLES).for_each(|_| drop(matcher.matches(&text())));
            matcher
        });
        b.iter(|| matcher.matches(&text()).len());
    });
}

fn compiling(c: &mut Criterion<Time>) {
    let exprs = topics(10_000, SELECTIVE);
    let mut group = c.benchmark_group("compile");
    group.sample_size(10);
    group.bench_function("10000 topics", |b| b.iter(|| Matcher::new(black_box(exprs.clone()))));
    group.finish();
}

#[cfg(unix)]
fn clock() -> Criterion<Time> {
    Criterion::default().with_measurement(Time)
}

#[cfg(not(unix))]
fn clock() -> Criterion<Time> {
    Criterion::default()
}

criterion_group!(name = benches; config = clock(); targets = articles_a_second, compiling);
criterion_main!(benches);
