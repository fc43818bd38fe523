//! `topics`.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde_json::json;
use wirewatch_library::TopicChange;
use wirewatch_model::{Level, Topic, TopicId};
use wirewatch_monitor::{Monitor, export_packs, read_packs};

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
            for topic in monitor.library().topics()? {
                show(monitor, &topic, output)?;
            }
        }
        TopicsVerb::Show { id } => show(monitor, &existing(monitor, id)?, output)?,
        TopicsVerb::Add { name, wishes } => {
            let id = TopicId::from_name(name);
            if monitor.library().topic(&id)?.is_some() {
                bail!("there is a topic {id} already; change it with: wirewatch topics set {id}");
            }
            let query = wishes.query.clone().context("a new topic needs --query")?;
            let change = TopicChange {
                id,
                name: name.clone(),
                query,
                level: wishes.level.unwrap_or(Level::Notify),
                languages: languages_or(wishes, vec!["en".to_owned()]),
            };
            let saved = monitor.save_topic(&change, &[])?;
            set_budget(monitor, &saved.id, wishes)?;
            show(monitor, &saved, output)?;
        }
        TopicsVerb::Set { id, name, wishes } => {
            let topic = existing(monitor, id)?;
            let change = TopicChange {
                id: topic.id,
                name: name.clone().unwrap_or(topic.name),
                query: wishes.query.clone().unwrap_or(topic.query),
                level: wishes.level.unwrap_or(topic.level),
                languages: languages_or(wishes, topic.languages),
            };
            let saved = monitor.save_topic(&change, &[])?;
            set_budget(monitor, &saved.id, wishes)?;
            show(monitor, &saved, output)?;
        }
        TopicsVerb::Remove { id } => {
            monitor.remove_topic(&TopicId::from_name(id))?;
            output.record(|| json!({"removed": id}), || format!("topic {id} is removed"))?;
        }
        TopicsVerb::Import { file } => {
            let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
            for pack in read_packs(&file.to_string_lossy(), &text)? {
                show(monitor, &monitor.save_topic(&pack.change(), &pack.lists())?, output)?;
            }
        }
        TopicsVerb::Export { file } => {
            let library = monitor.library();
            let text = export_packs(&library.topics()?, &library.word_lists()?)?;
            match file {
                Some(file) => std::fs::write(file, text).with_context(|| file.display().to_string())?,
                None => output.record(|| json!({ "toml": text }), || text.clone())?,
            }
        }
        TopicsVerb::Test { .. } => {}
    }
    Ok(Ended::Done)
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
    monitor.library().topic(&id)?.with_context(|| format!("no topic {id} in the library"))
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

fn show(monitor: &Monitor, topic: &Topic, output: &mut Output) -> Result<()> {
    let rule = monitor.library().topic_rules()?.get(&topic.id).copied().unwrap_or_default();
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
