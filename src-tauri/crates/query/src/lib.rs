//! The query language of Wirewatch: what topics, the search box and the command line are written in.
//!
//! A [`Query`] is parsed from text, [resolved](Query::resolve) against word lists, topics and
//! languages into an [`Expr`], and then either run over articles as they arrive ([`Matcher`]) or
//! planned into an index by whoever owns one (the library does). [`Leaf::matches`] is the only
//! definition of when a term fits a word, so the two can be proved to agree.
//!
//! What can be written is told in `LANGUAGE.md`, every row of which is tested.
//!
//! Not in here: articles with ids, databases, clocks. A text is handed in as [`Text`].
//!
//! ```
//! use wirewatch_query::{Language, Matcher, NoNames, Query, Text, Use};
//!
//! let query = Query::parse("influence NEAR/8 election")?;
//! let expr = query.resolve(&NoNames, &[Language::English], Use::Topic)?;
//! let matcher = Matcher::new(vec![expr]);
//! let text = Text { body: "Russia tried to influence the results of the election.", ..Text::default() };
//! assert_eq!(matcher.matches(&text)[0].hits.len(), 2);
//! # Ok::<(), wirewatch_query::QueryError>(())
//! ```

mod describe;
mod explain;
mod expr;
mod filter;
mod forms;
#[cfg(test)]
mod handbook;
mod import;
mod language;
mod leaf;
mod matcher;
mod query;
mod sentence;
mod text;
mod words;

pub use describe::Description;
pub use explain::{Clause, Explanation, explain};
pub use expr::{Expr, Filter, Leaf, Scope, State, Term, Within};
pub use import::{Change, Imported, Tool, import};
pub use language::Language;
pub use matcher::{Matched, Matcher, Place, PlaceMatcher, PlaceReader};
pub use query::{Context, Corpus, Lookup, NoNames, Query, QueryError, Use, Warning};
pub use sentence::sentence_at;
pub use text::{Facts, Field, Hit, Text};
pub use words::{WORDS_VERSION, Word, capital_mark, fold, words};
