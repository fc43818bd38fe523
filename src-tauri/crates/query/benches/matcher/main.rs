//! Articles a second, against nothing but splitting the same articles into words.
//!
//! The articles are made up: words by a power law over a vocabulary of 60,000, names, acronyms and
//! punctuation, 541 words on average. Topics have about fifteen terms, half of them words, the rest
//! phrases, prefixes, acronyms and NEAR. *Broad* topics draw terms from the whole vocabulary;
//! *selective* ones ask for a rarer word first, as topics of people do. Times are those of the
//! processor where it tells them, since benchmarks seldom have a machine to themselves.

use std::cell::{Cell, OnceCell};
use std::hint::black_box;

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use wirewatch_query::{Expr, Language, Matcher, NoNames, Query, Text, Use, words};

const ARTICLES: usize = 2_000;
const WORDS_AN_ARTICLE: usize = 541;
const VOCABULARY: usize = 60_000;

#[cfg(unix)]
mod clock;
#[cfg(unix)]
use clock::ProcessorTime as Time;
#[cfg(not(unix))]
use criterion::measurement::WallTime as Time;

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.unit() * bound as f64) as usize
    }
}

/// The word of a rank: common words are short.
fn spelled(rank: usize) -> String {
    const SYLLABLES: [&str; 24] = [
        "ra", "ti", "on", "er", "con", "st", "men", "al", "pre", "si", "dent", "ing", "vo", "te", "lec",
        "mos", "ed", "go", "ver", "ne", "ly", "sanc", "ful", "mi",
    ];
    let mut word = String::new();
    let mut rest = rank + 1;
    while rest > 0 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

/// A rank by a power law: rank n is drawn about 1/n of the time.
fn rank(dice: &mut Dice) -> usize {
    (VOCABULARY as f64).powf(dice.unit()) as usize - 1
}

fn article(dice: &mut Dice) -> String {
    let mut text = String::new();
    for at in 0..WORDS_AN_ARTICLE {
        let word = match dice.below(40) {
            0 => ["US", "U.S.", "NATO", "EU", "UN"][dice.below(5)].to_owned(),
            1 | 2 => capitalised(&spelled(1_000 + rank(dice))),
            _ if at % 20 == 0 => capitalised(&spelled(rank(dice))),
            _ => spelled(rank(dice)),
        };
        text.push_str(&word);
        text.push_str(match at % 20 {
            19 if at % 100 == 99 => ".\n\n",
            19 => ". ",
            9 => ", ",
            5 if dice.below(4) == 0 => "’s ",
            _ => " ",
        });
    }
    text
}

fn capitalised(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// A word of a topic; `rarest` is the part of the vocabulary, by rank, that is left out.
fn topic_word(dice: &mut Dice, common: f64) -> String {
    spelled((VOCABULARY as f64).powf(common + (1.0 - common) * dice.unit()) as usize - 1)
}

fn atom(dice: &mut Dice, common: f64) -> String {
    match dice.below(100) {
        0..25 => topic_word(dice, common),
        25..50 => format!("\"{}\"", topic_word(dice, common)),
        50..70 => format!("\"{} {}\"", topic_word(dice, common), topic_word(dice, 0.1)),
        70..82 => format!("{}*", topic_word(dice, common) + "ti"),
        82..88 => ["US", "NATO", "EU", "UN"][dice.below(4)].to_owned(),
        _ => {
            let words = 4 + dice.below(8);
            format!("({} NEAR/{words} {})", topic_word(dice, common), topic_word(dice, common))
        }
    }
}

fn topic(dice: &mut Dice, common: f64) -> Expr {
    let mut any = |count: usize, common: f64| {
        let atoms: Vec<String> = (0..count).map(|_| atom(dice, common)).collect();
        format!("({})", atoms.join(" OR "))
    };
    let text = format!("{} AND {} AND NOT {}", any(5, common), any(4, 0.25), any(2, 0.25));
    let query = Query::parse(&text).expect("a query");
    query.resolve(&NoNames, &[Language::English], Use::Topic).expect("a topic")
}

fn topics(count: usize, common: f64) -> Vec<Expr> {
    let mut dice = Dice(7);
    (0..count).map(|_| topic(&mut dice, common)).collect()
}

const BROAD: f64 = 0.25;
const SELECTIVE: f64 = 0.82;

fn articles_a_second(c: &mut Criterion<Time>) {
    let mut dice = Dice(1);
    let articles: Vec<String> = (0..ARTICLES).map(|_| article(&mut dice)).collect();
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
