//! Bytes to parsed articles: documents, feeds and article pages.
//!
//! [`parse`] is the one door. It takes bytes and what is known about them ([`Hint`]), finds out
//! what they are, reads them, and gives articles *and* problems: broken input is normal, so there
//! is no error type. It is pure (no disk, no network, no clock), it never panics, and every reader
//! is bounded in bytes, depth and nodes, since whatever comes in may be hostile.
//!
//! Not in here: fetching, watching, completing a truncated item from its page (the monitor does
//! that with [`parse`] on the page), and deciding whether two articles are the same.
//!
//! ```
//! use wirewatch_intake::{Hint, parse};
//!
//! let parsed = parse(b"# Talks begin\n\nBy Jane Roe\n\nThey met at last.", &Hint::named("talks.md"));
//! assert_eq!(parsed.articles[0].title, "Talks begin");
//! ```

mod block;
mod clipping;
mod content;
mod date;
mod discover;
mod document;
mod encoding;
mod entities;
mod feed;
mod finish;
mod format;
mod gzip;
mod html;
mod language;
mod links;
mod markup;
mod opml;
mod plain;
mod read;
mod sanitise;
mod wire;

use std::collections::HashSet;
use std::time::Duration;

use wirewatch_model::{ParsedArticle, Problem};

pub use discover::{FeedLink, common_feed_paths, find_feeds, find_sitemaps};
pub use feed::{ChildSitemap, Sitemap};
pub use format::{Format, is_ignored_name, is_readable_name, looks_like_feed};
pub use links::{ArticleLink, find_articles, find_feed_anchors};
pub use opml::{Subscription, Subscriptions, read_opml, write_opml};

/// The largest input that is read, in bytes. A day's feed is a hundredth of it; a newspaper's
/// whole text edition a quarter.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// What is known about bytes from outside; all of it may be wrong.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint<'a> {
    /// A file name or the path of an address: its extension tells the format.
    pub name: Option<&'a str>,
    /// The `Content-Type` header, charset included.
    pub content_type: Option<&'a str>,
    /// The address that the bytes came from: base of relative links, and the article's own
    /// address if the document does not say better.
    pub url: Option<&'a str>,
    /// What the user says it is: an extension such as `md`. Outranks everything.
    pub file_type: Option<&'a str>,
    /// Entries of a feed that were read before; they are counted and not read again, which is most
    /// of the work of most polls.
    pub known: Option<&'a HashSet<EntryMark>>,
}

/// Recognises an entry of a feed: one that says the same again has the same mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EntryMark(pub u64);

impl<'a> Hint<'a> {
    /// Only a file name is known.
    pub fn named(name: &'a str) -> Hint<'a> {
        Hint { name: Some(name), ..Hint::default() }
    }
}

/// What a document turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// Its format.
    pub format: Format,
    /// The articles in it, in its own order.
    pub articles: Vec<ParsedArticle>,
    /// Trouble with the input as a whole; each article has its own besides.
    pub problems: Vec<Problem>,
    /// What a feed says of itself; `None` for documents.
    pub feed: Option<FeedFacts>,
}

/// What a feed says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedFacts {
    /// Its title.
    pub title: Option<String>,
    /// The address of the site that it belongs to.
    pub home: Option<String>,
    /// How long it asks not to be read again.
    pub ttl: Option<Duration>,
    /// The marks of all its entries.
    pub entries: Vec<EntryMark>,
    /// How many of them were known and are not among the articles.
    pub known: usize,
}

/// Reads a sitemap, compressed or not: pages, or the addresses of further sitemaps.
///
/// `None` if the bytes are no sitemap at all. [`parse`] reads pages too; only this gives the
/// children of an index.
///
/// ```
/// use wirewatch_intake::{Hint, Sitemap, read_sitemap};
///
/// let index = b"<sitemapindex><sitemap><loc>https://example.org/news.xml</loc></sitemap></sitemapindex>";
/// let Some(Sitemap::Index { children, .. }) = read_sitemap(index, &Hint::default()) else { panic!() };
/// assert_eq!(children[0].url, "https://example.org/news.xml");
/// ```
pub fn read_sitemap(bytes: &[u8], hint: &Hint) -> Option<Sitemap> {
    read::sitemap(bytes, hint)
}

/// Reads whatever these bytes are.
///
/// Never fails and never panics: what cannot be read gives no article and a problem that says so
/// in plain words.
pub fn parse(bytes: &[u8], hint: &Hint) -> Parsed {
    read::read(bytes, hint)
}

/// A page as text, whatever encoding it is in: by its byte order mark, `Content-Type`, own declaration, or a
/// guess.
pub fn page_text(bytes: &[u8], content_type: Option<&str>) -> String {
    encoding::decode(bytes, content_type).text
}

/// HTML from outside without anything that runs, calls out or looks odd: what every reader's `html`
/// has gone through already.
pub fn sanitise_html(html: &str) -> String {
    sanitise::clean(&html::bound(html).html, None)
}
