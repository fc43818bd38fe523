//! Broken XML feeds to well-formed ones that `feed-rs` reads without losing entries.
//!
//! What is repaired, each case seen in real feeds: bare `&` and `<`, HTML entity names, tags that
//! are never closed or never opened, a feed cut off in transit, missing and false namespaces and
//! versions, elements in capitals, markup inside of text elements, types that no specification
//! knows, empty elements, items outside of their channel. Document types and their entities are
//! dropped, so nothing expands.

use url::Url;

use super::namespace::{self, Vocabulary};
use crate::entities;
use crate::markup::{Piece, Pieces, Tag, local, pieces};
use crate::sanitise::escape;

/// Feeds nest to about eight levels; deeper tags are left out.
const MAX_DEPTH: usize = 64;

/// More namespaces than any feed declares.
const MAX_PREFIXES: usize = 64;

/// How the types of Atom content begin that is no text.
const NOT_TEXT: &[&str] = &["image/", "audio/", "video/", "application/octet-stream", "application/pdf"];

/// A feed in well-formed XML.
#[derive(Debug)]
pub(super) struct Repaired {
    pub(super) xml: String,
    /// How many entries went in.
    pub(super) entries: usize,
    /// True if the text ended before its root element did.
    pub(super) cut: bool,
}

/// Repairs a feed.
pub(super) fn repair(text: &str) -> Repaired {
    let mut repair = Repair {
        pieces: pieces(text),
        out: String::with_capacity(text.len()),
        open: Vec::new(),
        prefixes: Vec::new(),
        own: Vec::new(),
        entries: 0,
        vocabulary: Vocabulary::Rss,
    };
    while let Some(piece) = repair.pieces.next() {
        match piece {
            Piece::Open(tag) => repair.start(tag),
            Piece::Close { name, .. } => repair.end(name),
            Piece::Text(text) => repair.text(&entities::decode(text)),
            Piece::CData(text) => repair.text(text),
            Piece::Aside(_) => {}
        }
    }
    let cut = repair.open.iter().any(|element| !element.implied);
    repair.close_to(0);
    Repaired { xml: repair.out, entries: repair.entries, cut }
}

/// An element that is open in the output.
struct Element<'a> {
    /// Its name in the input.
    name: &'a str,
    /// Its name in the output.
    written: String,
    /// True if it was not in the input, or its end tag came early.
    implied: bool,
    /// For an RDF item without a link so far: its `rdf:about`.
    about: Option<String>,
}

struct Repair<'a> {
    pieces: Pieces<'a>,
    out: String,
    open: Vec<Element<'a>>,
    /// Prefixes declared so far.
    prefixes: Vec<&'a str>,
    /// The prefixes that stand for the feed's own vocabulary.
    own: Vec<&'a str>,
    entries: usize,
    vocabulary: Vocabulary,
}

impl<'a> Repair<'a> {
    fn start(&mut self, tag: Tag<'a>) {
        if self.open.is_empty() {
            self.root(tag);
        }
        let written = self.written(tag.name);
        if is_entry(&written) {
            self.before_entry();
        } else if self.open.len() == 1 && self.vocabulary == Vocabulary::Rss && written != "channel" {
            self.imply("channel", "");
        }
        if self.open.len() >= MAX_DEPTH {
            return;
        }
        if is_text_element(&written) {
            return self.text_element(tag, &written);
        }
        self.write_start(tag, written);
        if tag.closed {
            self.close_to(self.open.len() - 1);
        }
    }

    /// What the root element says of the rest.
    fn root(&mut self, tag: Tag<'a>) {
        let name = local(tag.name).to_ascii_lowercase();
        self.vocabulary = Vocabulary::of(&name).unwrap_or(self.vocabulary);
        if self.vocabulary != Vocabulary::Rdf {
            self.own.extend(tag.name.split_once(':').map(|(prefix, _)| prefix));
        }
        for (key, value) in tag.attributes().filter(|_| self.vocabulary.namespace().is_some()) {
            let own = Some(namespace::canonical(value)) == self.vocabulary.namespace();
            self.own.extend(key.strip_prefix("xmlns:").filter(|_| own && self.own.len() < MAX_PREFIXES));
        }
        if name == "channel" {
            self.imply("rss", " version=\"2.0\"");
        }
    }

    /// An entry ends the one before it, and belongs into a channel.
    fn before_entry(&mut self) {
        self.entries += 1;
        if let Some(at) = self.open.iter().position(|element| is_entry(&element.written)) {
            self.close_to(at);
        }
        if self.vocabulary == Vocabulary::Rss && self.open.len() == 1 {
            self.imply("channel", "");
        }
    }

    fn imply(&mut self, name: &'static str, attributes: &str) {
        self.out.push_str(&format!("<{name}{attributes}>"));
        self.open.push(Element { name, written: name.to_owned(), implied: true, about: None });
    }

    fn write_start(&mut self, tag: Tag<'a>, written: String) {
        if written == "link" {
            self.open.iter_mut().for_each(|element| element.about = None);
        }
        let root = !self.open.iter().any(|element| !element.implied);
        self.out.push('<');
        self.out.push_str(&written);
        self.attributes(tag, &written, root);
        self.out.push('>');
        let about = (self.vocabulary == Vocabulary::Rdf && written == "item").then(|| {
            tag.attributes().find(|(key, _)| local(key) == "about").map_or("", |(_, about)| about).to_owned()
        });
        self.open.push(Element { name: tag.name, written, implied: false, about });
    }

    /// The name under which `feed-rs` knows an element.
    fn written(&self, name: &str) -> String {
        match name.split_once(':') {
            Some((prefix, local)) if self.own.contains(&prefix) => namespace::element(local, self.vocabulary),
            Some(_) => namespace::alias(name, self.vocabulary),
            None => namespace::element(name, self.vocabulary),
        }
        .to_owned()
    }

    /// Attributes once each, with the namespaces put right.
    fn attributes(&mut self, tag: Tag<'a>, written: &str, root: bool) {
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in tag.attributes() {
            let value = entities::decode(value);
            let prefix = name.strip_prefix("xmlns:");
            self.prefixes.extend(prefix.filter(|_| self.prefixes.len() < MAX_PREFIXES));
            let value = if prefix.is_some() { namespace::canonical(&value).to_owned() } else { value };
            let dropped = name == "xmlns"
                || written == "rss" && name == "version"
                || name == "xml:base" && !is_base(&value)
                || seen.contains(&name)
                || !name.chars().all(|c| c.is_alphanumeric() || "_:.-".contains(c));
            if !dropped {
                seen.push(name);
                self.attribute(name, &value);
            }
        }
        self.declare_prefix(written);
        if written == "rss" {
            self.attribute("version", "2.0");
        }
        if let Some(namespace) = self.vocabulary.namespace().filter(|_| root) {
            self.attribute("xmlns", namespace);
        }
    }

    /// Declares the prefix of an element where the feed has forgotten to.
    fn declare_prefix(&mut self, name: &str) {
        if let Some((prefix, _)) = name.split_once(':').filter(|(prefix, _)| !self.prefixes.contains(prefix))
        {
            self.attribute(&format!("xmlns:{prefix}"), namespace::of_prefix(prefix));
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push_str(&format!(" {name}=\"{}\"", escape(&allowed(value))));
    }

    /// An end tag: closes what is open inside of its element, or is dropped if nothing is open.
    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|element| element.name.eq_ignore_ascii_case(name)) else {
            return;
        };
        let is_channel = self.open.get(at).is_some_and(|element| element.written == "channel");
        if is_channel && self.vocabulary == Vocabulary::Rss {
            // Items may follow the channel (RSS 0.9 and its imitators): it stays open to the end.
            self.close_to(at + 1);
            if let Some(channel) = self.open.get_mut(at) {
                channel.implied = true;
            }
        } else {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, length: usize) {
        while self.open.len() > length {
            let Some(element) = self.open.pop() else { return };
            if let Some(about) = element.about {
                // `feed-rs` drops RDF items without a link; what is no address is dropped later.
                let link = if about.is_empty() { "urn:none" } else { &about };
                self.out.push_str(&format!("<link>{}</link>", escape(&allowed(&entities::decode(link)))));
            }
            self.out.push_str(&format!("</{}>", element.written));
        }
    }

    fn text(&mut self, text: &str) {
        let Some(element) = self.open.last() else { return };
        let mut text = allowed(text);
        if text.contains('@') && is_person(&element.written) {
            // `feed-rs` cuts beside an address at a byte, not a character: it panics on `«jane@…»`.
            text = text.chars().map(|c| if c.is_ascii() || c.is_alphanumeric() { c } else { ' ' }).collect();
        }
        self.out.push_str(&escape(&text));
    }

    /// Title, description, content and the like: whatever is inside becomes one text.
    fn text_element(&mut self, tag: Tag<'a>, written: &str) {
        let (value, markup) = if tag.closed { (String::new(), false) } else { self.inside(tag.name) };
        // An empty element says nothing, and an empty Atom `content` costs `feed-rs` the whole feed.
        if value.trim().is_empty() {
            return;
        }
        let kind = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
        let atom = self.vocabulary == Vocabulary::Atom;
        if atom && NOT_TEXT.iter().any(|beginning| kind.starts_with(beginning)) {
            return;
        }
        self.out.push('<');
        self.out.push_str(written);
        self.declare_prefix(written);
        if atom {
            let html = markup || kind.contains("html") || kind.contains("xml");
            self.attribute("type", if html { "html" } else { "text" });
        }
        self.out.push_str(&format!(">{}</{written}>", escape(&allowed(&value))));
    }

    /// The text up to an element's end tag, and whether it holds tags. An entry's border ends it
    /// too, lest a forgotten end tag swallow the rest of the feed.
    fn inside(&mut self, name: &str) -> (String, bool) {
        let (mut raw, mut text, mut markup, mut nested) = (String::new(), String::new(), false, 0);
        loop {
            let before = self.pieces.clone();
            match self.pieces.next() {
                None => break,
                Some(Piece::Aside(_)) => {}
                Some(Piece::Text(piece)) => {
                    raw.push_str(piece);
                    text.push_str(&entities::decode(piece));
                }
                Some(Piece::CData(piece)) => {
                    raw.push_str(piece);
                    text.push_str(piece);
                }
                Some(Piece::Open(tag)) if is_entry(&self.written(tag.name)) => {
                    self.pieces = before;
                    break;
                }
                Some(Piece::Open(tag)) => {
                    markup = true;
                    nested += usize::from(tag.name == name && !tag.closed);
                    raw.push_str(&without_prefix(tag.raw, tag.name));
                }
                Some(Piece::Close { name: closed, .. })
                    if closed.eq_ignore_ascii_case(name) && nested == 0 =>
                {
                    break;
                }
                Some(Piece::Close { name: closed, .. }) if is_border(&self.written(closed)) => {
                    self.pieces = before;
                    break;
                }
                Some(Piece::Close { name: closed, raw: tag }) => {
                    nested -= usize::from(closed == name && nested > 0);
                    raw.push_str(&without_prefix(tag, closed));
                }
            }
        }
        if markup { (raw, true) } else { (text, false) }
    }
}

/// XHTML under a prefix is HTML without it.
fn without_prefix(raw: &str, name: &str) -> String {
    if name.contains(':') { raw.replacen(name, local(name), 1) } else { raw.to_owned() }
}

fn is_entry(written: &str) -> bool {
    matches!(written, "item" | "entry")
}

/// End tags that no text element reaches across.
fn is_border(written: &str) -> bool {
    is_entry(written) || matches!(written, "channel" | "feed" | "rss" | "rdf:RDF")
}

/// Elements that hold one text, whose markup `feed-rs` would lose or misread.
fn is_text_element(written: &str) -> bool {
    matches!(
        written.strip_prefix("dc:").unwrap_or(written),
        "title"
            | "description"
            | "content:encoded"
            | "content"
            | "summary"
            | "subtitle"
            | "rights"
            | "copyright"
            | "info"
    )
}

fn is_person(written: &str) -> bool {
    matches!(local(written), "author" | "managingEditor" | "webMaster" | "creator" | "contributor")
}

/// Whether `feed-rs` can use an `xml:base`; any other costs it the whole feed.
fn is_base(value: &str) -> bool {
    matches!(Url::parse(value), Ok(_) | Err(url::ParseError::RelativeUrlWithoutBase))
}

/// Characters that XML allows.
fn allowed(text: &str) -> String {
    text.chars()
        .filter(|&c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_feeds_become_well_formed() {
        for (name, text, want) in [
            (
                "bare ampersands",
                "<rss version=\"2.0\"><channel><title>AT&T</title><link>?a=1&b=2</link></channel></rss>",
                "<rss version=\"2.0\"><channel><title>AT&amp;T</title><link>?a=1&amp;b=2</link></channel></rss>",
            ),
            (
                "no version",
                "<rss><channel></channel></rss>",
                "<rss version=\"2.0\"><channel></channel></rss>",
            ),
            (
                "no channel",
                "<rss><item><guid>1</guid></item></rss>",
                "<rss version=\"2.0\"><channel><item><guid>1</guid></item></channel></rss>",
            ),
            (
                "items behind the channel",
                "<rss><channel></channel><item/></rss>",
                "<rss version=\"2.0\"><channel><item></item></channel></rss>",
            ),
            (
                "unclosed items",
                "<rss><channel><item><guid>1</guid><item><guid>2</channel></rss>",
                "<rss version=\"2.0\"><channel><item><guid>1</guid></item><item><guid>2</guid></item></channel></rss>",
            ),
            (
                "a stray end tag",
                "<rss><channel></b></channel></rss>",
                "<rss version=\"2.0\"><channel></channel></rss>",
            ),
            (
                "entity names",
                "<rss><channel><title>caf&eacute;&nbsp;&lt;b&gt;</title></channel></rss>",
                "<rss version=\"2.0\"><channel><title>café\u{a0}&lt;b&gt;</title></channel></rss>",
            ),
            (
                "markup in text",
                "<rss><channel><description>a <b>c</b> &amp; d</description></channel></rss>",
                "<rss version=\"2.0\"><channel><description>a &lt;b&gt;c&lt;/b&gt; &amp;amp; d</description></channel></rss>",
            ),
            (
                "atom 0.3",
                "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><modified>x</modified></feed>",
                "<feed version=\"0.3\" xmlns=\"http://www.w3.org/2005/Atom\"><updated>x</updated></feed>",
            ),
            (
                "xhtml",
                "<feed><title type=\"xhtml\"><x:div xmlns:x=\"y\">a</x:div></title></feed>",
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title type=\"html\">&lt;div xmlns:x=&quot;y&quot;&gt;a&lt;/div&gt;</title></feed>",
            ),
            (
                "empty content",
                "<feed><entry><content type=\"html\"></content></entry></feed>",
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry></entry></feed>",
            ),
            (
                "an undeclared prefix",
                "<rss><channel><dc:date>x</dc:date></channel></rss>",
                "<rss version=\"2.0\"><channel><dc:date xmlns:dc=\"http://purl.org/dc/elements/1.1/\">x</dc:date></channel></rss>",
            ),
            (
                "a document type",
                "<!DOCTYPE rss [<!ENTITY a \"b\">]><rss><channel><title>&a;</title></channel></rss>",
                "<rss version=\"2.0\"><channel><title>&amp;a;</title></channel></rss>",
            ),
            (
                "an unclosed title",
                "<rss><channel><item><title>a</item><item><title>b</title></item></channel></rss>",
                "<rss version=\"2.0\"><channel><item><title>a</title></item><item><title>b</title></item></channel></rss>",
            ),
        ] {
            assert_eq!(repair(text).xml, want, "{name}");
        }
    }

    #[test]
    fn a_cut_feed_is_closed_and_said_to_be_cut() {
        let repaired = repair("<rss><channel><item><guid>1</guid></item><item><guid>2");
        assert_eq!(
            repaired.xml,
            "<rss version=\"2.0\"><channel><item><guid>1</guid></item><item><guid>2</guid></item></channel></rss>"
        );
        assert!(repaired.cut);
        assert_eq!(repaired.entries, 2);
        assert!(!repair("<rss><item/></rss>").cut);
    }
}
