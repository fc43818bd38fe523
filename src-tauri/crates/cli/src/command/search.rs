//! `search` and `query check`.

use anyhow::Result;
use serde_json::{Value, json};
use wirewatch_library::{Found, SearchOrder, SearchRequest};
use wirewatch_monitor::{Monitor, resolve_search};
use wirewatch_query::{Query, Warning};

use crate::arguments::{self, QueryVerb, Search, Sort};
use crate::json;
use crate::output::{Ended, Output};

/// Searches the library.
pub(crate) fn search(monitor: &Monitor, search: &Search, output: &mut Output) -> Result<Ended> {
    let expr = resolve_search(monitor.library(), &search.query)??;
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
    let found = monitor.library().search(&request)?;
    for one in &found {
        output.record(|| json::found(one), || text(one))?;
    }
    if found.is_empty() {
        output.remark("nothing found")?;
    }
    Ok(Ended::partly_if(found.is_empty()))
}

/// Shows how a query is understood.
pub(crate) fn check_query(monitor: &Monitor, query: &arguments::Query, output: &mut Output) -> Result<Ended> {
    let QueryVerb::Check { query: text } = &query.verb;
    let checked = Query::parse(text).and_then(|query| {
        // Names that lead nowhere are errors, too.
        resolve_search(monitor.library(), text).map(|resolved| resolved.map(|_| query)).unwrap_or_else(
            |error| {
                Err(wirewatch_query::QueryError { message: error.to_string(), start: 0, end: text.len() })
            },
        )
    });
    match checked {
        Ok(query) => {
            let warnings = query.warnings();
            output.record(
                || {
                    json!({
                        "ok": true, "parsed": query.to_string(),
                        "warnings": warnings.iter().map(warning).collect::<Vec<_>>(), "error": Value::Null,
                    })
                },
                || {
                    let mut lines = vec![query.to_string()];
                    lines.extend(
                        warnings
                            .iter()
                            .map(|one| format!("hint ({}–{}): {}", one.start, one.end, one.message)),
                    );
                    lines.join("\n")
                },
            )?;
            Ok(Ended::Done)
        }
        Err(error) => {
            output.record(
                || {
                    json!({
                        "ok": false, "parsed": Value::Null, "warnings": [],
                        "error": {"message": error.message, "start": error.start, "end": error.end},
                    })
                },
                || pointed(text, error.start, error.end, &error.message),
            )?;
            Ok(Ended::Refused)
        }
    }
}

fn warning(one: &Warning) -> Value {
    json!({"message": one.message, "start": one.start, "end": one.end})
}

/// The query with the place underlined, and what is wrong there.
fn pointed(query: &str, start: usize, end: usize, message: &str) -> String {
    let line_start = query.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line = query.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let width = |text: &str| text.chars().count();
    let before = width(query.get(line_start..start).unwrap_or_default());
    let place = width(query.get(start..end.min(line_start + line.len())).unwrap_or_default()).max(1);
    format!("{line}\n{}{}\n{message}", " ".repeat(before), "^".repeat(place))
}

fn text(found: &Found) -> String {
    let head = &found.head;
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
