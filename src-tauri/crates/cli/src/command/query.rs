//! `query check`.

use anyhow::Result;
use serde_json::{Map, Value, json};
use wirewatch_monitor::{CheckedQuery, Monitor, check_search};
use wirewatch_query::{Description, Imported, QueryError, import};

use crate::arguments::{self, QueryVerb};
use crate::output::{Ended, Output};

/// Shows how a query is understood, ours or another tool's.
pub(crate) fn check(monitor: &Monitor, query: &arguments::Query, output: &mut Output) -> Result<Ended> {
    let QueryVerb::Check { query, from } = &query.verb;
    let imported = match from.map(|tool| import(tool.into(), query)) {
        None => None,
        Some(Ok(imported)) => Some(imported),
        Some(Err(error)) => return refused(query, &error, None, output),
    };
    let text = imported.as_ref().map_or_else(|| query.clone(), |imported| imported.query.to_string());
    match check_search(monitor, &text)? {
        Ok(checked) => understood(&checked, imported.as_ref(), output),
        Err(error) => refused(&text, &error, imported.as_ref(), output),
    }
}

fn understood(checked: &CheckedQuery, imported: Option<&Imported>, output: &mut Output) -> Result<Ended> {
    let remarks = || checked.warnings.iter().map(|one| (one.message.as_str(), one.start, one.end));
    output.record(
        || {
            let mut object = Map::new();
            object.insert("ok".into(), true.into());
            object.insert("parsed".into(), checked.query.to_string().into());
            object.insert("described".into(), checked.described.text.clone().into());
            object.insert("outline".into(), outline(&checked.described));
            object.insert("warnings".into(), remarks().map(remark).collect());
            object.extend(changes(imported));
            object.insert("error".into(), Value::Null);
            object.into()
        },
        || {
            let mut lines = vec![checked.query.to_string(), format!("    {}", checked.described.text)];
            lines.extend(changed(imported));
            lines.extend(remarks().map(|(message, start, end)| format!("hint ({start}–{end}): {message}")));
            lines.join("\n")
        },
    )?;
    Ok(Ended::Done)
}

fn refused(
    text: &str,
    error: &QueryError,
    imported: Option<&Imported>,
    output: &mut Output,
) -> Result<Ended> {
    output.record(
        || {
            let mut object = Map::new();
            object.insert("ok".into(), false.into());
            object.insert("parsed".into(), imported.map(|imported| imported.query.to_string()).into());
            object.insert("warnings".into(), json!([]));
            object.extend(changes(imported));
            object.insert("error".into(), remark((&error.message, error.start, error.end)));
            object.into()
        },
        || {
            let mut lines = changed(imported);
            lines.push(pointed(text, error.start, error.end, &error.message));
            lines.join("\n")
        },
    )?;
    Ok(Ended::Refused)
}

fn remark((message, start, end): (&str, usize, usize)) -> Value {
    json!({"message": message, "start": start, "end": end})
}

fn outline(part: &Description) -> Value {
    json!({
        "text": part.text, "heading": part.heading, "start": part.start, "end": part.end,
        "parts": part.parts.iter().map(outline).collect::<Vec<_>>(),
    })
}

/// What an import changed; nothing where nothing was imported. The places are in the query as it
/// was given.
fn changes(imported: Option<&Imported>) -> Option<(String, Value)> {
    let changes = &imported?.changes;
    let changes = changes.iter().map(|one| remark((&one.message, one.start, one.end))).collect();
    Some(("changes".into(), changes))
}

fn changed(imported: Option<&Imported>) -> Vec<String> {
    let changes = imported.into_iter().flat_map(|imported| &imported.changes);
    changes.map(|one| format!("changed ({}–{}): {}", one.start, one.end, one.message)).collect()
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
