//! What kind of document bytes are: by name, header, first bytes and root element.

mod magic;
mod name;

pub(crate) use magic::by_magic;
pub use name::{is_ignored_name, is_readable_name};

use self::name::{by_extension, extension};
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
            // What agencies cut out of a NewsML-G2 item is what it wraps.
            Piece::Open(tag) if is_wrapper(tag.name) => {}
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

fn is_wrapper(name: &str) -> bool {
    ["contentSet", "inlineXML"].iter().any(|wrapper| local(name).eq_ignore_ascii_case(wrapper))
}

fn is_json_feed(text: &str) -> bool {
    let head = crate::plain::beginning(text, WINDOW);
    head.contains("jsonfeed.org/version") || head.contains("jsonfeed.org\\/version")
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
    fn a_story_is_known_without_the_item_around_it() {
        let cut_out = "<contentSet>\n<inlineXML contenttype='application/nitf+xml'>\n<nitf><body/></nitf></inlineXML></contentSet>";
        assert_eq!(by_text(cut_out), Some(Kind::Is(Format::Nitf)));
    }

    #[test]
    fn claims_are_ranked() {
        let hint = Hint { name: Some("a.md"), content_type: Some("text/html"), ..Hint::default() };
        assert_eq!(claimed(&hint), Some(Kind::Is(Format::Markdown)));
        assert_eq!(claimed(&Hint { file_type: Some(".txt"), ..hint }), Some(Kind::Is(Format::Text)));
        assert_eq!(claimed(&Hint { name: Some("/a/b.php?x=1.md"), ..hint }), Some(Kind::Is(Format::Html)));
    }
}
