//! Seeing to it that every character on the page has a glyph.

use std::collections::BTreeSet;

use serde_json::Value;
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

use super::fonts::{ALL, OURS};
use super::press::typeset;
use crate::DigestError;

/// Replacing a character can join its neighbours to something new that has no glyph either. What is
/// left after so many rounds is left to the export, which then gives up a standard.
const ROUNDS: usize = 3;

/// Lays the digest out with our fonts, with the machine's if a character asks for them, and with a box
/// for what no font has.
pub(super) fn lay_out(template: &str, mut data: Value) -> Result<PagedDocument, DigestError> {
    let mut document = typeset(template, &data, &OURS)?;
    if without_glyph(&document).is_empty() {
        return Ok(document);
    }
    document = typeset(template, &data, &ALL)?;
    for _ in 0..ROUNDS {
        let missing = without_glyph(&document);
        if missing.is_empty() {
            break;
        }
        tracing::debug!(characters = ?missing, "no font has these");
        replace(&mut data, &missing);
        document = typeset(template, &data, &ALL)?;
    }
    Ok(document)
}

/// What was set as the font's "missing" sign, as written: single characters, or characters that go
/// together.
fn without_glyph(document: &PagedDocument) -> BTreeSet<String> {
    let mut missing = BTreeSet::new();
    document.pages().iter().for_each(|page| look_through(&page.frame, &mut missing));
    missing
}

fn look_through(frame: &Frame, missing: &mut BTreeSet<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => look_through(&group.frame, missing),
            FrameItem::Text(text) => missing.extend(
                text.glyphs
                    .iter()
                    .filter(|glyph| glyph.id == 0)
                    .filter_map(|glyph| text.text.get(glyph.range()))
                    .filter(|characters| !characters.is_empty())
                    .map(str::to_owned),
            ),
            _ => {}
        }
    }
}

fn replace(value: &mut Value, missing: &BTreeSet<String>) {
    match value {
        Value::String(text) => {
            // Backwards, so that the longer of two with the same beginning comes first.
            for characters in
                missing.iter().rev().filter(|characters| text.contains(*characters)).collect::<Vec<_>>()
            {
                *text = text.replace(characters, stand_in(characters));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, missing)),
        Value::Object(fields) => fields.values_mut().for_each(|item| replace(item, missing)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What is printed instead: a box, but a word for the signs of money that our fonts lack.
fn stand_in(characters: &str) -> &'static str {
    match characters {
        "₽" => "RUB",
        "₸" => "KZT",
        _ => "\u{25A1}",
    }
}
