//! The icon in the panel. It is a convenience: where the desktop has no place for one, Wirewatch
//! works without it and says so.

#[cfg(target_os = "linux")]
mod host;
mod menu;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Local, Utc};
use tauri::image::Image;
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager as _, include_image};
use wirewatch_library::AlertFilter;
use wirewatch_model::{ArticleId, SourceState};
use wirewatch_monitor::{Event, Monitor, MonitorError};

use crate::shell::Shell;
use crate::window;

const CALM: Image<'_> = include_image!("../icons/tray.png");
const UNSEEN: Image<'_> = include_image!("../icons/tray-unread.png");

/// Alerts that the menu offers to open.
const HITS: u32 = 3;

/// What the tray shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct View {
    unseen: u32,
    paused: bool,
    /// How things stand, in one line.
    state: String,
    /// The newest alerts: the article, and its headline.
    hits: Vec<(ArticleId, String)>,
}

/// The icon, if there is one.
#[derive(Default)]
pub(crate) struct Tray {
    icon: Mutex<Option<TrayIcon>>,
    view: Mutex<View>,
    /// Whether the desktop shows icons now. Panels come and go.
    has_place: AtomicBool,
}

impl Tray {
    /// Whether the user can find the icon.
    pub(crate) fn is_shown(&self) -> bool {
        self.has_place.load(Ordering::Relaxed) && lock(&self.icon).is_some()
    }
}

/// Puts the icon into the panel; on Linux whenever there is a panel that takes it.
pub(crate) fn start(app: &AppHandle) {
    #[cfg(target_os = "linux")]
    tauri::async_runtime::spawn(host::follow(app.clone()));
    #[cfg(not(target_os = "linux"))]
    set_place(app, true);
}

/// Shows how things stand now, if that is not what is shown already.
pub(crate) async fn refresh(app: &AppHandle) {
    let app = app.clone();
    let shown = tauri::async_runtime::spawn_blocking(move || {
        let shell = app.state::<Shell>();
        match View::of(&shell.monitor) {
            Ok(view) => show(&app, &shell.tray, view),
            Err(error) => tracing::warn!(%error, "the tray cannot be brought up to date"),
        }
    });
    if let Err(error) = shown.await {
        tracing::error!(%error, "bringing the tray up to date died");
    }
}

/// The desktop has a place for icons now, or has none any more.
fn set_place(app: &AppHandle, has_place: bool) {
    let shell = app.state::<Shell>();
    let tray = &shell.tray;
    tray.has_place.store(has_place, Ordering::Relaxed);
    if has_place && lock(&tray.icon).is_none() {
        match build(app, &lock(&tray.view)) {
            Ok(icon) => *lock(&tray.icon) = Some(icon),
            Err(error) => tracing::warn!(%error, "no tray icon"),
        }
    }
    // The window says whether there is a tray.
    shell.monitor.tell(Event::Alerts);
}

fn build(app: &AppHandle, view: &View) -> tauri::Result<TrayIcon> {
    TrayIconBuilder::with_id("wirewatch")
        .icon(icon(view))
        .icon_as_template(cfg!(target_os = "macos"))
        .title(title(view))
        .tooltip(&view.state)
        .menu(&menu::build(app, view)?)
        // On a Mac a click on an icon opens its menu; elsewhere it opens the program.
        .show_menu_on_left_click(cfg!(target_os = "macos"))
        .on_menu_event(menu::choose)
        .on_tray_icon_event(|tray, event| {
            let left_click = matches!(
                event,
                TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. }
            );
            if left_click && cfg!(not(target_os = "macos")) {
                window::show(tray.app_handle());
            }
        })
        .build(app)
}

fn show(app: &AppHandle, tray: &Tray, view: View) {
    if std::mem::replace(&mut *lock(&tray.view), view.clone()) == view {
        return;
    }
    let Some(shown) = lock(&tray.icon).clone() else { return };
    let change = || {
        shown.set_icon_with_as_template(Some(icon(&view)), cfg!(target_os = "macos"))?;
        shown.set_title(Some(title(&view)))?;
        shown.set_tooltip(Some(&view.state))?;
        // An open menu closes when it is replaced; that is why nothing is done without a change.
        shown.set_menu(Some(menu::build(app, &view)?))
    };
    if let Err(error) = change() {
        tracing::warn!(%error, "the tray does not change");
    }
}

fn icon(view: &View) -> Image<'static> {
    if view.unseen > 0 { UNSEEN } else { CALM }
}

/// On a Mac this stands beside the icon, elsewhere it is the icon's name.
fn title(view: &View) -> String {
    match (view.unseen, cfg!(target_os = "macos")) {
        (0, true) => String::new(),
        (unseen, true) => unseen.to_string(),
        (0, false) => "Wirewatch".to_owned(),
        (unseen, false) => format!("Wirewatch ({unseen})"),
    }
}

impl View {
    fn of(monitor: &Monitor) -> Result<View, MonitorError> {
        let library = monitor.library();
        let now = monitor.now();
        let unseen = library.counts(now)?.unseen_alerts;
        let paused_until = monitor.paused_until()?;
        let states: Vec<SourceState> = library.sources()?.iter().map(|source| source.health.state).collect();
        let hits = library.alerts(AlertFilter::Newest(HITS), now)?;
        Ok(View {
            unseen,
            paused: paused_until.is_some(),
            state: state_line(unseen, &states, paused_until, now),
            hits: hits.into_iter().map(|alert| (alert.article, alert.title)).collect(),
        })
    }
}

fn state_line(
    unseen: u32,
    sources: &[SourceState],
    paused_until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> String {
    let mut parts = Vec::new();
    if let Some(until) = paused_until {
        let (until, now) = (until.with_timezone(&Local), now.with_timezone(&Local));
        let same_day = until.date_naive() == now.date_naive();
        parts.push(format!(
            "Alerts paused until {}",
            until.format(if same_day { "%H:%M" } else { "%a %H:%M" })
        ));
    }
    parts.push(match unseen {
        0 => "No new alerts".to_owned(),
        1 => "1 new alert".to_owned(),
        many => format!("{many} new alerts"),
    });
    parts.push(match sources.len() {
        0 => "nothing is watched yet".to_owned(),
        1 => "1 source".to_owned(),
        many => format!("{many} sources"),
    });
    let trouble =
        sources.iter().filter(|state| matches!(state, SourceState::Failing | SourceState::Stopped)).count();
    if trouble > 0 {
        parts.push(format!("{trouble} with trouble"));
    }
    parts.join(" · ")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_line_says_how_things_stand() {
        use SourceState::{Failing, New, Ok, Paused, Stopped};
        let now = Utc::now();
        for (unseen, sources, want) in [
            (0, &[][..], "No new alerts · nothing is watched yet"),
            (1, &[Ok], "1 new alert · 1 source"),
            (7, &[Ok, New, Failing, Stopped, Paused], "7 new alerts · 5 sources · 2 with trouble"),
        ] {
            assert_eq!(state_line(unseen, sources, None, now), want);
        }
        let paused = state_line(0, &[Ok], Some(now + chrono::TimeDelta::hours(1)), now);
        assert!(paused.starts_with("Alerts paused until "), "{paused}");
    }
}
