//! What is true of one text, and where.
//!
//! A positional part denotes a set of intervals: a term its positions, a phrase its runs, OR the
//! union, NEAR the hulls of the pairs that are near and do not overlap, a scope those inside it.
//! Everything else is true or false of the text as a whole.

use std::cell::OnceCell;
use std::ops::ControlFlow;

use super::intervals::{Interval, Window, followers};
use super::layout::Layout;
use super::program::{List, Node, NodeId, Program, Slot};
use super::reading::Reading;
use crate::expr::SCORE_COUNTS;
use crate::{Field, Hit, Scope, Text, Within};

/// A part yields at most so many pairs of passages. Real articles stay far below; a text made to
/// hurt costs no more than this.
const MOST_PAIRS: usize = 1 << 16;

pub(super) struct Evaluation<'a> {
    program: &'a Program,
    reading: &'a Reading,
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

    /// What made a query true, sorted and distinct; none if it is not.
    pub(super) fn hits(&self, root: NodeId) -> Option<Vec<Hit>> {
        if !self.is_true(root) {
            return None;
        }
        let mut marks = Vec::new();
        self.mark(root, &Window::WHOLE, None, &mut marks);
        sort(&mut marks);
        Some(marks.into_iter().map(|mark| self.reading.hit(mark.first, mark.last)).collect())
    }

    fn holds(&self, id: NodeId, window: &Window) -> bool {
        match self.program.node(id) {
            Node::Term(slot) => self.occurs(slot, window),
            Node::Phrase(phrase) => self.runs(phrase, window, &mut |_| ControlFlow::Break(())).is_break(),
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

    /// How many passages a part has.
    fn count(&self, id: NodeId, window: &Window) -> u64 {
        self.intervals(id, window).len() as u64
    }

    /// The passages of a part, sorted and distinct; none if it is not positional.
    fn intervals(&self, id: NodeId, window: &Window) -> Vec<Interval> {
        let mut found = Vec::new();
        self.collect(id, window, &mut found);
        sort(&mut found);
        found
    }

    fn collect(&self, id: NodeId, window: &Window, into: &mut Vec<Interval>) {
        match self.program.node(id) {
            Node::Term(slot) => into.extend(self.occurrences(slot, window)),
            Node::Phrase(phrase) => {
                let _ = self.runs(phrase, window, &mut |run| {
                    into.push(run);
                    ControlFlow::Continue(())
                });
            }
            Node::Near { .. } => {
                let _ = self.pairs(id, window, &mut |one, other| {
                    into.push(one.hull(other));
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

    /// Collects the words and phrases that make a true part true; of a positional part only
    /// those of the passages in `of`, if given.
    fn mark(&self, id: NodeId, window: &Window, of: Option<&[Interval]>, into: &mut Vec<Interval>) {
        match self.program.node(id) {
            Node::Term(_) | Node::Phrase(_) => {
                let mut found = Vec::new();
                self.collect(id, window, &mut found);
                into.extend(found.into_iter().filter(|interval| is_of(*interval, of)));
            }
            Node::Near { left, right, .. } => {
                let (mut lefts, mut rights) = (Vec::new(), Vec::new());
                let _ = self.pairs(id, window, &mut |one, other| {
                    if is_of(one.hull(other), of) {
                        lefts.push(one);
                        rights.push(other);
                    }
                    ControlFlow::Continue(())
                });
                for (part, mut of) in [(left, lefts), (right, rights)] {
                    sort(&mut of);
                    self.mark(part, window, Some(&of), into);
                }
            }
            Node::AtLeast(_, part) => self.mark(part, window, None, into),
            Node::Score(_, terms) => {
                self.program.weights(terms).iter().for_each(|(term, _)| self.mark(*term, window, None, into));
            }
            Node::And(parts) | Node::Or(parts) => {
                let parts = self.program.parts(parts).iter().filter(|part| self.holds(**part, window));
                parts.for_each(|part| self.mark(*part, window, of, into));
            }
            Node::In(scope, part) => self.mark(part, &self.narrowed(window, scope), of, into),
            Node::Not(_) | Node::Filter(_) => {}
        }
    }

    fn occurs(&self, slot: Slot, window: &Window) -> bool {
        self.reading.occurs(slot) && (window.is_whole() || self.occurrences(slot, window).next().is_some())
    }

    fn occurrences(&self, slot: Slot, window: &Window) -> impl Iterator<Item = Interval> {
        let intervals = self
            .reading
            .positions(slot)
            .iter()
            .map(|position| Interval { first: *position, last: *position });
        intervals.filter(move |interval| window.contains(*interval))
    }

    /// Calls `each` with every run of a phrase, in order, until it breaks. The rarest term leads.
    fn runs(
        &self,
        phrase: List,
        window: &Window,
        each: &mut dyn FnMut(Interval) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let slots = self.program.phrase(phrase);
        if !slots.iter().all(|slot| self.reading.occurs(*slot)) {
            return ControlFlow::Continue(());
        }
        let rarest = slots.iter().enumerate().min_by_key(|(_, slot)| self.reading.positions(**slot).len());
        let Some((offset, rarest)) = rarest else { return ControlFlow::Continue(()) };
        for position in self.reading.positions(*rarest) {
            let Some(first) = position.checked_sub(offset as u32) else { continue };
            let run = Interval { first, last: first + slots.len() as u32 - 1 };
            let fits =
                |(at, slot): (u32, &Slot)| self.reading.positions(*slot).binary_search(&(first + at)).is_ok();
            if window.contains(run) && (0..).zip(slots).all(fits) {
                each(run)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Calls `each` with every pair of passages, left and right, that makes a NEAR true, until it
    /// breaks.
    fn pairs(
        &self,
        near: NodeId,
        window: &Window,
        each: &mut dyn FnMut(Interval, Interval) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Node::Near { left, right, within, ordered } = self.program.node(near) else {
            return ControlFlow::Continue(());
        };
        let (lefts, rights) = (self.intervals(left, window), self.intervals(right, window));
        let reaches = |before: Interval, position: u32| self.reaches(within, before, position);
        let mut left_over = MOST_PAIRS;
        let mut ordered_pair = |before: Interval, after: Interval, swapped: bool| {
            // A passage that begins in the sentence may end in another.
            if !reaches(before, after.last) && !matches!(within, Within::Words(_)) {
                return ControlFlow::Continue(());
            }
            left_over -= 1;
            if swapped {
                each(after, before)?
            } else {
                each(before, after)?
            }
            if left_over == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        followers(&lefts, &rights, reaches, &mut |one, other| ordered_pair(one, other, false))?;
        if ordered {
            return ControlFlow::Continue(());
        }
        followers(&rights, &lefts, reaches, &mut |one, other| ordered_pair(one, other, true))
    }

    /// Whether a position after a passage is near enough to it.
    fn reaches(&self, within: Within, before: Interval, position: u32) -> bool {
        match within {
            Within::Words(words) => {
                position - before.last <= words.saturating_add(1)
                    && self.reading.field_of(before.last) == self.reading.field_of(position)
            }
            Within::Sentence => self.layout().sentence(before.first) == self.layout().sentence(position),
            Within::Paragraph => self.layout().paragraph(before.first) == self.layout().paragraph(position),
        }
    }

    fn narrowed(&self, window: &Window, scope: Scope) -> Window {
        let scope = match scope {
            Scope::Title => Window::one(self.reading.field(Field::Title)),
            Scope::Body => Window::one(self.reading.field(Field::Body)),
            Scope::Lead => {
                let body = self.reading.field(Field::Body).0;
                Window::two(self.reading.field(Field::Lead), (body, self.layout().paragraph_end(body)))
            }
        };
        scope.intersection(window)
    }

    fn layout(&self) -> &Layout {
        self.layout.get_or_init(|| Layout::new(self.text, self.reading))
    }
}

fn sort(intervals: &mut Vec<Interval>) {
    intervals.sort_unstable();
    intervals.dedup();
}

fn is_of(interval: Interval, of: Option<&[Interval]>) -> bool {
    of.is_none_or(|of| of.binary_search(&interval).is_ok())
}
