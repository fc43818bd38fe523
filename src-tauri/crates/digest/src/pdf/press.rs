//! The world that the typesetter sees: one template, one data file, some fonts. Nothing else exists
//! in it: no disk, no network, no clock, no packages.

use std::sync::LazyLock;

use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;

use crate::{DigestError, Template};

/// Lays the digest out on pages, as the template says.
pub(super) fn typeset(
    template: &str,
    data: &Value,
    fonts: &'static FontStore,
) -> Result<PagedDocument, DigestError> {
    let main = Source::new(*MAIN, template.to_owned());
    let press = Press { main, data: Bytes::new(data.to_string().into_bytes()), fonts };
    let Warned { output, warnings } = typst::compile(&press);
    for warning in warnings {
        tracing::debug!(message = warning.message.as_str(), "typesetter warns");
    }
    output.map_err(|errors| DigestError::Typesetting(press.in_words(&errors)))
}

struct Press {
    main: Source,
    data: Bytes,
    fonts: &'static FontStore,
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static MAIN: LazyLock<FileId> = LazyLock::new(|| file_id("/main.typ"));
static DATA: LazyLock<FileId> = LazyLock::new(|| file_id("/digest.json"));

/// The id of a file; ids live as long as the process, so only for these few names.
fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("our own file names are valid paths");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl Press {
    /// Errors with their places in the template.
    fn in_words(&self, errors: &[SourceDiagnostic]) -> String {
        let messages = errors.iter().map(|error| match self.place(error) {
            Some((line, column)) => {
                format!("{}:{}:{}: {}", Template::Pdf.name(), line + 1, column + 1, error.message)
            }
            None => error.message.to_string(),
        });
        messages.collect::<Vec<_>>().join("; ")
    }

    /// Line and column in the template, counted from 0.
    fn place(&self, error: &SourceDiagnostic) -> Option<(usize, usize)> {
        let range = self.range(error.span)?;
        self.main.lines().byte_to_line_column(range.start)
    }
}

impl World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
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
