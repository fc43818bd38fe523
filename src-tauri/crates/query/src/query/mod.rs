//! Queries as people write them.
//!
//! ```text
//! query   = or ;
//! or      = and , { "OR" , and } ;
//! and     = not , { [ "AND" ] , not } ;
//! not     = { "NOT" | "-" } , near ;
//! near    = unary , { ( "NEAR" | "ONEAR" ) , [ "/" , ( number | "S" | "P" ) ] , unary } ;
//! unary   = "ATLEAST/" , number , unary
//!         | ( "title:" | "lead:" | "body:" ) , unary
//!         | "SCORE/" , number , "(" , { unary , [ "^" , number ] } , ")"
//!         | "(" , or , ")" | filter | "@" , name | term ;
//! filter  = key , ":" , ( value | "(" , value , { "OR" , value } , ")" ) ;
//! term    = word , [ "*" ] | '"' , { word , [ "*" ] | exact } , '"' | exact ;
//! exact   = "'" , words , "'" | "=" , word ;
//! comment = "#" , … , end of line ;
//! ```

mod error;
mod filters;
mod lexer;
mod lint;
mod names;
mod parser;
mod print;
mod resolve;
pub(crate) mod syntax;
#[cfg(test)]
mod tests;
mod token;

use std::fmt;

pub use error::{QueryError, Warning};
pub(crate) use lexer::{NEAR_MOST, finds_too_much, quote_family};
pub use lint::corpus::Corpus;
pub use names::{Context, Lookup, NoNames, Use};
pub(crate) use parser::{LONGEST_TEXT, MOST_LEVELS};
pub(crate) use resolve::{MOST_PARTS, folded, is_acronym, resolve_part};
use syntax::{Kind, Node};

use crate::{Expr, Filter, Language};

/// A parsed query, word lists and topics still by name.
///
/// Displays as its canonical text, which parses to an equal query; comments are not kept.
///
/// ```
/// use wirewatch_query::Query;
///
/// let query = Query::parse("sanction* (US OR 'Washington') # the usual suspects")?;
/// assert_eq!(query.to_string(), "sanction* AND (US OR 'Washington')");
///
/// let error = Query::parse("russia AND (election").unwrap_err();
/// assert_eq!((error.start, error.end), (11, 12));
/// # Ok::<(), wirewatch_query::QueryError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Empty only if a lenient reading found nothing.
    root: Option<Node>,
}

impl Query {
    /// Parses a query strictly.
    ///
    /// # Errors
    /// The first error in the order of the text.
    pub fn parse(text: &str) -> Result<Query, QueryError> {
        let (query, errors) = Query::parse_lenient(text);
        match errors.into_iter().next() {
            None => Ok(query),
            Some(error) => Err(error),
        }
    }

    /// Parses what it can of a query that is still being typed, and says what it left out, in
    /// the order of the text.
    pub fn parse_lenient(text: &str) -> (Query, Vec<QueryError>) {
        let (root, errors) = parser::parse(text);
        (Query { root }, errors)
    }

    /// Whether there is nothing to look for: a lenient reading of an empty or broken text.
    pub fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    /// What the linter has to say, in the order of the text.
    pub fn warnings(&self) -> Vec<Warning> {
        self.root.as_ref().map(lint::warnings).unwrap_or_default()
    }

    /// What the linter has to say of the query where its names and words have a meaning, and, if a
    /// library is at hand, of what that holds; in the order of the text.
    pub fn warnings_in(&self, context: &Context<'_>, corpus: Option<&dyn Corpus>) -> Vec<Warning> {
        self.root.as_ref().map(|root| lint::warnings_in(root, context, corpus)).unwrap_or_default()
    }

    /// The word lists that the query names, without the `@`, in the order of the text.
    pub fn lists(&self) -> Vec<&str> {
        self.collect(|kind| match kind {
            Kind::List(name) => Some(name),
            _ => None,
        })
    }

    /// The topics that the query names, in the order of the text.
    pub fn topics(&self) -> Vec<&str> {
        self.collect(|kind| match kind {
            Kind::Filter(Filter::Topic(name)) => Some(name),
            _ => None,
        })
    }

    /// Puts word lists (and, for a topic, named topics) in place and removes all sugar.
    ///
    /// Bare words become stems in those of `languages` that are written in the word's script;
    /// Cyrillic words are taken for Russian if none is.
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
        resolve::resolve(self, &Context { names, languages, purpose })
    }

    pub(crate) fn root(&self) -> Option<&Node> {
        self.root.as_ref()
    }

    fn collect<'a>(&'a self, pick: impl Fn(&'a Kind) -> Option<&'a String>) -> Vec<&'a str> {
        let mut found = Vec::new();
        if let Some(root) = &self.root {
            root.walk(&mut |node| found.extend(pick(&node.kind).map(String::as_str)));
        }
        found
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.as_ref().map_or(Ok(()), |root| root.fmt(f))
    }
}
