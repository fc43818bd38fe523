//! Files that are written whole or not at all.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::MonitorError;

/// Writes beside the file and moves it into place: nobody sees half a file, and a full disk
/// leaves the old one.
///
/// # Errors
/// Those of `write`, and [`MonitorError::File`] if the file cannot be written.
pub fn write_whole<T, E: From<MonitorError>>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, E>,
) -> Result<T, E> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let failed = |error| E::from(MonitorError::File { path: path.to_owned(), error });
    let mut out = BufWriter::new(File::create(&beside).map_err(failed)?);
    let written = write(&mut out).and_then(|value| {
        out.flush().map_err(failed)?;
        std::fs::rename(&beside, path).map_err(failed)?;
        Ok(value)
    });
    if written.is_err() {
        // Best effort: the error that matters is the one above.
        let _ = std::fs::remove_file(&beside);
    }
    written
}

/// Writes bytes that are there already.
///
/// # Errors
/// [`MonitorError::File`] if the file cannot be written.
pub fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), MonitorError> {
    write_whole(path, |out| {
        out.write_all(bytes).map_err(|error| MonitorError::File { path: path.to_owned(), error })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_finished_leaves_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        write_bytes(&path, b"old").unwrap();
        let refused = write_whole(&path, |out| {
            out.write_all(b"half").unwrap();
            Err::<(), _>(MonitorError::NoSuchPath(path.clone()))
        });
        assert!(refused.is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
