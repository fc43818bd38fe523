//! Feeds.

use wirewatch_model::ProblemKind;

use crate::format::Format;
use crate::read::refuse;
use crate::{Hint, Parsed};

/// Reads RSS or Atom.
pub(crate) fn xml(_text: &str, format: Format, _hint: &Hint) -> Parsed {
    refuse(format, ProblemKind::Unsupported, "a feed cannot be read yet")
}

/// Reads a JSON Feed.
pub(crate) fn json(_text: &str, _hint: &Hint) -> Parsed {
    refuse(Format::JsonFeed, ProblemKind::Unsupported, "a feed cannot be read yet")
}
