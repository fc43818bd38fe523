//! Progress of long work, on standard error and only where somebody looks at it.

use std::io::{IsTerminal as _, Write as _, stderr};

use tokio::sync::broadcast::{Receiver, error::RecvError};
use wirewatch_monitor::Event;

/// Shows progress until the monitor is gone.
pub(crate) async fn show(mut events: Receiver<Event>) {
    if !stderr().is_terminal() {
        return;
    }
    loop {
        match events.recv().await {
            Ok(Event::Progress { label, done, total }) => {
                let end = if done == total { "\n" } else { "" };
                // Nobody can be told that standard error is closed.
                let _ = write!(stderr().lock(), "\r{label}: {done} of {total}{end}");
            }
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
    }
}
