//! The outbox: alerts that are committed but not shown yet are shown, then marked.

use wirewatch_library::AlertFilter;
use wirewatch_model::{Alert, AlertId, AlertState};

use crate::error::Result;
use crate::{Event, Monitor};

/// More alerts than this at once become one summary: nobody reads a burst one by one.
const BURST: usize = 5;

/// What is to be shown.
#[derive(Debug, Clone, Copy)]
pub enum Announcement<'a> {
    /// One alert.
    One(&'a Alert),
    /// Many at once.
    Many(&'a [Alert]),
}

/// Shows alerts: a desktop notification, a line in a terminal.
pub trait Announcer: Send + Sync {
    /// Shows them; what has been shown is not shown again.
    fn announce(&self, announcement: Announcement<'_>);

    /// Whether many alerts at once are to be folded into one summary.
    fn folds_bursts(&self) -> bool {
        true
    }
}

impl Monitor {
    /// The alerts that have not been shown and may be.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn due_alerts(&self) -> Result<Vec<Alert>> {
        Ok(self.library().alerts(AlertFilter::Pending, self.now())?)
    }

    /// Shows every alert that has not been shown yet, and marks it after the fact: a kill between
    /// the two shows it once more rather than never.
    ///
    /// # Errors
    /// If the library cannot be read or written.
    pub fn deliver(&self, announcer: &dyn Announcer) -> Result<()> {
        let library = self.library();
        let pending = self.due_alerts()?;
        if pending.is_empty() {
            return Ok(());
        }
        if self.paused() {
            // They wait in the inbox, where the user finds them; they are not shown later, when
            // they are no news any more.
            library.advance_alerts(&ids(&pending), AlertState::Delivered)?;
        } else if announcer.folds_bursts() && pending.len() > BURST {
            announcer.announce(Announcement::Many(&pending));
            library.advance_alerts(&ids(&pending), AlertState::Delivered)?;
        } else {
            for alert in &pending {
                announcer.announce(Announcement::One(alert));
                library.advance_alerts(&[alert.id], AlertState::Delivered)?;
            }
        }
        self.tell(Event::Alerts);
        Ok(())
    }
}

fn ids(alerts: &[Alert]) -> Vec<AlertId> {
    alerts.iter().map(|alert| alert.id).collect()
}
