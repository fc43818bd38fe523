//! What the user chose, kept in the library; starting at login is kept by the system.

use tauri::AppHandle;
use tauri_plugin_autostart::ManagerExt as _;
use wirewatch_library::{Library, LibraryError};

use crate::wire::Settings;

/// The library's setting that holds them, as JSON.
const KEY: &str = "window";

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            close_to_tray: None,
            start_at_login: false,
            notifications: true,
            theme: "system".to_owned(),
        }
    }
}

/// What is kept in the library. What cannot be read back counts as never chosen.
pub(crate) fn load(library: &Library) -> Result<Settings, LibraryError> {
    let text = library.setting(KEY)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Keeps them in the library.
pub(crate) fn save(library: &Library, settings: &Settings) -> Result<(), LibraryError> {
    let text = serde_json::to_string(settings).expect("plain data with string keys always serialises");
    library.set_setting(KEY, &text)
}

/// Whether the system starts Wirewatch at login. One that does not tell does not.
pub(crate) fn starts_at_login(app: &AppHandle) -> bool {
    app.autolaunch().is_enabled().unwrap_or_else(|error| {
        tracing::warn!(%error, "the system does not say what it starts at login");
        false
    })
}

/// Has the system start Wirewatch at login, or not any more.
///
/// # Errors
/// In plain words, what the system did not want to do.
pub(crate) fn set_start_at_login(app: &AppHandle, wanted: bool) -> Result<(), String> {
    if wanted == starts_at_login(app) {
        return Ok(());
    }
    let launcher = app.autolaunch();
    let done = if wanted { launcher.enable() } else { launcher.disable() };
    done.map_err(|error| format!("the system refuses to change what it starts at login: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_and_older_ones_get_what_they_lack() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(folder.path()).unwrap();
        assert_eq!(load(&library).unwrap(), Settings::default(), "nothing chosen yet");

        let chosen = Settings { close_to_tray: Some(true), theme: "dark".to_owned(), ..Settings::default() };
        save(&library, &chosen).unwrap();
        assert_eq!(load(&library).unwrap(), chosen);

        library.set_setting(KEY, r#"{"theme":"light"}"#).unwrap();
        let older = load(&library).unwrap();
        assert_eq!((older.theme.as_str(), older.notifications), ("light", true));

        library.set_setting(KEY, "not JSON").unwrap();
        assert_eq!(load(&library).unwrap(), Settings::default());
    }
}
