//! Which passages of two parts are near each other.

use std::ops::ControlFlow;

use super::evaluate::Evaluation;
use super::passages::{Passage, Reach, Window};
use super::program::{Node, NodeId};
use crate::Within;

/// So many pairs of passages are tried at most for a part. Real articles stay far below; a text
/// made to hurt costs no more than this.
const MOST_PAIRS: usize = 1 << 18;

impl Evaluation<'_> {
    /// Calls `each` with every pair of passages, left and right, that makes a NEAR true, until it
    /// breaks.
    pub(super) fn pairs(
        &self,
        near: NodeId,
        window: &Window,
        each: &mut dyn FnMut(Passage, Passage) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Node::Near { left, right, within, ordered } = self.program.node(near) else {
            return ControlFlow::Continue(());
        };
        let lefts = self.passages(left, window);
        if lefts.is_empty() {
            return ControlFlow::Continue(());
        }
        let rights = self.passages(right, window);
        let longest = rights.iter().map(|right| right.last() - right.first()).max().unwrap_or(0);
        let mut left_over = MOST_PAIRS;
        for left in lefts {
            let Some(mut reach) = self.reach(within, left, longest) else { continue };
            if ordered {
                reach.begins.0 = left.last() + 1;
            }
            for right in reach.of(&rights) {
                left_over -= 1;
                if left_over == 0 {
                    // Nothing broke: what was not tried counts as not near, in every reading alike.
                    return ControlFlow::Continue(());
                }
                if reach.holds_end_of(*right) && !left.shares_a_word_with(*right) {
                    each(left, *right)?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Where a passage must lie to be near another one, if it is no longer than `longest`.
    fn reach(&self, within: Within, of: Passage, longest: u32) -> Option<Reach> {
        let whole = match within {
            Within::Words(words) => return Some(self.reach_of_words(words, of, longest)),
            Within::Sentence => self.layout().sentence_around(of.first()),
            Within::Paragraph => self.layout().paragraph_around(of.first()),
        };
        (of.last() < whole.1).then_some(Reach { begins: whole, ends: whole })
    }

    /// So many words around a passage, and no further than its field.
    fn reach_of_words(&self, words: u32, of: Passage, longest: u32) -> Reach {
        let (start, end) = self.reading.field(self.reading.field_of(of.first()));
        let distance = words.saturating_add(1);
        let earliest_end = of.first().saturating_sub(distance).max(start);
        let latest_begin = of.last().saturating_add(words).saturating_add(2).min(end);
        Reach { begins: (earliest_end.saturating_sub(longest), latest_begin), ends: (earliest_end, end) }
    }
}
