//! The window: made when it is wanted, destroyed when it is closed, and the line over which it is
//! told what happens.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, Emitter as _, Manager as _, Theme, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
};
use wirewatch_model::ArticleId;

use crate::settings;
use crate::shell::Shell;
use crate::wire::{Event, Settings};

/// The only window's label.
const MAIN: &str = "main";

/// The channel on which the window listens.
const CHANNEL: &str = "wirewatch";

/// Wide enough for three panes; narrower ones fold.
const SIZE: (f64, f64) = (1180.0, 800.0);

/// The narrowest that a list or an article can be read in.
const SMALLEST: (f64, f64) = (420.0, 480.0);

/// Events that wait for a window at most. One that takes longer to listen than it takes for so many
/// to happen asks for everything when it does.
const LONGEST_QUEUE: usize = 256;

/// Screens that the user can ask for outside the window.
#[cfg_attr(
    not(target_os = "linux"),
    allow(dead_code, reason = "only notifications that can be clicked open alerts")
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Screen {
    /// The alert inbox.
    Alerts,
    /// The next digest.
    Digest,
}

/// The line to the window. Between the window's birth and the moment it listens, events wait;
/// without a window there is nobody to tell.
#[derive(Debug, Default)]
pub(crate) struct Line {
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
enum Waiting {
    /// There is no window.
    #[default]
    Nobody,
    /// A window is being made.
    For(Vec<Event>),
    /// The window listens.
    Listening,
}

impl Line {
    /// The window listens from now on; answers with what waited for it.
    pub(crate) fn listens(&self) -> Vec<Event> {
        match std::mem::replace(&mut *self.lock(), Waiting::Listening) {
            Waiting::For(events) => events,
            Waiting::Nobody | Waiting::Listening => Vec::new(),
        }
    }

    /// Whether there is a window that can be asked something.
    pub(crate) fn is_listening(&self) -> bool {
        matches!(*self.lock(), Waiting::Listening)
    }

    /// A window is being made.
    fn opens(&self) {
        let mut waiting = self.lock();
        if matches!(*waiting, Waiting::Nobody) {
            *waiting = Waiting::For(Vec::new());
        }
    }

    /// The window is gone.
    pub(crate) fn closes(&self) {
        *self.lock() = Waiting::Nobody;
    }

    /// The event, if it can be told now; otherwise it waits or, without a window, is forgotten:
    /// a new window asks for everything anyway.
    fn pass(&self, event: Event) -> Option<Event> {
        match &mut *self.lock() {
            Waiting::Nobody => None,
            Waiting::For(events) => {
                if events.len() == LONGEST_QUEUE {
                    events.remove(0);
                }
                events.push(event);
                None
            }
            Waiting::Listening => Some(event),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the window, if there is one.
pub(crate) fn tell(app: &AppHandle, event: Event) {
    if let Some(event) = app.state::<Shell>().line.pass(event)
        && let Err(error) = app.emit_to(MAIN, CHANNEL, event)
    {
        tracing::warn!(%error, "the window cannot be told");
    }
}

/// Brings the window to the front; makes it if there is none. Returns at once. While the program is
/// still being put together (or could not be) there is nothing to show.
pub(crate) fn show(app: &AppHandle) {
    let Some(shell) = app.try_state::<Shell>() else { return };
    shell.line.opens();
    let app = app.clone();
    // Never from an event handler itself: on Windows the webview would wait for the very thread
    // that waits for it.
    tauri::async_runtime::spawn_blocking(move || {
        if let Err(error) = bring_to_front(&app) {
            tracing::error!(%error, "the window cannot be shown");
            if app.get_webview_window(MAIN).is_none() {
                app.state::<Shell>().line.closes();
            }
        }
    });
}

/// Opens an article in the window.
pub(crate) fn open_article(app: &AppHandle, article: ArticleId) {
    show(app);
    if let Ok(article) = i32::try_from(article.0) {
        tell(app, Event::Open { article });
    }
}

/// Opens a screen in the window.
pub(crate) fn open_screen(app: &AppHandle, screen: Screen) {
    show(app);
    let screen = match screen {
        Screen::Alerts => "alerts",
        Screen::Digest => "digest",
    };
    tell(app, Event::Show { screen: screen.to_owned() });
}

/// Takes the window away without ending the program. Its web process ends with it, and two thirds
/// of the memory. Without a tray it is minimised: the user must find it again.
pub(crate) fn hide(app: &AppHandle) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(MAIN) else { return Ok(()) };
    match app.state::<Shell>().tray.is_shown() {
        true => window.destroy(),
        false => window.minimize(),
    }
}

fn bring_to_front(app: &AppHandle) -> tauri::Result<()> {
    let window = match app.get_webview_window(MAIN) {
        Some(window) => window,
        None => build(app)?,
    };
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}

fn build(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let chosen = settings::load(app.state::<Shell>().monitor.library()).unwrap_or_default();
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Wirewatch")
        // Before the page is there to say so, lest a dark window begins with a white flash.
        .theme(theme(&chosen))
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()
}

/// The theme of the window's frame, and what the page takes for the system's; `None` leaves it to the
/// system.
pub(crate) fn theme(settings: &Settings) -> Option<Theme> {
    match settings.theme.as_str() {
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    }
}

/// The window shows the program's own page and nothing else; a page that an article links to is
/// opened outside, by command.
fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost") || is_development_server(url),
        // The frame in which a digest is looked at has its text from our page.
        "about" => matches!(url.path(), "srcdoc" | "blank"),
        _ => false,
    }
}

fn is_development_server(url: &Url) -> bool {
    cfg!(not(feature = "custom-protocol")) && url.host_str() == Some("localhost") && url.port() == Some(1420)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_on_its_own_page() {
        for (address, ours) in [
            ("tauri://localhost/", true),
            ("http://tauri.localhost/index.html", true),
            ("about:srcdoc", true),
            ("tauri://elsewhere/", false),
            ("https://example.org/", false),
            ("http://tauri.localhost.example.org/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,x", false),
            ("javascript:alert(1)", false),
        ] {
            assert_eq!(is_ours(&Url::parse(address).unwrap()), ours, "{address}");
        }
    }

    #[test]
    fn what_is_told_before_the_window_listens_waits() {
        let line = Line::default();
        assert!(line.pass(Event::Alerts).is_none(), "no window, nobody to tell");
        line.opens();
        assert!(line.pass(Event::Open { article: 7 }).is_none(), "not yet listening");
        line.opens();
        assert!(matches!(line.listens().as_slice(), [Event::Open { article: 7 }]), "told once it listens");
        assert!(line.pass(Event::Topics).is_some(), "told at once");
        assert!(line.listens().is_empty(), "a page that loads again has missed nothing");
        line.closes();
        assert!(line.pass(Event::Topics).is_none(), "the window is gone");
    }
}
