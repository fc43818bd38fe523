//! Many resolved queries over one text in one pass.
//!
//! The text is read once: one look-up a word, by its surface form, gives the places of queries
//! that the word satisfies. A query is only evaluated if its anchors occurred: for each part of an
//! AND a set of words of which any text that it is true of must hold one (the presearcher of Luwak,
//! by Flax). What is evaluated is evaluated exactly, on lists of positions.

mod anchors;
mod bits;
mod compiler;
mod evaluate;
mod layout;
mod near;
mod passages;
mod places;
mod program;
mod reading;
mod surfaces;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::fmt;
use std::sync::{Mutex, PoisonError};

use evaluate::Evaluation;
use passages::Passages;
pub use places::{Place, PlaceMatcher, PlaceReader};
use program::Program;
use reading::Reading;
use surfaces::Surfaces;

use crate::{Expr, Hit, Text};

/// A set of resolved queries, compiled to be asked of one text after another from any thread.
///
/// ```
/// use wirewatch_query::{Language, Matcher, NoNames, Query, Text, Use};
///
/// let exprs = ["US NEAR/5 sanctions", "title:wheat"].map(|query| {
///     Query::parse(query)?.resolve(&NoNames, &[Language::English], Use::Topic)
/// });
/// let matcher = Matcher::new(exprs.into_iter().collect::<Result<_, _>>()?);
/// let text = Text { body: "New U.S. sanctions; wheat prices rose.", ..Text::default() };
/// let matched = matcher.matches(&text);
/// assert_eq!(matched.len(), 1);
/// assert_eq!(&text.body[matched[0].hits[1].start..matched[0].hits[1].end], "sanctions");
/// # Ok::<(), wirewatch_query::QueryError>(())
/// ```
pub struct Matcher {
    program: Program,
    /// Memory of earlier calls, one for each thread that was ever inside at the same time.
    idle: Mutex<Vec<Scratch>>,
}

/// A query that is true of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Which of the queries, in the order in which they were given.
    pub index: usize,
    /// The words and phrases that made it true, in the order of the text; empty if only filters
    /// did. Of a NEAR these are its operands, not what lies between.
    pub hits: Vec<Hit>,
}

/// What a call needs besides the program; kept for the next call.
struct Scratch {
    surfaces: Surfaces,
    reading: Reading,
    /// The needs of each query that are met.
    met: Vec<u8>,
    /// The queries that may be true.
    candidates: Vec<u32>,
    /// What made the query true that is being asked.
    marks: Passages,
}

impl Matcher {
    /// Compiles a set of queries.
    pub fn new(exprs: Vec<Expr>) -> Matcher {
        Matcher { program: Program::new(&exprs), idle: Mutex::default() }
    }

    /// How many queries the set has.
    pub fn len(&self) -> usize {
        self.program.roots.len()
    }

    /// Whether the set has no queries.
    pub fn is_empty(&self) -> bool {
        self.program.roots.is_empty()
    }

    /// The queries that are true of a text, in ascending order of their index.
    pub fn matches(&self, text: &Text<'_>) -> Vec<Matched> {
        let mut scratch = self.read(text);
        let evaluation = Evaluation::new(&self.program, &scratch.reading, text);
        let marks = &mut scratch.marks;
        let hits = |index: &u32| {
            let hits = evaluation.hits(self.program.root(*index)?, marks)?;
            Some(Matched { index: *index as usize, hits })
        };
        let matched = scratch.candidates.iter().filter_map(hits).collect();
        self.idle().push(scratch);
        matched
    }

    /// Whether any of the queries is true of a text; cheaper than [`Matcher::matches`].
    pub fn is_match(&self, text: &Text<'_>) -> bool {
        let scratch = self.read(text);
        let evaluation = Evaluation::new(&self.program, &scratch.reading, text);
        let mut roots = scratch.candidates.iter().filter_map(|index| self.program.root(*index));
        let any = roots.any(|root| evaluation.is_true(root));
        self.idle().push(scratch);
        any
    }

    /// Reads a text and chooses the queries that may be true of it.
    fn read(&self, text: &Text<'_>) -> Scratch {
        let mut scratch = self.idle().pop().unwrap_or_else(|| Scratch::new(&self.program));
        scratch.reading.read(text, &self.program, &mut scratch.surfaces);
        self.program.anchors.choose(scratch.reading.slots(), &mut scratch.met, &mut scratch.candidates);
        scratch
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Scratch>> {
        // A list of idle memory cannot be left half-changed by a panic elsewhere.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Scratch {
    fn new(program: &Program) -> Scratch {
        Scratch {
            surfaces: Surfaces::new(),
            reading: Reading::new(program.slots),
            met: Vec::new(),
            candidates: Vec::new(),
            marks: Passages::new(),
        }
    }
}

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matcher").field("len", &self.len()).finish_non_exhaustive()
    }
}
