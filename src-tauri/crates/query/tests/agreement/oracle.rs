//! The meaning of a query straight from its definitions: quadratic, and meant to be obvious.

use std::collections::BTreeSet;
use std::ops::Range;

use wirewatch_query::{Expr, Field, Hit, Scope, Term, Text, Within, sentence_at, words};

const FIELDS: [Field; 3] = [Field::Title, Field::Lead, Field::Body];

/// The words from one to another, both included.
type Run = (usize, usize);

/// What makes a positional part true once: of a word or phrase its run, of a NEAR the runs at
/// its two ends. These words it takes; what lies between them is free for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Passage {
    field: Field,
    head: Run,
    tail: Run,
}

impl Passage {
    fn run(field: Field, run: Run) -> Passage {
        Passage { field, head: run, tail: run }
    }

    fn first(&self) -> usize {
        self.head.0
    }

    fn last(&self) -> usize {
        self.tail.1
    }

    fn shares_a_word_with(&self, other: &Passage) -> bool {
        let meet = |one: Run, other: Run| one.0 <= other.1 && other.0 <= one.1;
        self.field == other.field
            && [self.head, self.tail].iter().any(|one| meet(*one, other.head) || meet(*one, other.tail))
    }

    fn with(&self, other: &Passage) -> Passage {
        let head = if self.first() < other.first() { self.head } else { other.head };
        let tail = if self.last() > other.last() { self.tail } else { other.tail };
        Passage { field: self.field, head, tail }
    }
}

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
            Expr::AtLeast(count, part) => self.count(part, scopes) >= *count as usize,
            Expr::Score(threshold, terms) => {
                let score = |(term, weight): &(Expr, u32)| self.count(term, scopes).min(3) * *weight as usize;
                terms.iter().map(score).sum::<usize>() >= *threshold as usize
            }
            Expr::Term(_) | Expr::Phrase(_) | Expr::Compound(_) | Expr::Near { .. } => {
                !self.passages(expr, scopes).is_empty()
            }
        }
    }

    /// The hits of a part: as many of its passages as can be had without two that overlap.
    fn count(&self, expr: &Expr, scopes: &[Scope]) -> usize {
        let passages = self.passages(expr, scopes);
        let in_field = |field: Field| {
            let end = self.words(field).len();
            // The most from each word on: leave the word out, or take a passage that begins there.
            let mut most = vec![0; end + 1];
            for from in (0..end).rev() {
                let here =
                    passages.iter().filter(|passage| passage.field == field && passage.first() == from);
                let taken = here.map(|passage| 1 + most[passage.last() + 1]).max().unwrap_or(0);
                most[from] = taken.max(most[from + 1]);
            }
            most[0]
        };
        FIELDS.into_iter().map(in_field).sum()
    }

    fn passages(&self, expr: &Expr, scopes: &[Scope]) -> BTreeSet<Passage> {
        match expr {
            Expr::Term(term) => self.runs(std::slice::from_ref(term), scopes),
            Expr::Phrase(terms) => self.runs(terms, scopes),
            Expr::Compound(terms) => {
                let runs = self.runs(terms, scopes).into_iter();
                runs.filter(|run| self.is_in_one_clause(run)).collect()
            }
            Expr::Near { .. } => {
                self.pairs(expr, scopes).into_iter().map(|(one, other)| one.with(&other)).collect()
            }
            Expr::Or(parts) => parts.iter().flat_map(|part| self.passages(part, scopes)).collect(),
            Expr::In(scope, part) => self.passages(part, &[scopes, &[*scope]].concat()),
            _ => BTreeSet::new(),
        }
    }

    fn marks(&self, expr: &Expr, scopes: &[Scope], of: Option<&BTreeSet<Passage>>) -> BTreeSet<Passage> {
        let is_of = |passage: &Passage| of.is_none_or(|of| of.contains(passage));
        match expr {
            Expr::Term(_) | Expr::Phrase(_) | Expr::Compound(_) => {
                self.passages(expr, scopes).into_iter().filter(is_of).collect()
            }
            Expr::Near { left, right, .. } => {
                let pairs =
                    self.pairs(expr, scopes).into_iter().filter(|(one, other)| is_of(&one.with(other)));
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
                    runs.insert(Passage::run(field, (first, first + terms.len() - 1)));
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
                let apart = one.field == other.field && !one.shares_a_word_with(&other);
                let in_order = !ordered || one.last() < other.first();
                if apart && in_order && self.is_near(*within, &one, &other) {
                    pairs.push((one, other));
                }
            }
        }
        pairs
    }

    /// Whether at most so many words lie between two passages (none between those that
    /// interleave), or all of both lies in one sentence or paragraph.
    fn is_near(&self, within: Within, one: &Passage, other: &Passage) -> bool {
        let (first, last) = (one.first().min(other.first()), one.last().max(other.last()));
        let words = self.words(one.field);
        match within {
            Within::Words(most) => {
                let between = (one.last() + 1)..other.first();
                let between = between.len() + ((other.last() + 1)..one.first()).len();
                between <= most as usize
            }
            Within::Sentence => {
                self.sentence(one.field, &words[first]) == self.sentence(one.field, &words[last])
            }
            Within::Paragraph => {
                self.paragraph(one.field, &words[first]) == self.paragraph(one.field, &words[last])
            }
        }
    }

    /// Whether the words of a run stand in one sentence with nothing between them that parts
    /// clauses.
    fn is_in_one_clause(&self, run: &Passage) -> bool {
        let words = &self.words(run.field)[run.first()..=run.last()];
        words.windows(2).all(|pair| {
            let between = &self.text.field(run.field)[pair[0].end..pair[1].start];
            self.sentence(run.field, &pair[0]) == self.sentence(run.field, &pair[1])
                && !between.contains(|c| ",;:!?…()[]{}|•،؛؟。、，；：！？（）".contains(c))
        })
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

    fn hit(&self, passage: Passage) -> Hit {
        let words = self.words(passage.field);
        Hit { field: passage.field, start: words[passage.first()].start, end: words[passage.last()].end }
    }
}
