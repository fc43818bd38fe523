//! Plans a query that FTS5 cannot say by asking for its terms and deciding on their places: order,
//! counts, and proximities of more than two words.

use rustc_hash::FxHashMap;
use wirewatch_query::{Expr, PlaceMatcher, Term};

use super::plan::{Plan, Planner, Reach, but_for, joined, quoted};
use super::relax::relax;
use crate::error::Result;

/// An expression with more brackets in one another is not asked: the parser of FTS5 holds a hundred
/// tokens that wait for their end, of which a bracket takes three (`x AND (`).
const MOST_BRACKETS: u32 = 28;

/// How to decide on the places that the index tells.
pub(crate) struct Placing {
    pub(crate) matcher: PlaceMatcher,
    /// Of each of the first phrases of the plan's expression, which term of the matcher it is of.
    pub(crate) terms: Vec<u32>,
}

/// Plans `expr` so; `None` if places tell nothing of it. The plan is exact if what it finds, once
/// decided, needs no look at a text.
pub(super) fn placing(planner: Planner<'_>, expr: &Expr) -> Result<Option<(Plan, Placing)>> {
    let parts = match expr {
        Expr::And(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut sorted = Sorted { exact: true, ..Sorted::default() };
    for part in parts {
        sorted.sort(&planner, part)?;
    }
    let placed = Expr::And(sorted.placed);
    let Some(matcher) = PlaceMatcher::new(&placed) else { return Ok(None) };
    let mut spelling = Spelling { planner, numbers: numbers(&matcher), exact: sorted.exact };
    let spelled = match spelling.expr(&placed)? {
        Some(spelled) if spelled.brackets <= MOST_BRACKETS => spelled,
        // It is too much for the index, or has a term that never occurs: the index alone finds nothing.
        _ => return Ok(None),
    };
    let exact = spelling.exact;
    let wanted = [vec![spelled.text], sorted.wanted].concat().join(" AND ");
    let reach = Reach::Fts(but_for(&format!("({wanted})"), sorted.unwanted));
    Ok(Some((Plan { reach, exact }, Placing { matcher, terms: spelled.terms })))
}

fn numbers(matcher: &PlaceMatcher) -> FxHashMap<Term, u32> {
    matcher.terms().iter().cloned().zip(0..).collect()
}

/// The parts of an AND, by who decides on them.
#[derive(Default)]
struct Sorted {
    /// The index alone: what must be found.
    wanted: Vec<String>,
    /// The index alone: what must not be found.
    unwanted: Vec<String>,
    /// The places of terms.
    placed: Vec<Expr>,
    /// Whether nothing is left for the text.
    exact: bool,
}

impl Sorted {
    fn sort(&mut self, planner: &Planner<'_>, part: &Expr) -> Result<()> {
        if let Expr::Not(inner) = part {
            self.exact &= planner.exclude(inner, &mut self.unwanted)?;
            return Ok(());
        }
        if let Plan { reach: Reach::Fts(wanted), exact: true } = planner.plan(part)? {
            self.wanted.push(wanted);
            return Ok(());
        }
        match relax(part) {
            Some(relaxed) => {
                self.exact &= relaxed.exact;
                self.placed.push(relaxed.expr);
            }
            None => self.exact = false,
        }
        Ok(())
    }
}

/// An expression that holds a phrase for each term, and the term of each phrase in its order.
struct Spelled {
    text: String,
    terms: Vec<u32>,
    /// How many brackets are in one another.
    brackets: u32,
}

struct Spelling<'a> {
    planner: Planner<'a>,
    /// The number of each term of the matcher.
    numbers: FxHashMap<Term, u32>,
    exact: bool,
}

impl Spelling<'_> {
    /// Spells a query; `None` if it finds nothing.
    fn expr(&mut self, expr: &Expr) -> Result<Option<Spelled>> {
        match expr {
            Expr::Term(term) => self.term(term),
            Expr::Phrase(terms) | Expr::Compound(terms) => {
                let terms: Vec<Expr> = terms.iter().cloned().map(Expr::Term).collect();
                self.all(&terms)
            }
            Expr::And(parts) => self.all(parts),
            Expr::Near { left, right, .. } => {
                let (left, right) = (self.expr(left)?, self.expr(right)?);
                Ok(left.zip(right).map(|(left, right)| Spelled::join(vec![left, right], " AND ")))
            }
            Expr::Or(parts) => self.any(parts.iter()),
            Expr::Score(_, terms) => self.any(terms.iter().map(|(term, _)| term)),
            Expr::AtLeast(_, part) | Expr::In(_, part) => self.expr(part),
            // What is relaxed has neither.
            Expr::Not(_) | Expr::Filter(_) => Ok(None),
        }
    }

    fn term(&mut self, term: &Term) -> Result<Option<Spelled>> {
        let Some(number) = self.numbers.get(term).copied() else { return Ok(None) };
        let found = self.planner.alternatives(term)?;
        self.exact &= found.exact;
        let mut phrases = Vec::new();
        if !found.tokens.is_empty() {
            phrases.push(quoted(&joined(&found.tokens)));
        }
        phrases.extend(found.prefixes.iter().map(|prefix| format!("{} *", quoted(prefix))));
        let spelled = |text| Spelled { text, terms: vec![number], brackets: 0 };
        Ok(Spelled::any(phrases.into_iter().map(spelled).collect()))
    }

    fn all(&mut self, parts: &[Expr]) -> Result<Option<Spelled>> {
        let parts: Option<Vec<Spelled>> = parts.iter().map(|part| self.expr(part)).collect::<Result<_>>()?;
        Ok(parts.filter(|parts| !parts.is_empty()).map(|parts| Spelled::join(parts, " AND ")))
    }

    fn any<'e>(&mut self, parts: impl Iterator<Item = &'e Expr>) -> Result<Option<Spelled>> {
        let parts: Vec<Option<Spelled>> = parts.map(|part| self.expr(part)).collect::<Result<_>>()?;
        Ok(Spelled::any(parts.into_iter().flatten().collect()))
    }
}

impl Spelled {
    fn any(parts: Vec<Spelled>) -> Option<Spelled> {
        (!parts.is_empty()).then(|| Spelled::join(parts, " OR "))
    }

    fn join(mut parts: Vec<Spelled>, joint: &str) -> Spelled {
        if parts.len() == 1 {
            return parts.remove(0);
        }
        let terms = parts.iter().flat_map(|part| part.terms.iter().copied()).collect();
        let brackets = 1 + parts.iter().map(|part| part.brackets).max().unwrap_or_default();
        let texts: Vec<String> = parts.into_iter().map(|part| part.text).collect();
        Spelled { text: format!("({})", texts.join(joint)), terms, brackets }
    }
}
