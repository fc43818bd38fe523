//! What a query is resolved against.

use super::Query;
use crate::Language;

/// Where the names in a query lead.
pub trait Lookup {
    /// The word list called `name` (written `@name`).
    fn list(&self, name: &str) -> Option<&Query>;
    /// The topic called `name` (written `topic:name`).
    fn topic(&self, name: &str) -> Option<&Query>;
}

/// A lookup without names.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoNames;

impl Lookup for NoNames {
    fn list(&self, _name: &str) -> Option<&Query> {
        None
    }

    fn topic(&self, _name: &str) -> Option<&Query> {
        None
    }
}

/// What a query is resolved for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// A topic: `topic:` puts the named query in place, `is:` is refused.
    Topic,
    /// A search of the library: `topic:` and `is:` ask what is recorded there.
    Search,
}

/// Everything that decides what a query means.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Word lists and topics.
    pub names: &'a dyn Lookup,
    /// The languages of the query's word forms.
    pub languages: &'a [Language],
    /// What it is for.
    pub purpose: Use,
}
