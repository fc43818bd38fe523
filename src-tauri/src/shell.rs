//! What every command reaches.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tauri::async_runtime;
use wirewatch_monitor::{Monitor, PdfMaker, PressHandle, WatchHandle};

use crate::chooser::FileChooser;
use crate::notify::Notifier;
use crate::tray::Tray;
use crate::window::Line;

/// Longest that quitting waits for work that was begun. What is not done by then is not lost: it is
/// done again at the next start; of a mail under way it is then asked whether to send it again.
const LONGEST_GOODBYE: Duration = Duration::from_secs(10);

/// The monitor, and the desktop around the window.
pub(crate) struct Shell {
    /// What watches.
    pub(crate) monitor: Monitor,
    /// The line to the window.
    pub(crate) line: Line,
    /// The icon in the panel.
    pub(crate) tray: Tray,
    /// Shows notifications.
    pub(crate) notifier: Box<dyn Notifier>,
    /// Asks for files and folders.
    pub(crate) chooser: Box<dyn FileChooser>,
    /// How a PDF is made.
    pub(crate) pdf_maker: PdfMaker,
    /// Keeps the monitor watching; gone once it was told to stop.
    pub(crate) watch: Mutex<Option<WatchHandle>>,
    /// Keeps planned digests coming; gone once it was told to stop.
    pub(crate) press: Mutex<Option<PressHandle>>,
}

impl Shell {
    /// Holds on to the watch until the program ends.
    pub(crate) fn keep(&self, watch: WatchHandle) {
        *self.watch() = Some(watch);
    }

    /// Holds on to what makes digests until the program ends.
    pub(crate) fn keep_press(&self, press: PressHandle) {
        *self.press() = Some(press);
    }

    /// Checks every source now; what comes of it is told as events.
    pub(crate) fn check_now(&self) {
        if let Some(watch) = &*self.watch() {
            watch.check_now();
        }
    }

    /// Stops watching, and waits until what was begun is done. Calling it again is harmless.
    pub(crate) fn stop(&self) {
        let (watch, press) = (self.watch().take(), self.press().take());
        let stopped = async_runtime::block_on(async {
            let watching = async {
                match watch {
                    Some(mut watch) => watch.stop().await,
                    None => Ok(()),
                }
            };
            let publishing = async {
                if let Some(mut press) = press {
                    press.stop().await;
                }
            };
            let (watching, ()) = tokio::join!(tokio::time::timeout(LONGEST_GOODBYE, watching), publishing);
            watching
        });
        match stopped {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "watching ended badly"),
            Err(_) => tracing::warn!("what was begun was not done in time"),
        }
    }

    fn press(&self) -> MutexGuard<'_, Option<PressHandle>> {
        self.press.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watch(&self) -> MutexGuard<'_, Option<WatchHandle>> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
