//! What whoever began the watch holds of it.

use std::sync::Arc;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use wirewatch_model::SourceId;

use super::{Order, Watch};
use crate::error::Result;
use crate::{Announcer, Monitor};

/// Keeps the monitor watching; dropping it stops the watch.
pub struct WatchHandle {
    stop: CancellationToken,
    counter: mpsc::Sender<Order>,
    task: Option<JoinHandle<Result<()>>>,
}

impl WatchHandle {
    /// Checks every source now, due or not, but those that are gone for good or paused. Returns at once;
    /// what comes of it is told as events.
    pub fn check_now(&self) {
        self.order(Order::Everything);
    }

    /// Checks one source now, whatever its state. Returns at once; what comes of it is told as events.
    pub fn check_source(&self, id: SourceId) {
        self.order(Order::One(id));
    }

    fn order(&self, order: Order) {
        // If so many are waiting, or the watch has ended, there is nothing to be gained by one more.
        let _ = self.counter.try_send(order);
    }

    /// Stops, and waits until everything that was begun is done. Calling it again is harmless.
    ///
    /// # Errors
    /// What ended the watch, if it did not end because of this.
    pub async fn stop(&mut self) -> Result<()> {
        self.stop.cancel();
        match self.task.take() {
            Some(task) => task.await?,
            None => Ok(()),
        }
    }

    /// Waits until the watch ends by itself, which it does only on an error.
    ///
    /// # Errors
    /// What ended the watch.
    pub async fn ended(&mut self) -> Result<()> {
        let Some(task) = &mut self.task else { return std::future::pending().await };
        let ended = task.await;
        self.task = None;
        ended?
    }
}

impl Drop for WatchHandle {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Monitor {
    /// Goes on watching every source until the handle is stopped, and hands alerts to `announcer`.
    ///
    /// # Errors
    /// If the system cannot watch folders.
    pub fn watch(&self, announcer: Arc<dyn Announcer>) -> Result<WatchHandle> {
        let stop = CancellationToken::new();
        let watch = Watch::new(self.clone(), announcer, stop.clone())?;
        let counter = watch.counter.clone();
        let task = tokio::spawn(watch.run());
        Ok(WatchHandle { stop, counter, task: Some(task) })
    }
}
