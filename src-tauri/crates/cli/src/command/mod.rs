//! One file for each group of commands.

pub(crate) mod alerting;
pub(crate) mod articles;
pub(crate) mod backtest;
pub(crate) mod curate;
pub(crate) mod digest;
pub(crate) mod digests;
pub(crate) mod exchange;
pub(crate) mod input;
pub(crate) mod intake;
pub(crate) mod mail;
pub(crate) mod matching;
pub(crate) mod password;
pub(crate) mod press;
pub(crate) mod query;
pub(crate) mod search;
pub(crate) mod settings;
pub(crate) mod sources;
pub(crate) mod stories;
pub(crate) mod templates;
pub(crate) mod topics;
pub(crate) mod watch;

use std::fmt::Display;

use wirewatch_library::LibraryError;

/// What was named is not in the library; whoever reads that is told which command lists what is.
fn missing(what: &'static str, id: impl Display) -> LibraryError {
    LibraryError::Missing { what, id: id.to_string() }
}
