//! The inside of an element that holds one text, whatever is wrong with it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::names::{Family, Field, Names, field};
use crate::entities;
use crate::markup::{Piece, Pieces, Tag, local};

/// The longest text that is kept of one element, in bytes. A book has a quarter of it.
const LONGEST_TEXT: usize = 4 * 1024 * 1024;

/// The text of an element.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Inside {
    /// HTML if there were tags in it, else text.
    pub(super) text: String,
    /// True if there were tags in it.
    pub(super) markup: bool,
    /// True if it had no end of its own, or was too long.
    pub(super) mended: bool,
}

/// Reads up to the end of the element that `tag` has begun.
///
/// An entry's border ends it too, and for what is one line the beginning of the next field, lest a
/// forgotten end tag swallow the rest.
pub(super) fn inside<'a>(pieces: &mut Pieces<'a>, names: &Names<'a>, tag: &Tag<'a>, kind: Field) -> Inside {
    if tag.closed {
        return Inside::default();
    }
    let mut taken = Taken { name: tag.name, ..Taken::default() };
    let mended = loop {
        let before = pieces.clone();
        match pieces.next() {
            None => break true,
            Some(Piece::Close { name, .. }) if taken.is_end(name) => break false,
            Some(Piece::Open(tag)) if names.is_entry(tag.name) || begins_next(names, &tag, kind) => {
                *pieces = before;
                break true;
            }
            Some(Piece::Close { name, .. }) if names.is_border(name) => {
                *pieces = before;
                break true;
            }
            Some(Piece::CData(text)) => match unclosed(text, tag.name, pieces) {
                Some(end) => {
                    taken.literally(text.get(..end).unwrap_or(text));
                    pieces.go_back_into_cdata(&before, end);
                    taken.mended = true;
                }
                None => taken.literally(text),
            },
            Some(piece) => taken.take(piece),
        }
    };
    taken.finish(tag, kind, mended)
}

#[derive(Default)]
struct Taken<'a> {
    name: &'a str,
    /// As written, for HTML; and with references resolved, for text.
    raw: String,
    text: String,
    markup: bool,
    mended: bool,
    /// How many elements of the same name are open inside.
    nested: usize,
}

impl Taken<'_> {
    fn is_end(&self, name: &str) -> bool {
        self.nested == 0 && name.eq_ignore_ascii_case(self.name)
    }

    fn literally(&mut self, text: &str) {
        if self.room_for(text) {
            self.raw.push_str(text);
            self.text.push_str(text);
        }
    }

    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Text(piece) if self.room_for(piece) => {
                self.raw.push_str(piece);
                self.text.push_str(&entities::decode(piece));
            }
            Piece::Open(tag) => {
                self.markup = true;
                self.nested += usize::from(tag.name == self.name && !tag.closed);
                self.tag(tag.raw, tag.name);
            }
            Piece::Close { name, raw } => {
                self.nested -= usize::from(name == self.name && self.nested > 0);
                self.tag(raw, name);
            }
            _ => {}
        }
    }

    /// XHTML under a prefix is HTML without it.
    fn tag(&mut self, raw: &str, name: &str) {
        if !self.room_for(raw) {
            return;
        }
        if name.contains(':') {
            self.raw.push_str(&raw.replacen(name, local(name), 1));
        } else {
            self.raw.push_str(raw);
        }
    }

    fn room_for(&mut self, text: &str) -> bool {
        let room = self.raw.len() + text.len() <= LONGEST_TEXT;
        self.mended |= !room;
        room
    }

    fn finish(self, tag: &Tag, kind: Field, mended: bool) -> Inside {
        let text = if self.markup { self.raw } else { self.text };
        let decoded = if self.markup { None } else { base64(tag, &text, kind) };
        Inside { text: decoded.unwrap_or(text), markup: self.markup, mended: mended || self.mended }
    }
}

/// Where a CDATA section ends that is never closed: at the end tag of its element, if the section
/// reaches into another one or to the end of the feed.
fn unclosed(text: &str, name: &str, rest: &Pieces) -> Option<usize> {
    if !text.contains("<![CDATA[") && !rest.is_at_end() {
        return None;
    }
    text.find(&format!("</{name}"))
}

/// Whether a tag begins a field that cannot stand inside of this one. Not asked of names that HTML
/// has too.
fn begins_next(names: &Names, tag: &Tag, kind: Field) -> bool {
    if matches!(kind, Field::Author(_)) {
        // Atom's persons have elements of their own.
        return false;
    }
    let lower = local(tag.name).to_ascii_lowercase();
    let family = names.family(tag.name);
    let one_line = !matches!(kind, Field::Content(_) | Field::Summary(_));
    match field(family, &lower) {
        Some(_) if family == Family::Core => match lower.as_str() {
            "pubdate" | "guid" | "published" | "updated" | "category" | "description" => true,
            "link" | "author" | "content" | "id" => one_line,
            _ => false,
        },
        Some(_) => family != Family::Xhtml,
        None => false,
    }
}

/// Content in base64: Atom 0.3 says so by its mode, for any element; Atom 1.0 by a type that is no
/// text, for content alone (RFC 4287, section 4.1.3.3).
fn base64(tag: &Tag, text: &str, field: Field) -> Option<String> {
    let kind = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let by_type =
        matches!(field, Field::Content(_) | Field::Summary(_)) && kind.contains('/') && !is_text(&kind);
    let by_mode = tag.attribute("mode").is_some_and(|mode| mode.eq_ignore_ascii_case("base64"));
    if !by_type && !by_mode {
        return None;
    }
    let packed: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let bytes = STANDARD.decode(packed).ok()?;
    // What is no text in it is a picture or the like, and says nothing.
    Some(String::from_utf8(bytes).unwrap_or_default())
}

/// Whether a media type is of text.
fn is_text(kind: &str) -> bool {
    kind.starts_with("text/") || kind.contains("xml") || kind.contains("html")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::pieces;

    fn read(text: &str, kind: Field) -> (Inside, String) {
        let mut pieces = pieces(text);
        let Some(Piece::Open(tag)) = pieces.next() else { panic!("{text} begins with no tag") };
        let inside = inside(&mut pieces, &Names::default(), &tag, kind);
        let rest = match pieces.next() {
            Some(Piece::Open(tag)) => tag.raw.to_owned(),
            Some(Piece::Close { raw, .. }) => raw.to_owned(),
            other => format!("{other:?}"),
        };
        (inside, rest)
    }

    #[test]
    fn one_text_comes_out_however_it_is_put_in() {
        for (text, want) in [
            ("<title>a &amp; b</title>", "a & b"),
            ("<title>AT&T &eacute;</title>", "AT&T é"),
            ("<title>a<![CDATA[ & <b>]]></title>", "a & <b>"),
            ("<title>a <b>c</b> &amp; d</title>", "a <b>c</b> &amp; d"),
            ("<title><x:div xmlns:x='y'>a</x:div></title>", "<div xmlns:x='y'>a</div>"),
            ("<title/>", ""),
            ("<title></title>", ""),
            ("<title>a<title>b</title>c</title>", "a<title>b</title>c"),
            ("<content type='application/octet-stream'>PGI+YTwv\n Yj4=</content>", "<b>a</b>"),
            ("<content mode='base64'>YQ==</content>", "a"),
            ("<content type='text/plain'>YQ==</content>", "YQ=="),
            ("<content type='image/png'>iVBORw0KGgo=</content>", ""),
        ] {
            let (inside, _) = read(text, Field::Content(0));
            assert_eq!((inside.text.as_str(), inside.mended), (want, false), "{text}");
        }
    }

    #[test]
    fn a_forgotten_end_swallows_nothing() {
        for (text, kind, want, rest) in [
            ("<title>a</item><item>", Field::Title(0), "a", "</item>"),
            ("<title>a<item><title>b</title>", Field::Title(0), "a", "<item>"),
            ("<title>a<link>b</link>", Field::Title(0), "a", "<link>"),
            ("<description>a<pubDate>b</pubDate>", Field::Summary(0), "a", "<pubDate>"),
            ("<description>a<link rel=x>b</description><b>", Field::Summary(0), "a<link rel=x>b", "<b>"),
            ("<title><![CDATA[a</title><link><![CDATA[b]]></link>", Field::Title(0), "a", "<link>"),
            ("<title><![CDATA[a</title></item>", Field::Title(0), "a", "</item>"),
            ("<title>a", Field::Title(0), "a", "None"),
        ] {
            let (inside, got) = read(text, kind);
            assert_eq!((inside.text.as_str(), got.as_str()), (want, rest), "{text}");
        }
    }
}
