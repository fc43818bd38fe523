//! The menu of the tray icon. Every action of the tray is in it: not every panel passes clicks on.

use chrono::{DateTime, TimeDelta, Utc};
use tauri::menu::{Menu, MenuBuilder, MenuEvent, MenuItem};
use tauri::{AppHandle, Manager as _, Wry};
use wirewatch_model::ArticleId;
use wirewatch_monitor::Monitor;

use super::View;
use crate::shell::Shell;
use crate::window::{self, Screen};

const OPEN: &str = "open";
const CHECK: &str = "check";
const PAUSE_HOUR: &str = "pause-hour";
const PAUSE_TOMORROW: &str = "pause-tomorrow";
const RESUME: &str = "resume";
const DIGEST: &str = "digest";
const QUIT: &str = "quit";

/// Followed by the number of an article.
const HIT: &str = "hit-";

/// Headlines are cut to this many characters: panels draw a menu as wide as its longest item.
const LONGEST_HEADLINE: usize = 60;

pub(super) fn build(app: &AppHandle, view: &View) -> tauri::Result<Menu<Wry>> {
    let state = MenuItem::new(app, literal(&view.state), false, None::<&str>)?;
    let mut menu = MenuBuilder::new(app).item(&state).separator();
    for (article, headline) in &view.hits {
        menu = menu.text(format!("{HIT}{article}"), literal(&shortened(headline)));
    }
    if !view.hits.is_empty() {
        menu = menu.separator();
    }
    menu = menu.text(OPEN, "Open Wirewatch").text(CHECK, "Check now");
    menu = match view.paused {
        true => menu.text(RESUME, "Resume alerts"),
        false => menu
            .text(PAUSE_HOUR, "Pause alerts for an hour")
            .text(PAUSE_TOMORROW, "Pause alerts till tomorrow"),
    };
    menu.text(DIGEST, "Digest now…").separator().text(QUIT, "Quit").build()
}

/// Does what was chosen.
pub(super) fn choose(app: &AppHandle, event: MenuEvent) {
    match event.id().as_ref() {
        OPEN => window::show(app),
        CHECK => app.state::<Shell>().check_now(),
        PAUSE_HOUR => pause(app, |monitor| Some(monitor.now() + TimeDelta::hours(1))),
        PAUSE_TOMORROW => pause(app, |monitor| Some(monitor.tomorrow())),
        RESUME => pause(app, |_| None),
        DIGEST => window::open_screen(app, Screen::Digest),
        QUIT => app.exit(0),
        other => {
            if let Some(article) = other.strip_prefix(HIT).and_then(|number| number.parse().ok()) {
                window::open_article(app, ArticleId(article));
            }
        }
    }
}

fn pause(app: &AppHandle, until: fn(&Monitor) -> Option<DateTime<Utc>>) {
    let monitor = app.state::<Shell>().monitor.clone();
    tauri::async_runtime::spawn_blocking(move || {
        if let Err(error) = monitor.pause_alerts(until(&monitor)) {
            tracing::error!(%error, "alerts cannot be paused");
        }
    });
}

fn shortened(headline: &str) -> String {
    match headline.char_indices().nth(LONGEST_HEADLINE) {
        Some((end, _)) => format!("{}…", headline.get(..end).unwrap_or(headline).trim_end()),
        None => headline.to_owned(),
    }
}

/// A single `&` would underline the letter after it.
fn literal(text: &str) -> String {
    text.replace('&', "&&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_are_cut_between_letters() {
        assert_eq!(shortened("Short"), "Short");
        let long = "Ж".repeat(90);
        assert_eq!(shortened(&long).chars().count(), LONGEST_HEADLINE + 1);
        assert_eq!(literal("AT&T"), "AT&&T");
    }
}
