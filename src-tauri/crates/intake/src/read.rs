//! From bytes to the reader of their format.

use wirewatch_model::{ParsedArticle, Problem, ProblemKind};

use crate::encoding::{self, Decoded};
use crate::format::{self, Format, Kind};
use crate::{Hint, MAX_BYTES, Parsed, document, feed, gzip, html, wire};

/// Control characters (tab and line ends aside) in a text; more than one in so many bytes is no text.
const BYTES_A_CONTROL: usize = 200;

/// See [`crate::read_sitemap`].
pub(crate) fn sitemap(bytes: &[u8], hint: &Hint) -> Option<feed::Sitemap> {
    let unpacked = if gzip::is_gzip(bytes) { gzip::inflate(bytes) } else { Vec::new() };
    let bytes = if unpacked.is_empty() { bytes } else { &unpacked };
    let whole = bytes.len() <= MAX_BYTES;
    whole.then(|| feed::sitemap(&encoding::decode(bytes, hint.content_type).text)).flatten()
}

/// See [`crate::parse`].
pub(crate) fn read(bytes: &[u8], hint: &Hint) -> Parsed {
    read_inside(bytes, hint, 0)
}

/// As [`read`], for a document that lies within `depth` others.
pub(crate) fn read_inside(bytes: &[u8], hint: &Hint, depth: usize) -> Parsed {
    // Within another document it is refused in words: a mail of bombs would unpack each of them.
    if depth == 0 && gzip::is_gzip(bytes) {
        return read_plain(&gzip::inflate(bytes), hint, depth);
    }
    read_plain(bytes, hint, depth)
}

fn read_plain(bytes: &[u8], hint: &Hint, depth: usize) -> Parsed {
    let claimed = format::claimed(hint);
    if let (Some(file_type), None) = (hint.file_type, claimed) {
        return refuse(
            Format::Unknown,
            ProblemKind::Unsupported,
            format!("there is no reader for the type “{file_type}”"),
        );
    }
    if bytes.len() > MAX_BYTES {
        return refuse(claimed_format(claimed), ProblemKind::TooLarge, too_large(bytes.len()));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return refuse(claimed_format(claimed), ProblemKind::Empty, "the file is empty");
    }
    match format::by_magic(bytes).or_else(|| format::by_head(bytes, hint)) {
        Some(Kind::Is(format)) => {
            if let Some(parsed) = document::read(format, bytes, hint, depth) {
                return parsed;
            }
        }
        Some(kind) => return refuse_kind(kind),
        None => {}
    }
    // Before the look for control characters: teletype messages are made of them.
    if let (Some(format), None) = (wire::sniff_teletype(bytes), hint.file_type) {
        return wire::read_teletype(bytes, format, hint);
    }
    if let (Some(Kind::Is(format @ (Format::Iptc7901 | Format::Anpa1312))), Some(_)) =
        (claimed, hint.file_type)
    {
        return wire::read_teletype(bytes, format, hint);
    }
    let decoded = encoding::decode(bytes, hint.content_type);
    let found = format::by_text(&decoded.text);
    if is_binary(&decoded.text, found) {
        return refuse(Format::Unknown, ProblemKind::Unsupported, "the file is not text");
    }
    let mut parsed = read_text(&decoded.text, found, claimed, hint);
    note_damage(&mut parsed, &decoded);
    parsed
}

/// Reads a text whose beginning says that it is `found`.
fn read_text(text: &str, found: Option<Kind>, claimed: Option<Kind>, hint: &Hint) -> Parsed {
    // What the user says it is, it is; otherwise a root element says more than a name or header.
    let forced = claimed.filter(|_| hint.file_type.is_some());
    let feed = if found.is_none() { expected_feed(text, claimed) } else { None };
    let (text, found) = feed.map_or((text, found), |(feed, kind)| (feed, Some(kind)));
    let kind = match (forced, found) {
        (Some(Kind::Is(format)), _) => Some(Kind::Is(format)),
        // A page saved as .txt is a page, a page sent as a feed is none; Markdown may begin with HTML.
        (_, Some(found)) if claimed != Some(Kind::Is(Format::Markdown)) || is_feed(found) => {
            match (claimed, found) {
                (Some(Kind::Feed), Kind::Is(Format::Html)) => return not_a_feed(text),
                _ => Some(found),
            }
        }
        _ => claimed,
    };
    match kind {
        Some(Kind::Is(Format::Markdown)) => one(Format::Markdown, document::markdown(text, hint)),
        Some(Kind::Is(Format::Html)) => one(Format::Html, html::read(text, hint)),
        Some(Kind::Is(Format::Rss)) => feed::xml(text, Format::Rss, hint),
        Some(Kind::Is(Format::Atom)) => feed::xml(text, Format::Atom, hint),
        Some(Kind::Is(Format::JsonFeed)) => feed::json(text, hint),
        Some(Kind::Is(Format::Sitemap)) => feed::sitemap_pages(text),
        Some(Kind::Is(format)) if format.is_wire() => wire::read(text, format, hint),
        Some(Kind::Is(Format::Text)) | None => one(Format::Text, document::text(text, hint)),
        Some(Kind::Feed) => not_a_feed(text),
        Some(Kind::Data) => refuse(
            Format::Unknown,
            ProblemKind::Unsupported,
            format!("{}; only feeds are read of these", data(text)),
        ),
        Some(kind) => refuse_kind(kind),
    }
}

/// The feed behind what its server wrote before it, and of which kind it is.
fn expected_feed(text: &str, claimed: Option<Kind>) -> Option<(&str, Kind)> {
    let expected = matches!(claimed, Some(Kind::Feed | Kind::Data));
    let feed = format::behind_junk(text).filter(|_| expected)?;
    format::by_text(feed).filter(|kind| is_feed(*kind)).map(|kind| (feed, kind))
}

fn is_feed(kind: Kind) -> bool {
    matches!(kind, Kind::Is(Format::Rss | Format::Atom | Format::JsonFeed | Format::Sitemap))
}

/// An input that is one article.
pub(crate) fn one(format: Format, article: ParsedArticle) -> Parsed {
    Parsed { format, articles: vec![article], problems: Vec::new(), feed: None }
}

/// An input that gives no article.
pub(crate) fn refuse(format: Format, kind: ProblemKind, message: impl Into<String>) -> Parsed {
    Parsed { format, articles: Vec::new(), problems: vec![Problem::new(kind, message)], feed: None }
}

fn refuse_kind(kind: Kind) -> Parsed {
    match kind {
        Kind::Binary(what) => {
            refuse(Format::Unknown, ProblemKind::Unsupported, format!("the file is {what}, not text"))
        }
        Kind::Is(format) => {
            let message = format!("it is named a {}, but is none", format.in_words());
            refuse(format, ProblemKind::Broken, message)
        }
        Kind::Feed | Kind::Data => {
            refuse(Format::Unknown, ProblemKind::Unsupported, "a file of an unknown kind cannot be read")
        }
    }
}

fn not_a_feed(text: &str) -> Parsed {
    let what = match format::by_text(text) {
        Some(Kind::Is(Format::Html)) => "the server sent a web page".to_owned(),
        _ => format!("it is {}", data(text)),
    };
    refuse(Format::Unknown, ProblemKind::Broken, format!("not a feed: {what}"))
}

/// What a text that is none of ours looks like.
fn data(text: &str) -> String {
    match text.trim_start().chars().next() {
        Some('<') => format!("XML of another kind (it begins with “{}”)", root(text)),
        Some('{' | '[') => "JSON of another kind".to_owned(),
        _ => "plain text".to_owned(),
    }
}

fn root(text: &str) -> String {
    use crate::markup::{Piece, pieces};
    let open =
        pieces(text).find_map(|piece| if let Piece::Open(tag) = piece { Some(tag.name) } else { None });
    format!("<{}>", crate::plain::beginning(open.unwrap_or("?"), 40))
}

fn claimed_format(claimed: Option<Kind>) -> Format {
    if let Some(Kind::Is(format)) = claimed { format } else { Format::Unknown }
}

fn too_large(bytes: usize) -> String {
    let mega = |bytes: usize| bytes.div_ceil(1024 * 1024);
    format!(
        "the file has {} MB and only {} MB are read; split it, or keep the text of its articles only",
        mega(bytes),
        mega(MAX_BYTES)
    )
}

/// NUL or a crowd of control characters: no encoding makes a text of these bytes. Feeds hold them now
/// and then, and pages a few; their readers drop them.
fn is_binary(text: &str, found: Option<Kind>) -> bool {
    let controls =
        text.chars().filter(|&c| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}')).count();
    let is_crowded = controls * BYTES_A_CONTROL > text.len();
    match found {
        Some(kind) if is_feed(kind) => false,
        Some(Kind::Is(Format::Html)) => is_crowded,
        _ => is_crowded || text.contains('\0'),
    }
}

fn note_damage(parsed: &mut Parsed, decoded: &Decoded) {
    if decoded.damaged && !parsed.articles.is_empty() {
        let message = format!("some characters could not be read (taken for {})", decoded.encoding);
        parsed.problems.push(Problem::new(ProblemKind::Incomplete, message));
    }
}
