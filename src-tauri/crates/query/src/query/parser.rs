//! From tokens to the syntax tree, by precedence: proximity, NOT, AND, OR.
//!
//! Every function returns what it could read and reports what it could not, so the same parser
//! serves the strict and the lenient reading.

use std::ops::Range;

use super::QueryError;
use super::filters::filter;
use super::lexer::Lexer;
use super::syntax::{Joint, Kind, Node};
use super::token::{Key, Token};

/// The deepest nesting; walks over the tree recurse this deep.
pub(crate) const MOST_LEVELS: usize = 64;
/// The longest text, in bytes: ten times the longest topic that we have seen.
pub(crate) const LONGEST_TEXT: usize = 256 * 1024;

/// Parses what can be parsed, and says what is wrong in the order of the text.
pub(super) fn parse(text: &str) -> (Option<Node>, Vec<QueryError>) {
    if text.len() > LONGEST_TEXT {
        let message = format!("the query is longer than {LONGEST_TEXT} bytes: move words into lists");
        return (None, vec![QueryError::new(0..text.len(), message)]);
    }
    let mut parser = Parser::new(text);
    let node = parser.query();
    let mut errors = parser.errors;
    errors.append(&mut parser.lexer.errors);
    errors.sort_by_key(|error| error.start);
    (node, errors)
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    peeked: Option<Option<(Token, Range<usize>)>>,
    /// The place of the last token consumed.
    last: Range<usize>,
    levels: usize,
    errors: Vec<QueryError>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Parser<'a> {
        Parser { lexer: Lexer::new(text), peeked: None, last: 0..0, levels: 0, errors: Vec::new() }
    }

    fn peek(&mut self) -> Option<&Token> {
        let lexer = &mut self.lexer;
        self.peeked.get_or_insert_with(|| lexer.next()).as_ref().map(|(token, _)| token)
    }

    fn next(&mut self) -> Option<Token> {
        self.peek();
        let (token, span) = self.peeked.take()??;
        self.last = span;
        Some(token)
    }

    /// Consumes the next token if it is this one.
    fn take(&mut self, token: &Token) -> bool {
        let taken = self.peek() == Some(token);
        if taken {
            self.next();
        }
        taken
    }

    fn error(&mut self, span: Range<usize>, message: impl Into<String>) -> Option<Node> {
        self.errors.push(QueryError::new(span, message));
        None
    }

    /// Text of the query, for messages.
    fn quote(&self, span: &Range<usize>) -> &'a str {
        self.lexer.text.get(span.clone()).unwrap_or_default()
    }

    fn node(&mut self, kind: Kind, span: Range<usize>) -> Option<Node> {
        let node = Node::new(kind, span);
        if node.height > MOST_LEVELS { self.too_deep(node.span) } else { Some(node) }
    }

    fn too_deep(&mut self, span: Range<usize>) -> Option<Node> {
        self.lexer.stop();
        self.peeked = None;
        self.error(
            span,
            format!(
                "the query nests deeper than {MOST_LEVELS} levels: take brackets out, or name a part with @"
            ),
        )
    }

    fn query(&mut self) -> Option<Node> {
        let mut parts = Vec::new();
        loop {
            let before = self.errors.len() + self.lexer.errors.len();
            parts.extend(self.or());
            match self.next() {
                None => break,
                Some(_) if self.errors.len() + self.lexer.errors.len() > before => {}
                Some(_) => {
                    self.error(self.last.clone(), "this bracket closes nothing: remove it");
                }
            }
        }
        self.joined(parts, |parts| Kind::And(parts, Joint::Bare))
    }

    /// One part as it is, several as one node.
    fn joined(&mut self, mut parts: Vec<Node>, kind: impl FnOnce(Vec<Node>) -> Kind) -> Option<Node> {
        if parts.len() < 2 {
            return parts.pop();
        }
        let span = parts.first()?.span.start..parts.last()?.span.end;
        self.node(kind(parts), span)
    }

    fn or(&mut self) -> Option<Node> {
        let mut parts = Vec::new();
        parts.extend(self.and());
        while self.take(&Token::Or) {
            parts.extend(self.and());
        }
        self.joined(parts, Kind::Or)
    }

    fn and(&mut self) -> Option<Node> {
        let mut parts = Vec::new();
        let mut joint = Joint::Written;
        parts.extend(self.not());
        loop {
            if !self.take(&Token::And) {
                match self.peek() {
                    None | Some(Token::Or | Token::Close) => break,
                    // `a NOT b` reads well enough to go without the operator.
                    Some(Token::Not) => {}
                    Some(_) => joint = Joint::Bare,
                }
            }
            parts.extend(self.not());
        }
        self.joined(parts, |parts| Kind::And(parts, joint))
    }

    fn not(&mut self) -> Option<Node> {
        if !self.take(&Token::Not) {
            return self.near();
        }
        let start = self.last.start;
        let part = self.deeper(Self::not)?;
        let span = start..part.span.end;
        self.node(Kind::Not(Box::new(part)), span)
    }

    fn near(&mut self) -> Option<Node> {
        let mut left = self.unary();
        while let Some(Token::Near { within, ordered }) = self.peek() {
            let (within, ordered) = (*within, *ordered);
            self.next();
            let operator = self.quote(&self.last);
            let right = self.unary();
            let (one, other) = match (left, right) {
                (Some(one), Some(other)) => (one, other),
                // Said already; what is there is kept for a lenient reading.
                (one, other) => {
                    left = one.or(other);
                    continue;
                }
            };
            for operand in [&one, &other] {
                self.expect_positional(operand, operator);
            }
            let span = one.span.start..other.span.end;
            left =
                self.node(Kind::Near { left: Box::new(one), right: Box::new(other), within, ordered }, span);
        }
        left
    }

    fn expect_positional(&mut self, operand: &Node, operator: &str) {
        if operand.is_positional() {
            return;
        }
        let what = match operand.kind {
            Kind::Filter(_) => "a filter",
            Kind::AtLeast(..) | Kind::Score(..) => "a count",
            _ => "AND or NOT",
        };
        self.error(
            operand.span.clone(),
            format!("{operator} needs words, phrases, or groups of them joined by OR, but this is {what}: take it out and join it with AND"),
        );
    }

    fn unary(&mut self) -> Option<Node> {
        let Some(token) = self.peek() else { return self.missing() };
        if matches!(token, Token::And | Token::Or | Token::Close | Token::Near { .. }) {
            return self.missing();
        }
        let token = self.next()?;
        let span = self.last.clone();
        match token {
            Token::Word { text, prefix } => self.node(Kind::Word { text, prefix }, span),
            Token::Phrase(pieces) => self.node(Kind::Phrase(pieces), span),
            Token::Exact(text) => self.node(Kind::Exact(text), span),
            Token::List(name) => self.node(Kind::List(name), span),
            Token::Open => self.deeper(|parser| parser.group(span)),
            Token::Key(key) => self.filters(key, span),
            Token::AtLeast(count) => {
                let operator = self.quote(&span);
                let part = self.deeper(Self::unary)?;
                self.expect_positional(&part, operator);
                let whole = span.start..part.span.end;
                self.node(Kind::AtLeast(count, Box::new(part)), whole)
            }
            Token::Scope(scope) => {
                let part = self.deeper(Self::unary)?;
                let whole = span.start..part.span.end;
                self.node(Kind::In(scope, Box::new(part)), whole)
            }
            Token::Score(threshold) => self.score(threshold, span),
            Token::Weight(_) => {
                self.error(span, "a weight belongs after a term inside SCORE/n ( … ): remove it")
            }
            Token::Not => {
                self.error(
                    span,
                    "NOT cannot stand here: put brackets around what it excludes, or write it in front",
                );
                self.deeper(Self::unary)
            }
            Token::And | Token::Or | Token::Close | Token::Near { .. } => None,
        }
    }

    /// Nothing stands where a term is needed.
    fn missing(&mut self) -> Option<Node> {
        let last = self.last.clone();
        let before = self.quote(&last).to_owned();
        if self.peek().is_none() {
            // What the lexer could not read is reported already.
            if before.is_empty() && !self.lexer.errors.is_empty() {
                return None;
            }
            let (span, message) = match before.is_empty() {
                true => (0..self.lexer.text.len(), "the query is empty: write a word".to_owned()),
                false => (last, format!("nothing follows `{before}`: write a word after it or remove it")),
            };
            return self.error(span, message);
        }
        let next = self.peeked.iter().flatten().map(|(_, span)| span.clone()).next().unwrap_or_default();
        let found = self.quote(&next);
        match found {
            ")" if before == "(" => self
                .error(last.start..next.end, "these brackets are empty: write a word inside or remove them"),
            ")" if before.is_empty() => self.error(next, "this bracket closes nothing: remove it"),
            ")" => {
                self.error(last, format!("nothing follows `{before}`: write a word after it or remove it"))
            }
            _ => {
                self.error(next.clone(), format!("`{found}` needs a word before it: write one or remove it"))
            }
        }
    }

    fn deeper(&mut self, parse: impl FnOnce(&mut Self) -> Option<Node>) -> Option<Node> {
        if self.levels == MOST_LEVELS {
            return self.too_deep(self.last.clone());
        }
        self.levels += 1;
        let node = parse(self);
        self.levels -= 1;
        node
    }

    fn group(&mut self, open: Range<usize>) -> Option<Node> {
        let node = self.or();
        if !self.take(&Token::Close) {
            self.error(open.clone(), "this bracket is not closed: write `)` where the group ends");
        }
        let end = self.last.end;
        node.map(|node| Node { span: open.start..end, grouped: true, ..node })
    }

    fn score(&mut self, threshold: u32, span: Range<usize>) -> Option<Node> {
        let operator = self.quote(&span);
        if !self.take(&Token::Open) {
            return self.error(
                span,
                format!("{operator} needs brackets with its terms, as in {operator} (word^3 other)"),
            );
        }
        let mut terms = Vec::new();
        while !matches!(self.peek(), None | Some(Token::Close)) {
            terms.extend(self.weighted(operator));
        }
        let closed = self.take(&Token::Close);
        let whole = span.start..self.last.end;
        if !closed {
            self.error(span, format!("{operator} is not closed: write `)` after its terms"));
        }
        if terms.is_empty() {
            return self.error(whole, format!("{operator} has no terms: write some between its brackets"));
        }
        self.node(Kind::Score(threshold, terms), whole)
    }

    /// A term of SCORE with its weight.
    fn weighted(&mut self, operator: &str) -> Option<(Node, u32)> {
        if matches!(self.peek(), Some(Token::And | Token::Or | Token::Near { .. })) {
            self.next();
            let found = self.quote(&self.last);
            let message = format!(
                "{found} cannot stand between the terms of {operator}: remove it, or put brackets around its words"
            );
            self.error(self.last.clone(), message);
            return None;
        }
        let term = self.deeper(Self::unary)?;
        self.expect_positional(&term, operator);
        match self.peek() {
            Some(&Token::Weight(weight)) => {
                self.next();
                Some((term, weight))
            }
            _ => Some((term, 1)),
        }
    }

    /// A filter with its value, or with several in brackets joined by OR.
    fn filters(&mut self, key: Key, span: Range<usize>) -> Option<Node> {
        if !self.lexer.take('(') {
            return self.filter(key, span.clone(), span);
        }
        let mut parts = Vec::new();
        loop {
            parts.extend(self.filter(key, span.clone(), span.clone()));
            if self.lexer.take(')') {
                break;
            }
            if !self.take(&Token::Or) {
                self.error(span, "the values of this filter must be joined by OR and closed by `)`");
                break;
            }
        }
        let mut node = self.joined(parts, Kind::Or)?;
        node.grouped = true;
        Some(node)
    }

    fn filter(&mut self, key: Key, name: Range<usize>, span: Range<usize>) -> Option<Node> {
        let name = self.quote(&name);
        let Some((value, place)) = self.lexer.value() else {
            return self.error(span, format!("`{name}` needs a value after the colon"));
        };
        self.last = place.clone();
        match filter(key, &value) {
            Ok(found) => self.node(Kind::Filter(found), span.start.min(place.start)..place.end),
            Err(message) => self.error(place, message),
        }
    }
}
