//! XML feeds of every kind, in one tolerant pass over the tags.
//!
//! No tree is built and no vocabulary is insisted on. An element counts if it stands directly below
//! the feed, an entry or a media group, so that an image's title is nobody's headline. An entry
//! counts wherever it stands. Document types and their entities are skipped, so nothing expands.

use url::Url;

use super::element::{Inside, inside};
use super::entry::Entry;
use super::names::{Family, Field, Names, field};
use crate::entities;
use crate::markup::{Piece, Pieces, Tag, local, pieces};

/// Feeds nest to about eight levels; deeper elements say nothing.
const MAX_DEPTH: usize = 64;

/// What a feed says, before it is made sense of.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// What it says of itself.
    pub(super) feed: Entry,
    /// Its entries, at most as many as were asked for.
    pub(super) entries: Vec<Entry>,
    /// How many entries went in.
    pub(super) seen: usize,
    /// False if there was no element of a feed in it.
    pub(super) has_root: bool,
    /// True if the text ended before its root element did.
    pub(super) cut: bool,
    /// How many elements had no end of their own.
    pub(super) mended: usize,
}

/// Reads a feed that came from `url`, with at most so many entries.
pub(super) fn read(text: &str, url: Option<&Url>, most_entries: usize) -> Raw {
    let mut reader = Reader {
        pieces: pieces(text),
        names: Names::default(),
        open: Vec::new(),
        origin: url.cloned(),
        raw: Raw::default(),
        most_entries,
    };
    while let Some(piece) = reader.pieces.next() {
        match piece {
            Piece::Open(tag) => reader.start(&tag),
            Piece::Close { name, .. } => reader.end(name),
            Piece::Text(_) | Piece::CData(_) | Piece::Aside(_) => {}
        }
    }
    reader.raw.cut = !reader.open.is_empty();
    reader.raw
}

/// What an open element is the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Feed,
    Entry,
    /// Media RSS inside of an entry.
    Group,
    /// A publication that an Atom entry was taken from.
    Source,
    Elsewhere,
}

struct Element<'a> {
    name: &'a str,
    place: Place,
    /// The base of addresses inside, if the feed declares one.
    base: Option<Url>,
    language: Option<String>,
}

struct Reader<'a> {
    pieces: Pieces<'a>,
    names: Names<'a>,
    open: Vec<Element<'a>>,
    origin: Option<Url>,
    raw: Raw,
    most_entries: usize,
}

impl<'a> Reader<'a> {
    fn start(&mut self, tag: &Tag<'a>) {
        let is_root = !self.raw.has_root && self.open.is_empty();
        self.names.declare(tag, is_root);
        let lower = local(tag.name).to_ascii_lowercase();
        let family = self.names.family_of(tag);
        if family == Family::Core && matches!(lower.as_str(), "item" | "entry") {
            return self.entry(tag);
        }
        let place = self.open.last().map_or(Place::Elsewhere, |element| element.place);
        match field(family, &lower).filter(|_| speaks(place, family)) {
            Some(field) => self.field(field, tag, place),
            None => {
                let inner = inner_place(place, family, &lower, is_root);
                self.raw.has_root |= inner == Place::Feed;
                self.push(tag, inner);
            }
        }
    }

    /// An entry ends the one before it, and whatever it stands in that is not the feed.
    fn entry(&mut self, tag: &Tag<'a>) {
        let feed = self.open.iter().rposition(|element| element.place == Place::Feed);
        self.raw.mended += usize::from(self.open.iter().any(|element| element.place == Place::Entry));
        self.open.truncate(feed.map_or(0, |at| at + 1));
        self.raw.has_root = true;
        self.raw.seen += 1;
        // What is over the limit is read into the last entry's place, and forgotten with the next.
        if self.raw.entries.len() >= self.most_entries {
            return self.push(tag, Place::Elsewhere);
        }
        let base = self.base(tag);
        self.raw.entries.push(Entry::begin(tag, self.language(tag), base));
        self.push(tag, Place::Entry);
    }

    fn push(&mut self, tag: &Tag<'a>, place: Place) {
        if place == Place::Feed {
            self.raw.feed.language = self.raw.feed.language.take().or_else(|| self.language(tag));
            self.raw.feed.base = self.raw.feed.base.take().or_else(|| self.base(tag));
        }
        if !tag.closed && self.open.len() < MAX_DEPTH {
            let (base, language) = (self.base(tag), self.language(tag));
            self.open.push(Element { name: tag.name, place, base, language });
        }
    }

    fn field(&mut self, field: Field, tag: &Tag<'a>, place: Place) {
        let (base, language) = (self.base(tag), self.language(tag));
        let inside: Inside = inside(&mut self.pieces, &self.names, tag, field);
        self.raw.mended += usize::from(inside.mended);
        let target = match (place, self.raw.entries.last_mut()) {
            (Place::Entry | Place::Group, Some(entry)) => entry,
            (Place::Source, Some(entry)) if matches!(field, Field::Author(_)) => {
                return entry.source_author(&inside);
            }
            (Place::Feed, _) => &mut self.raw.feed,
            _ => return,
        };
        target.take(field, tag, inside, base);
        if matches!(field, Field::Content(_) | Field::Title(_)) {
            target.language = target.language.take().or(language);
        }
    }

    /// The base of addresses in an element (XML Base); relative to the one around it.
    fn base(&self, tag: &Tag) -> Option<Url> {
        let around = self.open.last().and_then(|element| element.base.as_ref());
        let declared = tag.attribute("xml:base").map(entities::decode);
        let joined = declared.and_then(|declared| match around.or(self.origin.as_ref()) {
            Some(base) => base.join(declared.trim()).ok(),
            None => Url::parse(declared.trim()).ok(),
        });
        let is_base = |url: &Url| matches!(url.scheme(), "http" | "https");
        joined.filter(is_base).or_else(|| around.cloned())
    }

    fn language(&self, tag: &Tag) -> Option<String> {
        let around = || self.open.last().and_then(|element| element.language.clone());
        tag.attribute("xml:lang").map(str::to_owned).filter(|language| !language.is_empty()).or_else(around)
    }

    /// An end tag; one that nothing is open for is no matter.
    fn end(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|element| element.name.eq_ignore_ascii_case(name)) {
            self.open.truncate(at);
        }
    }
}

/// Whether elements of a vocabulary say something of the place that they stand in.
fn speaks(place: Place, family: Family) -> bool {
    match place {
        Place::Feed | Place::Entry => true,
        Place::Group => family == Family::Media,
        Place::Source => family == Family::Core,
        Place::Elsewhere => false,
    }
}

fn inner_place(place: Place, family: Family, lower: &str, is_root: bool) -> Place {
    match (place, family, lower) {
        (_, Family::Core, "rss" | "rdf" | "feed" | "channel") if place != Place::Entry => Place::Feed,
        _ if is_root => Place::Elsewhere,
        (Place::Entry | Place::Group, Family::Media, "group" | "content") => Place::Group,
        (Place::Entry, Family::Core, "source") => Place::Source,
        _ => Place::Elsewhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str) -> Vec<String> {
        let raw = read(text, None, 1000);
        assert_eq!(raw.seen, raw.entries.len(), "{text}");
        raw.entries.into_iter().map(|entry| entry.title.value().to_owned()).collect()
    }

    #[test]
    fn entries_are_found_in_every_disorder() {
        for (name, text) in [
            (
                "in order",
                "<rss><channel><title>T</title><item><title>a</title></item><item><title>b</title></item></channel></rss>",
            ),
            (
                "behind the channel",
                "<rss><channel></channel><item><title>a</title></item><item><title>b</title></item></rss>",
            ),
            ("without a channel", "<rss><item><title>a</title></item><item><title>b</title></item></rss>"),
            (
                "without a root",
                "<channel><item><title>a</title></item><item><title>b</title></item></channel>",
            ),
            ("unclosed", "<rss><channel><item><title>a</title><item><title>b</title></channel></rss>"),
            ("unclosed titles", "<rss><channel><item><title>a</item><item><title>b</item></channel></rss>"),
            (
                "stray ends",
                "<rss></b><channel><item></i><title>a</title></item></item><item><title>b</title></item></channel></rss>",
            ),
            (
                "an unclosed image",
                "<rss><channel><image><title>T</title><item><title>a</title></item><item><title>b</title></item></channel></rss>",
            ),
            (
                "capitals",
                "<RSS><CHANNEL><ITEM><TITLE>a</TITLE></ITEM><ITEM><TITLE>b</TITLE></ITEM></CHANNEL></RSS>",
            ),
            (
                "entries in RSS",
                "<rss><channel><entry><title>a</title></entry><entry><title>b</title></entry></channel></rss>",
            ),
            (
                "a prefix",
                "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>a</a:title></a:entry><a:entry><a:title>b</a:title></a:entry></a:feed>",
            ),
            (
                "an undeclared prefix",
                "<x:feed><x:entry><x:title>a</x:title></x:entry><x:entry><x:title>b</x:title></x:entry></x:feed>",
            ),
            (
                "a deep one",
                "<rss><channel><item><title>a</title><x><x><x></item><item><title>b</title></item></channel></rss>",
            ),
            (
                "self-closing fields",
                "<rss><channel><item><guid/><author/><description/><dc:creator/><title>a</title></item><item><title>b</title></item></channel></rss>",
            ),
            (
                "foreign titles",
                "<rss><channel><item><image><title>x</title></image><x:title>y</x:title><title>a</title></item><item><media:title>z</media:title><title>b</title></item></channel></rss>",
            ),
            (
                "an open CDATA",
                "<rss><channel><item><title><![CDATA[a</title></item><item><title><![CDATA[b]]></title></item></channel></rss>",
            ),
        ] {
            assert_eq!(titles(text), ["a", "b"], "{name}");
        }
    }

    #[test]
    fn a_crowd_of_open_sections_is_searched_once() {
        // Searched to the end for each of them, this would take minutes.
        let text = format!("<rss><item><title>a</title>{}", "<guid><![CDATA[a</guid>".repeat(100_000));
        assert_eq!(titles(&text), ["a"]);
    }

    #[test]
    fn depth_is_no_trouble() {
        let text =
            format!("<rss><channel>{}<item><title>a</title></item></channel></rss>", "<x>".repeat(10_000));
        assert_eq!(titles(&text), ["a"]);
    }

    #[test]
    fn a_cut_feed_is_known_as_one() {
        let raw = read("<rss><channel><item><guid>1</guid></item><item><guid>2", None, 10);
        assert!(raw.cut);
        assert_eq!(raw.seen, 2);
        assert!(!read("<rss><item/></rss>", None, 10).cut);
        assert!(!read("<html></html>", None, 10).has_root);
    }
}
