//! What the style of a paragraph makes of it, in every format of office documents.

use super::flow::Role;

/// What a paragraph's style says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
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
    pub(super) fn outline(&mut self, level: &str) {
        if let (Style::Role(Role::Text | Role::Item), Ok(level @ 0..=8)) = (*self, level.parse::<u8>()) {
            *self = Style::Role(Role::Heading(level + 1));
        }
    }

    /// The paragraph is in a list.
    pub(super) fn item(&mut self) {
        if *self == Style::default() {
            *self = Style::Role(Role::Item);
        }
    }

    /// By the name of a style of Word's, which is English for built-in styles in every edition of Word.
    pub(super) fn named(name: &str) -> Style {
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
