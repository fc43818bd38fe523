//! Desktop notifications, whoever shows them.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod plain;

use tauri::AppHandle;
use wirewatch_model::{AlertId, ArticleId, TopicId};

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
    return Box::new(linux::SessionBus::connect(app.clone()));
    #[cfg(not(target_os = "linux"))]
    return Box::new(plain::Plain::new(app.clone()));
}
