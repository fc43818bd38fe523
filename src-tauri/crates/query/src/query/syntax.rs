//! The syntax tree: a query as it was written, with the place of every part.

use std::ops::Range;

use crate::{Filter, Scope, Within};

/// A part of a query. Two parts are equal if they mean the same, wherever they stand.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    /// The bytes of the query's text.
    pub(crate) span: Range<usize>,
    /// Levels below and with this one; bounded, so that walks may recurse.
    pub(crate) height: usize,
    /// It stands in brackets of its own.
    pub(crate) grouped: bool,
}

impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Node {}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A bare word as typed, perhaps several words with dashes between; `prefix` if a star ended it.
    Word {
        text: String,
        prefix: bool,
    },
    /// Words in double quotes.
    Phrase(Vec<Piece>),
    /// `'…'` or `=X`.
    Exact(String),
    /// `@name`.
    List(String),
    /// `source:` and its like.
    Filter(Filter),
    Near {
        left: Box<Node>,
        right: Box<Node>,
        within: Within,
        ordered: bool,
    },
    AtLeast(u32, Box<Node>),
    Score(u32, Vec<(Node, u32)>),
    And(Vec<Node>, Joint),
    Or(Vec<Node>),
    Not(Box<Node>),
    In(Scope, Box<Node>),
}

/// How the parts of an AND are joined; means the same either way.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Joint {
    /// By the operator, everywhere.
    Written,
    /// Somewhere by nothing but a space.
    Bare,
}

impl PartialEq for Joint {
    fn eq(&self, _: &Joint) -> bool {
        true
    }
}

impl Eq for Joint {}

/// What stands between two spaces in a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Plain,
    Prefix,
    Exact,
}

impl Node {
    pub(crate) fn new(kind: Kind, span: Range<usize>) -> Node {
        let below = kind.parts().map(|part| part.height).max().unwrap_or(0);
        Node { kind, span, height: below + 1, grouped: false }
    }

    /// Whether the part has positions in the text, so that NEAR, ATLEAST and SCORE can ask where
    /// it is. Word lists are taken to have them; resolving makes sure.
    pub(crate) fn is_positional(&self) -> bool {
        match &self.kind {
            Kind::Word { .. } | Kind::Phrase(_) | Kind::Exact(_) | Kind::List(_) | Kind::Near { .. } => true,
            Kind::Or(parts) => parts.iter().all(Node::is_positional),
            Kind::In(_, part) => part.is_positional(),
            Kind::Filter(_) | Kind::AtLeast(..) | Kind::Score(..) | Kind::And(..) | Kind::Not(_) => false,
        }
    }

    /// The part and everything below it, each before its own parts.
    pub(crate) fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Node)) {
        visit(self);
        self.kind.parts().for_each(|part| part.walk(visit));
    }
}

impl Kind {
    /// The parts directly below.
    pub(crate) fn parts(&self) -> Box<dyn Iterator<Item = &Node> + '_> {
        match self {
            Kind::Near { left, right, .. } => Box::new([&**left, &**right].into_iter()),
            Kind::AtLeast(_, part) | Kind::Not(part) | Kind::In(_, part) => {
                Box::new(std::iter::once(&**part))
            }
            Kind::Score(_, parts) => Box::new(parts.iter().map(|(part, _)| part)),
            Kind::And(parts, _) | Kind::Or(parts) => Box::new(parts.iter()),
            Kind::Word { .. } | Kind::Phrase(_) | Kind::Exact(_) | Kind::List(_) | Kind::Filter(_) => {
                Box::new(std::iter::empty())
            }
        }
    }
}
