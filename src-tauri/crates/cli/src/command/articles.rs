//! `articles`, `show`.

use anyhow::{Context as _, Result};
use wirewatch_library::Selection;
use wirewatch_model::{Article, ArticleId, SourceId, TopicId};
use wirewatch_monitor::Monitor;

use super::missing;
use super::stories::also_in;
use crate::arguments::Articles;
use crate::json;
use crate::output::{Ended, Output};

/// Articles that are read from the library at a time.
const PAGE: usize = 500;

/// Lists articles, newest first.
pub(crate) fn list(monitor: &Monitor, list: &Articles, output: &mut Output) -> Result<Ended> {
    let selection = match (&list.topic, list.source) {
        (Some(topic), _) => Selection::Topic(TopicId::from_name(topic)),
        (None, Some(source)) => Selection::Source(SourceId(source)),
        (None, None) => Selection::All,
    };
    let mut left = list.limit.unwrap_or(usize::MAX);
    let mut before = None;
    loop {
        let page = monitor.library().page(&selection, before, PAGE.min(left))?;
        for head in &page.heads {
            let article =
                monitor.library().article(head.id)?.context("an article went while it was listed")?;
            let also = also_in(monitor, Some(article.story), article.outlet())?;
            output.record(|| json::article_in(&article, &also), || line(&article, &also))?;
        }
        left -= page.heads.len();
        before = page.next;
        if before.is_none() || left == 0 {
            return Ok(Ended::Done);
        }
    }
}

/// Shows one article whole.
pub(crate) fn show(monitor: &Monitor, id: i64, output: &mut Output) -> Result<Ended> {
    let article = monitor.library().article(ArticleId(id))?.ok_or_else(|| missing("article", id))?;
    let also = also_in(monitor, Some(article.story), article.outlet())?;
    output.record(|| json::article_in(&article, &also), || whole(&article, &also))?;
    Ok(Ended::Done)
}

fn line(article: &Article, also: &[String]) -> String {
    let topics: Vec<&str> = article.matches.iter().map(|one| one.topic.as_str()).collect();
    let title = if article.content.title.is_empty() { "(no headline)" } else { &article.content.title };
    let status = article.content.status;
    let mark = if status.is_retracted() { format!("[{}] ", status.as_str()) } else { String::new() };
    let more = if also.is_empty() { String::new() } else { format!(" and {} more", also.len()) };
    format!("{:>6}  {mark}{title}  ({}{more})  {}", article.id, article.source_name, topics.join(", "))
}

fn whole(article: &Article, also: &[String]) -> String {
    let content = &article.content;
    let mut lines = vec![
        content.title.clone(),
        format!("{}, first seen {}", article.source_name, json::time(article.first_seen)),
    ];
    lines.extend(content.url.clone());
    lines.extend((!also.is_empty()).then(|| format!("also carried by {}", also.join(", "))));
    lines.extend(content.problems.iter().map(|problem| format!("note: {problem}")));
    lines.extend(article.matches.iter().map(|one| format!("{}: {}", one.topic, one.sentence)));
    lines.push(String::new());
    lines.extend(content.lead.clone());
    lines.push(content.text.clone());
    lines.join("\n")
}
