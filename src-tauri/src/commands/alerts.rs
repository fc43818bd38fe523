//! The alert inbox, and how alerts are shown.

use chrono::{DateTime, TimeDelta, Utc};
use tauri::State;
use wirewatch_library::AlertFilter;
use wirewatch_model::{AlertId, SourceId, TopicId};
use wirewatch_monitor::{Event, Monitor};

use super::{Answer, ask};
use crate::shell::Shell;
use crate::wire::{AlertRow, AlertRules, HushSpan, Level};

/// The newest alerts.
#[tauri::command]
pub(super) async fn list_alerts(shell: State<'_, Shell>, limit: u32) -> Answer<Vec<AlertRow>> {
    ask(&shell, move |monitor| {
        let alerts = monitor.library().alerts(AlertFilter::Newest(limit), monitor.now())?;
        Ok(alerts.into_iter().map(AlertRow::from).collect())
    })
    .await
}

/// Marks alerts as seen.
#[tauri::command]
pub(super) async fn see_alerts(shell: State<'_, Shell>, ids: Vec<i64>) -> Answer<()> {
    ask(&shell, move |monitor| {
        let ids: Vec<AlertId> = ids.into_iter().map(AlertId).collect();
        monitor.library().read_alerts(&ids)?;
        monitor.tell(Event::Alerts);
        Ok(())
    })
    .await
}

/// Pauses alerts for so long; without a span they go on.
#[tauri::command]
pub(super) async fn pause_alerts(shell: State<'_, Shell>, span: Option<HushSpan>) -> Answer<()> {
    ask(&shell, move |monitor| Ok(monitor.pause_alerts(span.map(|span| end_of(monitor, span)))?)).await
}

/// Shows no alerts of a topic for so long; without a span they go on.
#[tauri::command]
pub(super) async fn snooze_topic(shell: State<'_, Shell>, id: String, span: Option<HushSpan>) -> Answer<()> {
    ask(&shell, move |monitor| {
        let until = span.map(|span| end_of(monitor, span));
        Ok(monitor.snooze_topic(&TopicId::from_name(&id), until)?)
    })
    .await
}

fn end_of(monitor: &Monitor, span: HushSpan) -> DateTime<Utc> {
    match span {
        HushSpan::Hour => monitor.now() + TimeDelta::hours(1),
        HushSpan::Tomorrow => monitor.tomorrow(),
    }
}

/// Says how many alerts an hour of a topic are shown singly; without a number the rule for all holds.
#[tauri::command]
pub(super) async fn set_topic_budget(shell: State<'_, Shell>, id: String, budget: Option<u32>) -> Answer<()> {
    ask(&shell, move |monitor| Ok(monitor.set_topic_budget(&TopicId::from_name(&id), budget)?)).await
}

/// Lets a source speak at one level, whatever its topics say; without one as they say.
#[tauri::command]
pub(super) async fn set_source_level(shell: State<'_, Shell>, id: i64, level: Option<Level>) -> Answer<()> {
    ask(&shell, move |monitor| Ok(monitor.set_source_level(SourceId(id), level.map(Into::into))?)).await
}

/// What the user wants of alerts.
#[tauri::command]
pub(super) async fn load_alert_rules(shell: State<'_, Shell>) -> Answer<AlertRules> {
    ask(&shell, |monitor| Ok(AlertRules::load(monitor)?)).await
}

/// Keeps what the user wants of alerts.
#[tauri::command]
pub(super) async fn save_alert_rules(shell: State<'_, Shell>, rules: AlertRules) -> Answer<()> {
    ask(&shell, move |monitor| Ok(rules.save(monitor)?)).await
}
