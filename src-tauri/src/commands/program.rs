//! The program itself: how things stand, settings, the window's life.

use tauri::{AppHandle, State};
use wirewatch_monitor::Monitor;

use super::{Answer, ask};
use crate::shell::Shell;
use crate::wire::{CommandError, Event, Overview, Settings, SourceRow, TopicRow, count, moment};
use crate::{settings, window};

/// The sidebar, the title and the tray in one answer.
#[tauri::command]
pub(super) async fn overview(shell: State<'_, Shell>) -> Answer<Overview> {
    let tray = shell.tray.is_shown();
    ask(&shell, move |monitor| look_over(monitor, tray)).await
}

fn look_over(monitor: &Monitor, tray: bool) -> Answer<Overview> {
    let library = monitor.library();
    let counts = library.counts(monitor.now())?;
    let unread = library.unread_by_topic()?;
    let articles = library.articles_by_source()?;
    let (rules, now) = (library.topic_rules()?, monitor.now());
    let topics = library.topics()?.into_iter().map(|topic| {
        let unread = unread.get(&topic.id).copied().unwrap_or_default();
        let rule = rules.get(&topic.id).copied().unwrap_or_default().at(now);
        TopicRow::new(topic, unread, rule)
    });
    let sources = monitor.sources()?.into_iter().map(|source| {
        let articles = articles.get(&source.id).copied().unwrap_or_default();
        SourceRow::new(source, articles)
    });
    Ok(Overview {
        unread: count(counts.unread),
        articles: count(counts.articles),
        unseen_alerts: counts.unseen_alerts,
        topics: topics.collect(),
        sources: sources.collect(),
        paused_until: monitor.paused_until()?.map(moment),
        tray,
    })
}

/// The window listens from now on; answers with what it was to be told before.
#[tauri::command]
pub(super) fn window_listens(shell: State<'_, Shell>) -> Vec<Event> {
    shell.line.listens()
}

/// What the user chose.
#[tauri::command]
pub(super) async fn load_settings(app: AppHandle, shell: State<'_, Shell>) -> Answer<Settings> {
    ask(&shell, move |monitor| {
        let chosen = settings::load(monitor.library())?;
        Ok(Settings { start_at_login: settings::starts_at_login(&app), ..chosen })
    })
    .await
}

/// Keeps what the user chose.
#[tauri::command]
pub(super) async fn save_settings(app: AppHandle, shell: State<'_, Shell>, settings: Settings) -> Answer<()> {
    ask(&shell, move |monitor| {
        settings::save(monitor.library(), &settings)?;
        app.set_theme(window::theme(&settings));
        settings::set_start_at_login(&app, settings.start_at_login).map_err(CommandError::failed)
    })
    .await
}

/// Takes the window away; the program goes on.
#[tauri::command]
pub(super) async fn hide_window(app: AppHandle) -> Answer<()> {
    window::hide(&app).map_err(|error| CommandError::failed(error.to_string()))
}

/// Ends the program.
#[tauri::command]
pub(super) fn quit(app: AppHandle) {
    app.exit(0);
}
