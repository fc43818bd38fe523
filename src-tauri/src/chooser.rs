//! Asking the user for a file or a folder, with the platform's own dialogs.

use std::path::PathBuf;

use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt as _, FilePath};

/// If this is set, no dialog is shown, and files are saved in this folder under their suggested
/// names. For tests, which cannot press a native dialog's buttons.
const SAVE_DIR: &str = "WIREWATCH_TEST_SAVE_DIR";

/// The folder that is chosen then; files are chosen from it.
const FOLDER: &str = "WIREWATCH_TEST_FOLDER";

/// A file to be saved, as it is suggested to the user.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Suggestion<'a> {
    /// The kind of file, for people.
    pub(crate) kind: &'a str,
    /// The ending of its name.
    pub(crate) extension: &'a str,
    /// Its name with the ending.
    pub(crate) name: &'a str,
}

/// Asks for places on the disk. Every call blocks until the user has answered; never call one on
/// the main thread, which draws the dialog.
pub(crate) trait FileChooser: Send + Sync {
    /// A folder that exists; `None` if the user thought better of it.
    fn folder(&self) -> Option<PathBuf>;

    /// A file that exists, of one of these endings; `None` if the user thought better of it.
    fn file(&self, kind: &str, extensions: &[&str]) -> Option<PathBuf>;

    /// Where to save a file; `None` if the user thought better of it.
    fn save(&self, suggestion: Suggestion<'_>) -> Option<PathBuf>;
}

/// The chooser of this run.
pub(crate) fn chooser(app: &AppHandle) -> Box<dyn FileChooser> {
    match std::env::var_os(SAVE_DIR) {
        Some(saved) => {
            let folder = std::env::var_os(FOLDER).map(PathBuf::from);
            Box::new(Fixed { folder, saved: PathBuf::from(saved) })
        }
        None => Box::new(Native(app.clone())),
    }
}

/// The platform's dialogs.
struct Native(AppHandle);

impl FileChooser for Native {
    fn folder(&self) -> Option<PathBuf> {
        self.0.dialog().file().blocking_pick_folder().and_then(path)
    }

    fn file(&self, kind: &str, extensions: &[&str]) -> Option<PathBuf> {
        self.0.dialog().file().add_filter(kind, extensions).blocking_pick_file().and_then(path)
    }

    fn save(&self, suggestion: Suggestion<'_>) -> Option<PathBuf> {
        self.0
            .dialog()
            .file()
            .add_filter(suggestion.kind, &[suggestion.extension])
            .set_file_name(suggestion.name)
            .blocking_save_file()
            .and_then(path)
    }
}

fn path(chosen: FilePath) -> Option<PathBuf> {
    // Desktop platforms answer with paths; an address would be a phone's.
    chosen.into_path().ok()
}

/// Answers without asking.
struct Fixed {
    folder: Option<PathBuf>,
    saved: PathBuf,
}

impl FileChooser for Fixed {
    fn folder(&self) -> Option<PathBuf> {
        self.folder.clone()
    }

    fn file(&self, _kind: &str, extensions: &[&str]) -> Option<PathBuf> {
        let found = std::fs::read_dir(self.folder.as_ref()?).ok()?.filter_map(Result::ok);
        let fits = |path: &PathBuf| {
            path.extension()
                .and_then(|ending| ending.to_str())
                .is_some_and(|ending| extensions.contains(&ending))
        };
        found.map(|entry| entry.path()).find(fits)
    }

    fn save(&self, suggestion: Suggestion<'_>) -> Option<PathBuf> {
        Some(self.saved.join(suggestion.name))
    }
}
