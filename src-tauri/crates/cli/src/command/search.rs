//! `search`.

use std::collections::HashMap;

use anyhow::Result;
use serde_json::json;
use wirewatch_library::{SearchOrder, SearchRequest};
use wirewatch_model::{ArticleHead, ArticleId};
use wirewatch_monitor::Monitor;

use crate::arguments::{Search, Sort};
use crate::json;
use crate::output::{Ended, Output};

/// Searches the library.
pub(crate) fn search(monitor: &Monitor, search: &Search, output: &mut Output) -> Result<Ended> {
    let expr = monitor.topics().resolve_search(&search.query)?;
    if search.count {
        let count = monitor.library().search_count(&expr, monitor.now(), u64::MAX)?;
        output.record(|| json!({ "count": count }), || count.to_string())?;
        return Ok(Ended::partly_if(count == 0));
    }
    let order = match search.sort {
        Sort::Newest => SearchOrder::Newest,
        Sort::Relevance => SearchOrder::Relevance,
    };
    let request = SearchRequest { expr: &expr, before: None, limit: search.limit, order, now: monitor.now() };
    let mut found = monitor.library().search(&request)?;
    let ids: Vec<ArticleId> = found.iter().map(|head| head.id).collect();
    let mut passages: HashMap<ArticleId, String> =
        monitor.library().passages(&expr, request.now, &ids)?.into_iter().collect();
    for head in &mut found {
        if let Some(passage) = passages.remove(&head.id) {
            head.snippet = passage;
        }
        output.record(|| json::head(head), || text(head))?;
    }
    if found.is_empty() {
        output.remark("nothing found")?;
    }
    Ok(Ended::partly_if(found.is_empty()))
}

fn text(head: &ArticleHead) -> String {
    let title = if head.title.is_empty() { "(no headline)" } else { &head.title };
    let topics: Vec<&str> = head.topics.iter().map(|topic| topic.as_str()).collect();
    format!(
        "{:>6}  {title}  ({})  {}\n        {}",
        head.id,
        head.source_name,
        topics.join(", "),
        head.snippet
    )
}
