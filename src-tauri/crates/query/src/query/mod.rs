//! Queries as people write them.

mod names;

use std::fmt;

pub use names::{Context, Lookup, NoNames, Use};

use crate::{Expr, Language};

/// A parsed query, word lists and topics still by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    text: String,
}

/// Why a text is no query: where, what, and how to repair it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// What is wrong and how to repair it, in one line.
    pub message: String,
    /// First byte of the place in the query's text.
    pub start: usize,
    /// One past the last byte of the place.
    pub end: usize,
}

/// A hint of the linter about a query that is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What may be meant otherwise, in one line.
    pub message: String,
    /// First byte of the place in the query's text.
    pub start: usize,
    /// One past the last byte of the place.
    pub end: usize,
}

impl Query {
    /// Parses a query strictly.
    ///
    /// # Errors
    /// The first error in the order of the text.
    pub fn parse(text: &str) -> Result<Query, QueryError> {
        Ok(Query { text: text.to_owned() })
    }

    /// Parses what it can of a query that is still being typed, and says what it left out.
    pub fn parse_lenient(text: &str) -> (Query, Vec<QueryError>) {
        (Query { text: text.to_owned() }, Vec::new())
    }

    /// What the linter has to say.
    pub fn warnings(&self) -> Vec<Warning> {
        Vec::new()
    }

    /// The word lists that the query names, without the `@`.
    pub fn lists(&self) -> Vec<&str> {
        Vec::new()
    }

    /// The topics that the query names.
    pub fn topics(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Puts word lists (and, for a topic, named topics) in place and removes all sugar.
    ///
    /// # Errors
    /// An unknown name, a cycle, what makes no sense for the purpose, a query without a
    /// positive part.
    pub fn resolve(
        &self,
        names: &dyn Lookup,
        languages: &[Language],
        purpose: Use,
    ) -> Result<Expr, QueryError> {
        let _ = (names, languages, purpose);
        Ok(Expr::Or(Vec::new()))
    }
}

/// The canonical text, which parses to an equal query.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
