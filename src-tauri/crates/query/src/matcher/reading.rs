//! One text, read: where its words are, and at which of them each slot occurs.

use super::bits::Bits;
use super::program::{Program, Slot};
use super::surfaces::Surfaces;
use crate::words::{Word, words};
use crate::{Field, Hit, Text};

/// The order in which fields are read.
const FIELDS: [Field; 3] = [Field::Title, Field::Lead, Field::Body];

/// The positions of a text: words are counted through all fields, with an empty position between
/// two fields, so that nothing stands side by side across them.
pub(super) struct Reading {
    /// Every occurrence, in the order of the text.
    occurrences: Vec<(Slot, u32)>,
    /// The positions of the occurrences, slot by slot, ascending for each.
    positions: Vec<u32>,
    /// For each slot where its positions start and end; equal if it does not occur.
    ranges: Vec<(u32, u32)>,
    /// The slots that occur, as a list and as a set.
    occurring: Vec<Slot>,
    occurs: Bits,
    /// The bytes of the word at each position, in its field.
    tokens: Vec<(u32, u32)>,
    /// The first position of each field.
    starts: [u32; 3],
    /// The position after the last.
    end: u32,
}

/// The first position of each field of a text whose words are not counted.
const FAR_APART: [u32; 3] = [0, FIELD_ROOM, 2 * FIELD_ROOM];

/// How many words a field of such a text may have.
const FIELD_ROOM: u32 = 1 << 30;

impl Reading {
    /// An empty text, for programs with so many slots.
    pub(super) fn new(slots: usize) -> Reading {
        Reading {
            occurrences: Vec::new(),
            positions: Vec::new(),
            ranges: vec![(0, 0); slots],
            occurring: Vec::new(),
            occurs: Bits::new(slots),
            tokens: Vec::new(),
            starts: [0; 3],
            end: 0,
        }
    }

    /// Replaces what was read by another text. Offsets are kept in 32 bits: words beyond four
    /// gigabytes are not seen.
    pub(super) fn read(&mut self, text: &Text<'_>, program: &Program, surfaces: &mut Surfaces) {
        self.clear();
        for (at, field) in FIELDS.into_iter().enumerate() {
            if at > 0 {
                self.tokens.push((0, 0));
            }
            self.starts[at] = self.tokens.len() as u32;
            self.read_field(text.field(field), program, surfaces);
        }
        self.end = self.tokens.len() as u32;
        self.sort_by_slot();
    }

    /// Replaces what was read by the places of slots in a text that is not at hand. A slot may be
    /// named twice at a place; what lies beyond a thousand million words is not seen.
    pub(super) fn put(&mut self, places: impl Iterator<Item = (Slot, Field, u32)>) {
        self.clear();
        (self.starts, self.end) = (FAR_APART, u32::MAX);
        let seen = places.filter(|(_, _, offset)| *offset < FIELD_ROOM - 1);
        self.occurrences.extend(seen.map(|(slot, field, offset)| (slot, FAR_APART[field as usize] + offset)));
        self.occurrences.sort_unstable();
        self.occurrences.dedup();
        self.sort_by_slot();
    }

    fn clear(&mut self) {
        for slot in self.occurring.drain(..) {
            self.ranges[slot as usize] = (0, 0);
            self.occurs.remove(slot);
        }
        self.occurrences.clear();
        self.tokens.clear();
    }

    fn read_field(&mut self, text: &str, program: &Program, surfaces: &mut Surfaces) {
        let first = self.tokens.len();
        let seen = |word: Word| Some((word.start as u32, u32::try_from(word.end).ok()?));
        self.tokens.extend(words(text).map_while(seen));
        // Looking words up one right after the other lets the processor wait for several at a time.
        for (position, (start, end)) in (first as u32..).zip(&self.tokens[first..]) {
            let word = Word { start: *start as usize, end: *end as usize };
            let slots = surfaces.slots(text, word, &program.vocabulary);
            self.occurrences.extend(slots.iter().map(|slot| (*slot, position)));
        }
    }

    /// Counts the occurrences of each slot, gives it so much room, and puts its positions there.
    fn sort_by_slot(&mut self) {
        for (slot, _) in &self.occurrences {
            let (_, count) = &mut self.ranges[*slot as usize];
            if *count == 0 {
                self.occurring.push(*slot);
                self.occurs.insert(*slot);
            }
            *count += 1;
        }
        let mut start = 0;
        for slot in &self.occurring {
            let range = &mut self.ranges[*slot as usize];
            let count = range.1;
            *range = (start, start);
            start += count;
        }
        self.positions.resize(self.occurrences.len(), 0);
        for (slot, position) in &self.occurrences {
            let (_, end) = &mut self.ranges[*slot as usize];
            self.positions[*end as usize] = *position;
            *end += 1;
        }
    }

    /// The slots that occur in the text.
    pub(super) fn slots(&self) -> &[Slot] {
        &self.occurring
    }

    /// Whether a slot occurs.
    pub(super) fn occurs(&self, slot: Slot) -> bool {
        self.occurs.contains(slot)
    }

    /// Where a slot occurs, ascending.
    pub(super) fn positions(&self, slot: Slot) -> &[u32] {
        let (start, end) = self.ranges[slot as usize];
        &self.positions[start as usize..end as usize]
    }

    /// The positions of a field, half open.
    pub(super) fn field(&self, field: Field) -> (u32, u32) {
        let [title, lead, body] = self.starts;
        match field {
            Field::Title => (title, lead.saturating_sub(1)),
            Field::Lead => (lead, body.saturating_sub(1)),
            Field::Body => (body, self.end),
        }
    }

    /// The field of a position.
    pub(super) fn field_of(&self, position: u32) -> Field {
        let [_, lead, body] = self.starts;
        match position {
            _ if position >= body => Field::Body,
            _ if position >= lead => Field::Lead,
            _ => Field::Title,
        }
    }

    /// The bytes of the words of a field.
    pub(super) fn tokens(&self, field: Field) -> &[(u32, u32)] {
        let (start, end) = self.field(field);
        &self.tokens[start as usize..end as usize]
    }

    /// The bytes between a position and the next of the same field.
    pub(super) fn between(&self, position: u32) -> (usize, usize) {
        let (_, start) = self.tokens[position as usize];
        let (end, _) = self.tokens[position as usize + 1];
        (start as usize, end as usize)
    }

    /// The passage from one position to another of the same field.
    pub(super) fn hit(&self, first: u32, last: u32) -> Hit {
        let (start, _) = self.tokens[first as usize];
        let (_, end) = self.tokens[last as usize];
        Hit { field: self.field_of(first), start: start as usize, end: end as usize }
    }
}
