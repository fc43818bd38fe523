//! Feeds: RSS, Atom and JSON Feed.
//!
//! The XML reader is our own, on the tolerant tokenizer that pages are read with: every crate of the
//! field loses entries in silence or refuses a whole feed over a bare `&`, an empty element or a
//! namespace of 1999. Entries that go in are counted and must come out.

mod element;
mod entry;
mod item;
mod json;
mod names;
mod reader;
mod sitemap;
mod xml;

pub(crate) use json::read as json;
pub use sitemap::{ChildSitemap, Sitemap};
pub(crate) use sitemap::{pages as sitemap_pages, read as sitemap};
pub(crate) use xml::read as xml;

use url::Url;
use wirewatch_model::{Problem, ProblemKind};

/// More entries than a feed can mean; the rest is left out and said to be.
const MOST_ENTRIES: usize = 10_000;

/// An `http(s)` address as it stands, white space aside.
fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.into())
}

/// What to say if fewer entries came out than went in.
fn missing(came: usize, of: usize) -> Option<Problem> {
    let lost = of.checked_sub(came).filter(|&lost| lost > 0)?;
    let kind = if came == 0 { ProblemKind::Broken } else { ProblemKind::Incomplete };
    Some(Problem::new(kind, format!("{lost} of the feed's {of} entries could not be read")))
}
