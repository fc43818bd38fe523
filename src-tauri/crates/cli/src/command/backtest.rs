//! `backtest`.

use std::io::{IsTerminal as _, Write as _, stderr};

use anyhow::Result;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use wirewatch_library::DayVolume;
use wirewatch_model::{ArticleHead, TopicId};
use wirewatch_monitor::{BackTest, BackTestRequest, Draft, Monitor};

use crate::arguments::Backtest;
use crate::json;
use crate::output::{Ended, Output};

/// The widest bar of a day.
const WIDEST_BAR: u32 = 40;

/// Tries a query against the whole library.
pub(crate) fn run(monitor: &Monitor, wanted: &Backtest, output: &mut Output) -> Result<Ended> {
    let request = BackTestRequest {
        draft: Draft {
            topic: wanted.topic.as_deref().map(TopicId::from_name),
            query: wanted.query.clone(),
            ..Draft::default()
        },
        days: wanted.days,
    };
    let progress: &(dyn Fn(u64, u64) + Sync) = if stderr().is_terminal() { &show } else { &|_, _| {} };
    // Nobody cancels it: an interrupt ends the program, and nothing is stored.
    let done = monitor.backtest(&request, &CancellationToken::new(), progress)?.unwrap_or_default();
    output.record(|| record(&done), || text(&done))?;
    Ok(Ended::Done)
}

fn show(done: u64, total: u64) {
    // Nobody can be told that standard error is closed.
    let end = if done == total { "\n" } else { "" };
    let _ = write!(stderr().lock(), "\rlooked at {done} of {total}\x1b[K{end}");
}

fn record(done: &BackTest) -> Value {
    json!({
        "articles": done.articles,
        "of": done.of,
        "exact": done.exact,
        "per_day": done.per_day.iter().map(day).collect::<Vec<_>>(),
        "alerts_per_day": (done.alerts_per_day * 100.0).round() / 100.0,
        "newest": done.newest.map(json::time),
        "samples": done.samples.iter().map(|one| with(&one.head, "sentence", &one.sentence)).collect::<Vec<_>>(),
        "near_misses": done.near_misses.iter().map(|one| with(&one.head, "clause", &one.clause)).collect::<Vec<_>>(),
        "added": done.added.count,
        "removed": done.removed.count,
        "added_articles": done.added.newest.iter().map(brief).collect::<Vec<_>>(),
        "removed_articles": done.removed.newest.iter().map(brief).collect::<Vec<_>>(),
    })
}

fn day(day: &DayVolume) -> Value {
    json!({"day": day.day.to_string(), "articles": day.articles, "alerts": day.stories})
}

fn brief(head: &ArticleHead) -> Value {
    json!({
        "id": head.id.0, "title": head.title, "source": head.source_name,
        "published": json::published(head.published),
    })
}

fn with(head: &ArticleHead, key: &str, value: &str) -> Value {
    let mut object = brief(head);
    object[key] = value.into();
    object
}

fn text(done: &BackTest) -> String {
    let mut lines = vec![format!(
        "{} of {} articles; about {:.1} alerts a day; {} more and {} fewer than saved",
        done.articles, done.of, done.alerts_per_day, done.added.count, done.removed.count
    )];
    let most = done.per_day.iter().map(|day| day.articles).max().unwrap_or(1);
    lines.extend(done.per_day.iter().map(|day| {
        let bar = "█".repeat((day.articles * WIDEST_BAR).div_ceil(most) as usize);
        format!("{}  {:>6}  {bar}", day.day, day.articles)
    }));
    section(&mut lines, "for example", done.samples.iter().map(|one| (&one.head, one.sentence.as_str())));
    section(&mut lines, "near misses", done.near_misses.iter().map(|one| (&one.head, one.clause.as_str())));
    section(&mut lines, "added", done.added.newest.iter().map(|head| (head, "")));
    section(&mut lines, "removed", done.removed.newest.iter().map(|head| (head, "")));
    lines.join("\n")
}

fn section<'a>(
    lines: &mut Vec<String>,
    heading: &str,
    articles: impl Iterator<Item = (&'a ArticleHead, &'a str)>,
) {
    for (at, (head, why)) in articles.enumerate() {
        if at == 0 {
            lines.push(format!("{heading}:"));
        }
        lines.push(format!("{:>6}  {}  ({})", head.id, head.title, head.source_name));
        if !why.is_empty() {
            lines.push(format!("        {why}"));
        }
    }
}
