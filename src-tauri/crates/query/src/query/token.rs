//! What a query is made of before it is parsed.

use super::syntax::Piece;
use crate::{Scope, Within};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    Near { within: Within, ordered: bool },
    AtLeast(u32),
    Score(u32),
    Weight(u32),
    Scope(Scope),
    Key(Key),
    Word { text: String, prefix: bool },
    Phrase(Vec<Piece>),
    Exact(String),
    List(String),
}

/// The name before the colon of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Source,
    Site,
    Author,
    Label,
    Language,
    After,
    Before,
    Newer,
    Topic,
    Is,
}

const KEYS: [(&str, Key); 10] = [
    ("source", Key::Source),
    ("site", Key::Site),
    ("author", Key::Author),
    ("label", Key::Label),
    ("lang", Key::Language),
    ("after", Key::After),
    ("before", Key::Before),
    ("newer", Key::Newer),
    ("topic", Key::Topic),
    ("is", Key::Is),
];

const SCOPES: [(&str, Scope); 3] = [("title", Scope::Title), ("lead", Scope::Lead), ("body", Scope::Body)];

impl Key {
    /// The key of a filter by its name.
    pub(super) fn named(name: &str) -> Option<Key> {
        KEYS.iter().find(|(known, _)| *known == name).map(|(_, key)| *key)
    }

    /// The scope that looks like the key of a filter.
    pub(super) fn scope(name: &str) -> Option<Scope> {
        SCOPES.iter().find(|(known, _)| *known == name).map(|(_, scope)| *scope)
    }

    /// Every name that may stand before a colon.
    pub(super) fn names() -> String {
        let names = SCOPES.iter().map(|(name, _)| *name).chain(KEYS.iter().map(|(name, _)| *name));
        names.collect::<Vec<_>>().join(", ")
    }
}
