//! The query language of Wirewatch: what topics, the search box and the command line are written in.
//!
//! A [`Query`] is parsed from text, [resolved](Query::resolve) against word lists, topics and
//! languages into an [`Expr`], and then either run over articles as they arrive ([`Matcher`]) or
//! planned into an index by whoever owns one (the library does). [`Leaf::matches`] is the only
//! definition of when a term fits a word, so the two can be proved to agree.
//!
//! Not in here: articles with ids, databases, clocks. A text is handed in as [`Text`].

mod expr;
mod matcher;
mod text;
mod words;

pub use expr::{Expr, Filter, Language, Leaf, Scope, State, Term, Within};
pub use text::{Facts, Field, Hit, Text};
pub use words::{WORDS_VERSION, Word, capital_mark, fold, words};
