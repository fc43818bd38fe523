//! The matcher beside other ways to the same end, in one run over the same articles and topics:
//! processor time, the median of five.
//!
//! A set of regular expressions for each topic is what a program without an engine would do; it finds
//! every term with its places, and evaluates nothing. Hyperscan only finds terms, it
//! does not evaluate topics; it is asked through its Python package if `HYPERSCAN_PYTHON` names an
//! interpreter that has it:
//!
//! ```sh
//! python3 -m venv /tmp/peers && /tmp/peers/bin/pip install hyperscan
//! HYPERSCAN_PYTHON=/tmp/peers/bin/python cargo bench -p wirewatch-query --bench peers
//! ```

#[path = "../matcher/clock.rs"]
#[cfg(unix)]
#[allow(dead_code)]
mod clock;
#[path = "../matcher/news.rs"]
mod news;

use std::io::{Result, Write as _, stdout};
use std::path::Path;
use std::process::Command;

use news::{BROAD, SELECTIVE, articles, resolved, topic_texts};
use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use wirewatch_query::{Matcher, Text, words};

const ARTICLES: usize = 2_000;
const RUNS: usize = 5;

fn main() -> Result<()> {
    let articles = articles(ARTICLES);
    let split = rate(ARTICLES, || articles.iter().map(|article| words(article).count()).sum());
    say("words only", split, split)?;
    for (name, common) in [("broad", BROAD), ("selective", SELECTIVE)] {
        for count in [100, 1_000, 10_000] {
            let topics = topic_texts(count, common);
            say(&format!("{count} {name} topics"), ours(&topics, &articles), split)?;
        }
    }
    for count in [100, 1_000] {
        let topics = topic_texts(count, BROAD);
        say(&format!("{count} broad topics, regex sets"), regex_sets(&topics, &articles), split)?;
    }
    let texts = topic_texts(10_000, SELECTIVE);
    let exprs: Vec<_> = texts.iter().map(|text| resolved(text)).collect();
    let compiled = 1.0 / rate(1, || Matcher::new(exprs.clone()).len());
    let parse = || texts.iter().map(|text| resolved(text)).collect::<Vec<_>>().len();
    let parsed = 1.0 / rate(1, parse);
    writeln!(stdout(), "10000 topics: parsed in {parsed:.3} s, compiled in {compiled:.3} s")?;
    hyperscan(&articles)
}

fn say(what: &str, rate: f64, split: f64) -> Result<()> {
    writeln!(stdout(), "{what:36} {rate:>10.1} articles/s {:>6.1} % of words only", 100.0 * rate / split)
}

fn ours(topics: &[String], articles: &[String]) -> f64 {
    let matcher = Matcher::new(topics.iter().map(|topic| resolved(topic)).collect());
    let all = || {
        let matches = |body: &String| matcher.matches(&Text { body, ..Text::default() }).len();
        articles.iter().map(matches).sum()
    };
    // The memory of surface forms fills in the first minutes of a program's life.
    let _: usize = all();
    rate(articles.len(), all)
}

/// What a program without an engine does to the same end: for each topic a set of its terms and, for
/// those that occur, the places where. That is less than the matcher answers, since nothing is
/// evaluated. (`RegexSet::is_match` would be quicker, but stops at the first term, and so tells
/// neither which terms occur nor where.) As many articles as take a few seconds.
fn regex_sets(topics: &[String], articles: &[String]) -> f64 {
    let sets: Vec<RegularTerms> = topics.iter().map(|topic| RegularTerms::new(topic)).collect();
    let articles = &articles[..(2_000 / topics.len()).max(2)];
    rate(articles.len(), || {
        let hits = |article: &String| sets.iter().map(|set| set.hits(article)).sum::<usize>();
        articles.iter().map(hits).sum()
    })
}

/// The terms of a topic, as a set that tells which occur and one by one to tell where.
struct RegularTerms {
    set: RegexSet,
    each: Vec<Regex>,
}

impl RegularTerms {
    fn new(topic: &str) -> RegularTerms {
        let patterns = patterns(topic);
        let each = patterns
            .iter()
            .map(|pattern| RegexBuilder::new(pattern).case_insensitive(true).build().expect("a pattern"));
        let set = RegexSetBuilder::new(&patterns).case_insensitive(true).build().expect("patterns");
        RegularTerms { set, each: each.collect() }
    }

    fn hits(&self, article: &str) -> usize {
        self.set.matches(article).iter().map(|term| self.each[term].find_iter(article).count()).sum()
    }
}

/// The terms of a topic as regular expressions: forms as prefixes, NEAR as its words.
fn patterns(topic: &str) -> Vec<String> {
    let plain = topic.replace(['(', ')'], " ");
    let mut patterns = Vec::new();
    for (at, part) in plain.split('"').enumerate() {
        if at % 2 == 1 {
            patterns.push(format!(r"\b{}\b", part.replace(' ', r"\s+")));
            continue;
        }
        let terms = part
            .split_whitespace()
            .filter(|word| !matches!(*word, "AND" | "OR" | "NOT") && !word.starts_with("NEAR/"));
        patterns.extend(terms.map(|word| format!(r"\b{}\w*", word.trim_end_matches('*'))));
    }
    patterns
}

/// Operations a second of processor time: the median of some runs.
fn rate(operations: usize, mut run: impl FnMut() -> usize) -> f64 {
    let mut rates: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = now();
            std::hint::black_box(run());
            operations as f64 / (now() - start).max(1e-9)
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    rates[RUNS / 2]
}

/// Seconds of processor time, or of the clock where it is not told.
fn now() -> f64 {
    #[cfg(unix)]
    return clock::now() as f64 / 1e9;
    #[cfg(not(unix))]
    return std::time::UNIX_EPOCH.elapsed().map_or(0.0, |time| time.as_secs_f64());
}

fn hyperscan(articles: &[String]) -> Result<()> {
    let Some(python) = std::env::var_os("HYPERSCAN_PYTHON") else {
        return writeln!(stdout(), "no hyperscan: HYPERSCAN_PYTHON is not set");
    };
    let folder = std::env::temp_dir().join(format!("wirewatch-peers-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("articles"), articles.join("\0"))?;
    for count in [100, 1_000] {
        let mut patterns: Vec<String> =
            topic_texts(count, BROAD).iter().flat_map(|topic| patterns(topic)).collect();
        patterns.sort_unstable();
        patterns.dedup();
        std::fs::write(folder.join("patterns"), patterns.join("\n"))?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/scan.py");
        let output = Command::new(&python).arg(script).arg(&folder).output()?;
        write!(stdout(), "{count} broad topics, hyperscan: {}", String::from_utf8_lossy(&output.stdout))?;
        stdout().write_all(&output.stderr)?;
    }
    std::fs::remove_dir_all(folder)
}
