//! What the first bytes of a file say, whatever its name.

use super::{Format, Kind, WINDOW};

/// How files begin that are no text. Only what no clipping begins with: mailboxes begin with `From `
/// and programs with `MZ`, but so may an article; zeros give those away.
const MAGIC: &[(&[u8], Kind)] = &[
    (b"%PDF-", Kind::Is(Format::Pdf)),
    (b"{\\rtf", Kind::Is(Format::Rtf)),
    (b"\x89PNG\r\n\x1a\n", Kind::Binary("a PNG image")),
    (b"\xff\xd8\xff", Kind::Binary("a JPEG image")),
    (b"GIF87a", Kind::Binary("a GIF image")),
    (b"GIF89a", Kind::Binary("a GIF image")),
    (b"RIFF", Kind::Binary("a picture, sound or film")),
    (b"II*\0", Kind::Binary("a TIFF image")),
    (b"MM\0*", Kind::Binary("a TIFF image")),
    (b"\x1f\x8b", Kind::Binary("a gzip archive")),
    (b"BZh", Kind::Binary("a bzip2 archive")),
    (b"\xfd7zXZ\0", Kind::Binary("an xz archive")),
    (b"7z\xbc\xaf\x27\x1c", Kind::Binary("a 7z archive")),
    (b"Rar!\x1a\x07", Kind::Binary("a RAR archive")),
    (b"\x7fELF", Kind::Binary("a program")),
    (b"OggS", Kind::Binary("an Ogg sound or film")),
    (b"SQLite format 3\0", Kind::Binary("a database")),
];

/// The kind of a file that begins with these bytes, if they tell.
pub(crate) fn by_magic(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(zip(bytes));
    }
    if bytes.starts_with(COMPOUND) {
        return Some(Kind::Binary(compound(bytes)));
    }
    // A PDF may have up to a kilobyte of something else before it (ISO 32000-1, annex H.3.4.1).
    let window = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if window.windows(5).any(|five| five == b"%PDF-") && !window.is_ascii() {
        return Some(Kind::Is(Format::Pdf));
    }
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, kind)| kind)
}

/// How the container of old Office files begins.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What a compound file holds: newer documents with a password are packed into one too.
fn compound(bytes: &[u8]) -> &'static str {
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(locked.len()).any(|window| window == locked) {
        "a document with a password"
    } else {
        "an old Microsoft Office document (save it as .docx)"
    }
}

/// Which kind of document a ZIP archive is: its first entry's name stands behind 30 bytes of head.
fn zip(bytes: &[u8]) -> Kind {
    let head = bytes.get(30..bytes.len().min(WINDOW)).unwrap_or_default();
    let holds = |needle: &[u8]| head.windows(needle.len()).any(|window| window == needle);
    if holds(b"application/epub+zip") {
        Kind::Is(Format::Epub)
    } else if holds(b"application/vnd.oasis.opendocument.text") {
        Kind::Is(Format::Odt)
    } else if holds(b"word/") || holds(b"[Content_Types].xml") {
        Kind::Is(Format::Docx)
    } else {
        Kind::Binary("a ZIP archive")
    }
}
