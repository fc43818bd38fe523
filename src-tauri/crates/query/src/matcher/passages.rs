//! Passages of a text, and which of them go together.

use smallvec::SmallVec;

/// From one position to another of the same field, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    pub(super) first: u32,
    pub(super) last: u32,
}

impl Run {
    fn meets(self, other: Run) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// What makes a positional part true once: of a word or phrase its run, of a NEAR the runs at its
/// two ends. These words it takes; what lies between them is free for others, so that `talks` in
/// `the US talks with Russia` is near `US NEAR/5 Russia`.
///
/// Ordered by where they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Passage {
    head: Run,
    tail: Run,
}

impl Passage {
    pub(super) fn of_word(position: u32) -> Passage {
        Passage::of_run(Run { first: position, last: position })
    }

    pub(super) fn of_run(run: Run) -> Passage {
        Passage { head: run, tail: run }
    }

    pub(super) fn first(self) -> u32 {
        self.head.first
    }

    pub(super) fn last(self) -> u32 {
        self.tail.last
    }

    /// Whether two passages take a common word.
    pub(super) fn shares_a_word_with(self, other: Passage) -> bool {
        self.head.meets(other.head)
            || self.tail.meets(other.tail)
            || self.head.meets(other.tail)
            || self.tail.meets(other.head)
    }

    /// The passage of a NEAR that two passages make.
    pub(super) fn with(self, other: Passage) -> Passage {
        Passage {
            head: if self.first() < other.first() { self.head } else { other.head },
            tail: if self.last() > other.last() { self.tail } else { other.tail },
        }
    }
}

/// A few passages; most parts of most queries have no more than these.
pub(super) type Passages = SmallVec<[Passage; 8]>;

/// Sorts passages and drops those that are there twice.
pub(super) fn sort(passages: &mut Passages) {
    passages.sort_unstable();
    passages.dedup();
}

/// Where the partner of a passage may begin and end, half open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    pub(super) begins: (u32, u32),
    pub(super) ends: (u32, u32),
}

impl Reach {
    /// The passages of a list that are within reach, without those that begin too early or late.
    pub(super) fn of(self, passages: &[Passage]) -> &[Passage] {
        let start = passages.partition_point(|passage| passage.first() < self.begins.0);
        let length = passages[start..].partition_point(|passage| passage.first() < self.begins.1);
        &passages[start..start + length]
    }

    /// Whether a passage ends within reach.
    pub(super) fn holds_end_of(self, passage: Passage) -> bool {
        (self.ends.0..self.ends.1).contains(&passage.last())
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

    pub(super) fn contains(&self, run: Run) -> bool {
        self.0.iter().any(|(start, end)| *start <= run.first && run.last < *end)
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

/// As many of the passages as can be had without two that overlap: those that begin last leave
/// most room to the others.
pub(super) fn count_apart(passages: &[Passage]) -> u64 {
    let (mut count, mut end) = (0, u32::MAX);
    for passage in passages.iter().rev() {
        if passage.last() < end {
            count += 1;
            end = passage.first();
        }
    }
    count
}
