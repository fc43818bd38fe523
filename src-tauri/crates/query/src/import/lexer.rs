//! From another tool's text to tokens.

mod date;

use std::ops::Range;

use super::Tool;
use crate::query::{LONGEST_TEXT, quote_family};
use crate::{Filter, QueryError, Within};

/// The longest name of a field, in bytes; a longer word before the sign is a word.
const LONGEST_FIELD: usize = 32;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    /// A proximity as it means in our language.
    Near {
        within: Within,
        ordered: bool,
    },
    /// A proximity whose number the tool does not tell us.
    NearWithoutNumber,
    AtLeast(u32),
    /// `field=` or `field:`.
    Field(String),
    /// A restriction that has no counterpart.
    Omitted,
    /// A date phrase.
    Dates(Vec<Filter>),
    /// A bare word as typed.
    Word(String),
    /// The inside of quotes, perhaps with the distance after `~`.
    Phrase(String, Option<u32>),
    /// What must stand as typed, case and all.
    Exact(String),
}

pub(super) type Spanned = (Token, Range<usize>);

pub(super) fn tokens(tool: Tool, text: &str) -> Result<Vec<Spanned>, QueryError> {
    if text.len() > LONGEST_TEXT {
        let message = format!("the query is longer than {LONGEST_TEXT} bytes: import it in parts");
        return Err(QueryError::new(0..text.len(), message));
    }
    let mut lexer = Lexer { tool, text, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next()? {
        tokens.push(token);
    }
    Ok(tokens)
}

struct Lexer<'a> {
    tool: Tool,
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take_while(&mut self, kind: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !kind(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn next(&mut self) -> Result<Option<Spanned>, QueryError> {
        self.take_while(char::is_whitespace);
        let start = self.at;
        let Some(first) = self.rest().chars().next() else { return Ok(None) };
        let token = match first {
            '(' | '[' | ')' | ']' => {
                self.at += 1;
                if matches!(first, '(' | '[') { Token::Open } else { Token::Close }
            }
            '^' => self.boost(),
            '-' if self.tool != Tool::Factiva && !self.rest()[1..].starts_with(char::is_whitespace) => {
                self.at += 1;
                Token::Not
            }
            _ if is_quote(first) => self.phrase(first)?,
            '+' if self.tool == Tool::Talkwalker => self.raw()?,
            _ => self.slashed().unwrap_or_else(|| self.bare()),
        };
        Ok(Some((token, start..self.at)))
    }

    /// `^9`: which words a tool shows first.
    fn boost(&mut self) -> Token {
        self.at += 1;
        self.take_while(|c| c.is_ascii_digit());
        Token::Omitted
    }

    fn quoted(&mut self, open: char) -> Result<&'a str, QueryError> {
        let start = self.at;
        self.at += open.len_utf8();
        let inner = self.take_while(|c| !closes(open, c));
        let Some(close) = self.rest().chars().next() else {
            return Err(QueryError::new(start..self.at, "this quote is not closed: write `\"` at its end"));
        };
        self.at += close.len_utf8();
        Ok(inner)
    }

    fn phrase(&mut self, open: char) -> Result<Token, QueryError> {
        let inner = self.quoted(open)?.to_owned();
        let distance = self.rest().strip_prefix('~').and_then(|rest| {
            let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
            Some((digits.parse().ok()?, digits.len()))
        });
        self.at += distance.map_or(0, |(_, length)| length + 1);
        Ok(Token::Phrase(inner, distance.map(|(number, _)| number)))
    }

    /// Talkwalker's `+"…"` and `++"…"`.
    fn raw(&mut self) -> Result<Token, QueryError> {
        let signs = self.take_while(|c| c == '+').len();
        let text = match self.rest().chars().next() {
            Some(open) if is_quote(open) => self.quoted(open)?,
            _ => self.take_while(is_bare),
        };
        Ok(if signs > 1 { Token::Exact(text.to_owned()) } else { Token::Phrase(text.to_owned(), None) })
    }

    /// Factiva's `/N30/` and `/F50/`, which need no space around them.
    fn slashed(&mut self) -> Option<Token> {
        let (letter, number, length) = slashed(self.tool, self.rest())?;
        self.at += length;
        Some(if letter == 'n' { factiva_near(number, false) } else { Token::Omitted })
    }

    fn bare(&mut self) -> Token {
        let rest = self.rest();
        if let Some(length) = field_length(self.tool, rest) {
            self.at += length;
            return Token::Field(rest[..length - 1].to_owned());
        }
        let ends =
            |&(at, c): &(usize, char)| !is_bare(c) || at > 0 && slashed(self.tool, &rest[at..]).is_some();
        let length = rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at);
        self.at += length;
        let text = &rest[..length];
        if self.tool == Tool::Factiva
            && text.eq_ignore_ascii_case("date")
            && let Some((filters, length)) = date::phrase(self.rest())
        {
            self.at += length;
            return Token::Dates(filters);
        }
        operator(self.tool, text).unwrap_or_else(|| Token::Word(text.to_owned()))
    }
}

/// The letter, number and length of `/N30/` at the start of a text.
fn slashed(tool: Tool, text: &str) -> Option<(char, u32, usize)> {
    if tool != Tool::Factiva {
        return None;
    }
    let inner = text.strip_prefix('/')?;
    let letter = inner.chars().next()?.to_ascii_lowercase();
    let digits = inner.bytes().skip(1).take(4).take_while(u8::is_ascii_digit).count();
    let number = inner.get(1..=digits)?.parse().ok()?;
    let closed = inner.get(digits + 1..)?.starts_with('/');
    (matches!(letter, 'n' | 'f') && closed).then_some((letter, number, digits + 3))
}

/// The bytes of `field=` or `field:` at the start of a text.
fn field_length(tool: Tool, text: &str) -> Option<usize> {
    let sign = if tool == Tool::Factiva { b'=' } else { b':' };
    let is_name = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'.' | b'_');
    let name = text.bytes().take(LONGEST_FIELD + 1).take_while(is_name).count();
    let named = (1..=LONGEST_FIELD).contains(&name) && text.as_bytes().get(name) == Some(&sign);
    (named && !text[name + 1..].starts_with("//")).then_some(name + 1)
}

fn operator(tool: Tool, text: &str) -> Option<Token> {
    // Talkwalker's are upper case only; the others read them in any case.
    let name = if tool == Tool::Talkwalker { text.to_owned() } else { text.to_ascii_uppercase() };
    match name.as_str() {
        "AND" => return Some(Token::And),
        "OR" => return Some(Token::Or),
        "NOT" => return Some(Token::Not),
        _ => {}
    }
    match tool {
        Tool::Factiva => factiva_operator(&name),
        Tool::Meltwater => near_operator(&name, Some(4)),
        Tool::Talkwalker if name == "SENTENCE" => {
            Some(Token::Near { within: Within::Sentence, ordered: false })
        }
        Tool::Talkwalker => near_operator(&name, None),
    }
}

fn factiva_operator(name: &str) -> Option<Token> {
    match name {
        "SAME" => return Some(Token::Near { within: Within::Paragraph, ordered: false }),
        "ADJ" => return Some(factiva_near(1, true)),
        "NEAR" => return Some(Token::NearWithoutNumber),
        _ if name.starts_with("WC>") || name.starts_with("WC<") => return Some(Token::Omitted),
        _ => {}
    }
    let number = |prefix: &str| name.strip_prefix(prefix)?.parse::<u32>().ok();
    if let Some(number) = number("ADJ").or_else(|| number("W/")) {
        return Some(factiva_near(number, true));
    }
    if let Some(number) = number("NEAR") {
        return Some(factiva_near(number, false));
    }
    number("ATLEAST").map(Token::AtLeast)
}

/// Factiva counts the second word; we count the words between.
fn factiva_near(number: u32, ordered: bool) -> Token {
    Token::Near { within: Within::Words(number.saturating_sub(1)), ordered }
}

fn near_operator(name: &str, default: Option<u32>) -> Option<Token> {
    let (name, number) = match name.split_once('/') {
        Some((name, number)) => (name, Some(number.parse().ok()?)),
        None => (name, default),
    };
    let ordered = match name {
        "NEAR" => false,
        "ONEAR" => true,
        _ => return None,
    };
    Some(
        number
            .map_or(Token::NearWithoutNumber, |words| Token::Near { within: Within::Words(words), ordered }),
    )
}

fn is_bare(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '(' | ')' | '[' | ']' | '^') && !is_quote(c)
}

fn is_quote(c: char) -> bool {
    quote_family(c).is_some()
}

fn closes(open: char, c: char) -> bool {
    quote_family(c) == quote_family(open)
}
