//! The sentences and paragraphs of a text, by position; only made when a query asks.

use super::reading::Reading;
use crate::sentence::{paragraphs, sentences};
use crate::{Field, Text};

/// In which sentence and paragraph each position stands; numbers never repeat across fields.
#[derive(Debug, Default)]
pub(super) struct Layout {
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
}

impl Layout {
    pub(super) fn new(text: &Text<'_>, reading: &Reading) -> Layout {
        let mut layout = Layout::default();
        let (mut sentence, mut paragraph) = (0, 0);
        for field in [Field::Title, Field::Lead, Field::Body] {
            let text = text.field(field);
            let tokens = reading.tokens(field);
            let mut at = 0;
            // The empty position before the field counts as part of the paragraph before it.
            layout.fill(reading.field(field).0 as usize, sentence, paragraph);
            for range in paragraphs(text) {
                paragraph += 1;
                for sentence_range in sentences(text, range) {
                    sentence += 1;
                    let inside = |token: &&(u32, u32)| (token.0 as usize) < sentence_range.end;
                    at += tokens[at..].iter().take_while(inside).count();
                    layout.fill(reading.field(field).0 as usize + at, sentence, paragraph);
                }
            }
            sentence += 1;
            paragraph += 1;
        }
        layout
    }

    /// Numbers the positions up to `end`.
    fn fill(&mut self, end: usize, sentence: u32, paragraph: u32) {
        self.sentences.resize(end, sentence);
        self.paragraphs.resize(end, paragraph);
    }

    pub(super) fn sentence(&self, position: u32) -> u32 {
        self.sentences.get(position as usize).copied().unwrap_or(u32::MAX)
    }

    /// The positions of the sentence in which a position stands, half open.
    pub(super) fn sentence_around(&self, position: u32) -> (u32, u32) {
        around(&self.sentences, position)
    }

    /// The positions of the paragraph in which a position stands, half open.
    pub(super) fn paragraph_around(&self, position: u32) -> (u32, u32) {
        around(&self.paragraphs, position)
    }
}

/// The positions with the number of this one; numbers ascend.
fn around(numbers: &[u32], position: u32) -> (u32, u32) {
    let Some(number) = numbers.get(position as usize) else { return (position, position) };
    let start = numbers.partition_point(|other| other < number);
    let end = numbers.partition_point(|other| other <= number);
    (start as u32, end as u32)
}
