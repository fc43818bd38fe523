//! `alerts`.

use anyhow::{Context as _, Result};
use chrono::{DateTime, Local, Utc};
use serde_json::{Value, json};
use wirewatch_library::{AlertFilter, TopicRule};
use wirewatch_model::{Level, Source, SourceId, TopicId};
use wirewatch_monitor::{Monitor, Wish};

use super::stories::also_in;
use super::watch::alert_text;
use crate::arguments::{Alerts, AlertsVerb};
use crate::output::{Ended, Output};
use crate::{json, time};

/// The alert inbox, or how alerts are shown.
pub(crate) fn run(monitor: &Monitor, alerts: &Alerts, output: &mut Output) -> Result<Ended> {
    match &alerts.verb {
        None => inbox(monitor, alerts.since.as_deref(), output)?,
        Some(verb) => {
            change(monitor, verb)?;
            state(monitor, output)?;
        }
    }
    Ok(Ended::Done)
}

fn inbox(monitor: &Monitor, since: Option<&str>, output: &mut Output) -> Result<()> {
    let filter = match since {
        Some(since) => AlertFilter::Since(time::moment(since, monitor.now())?),
        None => AlertFilter::Newest(u32::MAX),
    };
    if let Some(until) = monitor.paused_until()? {
        output.remark(format!("alerts are paused until {}", local(until)))?;
    }
    for alert in monitor.library().alerts(filter, monitor.now())? {
        let also = match output.is_json() {
            true => also_in(monitor, alert.story, &alert.outlet)?,
            false => Vec::new(),
        };
        output.record(|| json::alert_in(&alert, &also), || alert_text(&alert))?;
    }
    Ok(())
}

fn change(monitor: &Monitor, verb: &AlertsVerb) -> Result<()> {
    match verb {
        AlertsVerb::State => {}
        AlertsVerb::Pause { span } => monitor.pause_alerts(Some(end_of(monitor, span)?))?,
        AlertsVerb::Resume => monitor.pause_alerts(None)?,
        AlertsVerb::Snooze { topic, span } => {
            let until = if span == "off" { None } else { Some(end_of(monitor, span)?) };
            monitor.snooze_topic(&TopicId::from_name(topic), until)?;
        }
        AlertsVerb::Mute { source } => monitor.set_source_level(SourceId(*source), Some(Level::Silent))?,
        AlertsVerb::Unmute { source } => monitor.set_source_level(SourceId(*source), None)?,
        AlertsVerb::Override { source, level } => {
            monitor.set_source_level(SourceId(*source), Some(*level))?;
        }
    }
    Ok(())
}

fn end_of(monitor: &Monitor, span: &str) -> Result<DateTime<Utc>> {
    if span == "tomorrow" {
        return Ok(monitor.tomorrow());
    }
    let span = time::span(span)
        .with_context(|| format!("{span:?} is no span of time; write for example 1h, 90m, 7d or tomorrow"))?;
    monitor.now().checked_add_signed(span).context("that is beyond the end of the calendar")
}

/// How alerts are shown now.
struct State {
    paused_until: Option<DateTime<Utc>>,
    quiet_hours: String,
    hourly_budget: String,
    topics: Vec<(TopicId, TopicRule)>,
    sources: Vec<Source>,
}

impl State {
    fn of(monitor: &Monitor) -> Result<State> {
        let rules = monitor.library().topic_rules()?.into_iter();
        let rules = rules.map(|(id, rule)| (id, rule.at(monitor.now())));
        let mut topics: Vec<_> = rules.filter(|(_, rule)| *rule != TopicRule::default()).collect();
        topics.sort_by(|one, other| one.0.cmp(&other.0));
        let sources = monitor.library().sources()?;
        Ok(State {
            paused_until: monitor.paused_until()?,
            quiet_hours: monitor.wish(Wish::QuietHours)?,
            hourly_budget: monitor.wish(Wish::HourlyBudget)?,
            topics,
            sources: sources.into_iter().filter(|source| source.level.is_some()).collect(),
        })
    }

    fn json(&self) -> Value {
        let rule = |(id, rule): &(TopicId, TopicRule)| json!({"topic": id.as_str(), "budget": rule.budget, "snoozed_until": rule.snoozed_until.map(json::time)});
        let source = |one: &Source| json!({"source": one.id.0, "level": one.level.map(Level::as_str)});
        json!({
            "paused_until": self.paused_until.map(json::time),
            "quiet_hours": json::some_text(&self.quiet_hours),
            "hourly_budget": self.hourly_budget.parse::<u32>().ok(),
            "topics": self.topics.iter().map(rule).collect::<Vec<_>>(),
            "sources": self.sources.iter().map(source).collect::<Vec<_>>(),
        })
    }

    fn text(&self) -> String {
        let mut lines = vec![match self.paused_until {
            Some(until) => format!("alerts are paused until {}", local(until)),
            None => "alerts are shown".to_owned(),
        }];
        let wishes = [("quiet hours", &self.quiet_hours), ("at most an hour and topic", &self.hourly_budget)];
        let set = wishes.into_iter().filter(|(_, value)| !value.is_empty());
        lines.extend(set.map(|(name, value)| format!("{name}: {value}")));
        lines.extend(self.topics.iter().map(|(id, rule)| rule_text(id, rule)));
        lines.extend(self.sources.iter().map(source_text));
        lines.join("\n")
    }
}

fn state(monitor: &Monitor, output: &mut Output) -> Result<()> {
    let state = State::of(monitor)?;
    output.record(|| state.json(), || state.text())?;
    Ok(())
}

fn rule_text(id: &TopicId, rule: &TopicRule) -> String {
    let budget = rule.budget.map(|budget| format!("at most {budget} an hour"));
    let snoozed = rule.snoozed_until.map(|until| format!("snoozed until {}", local(until)));
    let wishes: Vec<String> = budget.into_iter().chain(snoozed).collect();
    format!("topic {id}: {}", wishes.join(", "))
}

fn source_text(source: &Source) -> String {
    let level = source.level.map_or("as its topics say", Level::as_str);
    format!("source {} ({}): {level}", source.id, source.spec.name)
}

fn local(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string()
}
