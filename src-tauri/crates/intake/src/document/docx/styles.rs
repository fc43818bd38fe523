//! The styles of a Word document: what a paragraph in one of them is.

use std::collections::HashMap;

use super::super::flow::Role;
use super::super::xml::attribute;
use crate::markup::{Piece, Tag, local, pieces};

/// What a paragraph's style says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum Style {
    /// A paragraph of this role.
    Role(Role),
    /// The authors.
    Author,
    /// The date.
    Date,
    /// A subtitle or abstract.
    Lead,
    /// No part of the body: captions, tables of contents.
    Skipped,
}

impl Default for Style {
    fn default() -> Style {
        Style::Role(Role::Text)
    }
}

impl Style {
    /// An outline level, counted from 0; 9 is body text.
    pub(in crate::document) fn outline(&mut self, level: &str) {
        if let (Style::Role(Role::Text | Role::Item), Ok(level @ 0..=8)) = (*self, level.parse::<u8>()) {
            *self = Style::Role(Role::Heading(level + 1));
        }
    }

    /// The paragraph is in a list.
    pub(in crate::document) fn item(&mut self) {
        if *self == Style::default() {
            *self = Style::Role(Role::Item);
        }
    }

    /// By a style's name, which is English for built-in styles in every edition of Word.
    pub(in crate::document) fn named(name: &str) -> Style {
        let name = name.to_lowercase();
        if let Some(level) = name.strip_prefix("heading").and_then(|level| level.trim().parse::<u8>().ok()) {
            return Style::Role(Role::Heading(level.clamp(1, 6)));
        }
        match name.as_str() {
            "title" => Style::Role(Role::Title),
            "subtitle" | "abstract" => Style::Lead,
            "author" => Style::Author,
            "date" => Style::Date,
            "caption" | "image caption" | "table caption" | "figure" | "illustration" | "toc heading"
            | "contents heading" | "footnote text" | "endnote text" | "header" | "footer"
            | "abstract title" => Style::Skipped,
            _ if name.starts_with("toc ") || name.starts_with("contents ") => Style::Skipped,
            _ if name.starts_with("list") => Style::Role(Role::Item),
            _ => Style::default(),
        }
    }
}

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
