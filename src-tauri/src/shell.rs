//! What every command reaches.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tauri::async_runtime;
use wirewatch_model::SourceId;
use wirewatch_monitor::{Monitor, Press, PressHandle, WatchHandle};

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
    /// How a PDF is made, and where passwords are.
    pub(crate) press: Press,
    /// Keeps the monitor watching; gone once it was told to stop.
    pub(crate) watch: Mutex<Option<WatchHandle>>,
    /// Keeps planned digests coming; gone once it was told to stop.
    pub(crate) publishing: Mutex<Option<PressHandle>>,
}

impl Shell {
    /// Holds on to the watch until the program ends.
    pub(crate) fn keep(&self, watch: WatchHandle) {
        *self.watch() = Some(watch);
    }

    /// Holds on to what makes digests until the program ends.
    pub(crate) fn keep_publishing(&self, publishing: PressHandle) {
        *self.publishing() = Some(publishing);
    }

    /// Checks every source now; what comes of it is told as events.
    pub(crate) fn check_now(&self) {
        if let Some(watch) = &*self.watch() {
            watch.check_now();
        }
    }

    /// Checks one source now, whatever its state; what comes of it is told as events. False if nothing is
    /// watched, so that nothing will come of it.
    pub(crate) fn check_source(&self, id: SourceId) -> bool {
        let watch = self.watch();
        if let Some(watch) = &*watch {
            watch.check_source(id);
        }
        watch.is_some()
    }

    /// Stops watching, and waits until what was begun is done. Calling it again is harmless.
    pub(crate) fn stop(&self) {
        let (watch, publishing) = (self.watch().take(), self.publishing().take());
        let stopped = async_runtime::block_on(async {
            let watching = async {
                match watch {
                    Some(mut watch) => watch.stop().await,
                    None => Ok(()),
                }
            };
            let published = async {
                if let Some(mut publishing) = publishing {
                    publishing.stop().await;
                }
            };
            let (watching, ()) = tokio::join!(tokio::time::timeout(LONGEST_GOODBYE, watching), published);
            watching
        });
        match stopped {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "watching ended badly"),
            Err(_) => tracing::warn!("what was begun was not done in time"),
        }
    }

    fn publishing(&self) -> MutexGuard<'_, Option<PressHandle>> {
        self.publishing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watch(&self) -> MutexGuard<'_, Option<WatchHandle>> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
