//! Desktop notifications, whoever shows them.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod plain;

use tauri::{AppHandle, Manager as _};
use wirewatch_model::{AlertId, ArticleId, TopicId};
use wirewatch_monitor::{Event, Monitor, MonitorError};

use crate::shell::Shell;
use crate::window::{self, Screen};

/// A notification.
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "elsewhere they are shown, and no more"))]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    /// Its first line.
    pub(crate) title: String,
    /// The headline, if it is about one article.
    pub(crate) headline: Option<String>,
    /// The lines below.
    pub(crate) lines: Vec<String>,
    /// What a click opens.
    pub(crate) opens: Opens,
    /// The topic that may be snoozed from it.
    pub(crate) topic: Option<TopicId>,
    /// The alerts that it tells of.
    pub(crate) alerts: Vec<AlertId>,
    /// To be heard, and to stay until it is looked at.
    pub(crate) urgent: bool,
}

/// What a click on a notification opens.
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "elsewhere a click opens the window"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opens {
    /// An article.
    Article(ArticleId),
    /// The alert inbox.
    Alerts,
}

/// What the user did with a notification.
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "elsewhere nothing is heard of it"))]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Opened what it is about.
    Open(Opens),
    /// Marked its article as read.
    MarkRead(ArticleId),
    /// Wants no more of its topic until tomorrow.
    Snooze(TopicId),
}

/// Shows notifications. What it cannot show is in the alert inbox all the same, so trouble is
/// logged and no error. Both calls may block for as long as the desktop takes to answer.
pub(crate) trait Notifier: Send + Sync {
    /// Shows one.
    fn show(&self, notice: Notice);

    /// Takes back those of which every alert is among these.
    fn withdraw(&self, alerts: &[AlertId]);
}

/// The notifier of this platform.
pub(crate) fn notifier(app: &AppHandle) -> Box<dyn Notifier> {
    #[cfg(target_os = "linux")]
    {
        let app = app.clone();
        Box::new(linux::SessionBus::connect(move |answer| obey(&app, answer)))
    }
    #[cfg(not(target_os = "linux"))]
    Box::new(plain::Plain::new(app.clone()))
}

/// Does what the user wants.
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "elsewhere nothing is heard of it"))]
fn obey(app: &AppHandle, answer: Answer) {
    match answer {
        Answer::Open(Opens::Article(article)) => window::open_article(app, article),
        Answer::Open(Opens::Alerts) => window::open_screen(app, Screen::Alerts),
        Answer::MarkRead(article) => aside(app, move |monitor| {
            monitor.library().set_read(&[article], true)?;
            monitor.tell(Event::Articles { new: 0 });
            monitor.tell(Event::Alerts);
            Ok(())
        }),
        Answer::Snooze(topic) => {
            aside(app, move |monitor| monitor.snooze_topic(&topic, Some(monitor.tomorrow())));
        }
    }
}

/// Does something that blocks on a thread that may.
fn aside(app: &AppHandle, work: impl FnOnce(&Monitor) -> Result<(), MonitorError> + Send + 'static) {
    let monitor = app.state::<Shell>().monitor.clone();
    tauri::async_runtime::spawn_blocking(move || {
        if let Err(error) = work(&monitor) {
            tracing::error!(%error, "what was clicked in a notification was not done");
        }
    });
}
