//! The meaning of a query straight from its definitions: quadratic, and meant to be obvious.

use std::collections::BTreeSet;
use std::ops::Range;

use wirewatch_query::{Expr, Field, Hit, Scope, Term, Text, Within, sentence_at, words};

const FIELDS: [Field; 3] = [Field::Title, Field::Lead, Field::Body];

/// A passage: a field, and the words from one to another, both included.
type Passage = (Field, usize, usize);

pub(crate) struct Oracle<'a> {
    text: &'a Text<'a>,
    /// The words of each field.
    words: [Vec<Range<usize>>; 3],
}

impl<'a> Oracle<'a> {
    pub(crate) fn new(text: &'a Text<'a>) -> Oracle<'a> {
        let words = FIELDS.map(|field| words(text.field(field)).map(|word| word.start..word.end).collect());
        Oracle { text, words }
    }

    /// What made a query true; none if it is not.
    pub(crate) fn hits(&self, expr: &Expr) -> Option<Vec<Hit>> {
        self.holds(expr, &[]).then(|| {
            let marks = self.marks(expr, &[], None);
            let hits: BTreeSet<Hit> = marks.into_iter().map(|mark| self.hit(mark)).collect();
            hits.into_iter().collect()
        })
    }

    fn holds(&self, expr: &Expr, scopes: &[Scope]) -> bool {
        match expr {
            Expr::And(parts) => parts.iter().all(|part| self.holds(part, scopes)),
            Expr::Or(parts) => parts.iter().any(|part| self.holds(part, scopes)),
            Expr::Not(part) => !self.holds(part, scopes),
            Expr::In(scope, part) => self.holds(part, &[scopes, &[*scope]].concat()),
            Expr::Filter(filter) => filter.matches(&self.text.facts),
            Expr::AtLeast(count, part) => self.passages(part, scopes).len() >= *count as usize,
            Expr::Score(threshold, terms) => {
                let score = |(term, weight): &(Expr, u32)| {
                    self.passages(term, scopes).len().min(3) * *weight as usize
                };
                terms.iter().map(score).sum::<usize>() >= *threshold as usize
            }
            Expr::Term(_) | Expr::Phrase(_) | Expr::Near { .. } => !self.passages(expr, scopes).is_empty(),
        }
    }

    fn passages(&self, expr: &Expr, scopes: &[Scope]) -> BTreeSet<Passage> {
        match expr {
            Expr::Term(term) => self.runs(std::slice::from_ref(term), scopes),
            Expr::Phrase(terms) => self.runs(terms, scopes),
            Expr::Near { .. } => {
                self.pairs(expr, scopes).into_iter().map(|(one, other)| hull(one, other)).collect()
            }
            Expr::Or(parts) => parts.iter().flat_map(|part| self.passages(part, scopes)).collect(),
            Expr::In(scope, part) => self.passages(part, &[scopes, &[*scope]].concat()),
            _ => BTreeSet::new(),
        }
    }

    fn marks(&self, expr: &Expr, scopes: &[Scope], of: Option<&BTreeSet<Passage>>) -> BTreeSet<Passage> {
        let is_of = |passage: &Passage| of.is_none_or(|of| of.contains(passage));
        match expr {
            Expr::Term(_) | Expr::Phrase(_) => {
                self.passages(expr, scopes).into_iter().filter(is_of).collect()
            }
            Expr::Near { left, right, .. } => {
                let pairs =
                    self.pairs(expr, scopes).into_iter().filter(|(one, other)| is_of(&hull(*one, *other)));
                let (lefts, rights): (BTreeSet<Passage>, BTreeSet<Passage>) = pairs.unzip();
                let mut marks = self.marks(left, scopes, Some(&lefts));
                marks.extend(self.marks(right, scopes, Some(&rights)));
                marks
            }
            Expr::And(parts) | Expr::Or(parts) => {
                let parts = parts.iter().filter(|part| self.holds(part, scopes));
                parts.flat_map(|part| self.marks(part, scopes, of)).collect()
            }
            Expr::Score(_, terms) => {
                terms.iter().flat_map(|(term, _)| self.marks(term, scopes, None)).collect()
            }
            Expr::AtLeast(_, part) => self.marks(part, scopes, None),
            Expr::In(scope, part) => self.marks(part, &[scopes, &[*scope]].concat(), of),
            Expr::Not(_) | Expr::Filter(_) => BTreeSet::new(),
        }
    }

    fn runs(&self, terms: &[Term], scopes: &[Scope]) -> BTreeSet<Passage> {
        let mut runs = BTreeSet::new();
        for field in FIELDS {
            let words = self.words(field);
            for first in 0..(words.len() + 1).saturating_sub(terms.len()) {
                let run = &words[first..first + terms.len()];
                let fits = |(term, word): (&Term, &Range<usize>)| {
                    let surface = &self.text.field(field)[word.clone()];
                    term.0.iter().any(|leaf| leaf.matches(surface))
                };
                let inside =
                    run.iter().all(|word| scopes.iter().all(|scope| self.is_in(*scope, field, word)));
                if inside && terms.iter().zip(run).all(fits) {
                    runs.insert((field, first, first + terms.len() - 1));
                }
            }
        }
        runs
    }

    fn pairs(&self, near: &Expr, scopes: &[Scope]) -> Vec<(Passage, Passage)> {
        let Expr::Near { left, right, within, ordered } = near else { return Vec::new() };
        let mut pairs = Vec::new();
        for one in self.passages(left, scopes) {
            for other in self.passages(right, scopes) {
                if one.0 != other.0 {
                    continue;
                }
                let forward = one.2 < other.1 && self.is_near(*within, one, other);
                let backward = !ordered && other.2 < one.1 && self.is_near(*within, other, one);
                if forward || backward {
                    pairs.push((one, other));
                }
            }
        }
        pairs
    }

    fn is_near(&self, within: Within, before: Passage, after: Passage) -> bool {
        let words = self.words(before.0);
        match within {
            Within::Words(most) => after.1 - before.2 - 1 <= most as usize,
            Within::Sentence => {
                self.sentence(before.0, &words[before.1]) == self.sentence(before.0, &words[after.2])
            }
            Within::Paragraph => {
                self.paragraph(before.0, &words[before.1]) == self.paragraph(before.0, &words[after.2])
            }
        }
    }

    fn is_in(&self, scope: Scope, field: Field, word: &Range<usize>) -> bool {
        match scope {
            Scope::Title => field == Field::Title,
            Scope::Body => field == Field::Body,
            Scope::Lead => {
                field == Field::Lead
                    || field == Field::Body
                        && self.paragraph(field, word) == self.paragraph(field, &self.words(field)[0])
            }
        }
    }

    fn words(&self, field: Field) -> &[Range<usize>] {
        &self.words[field as usize]
    }

    fn sentence(&self, field: Field, word: &Range<usize>) -> usize {
        sentence_at(self.text.field(field), word.start, word.end).start
    }

    /// How many breaks lie before a word: blank lines, or line ends in a text without blank lines.
    fn paragraph(&self, field: Field, word: &Range<usize>) -> usize {
        let text = self.text.field(field).trim_end();
        let lead = text.len() - text.trim_start().len();
        let lines: Vec<&str> = text.trim_start().split('\n').collect();
        let blank_lines = lines.iter().any(|line| line.trim().is_empty());
        let (mut breaks, mut at) = (0, lead);
        for line in lines {
            if at > word.start {
                break;
            }
            if !blank_lines || line.trim().is_empty() {
                breaks += 1;
            }
            at += line.len() + 1;
        }
        breaks
    }

    fn hit(&self, (field, first, last): Passage) -> Hit {
        let words = self.words(field);
        Hit { field, start: words[first].start, end: words[last].end }
    }
}

fn hull(one: Passage, other: Passage) -> Passage {
    (one.0, one.1.min(other.1), one.2.max(other.2))
}
