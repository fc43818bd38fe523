//! `add`, `sources` and its verbs, `remove`.

use anyhow::Result;
use serde_json::json;
use wirewatch_library::ReceiptOutcome;
use wirewatch_model::{Source, SourceId, SourceOptions, SourceState};
use wirewatch_monitor::{
    AddRequest, Monitor, SourceChange, SourceReport, password_account, starter_pack, starter_packs,
};

use super::{missing, password};
use crate::arguments::{Add, Particulars, SourceWishes, Sources, SourcesVerb};
use crate::json;
use crate::output::{Ended, Output};

/// Adds a source.
pub(crate) async fn add(monitor: &Monitor, add: &Add, output: &mut Output) -> Result<Ended> {
    let login = Login::ask(add.particulars.user.as_deref(), &add.location, output)?;
    let wanted = request(add, login.password());
    if add.preview {
        return preview(monitor, &wanted, output).await;
    }
    let source = monitor.add(wanted).await?;
    login.keep(monitor, &source, output)?;
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

fn request(add: &Add, password: Option<String>) -> AddRequest {
    AddRequest {
        location: add.location.clone(),
        name: add.name.clone(),
        label: add.label.clone(),
        every: add.every,
        kind: add.kind.map(Into::into),
        level: add.level,
        full_text: add.full_text,
        alert_existing: add.alert_existing,
        options: options(&add.particulars, SourceOptions::default()),
        password,
    }
}

/// The account at a source's server, and its password if that was typed just now.
struct Login {
    account: Option<String>,
    typed: Option<String>,
}

impl Login {
    /// Asks for the password that goes with a name, unless the environment has it.
    fn ask(user: Option<&str>, location: &str, output: &mut Output) -> Result<Login> {
        let user = user.filter(|user| !user.is_empty());
        let account = user.map(|user| password_account(user, location));
        let typed = match &account {
            Some(account) if password::in_environment(account).is_none() => password::read(output)?,
            _ => None,
        };
        Ok(Login { account, typed })
    }

    fn password(&self) -> Option<String> {
        self.typed.clone().or_else(|| password::in_environment(self.account.as_deref()?))
    }

    /// Keeps what was typed; what the environment has stays there.
    fn keep(self, monitor: &Monitor, source: &Source, output: &mut Output) -> Result<()> {
        let (Some(account), Some(password)) = (self.account, self.typed) else { return Ok(()) };
        let kept = monitor.keep_password(source, &password);
        password::tell(kept, &password::source_variable(&account), output)
    }
}

/// Lists the sources, or does what a verb says.
pub(crate) fn run(monitor: &Monitor, wanted: &Sources, output: &mut Output) -> Result<Ended> {
    match (&wanted.verb, wanted.receipts) {
        (None, Some(id)) => receipts(monitor, id, output),
        (None, None) => list(monitor, output),
        (Some(SourcesVerb::Show { id }), _) => show(monitor, SourceId(*id), output),
        (Some(SourcesVerb::Set { id, wishes }), _) => set(monitor, SourceId(*id), wishes, output),
        (Some(SourcesVerb::Pause { id }), _) => {
            monitor.pause_source(SourceId(*id))?;
            tell(monitor, SourceId(*id), output)
        }
        (Some(SourcesVerb::Resume { id }), _) => {
            monitor.resume_source(SourceId(*id))?;
            tell(monitor, SourceId(*id), output)
        }
        (Some(SourcesVerb::Packs { pack: None }), _) => packs(output),
        (Some(SourcesVerb::Packs { pack: Some(pack) }), _) => starters(monitor, pack, output),
    }
}

/// One source as it stands now.
fn tell(monitor: &Monitor, id: SourceId, output: &mut Output) -> Result<Ended> {
    let source = monitor.report(id)?.source;
    let articles = articles(monitor, id)?;
    output.record(|| json::source(&source, articles), || text(&source, articles))?;
    Ok(Ended::Done)
}

/// One source with its rhythm and settings.
fn show(monitor: &Monitor, id: SourceId, output: &mut Output) -> Result<Ended> {
    let report = monitor.report(id)?;
    let articles = articles(monitor, id)?;
    output.record(|| json::report(&report, articles), || in_full(&report, articles))?;
    Ok(Ended::Done)
}

fn articles(monitor: &Monitor, id: SourceId) -> Result<u64> {
    Ok(monitor.library().articles_by_source()?.get(&id).copied().unwrap_or_default())
}

fn in_full(report: &SourceReport, articles: u64) -> String {
    let mut lines = vec![text(&report.source, articles)];
    if let Some(rhythm) = &report.rhythm {
        lines.push(format!("usually something every {}; quiet after {}", rhythm.usual, rhythm.unusual));
    }
    if let Some((files, problems)) = report.files {
        lines.push(format!("{files} files read, {problems} of them without result"));
    }
    lines.extend(settings(&report.change));
    lines.extend(report.problems.iter().map(|(place, reason)| format!("{place}: {reason}")));
    lines.join("\n      ")
}

/// What the user set; of headers the names only, since their values are secrets.
fn settings(change: &SourceChange) -> impl Iterator<Item = String> {
    let SourceChange { wishes, options, .. } = change;
    let list = |items: Vec<&str>| Some(items.join(", ")).filter(|items| !items.is_empty());
    let headers = options.headers.iter().map(|(name, _)| name.as_str());
    let settings = [
        ("label", wishes.label.clone()),
        ("every", wishes.every.map(|every| format!("{} minutes", every.as_secs() / 60))),
        ("full text", wishes.full_text.then(|| "true".to_owned())),
        ("level", wishes.level.map(|level| level.as_str().to_owned())),
        ("select", options.selector.clone()),
        ("ignore", list(options.ignore.iter().map(String::as_str).collect())),
        ("move to", options.move_to.clone()),
        ("user", options.user.clone()),
        ("headers", list(headers.collect())),
        ("proxy", options.proxy.clone()),
    ];
    settings.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value?)))
}

fn set(monitor: &Monitor, id: SourceId, wishes: &SourceWishes, output: &mut Output) -> Result<Ended> {
    let change = wished(monitor.report(id)?.change, wishes);
    let login = Login::ask(wishes.particulars.user.as_deref(), &change.location, output)?;
    let source = monitor.change_source(id, change)?;
    login.keep(monitor, &source, output)?;
    tell(monitor, id, output)
}

/// A source as it is, with what is to be changed.
fn wished(is: SourceChange, new: &SourceWishes) -> SourceChange {
    SourceChange {
        location: new.location.clone().unwrap_or(is.location),
        wishes: wirewatch_model::SourceWishes {
            name: new.name.clone().unwrap_or(is.wishes.name),
            label: over(new.label.as_deref(), is.wishes.label),
            every: new.every.map_or(is.wishes.every, |interval| interval.0),
            full_text: new.full_text.unwrap_or(is.wishes.full_text),
            level: new.level.map_or(is.wishes.level, |level| level.0),
        },
        options: options(&new.particulars, is.options),
    }
}

/// What was typed, over what there is.
fn options(typed: &Particulars, is: SourceOptions) -> SourceOptions {
    let headers = typed.header.iter().filter_map(|header| header.0.clone());
    let ignore = typed.ignore.iter().filter(|pattern| !pattern.is_empty()).cloned();
    SourceOptions {
        user: over(typed.user.as_deref(), is.user),
        headers: if typed.header.is_empty() { is.headers } else { headers.collect() },
        selector: over(typed.select.as_deref(), is.selector),
        ignore: if typed.ignore.is_empty() { is.ignore } else { ignore.collect() },
        move_to: over(typed.move_to.as_deref(), is.move_to),
        proxy: over(typed.proxy.as_deref(), is.proxy),
    }
}

/// An empty text takes away what was there.
fn over(typed: Option<&str>, is: Option<String>) -> Option<String> {
    match typed {
        Some("") => None,
        Some(text) => Some(text.to_owned()),
        None => is,
    }
}

fn packs(output: &mut Output) -> Result<Ended> {
    for pack in starter_packs() {
        output.record(
            || json!({"pack": pack.id, "name": pack.name, "about": pack.about, "sources": pack.sources.len()}),
            || format!("{}  {} ({} feeds)\n      {}", pack.id, pack.name, pack.sources.len(), pack.about),
        )?;
    }
    Ok(Ended::Done)
}

fn starters(monitor: &Monitor, pack: &str, output: &mut Output) -> Result<Ended> {
    let pack = starter_pack(pack)?;
    let watched = monitor.watched_starters(&pack)?;
    for (starter, watched) in pack.sources.iter().zip(watched) {
        output.record(
            || json!({"name": starter.name, "location": starter.address, "watched": watched}),
            || {
                let already = if watched { ", watched already" } else { "" };
                format!("{} ({}{already})", starter.name, starter.address)
            },
        )?;
    }
    Ok(Ended::Done)
}

/// Lists the sources.
fn list(monitor: &Monitor, output: &mut Output) -> Result<Ended> {
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
async fn preview(monitor: &Monitor, wanted: &AddRequest, output: &mut Output) -> Result<Ended> {
    let found = monitor.preview(wanted).await?;
    for one in &found {
        let headlines: Vec<&str> = one.newest.iter().map(|(title, _)| title.as_str()).collect();
        output.record(
            || {
                json!({
                    "kind": one.kind.as_str(), "name": one.title, "location": one.address,
                    "articles": one.articles, "headlines": headlines, "watched": one.watched,
                })
            },
            || {
                let name = one.title.as_deref().unwrap_or_default();
                let headlines: String = headlines.iter().map(|line| format!("\n        {line}")).collect();
                format!("{}  {}  {name}  {} articles{headlines}", one.kind, one.address, one.articles)
            },
        )?;
    }
    Ok(Ended::partly_if(found.is_empty()))
}

/// Lists what became of each file of a folder.
fn receipts(monitor: &Monitor, id: i64, output: &mut Output) -> Result<Ended> {
    let source = monitor.library().source(SourceId(id))?.ok_or_else(|| missing("source", id))?;
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
        SourceState::Paused => "paused".to_owned(),
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
