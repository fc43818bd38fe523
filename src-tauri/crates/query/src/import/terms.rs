//! Words, phrases and wildcards of other tools in ours.

use std::ops::Range;

use crate::QueryError;
use crate::query::syntax::{Form, Kind, Node, Piece};
use crate::query::{finds_too_much, folded, quote_family};
use crate::words::words;

/// Letters before a wildcard within a word, without which the wider prefix would find too much.
const WIDENED_LEAST: usize = 4;

/// What became of a word, and what there is to say about it.
pub(super) struct Pieces {
    pub(super) pieces: Vec<Piece>,
    pub(super) remarks: Vec<String>,
}

/// The pieces of a word or of the inside of quotes. No pieces if it holds no word.
pub(super) fn pieces(text: &str, span: &Range<usize>) -> Result<Pieces, QueryError> {
    let mut found = Pieces { pieces: Vec::new(), remarks: Vec::new() };
    for word in text.split(|c: char| c.is_whitespace() || quote_family(c).is_some()) {
        if let Some(piece) = piece(word, span, &mut found.remarks)? {
            found.pieces.push(piece);
        }
    }
    Ok(found)
}

/// A part of a query made of pieces: a bare prefix stands without quotes.
pub(super) fn node(pieces: Vec<Piece>, span: Range<usize>) -> Node {
    let kind = match &pieces[..] {
        [Piece { text, form: Form::Prefix }] if text.chars().all(char::is_alphanumeric) => {
            Kind::Word { text: text.clone(), prefix: true }
        }
        _ => Kind::Phrase(pieces),
    };
    Node::new(kind, span)
}

fn piece(text: &str, span: &Range<usize>, remarks: &mut Vec<String>) -> Result<Option<Piece>, QueryError> {
    if let Some(sign) = text.chars().next().filter(|c| matches!(c, '#' | '@' | '$')) {
        remarks.push(format!("`{sign}` is left out of `{text}`: the word is found with and without it"));
    }
    let text = text.trim_start_matches(is_edge);
    let wild = text.find(['*', '?']).or_else(|| text.find('$').filter(|at| is_ending(text, *at)));
    let Some(at) = wild else {
        let text = text.trim_end_matches(is_edge);
        let piece = Piece { text: text.to_owned(), form: Form::Plain };
        return Ok(words(text).next().is_some().then_some(piece));
    };
    let before = &text[..at];
    let exact = &text[at..] == "*";
    let last = last_word(before);
    let too_short = if exact { finds_too_much(&last) } else { last.chars().count() < WIDENED_LEAST };
    if too_short || !before.ends_with(char::is_alphanumeric) {
        let message = format!(
            "`{text}` cannot be carried over, and `{before}*` would find too much: write the spellings with OR"
        );
        return Err(QueryError::new(span.clone(), message));
    }
    if !exact {
        remarks
            .push(format!("`{text}` becomes `{before}*`, which finds more: a star may only end a word here"));
    }
    Ok(Some(Piece { text: before.to_owned(), form: Form::Prefix }))
}

/// Whether the `$` at a place says how many letters may follow, as in `engineer$3`; it does not in
/// `US$5`.
fn is_ending(text: &str, at: usize) -> bool {
    let (before, count) = (&text[..at], &text[at + 1..]);
    before.ends_with(char::is_lowercase)
        && count.len() == 1
        && count.starts_with(|c: char| c.is_ascii_digit())
}

/// What is no part of a word at its edge; dots of acronyms, `&` and `+` are.
fn is_edge(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '.' | '&' | '+' | '*' | '?')
}

/// The last word of a text, folded: a prefix is as long as that.
fn last_word(text: &str) -> String {
    folded(words(text).last().and_then(|word| text.get(word.start..word.end)).unwrap_or_default())
}
