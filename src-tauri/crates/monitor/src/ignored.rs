//! Which files of a folder are not read: the system's own, half-made ones, and what the user says.

use std::path::{Path, PathBuf};

use wirewatch_intake::is_ignored_name;

use crate::wildcard::{Reach, matches};

/// The patterns of one folder. `*.log` is a name anywhere below it, `drafts/**` a path from it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ignored {
    patterns: Vec<Pattern>,
    /// Where read files are put; it may lie in the folder itself.
    folder: Option<PathBuf>,
}

#[derive(Debug, Clone)]
enum Pattern {
    /// A name, wherever it stands, as in other programs' lists.
    Name(String),
    /// A path from the folder.
    Path(String),
}

impl Pattern {
    fn read(text: &str) -> Result<Pattern, String> {
        let pattern = text.trim().trim_end_matches('/').to_lowercase();
        if pattern.trim_matches(['*', '/']).is_empty() {
            return Err(format!("{text:?} is no pattern of files: it would leave out everything"));
        }
        Ok(match pattern.strip_prefix('/') {
            Some(from_root) => Pattern::Path(from_root.to_owned()),
            None if pattern.contains('/') => Pattern::Path(pattern),
            None => Pattern::Name(pattern),
        })
    }

    fn is_match(&self, inside: &Path) -> bool {
        let lower = |text: &std::ffi::OsStr| text.to_string_lossy().to_lowercase().replace('\\', "/");
        match self {
            Pattern::Name(name) => {
                inside.file_name().is_some_and(|own| matches(name, &lower(own), Reach::Part))
            }
            Pattern::Path(path) => matches(path, &lower(inside.as_os_str()), Reach::Part),
        }
    }
}

impl Ignored {
    /// Reads patterns; the error names the one that is none.
    pub(crate) fn new(patterns: &[String]) -> Result<Ignored, String> {
        let patterns = patterns.iter().map(|text| Pattern::read(text)).collect::<Result<_, _>>()?;
        Ok(Ignored { patterns, folder: None })
    }

    /// Leaves out a folder, too.
    pub(crate) fn and_folder(mut self, folder: Option<PathBuf>) -> Ignored {
        self.folder = folder;
        self
    }

    /// Whether a file in a watched folder is looked at at all: not if it, or a folder between it
    /// and the root, is the system's own, somebody's temporary, or left out by the user.
    pub(crate) fn lets_through(&self, root: &Path, path: &Path) -> bool {
        path == root
            || path.strip_prefix(root).is_ok_and(|inside| {
                let own =
                    inside.components().any(|part| is_ignored_name(&part.as_os_str().to_string_lossy()));
                // A folder that is left out takes everything below it along.
                let left_out = inside
                    .ancestors()
                    .filter(|part| !part.as_os_str().is_empty())
                    .any(|part| self.patterns.iter().any(|pattern| pattern.is_match(part)));
                let put_away = self.folder.as_ref().is_some_and(|folder| path.starts_with(folder));
                !own && !left_out && !put_away
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_name_files_folders_and_paths() {
        let patterns = ["*.log", "drafts/", "/old/**", "a/*/b.md"].map(str::to_owned);
        let ignored = Ignored::new(&patterns).unwrap();
        let root = Path::new("/in");
        for (path, read) in [
            ("/in", true),
            ("/in/x.md", true),
            ("/in/x.log", false),
            ("/in/deep/down/x.LOG", false),
            ("/in/drafts/x.md", false),
            ("/in/deep/drafts/x.md", false),
            ("/in/old/x.md", false),
            ("/in/deep/old/x.md", true),
            ("/in/a/1/b.md", false),
            ("/in/a/1/2/b.md", true),
            ("/in/.git/x.md", false),
            ("/in/x.md.part", false),
            ("/elsewhere/x.md", false),
        ] {
            assert_eq!(ignored.lets_through(root, Path::new(path)), read, "{path}");
        }
    }

    #[test]
    fn the_folder_of_read_files_is_not_read() {
        let ignored = Ignored::default().and_folder(Some(PathBuf::from("/in/done")));
        let root = Path::new("/in");
        assert!(!ignored.lets_through(root, Path::new("/in/done/x.md")));
        assert!(ignored.lets_through(root, Path::new("/in/done.md")));
    }

    #[test]
    fn what_is_no_pattern_is_named() {
        assert!(Ignored::new(&["**/".to_owned()]).unwrap_err().contains("everything"));
    }
}
