//! The styles of a Word document: what a paragraph in one of them is.

use std::collections::HashMap;

use super::super::style::Style;
use super::super::xml::attribute;
use crate::markup::{Piece, Tag, local, pieces};

/// The styles by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The language of the document's default run.
    pub(super) language: Option<String>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(xml: &str) -> Styles {
        let mut styles = Styles::default();
        let mut id = None;
        for piece in pieces(xml) {
            let Piece::Open(tag) = piece else { continue };
            match local(tag.name) {
                "style" => id = attribute(&tag, "styleId"),
                "lang" if id.is_none() => styles.language = language(&tag),
                "name" => styles.learn(id.as_deref(), |style, value| *style = Style::named(value), &tag),
                "outlineLvl" => styles.learn(id.as_deref(), Style::outline, &tag),
                _ => {}
            }
        }
        styles
    }

    /// What a style id stands for.
    pub(super) fn get(&self, id: &str) -> Style {
        self.by_id.get(id).copied().unwrap_or_else(|| Style::named(id))
    }

    fn learn(&mut self, id: Option<&str>, learn: impl FnOnce(&mut Style, &str), tag: &Tag) {
        if let (Some(id), Some(value)) = (id, attribute(tag, "val")) {
            learn(self.by_id.entry(id.to_owned()).or_default(), &value);
        }
    }
}

fn language(tag: &Tag) -> Option<String> {
    tag.attributes().find(|(name, _)| *name == "w:val").map(|(_, value)| value.to_owned())
}
