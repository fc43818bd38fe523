//! ZIP archives, bounded: a document of some pages must not unpack to gigabytes.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

/// Entries in an archive. A book with a picture on every page has some thousand.
const MOST_ENTRIES: usize = 20_000;

/// The size of one part when unpacked; the text of a thick novel has 2 MB.
const LARGEST_PART: u64 = 32 * 1024 * 1024;

/// What is unpacked of one archive in all.
const LARGEST_TOTAL: u64 = 96 * 1024 * 1024;

/// How much smaller a part may have been when packed. Office XML reaches about 40; a bomb is near
/// the thousand that deflate can do. Small parts may be anything.
const HIGHEST_RATIO: u64 = 250;

/// Below this size the ratio does not matter.
const SMALL_PART: u64 = 1024 * 1024;

/// Why a part of an archive is not to be had.
#[derive(Debug, thiserror::Error, PartialEq)]
pub(super) enum ArchiveError {
    #[error("the archive is damaged ({0})")]
    Damaged(String),
    #[error("the archive has {0} entries, more than any document")]
    Entries(usize),
    #[error("there is no “{0}” in it")]
    Missing(String),
    #[error("“{0}” unpacks to more than a document can hold")]
    Bomb(String),
    #[error("“{0}” is protected with a password; save the document without one")]
    Locked(String),
    #[error("it is no Word document but a spreadsheet or presentation")]
    NotWord,
}

/// A ZIP archive in memory.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive by its directory.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Archive<'a>, ArchiveError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if zip.len() > MOST_ENTRIES {
            return Err(ArchiveError::Entries(zip.len()));
        }
        Ok(Archive { zip, left: LARGEST_TOTAL })
    }

    /// A part's bytes.
    pub(super) fn read(&mut self, name: &str) -> Result<Vec<u8>, ArchiveError> {
        let limit = LARGEST_PART.min(self.left);
        let entry = self.zip.by_name(name).map_err(|error| match error {
            ZipError::FileNotFound => ArchiveError::Missing(name.to_owned()),
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                ArchiveError::Locked(name.to_owned())
            }
            error => damaged(error),
        })?;
        let packed = entry.compressed_size();
        let mut bytes = Vec::new();
        // The directory's sizes may lie; what comes out is counted, and costs even if it is refused.
        let read = entry.take(limit + 1).read_to_end(&mut bytes);
        let size = bytes.len() as u64;
        self.left = self.left.saturating_sub(size);
        read.map_err(|error| ArchiveError::Damaged(error.to_string()))?;
        if size > limit || size > SMALL_PART && size / packed.max(1) > HIGHEST_RATIO {
            return Err(ArchiveError::Bomb(name.to_owned()));
        }
        Ok(bytes)
    }

    /// A part as text.
    pub(super) fn text(&mut self, name: &str) -> Result<String, ArchiveError> {
        self.read(name).map(|bytes| crate::encoding::decode(&bytes, None).text)
    }

    /// A part as text, nothing if it is not there or cannot be read.
    pub(super) fn optional(&mut self, name: &str) -> String {
        self.text(name).unwrap_or_default()
    }
}

fn damaged(error: ZipError) -> ArchiveError {
    ArchiveError::Damaged(error.to_string())
}

/// The name of a part that is given relative to the folder of another: `OEBPS/a.opf` and `../b.xhtml`.
pub(super) fn resolve(base: &str, relative: &str) -> String {
    let relative = relative.split(['#', '?']).next().unwrap_or_default();
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> =
        if relative.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    /// An archive of these parts.
    pub(in crate::document) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let zeros = " ".repeat(LARGEST_PART as usize + 10);
        let repeated = " ".repeat(8 * 1024 * 1024);
        let bytes = archive(&[("large", &zeros), ("dense", &repeated), ("small", "text")]);
        let mut archive = Archive::open(&bytes).unwrap();
        for name in ["large", "dense"] {
            assert_eq!(archive.read(name), Err(ArchiveError::Bomb(name.into())), "{name}");
        }
        let unpacked = LARGEST_PART + 1 + repeated.len() as u64;
        assert_eq!(archive.left, LARGEST_TOTAL - unpacked, "what is refused was unpacked all the same");
        assert_eq!(archive.text("small").as_deref(), Ok("text"));
        assert_eq!(archive.read("none"), Err(ArchiveError::Missing("none".into())));
    }

    #[test]
    fn names_are_resolved_against_their_folder() {
        for (base, relative, want) in [
            ("OEBPS/content.opf", "text/a.xhtml#x", "OEBPS/text/a.xhtml"),
            ("OEBPS/content.opf", "../b.xhtml", "b.xhtml"),
            ("content.opf", "a.xhtml", "a.xhtml"),
            ("word/document.xml", "/word/styles.xml", "word/styles.xml"),
            ("a", "../../../b", "b"),
        ] {
            assert_eq!(resolve(base, relative), want, "{base} {relative}");
        }
    }
}
