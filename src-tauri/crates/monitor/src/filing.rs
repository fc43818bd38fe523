//! Files that have been read: known again under another name, and put away if the user wishes it.
//! Nothing is ever deleted or overwritten.

use std::path::{Path, PathBuf};

use wirewatch_library::ReceiptOutcome;
use wirewatch_model::Source;

use crate::error::Result;
use crate::folder::FoundFile;
use crate::{Monitor, Tally};

/// Names that are tried for a file where its own is taken.
const MOST_NAMES: u32 = 10_000;

impl Monitor {
    /// Tells files that have another name now from new ones: the same bytes of the same moment, and
    /// nothing any more under the name on the receipt. Gives how many articles they hold, and the
    /// files that are new.
    pub(crate) fn recognise(&self, source: &Source, files: &[FoundFile]) -> Result<(u32, Vec<FoundFile>)> {
        let (mut articles, mut fresh) = (0, Vec::new());
        for file in files {
            match self.old_name(source, file)? {
                Some((old, held)) => {
                    self.library().rename_file(source.id, &old, &file.name())?;
                    articles += held;
                }
                None => fresh.push(file.clone()),
            }
        }
        Ok((articles, fresh))
    }

    fn old_name(&self, source: &Source, file: &FoundFile) -> Result<Option<(String, u32)>> {
        let alike = self.library().receipts_like(source.id, file.size, file.modified)?;
        let mut hash = None;
        for receipt in alike.into_iter().filter(|receipt| receipt.path != file.name()) {
            let ReceiptOutcome::Articles(held) = receipt.outcome else { continue };
            if FoundFile::at(Path::new(&receipt.path)).is_some_and(|there| there.is_as(&receipt)) {
                // It is there still: this one is a copy.
                continue;
            }
            if hash.is_none() {
                hash = std::fs::read(&file.path).ok().map(|bytes| content_hash(&bytes));
            }
            if hash.is_some() && receipt.hash == hash {
                return Ok(Some((receipt.path, held)));
            }
        }
        Ok(None)
    }

    /// Moves files that have been read to where the user wants them, if he does.
    pub(crate) fn put_away(&self, source: &Source, files: &[PathBuf], tally: &mut Tally) -> Result<()> {
        let Some(target) = self.library().source_options(source.id)?.move_to else { return Ok(()) };
        for file in files {
            if !self.is_as_read(source, file)? {
                // It was written to since; the next pass reads what it says now.
                continue;
            }
            match move_below(file, Path::new(&source.spec.location), Path::new(&target)) {
                Ok(to) => {
                    self.library().rename_file(source.id, &file.to_string_lossy(), &to.to_string_lossy())?;
                }
                Err(error) => {
                    let reason =
                        format!("it was read and stays, since it cannot be moved to {target}: {error}");
                    tally.trouble(&file.to_string_lossy(), reason);
                }
            }
        }
        Ok(())
    }

    fn is_as_read(&self, source: &Source, file: &Path) -> Result<bool> {
        let receipt = self.library().receipt(source.id, &file.to_string_lossy())?;
        let there = FoundFile::at(file);
        Ok(receipt.is_some_and(|receipt| there.is_some_and(|there| there.is_as(&receipt))))
    }
}

/// Moves a file to its place below `target`, under another name if its own is taken there. Never
/// copies: on another drive that would mean to delete the original.
fn move_below(file: &Path, root: &Path, target: &Path) -> std::io::Result<PathBuf> {
    let inside = file.strip_prefix(root).unwrap_or(file.file_name().map_or(file, Path::new));
    let wanted = target.join(inside);
    std::fs::create_dir_all(wanted.parent().unwrap_or(target))?;
    let to = claim(&wanted)?;
    std::fs::rename(file, &to).inspect_err(|_| give_up(&to))?;
    Ok(to)
}

/// Takes a name that is free with an empty file of ours, which the file that is moved then replaces:
/// between a look at a name and the moving another program could take it.
fn claim(wanted: &Path) -> std::io::Result<PathBuf> {
    for number in 1..MOST_NAMES {
        let path = numbered(wanted, number);
        if path.symlink_metadata().is_ok() {
            continue;
        }
        match std::fs::OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(_) => return Ok(path),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(std::io::Error::other("every name is taken there"))
}

/// Takes back an empty file of ours; if another program wrote to it, it is not ours any more.
fn give_up(claimed: &Path) {
    if std::fs::metadata(claimed).is_ok_and(|facts| facts.len() == 0)
        && let Err(error) = std::fs::remove_file(claimed)
    {
        tracing::warn!(path = %claimed.display(), %error, "empty file stays");
    }
}

/// `talks.md`, `talks (2).md`, `talks (3).md` …
fn numbered(path: &Path, number: u32) -> PathBuf {
    if number == 1 {
        return path.to_owned();
    }
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let name = format!("{} ({number})", part(path.file_stem()));
    match path.extension() {
        Some(ending) => path.with_file_name(format!("{name}.{}", ending.to_string_lossy())),
        None => path.with_file_name(name),
    }
}

/// Tells contents apart.
pub(crate) fn content_hash(bytes: &[u8]) -> [u8; 16] {
    let mut hash = [0; 16];
    blake3::Hasher::new().update(bytes).finalize_xof().fill(&mut hash);
    hash
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use wirewatch_model::SourceOptions;

    use super::*;
    use crate::{AddRequest, SystemClock};

    #[test]
    fn a_moved_file_keeps_its_place_and_overwrites_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (root, target) = (folder.path().join("in"), folder.path().join("done"));
        std::fs::create_dir_all(root.join("a")).unwrap();
        for (text, name) in [("one", "a/talks.md"), ("two", "a/talks (2).md"), ("three", "a/talks (3).md")] {
            std::fs::write(root.join("a/talks.md"), text).unwrap();
            let to = move_below(&root.join("a/talks.md"), &root, &target).unwrap();
            assert_eq!(to, target.join(name));
            assert_eq!(std::fs::read_to_string(to).unwrap(), text);
        }
        assert!(!root.join("a/talks.md").exists());
    }

    #[test]
    fn a_name_is_claimed_once_and_given_back_if_nothing_comes() {
        let folder = tempfile::tempdir().unwrap();
        let wanted = folder.path().join("talks.md");
        let first = claim(&wanted).unwrap();
        let second = claim(&wanted).unwrap();
        assert_eq!((&first, &second), (&wanted, &folder.path().join("talks (2).md")));
        std::fs::write(&second, "of another program").unwrap();
        give_up(&first);
        give_up(&second);
        assert!(!first.exists() && second.exists());
        let root = folder.path().join("in");
        assert!(move_below(&root.join("gone.md"), &root, folder.path()).is_err());
        assert!(!folder.path().join("gone.md").exists(), "nothing is left of a move that failed");
    }

    #[tokio::test]
    async fn a_file_that_changed_since_it_was_read_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (inbox, done) = (folder.path().join("in"), folder.path().join("done"));
        std::fs::create_dir(&inbox).unwrap();
        let monitor = Monitor::open(&folder.path().join("library"), Arc::new(SystemClock)).unwrap();
        let options =
            SourceOptions { move_to: Some(done.to_string_lossy().into_owned()), ..SourceOptions::default() };
        let location = inbox.to_string_lossy().into_owned();
        let request = AddRequest { location, options, ..AddRequest::default() };
        let source = monitor.add(request).await.unwrap();
        let path = Path::new(&source.spec.location).join("talks.md");
        std::fs::write(&path, "# Talks\n\nThey met.").unwrap();
        let found = FoundFile::at(&path).unwrap();
        std::fs::write(&path, "# Talks\n\nThey met, and parted.").unwrap();
        let mut tally = Tally::of(&source);
        monitor.read_files(&source, &[found], &mut tally).unwrap();
        assert!(path.exists(), "what stands there now is on no receipt");
        let found = FoundFile::at(&path).unwrap();
        monitor.read_files(&source, &[found], &mut tally).unwrap();
        assert!(!path.exists() && done.join("talks.md").exists(), "it is put away when it has been read");
    }
}
