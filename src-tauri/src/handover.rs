//! Files for other programs: written where they may lie for a while, and opened by whatever the
//! system has for their kind.

use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager as _};
use tauri_plugin_opener::OpenerExt as _;
use wirewatch_monitor::write_bytes;

use crate::wire::{CommandError, HandedOver, in_words};

/// The folder in the program's cache that they lie in. One of the same name replaces the last.
const FOLDER: &str = "handed-over";

/// Writes a file and has it opened; where no program opens it, shows it in its folder.
///
/// # Errors
/// In plain words, if it cannot be written; with its path, if it is written and cannot be shown.
pub(crate) fn hand_over(app: &AppHandle, name: &str, bytes: &[u8]) -> Result<HandedOver, CommandError> {
    let path = place(app)?.join(name);
    write_bytes(&path, bytes)?;
    let text = path.to_string_lossy().into_owned();
    let opened = match app.opener().open_path(text.clone(), None::<&str>) {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, "no program opens it");
            show(app, &path)?;
            false
        }
    };
    Ok(HandedOver { path: text, opened })
}

fn show(app: &AppHandle, path: &Path) -> Result<(), CommandError> {
    app.opener().reveal_item_in_dir(path).map_err(|error| {
        CommandError::failed(format!("No program opens it ({error}). It is in {}.", path.display()))
    })
}

/// Nobody else's folder: what lies in a shared one could be exchanged before it is opened.
fn place(app: &AppHandle) -> Result<PathBuf, CommandError> {
    let folder =
        app.path().app_cache_dir().map_err(|error| CommandError::failed(in_words(&error)))?.join(FOLDER);
    std::fs::create_dir_all(&folder)
        .map_err(|error| CommandError::failed(format!("{}: {error}", folder.display())))?;
    Ok(folder)
}
