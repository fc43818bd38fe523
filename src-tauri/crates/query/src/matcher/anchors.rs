//! Which queries may be true of a text, told by which slots occur in it.

use super::program::Slot;

/// The slots of which a text must hold at least one for a query to be true.
#[derive(Debug, Clone)]
pub(super) struct Need {
    pub(super) slots: Vec<Slot>,
    /// Roughly how often texts hold one.
    pub(super) cost: f32,
}

/// So many needs of a query are asked at most, the rarest ones: each makes the next less telling.
const MOST_NEEDS: usize = 4;

/// A query, and as one bit each the needs of it that a slot meets.
#[derive(Debug, Clone, Copy)]
struct Anchor(u32);

impl Anchor {
    fn new(query: usize, need: usize) -> Anchor {
        Anchor((query as u32) << MOST_NEEDS | 1 << need)
    }

    fn query(self) -> usize {
        (self.0 >> MOST_NEEDS) as usize
    }

    fn needs(self) -> u8 {
        (self.0 & ((1 << MOST_NEEDS) - 1)) as u8
    }
}

/// For each slot the needs that it meets.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// The anchors of all slots, slot by slot.
    list: Vec<Anchor>,
    /// Where in the list the anchors of each slot begin, and the end of the last.
    starts: Vec<u32>,
    /// The needs of each query as a set of bits; empty if no word tells of it.
    needs: Vec<u8>,
}

impl Anchors {
    /// Anchors for queries with these needs, the rarest first, over so many slots.
    pub(super) fn new(queries: Vec<Vec<Need>>, slots: usize) -> Anchors {
        let mut pairs: Vec<(Slot, Anchor)> = Vec::new();
        let mut needs = Vec::with_capacity(queries.len());
        for (query, mut of_query) in queries.into_iter().enumerate() {
            of_query.truncate(MOST_NEEDS);
            needs.push((1 << of_query.len()) - 1);
            for (number, need) in of_query.into_iter().enumerate() {
                pairs.extend(need.slots.into_iter().map(|slot| (slot, Anchor::new(query, number))));
            }
        }
        pairs.sort_unstable_by_key(|(slot, anchor)| (*slot, anchor.0));
        pairs.dedup_by(|(slot, anchor), (other, kept)| {
            let same = slot == other && anchor.query() == kept.query();
            kept.0 |= if same { anchor.0 } else { 0 };
            same
        });
        let mut starts = vec![0; slots + 1];
        pairs.iter().for_each(|(slot, _)| starts[*slot as usize + 1] += 1);
        (0..slots).for_each(|slot| starts[slot + 1] += starts[slot]);
        Anchors { list: pairs.into_iter().map(|(_, anchor)| anchor).collect(), starts, needs }
    }

    /// The queries all of whose needs these slots meet, ascending. `met` is memory for the needs
    /// that are met, which holds none between two calls.
    pub(super) fn choose(&self, slots: &[Slot], met: &mut Vec<u8>, into: &mut Vec<u32>) {
        met.resize(self.needs.len(), 0);
        for slot in slots {
            let (start, end) = (self.starts[*slot as usize], self.starts[*slot as usize + 1]);
            for anchor in &self.list[start as usize..end as usize] {
                met[anchor.query()] |= anchor.needs();
            }
        }
        let queries = met.iter_mut().zip(&self.needs).enumerate();
        let chosen = queries.filter_map(|(query, (met, needs))| {
            let all = std::mem::take(met) == *needs;
            all.then_some(query as u32)
        });
        into.clear();
        into.extend(chosen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_chosen_if_every_need_is_met() {
        let need = |slots: &[Slot]| Need { slots: slots.to_vec(), cost: 1.0 };
        let queries = vec![
            vec![need(&[0, 1]), need(&[2])],
            vec![need(&[2])],
            Vec::new(),
            vec![need(&[0]), need(&[0, 2])],
            vec![need(&[])],
        ];
        let anchors = Anchors::new(queries, 3);
        let (mut met, mut chosen) = (Vec::new(), Vec::new());
        for (slots, expected) in [
            (&[1, 2][..], &[0, 1, 2][..]),
            (&[0], &[2, 3]),
            (&[1], &[2]),
            (&[], &[2]),
            (&[0, 2], &[0, 1, 2, 3]),
        ] {
            anchors.choose(slots, &mut met, &mut chosen);
            assert_eq!(chosen, expected, "the queries that {slots:?} may be true of");
        }
    }
}
