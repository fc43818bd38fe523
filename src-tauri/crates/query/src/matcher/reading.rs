//! One text, read: where its words are, and at which of them each slot occurs.

use super::program::{Program, Slot};
use super::surfaces::Surfaces;
use crate::words::words;
use crate::{Field, Hit, Text};

/// The order in which fields are read.
const FIELDS: [Field; 3] = [Field::Title, Field::Lead, Field::Body];

/// The positions of a text: words are counted through all fields, with an empty position between
/// two fields, so that nothing stands side by side across them.
pub(super) struct Reading {
    /// For each slot the positions where it occurs, ascending.
    positions: Vec<Vec<u32>>,
    /// The slots that occur.
    occurring: Vec<Slot>,
    /// The bytes of the word at each position, in its field.
    tokens: Vec<(u32, u32)>,
    /// The first position of each field.
    starts: [u32; 3],
}

impl Reading {
    pub(super) fn new(program: &Program) -> Reading {
        let slots = program.slots();
        Reading {
            positions: vec![Vec::new(); slots],
            occurring: Vec::new(),
            tokens: Vec::new(),
            starts: [0; 3],
        }
    }

    /// Replaces what was read by another text. Offsets are kept in 32 bits: words beyond four
    /// gigabytes are not seen.
    pub(super) fn read(&mut self, text: &Text<'_>, program: &Program, surfaces: &mut Surfaces) {
        for slot in self.occurring.drain(..) {
            self.positions[slot as usize].clear();
        }
        self.tokens.clear();
        for (at, field) in FIELDS.into_iter().enumerate() {
            if at > 0 {
                self.tokens.push((0, 0));
            }
            self.starts[at] = self.tokens.len() as u32;
            self.read_field(text.field(field), program, surfaces);
        }
    }

    fn read_field(&mut self, text: &str, program: &Program, surfaces: &mut Surfaces) {
        for word in words(text) {
            let Ok(end) = u32::try_from(word.end) else { return };
            let position = self.tokens.len() as u32;
            self.tokens.push((word.start as u32, end));
            let surface = text.get(word.start..word.end).unwrap_or_default();
            for slot in surfaces.slots(surface, &program.vocabulary) {
                let positions = &mut self.positions[*slot as usize];
                if positions.is_empty() {
                    self.occurring.push(*slot);
                }
                positions.push(position);
            }
        }
    }

    /// The slots that occur in the text.
    pub(super) fn slots(&self) -> &[Slot] {
        &self.occurring
    }

    /// Where a slot occurs, ascending.
    pub(super) fn positions(&self, slot: Slot) -> &[u32] {
        &self.positions[slot as usize]
    }

    /// The positions of a field, half open.
    pub(super) fn field(&self, field: Field) -> (u32, u32) {
        let [title, lead, body] = self.starts;
        match field {
            Field::Title => (title, lead.saturating_sub(1)),
            Field::Lead => (lead, body.saturating_sub(1)),
            Field::Body => (body, self.tokens.len() as u32),
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

    /// The passage from one position to another of the same field.
    pub(super) fn hit(&self, first: u32, last: u32) -> Hit {
        let (start, _) = self.tokens[first as usize];
        let (_, end) = self.tokens[last as usize];
        Hit { field: self.field_of(first), start: start as usize, end: end as usize }
    }
}
