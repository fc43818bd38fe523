//! Names in XML feeds: which vocabulary an element belongs to, and what it says.
//!
//! Feeds declare namespaces wrongly, in old spellings, or not at all. So a prefix means what it is
//! declared to mean if that is a vocabulary we know, else what everybody means by it.

use crate::markup::{Tag, local};

/// A vocabulary, or several that mean the same by the same words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// RSS, RDF site summary, Atom and CDF: no element of one means something else in another.
    Core,
    /// `content:encoded`.
    Content,
    /// Dublin Core elements.
    Dc,
    /// Dublin Core terms.
    DcTerms,
    /// Media RSS.
    Media,
    /// Apple's podcast elements.
    Itunes,
    /// FeedBurner's.
    FeedBurner,
    /// XHTML inside of RSS.
    Xhtml,
    /// Anything else.
    Other,
}

/// Namespaces without scheme and trailing `/` or `#`, in lower case.
const NAMESPACES: &[(&str, Family)] = &[
    ("www.w3.org/2005/atom", Family::Core),
    ("purl.org/atom/ns", Family::Core),
    ("example.com/newformat", Family::Core),
    ("purl.org/rss/1.0", Family::Core),
    ("my.netscape.com/rdf/simple/0.9", Family::Core),
    ("channel.netscape.com/rdf/simple/0.9", Family::Core),
    ("my.netscape.com/publish/formats/rss-0.91.dtd", Family::Core),
    ("purl.org/net/rss1.1", Family::Core),
    ("backend.userland.com/rss", Family::Core),
    ("backend.userland.com/rss2", Family::Core),
    ("backend.userland.com/rss091", Family::Core),
    ("blogs.law.harvard.edu/tech/rss", Family::Core),
    ("cyber.law.harvard.edu/rss", Family::Core),
    ("www.w3.org/1999/02/22-rdf-syntax-ns", Family::Core),
    ("purl.org/rss/1.0/modules/content", Family::Content),
    ("purl.org/dc/elements/1.0", Family::Dc),
    ("purl.org/dc/elements/1.1", Family::Dc),
    ("purl.org/dc/terms", Family::DcTerms),
    ("search.yahoo.com/mrss", Family::Media),
    ("tools.search.yahoo.com/mrss", Family::Media),
    ("www.itunes.com/dtds/podcast-1.0.dtd", Family::Itunes),
    ("example.com/dtds/podcast-1.0.dtd", Family::Itunes),
    ("rssnamespace.org/feedburner/ext/1.0", Family::FeedBurner),
    ("www.w3.org/1999/xhtml", Family::Xhtml),
];

/// Prefixes as everybody uses them.
const PREFIXES: &[(&str, Family)] = &[
    ("atom", Family::Core),
    ("atom03", Family::Core),
    ("atom10", Family::Core),
    ("a10", Family::Core),
    ("rss", Family::Core),
    ("rdf", Family::Core),
    ("content", Family::Content),
    ("dc", Family::Dc),
    ("dcterms", Family::DcTerms),
    ("media", Family::Media),
    ("itunes", Family::Itunes),
    ("feedburner", Family::FeedBurner),
    ("xhtml", Family::Xhtml),
    ("body", Family::Xhtml),
];

/// More namespaces than any feed declares.
const MAX_DECLARED: usize = 64;

/// The namespaces that a feed has declared so far.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    /// Prefixes that are known to mean something; the empty one is the root's default.
    declared: Vec<(&'a str, Family)>,
}

impl<'a> Names<'a> {
    /// Takes note of what a tag declares. The root's own prefix means the core, whatever it says.
    pub(super) fn declare(&mut self, tag: &Tag<'a>, is_root: bool) {
        if let Some((prefix, _)) = tag.name.split_once(':').filter(|_| is_root) {
            self.declared.push((prefix, Family::Core));
        }
        for (key, value) in tag.attributes() {
            let Some(prefix) = key.strip_prefix("xmlns:") else { continue };
            if let Some(family) = of_namespace(value).filter(|_| self.declared.len() < MAX_DECLARED) {
                self.declared.push((prefix, family));
            }
        }
    }

    /// The vocabulary of a tag or end tag's name.
    pub(super) fn family(&self, name: &str) -> Family {
        let Some((prefix, _)) = name.split_once(':') else { return Family::Core };
        let declared = self.declared.iter().rev().find(|(known, _)| *known == prefix);
        let usual = || PREFIXES.iter().find(|(known, _)| known.eq_ignore_ascii_case(prefix));
        declared.or_else(usual).map_or(Family::Other, |&(_, family)| family)
    }

    /// The vocabulary of a tag, which may put itself into another one.
    pub(super) fn family_of(&self, tag: &Tag) -> Family {
        let default =
            tag.attributes().find(|(key, _)| *key == "xmlns").and_then(|(_, value)| of_namespace(value));
        default.filter(|_| !tag.name.contains(':')).unwrap_or_else(|| self.family(tag.name))
    }

    /// Whether a tag or end tag of this name is an entry's.
    pub(super) fn is_entry(&self, name: &str) -> bool {
        // The local name first: it is cheap, and nearly always another one.
        matches!(local(name).to_ascii_lowercase().as_str(), "item" | "entry")
            && self.family(name) == Family::Core
    }

    /// Whether an end tag of this name ends more than a text.
    pub(super) fn is_border(&self, name: &str) -> bool {
        let lower = local(name).to_ascii_lowercase();
        matches!(lower.as_str(), "item" | "entry" | "channel" | "feed" | "rss" | "rdf")
            && self.family(name) == Family::Core
    }
}

fn of_namespace(namespace: &str) -> Option<Family> {
    let bare = namespace.trim().trim_end_matches(['/', '#']);
    let bare = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://")).unwrap_or(bare);
    let lower = bare.to_ascii_lowercase();
    NAMESPACES.iter().find(|(known, _)| *known == lower).map(|&(_, family)| family)
}

/// What an element says of a feed or entry. A number ranks elements that say the same: the
/// smallest is the most authentic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// The headline.
    Title(u8),
    /// A summary, or the text itself in plain RSS.
    Summary(u8),
    /// The text.
    Content(u8),
    /// An address, as text or in `href`.
    Link,
    /// The address before a service put its own in front.
    OriginalLink,
    /// An identifier, perhaps an address.
    Id,
    /// When it was published.
    Published(u8),
    /// When it was last changed.
    Updated(u8),
    /// Who wrote it.
    Author(u8),
    /// A category.
    Label,
    /// Categories with commas between them.
    Labels,
    /// Its language.
    Language,
    /// Something that goes with it.
    Enclosure,
    /// For how many minutes a feed may be kept.
    Ttl,
}

/// What an element of this vocabulary and local name in lower case says.
pub(super) fn field(family: Family, lower: &str) -> Option<Field> {
    match family {
        Family::Core => core(lower),
        Family::Content => (lower == "encoded").then_some(Field::Content(0)),
        Family::Xhtml => (lower == "body").then_some(Field::Content(1)),
        Family::Dc => dublin_core(lower),
        Family::DcTerms => terms(lower),
        Family::Media => media(lower),
        Family::Itunes => itunes(lower),
        Family::FeedBurner => (lower == "origlink").then_some(Field::OriginalLink),
        Family::Other => None,
    }
}

fn core(lower: &str) -> Option<Field> {
    Some(match lower {
        "title" => Field::Title(0),
        "description" => Field::Summary(0),
        "summary" | "abstract" => Field::Summary(1),
        "content" => Field::Content(0),
        "body" | "fullitem" => Field::Content(1),
        "link" => Field::Link,
        "guid" | "id" => Field::Id,
        "pubdate" | "published" | "issued" => Field::Published(0),
        "created" => Field::Published(2),
        "updated" | "modified" => Field::Updated(0),
        "author" => Field::Author(0),
        "category" => Field::Label,
        "keywords" => Field::Labels,
        "language" => Field::Language,
        "enclosure" => Field::Enclosure,
        "ttl" => Field::Ttl,
        _ => return None,
    })
}

fn dublin_core(lower: &str) -> Option<Field> {
    Some(match lower {
        "title" => Field::Title(1),
        "description" => Field::Summary(2),
        "date" => Field::Published(1),
        "creator" | "author" => Field::Author(1),
        "subject" => Field::Label,
        "language" => Field::Language,
        _ => return None,
    })
}

fn terms(lower: &str) -> Option<Field> {
    Some(match lower {
        "issued" => Field::Published(1),
        "created" | "date" => Field::Published(2),
        "modified" => Field::Updated(1),
        other => return dublin_core(other),
    })
}

fn media(lower: &str) -> Option<Field> {
    Some(match lower {
        "title" => Field::Title(3),
        "description" => Field::Summary(4),
        "keywords" => Field::Labels,
        _ => return None,
    })
}

fn itunes(lower: &str) -> Option<Field> {
    Some(match lower {
        "title" => Field::Title(2),
        "summary" => Field::Summary(3),
        "subtitle" => Field::Summary(4),
        "author" => Field::Author(2),
        "keywords" => Field::Labels,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Piece, pieces};

    fn family(feed: &str) -> Family {
        let mut names = Names::default();
        let mut last = Family::Other;
        for (at, piece) in pieces(feed).enumerate() {
            let Piece::Open(tag) = piece else { continue };
            names.declare(&tag, at == 0);
            last = names.family_of(&tag);
        }
        last
    }

    #[test]
    fn elements_belong_to_what_they_are_meant_to() {
        for (feed, want) in [
            ("<rss><title>", Family::Core),
            ("<rss xmlns='urn:anything'><title>", Family::Core),
            ("<x:feed xmlns:x='http://www.w3.org/2005/Atom'><x:title>", Family::Core),
            ("<x:feed><x:title>", Family::Core),
            ("<feed xmlns:old='http://purl.org/atom/ns#'><old:title>", Family::Core),
            ("<rss><dc:date>", Family::Dc),
            ("<rss xmlns:dc='https://purl.org/dc/elements/1.1'><dc:date>", Family::Dc),
            ("<rss xmlns:d='http://purl.org/dc/elements/1.1/'><d:date>", Family::Dc),
            ("<rss xmlns:media='http://purl.org/dc/elements/1.1/'><media:date>", Family::Dc),
            ("<rss xmlns:dc='urn:wrong'><dc:date>", Family::Dc),
            ("<rss><foo:title>", Family::Other),
            ("<rss><body xmlns='http://www.w3.org/1999/xhtml'>", Family::Xhtml),
        ] {
            assert_eq!(family(feed), want, "{feed}");
        }
    }

    #[test]
    fn the_same_words_mean_the_same_in_old_and_new_vocabularies() {
        assert_eq!(field(Family::Core, "modified"), field(Family::Core, "updated"));
        assert_eq!(field(Family::Core, "issued"), field(Family::Core, "pubdate"));
        assert_eq!(field(Family::Other, "title"), None);
    }
}
