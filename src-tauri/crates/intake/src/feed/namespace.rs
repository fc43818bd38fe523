//! Names in XML feeds: namespaces, old vocabularies, spelling.

/// The vocabulary that a feed's root element announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS 0.91 to 2.0.
    Rss,
    /// RSS 0.90 and 1.0 in RDF.
    Rdf,
    /// Atom 0.3 and 1.0.
    Atom,
}

impl Vocabulary {
    /// That of a root element's local name in lower case.
    pub(super) fn of(root: &str) -> Option<Vocabulary> {
        match root {
            "rss" | "channel" => Some(Vocabulary::Rss),
            "rdf" => Some(Vocabulary::Rdf),
            "feed" | "entry" => Some(Vocabulary::Atom),
            _ => None,
        }
    }

    /// The namespace of its unprefixed elements; RSS 2.0 has none, whatever a feed declares.
    pub(super) fn namespace(self) -> Option<&'static str> {
        match self {
            Vocabulary::Rss => None,
            Vocabulary::Rdf => Some("http://purl.org/rss/1.0/"),
            Vocabulary::Atom => Some("http://www.w3.org/2005/Atom"),
        }
    }
}

/// Prefixes as everybody uses them, for feeds that forget to declare them.
const PREFIXES: &[(&str, &str)] = &[
    ("atom", "http://www.w3.org/2005/Atom"),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("media", "http://search.yahoo.com/mrss/"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
];

/// The namespace to declare for a prefix that a feed uses without declaring it.
pub(super) fn of_prefix(prefix: &str) -> &'static str {
    PREFIXES.iter().find(|(known, _)| *known == prefix).map_or("urn:undeclared", |(_, namespace)| namespace)
}

/// The present spelling of a namespace that has several.
pub(super) fn canonical(namespace: &str) -> &str {
    let bare = namespace.trim().trim_end_matches(['/', '#']);
    let bare = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://")).unwrap_or(bare);
    let lower = bare.to_ascii_lowercase();
    match lower.as_str() {
        "www.w3.org/2005/atom" | "purl.org/atom/ns" | "example.com/newformat" => {
            "http://www.w3.org/2005/Atom"
        }
        "purl.org/rss/1.0"
        | "my.netscape.com/rdf/simple/0.9"
        | "channel.netscape.com/rdf/simple/0.9"
        | "purl.org/net/rss1.1" => "http://purl.org/rss/1.0/",
        "purl.org/rss/1.0/modules/content" => "http://purl.org/rss/1.0/modules/content/",
        "purl.org/dc/elements/1.1" | "purl.org/dc/elements/1.0" => "http://purl.org/dc/elements/1.1/",
        "search.yahoo.com/mrss" => "http://search.yahoo.com/mrss/",
        _ => namespace,
    }
}

/// The name under which `feed-rs` knows an unprefixed element.
pub(super) fn element(name: &str, vocabulary: Vocabulary) -> &str {
    let lower = name.to_ascii_lowercase();
    match (vocabulary, lower.as_str()) {
        // Atom 0.3 (2003) under the names of RFC 4287.
        (Vocabulary::Atom, "modified") => "updated",
        (Vocabulary::Atom, "issued" | "created") => "published",
        (Vocabulary::Atom, "tagline") => "subtitle",
        (Vocabulary::Atom, "copyright") => "rights",
        // Items in an Atom feed and entries in an RSS feed: somebody has mixed two examples.
        (Vocabulary::Atom, "item") => "entry",
        (Vocabulary::Rss | Vocabulary::Rdf, "entry") => "item",
        (Vocabulary::Rss | Vocabulary::Rdf, "body" | "fullitem") => "content:encoded",
        (Vocabulary::Rdf, "rdf") => "RDF",
        (Vocabulary::Rss, "pubdate") => "pubDate",
        (Vocabulary::Rss, "lastbuilddate") => "lastBuildDate",
        (Vocabulary::Rss, "managingeditor") => "managingEditor",
        (Vocabulary::Rss, "webmaster") => "webMaster",
        (_, known) => SPELLINGS.iter().find(|spelling| **spelling == known).copied().unwrap_or(name),
    }
}

/// The name that `feed-rs` knows for a prefixed element which it does not.
pub(super) fn alias(name: &str, vocabulary: Vocabulary) -> &str {
    match (vocabulary, name.to_ascii_lowercase().as_str()) {
        (Vocabulary::Rss | Vocabulary::Rdf, "xhtml:body" | "body:body") => "content:encoded",
        (Vocabulary::Rss | Vocabulary::Rdf, "dc:author" | "dcterms:creator") => "dc:creator",
        (Vocabulary::Rss, "dcterms:issued" | "dcterms:created") => "pubDate",
        (Vocabulary::Rss, "dcterms:modified") => "updated",
        (Vocabulary::Rdf, "dcterms:issued" | "dcterms:created" | "dcterms:modified") => "dc:date",
        _ => name,
    }
}

/// Elements that some feeds write in capitals.
const SPELLINGS: &[&str] = &[
    "rss",
    "channel",
    "item",
    "title",
    "link",
    "description",
    "guid",
    "author",
    "category",
    "language",
    "feed",
    "entry",
    "id",
    "content",
    "summary",
    "updated",
    "published",
    "name",
    "ttl",
    "enclosure",
    "image",
    "source",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_names_become_present_ones() {
        assert_eq!(canonical("http://my.netscape.com/rdf/simple/0.9/"), "http://purl.org/rss/1.0/");
        assert_eq!(canonical("http://purl.org/atom/ns#"), "http://www.w3.org/2005/Atom");
        assert_eq!(canonical("urn:other"), "urn:other");
        assert_eq!(element("modified", Vocabulary::Atom), "updated");
        assert_eq!(element("PUBDATE", Vocabulary::Rss), "pubDate");
        assert_eq!(element("Title", Vocabulary::Rss), "title");
    }
}
