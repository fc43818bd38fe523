//! When is a file finished? A state machine over what the system reports, with the time handed in.
//!
//! A writer may pause, so quiet alone proves nothing. Linux tells when a file that was written to
//! is closed; there, a file that was seen changing but not closed waits for its closing, with a
//! ceiling for writers that keep files open. Elsewhere, and for files that were found by a sweep,
//! a period of quiet has to do.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// After closing or moving into place: long enough for the several events of one save.
const AFTER_CLOSING: Duration = Duration::from_millis(150);

/// Without news of closing: copies over a network pause for less than this.
const QUIET: Duration = Duration::from_millis(1_500);

/// A file that stays open without a change for so long is read as it is.
const OPEN_CEILING: Duration = Duration::from_secs(30);

/// Whether the system reports that a file was closed after writing.
const SYSTEM_REPORTS_CLOSING: bool = cfg!(target_os = "linux");

/// What the system reports about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Made or written to.
    Written,
    /// Closed after writing, or moved into place.
    Finished,
    /// Found by a sweep, last changed so long ago.
    Found {
        /// Its age.
        age: Duration,
    },
    /// Gone.
    Gone,
}

/// The files that are not finished yet.
#[derive(Debug, Default)]
pub(crate) struct Settling {
    due: HashMap<PathBuf, Instant>,
    /// The same by time: a hundred thousand files may come at once.
    order: BTreeSet<(Instant, PathBuf)>,
}

impl Settling {
    /// Notes a sign of life.
    pub(crate) fn note(&mut self, path: &Path, sign: Sign, now: Instant) {
        let wait = match sign {
            Sign::Written if SYSTEM_REPORTS_CLOSING => OPEN_CEILING,
            Sign::Written => QUIET,
            Sign::Finished => AFTER_CLOSING,
            Sign::Found { age } => QUIET.saturating_sub(age),
            Sign::Gone => return self.forget(path),
        };
        self.forget(path);
        self.due.insert(path.to_owned(), now + wait);
        self.order.insert((now + wait, path.to_owned()));
    }

    fn forget(&mut self, path: &Path) {
        if let Some((path, due)) = self.due.remove_entry(path) {
            self.order.remove(&(due, path));
        }
    }

    /// Takes out the files that are finished now.
    pub(crate) fn finished(&mut self, now: Instant) -> Vec<PathBuf> {
        let mut finished = Vec::new();
        while self.order.first().is_some_and(|(due, _)| *due <= now) {
            if let Some((_, path)) = self.order.pop_first() {
                self.due.remove(&path);
                finished.push(path);
            }
        }
        finished.sort();
        finished
    }

    /// The files that are not finished.
    pub(crate) fn unfinished(&self) -> HashSet<PathBuf> {
        self.due.keys().cloned().collect()
    }

    /// When the next file may be finished.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.order.first().map(|(due, _)| *due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(millis: u64, from: Instant) -> Instant {
        from + Duration::from_millis(millis)
    }

    #[test]
    fn a_file_that_is_being_written_is_not_finished() {
        let (mut settling, start) = (Settling::default(), Instant::now());
        let path = Path::new("/in/a.md");
        settling.note(path, Sign::Written, start);
        settling.note(path, Sign::Written, after(100, start));
        assert!(settling.finished(after(1_000, start)).is_empty(), "still open");
        settling.note(path, Sign::Finished, after(1_000, start));
        assert!(settling.finished(after(1_100, start)).is_empty(), "just closed");
        assert_eq!(settling.finished(after(1_200, start)), [path]);
        assert!(settling.finished(after(9_000, start)).is_empty(), "taken out once");
    }

    #[test]
    fn writing_again_after_closing_starts_over() {
        let (mut settling, start) = (Settling::default(), Instant::now());
        let path = Path::new("/in/a.md");
        settling.note(path, Sign::Finished, start);
        settling.note(path, Sign::Written, after(50, start));
        assert!(settling.finished(after(400, start)).is_empty());
    }

    #[test]
    fn a_writer_that_never_closes_does_not_hold_a_file_for_ever() {
        let (mut settling, start) = (Settling::default(), Instant::now());
        settling.note(Path::new("/in/log.txt"), Sign::Written, start);
        assert_eq!(settling.finished(start + OPEN_CEILING).len(), 1);
    }

    #[test]
    fn a_swept_file_waits_for_what_is_left_of_the_quiet() {
        let (mut settling, start) = (Settling::default(), Instant::now());
        settling.note(Path::new("/in/old"), Sign::Found { age: Duration::from_secs(60) }, start);
        settling.note(Path::new("/in/young"), Sign::Found { age: Duration::from_millis(200) }, start);
        assert_eq!(settling.finished(start), [Path::new("/in/old")]);
        assert_eq!(settling.next(), Some(start + QUIET - Duration::from_millis(200)));
    }

    #[test]
    fn a_file_that_went_is_forgotten() {
        let (mut settling, start) = (Settling::default(), Instant::now());
        settling.note(Path::new("/in/a"), Sign::Finished, start);
        settling.note(Path::new("/in/a"), Sign::Gone, start);
        assert_eq!(settling.next(), None);
    }
}
