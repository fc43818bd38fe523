//! `topics`.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use chrono::{DateTime, Utc};
use serde_json::json;
use tokio_util::sync::CancellationToken;
use wirewatch_library::{Application, TopicChange, TopicRule, WordList};
use wirewatch_model::{Level, Topic, TopicId, TopicVersion};
use wirewatch_monitor::{Monitor, export_packs, read_packs};

use super::missing;
use crate::arguments::{Budget, TopicWishes, Topics, TopicsVerb};
use crate::json;
use crate::output::{Ended, Output};

/// The verbs that work on files only.
pub(crate) fn without_library(topics: &Topics, output: &mut Output) -> Result<Ended> {
    match &topics.verb {
        TopicsVerb::Test { file } => test(file, output),
        _ => Ok(Ended::Done),
    }
}

/// The verbs that work on the library.
pub(crate) fn run(monitor: &Monitor, topics: &Topics, output: &mut Output) -> Result<Ended> {
    match &topics.verb {
        TopicsVerb::List => {
            let rules = monitor.library().topic_rules()?;
            for topic in monitor.library().topics()? {
                show(&topic, rule_of(&rules, &topic.id, monitor.now()), output)?;
            }
        }
        TopicsVerb::Show { id } => show_one(monitor, id, output)?,
        TopicsVerb::Add { name, wishes } => add(monitor, name, wishes, output)?,
        TopicsVerb::Set { id, name, wishes } => {
            let topic = existing(monitor, id)?;
            let change = TopicChange {
                id: topic.id,
                name: name.clone().unwrap_or(topic.name),
                query: wishes.query.clone().unwrap_or(topic.query),
                level: wishes.level.unwrap_or(topic.level),
                languages: languages_or(wishes, topic.languages),
            };
            save(monitor, &change, None)?;
            set_budget(monitor, &change.id, wishes)?;
            show_one(monitor, id, output)?;
        }
        TopicsVerb::Remove { id } => {
            monitor.remove_topic(&TopicId::from_name(id))?;
            output.record(|| json!({"removed": id}), || format!("topic {id} is removed"))?;
        }
        TopicsVerb::Versions { id } => versions(monitor, id, output)?,
        TopicsVerb::Restore { id, number } => {
            let restored = monitor.restore_topic(&TopicId::from_name(id), TopicVersion(*number))?;
            apply(monitor, &restored.id)?;
            show_one(monitor, id, output)?;
        }
        TopicsVerb::Apply { id } => {
            applied(&TopicId::from_name(id), apply(monitor, &existing(monitor, id)?.id)?, output)?
        }
        TopicsVerb::Undo { id } => undo(monitor, &existing(monitor, id)?.id, output)?,
        TopicsVerb::Import { file } => {
            let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
            for pack in read_packs(&file.to_string_lossy(), &text)? {
                let change = pack.change();
                save(monitor, &change, Some(&pack.lists()))?;
                show_one(monitor, change.id.as_str(), output)?;
            }
        }
        TopicsVerb::Export { file } => export(monitor, file.as_deref(), output)?,
        TopicsVerb::Test { .. } => {}
    }
    Ok(Ended::Done)
}

fn add(monitor: &Monitor, name: &str, wishes: &TopicWishes, output: &mut Output) -> Result<()> {
    let id = TopicId::from_name(name);
    if monitor.library().topic(&id)?.is_some() {
        bail!("there is a topic {id} already; change it with: wirewatch topics set {id}");
    }
    let query = wishes.query.clone().context("a new topic needs --query")?;
    let change = TopicChange {
        id,
        name: name.to_owned(),
        query,
        level: wishes.level.unwrap_or(Level::Notify),
        languages: languages_or(wishes, vec!["en".to_owned()]),
    };
    save(monitor, &change, None)?;
    set_budget(monitor, &change.id, wishes)?;
    show_one(monitor, change.id.as_str(), output)?;
    Ok(())
}

/// Saves a topic and, if that changed what it finds, applies it to what is there.
fn save(monitor: &Monitor, change: &TopicChange, lists: Option<&[WordList]>) -> Result<()> {
    let library = monitor.library();
    let before = library.topic(&change.id)?.map(|topic| topic.version);
    let saved = monitor.save_topic(change, lists)?;
    if !library.versions_find_alike(&saved.id, before, saved.version)? {
        apply(monitor, &saved.id)?;
    }
    Ok(())
}

fn apply(monitor: &Monitor, id: &TopicId) -> Result<Application> {
    // Nobody cancels it: an interrupt ends the program, and then nothing is changed.
    let applied = monitor.apply_topic(id, &CancellationToken::new())?;
    applied.context("the topic was not applied")
}

fn undo(monitor: &Monitor, id: &TopicId, output: &mut Output) -> Result<()> {
    let undone = monitor.undo_topic(id)?;
    output.record(
        || json!({"id": id.as_str(), "taken_back": undone.added, "brought_back": undone.removed}),
        || format!("topic {id}: {} matches taken back, {} brought back", undone.added, undone.removed),
    )?;
    Ok(())
}

fn applied(id: &TopicId, applied: Application, output: &mut Output) -> Result<()> {
    output.record(
        || {
            json!({
                "id": id.as_str(), "version": applied.version.0, "added": applied.added,
                "removed": applied.removed, "at": json::time(applied.at),
            })
        },
        || {
            format!(
                "topic {id}, version {}: {} articles more, {} fewer; `wirewatch topics undo {id}` takes that back",
                applied.version, applied.added, applied.removed
            )
        },
    )?;
    Ok(())
}

fn versions(monitor: &Monitor, id: &str, output: &mut Output) -> Result<()> {
    let topic = existing(monitor, id)?;
    for version in monitor.library().topic_versions(&topic.id)? {
        output.record(
            || {
                json!({
                    "id": topic.id.as_str(), "version": version.number.0, "at": json::time(version.at),
                    "query": version.query, "level": version.level.as_str(), "languages": version.languages,
                    "lists": version.lists.iter().cloned().collect::<BTreeMap<_, _>>(),
                    "current": version.number == topic.version,
                })
            },
            || {
                let query: String = version.query.lines().map(|line| format!("\n    {line}")).collect();
                let at = version.at.format("%Y-%m-%d %H:%M UTC");
                format!("version {}, {at}, {}{query}", version.number, version.level)
            },
        )?;
    }
    Ok(())
}

fn export(monitor: &Monitor, file: Option<&Path>, output: &mut Output) -> Result<()> {
    let library = monitor.library();
    let text = export_packs(&library.topics()?, &library.word_lists()?)?;
    match file {
        Some(file) => std::fs::write(file, text).with_context(|| file.display().to_string())?,
        None => output.record(|| json!({ "toml": text }), || text.clone())?,
    }
    Ok(())
}

fn test(file: &Path, output: &mut Output) -> Result<Ended> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let mut failed = false;
    for pack in read_packs(&file.to_string_lossy(), &text)? {
        let report = pack.test();
        failed |= !report.missed.is_empty() || !report.wrong.is_empty();
        output.record(
            || {
                json!({
                    "id": report.topic.as_str(), "examples": report.examples, "missed": report.missed,
                    "wrong": report.wrong, "ok": report.missed.is_empty() && report.wrong.is_empty(),
                })
            },
            || {
                let mut lines = vec![format!("{}: {} examples", report.topic, report.examples)];
                lines.extend(report.missed.iter().map(|name| format!("    should hit and does not: {name}")));
                lines.extend(report.wrong.iter().map(|name| format!("    hits and should not: {name}")));
                lines.join("\n")
            },
        )?;
    }
    Ok(Ended::partly_if(failed))
}

fn existing(monitor: &Monitor, id: &str) -> Result<Topic> {
    let id = TopicId::from_name(id);
    Ok(monitor.library().topic(&id)?.ok_or_else(|| missing("topic", &id))?)
}

fn languages_or(wishes: &TopicWishes, otherwise: Vec<String>) -> Vec<String> {
    if wishes.languages.is_empty() { otherwise } else { wishes.languages.clone() }
}

fn set_budget(monitor: &Monitor, id: &TopicId, wishes: &TopicWishes) -> Result<()> {
    match wishes.budget {
        Some(Budget(budget)) => Ok(monitor.set_topic_budget(id, budget)?),
        None => Ok(()),
    }
}

fn show_one(monitor: &Monitor, id: &str, output: &mut Output) -> Result<()> {
    let topic = existing(monitor, id)?;
    let rules = monitor.library().topic_rules()?;
    show(&topic, rule_of(&rules, &topic.id, monitor.now()), output)
}

fn rule_of(rules: &HashMap<TopicId, TopicRule>, id: &TopicId, now: DateTime<Utc>) -> TopicRule {
    rules.get(id).copied().unwrap_or_default().at(now)
}

fn show(topic: &Topic, rule: TopicRule, output: &mut Output) -> Result<()> {
    output.record(
        || json::topic(topic, rule),
        || {
            let query: String = topic.query.lines().map(|line| format!("\n    {line}")).collect();
            format!(
                "{}  “{}”  {}, version {}, {} matches{query}",
                topic.id, topic.name, topic.level, topic.version, topic.matches
            )
        },
    )?;
    Ok(())
}
