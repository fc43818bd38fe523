//! Notifications on Windows and macOS: shown, and no more. A click brings the window up as these
//! systems do it by themselves.

use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt as _;
use wirewatch_model::AlertId;

use super::{Notice, Notifier};

/// Through Tauri's plugin.
pub(super) struct Plain(AppHandle);

impl Plain {
    pub(super) fn new(app: AppHandle) -> Plain {
        Plain(app)
    }
}

impl Notifier for Plain {
    fn show(&self, notice: Notice) {
        let body = notice.headline.into_iter().chain(notice.lines).collect::<Vec<_>>().join("\n");
        if let Err(error) = self.0.notification().builder().title(notice.title).body(body).show() {
            tracing::warn!(%error, "notification not shown");
        }
    }

    fn withdraw(&self, _alerts: &[AlertId]) {
        // The plugin cannot on a desktop.
    }
}
