//! What a feed's elements say of an entry, and which of them is believed.

use std::ops::RangeInclusive;

use url::Url;
use wirewatch_model::Published;

use super::element::Inside;
use super::item::{Item, Text};
use super::names::Field;
use crate::markup::{Piece, Tag, local, pieces};
use crate::{date, entities, plain};

/// More labels or authors than an entry can mean.
const MOST_NAMES: usize = 200;

/// A value of which the most authentic counts, and among equals the first.
#[derive(Debug)]
pub(super) struct Best<T> {
    rank: u8,
    value: Option<T>,
}

impl<T> Default for Best<T> {
    fn default() -> Best<T> {
        Best { rank: u8::MAX, value: None }
    }
}

impl<T> Best<T> {
    /// Takes a value if there is none that is as authentic.
    fn offer(&mut self, rank: u8, value: Option<T>) {
        if value.is_some() && (self.value.is_none() || rank < self.rank) {
            (self.rank, self.value) = (rank, value);
        }
    }
}

impl Best<String> {
    #[cfg(test)]
    pub(super) fn value(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }
}

/// What a feed says of an entry, or of itself.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) title: Best<String>,
    content: Best<Text>,
    summary: Best<Text>,
    link: Best<String>,
    pub(super) id: Option<String>,
    authors: Vec<(u8, String)>,
    published: Best<Published>,
    updated: Best<Published>,
    pub(super) language: Option<String>,
    labels: Vec<String>,
    /// For a feed: the minutes that it may be kept.
    pub(super) ttl: Option<u32>,
    /// The base of its addresses, if the feed declares one.
    pub(super) base: Option<Url>,
}

/// Ranks of addresses, best first.
mod link {
    pub(super) const ORIGINAL: u8 = 0;
    pub(super) const PAGE: u8 = 1;
    pub(super) const OTHER_TYPE: u8 = 2;
    pub(super) const PERMANENT_ID: u8 = 3;
    pub(super) const ABOUT: u8 = 4;
    pub(super) const CONTENT: u8 = 5;
    pub(super) const ATOM_ID: u8 = 6;
    pub(super) const ENCLOSURE: u8 = 7;
}

/// Authors of the publication that an entry was taken from; after the entry's own.
const OF_SOURCE: u8 = 9;

impl Entry {
    /// An entry as its start tag has it: RDF and CDF say where it is there.
    pub(super) fn begin(tag: &Tag, language: Option<String>, base: Option<Url>) -> Entry {
        let mut entry = Entry { language, base: base.clone(), ..Entry::default() };
        for (key, value) in tag.attributes() {
            let value = plain::some_line(&entities::decode(value));
            match local(key).to_ascii_lowercase().as_str() {
                "about" => {
                    entry.id.clone_from(&value);
                    entry.offer_link(link::ABOUT, value, None);
                }
                "href" => entry.offer_link(link::PAGE, value, base.as_ref()),
                "lastmod" => entry.updated.offer(2, value.as_deref().and_then(date::parse)),
                _ => {}
            }
        }
        entry
    }

    /// Takes what an element says; `base` is the base of its addresses.
    pub(super) fn take(&mut self, field: Field, tag: &Tag, inside: Inside, base: Option<Url>) {
        match field {
            Field::Title(rank) => self.title.offer(rank, some(inside.text)),
            Field::Summary(rank) => self.summary.offer(rank, text(tag, inside, base)),
            Field::Content(rank) => {
                self.offer_link(link::CONTENT, attribute(tag, "src"), base.as_ref());
                self.content.offer(rank, text(tag, inside, base));
            }
            Field::Link => self.link(tag, &inside.text, base.as_ref()),
            Field::OriginalLink => self.offer_link(link::ORIGINAL, some(inside.text), base.as_ref()),
            Field::Id => self.id(tag, inside.text),
            Field::Published(rank) => self.published.offer(rank, date::parse(&inside.text)),
            Field::Updated(rank) => self.updated.offer(rank, date::parse(&inside.text)),
            Field::Author(rank) => self.author(rank, &inside),
            Field::Label => {
                self.label(attribute(tag, "label").or_else(|| attribute(tag, "term")).unwrap_or(inside.text))
            }
            Field::Labels => inside.text.split(',').for_each(|label| self.label(label.to_owned())),
            Field::Language => self.language = plain::some_line(&inside.text).or(self.language.take()),
            Field::Enclosure => {
                let address = attribute(tag, "url").or_else(|| attribute(tag, "href"));
                self.offer_link(link::ENCLOSURE, address, base.as_ref());
            }
            Field::Ttl => self.ttl = self.ttl.or_else(|| inside.text.trim().parse().ok()),
        }
    }

    /// Takes the author of the publication that the entry was taken from.
    pub(super) fn source_author(&mut self, inside: &Inside) {
        self.author(OF_SOURCE, inside);
    }

    /// The link to the thing itself, not to the feed, comments or an editing interface.
    fn link(&mut self, tag: &Tag, text: &str, base: Option<&Url>) {
        let relation = attribute(tag, "rel").unwrap_or_default().to_ascii_lowercase();
        let kind = attribute(tag, "type").unwrap_or_default();
        let rank = match relation.rsplit('/').next().unwrap_or_default() {
            "" | "alternate" if kind.is_empty() || kind.contains("html") => link::PAGE,
            "" | "alternate" => link::OTHER_TYPE,
            "enclosure" => link::ENCLOSURE,
            _ => return,
        };
        self.offer_link(rank, attribute(tag, "href").or_else(|| some(text.to_owned())), base);
    }

    fn offer_link(&mut self, rank: u8, address: Option<String>, base: Option<&Url>) {
        let absolute = |address: String| match base {
            Some(base) => base.join(address.trim()).map_or(address, Into::into),
            None => address.trim().to_owned(),
        };
        self.link.offer(rank, address.filter(|address| !address.trim().is_empty()).map(absolute));
    }

    /// A guid is an address unless it says otherwise (RSS 2.0); an Atom id often is one.
    fn id(&mut self, tag: &Tag, text: String) {
        let Some(id) = plain::some_line(&text) else { return };
        let is_guid = local(tag.name).eq_ignore_ascii_case("guid");
        let permanent =
            attribute(tag, "isPermaLink").is_none_or(|value| !value.eq_ignore_ascii_case("false"));
        if super::web_address(&id).is_some() && (permanent || !is_guid) {
            let rank = if is_guid { link::PERMANENT_ID } else { link::ATOM_ID };
            self.offer_link(rank, Some(id.clone()), None);
        }
        self.id = Some(id);
    }

    fn author(&mut self, rank: u8, inside: &Inside) {
        let name = if inside.markup { person(&inside.text) } else { some(inside.text.clone()) };
        let names = name.iter().flat_map(|name| name.split(';')).filter_map(plain::some_line);
        let room = MOST_NAMES.saturating_sub(self.authors.len());
        self.authors.extend(names.take(room).map(|name| (rank, name)));
    }

    fn label(&mut self, label: String) {
        if self.labels.len() < MOST_NAMES {
            self.labels.push(label);
        }
    }

    /// The names of the most authentic kind.
    pub(super) fn best_authors(&self) -> Vec<String> {
        let best = self.authors.iter().map(|(rank, _)| *rank).min();
        // Dublin Core beside RSS's own element, which is an address more often than a name.
        let level: RangeInclusive<u8> = match best {
            Some(0 | 1) if self.authors.iter().any(|(rank, _)| *rank == 1) => 1..=1,
            Some(best) => best..=best,
            None => return Vec::new(),
        };
        self.authors.iter().filter(|(rank, _)| level.contains(rank)).map(|(_, name)| name.clone()).collect()
    }

    /// Its title, if it has one.
    pub(super) fn headline(&self) -> Option<String> {
        self.title.value.clone()
    }

    /// Its address, as written or resolved where the feed says against what.
    pub(super) fn address(&self) -> Option<&str> {
        self.link.value.as_deref()
    }

    /// The entry as every feed format has it.
    pub(super) fn item(self) -> Item {
        Item {
            authors: self.best_authors(),
            title: self.title.value.unwrap_or_default(),
            link: self.link.value,
            id: self.id,
            published: self.published.value,
            updated: self.updated.value,
            language: self.language,
            content: self.content.value,
            summary: self.summary.value,
            labels: self.labels,
        }
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attribute(name).and_then(|value| plain::some_line(&entities::decode(value)))
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.trim().is_empty())
}

/// The text of a content element; none if it is a picture or the like.
fn text(tag: &Tag, inside: Inside, base: Option<Url>) -> Option<Text> {
    let kind = attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
    let is_media = ["image/", "audio/", "video/"].iter().any(|beginning| kind.starts_with(beginning));
    let text = some(inside.text).filter(|_| !is_media)?;
    Some(Text { text, base })
}

/// The name of an Atom person (RFC 4287, section 3.2), or else the address.
fn person(markup: &str) -> Option<String> {
    let (mut name, mut email, mut loose) = (String::new(), String::new(), String::new());
    let mut open = String::new();
    for piece in pieces(markup) {
        match piece {
            Piece::Open(tag) => open = local(tag.name).to_ascii_lowercase(),
            Piece::Close { .. } => open.clear(),
            Piece::Text(text) => match open.as_str() {
                "name" => name.push_str(&entities::decode(text)),
                "email" => email.push_str(&entities::decode(text)),
                "uri" | "url" | "homepage" => {}
                _ => loose.push_str(&entities::decode(text)),
            },
            Piece::CData(text) => name.push_str(text),
            Piece::Aside(_) => {}
        }
    }
    some(name).or_else(|| some(loose)).or_else(|| some(email))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::reader::read;

    fn item(inside: &str) -> Item {
        let feed = format!("<rss><channel><item>{inside}</item></channel></rss>");
        read(&feed, None, 1).entries.remove(0).item()
    }

    #[test]
    fn the_best_address_is_taken() {
        for (inside, want) in [
            ("<link>https://a.example/</link><guid>https://b.example/</guid>", Some("https://a.example/")),
            ("<guid>https://b.example/</guid>", Some("https://b.example/")),
            ("<guid isPermaLink='false'>https://b.example/</guid>", None),
            ("<guid>b</guid>", None),
            (
                "<link rel='self' href='https://s.example/'/><link href='https://a.example/'/>",
                Some("https://a.example/"),
            ),
            (
                "<link rel='alternate' type='application/json' href='j'/><link rel='alternate' type='text/html' href='h'/>",
                Some("h"),
            ),
            (
                "<link>https://proxy.example/</link><feedburner:origLink>https://a.example/</feedburner:origLink>",
                Some("https://a.example/"),
            ),
            ("<enclosure url='https://a.example/x.mp3'/>", Some("https://a.example/x.mp3")),
            (
                "<enclosure url='https://a.example/x.mp3'/><link/><guid>https://b.example/</guid>",
                Some("https://b.example/"),
            ),
            ("<content src='https://a.example/text'/>", Some("https://a.example/text")),
            ("<link xml:base='https://a.example/x/'>y?a=1&b=2</link>", Some("https://a.example/x/y?a=1&b=2")),
        ] {
            assert_eq!(item(inside).link.as_deref(), want, "{inside}");
        }
    }

    #[test]
    fn the_best_author_is_taken() {
        for (inside, want) in [
            ("<author>jane@example.org (Jane Roe)</author>", vec!["jane@example.org (Jane Roe)"]),
            ("<author>jane@example.org</author><dc:creator>Jane Roe</dc:creator>", vec!["Jane Roe"]),
            (
                "<dc:creator>A</dc:creator><dc:creator>B; C</dc:creator><itunes:author>D</itunes:author>",
                vec!["A", "B", "C"],
            ),
            (
                "<author><name>A</name><email>a@example.org</email></author><author><name>B</name></author>",
                vec!["A", "B"],
            ),
            ("<author><email>a@example.org</email></author>", vec!["a@example.org"]),
            ("<atom:author><atom:name>A &amp; B</atom:name></atom:author>", vec!["A & B"]),
            ("<itunes:author>D</itunes:author>", vec!["D"]),
            ("<source><author><name>S</name></author></source>", vec!["S"]),
            ("<source><author><name>S</name></author></source><author><name>A</name></author>", vec!["A"]),
            ("<author/>", vec![]),
        ] {
            assert_eq!(item(inside).authors, want, "{inside}");
        }
    }

    #[test]
    fn the_most_authentic_text_counts_wherever_it_stands() {
        let item = item(
            "<media:group><media:title>M</media:title><media:description>D</media:description></media:group>\
             <dc:title>C</dc:title><title>T</title><title>Second</title><image><title>I</title></image>\
             <dcterms:issued>2020-01-02</dcterms:issued><pubDate>soon</pubDate><dc:date>2020-01-03</dc:date>",
        );
        assert_eq!(item.title, "T");
        assert_eq!(item.summary.map(|text| text.text).as_deref(), Some("D"));
        assert_eq!(item.published, date::parse("2020-01-02"), "of what can be read");
    }
}
