//! Lists of articles, and the reader.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt as _;
use url::Url;
use wirewatch_library::{SearchOrder, SearchRequest, Selection};
use wirewatch_model::{ArticleHead, ArticleId, SourceId, StoryId, TopicId};
use wirewatch_monitor::{Event, Monitor};

use super::{Answer, ask};
use crate::shell::Shell;
use crate::wire::{
    ArticlePage, ArticleRow, ArticleView, CommandError, FoundPassage, QueryRemark, Scope, count,
};

/// Lists are counted so far and no farther.
const COUNT_CAP: u32 = 10_000;

/// A page of a list, newest first; `after` is the last page's `next`.
#[tauri::command]
pub(super) async fn list_articles(
    shell: State<'_, Shell>,
    scope: Scope,
    after: Option<i64>,
    limit: u32,
) -> Answer<ArticlePage> {
    let (after, limit) = (after.map(ArticleId), limit as usize);
    ask(&shell, move |monitor| match scope {
        Scope::Inbox => listed(monitor, &Selection::All, after, limit),
        Scope::Flagged => listed(monitor, &Selection::Flagged, after, limit),
        Scope::Starred => listed(monitor, &Selection::Starred, after, limit),
        Scope::Topic { id } => listed(monitor, &Selection::Topic(TopicId::from_name(&id)), after, limit),
        Scope::Source { id } => listed(monitor, &Selection::Source(SourceId(id.into())), after, limit),
        Scope::Search { query } => found(monitor, &query, after, limit),
    })
    .await
}

fn listed(
    monitor: &Monitor,
    selection: &Selection,
    after: Option<ArticleId>,
    limit: usize,
) -> Answer<ArticlePage> {
    let page = monitor.library().page(selection, after, limit)?;
    let total = monitor.library().count(selection, COUNT_CAP + 1)?;
    Ok(ArticlePage {
        rows: rows(monitor, page.heads)?,
        next: page.next.and_then(|id| i32::try_from(id.0).ok()),
        total: total.min(COUNT_CAP),
        more_than_total: total > COUNT_CAP,
        ..ArticlePage::default()
    })
}

/// Rows of these, each with the number of outlets that carried its story.
fn rows(monitor: &Monitor, heads: Vec<ArticleHead>) -> Answer<Vec<ArticleRow>> {
    let mut outlets: HashMap<StoryId, usize> = HashMap::new();
    for head in &heads {
        if let Entry::Vacant(unknown) = outlets.entry(head.story) {
            unknown.insert(monitor.library().outlets(head.story)?.len());
        }
    }
    let row = |head: ArticleHead| {
        let carried = outlets.get(&head.story).copied().unwrap_or_default();
        ArticleRow::new(head, carried)
    };
    Ok(heads.into_iter().map(row).collect())
}

/// What can be read of a query that may still be on its way, and what is wrong with the rest.
fn found(monitor: &Monitor, query: &str, before: Option<ArticleId>, limit: usize) -> Answer<ArticlePage> {
    let library = monitor.library();
    let typed = monitor.topics().resolve_typed(query);
    let query_error = typed.error.map(|error| QueryRemark::error(query, &error));
    let Some(expr) = typed.expr else { return Ok(ArticlePage { query_error, ..ArticlePage::default() }) };
    let now = monitor.now();
    let request = SearchRequest { expr: &expr, before, limit, order: SearchOrder::Newest, now };
    let rows = rows(monitor, library.search(&request)?)?;
    let is_full = rows.len() == limit;
    let total = match before {
        // Counting costs more than finding: what fits on one page is counted already.
        None if !is_full => count(rows.len() as u64),
        _ => count(library.search_count(&expr, now, u64::from(COUNT_CAP) + 1)?),
    };
    Ok(ArticlePage {
        next: rows.last().filter(|_| is_full).map(|row| row.id),
        rows,
        total: total.min(COUNT_CAP),
        more_than_total: total > COUNT_CAP,
        read_as: query_error.is_some().then(|| typed.read_as.to_string()),
        query_error,
    })
}

/// The sentences that a search found in these articles, for their rows. Apart from the list, which
/// need not wait for them.
#[tauri::command]
pub(super) async fn found_passages(
    shell: State<'_, Shell>,
    query: String,
    ids: Vec<i64>,
) -> Answer<Vec<FoundPassage>> {
    ask(&shell, move |monitor| {
        let Some(expr) = monitor.topics().resolve_typed(&query).expr else { return Ok(Vec::new()) };
        let ids: Vec<ArticleId> = ids.into_iter().map(ArticleId).collect();
        let found = monitor.library().passages(&expr, monitor.now(), &ids)?;
        Ok(found.into_iter().map(FoundPassage::from).collect())
    })
    .await
}

/// One article whole. Looking at it does not mark it as read.
#[tauri::command]
pub(super) async fn read_article(shell: State<'_, Shell>, id: i64) -> Answer<ArticleView> {
    ask(&shell, move |monitor| {
        let (library, id) = (monitor.library(), ArticleId(id));
        let (Some(article), Some(head)) = (library.article(id)?, library.head(id)?) else {
            return Err(CommandError::missing("article"));
        };
        let topics = library.topics()?;
        let name = |id: &TopicId| {
            let topic = topics.iter().find(|topic| topic.id == *id);
            topic.map_or_else(|| id.to_string(), |topic| topic.name.clone())
        };
        let story = library
            .story(head.story, &monitor.preferred_sources()?)?
            .ok_or_else(|| CommandError::missing("story"))?;
        let row = ArticleRow::new(head, story.outlets().len());
        Ok(ArticleView::new(article, row, story.into(), name))
    })
    .await
}

/// Marks articles as read or unread.
#[tauri::command]
pub(super) async fn mark_read(shell: State<'_, Shell>, ids: Vec<i64>, read: bool) -> Answer<()> {
    ask(&shell, move |monitor| {
        let ids: Vec<ArticleId> = ids.into_iter().map(ArticleId).collect();
        monitor.library().set_read(&ids, read)?;
        monitor.tell(Event::Articles { new: 0 });
        monitor.tell(Event::Alerts);
        Ok(())
    })
    .await
}

/// Stars an article, or takes the star away.
#[tauri::command]
pub(super) async fn star(shell: State<'_, Shell>, id: i64, starred: bool) -> Answer<()> {
    ask(&shell, move |monitor| Ok(monitor.library().set_starred(ArticleId(id), starred)?)).await
}

/// Opens an article's own address in the browser.
#[tauri::command]
pub(super) async fn open_in_browser(app: AppHandle, shell: State<'_, Shell>, id: i64) -> Answer<()> {
    ask(&shell, move |monitor| {
        let head = monitor.library().head(ArticleId(id))?.ok_or_else(|| CommandError::missing("article"))?;
        let address = head
            .url
            .as_deref()
            .and_then(web_address)
            .ok_or_else(|| CommandError::failed("This article came without an address on the web."))?;
        app.opener()
            .open_url(address, None::<&str>)
            .map_err(|error| CommandError::failed(format!("No browser could be opened: {error}")))
    })
    .await
}

/// An address that a browser may be sent to. What articles bring is hostile: a `file:` or an
/// address of some program's own would make the system do more than show a page.
fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_opened_outside() {
        assert_eq!(web_address("https://example.org/a?b").as_deref(), Some("https://example.org/a?b"));
        for hostile in ["file:///etc/passwd", "javascript:alert(1)", "mailto:a@b", "/bin/sh", ""] {
            assert_eq!(web_address(hostile), None, "{hostile}");
        }
    }
}
