//! What is wrong with a query, and what may be.

use std::ops::Range;

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

impl QueryError {
    pub(crate) fn new(span: Range<usize>, message: impl Into<String>) -> QueryError {
        QueryError { message: message.into(), start: span.start, end: span.end }
    }
}

impl Warning {
    pub(crate) fn new(span: Range<usize>, message: impl Into<String>) -> Warning {
        Warning { message: message.into(), start: span.start, end: span.end }
    }
}
