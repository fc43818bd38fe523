//! The world that the typesetter sees: one template, one data file, some fonts. Nothing else exists
//! in it: no disk, no network, no clock, no packages.

use std::sync::LazyLock;

use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic, Warned};
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;

use crate::DigestError;

/// Lays the digest out on pages.
pub(super) fn typeset(data: &Value, fonts: &'static FontStore) -> Result<PagedDocument, DigestError> {
    let Warned { output, warnings } =
        typst::compile(&Press { data: Bytes::new(data.to_string().into_bytes()), fonts });
    for warning in warnings {
        tracing::debug!(message = warning.message.as_str(), "typesetter warns");
    }
    output.map_err(|errors| DigestError::Typesetting(in_words(errors)))
}

/// Errors of the typesetter in one line.
pub(super) fn in_words(errors: EcoVec<SourceDiagnostic>) -> String {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    messages.join("; ")
}

struct Press {
    data: Bytes,
    fonts: &'static FontStore,
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static MAIN: LazyLock<Source> =
    LazyLock::new(|| Source::new(file_id("/main.typ"), include_str!("../templates/digest.typ").to_owned()));
static DATA: LazyLock<FileId> = LazyLock::new(|| file_id("/digest.json"));

/// The id of a file; ids live as long as the process, so only for these few names.
fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("our own file names are valid paths");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        MAIN.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == MAIN.id() { Ok(MAIN.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
