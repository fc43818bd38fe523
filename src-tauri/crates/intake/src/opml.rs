//! Lists of feeds in OPML, the format in which feed readers hand their subscriptions over.
//!
//! Most lists in the world are not well-formed XML: bare `&`, quotes inside of quotes, outlines that
//! are never closed, false encodings. All of that is read. What is written is OPML 2.0.

mod outline;
mod reader;
mod write;

use wirewatch_model::{Problem, ProblemKind, SourceKind};

use crate::{MAX_BYTES, encoding};

pub use write::write_opml;

/// A feed in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its name.
    pub title: String,
    /// Its address, `http` or `https`.
    pub address: String,
    /// The address of the site that it belongs to.
    pub site: Option<String>,
    /// The folders that it lies in, the outermost first.
    pub folders: Vec<String>,
    /// What kind of place it is: a feed, if the list does not say otherwise.
    pub kind: SourceKind,
}

/// A list of feeds, and what of it could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subscriptions {
    /// The feeds in the list's order.
    pub feeds: Vec<Subscription>,
    /// What was left out, and why.
    pub problems: Vec<Problem>,
}

/// Reads an OPML list. Never fails: what is no list gives no feed and a problem.
pub fn read_opml(bytes: &[u8]) -> Subscriptions {
    if bytes.len() > MAX_BYTES {
        let problem = Problem::new(ProblemKind::TooLarge, "the list is larger than any list of feeds");
        return Subscriptions { feeds: Vec::new(), problems: vec![problem] };
    }
    reader::read(&encoding::decode(bytes, None).text)
}

#[cfg(test)]
mod tests;
