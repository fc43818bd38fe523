//! Passages of a text as ranges of positions, and how two lists of them come near each other.

use std::ops::ControlFlow;

/// From one position to another of the same field, both included. Lists are sorted and distinct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Interval {
    pub(super) first: u32,
    pub(super) last: u32,
}

impl Interval {
    /// The smallest interval that covers two.
    pub(super) fn hull(self, other: Interval) -> Interval {
        Interval { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

/// The positions that a scope leaves: at most two ranges, half open. Nested scopes leave their
/// common part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window([(u32, u32); 2]);

impl Window {
    /// Every position.
    pub(super) const WHOLE: Window = Window([(0, u32::MAX), (0, 0)]);

    pub(super) fn one(range: (u32, u32)) -> Window {
        Window([range, (0, 0)])
    }

    pub(super) fn two(one: (u32, u32), other: (u32, u32)) -> Window {
        Window([one, other])
    }

    pub(super) fn contains(&self, interval: Interval) -> bool {
        self.0.iter().any(|(start, end)| *start <= interval.first && interval.last < *end)
    }

    pub(super) fn is_whole(&self) -> bool {
        self.0 == Window::WHOLE.0
    }

    /// The positions that both leave. Scopes are fields and a first paragraph, so two windows
    /// never have more than two ranges in common.
    pub(super) fn intersection(&self, other: &Window) -> Window {
        let mut common = Window([(0, 0); 2]);
        let pairs = self
            .0
            .iter()
            .flat_map(|one| other.0.iter().map(move |other| (one.0.max(other.0), one.1.min(other.1))));
        for (range, place) in pairs.filter(|(start, end)| start < end).zip(&mut common.0) {
            *place = range;
        }
        common
    }
}

/// Calls `each` with every interval of `one` and every interval of `other` that begins after its
/// end, until the first that begins out of reach.
pub(super) fn followers(
    one: &[Interval],
    other: &[Interval],
    reaches: impl Fn(Interval, u32) -> bool,
    each: &mut dyn FnMut(Interval, Interval) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for &before in one {
        let start = other.partition_point(|after| after.first <= before.last);
        for &after in other[start..].iter().take_while(|after| reaches(before, after.first)) {
            each(before, after)?;
        }
    }
    ControlFlow::Continue(())
}
