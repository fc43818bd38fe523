//! Queries of other tools, read into ours.
//!
//! What means the same is carried over, what means nearly the same is carried over and said, what
//! has no counterpart is left out and said, and what cannot be left out is an error. The rules are
//! those of the vendors' public help: Factiva's search statement operators and field codes
//! (`nearN` counts the second word, `near5` is zero to four words between), Meltwater's "How to
//! Master Boolean Search" (`NEAR` alone is four words between), Talkwalker's query syntax
//! (`+"…"` raw, `++"…"` case-sensitive, words without any operator near each other).

mod fields;
mod lexer;
mod parser;
mod terms;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;

use crate::{Query, QueryError};

/// A tool whose queries can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tool {
    /// Factiva's traditional query language.
    Factiva,
    /// Meltwater's boolean search.
    Meltwater,
    /// Talkwalker's query syntax.
    Talkwalker,
}

impl Tool {
    /// Every tool, in the order in which they are offered.
    pub const ALL: [Tool; 3] = [Tool::Factiva, Tool::Meltwater, Tool::Talkwalker];
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Another tool's query in our language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The query; its own places are those of its canonical text.
    pub query: Query,
    /// What it says otherwise, in the order of the text that was read.
    pub changes: Vec<Change>,
}

/// Something that is not the same in our language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What changed, in one line of plain words.
    pub message: String,
    /// First byte of the place in the text that was read.
    pub start: usize,
    /// One past the last byte of the place.
    pub end: usize,
}

impl Change {
    fn new(span: Range<usize>, message: impl Into<String>) -> Change {
        Change { message: message.into(), start: span.start, end: span.end }
    }
}

/// Reads a query of another tool.
///
/// ```
/// use wirewatch_query::{Tool, import};
///
/// let imported = import(Tool::Factiva, "hd=(russia near5 sanction*) and wc>300")?;
/// assert_eq!(imported.query.to_string(), "title:(\"russia\" NEAR/4 sanction*)");
/// assert!(imported.changes.iter().any(|change| change.message.contains("words between")));
/// # Ok::<(), wirewatch_query::QueryError>(())
/// ```
///
/// # Errors
/// What cannot be carried over, with its place in `text` and the repair.
pub fn import(tool: Tool, text: &str) -> Result<Imported, QueryError> {
    let tokens = lexer::tokens(tool, text)?;
    let (root, changes) = parser::parse(tool, text, tokens)?;
    // Read anew, so that its places are those of the text that the user goes on with, and nothing
    // comes out that our own parser would refuse.
    let canonical = root.to_string();
    let refused = |reason: &str| QueryError::new(0..text.len(), format!("in our language: {reason}"));
    let query = Query::parse(&canonical).map_err(|error| refused(&error.message))?;
    if query.to_string() != canonical {
        return Err(refused("this would mean something else: put simpler words between the quotes"));
    }
    Ok(Imported { query, changes })
}
