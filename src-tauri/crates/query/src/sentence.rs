//! Where sentences and paragraphs end.

use std::ops::Range;

/// The sentence of `text` that holds the passage from byte `start` to byte `end`.
pub fn sentence_at(text: &str, start: usize, end: usize) -> Range<usize> {
    let _ = (start, end);
    0..text.len()
}
