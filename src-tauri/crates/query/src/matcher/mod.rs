//! Many resolved queries over one text in one pass.
//!
//! The text is read once: one look-up a word, by its surface form, gives the places of queries
//! that the word satisfies. A query is only evaluated if one of its anchors occurred, a set of
//! words of which any text that it is true of must hold one (the presearcher of Luwak, by Flax).
//! What is evaluated is evaluated exactly, on lists of positions.

mod bits;
mod evaluate;
mod layout;
mod near;
mod passages;
mod program;
mod reading;
mod surfaces;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::fmt;
use std::sync::{Mutex, PoisonError};

use bits::Bits;
use evaluate::Evaluation;
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
    /// The queries that may be true, first as a set, then as a list.
    chosen: Bits,
    candidates: Vec<u32>,
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
        self.evaluate(text, |evaluation, candidates| {
            let hits = |index: &u32| {
                let hits = evaluation.hits(self.program.root(*index)?)?;
                Some(Matched { index: *index as usize, hits })
            };
            candidates.iter().filter_map(hits).collect()
        })
    }

    /// Whether any of the queries is true of a text; cheaper than [`Matcher::matches`].
    pub fn is_match(&self, text: &Text<'_>) -> bool {
        self.evaluate(text, |evaluation, candidates| {
            candidates
                .iter()
                .filter_map(|index| self.program.root(*index))
                .any(|root| evaluation.is_true(root))
        })
    }

    /// Reads a text and asks for the queries that may be true of it.
    fn evaluate<T>(&self, text: &Text<'_>, ask: impl FnOnce(&Evaluation<'_>, &[u32]) -> T) -> T {
        let mut scratch = self.idle().pop().unwrap_or_else(|| Scratch {
            surfaces: Surfaces::new(),
            reading: Reading::new(self.program.slots()),
            chosen: Bits::new(self.len()),
            candidates: Vec::new(),
        });
        scratch.reading.read(text, &self.program, &mut scratch.surfaces);
        self.program.choose(scratch.reading.slots(), &mut scratch.chosen);
        scratch.candidates.clear();
        scratch.chosen.drain_into(&mut scratch.candidates);
        let answer = ask(&Evaluation::new(&self.program, &scratch.reading, text), &scratch.candidates);
        self.idle().push(scratch);
        answer
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Scratch>> {
        // A list of idle memory cannot be left half-changed by a panic elsewhere.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matcher").field("len", &self.len()).finish_non_exhaustive()
    }
}
