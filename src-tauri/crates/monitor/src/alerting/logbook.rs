//! The logbook of the outbox: whoever holds it shows alerts, and what it lists was shown.
//!
//! Showing an alert and committing that it was shown cannot be one step. A line in this file, written by
//! one system call next to the one that shows the alert, is as near as it gets; whoever shows says on
//! which side. A notification that is shown once more takes the place of the first, so it is noted
//! after it was shown. A line on a terminal cannot be taken back, so it is noted just before: only a kill
//! between these two calls leaves an alert unprinted, and it stands in the inbox all the same. When the
//! commit was made the lines are taken out.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read as _, Seek as _, Write as _};
use std::path::Path;

use wirewatch_model::{Alert, Fate};

const FILE_NAME: &str = "shown-alerts";

/// Longest logbook that is read: one delivery of a hundred thousand alerts fits.
const LONGEST: u64 = 8 * 1024 * 1024;

/// The logbook, held until it is dropped. The system takes it out of the hands of the dead.
pub(crate) struct Logbook {
    file: File,
}

/// An alert that was shown, as far as it can be told again. A number alone would not do: if the power
/// fails, the system may lose the last commits, and the numbers are given again.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    id: i64,
    at: i64,
    pub(crate) fate: Fate,
}

impl Entry {
    pub(crate) fn is_of(&self, alert: &Alert) -> bool {
        (self.id, self.at) == (alert.id.0, alert.at.timestamp_millis())
    }
}

impl Logbook {
    /// Takes the logbook of a library; `None` if another process shows alerts just now.
    ///
    /// # Errors
    /// If the file can be neither opened nor made.
    pub(crate) fn take(folder: &Path) -> io::Result<Option<Logbook>> {
        let path = folder.join(FILE_NAME);
        let file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Logbook { file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            // A file system without locks has hardly two programs on it.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                Ok(Some(Logbook { file }))
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// What was shown and perhaps not committed. A line that a kill cut off is left out.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn entries(&mut self) -> io::Result<Vec<Entry>> {
        let mut bytes = Vec::new();
        self.file.rewind()?;
        (&mut self.file).take(LONGEST).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).lines().filter_map(entry).collect())
    }

    /// Writes down that these were shown, in one go.
    ///
    /// # Errors
    /// If the disk is full.
    pub(crate) fn note(&mut self, alerts: &[Alert], fate: Fate) -> io::Result<()> {
        let line =
            |alert: &Alert| format!("{} {} {}\n", alert.id, alert.at.timestamp_millis(), fate.as_str());
        self.file.write_all(alerts.iter().map(line).collect::<String>().as_bytes())
    }

    /// Takes everything out.
    ///
    /// # Errors
    /// If the system refuses.
    pub(crate) fn clear(&mut self) -> io::Result<()> {
        self.file.set_len(0)
    }
}

fn entry(line: &str) -> Option<Entry> {
    let mut words = line.split(' ');
    let (id, at) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some(Entry { id, at, fate: Fate::from_name(words.next()?)? })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use wirewatch_model::Hold;

    use super::super::policy::tests::alert;
    use super::*;

    #[test]
    fn one_holds_it_at_a_time_and_reads_what_the_last_one_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let mut first = Logbook::take(folder.path()).unwrap().expect("nobody has it");
        assert!(Logbook::take(folder.path()).unwrap().is_none(), "somebody has it");
        let shown = alert(7, "talks", wirewatch_model::Level::Notify);
        first.note(std::slice::from_ref(&shown), Fate::Shown).unwrap();
        drop(first);
        let mut second = Logbook::take(folder.path()).unwrap().expect("it was dropped");
        let entries = second.entries().unwrap();
        assert!(matches!(entries.as_slice(), [one] if one.is_of(&shown) && one.fate == Fate::Shown));
        let mut later = shown;
        later.at += TimeDelta::milliseconds(1);
        assert!(!entries[0].is_of(&later), "the number was given again");
        second.clear().unwrap();
        assert_eq!(second.entries().unwrap(), []);
    }

    #[test]
    fn a_line_that_is_none_is_left_out() {
        let whole = Entry { id: 7, at: 12, fate: Fate::Held(Hold::Paused) };
        assert_eq!(entry("7 12 paused"), Some(whole));
        for broken in ["", "7", "7 12", "7 12 pau", "x 12 shown", "7 99999999999999999999 shown"] {
            assert_eq!(entry(broken), None, "{broken:?}");
        }
    }
}
