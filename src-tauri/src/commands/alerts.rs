//! The alert inbox.

use chrono::TimeDelta;
use tauri::State;
use wirewatch_library::AlertFilter;
use wirewatch_model::AlertId;
use wirewatch_monitor::Event;

use super::{Answer, ask};
use crate::shell::Shell;
use crate::wire::AlertRow;

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

/// Pauses alerts for so many minutes; without a number they go on.
#[tauri::command]
pub(super) async fn pause_alerts(shell: State<'_, Shell>, minutes: Option<u32>) -> Answer<()> {
    ask(&shell, move |monitor| {
        let until = minutes.map(|minutes| monitor.now() + TimeDelta::minutes(i64::from(minutes)));
        Ok(monitor.pause_alerts(until)?)
    })
    .await
}
