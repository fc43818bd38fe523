//! What kind of document bytes are.

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
    /// None of them.
    Unknown,
}

impl Format {
    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Markdown => "markdown",
            Format::Text => "text",
            Format::Html => "html",
            Format::Rss => "rss",
            Format::Atom => "atom",
            Format::JsonFeed => "jsonfeed",
            Format::Unknown => "unknown",
        }
    }
}

/// Whether a folder scan should read a file of this name: its extension is one that can be read.
pub fn is_readable_name(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("md" | "markdown" | "txt" | "text" | "html" | "htm" | "xhtml"))
}

/// Whether a name belongs to a system, a sync program or a file in the making, never to a document.
pub fn is_ignored_name(name: &str) -> bool {
    name.starts_with('.')
}

/// Whether bytes from the network are a feed.
pub fn looks_like_feed(bytes: &[u8], content_type: Option<&str>) -> bool {
    let _ = (bytes, content_type);
    false
}
