//! The parts that hold no operator of their own: terms, groups, fields, filters.

use std::ops::Range;

use super::super::Tool;
use super::super::fields::{Meaning, meaning};
use super::super::lexer::Token;
use super::super::terms::{self, pieces};
use super::{LOOSE_JUMPS, Parser, Part};
use crate::query::syntax::{Form, Joint, Kind, Node, Piece};
use crate::query::{MOST_PARTS, NEAR_MOST, is_acronym};
use crate::words::words;
use crate::{Filter, QueryError, Scope, Within};

impl Parser<'_> {
    /// One atom, or several without an operator between where that means something of its own.
    pub(super) fn side_by_side(&mut self) -> Part {
        let mut left = self.atom()?;
        loop {
            match self.peek() {
                Some(Token::Word(text)) if self.tool == Tool::Factiva && text == "%" => {
                    self.gap(&mut left)?
                }
                Some(Token::Word(_) | Token::Phrase(..) | Token::Open) if self.tool == Tool::Factiva => {
                    let right = self.atom()?;
                    left = self.adjacent(left, right)?;
                }
                Some(Token::Word(_)) if self.loose => {
                    let right = self.atom()?;
                    left = self.loosely(left, right)?;
                }
                _ => return Ok(left),
            }
        }
    }

    /// Factiva's silent `adj`: a phrase.
    fn adjacent(&mut self, left: Option<Node>, right: Option<Node>) -> Part {
        let (left, right) = match (left, right) {
            (Some(left), Some(right)) => (left, right),
            (left, right) => return Ok(left.or(right)),
        };
        let span = left.span.start..right.span.end;
        self.say_phrase(&span);
        if !(is_phrase(&left) && is_phrase(&right)) {
            return self.pair(left, right, &span, (Within::Words(0), true));
        }
        let mut pieces = into_pieces(left);
        pieces.extend(into_pieces(right));
        self.node(Kind::Phrase(pieces), span)
    }

    /// Says once of a phrase that it is one, however many words it has.
    fn say_phrase(&mut self, span: &Range<usize>) {
        const MESSAGE: &str = "words side by side are a phrase";
        match self.changes.last_mut() {
            Some(last) if last.start == span.start && last.message == MESSAGE => last.end = span.end,
            _ => self.say(span.clone(), MESSAGE),
        }
    }

    /// Factiva's `%`: exactly one word between.
    fn gap(&mut self, left: &mut Option<Node>) -> Result<(), QueryError> {
        let span = self.place();
        self.at += 1;
        self.say(span.clone(), "`%` becomes ONEAR/1: at most one word between instead of exactly one");
        let right = self.atom()?;
        *left = match (left.take(), right) {
            (Some(left), Some(right)) => self.pair(left, right, &span, (Within::Words(1), true))?,
            (left, right) => left.or(right),
        };
        Ok(())
    }

    /// Talkwalker's query of nothing but words: all within ten jumps for each word but one.
    fn loosely(&mut self, left: Option<Node>, right: Option<Node>) -> Part {
        let (Some(left), Some(right)) = (left, right) else { return Ok(None) };
        let jumps = (self.tokens.len() as u32).saturating_sub(1).saturating_mul(LOOSE_JUMPS).min(NEAR_MOST);
        let span = left.span.start..right.span.end;
        self.say(span.clone(), format!("words without any operator are near each other: NEAR/{jumps}"));
        self.pair(left, right, &span, (Within::Words(jumps), false))
    }

    fn atom(&mut self) -> Part {
        let span = self.place();
        let Some(token) = self.peek().cloned() else { return self.missing() };
        if matches!(
            token,
            Token::And | Token::Or | Token::Close | Token::Near { .. } | Token::NearWithoutNumber
        ) {
            return self.missing();
        }
        self.at += 1;
        let part = match token {
            Token::Open => self.group(span),
            Token::Word(text) => self.word(&text, span),
            Token::Phrase(text, distance) => self.phrase(&text, distance, span),
            Token::Exact(text) => self.exact(&text, span),
            Token::Field(name) => {
                self.at -= 1;
                self.field(&name, Self::atom)
            }
            Token::Omitted => {
                let message = format!("`{}` is left out: there is nothing like it here", self.quote(&span));
                self.say(span, message);
                Ok(None)
            }
            Token::Dates(filters) => {
                let parts = filters.into_iter().map(|filter| Node::new(Kind::Filter(filter), span.clone()));
                self.joined(parts.collect(), |parts| Kind::And(parts, Joint::Written))
            }
            _ => {
                let message = format!(
                    "`{}` cannot stand here: put brackets around what it is about",
                    self.quote(&span)
                );
                Err(QueryError::new(span, message))
            }
        }?;
        self.drop_suffixes();
        Ok(part)
    }

    /// `/F50/` and `^9` belong to what stands before them.
    fn drop_suffixes(&mut self) {
        while self.peek() == Some(&Token::Omitted) && self.quote(&self.place()).starts_with(['/', '^']) {
            let span = self.place();
            self.at += 1;
            let written = self.quote(&span).to_owned();
            let what = match written.starts_with('^') {
                true => "which words are shown first is not said in a query here",
                false => "words are found wherever they stand; title: and lead: narrow that down",
            };
            self.say(span, format!("`{written}` is left out: {what}"));
        }
    }

    /// Nothing stands where a part is needed.
    fn missing(&self) -> Part {
        let (last, next) = (self.last(), self.place());
        let (before, found) = (self.quote(&last), self.quote(&next));
        let (span, message) = match (before, found) {
            ("(" | "[", ")" | "]") => (
                last.start..next.end,
                "these brackets are empty: write a word inside or remove them".to_owned(),
            ),
            ("", _) => (next.clone(), format!("`{found}` needs a word before it: write one or remove it")),
            _ => (last.clone(), format!("nothing follows `{before}`: write a word after it or remove it")),
        };
        Err(QueryError::new(span, message))
    }

    fn group(&mut self, open: Range<usize>) -> Part {
        let part = self.deeper(Self::or)?;
        if !self.take(&Token::Close) {
            let message = "this bracket is not closed: write `)` where the group ends";
            return Err(QueryError::new(open, message));
        }
        let end = self.last().end;
        Ok(part.map(|part| Node { span: open.start..end, grouped: true, ..part }))
    }

    fn word(&mut self, text: &str, span: Range<usize>) -> Part {
        if self.loose && self.tokens.len() == 1 && is_acronym(text) {
            let message = "a word in capitals alone is found as it is written: it stands in single quotes";
            self.say(span.clone(), message);
            return self.exact(text, span);
        }
        self.phrase(text, None, span)
    }

    fn phrase(&mut self, text: &str, distance: Option<u32>, span: Range<usize>) -> Part {
        let found = pieces(text, &span)?;
        found.remarks.into_iter().for_each(|remark| self.say(span.clone(), remark));
        if found.pieces.is_empty() {
            self.say(span, format!("`{text}` is left out: it holds no word"));
            return Ok(None);
        }
        match distance {
            Some(distance) if found.pieces.len() > 1 => self.spread(found.pieces, distance, span),
            _ => Ok(Some(terms::node(found.pieces, span))),
        }
    }

    /// `"a b c"~n`: the words near each other.
    fn spread(&mut self, pieces: Vec<Piece>, distance: u32, span: Range<usize>) -> Part {
        let most = distance.min(NEAR_MOST);
        self.say(
            span.clone(),
            format!("`~{distance}` becomes NEAR/{most}: at most {most} words between one and the next, in any order"),
        );
        let mut parts = pieces.into_iter().map(|piece| terms::node(vec![piece], span.clone()));
        let mut whole = parts.next();
        for part in parts {
            let Some(left) = whole else { break };
            whole = self.pair(left, part, &span, (Within::Words(most), false))?;
        }
        Ok(whole)
    }

    fn exact(&mut self, text: &str, span: Range<usize>) -> Part {
        let text = text.trim().trim_matches(['\'', '\u{2018}', '\u{2019}']);
        if words(text).next().is_none() {
            self.say(span, format!("`{text}` is left out: it holds no word"));
            return Ok(None);
        }
        self.node(Kind::Exact(text.to_owned()), span)
    }

    /// A field with what follows it.
    pub(super) fn field(&mut self, name: &str, operand: impl FnOnce(&mut Self) -> Part) -> Part {
        let span = self.place();
        self.at += 1;
        let make: fn(String) -> Filter = match meaning(self.tool, name) {
            Meaning::Scope(scope) => return self.scoped(&[scope], span, operand),
            Meaning::TitleOrLead => return self.scoped(&[Scope::Title, Scope::Lead], span, operand),
            Meaning::Source => Filter::Source,
            Meaning::Site => |site| Filter::Site(host(&site)),
            Meaning::Author => Filter::Author,
            Meaning::Language => |tag| Filter::Language(tag.to_lowercase()),
            Meaning::None => return self.left_out(span),
        };
        let part = self.values(make)?;
        Ok(Some(Node { span: span.start..part.span.end, ..part }))
    }

    fn scoped(
        &mut self,
        scopes: &[Scope],
        span: Range<usize>,
        operand: impl FnOnce(&mut Self) -> Part,
    ) -> Part {
        let Some(part) = self.deeper(operand)? else { return Ok(None) };
        let whole = span.start..part.span.end;
        if scopes.len() > 1 {
            self.expect_room_for_copy(&part, &whole)?;
        }
        let one = |scope: &Scope| Node::new(Kind::In(*scope, Box::new(part.clone())), whole.clone());
        if scopes.len() > 1 {
            self.say(
                span,
                "headline and lead are two fields here: the words may be in either, not across both",
            );
        }
        self.joined(scopes.iter().map(one).collect(), Kind::Or)
    }

    /// Such fields within each other double what stands in them with every level; what comes out must
    /// not have more parts than a query may have.
    fn expect_room_for_copy(&mut self, part: &Node, span: &Range<usize>) -> Result<(), QueryError> {
        part.walk(&mut |_| self.copied += 1);
        if self.copied <= MOST_PARTS {
            return Ok(());
        }
        let message = format!(
            "headline and lead are two fields here, so this has more than {MOST_PARTS} parts: take the inner fields out"
        );
        Err(QueryError::new(span.clone(), message))
    }

    /// A field that means nothing here goes with its value.
    fn left_out(&mut self, span: Range<usize>) -> Part {
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                None => break,
                Some(Token::Open) => depth += 1,
                Some(Token::Close) => depth = depth.saturating_sub(1),
                Some(_) => {}
            }
            self.at += 1;
            // At Factiva alone several bare words are one value.
            let more = self.tool == Tool::Factiva && matches!(self.peek(), Some(Token::Word(_)));
            if depth == 0 && !more {
                break;
            }
        }
        let whole = span.start..self.last().end;
        let message = format!("`{}` is left out: there is nothing like it here", self.quote(&whole));
        self.say(whole, message);
        Ok(None)
    }

    /// The value of a filter, or several in brackets.
    fn values(&mut self, make: fn(String) -> Filter) -> Result<Node, QueryError> {
        let span = self.place();
        if !self.take(&Token::Open) {
            return self.value(make);
        }
        let mut parts = vec![self.value(make)?];
        while self.take(&Token::Or) {
            parts.push(self.value(make)?);
        }
        if !self.take(&Token::Close) {
            let message = "the values of this field must be joined by OR and closed by `)`";
            return Err(QueryError::new(span.start..self.place().end, message));
        }
        match parts.len() {
            1 => Ok(parts.swap_remove(0)),
            _ => Ok(Node::new(Kind::Or(parts), span.start..self.last().end)),
        }
    }

    fn value(&mut self, make: fn(String) -> Filter) -> Result<Node, QueryError> {
        let start = self.place();
        let mut text = Vec::new();
        while let Some(Token::Word(word) | Token::Phrase(word, _)) = self.peek() {
            text.push(word.trim().trim_matches('*').to_owned());
            self.at += 1;
            // At Factiva alone several bare words are one value.
            if self.tool != Tool::Factiva {
                break;
            }
        }
        let text = text.join(" ");
        if text.trim().is_empty() {
            let before = self.quote(&self.last()).to_owned();
            let message = format!("nothing follows `{before}`: write a value after it or remove it");
            return Err(QueryError::new(self.last(), message));
        }
        Ok(Node::new(Kind::Filter(make(text)), start.start..self.last().end))
    }
}

/// Whether a part can be words of a longer phrase.
fn is_phrase(node: &Node) -> bool {
    !node.grouped && matches!(node.kind, Kind::Phrase(_) | Kind::Word { prefix: true, .. })
}

fn into_pieces(node: Node) -> Vec<Piece> {
    match node.kind {
        Kind::Phrase(pieces) => pieces,
        Kind::Word { text, .. } => vec![Piece { text, form: Form::Prefix }],
        _ => Vec::new(),
    }
}

/// The host of an address, or what may be one.
fn host(site: &str) -> String {
    let rest = site.split_once("://").map_or(site, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.trim_start_matches("www.").to_lowercase()
}
