//! From text to tokens. What is no token is reported and skipped, so that the rest is still read.

use std::ops::Range;

use super::QueryError;
use super::resolve::folded;
use super::syntax::{Form, Piece};
use super::token::{Key, Token};
use crate::Within;
use crate::words::words;

/// Words between the operands of a bare `NEAR`.
const NEAR_DEFAULT: u32 = 5;
/// The most words between the operands of a NEAR; beyond it, `NEAR/P` is what is meant.
pub(crate) const NEAR_MOST: u32 = 100;
/// The largest count of ATLEAST, threshold of SCORE and weight.
const NUMBER_MOST: u32 = 10_000;
/// Shorter prefixes would find too much to be meant.
const PREFIX_LEAST: usize = 3;

pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    at: usize,
    pub(super) errors: Vec<QueryError>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Lexer<'a> {
        Lexer { text, at: 0, errors: Vec::new() }
    }

    /// The next token and its place; none at the end of the text.
    pub(super) fn next(&mut self) -> Option<(Token, Range<usize>)> {
        loop {
            self.skip_blank();
            let start = self.at;
            let first = self.rest().chars().next()?;
            let token = self.token(first);
            if let Some(token) = token {
                return Some((token, start..self.at));
            }
        }
    }

    /// The value of a filter, bare or quoted, where the lexer stands.
    pub(super) fn value(&mut self) -> Option<(String, Range<usize>)> {
        self.skip_blank();
        let start = self.at;
        let first = self.rest().chars().next()?;
        let value = match quote_family(first) {
            Some(_) => self.quoted(first).replace(|c| quote_family(c).is_some(), " "),
            None => self.take_while(is_bare).to_owned(),
        };
        let value = value.trim().to_owned();
        (!value.is_empty()).then_some((value, start..self.at))
    }

    /// Consumes `c` after blanks, if it is next.
    pub(super) fn take(&mut self, c: char) -> bool {
        self.skip_blank();
        let taken = self.rest().starts_with(c);
        self.at += if taken { c.len_utf8() } else { 0 };
        taken
    }

    /// Gives the rest of the text up.
    pub(super) fn stop(&mut self) {
        self.at = self.text.len();
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blank(&mut self) {
        loop {
            self.take_while(char::is_whitespace);
            if !self.rest().starts_with('#') {
                return;
            }
            self.take_while(|c| c != '\n');
        }
    }

    fn take_while(&mut self, mut kind: impl FnMut(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !kind(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn error(&mut self, start: usize, message: impl Into<String>) -> Option<Token> {
        self.errors.push(QueryError::new(start..self.at, message));
        None
    }

    fn token(&mut self, first: char) -> Option<Token> {
        let start = self.at;
        match first {
            '(' => self.sign(Token::Open),
            ')' => self.sign(Token::Close),
            '^' => self.weight(start),
            '@' => self.list(start),
            '=' => self.exact_word(start),
            '-' if self.rest().chars().nth(1).is_some_and(|c| !c.is_whitespace()) => self.sign(Token::Not),
            _ if quote_family(first).is_some() => self.phrase(first),
            '\'' | '\u{2018}' => self.exact(first),
            _ => self.bare(start),
        }
    }

    fn sign(&mut self, token: Token) -> Option<Token> {
        self.at += 1;
        Some(token)
    }

    fn weight(&mut self, start: usize) -> Option<Token> {
        self.at += 1;
        let digits = self.take_while(is_bare);
        match digits.parse() {
            Ok(weight @ 1..=NUMBER_MOST) => Some(Token::Weight(weight)),
            _ => {
                self.error(start, format!("`^{digits}` is no weight: write a number after `^`, as in word^3"))
            }
        }
    }

    fn list(&mut self, start: usize) -> Option<Token> {
        self.at += 1;
        let name = self.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if name.is_empty() {
            return self.error(start, "`@` needs the name of a word list right after it, as in @us");
        }
        Some(Token::List(name.to_owned()))
    }

    fn exact_word(&mut self, start: usize) -> Option<Token> {
        self.at += 1;
        let text = self.take_while(is_bare);
        if words(text).next().is_none() {
            return self.error(start, "`=` needs a word right after it, as in =Apple");
        }
        Some(Token::Exact(text.to_owned()))
    }

    /// `'…'`: up to an apostrophe that ends a word, so that `'O'Brien'` is one term.
    fn exact(&mut self, open: char) -> Option<Token> {
        let start = self.at;
        self.at += open.len_utf8();
        let rest = self.rest();
        let closes = |&(at, c): &(usize, char)| {
            matches!(c, '\'' | '\u{2019}')
                && rest.get(at + c.len_utf8()..).is_none_or(|after| !after.starts_with(is_bare))
        };
        let Some((length, close)) = rest.char_indices().find(closes) else {
            self.take_while(is_bare);
            return self.error(start, "this exact term is not closed: write `'` at its end");
        };
        self.at += length + close.len_utf8();
        let text = rest.get(..length).unwrap_or_default().trim();
        if words(text).next().is_none() {
            return self.error(start, "nothing can be searched for between these quotes: write a word");
        }
        Some(Token::Exact(text.to_owned()))
    }

    fn phrase(&mut self, open: char) -> Option<Token> {
        let start = self.at;
        let inner = self.quoted(open);
        let before = self.errors.len();
        let pieces: Vec<Piece> = inner
            .split(|c: char| c.is_whitespace() || quote_family(c).is_some())
            .filter_map(|text| self.piece(start, text))
            .collect();
        if pieces.is_empty() && self.errors.len() == before {
            return self.error(start, "nothing can be searched for between these quotes: write a word");
        }
        (!pieces.is_empty()).then_some(Token::Phrase(pieces))
    }

    /// The text between quotes, up to any closing quote of the same family.
    fn quoted(&mut self, open: char) -> &'a str {
        let start = self.at;
        self.at += open.len_utf8();
        let inner = self.take_while(|c| quote_family(c) != quote_family(open));
        match self.rest().chars().next() {
            Some(close) => self.at += close.len_utf8(),
            None => {
                self.error(start, "this quote is not closed: write `\"` at its end");
            }
        }
        inner
    }

    /// A piece of a phrase; none if it holds no word.
    fn piece(&mut self, start: usize, text: &str) -> Option<Piece> {
        let (inner, form) = if let Some(inner) = exact_piece(text) {
            (inner, Form::Exact)
        } else if let Some(inner) = text.strip_suffix('*') {
            (self.prefix(start, inner)?, Form::Prefix)
        } else {
            (text, Form::Plain)
        };
        if form != Form::Exact && inner.contains('*') {
            self.error(start, STAR_INSIDE);
            return None;
        }
        words(inner).next()?;
        Some(Piece { text: inner.to_owned(), form })
    }

    /// The text before a star, if it may have one.
    fn prefix<'t>(&mut self, start: usize, text: &'t str) -> Option<&'t str> {
        let last = words(text).last().filter(|word| word.end == text.len());
        let Some(last) = last else {
            self.error(start, "a star must follow a letter, as in interfer*");
            return None;
        };
        let folded = folded(text.get(last.start..)?);
        if finds_too_much(&folded) {
            self.error(
                start,
                format!(
                    "`{folded}*` would find too much: write at least {PREFIX_LEAST} letters before the star"
                ),
            );
            return None;
        }
        Some(text)
    }

    /// A token that nothing but its text tells apart: an operator, a key, or a word.
    fn bare(&mut self, start: usize) -> Option<Token> {
        let text = self.take_while(is_bare);
        if let Some((name, _)) = text.split_once(':')
            && !name.is_empty()
            && name.chars().all(|c| c.is_ascii_lowercase())
        {
            return self.key(start, name, text);
        }
        let (name, argument) = match text.split_once('/') {
            Some((name, argument)) => (name, Some(argument)),
            None => (text, None),
        };
        match (name, argument) {
            ("AND", None) => Some(Token::And),
            ("OR", None) => Some(Token::Or),
            ("NOT", None) => Some(Token::Not),
            ("NEAR", _) => self.near(start, name, argument, false),
            ("ONEAR", _) => self.near(start, name, argument, true),
            ("ATLEAST", _) => self.number(start, name, argument).map(Token::AtLeast),
            ("SCORE", _) => self.number(start, name, argument).map(Token::Score),
            _ => self.word(start, text),
        }
    }

    fn key(&mut self, start: usize, name: &str, text: &str) -> Option<Token> {
        self.at = start + name.len() + 1;
        if let Some(scope) = Key::scope(name) {
            return Some(Token::Scope(scope));
        }
        if let Some(key) = Key::named(name) {
            return Some(Token::Key(key));
        }
        self.at = start + text.len();
        if name.len() + 1 == text.len() {
            return self.word(start, text);
        }
        let known = Key::names();
        self.error(start, format!("there is no `{name}:`: quote it to search for it, or use one of {known}"))
    }

    fn near(&mut self, start: usize, name: &str, argument: Option<&str>, ordered: bool) -> Option<Token> {
        let within = match argument {
            None => Within::Words(NEAR_DEFAULT),
            Some("S") => Within::Sentence,
            Some("P") => Within::Paragraph,
            Some(number) => match number.parse() {
                Ok(words @ 0..=NEAR_MOST) => Within::Words(words),
                _ => {
                    let message = format!(
                        "`{name}/{number}` is no distance: write {name}/0 to {name}/{NEAR_MOST}, {name}/S for one sentence \
                         or {name}/P for one paragraph"
                    );
                    return self.error(start, message);
                }
            },
        };
        Some(Token::Near { within, ordered })
    }

    fn number(&mut self, start: usize, name: &str, argument: Option<&str>) -> Option<u32> {
        match argument.and_then(|digits| digits.parse().ok()) {
            Some(number @ 1..=NUMBER_MOST) => Some(number),
            _ => {
                self.error(start, format!("`{name}` needs a number from 1 to {NUMBER_MOST}, as in {name}/3"));
                None
            }
        }
    }

    fn word(&mut self, start: usize, text: &str) -> Option<Token> {
        let (word, prefix) = match text.strip_suffix('*') {
            Some(word) => (word, true),
            None => (text, false),
        };
        if let Some(message) = not_a_word(word) {
            return self.error(start, message);
        }
        if prefix {
            self.prefix(start, word)?;
        }
        Some(Token::Word { text: word.to_owned(), prefix })
    }
}

const STAR_INSIDE: &str = "a star may only end a word, as in interfer*: write the spellings with OR instead";

/// Why a bare text is no word, with the repair for what other tools write.
fn not_a_word(text: &str) -> Option<String> {
    if text.contains('*') || text.is_empty() {
        return Some(STAR_INSIDE.to_owned());
    }
    let wild = |pair: &[u8]| pair[0] == b'?' && pair[1].is_ascii_alphanumeric();
    if text.as_bytes().windows(2).any(wild) {
        return Some("`?` stands for no letter here: write the spellings with OR".to_owned());
    }
    let repair = match text.chars().next()? {
        '~' => "write a NEAR/5 b for words that are near each other",
        '–' | '—' | '−' => "write NOT or `-` to exclude a word",
        '!' => "write NOT or `-` to exclude a word",
        _ if words(text).next().is_some() => return None,
        '|' => "write OR",
        '&' => "write AND",
        '-' => "write NOT before a word to exclude it, or join the dash to its words",
        _ => "remove it, or write a word",
    };
    Some(format!("`{text}` cannot be searched for: {repair}"))
}

/// Whether a folded word is too short to be a prefix. One sign of a script without spaces is a word.
pub(crate) fn finds_too_much(folded: &str) -> bool {
    let letters = folded.chars().count();
    letters < PREFIX_LEAST && (letters != 1 || folded.is_ascii())
}

/// What may stand in a bare word.
fn is_bare(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '(' | ')' | '^') && quote_family(c).is_none()
}

/// Double quotes that may close each other: writing programs turn `"` into any of them.
pub(crate) fn quote_family(c: char) -> Option<u8> {
    match c {
        '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{2033}' | '\u{ff02}' => Some(0),
        '«' | '»' => Some(1),
        _ => None,
    }
}

/// The inside of `'X'` or `=X` in a phrase.
fn exact_piece(text: &str) -> Option<&str> {
    let quoted = || text.strip_prefix(['\'', '\u{2018}'])?.strip_suffix(['\'', '\u{2019}']);
    text.strip_prefix('=').or_else(quoted).filter(|inner| words(inner).next().is_some())
}
