//! One query asked of the places of its terms, where an index tells them and the text is not read.

use super::compiler::Compiler;
use super::evaluate::Evaluation;
use super::program::{Program, Slot};
use super::reading::Reading;
use crate::{Expr, Field, Scope, Term, Text, Within};

/// A resolved query whose truth depends on nothing but where its terms stand, compiled to be asked
/// of one list of places after another. It gives the answer that a [`Matcher`](crate::Matcher)
/// gives of the text.
#[derive(Debug)]
pub struct PlaceMatcher {
    program: Program,
    terms: Vec<Term>,
}

/// Where a term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which of the [`PlaceMatcher::terms`].
    pub term: u32,
    /// The field that it stands in.
    pub field: Field,
    /// How many words of the field stand before it.
    pub offset: u32,
}

/// A [`PlaceMatcher`] with the memory that asking it takes.
pub struct PlaceReader<'a> {
    program: &'a Program,
    reading: Reading,
}

impl PlaceMatcher {
    /// Compiles a query; `None` if it asks for sentences, paragraphs, clauses or facts, which no
    /// list of places tells.
    pub fn new(expr: &Expr) -> Option<PlaceMatcher> {
        asks_only_places(expr).then(|| {
            let (program, terms) = Compiler::default().compile_one(expr);
            PlaceMatcher { program, terms }
        })
    }

    /// The terms whose places it needs, each once.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Makes it ready to be asked.
    pub fn reader(&self) -> PlaceReader<'_> {
        PlaceReader { program: &self.program, reading: Reading::new(self.program.slots) }
    }
}

impl PlaceReader<'_> {
    /// Whether the query is true of a text whose terms stand at these places, in any order.
    pub fn is_match(&mut self, places: impl IntoIterator<Item = Place>) -> bool {
        self.reading.put(places.into_iter().map(|place| (place.term as Slot, place.field, place.offset)));
        let text = Text::default();
        let evaluation = Evaluation::new(self.program, &self.reading, &text);
        self.program.root(0).is_some_and(|root| evaluation.is_true(root))
    }
}

fn asks_only_places(expr: &Expr) -> bool {
    match expr {
        Expr::Term(_) | Expr::Phrase(_) => true,
        Expr::Near { left, right, within, .. } => {
            matches!(within, Within::Words(_)) && asks_only_places(left) && asks_only_places(right)
        }
        Expr::Score(_, terms) => terms.iter().all(|(term, _)| asks_only_places(term)),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().all(asks_only_places),
        Expr::In(scope, part) => *scope != Scope::Lead && asks_only_places(part),
        Expr::AtLeast(_, part) | Expr::Not(part) => asks_only_places(part),
        Expr::Compound(_) | Expr::Filter(_) => false,
    }
}
