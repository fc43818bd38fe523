//! Trouble with a document or a source that the user can see.

use std::fmt;

/// What kind of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// Nothing in it.
    Empty,
    /// Larger than Wirewatch reads.
    TooLarge,
    /// No reader for this format.
    Unsupported,
    /// The bytes are not what their name or type says, or broken beyond reading.
    Broken,
    /// Read, with a part missing or mended.
    Incomplete,
}

impl ProblemKind {
    /// Its name on disk.
    pub fn as_str(self) -> &'static str {
        match self {
            ProblemKind::Empty => "empty",
            ProblemKind::TooLarge => "too-large",
            ProblemKind::Unsupported => "unsupported",
            ProblemKind::Broken => "broken",
            ProblemKind::Incomplete => "incomplete",
        }
    }
}

/// One trouble, in words that say what is wrong and, where it can be said, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind.
    pub kind: ProblemKind,
    /// In plain words.
    pub message: String,
}

impl Problem {
    /// A problem of this kind.
    pub fn new(kind: ProblemKind, message: impl Into<String>) -> Problem {
        Problem { kind, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
