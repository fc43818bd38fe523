//! Facts about an article that stand in lines of their own: who wrote it, and when it was published.

use wirewatch_model::Published;

use super::byline;
use crate::{date, plain};

/// A line that says something about the article.
#[derive(Debug, PartialEq)]
pub(super) enum Fact {
    Authors(Vec<String>),
    Published(Published),
    Updated(Published),
    /// `4 min read` and the like.
    Nothing,
}

/// Whether a line of plain text is matter of the head: such lines are blocks of their own.
pub(crate) fn is_head_line(line: &str) -> bool {
    facts(line).is_some()
}

/// The facts of a text that holds nothing else; its parts may be lines or stand between bars.
pub(super) fn facts(text: &str) -> Option<Vec<Fact>> {
    text.split(['\n', '|', '•', '·']).map(str::trim).filter(|part| !part.is_empty()).map(fact).collect()
}

fn fact(part: &str) -> Option<Fact> {
    if let Some(published) = date::parse(part) {
        return Some(Fact::Published(published));
    }
    if let Some(date) = after_label(part, UPDATED_LABELS).and_then(date::parse) {
        return Some(Fact::Updated(date));
    }
    if let Some(date) = after_label(part, PUBLISHED_LABELS).and_then(date::parse) {
        return Some(Fact::Published(date));
    }
    if is_reading_time(part) {
        return Some(Fact::Nothing);
    }
    byline::byline(part).map(Fact::Authors)
}

const PUBLISHED_LABELS: &[&str] = &[
    "published on",
    "published at",
    "published",
    "publication date",
    "posted on",
    "posted",
    "date",
    "issued",
    "first published",
    "veröffentlicht am",
    "veröffentlicht",
    "erschienen am",
    "datum",
    "publié le",
    "publié",
    "publicado el",
    "publicado",
    "fecha",
    "pubblicato il",
    "опубликовано",
    "дата публикации",
    "дата",
    "опубліковано",
];

const UPDATED_LABELS: &[&str] = &[
    "last updated on",
    "last updated",
    "updated on",
    "updated at",
    "updated",
    "last modified",
    "modified",
    "aktualisiert am",
    "aktualisiert",
    "stand",
    "mis à jour le",
    "modifié le",
    "actualizado el",
    "actualizado",
    "aggiornato il",
    "обновлено",
    "оновлено",
];

/// The text behind one of these labels and a colon or space.
fn after_label<'a>(text: &'a str, labels: &[&str]) -> Option<&'a str> {
    labels.iter().find_map(|label| {
        let rest = plain::strip_prefix_fold(text, label)?;
        let value = rest.trim_start_matches([':', ' ', '\u{a0}']);
        (value.len() < rest.len()).then_some(value)
    })
}

fn is_reading_time(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next().is_some_and(|first| first.parse::<u16>().is_ok())
        && words.next().is_some_and(|unit| unit.starts_with("min") || unit.starts_with("мин"))
        && words.next().is_none_or(|last| matches!(last, "read" | "de" | "Lesezeit" | "чтения"))
        && words.count() <= 1
}
