//! After a start or a sleep sources are looked at first, and then the digests are made that were missed.

use std::time::{Duration, Instant};

use wirewatch_model::SourceKind;

use crate::Monitor;
use crate::error::Result;
use crate::rhythm::is_due;
use crate::schedule::{Due, Making, SETTLE};

/// A digest waits for sources no longer than this: without a network it comes with what is there.
const LONGEST: Duration = Duration::from_secs(3 * 60);

/// How far the catching up is.
#[derive(Debug, Default)]
pub(crate) struct CatchingUp {
    /// When it was first seen that there is something to make up for.
    since: Option<Instant>,
    /// When every source had been looked at.
    looked: Option<Instant>,
}

impl CatchingUp {
    /// Whether the digests have to wait for sources.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub(crate) fn look(&mut self, monitor: &Monitor) -> Result<bool> {
        if !monitor.has_to_catch_up()? {
            *self = CatchingUp::default();
            return Ok(false);
        }
        Ok(self.waits(monitor.is_behind()?, Instant::now()))
    }

    /// What was just fetched is in the library for good a moment later.
    fn waits(&mut self, is_behind: bool, now: Instant) -> bool {
        let since = *self.since.get_or_insert(now);
        if !is_behind {
            self.looked.get_or_insert(now);
        }
        let settle = SETTLE.to_std().unwrap_or_default();
        let is_settled = self.looked.is_some_and(|looked| now.duration_since(looked) >= settle);
        !is_settled && now.duration_since(since) < LONGEST
    }
}

impl Monitor {
    /// Whether a digest was not made at its time.
    fn has_to_catch_up(&self) -> Result<bool> {
        for plan in self.library().plans()? {
            if matches!(self.due(&plan)?, Due::Make(Making { catches_up: true, .. })) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a source on the web is due that was not looked at yet.
    fn is_behind(&self) -> Result<bool> {
        let now = self.now();
        Ok(self.library().sources()?.iter().any(|source| {
            source.spec.kind != SourceKind::Folder
                && source.health.state.is_watched()
                && is_due(source.health.next_check, now)
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{AddRequest, SystemClock};

    #[test]
    fn a_digest_does_not_wait_for_a_source_that_is_paused() {
        let folder = tempfile::tempdir().unwrap();
        let monitor = Monitor::open(folder.path(), Arc::new(SystemClock)).unwrap();
        let location = "https://a.example/".to_owned();
        let source = monitor.add_unasked(AddRequest { location, ..AddRequest::default() }).unwrap();
        assert!(monitor.is_behind().unwrap(), "it was not looked at yet");
        monitor.pause_source(source.id).unwrap();
        assert!(!monitor.is_behind().unwrap(), "nobody is going to look at it");
    }

    #[test]
    fn a_digest_waits_for_sources_but_not_for_ever() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut catching_up = CatchingUp::default();
        assert!(catching_up.waits(true, start), "a source is due");
        assert!(catching_up.waits(false, at(20)), "what it brought is not settled");
        assert!(catching_up.waits(true, at(40)), "it is due again, as one always is");
        assert!(!catching_up.waits(true, at(50)), "each was looked at, and half a minute passed");
        let mut offline = CatchingUp::default();
        assert!(offline.waits(true, start) && offline.waits(true, at(179)));
        assert!(!offline.waits(true, at(180)), "nothing answers");
    }
}
