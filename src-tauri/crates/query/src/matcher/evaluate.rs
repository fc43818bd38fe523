//! What is true of one text, and where.
//!
//! A positional part denotes a set of passages: a term its positions, a phrase its runs, OR the
//! union, NEAR the pairs that are near and share no word, a scope those inside it. Everything else
//! is true or false of the text as a whole.

use std::cell::OnceCell;
use std::ops::ControlFlow;

use super::layout::Layout;
use super::passages::{Passage, Passages, Run, Window, count_apart, sort};
use super::program::{List, Node, NodeId, Program, Slot};
use super::reading::Reading;
use crate::expr::SCORE_COUNTS;
use crate::sentence::parts_clauses;
use crate::{Field, Hit, Scope, Text};

pub(super) struct Evaluation<'a> {
    pub(super) program: &'a Program,
    pub(super) reading: &'a Reading,
    text: &'a Text<'a>,
    layout: OnceCell<Layout>,
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(program: &'a Program, reading: &'a Reading, text: &'a Text<'a>) -> Evaluation<'a> {
        Evaluation { program, reading, text, layout: OnceCell::new() }
    }

    /// Whether a query is true of the text.
    pub(super) fn is_true(&self, root: NodeId) -> bool {
        self.holds(root, &Window::WHOLE)
    }

    /// What made a query true, sorted and distinct; none if it is not. `marks` is memory.
    pub(super) fn hits(&self, root: NodeId, marks: &mut Passages) -> Option<Vec<Hit>> {
        marks.clear();
        if !self.mark(root, &Window::WHOLE, marks) {
            return None;
        }
        sort(marks);
        Some(marks.iter().map(|mark| self.reading.hit(mark.first(), mark.last())).collect())
    }

    fn holds(&self, id: NodeId, window: &Window) -> bool {
        match self.program.node(id) {
            Node::Term(slot) => self.occurs(slot, window),
            Node::Phrase(phrase) => self.runs(phrase, window, &mut |_| ControlFlow::Break(())).is_break(),
            Node::Compound(phrase) => {
                self.compounds(phrase, window, &mut |_| ControlFlow::Break(())).is_break()
            }
            Node::Near { left, right, .. } => {
                let both = self.holds(left, window) && self.holds(right, window);
                both && self.pairs(id, window, &mut |_, _| ControlFlow::Break(())).is_break()
            }
            Node::AtLeast(count, part) => self.count(part, window) >= u64::from(count),
            Node::Score(threshold, terms) => {
                let score = |(term, weight): &(NodeId, u32)| {
                    self.count(*term, window).min(SCORE_COUNTS) * u64::from(*weight)
                };
                self.program.weights(terms).iter().map(score).sum::<u64>() >= u64::from(threshold)
            }
            Node::And(parts) => self.program.parts(parts).iter().all(|part| self.holds(*part, window)),
            Node::Or(parts) => self.program.parts(parts).iter().any(|part| self.holds(*part, window)),
            Node::Not(part) => !self.holds(part, window),
            Node::In(scope, part) => self.holds(part, &self.narrowed(window, scope)),
            Node::Filter(filter) => self.program.filter(filter).matches(&self.text.facts),
        }
    }

    /// How many hits a part has.
    fn count(&self, id: NodeId, window: &Window) -> u64 {
        if let (Node::Term(slot), true) = (self.program.node(id), window.is_whole()) {
            return self.reading.positions(slot).len() as u64;
        }
        count_apart(&self.passages(id, window))
    }

    /// The passages of a part, sorted and distinct; none if it is not positional.
    pub(super) fn passages(&self, id: NodeId, window: &Window) -> Passages {
        let mut found = Passages::new();
        self.collect(id, window, &mut found);
        sort(&mut found);
        found
    }

    fn collect(&self, id: NodeId, window: &Window, into: &mut Passages) {
        match self.program.node(id) {
            Node::Term(slot) => into.extend(self.occurrences(slot, window)),
            Node::Phrase(phrase) => {
                let _ = self.runs(phrase, window, &mut |run| {
                    into.push(Passage::of_run(run));
                    ControlFlow::Continue(())
                });
            }
            Node::Compound(phrase) => {
                let _ = self.compounds(phrase, window, &mut |run| {
                    into.push(Passage::of_run(run));
                    ControlFlow::Continue(())
                });
            }
            Node::Near { .. } => {
                let _ = self.pairs(id, window, &mut |one, other| {
                    into.push(one.with(other));
                    ControlFlow::Continue(())
                });
            }
            Node::Or(parts) => {
                self.program.parts(parts).iter().for_each(|part| self.collect(*part, window, into))
            }
            Node::In(scope, part) => self.collect(part, &self.narrowed(window, scope), into),
            Node::AtLeast(..) | Node::Score(..) | Node::And(_) | Node::Not(_) | Node::Filter(_) => {}
        }
    }

    /// Whether a part holds; if it does, the words and phrases that make it true are collected.
    fn mark(&self, id: NodeId, window: &Window, into: &mut Passages) -> bool {
        let start = into.len();
        match self.program.node(id) {
            Node::Term(_) | Node::Phrase(_) | Node::Compound(_) => {
                self.collect(id, window, into);
                into.len() > start
            }
            Node::Near { .. } => self.mark_pairs(id, window, None, into),
            Node::And(parts) => {
                let all = self.program.parts(parts).iter().all(|part| self.mark(*part, window, into));
                if !all {
                    into.truncate(start);
                }
                all
            }
            Node::Or(parts) => {
                let mark = |any, part: &NodeId| self.mark(*part, window, into) | any;
                self.program.parts(parts).iter().fold(false, mark)
            }
            Node::In(scope, part) => self.mark(part, &self.narrowed(window, scope), into),
            Node::AtLeast(_, part) => {
                let holds = self.holds(id, window);
                if holds {
                    self.mark(part, window, into);
                }
                holds
            }
            Node::Score(_, terms) => {
                let holds = self.holds(id, window);
                if holds {
                    for (term, _) in self.program.weights(terms) {
                        self.mark(*term, window, into);
                    }
                }
                holds
            }
            Node::Not(_) | Node::Filter(_) => self.holds(id, window),
        }
    }

    /// Collects the words and phrases of the passages `of` a positional part.
    fn mark_of(&self, id: NodeId, window: &Window, of: &[Passage], into: &mut Passages) {
        match self.program.node(id) {
            Node::Near { .. } => {
                self.mark_pairs(id, window, Some(of), into);
            }
            Node::Or(parts) => {
                self.program.parts(parts).iter().for_each(|part| self.mark_of(*part, window, of, into))
            }
            Node::In(scope, part) => self.mark_of(part, &self.narrowed(window, scope), of, into),
            _ => {
                let found = self.passages(id, window);
                into.extend(found.into_iter().filter(|passage| of.binary_search(passage).is_ok()));
            }
        }
    }

    /// Collects what makes a NEAR true, of its passages only those in `of`, if given. Whether any
    /// is.
    fn mark_pairs(&self, near: NodeId, window: &Window, of: Option<&[Passage]>, into: &mut Passages) -> bool {
        let Node::Near { left, right, .. } = self.program.node(near) else { return false };
        let (mut lefts, mut rights) = (Passages::new(), Passages::new());
        let _ = self.pairs(near, window, &mut |one, other| {
            if of.is_none_or(|of| of.binary_search(&one.with(other)).is_ok()) {
                lefts.push(one);
                rights.push(other);
            }
            ControlFlow::Continue(())
        });
        let any = !lefts.is_empty();
        for (part, mut of) in [(left, lefts), (right, rights)] {
            sort(&mut of);
            self.mark_of(part, window, &of, into);
        }
        any
    }

    fn occurs(&self, slot: Slot, window: &Window) -> bool {
        self.reading.occurs(slot) && (window.is_whole() || self.occurrences(slot, window).next().is_some())
    }

    fn occurrences(&self, slot: Slot, window: &Window) -> impl Iterator<Item = Passage> {
        let inside = move |position: &&u32| window.contains(Run { first: **position, last: **position });
        self.reading.positions(slot).iter().filter(inside).map(|position| Passage::of_word(*position))
    }

    /// Calls `each` with every run of a phrase, in order, until it breaks. The rarest term leads.
    fn runs(
        &self,
        phrase: List,
        window: &Window,
        each: &mut dyn FnMut(Run) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let slots = self.program.phrase(phrase);
        if !slots.iter().all(|slot| self.reading.occurs(*slot)) {
            return ControlFlow::Continue(());
        }
        let rarest = slots.iter().enumerate().min_by_key(|(_, slot)| self.reading.positions(**slot).len());
        let Some((offset, rarest)) = rarest else { return ControlFlow::Continue(()) };
        for position in self.reading.positions(*rarest) {
            let Some(first) = position.checked_sub(offset as u32) else { continue };
            let run = Run { first, last: first + slots.len() as u32 - 1 };
            let fits =
                |(at, slot): (u32, &Slot)| self.reading.positions(*slot).binary_search(&(first + at)).is_ok();
            if window.contains(run) && (0..).zip(slots).all(fits) {
                each(run)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Calls `each` with the runs of a phrase that are one compound, until it breaks.
    fn compounds(
        &self,
        phrase: List,
        window: &Window,
        each: &mut dyn FnMut(Run) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.runs(phrase, window, &mut |run| {
            let joined = (run.first..run.last).all(|position| !self.parts_after(position));
            if joined { each(run) } else { ControlFlow::Continue(()) }
        })
    }

    /// Whether a clause or sentence ends between a position and the next of the same field.
    fn parts_after(&self, position: u32) -> bool {
        let text = self.text.field(self.reading.field_of(position));
        let (start, end) = self.reading.between(position);
        let between = text.get(start..end).unwrap_or_default();
        // An acronym may hold the stop of its sentence.
        let stops = text.as_bytes().get(start.wrapping_sub(1)) == Some(&b'.');
        parts_clauses(between)
            || (stops || between.contains(['.', '\n']))
                && self.layout().sentence(position) != self.layout().sentence(position + 1)
    }

    fn narrowed(&self, window: &Window, scope: Scope) -> Window {
        let scope = match scope {
            Scope::Title => Window::one(self.reading.field(Field::Title)),
            Scope::Body => Window::one(self.reading.field(Field::Body)),
            Scope::Lead => {
                let (body, _) = self.reading.field(Field::Body);
                Window::two(self.reading.field(Field::Lead), self.layout().paragraph_around(body))
            }
        };
        scope.intersection(window)
    }

    pub(super) fn layout(&self) -> &Layout {
        self.layout.get_or_init(|| Layout::new(self.text, self.reading))
    }
}
