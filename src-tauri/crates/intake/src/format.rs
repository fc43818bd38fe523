//! What kind of document bytes are: by name, header, first bytes and root element.

use crate::markup::{Piece, local, pieces};
use crate::{Hint, document, encoding, wire};

/// A format that Wirewatch knows, whether or not it can be read yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Markdown, with or without front matter.
    Markdown,
    /// Plain text.
    Text,
    /// A web page or a fragment of one.
    Html,
    /// RSS 0.9x, 1.0 or 2.0.
    Rss,
    /// Atom.
    Atom,
    /// JSON Feed.
    JsonFeed,
    /// A sitemap, for news or plain, or an index of them.
    Sitemap,
    /// NITF.
    Nitf,
    /// NewsML-G2.
    NewsMlG2,
    /// NewsML 1.x.
    NewsMl,
    /// ninjs, and dpa's own JSON.
    Ninjs,
    /// IPTC 7901.
    Iptc7901,
    /// ANPA 1312.
    Anpa1312,
    /// PDF.
    Pdf,
    /// Word.
    Docx,
    /// OpenDocument text.
    Odt,
    /// Rich Text.
    Rtf,
    /// An electronic book.
    Epub,
    /// A mail.
    Eml,
    /// A mailbox.
    Mbox,
    /// A web page saved with its pictures.
    Mhtml,
    /// None of them.
    Unknown,
}

impl Format {
    /// Whether it is one that news agencies send.
    pub(crate) fn is_wire(self) -> bool {
        use Format::{Anpa1312, Iptc7901, NewsMl, NewsMlG2, Ninjs, Nitf};
        matches!(self, Nitf | NewsMlG2 | NewsMl | Ninjs | Iptc7901 | Anpa1312)
    }

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Markdown => "markdown",
            Format::Text => "text",
            Format::Html => "html",
            Format::Rss => "rss",
            Format::Atom => "atom",
            Format::JsonFeed => "jsonfeed",
            Format::Sitemap => "sitemap",
            Format::Nitf => "nitf",
            Format::NewsMlG2 => "newsml-g2",
            Format::NewsMl => "newsml",
            Format::Ninjs => "ninjs",
            Format::Iptc7901 => "iptc7901",
            Format::Anpa1312 => "anpa1312",
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Odt => "odt",
            Format::Rtf => "rtf",
            Format::Epub => "epub",
            Format::Eml => "eml",
            Format::Mbox => "mbox",
            Format::Mhtml => "mhtml",
            Format::Unknown => "unknown",
        }
    }

    /// What people call it.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Format::Pdf => "PDF",
            Format::Docx => "Word document",
            Format::Odt => "OpenDocument text",
            Format::Rtf => "Rich Text (RTF) document",
            Format::Epub => "EPUB book",
            Format::Eml => "mail (EML)",
            Format::Mbox => "mailbox (mbox)",
            Format::Mhtml => "web archive (MHTML)",
            other => other.as_str(),
        }
    }
}

/// What kind of document an input claims or turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Of this format.
    Is(Format),
    /// Some feed: which, its root element says.
    Feed,
    /// XML or JSON of some vocabulary.
    Data,
    /// No text, but what these words say.
    Binary(&'static str),
}

/// Extensions and what they stand for.
const EXTENSIONS: &[(&[&str], Kind)] = &[
    (&["md", "markdown", "mdown", "mkd"], Kind::Is(Format::Markdown)),
    (&["txt", "text"], Kind::Is(Format::Text)),
    (&["html", "htm", "xhtml"], Kind::Is(Format::Html)),
    (&["rss", "atom", "rdf", "feed"], Kind::Feed),
    (&["xml", "json"], Kind::Data),
    (&["nitf"], Kind::Is(Format::Nitf)),
    (&["newsml"], Kind::Data),
    (&["ninjs"], Kind::Is(Format::Ninjs)),
    (&["iptc"], Kind::Is(Format::Iptc7901)),
    (&["anpa"], Kind::Is(Format::Anpa1312)),
    (&["pdf"], Kind::Is(Format::Pdf)),
    (&["docx", "docm", "dotx", "doc"], Kind::Is(Format::Docx)),
    (&["odt", "ott"], Kind::Is(Format::Odt)),
    (&["rtf"], Kind::Is(Format::Rtf)),
    (&["epub"], Kind::Is(Format::Epub)),
    (&["eml"], Kind::Is(Format::Eml)),
    (&["mbox", "mbx"], Kind::Is(Format::Mbox)),
    (&["mhtml", "mht"], Kind::Is(Format::Mhtml)),
];

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

/// How far the first look goes.
const WINDOW: usize = 4096;

/// What names and headers claim. A name's extension outranks the header for text, since servers
/// send Markdown as `text/plain`; `file_type` outranks both.
pub(crate) fn claimed(hint: &Hint) -> Option<Kind> {
    if let Some(file_type) = hint.file_type {
        return by_extension(file_type);
    }
    let named = hint.name.and_then(extension).and_then(|extension| by_extension(&extension));
    named.or_else(|| hint.content_type.and_then(by_content_type))
}

/// What the first bytes say, whatever the name.
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

/// Mails, mailboxes and web archives by name or head. They are bytes in several encodings, so that
/// they must not be decoded as one text.
pub(crate) fn by_head(bytes: &[u8], hint: &Hint) -> Option<Kind> {
    const OF_MAIL: &[Kind] = &[Kind::Is(Format::Eml), Kind::Is(Format::Mbox), Kind::Is(Format::Mhtml)];
    let claimed = claimed(hint);
    if let Some(kind) = claimed.filter(|kind| OF_MAIL.contains(kind)) {
        // Programs name the two alike.
        let swapped = kind != Kind::Is(Format::Mhtml) && hint.file_type.is_none();
        return match (swapped, document::begins_as_mailbox(bytes)) {
            (true, true) => Some(Kind::Is(Format::Mbox)),
            (true, false) => Some(Kind::Is(Format::Eml)),
            (false, _) => Some(kind),
        };
    }
    if claimed.is_some() {
        return None;
    }
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(WINDOW)).unwrap_or_default());
    if document::begins_as_mailbox(bytes) {
        Some(Kind::Is(Format::Mbox))
    } else {
        document::begins_as_mail(&head).then_some(Kind::Is(Format::Eml))
    }
}

/// What the beginning of a text says: a feed by its root element, a page by its.
pub(crate) fn by_text(text: &str) -> Option<Kind> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.starts_with(['{', '[']) {
        let feed = is_json_feed(text).then_some(Format::JsonFeed);
        return feed.or_else(|| wire::looks_like_ninjs(text).then_some(Format::Ninjs)).map(Kind::Is);
    }
    if text.starts_with('<') { by_markup(text) } else { None }
}

/// The kind of a `--type` or file extension, with or without the dot.
pub(crate) fn by_extension(extension: &str) -> Option<Kind> {
    let extension = extension.trim_start_matches('.').to_ascii_lowercase();
    EXTENSIONS.iter().find(|(names, _)| names.contains(&extension.as_str())).map(|&(_, kind)| kind)
}

/// The feed in a text that something else stands before: a warning of the program that wrote it,
/// or the head of an HTTP answer. Only asked for where a feed is expected.
pub(crate) fn behind_junk(text: &str) -> Option<&str> {
    let head = crate::plain::beginning(text, WINDOW).to_ascii_lowercase();
    let at = ["<?xml", "<rss", "<rdf:rdf", "<feed"].iter().filter_map(|root| head.find(root)).min()?;
    text.get(at..).filter(|_| at > 0)
}

fn by_content_type(content_type: &str) -> Option<Kind> {
    let essence = content_type.split(';').next()?.trim().to_ascii_lowercase();
    match essence.as_str() {
        "text/html" | "application/xhtml+xml" => Some(Kind::Is(Format::Html)),
        "text/markdown" => Some(Kind::Is(Format::Markdown)),
        "text/plain" => Some(Kind::Is(Format::Text)),
        "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" | "application/feed+json" => {
            Some(Kind::Feed)
        }
        "text/xml" | "application/xml" | "application/json" | "text/json" => Some(Kind::Data),
        "application/pdf" => Some(Kind::Is(Format::Pdf)),
        "message/rfc822" => Some(Kind::Is(Format::Eml)),
        "multipart/related" | "application/x-mimearchive" => Some(Kind::Is(Format::Mhtml)),
        "application/mbox" => Some(Kind::Is(Format::Mbox)),
        "application/rtf" | "text/rtf" => Some(Kind::Is(Format::Rtf)),
        _ if essence.starts_with("image/") => Some(Kind::Binary("an image")),
        _ if essence.starts_with("video/") => Some(Kind::Binary("a film")),
        _ if essence.starts_with("audio/") => Some(Kind::Binary("a sound")),
        _ => None,
    }
}

fn by_markup(text: &str) -> Option<Kind> {
    let mut by_doctype = None;
    for piece in pieces(text) {
        match piece {
            Piece::Aside(raw)
                if raw.get(..14).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype html")) =>
            {
                // Unless a feed says that it is a page.
                by_doctype = Some(Kind::Is(Format::Html));
            }
            Piece::Aside(_) => {}
            Piece::Text(text) if text.trim().is_empty() => {}
            Piece::Open(tag) => {
                return match local(tag.name).to_ascii_lowercase().as_str() {
                    "rss" | "rdf" | "channel" => Some(Kind::Is(Format::Rss)),
                    "urlset" | "sitemapindex" => Some(Kind::Is(Format::Sitemap)),
                    "feed" | "entry" => Some(Kind::Is(Format::Atom)),
                    "nitf" => Some(Kind::Is(Format::Nitf)),
                    "newsml" => Some(Kind::Is(Format::NewsMl)),
                    "newsmessage" | "newsitem" | "packageitem" | "conceptitem" | "knowledgeitem"
                    | "planningitem" | "catalogitem" => Some(Kind::Is(Format::NewsMlG2)),
                    "html" | "head" | "body" | "article" | "div" | "p" | "h1" | "h2" | "main" | "section"
                    | "meta" | "title" => Some(Kind::Is(Format::Html)),
                    _ => by_doctype,
                };
            }
            _ => return by_doctype,
        }
    }
    by_doctype
}

fn is_json_feed(text: &str) -> bool {
    let head = crate::plain::beginning(text, WINDOW);
    head.contains("jsonfeed.org/version") || head.contains("jsonfeed.org\\/version")
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

fn extension(name: &str) -> Option<String> {
    let file = name.split(['?', '#']).next()?.rsplit(['/', '\\']).next()?;
    let (stem, extension) = file.rsplit_once('.')?;
    (!stem.is_empty() && extension.len() <= 10).then(|| extension.to_ascii_lowercase())
}

/// Whether a folder scan should read a file of this name: its extension is one that can be read.
pub fn is_readable_name(name: &str) -> bool {
    let kind = extension(name).and_then(|extension| by_extension(&extension));
    kind.is_some() && !is_ignored_name(name)
}

/// Whether a name belongs to a system, a sync program or a file in the making, never to a document.
/// Only the last part of a path counts.
pub fn is_ignored_name(name: &str) -> bool {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let lower = name.to_lowercase();
    // Dot files: .DS_Store, ._copies, .~lock files, .part- files of rsync, Syncthing's and Nextcloud's.
    let starts = lower.starts_with(['.', '~', '#']) || lower.starts_with("__macosx");
    let ends = [
        "~",
        ".tmp",
        ".temp",
        ".part",
        ".partial",
        ".crdownload",
        ".download",
        ".opdownload",
        ".swp",
        ".swx",
        ".bak",
        ".lock",
        ".filepart",
        ".aria2",
        ".!ut",
        ".icloud",
        "#",
    ];
    let system = ["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "$recycle.bin"];
    let conflict = lower.contains(".sync-conflict-") || lower.contains("conflicted copy");
    starts || ends.iter().any(|end| lower.ends_with(end)) || system.contains(&lower.as_str()) || conflict
}

/// Whether bytes from the network are a feed: by their root element, whatever the header says.
pub fn looks_like_feed(bytes: &[u8], content_type: Option<&str>) -> bool {
    let window = bytes.get(..bytes.len().min(WINDOW)).unwrap_or_default();
    let text = encoding::decode(window, content_type).text;
    let feed = by_text(&text).or_else(|| by_text(behind_junk(&text)?));
    matches!(feed, Some(Kind::Is(Format::Rss | Format::Atom | Format::JsonFeed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_into_readable_and_ignored() {
        for (name, readable, ignored) in [
            ("talks.md", true, false),
            ("a/b/Talks.HTML", true, false),
            ("feed.xml", true, false),
            ("photo.png", false, false),
            ("README", false, false),
            (".DS_Store", false, true),
            ("folder/._talks.md", false, true),
            ("~$talks.docx", false, true),
            (".~lock.talks.odt#", false, true),
            ("talks.md.part", false, true),
            ("talks.html.crdownload", false, true),
            ("talks.tmp", false, true),
            ("Thumbs.db", false, true),
            ("talks.sync-conflict-20190514-093000.md", false, true),
        ] {
            assert_eq!(is_readable_name(name), readable, "{name} readable");
            assert_eq!(is_ignored_name(name), ignored, "{name} ignored");
        }
    }

    #[test]
    fn feeds_are_known_by_their_root() {
        for (text, want) in [
            ("<?xml version='1.0'?><!-- c --><rss version='2.0'><channel/></rss>", true),
            ("\u{feff}\n<feed xmlns='http://www.w3.org/2005/Atom'/>", true),
            ("<rdf:RDF xmlns:rdf='x'/>", true),
            ("{\"version\": \"https://jsonfeed.org/version/1.1\"}", true),
            ("<!doctype html><html><body><rss></body></html>", false),
            ("{\"a\": 1}", false),
            ("plain", false),
            ("", false),
        ] {
            assert_eq!(looks_like_feed(text.as_bytes(), Some("text/html")), want, "{text}");
        }
    }

    #[test]
    fn claims_are_ranked() {
        let hint = Hint { name: Some("a.md"), content_type: Some("text/html"), ..Hint::default() };
        assert_eq!(claimed(&hint), Some(Kind::Is(Format::Markdown)));
        assert_eq!(claimed(&Hint { file_type: Some(".txt"), ..hint }), Some(Kind::Is(Format::Text)));
        assert_eq!(claimed(&Hint { name: Some("/a/b.php?x=1.md"), ..hint }), Some(Kind::Is(Format::Html)));
    }
}
