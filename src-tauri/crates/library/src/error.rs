//! What can go wrong with a library.

/// Why the library could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The folder or file cannot be made or opened.
    #[error("cannot open the library's folder")]
    Folder(#[source] std::io::Error),
    /// The database refused.
    #[error("the library's database refused: {0}")]
    Database(#[from] rusqlite::Error),
    /// A newer Wirewatch wrote this file.
    #[error(
        "this library was written by a newer Wirewatch (schema {found}, this program knows {known}); update Wirewatch to open it"
    )]
    Newer {
        /// The file's schema.
        found: u32,
        /// The newest schema that this program knows.
        known: u32,
    },
    /// A stored value cannot be read back.
    #[error("stored {what} cannot be read back")]
    Stored {
        /// Which value.
        what: &'static str,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// What was named is not in the library.
    #[error("no {what} {id} in the library")]
    Missing {
        /// The kind of thing.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// Articles that should be taken out of one story are in several.
    #[error("these articles are in several stories ({0:?}); name articles of one")]
    SeveralStories(Vec<i64>),
}

impl LibraryError {
    pub(crate) fn stored(
        what: &'static str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> LibraryError {
        LibraryError::Stored { what, source: source.into() }
    }

    /// Whether the disk is full: the one refusal of the database that the user can mend.
    pub fn is_disk_full(&self) -> bool {
        matches!(self, LibraryError::Database(error)
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull))
    }
}

pub(crate) type Result<T> = std::result::Result<T, LibraryError>;
