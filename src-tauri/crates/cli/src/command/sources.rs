//! `add`, `sources`, `remove`.

use anyhow::Result;
use serde_json::json;
use wirewatch_model::{Source, SourceId, SourceState};
use wirewatch_monitor::{AddRequest, Monitor};

use crate::arguments::Add;
use crate::json;
use crate::output::{Ended, Output};

/// Adds a source.
pub(crate) async fn add(monitor: &Monitor, add: &Add, output: &mut Output) -> Result<Ended> {
    let source = monitor
        .add(AddRequest {
            location: add.location.clone(),
            name: add.name.clone(),
            label: add.label.clone(),
            every: add.every,
            kind: add.kind.map(Into::into),
            full_text: add.full_text,
            alert_existing: add.alert_existing,
        })
        .await?;
    let spec = &source.spec;
    output.record(
        || {
            json!({
                "id": source.id.0, "kind": spec.kind.as_str(), "name": spec.name, "location": spec.location
            })
        },
        || format!("watching {} {} “{}” ({})", spec.kind, source.id, spec.name, spec.location),
    )?;
    Ok(Ended::Done)
}

/// Lists the sources.
pub(crate) fn list(monitor: &Monitor, output: &mut Output) -> Result<Ended> {
    let sources = monitor.library().sources()?;
    let counts = monitor.library().articles_by_source()?;
    if sources.is_empty() {
        output.remark("no sources yet; add one with: wirewatch add FOLDER or wirewatch add ADDRESS")?;
    }
    for source in &sources {
        let articles = counts.get(&source.id).copied().unwrap_or_default();
        output.record(|| json::source(source, articles), || text(source, articles))?;
    }
    Ok(Ended::Done)
}

/// Removes a source.
pub(crate) fn remove(monitor: &Monitor, id: i64, output: &mut Output) -> Result<Ended> {
    monitor.remove_source(SourceId(id))?;
    output.record(
        || json!({"removed": id}),
        || format!("source {id} is not watched any more; its articles stay"),
    )?;
    Ok(Ended::Done)
}

fn text(source: &Source, articles: u64) -> String {
    let health = &source.health;
    let state = match health.state {
        SourceState::New => "not checked yet".to_owned(),
        SourceState::Ok => {
            let at = health.last_success.map(json::time).unwrap_or_default();
            format!("ok, last checked {at}")
        }
        SourceState::Failing | SourceState::Stopped => {
            format!("{}: {}", health.state.as_str(), health.message)
        }
    };
    let spec = &source.spec;
    format!(
        "{:>4}  {}  {}  {articles} articles  {state}\n      {}",
        source.id.0, spec.kind, spec.name, spec.location
    )
}
