//! The styles of an OpenDocument text: what they mean, and how they look.

use std::collections::HashMap;

use super::super::flow::{Look, Role};
use super::super::style::Style;
use super::super::xml::attribute;
use crate::markup::{Piece, Tag, local, pieces};

/// Styles that are derived from each other; real documents have a handful.
const MOST_PARENTS: usize = 32;

/// The styles of a document: parents of automatic styles, and looks of text.
#[derive(Debug, Default)]
pub(super) struct Styles {
    parents: HashMap<String, String>,
    looks: HashMap<String, Look>,
    pub(super) language: Option<String>,
}

impl Styles {
    pub(super) fn read(styles: &str, content: &str) -> Styles {
        let mut read = Styles::default();
        let mut name = None;
        for piece in pieces(styles).chain(pieces(content)) {
            let Piece::Open(tag) = piece else { continue };
            match local(tag.name) {
                "style" if tag.name.starts_with("style") => name = read.style(&tag),
                "text-properties" => read.look_of(name.as_deref(), &tag),
                "default-style" => name = None,
                _ => {}
            }
        }
        read
    }

    fn style(&mut self, tag: &Tag) -> Option<String> {
        let name = attribute(tag, "name")?;
        if let Some(parent) = attribute(tag, "parent-style-name") {
            self.parents.insert(name.clone(), parent);
        }
        Some(name)
    }

    fn look_of(&mut self, name: Option<&str>, tag: &Tag) {
        let raw = |wanted: &str| tag.attribute(wanted).map(str::to_owned);
        let Some(name) = name else {
            self.language = self.language.take().or_else(|| raw("fo:language").filter(|code| code != "none"));
            return;
        };
        let bold = raw("fo:font-weight")
            .is_some_and(|weight| weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= 600));
        let italic = raw("fo:font-style").is_some_and(|style| style == "italic");
        self.looks.insert(name.to_owned(), Look { bold, italic, link: None });
    }

    pub(super) fn look(&self, tag: &Tag) -> Look {
        attribute(tag, "style-name").and_then(|name| self.looks.get(&name).cloned()).unwrap_or_default()
    }

    /// Follows a paragraph's style to the first that has a meaning.
    pub(super) fn meaning(&self, tag: &Tag) -> Style {
        let mut name = attribute(tag, "style-name").unwrap_or_default();
        for _ in 0..MOST_PARENTS {
            let style = named(&name);
            match self.parents.get(&name) {
                Some(parent) if style == Style::default() => name = parent.clone(),
                _ => return style,
            }
        }
        Style::default()
    }
}

/// By a style's name; `_20_` stands for a space. Built-in names are English in every edition.
fn named(name: &str) -> Style {
    let name = name.replace("_20_", " ").to_lowercase();
    if let Some(level) = name.strip_prefix("heading ").and_then(|level| level.parse().ok()) {
        return Style::Role(Role::Heading(level));
    }
    match name.as_str() {
        "title" => Style::Role(Role::Title),
        "subtitle" | "abstract" => Style::Lead,
        "author" => Style::Author,
        "date" => Style::Date,
        "caption" | "illustration" | "figure" | "drawing" | "footnote" | "endnote" | "header" | "footer"
        | "figurecaption" | "tablecaption" | "abstracttitle" | "contents heading" => Style::Skipped,
        _ if name.starts_with("contents ") => Style::Skipped,
        _ => Style::default(),
    }
}
