//! `add`, `sources`, `remove`.

use anyhow::Result;
use serde_json::json;
use wirewatch_library::ReceiptOutcome;
use wirewatch_model::{Source, SourceId, SourceOptions, SourceState};
use wirewatch_monitor::{AddRequest, Monitor, password_account};

use super::password;
use crate::arguments::Add;
use crate::json;
use crate::output::{Ended, Output};

/// Adds a source.
pub(crate) async fn add(monitor: &Monitor, add: &Add, output: &mut Output) -> Result<Ended> {
    if add.preview {
        return preview(monitor, &add.location, output).await;
    }
    let account = add.user.as_deref().map(|user| password_account(user, &add.location));
    let known = account.as_deref().and_then(password::in_environment);
    let typed = match (&account, &known) {
        (Some(_), None) => password::read(output)?,
        _ => None,
    };
    let source = monitor
        .add(AddRequest {
            location: add.location.clone(),
            name: add.name.clone(),
            label: add.label.clone(),
            every: add.every,
            kind: add.kind.map(Into::into),
            full_text: add.full_text,
            alert_existing: add.alert_existing,
            options: SourceOptions {
                user: add.user.clone(),
                headers: add.header.clone(),
                selector: add.select.clone(),
                ignore: add.ignore.clone(),
                move_to: add.move_to.clone(),
            },
            password: typed.clone().or(known),
        })
        .await?;
    if let (Some(account), Some(password)) = (account, typed) {
        let kept = monitor.keep_password(&source, &password);
        password::tell(kept, &password::source_variable(&account), output)?;
    }
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
    let sources = monitor.sources()?;
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

/// Shows what could be watched at an address.
async fn preview(monitor: &Monitor, address: &str, output: &mut Output) -> Result<Ended> {
    let found = monitor.preview(address).await?;
    for one in &found {
        output.record(
            || {
                json!({
                    "kind": one.kind.as_str(), "name": one.title, "location": one.address,
                    "articles": one.articles, "headlines": one.headlines,
                })
            },
            || {
                let name = one.title.as_deref().unwrap_or_default();
                let headlines: String =
                    one.headlines.iter().map(|line| format!("\n        {line}")).collect();
                format!("{}  {}  {name}  {} articles{headlines}", one.kind, one.address, one.articles)
            },
        )?;
    }
    Ok(Ended::partly_if(found.is_empty()))
}

/// Lists what became of each file of a folder.
pub(crate) fn receipts(monitor: &Monitor, id: i64, output: &mut Output) -> Result<Ended> {
    let Some(source) = monitor.library().source(SourceId(id))? else {
        anyhow::bail!("no source {id} in the library");
    };
    let mut receipts: Vec<_> = monitor.library().receipts(source.id)?.into_values().collect();
    receipts.sort_by(|a, b| a.path.cmp(&b.path));
    for receipt in &receipts {
        let (articles, problem) = match &receipt.outcome {
            ReceiptOutcome::Articles(number) => (*number, None),
            ReceiptOutcome::Problem(reason) => (0, Some(reason)),
        };
        output.record(
            || {
                json!({
                    "file": receipt.path, "size": receipt.size, "modified": json::time(receipt.modified),
                    "read_at": json::time(receipt.read_at), "articles": articles, "problem": problem,
                })
            },
            || match problem {
                Some(problem) => format!("{}: {problem}", receipt.path),
                None => format!("{}: {articles} articles", receipt.path),
            },
        )?;
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
            let quiet = if health.message.is_empty() { "" } else { "; " };
            format!("ok, last checked {at}{quiet}{}", health.message)
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
