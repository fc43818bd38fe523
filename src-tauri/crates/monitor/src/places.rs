//! Where things lie on each platform.

use std::path::PathBuf;

/// The library's folder if nobody names one: the platform's data folder, or `wirewatch-library`
/// here if the platform does not tell.
pub fn default_library() -> PathBuf {
    directories::ProjectDirs::from("app", "wirewatch", "Wirewatch")
        .map_or_else(|| PathBuf::from("wirewatch-library"), |places| places.data_local_dir().to_owned())
}
