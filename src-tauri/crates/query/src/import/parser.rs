//! From another tool's tokens to our syntax tree, and what changed on the way.
//!
//! The tools agree on precedence: brackets, proximity, field or count, NOT, AND, OR. They differ
//! in what words side by side mean: a phrase at Factiva, at Talkwalker nearness if nothing else is
//! in the query, otherwise all of them.

mod atom;

use std::ops::Range;

use super::lexer::{Spanned, Token};
use super::{Change, Tool};
use crate::query::syntax::{Joint, Kind, Node};
use crate::query::{MOST_LEVELS, NEAR_MOST, is_acronym};
use crate::{QueryError, Within};

/// Words that Talkwalker lets stand between each two of a query without operators.
const LOOSE_JUMPS: u32 = 10;

/// A part, or nothing if it was left out.
type Part = Result<Option<Node>, QueryError>;

pub(super) fn parse(tool: Tool, text: &str, tokens: Vec<Spanned>) -> Result<(Node, Vec<Change>), QueryError> {
    let loose = tool == Tool::Talkwalker && tokens.iter().all(|(token, _)| matches!(token, Token::Word(_)));
    let mut parser = Parser { tool, text, tokens, at: 0, levels: 0, copied: 0, loose, changes: Vec::new() };
    let root = parser.whole()?;
    if let Some(root) = &root {
        parser.say_quoted(root);
    }
    parser.changes.sort_by_key(|change| (change.start, change.end));
    match root {
        Some(root) => Ok((root, parser.changes)),
        None => Err(QueryError::new(0..text.len(), "nothing of this can be carried over: write a word")),
    }
}

struct Parser<'a> {
    tool: Tool,
    text: &'a str,
    tokens: Vec<Spanned>,
    at: usize,
    levels: usize,
    /// Parts that were written twice, since one field of the tool is two of ours.
    copied: usize,
    /// Nothing but words: Talkwalker then looks for them near each other.
    loose: bool,
    changes: Vec<Change>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    /// The place of the next token, or the end of the text.
    fn place(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.text.len()..self.text.len(), |(_, span)| span.clone())
    }

    /// The place of the token before.
    fn last(&self) -> Range<usize> {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.map_or(0..0, |(_, span)| span.clone())
    }

    fn quote(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    fn take(&mut self, token: &Token) -> bool {
        let taken = self.peek() == Some(token);
        self.at += usize::from(taken);
        taken
    }

    fn say(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.changes.push(Change::new(span, message));
    }

    /// Single words in quotes find no other forms, and no case.
    fn say_quoted(&mut self, root: &Node) {
        let mut single = Vec::new();
        root.walk(&mut |node| match &node.kind {
            Kind::Phrase(pieces) if pieces.len() == 1 => {
                single.push((node.span.clone(), pieces[0].text.clone()))
            }
            _ => {}
        });
        if let Some((span, _)) = single.first() {
            let message = format!(
                "{} finds words as they are written, so single words stand in quotes: take the quotes off to find \
                 other forms too",
                self.tool
            );
            self.say(span.clone(), message);
        }
        for (span, text) in single.into_iter().filter(|(_, text)| is_acronym(text)) {
            let message = format!(
                "`\"{text}\"` finds it in small letters too, as at {}: write {text} without quotes for the acronym alone",
                self.tool
            );
            self.say(span, message);
        }
    }

    fn node(&self, kind: Kind, span: Range<usize>) -> Part {
        let node = Node::new(kind, span.clone());
        if node.height > MOST_LEVELS { self.too_deep(span) } else { Ok(Some(node)) }
    }

    fn too_deep<T>(&self, span: Range<usize>) -> Result<T, QueryError> {
        let message = format!("the query nests deeper than {MOST_LEVELS} levels: take brackets out");
        Err(QueryError::new(span, message))
    }

    fn deeper(&mut self, parse: impl FnOnce(&mut Self) -> Part) -> Part {
        if self.levels == MOST_LEVELS {
            return self.too_deep(self.last());
        }
        self.levels += 1;
        let part = parse(self);
        self.levels -= 1;
        part
    }

    fn whole(&mut self) -> Part {
        if self.tokens.is_empty() {
            return Err(QueryError::new(0..self.text.len(), "the query is empty: write a word"));
        }
        let root = self.or()?;
        match self.peek() {
            None => Ok(root),
            Some(_) => Err(QueryError::new(self.place(), "this bracket closes nothing: remove it")),
        }
    }

    fn joined(&self, mut parts: Vec<Node>, kind: impl FnOnce(Vec<Node>) -> Kind) -> Part {
        if parts.len() < 2 {
            return Ok(parts.pop());
        }
        let start = parts.first().map_or(0, |part| part.span.start);
        let end = parts.last().map_or(0, |part| part.span.end);
        self.node(kind(parts), start..end)
    }

    fn or(&mut self) -> Part {
        let mut parts = Vec::new();
        parts.extend(self.and()?);
        while self.take(&Token::Or) {
            parts.extend(self.and()?);
        }
        self.joined(parts, Kind::Or)
    }

    fn and(&mut self) -> Part {
        let mut parts = Vec::new();
        parts.extend(self.not()?);
        loop {
            match self.peek() {
                None | Some(Token::Or | Token::Close) => break,
                Some(Token::And) => self.at += 1,
                Some(Token::Not | Token::Omitted | Token::Dates(_)) => {}
                Some(_) => {
                    let message = "words side by side must all be there, wherever: they are joined by AND";
                    self.say(self.last().start..self.place().end, message);
                }
            }
            parts.extend(self.not()?);
        }
        self.joined(parts, |parts| Kind::And(parts, Joint::Written))
    }

    fn not(&mut self) -> Part {
        if !self.take(&Token::Not) {
            return self.restricted();
        }
        let start = self.last().start;
        match self.deeper(Self::not)? {
            Some(part) => {
                let span = start..part.span.end;
                self.node(Kind::Not(Box::new(part)), span)
            }
            None => Ok(None),
        }
    }

    /// A field or a count before a proximity, as Factiva binds them.
    fn restricted(&mut self) -> Part {
        let span = self.place();
        match self.peek().cloned() {
            Some(Token::AtLeast(count)) => {
                self.at += 1;
                let Some(part) = self.deeper(Self::near)? else { return Ok(None) };
                self.expect_positional(&part, &span)?;
                let whole = span.start..part.span.end;
                self.node(Kind::AtLeast(count.max(1), Box::new(part)), whole)
            }
            Some(Token::Field(name)) if self.tool == Tool::Factiva => self.field(&name, Self::near),
            _ => self.near(),
        }
    }

    fn near(&mut self) -> Part {
        let mut left = self.side_by_side()?;
        while let Some(Token::Near { .. } | Token::NearWithoutNumber) = self.peek() {
            let operator = self.place();
            let (within, ordered) = self.proximity()?;
            let right = self.side_by_side()?;
            let (one, other) = match (left, right) {
                (Some(one), Some(other)) => (one, other),
                (one, other) => {
                    left = one.or(other);
                    continue;
                }
            };
            left = self.pair(one, other, &operator, (within, ordered))?;
        }
        Ok(left)
    }

    fn pair(
        &self,
        left: Node,
        right: Node,
        operator: &Range<usize>,
        (within, ordered): (Within, bool),
    ) -> Part {
        self.expect_positional(&left, operator)?;
        self.expect_positional(&right, operator)?;
        let span = left.span.start..right.span.end;
        self.node(Kind::Near { left: Box::new(left), right: Box::new(right), within, ordered }, span)
    }

    fn expect_positional(&self, part: &Node, operator: &Range<usize>) -> Result<(), QueryError> {
        if part.is_positional() {
            return Ok(());
        }
        let message = format!(
            "`{}` needs words, phrases, or groups of them joined by OR: write this part apart, joined with AND",
            self.quote(operator)
        );
        Err(QueryError::new(part.span.clone(), message))
    }

    /// Consumes a proximity and says what its number is here.
    fn proximity(&mut self) -> Result<(Within, bool), QueryError> {
        let span = self.place();
        let written = self.quote(&span).to_owned();
        let Some(Token::Near { within, ordered }) = self.peek().cloned() else {
            let message = format!("{written} needs a number here, as in {written}/5: write how many words");
            return Err(QueryError::new(span, message));
        };
        self.at += 1;
        let name = if ordered { "ONEAR" } else { "NEAR" };
        let within = match within {
            Within::Words(words) if words > NEAR_MOST => {
                self.say(
                    span,
                    format!("`{written}` becomes {name}/{NEAR_MOST}, the most there is: NEAR/P means one paragraph"),
                );
                Within::Words(NEAR_MOST)
            }
            Within::Words(words) => {
                self.say_number(span, &written, &format!("{name}/{words}"));
                within
            }
            Within::Sentence => {
                self.say(span, format!("`{written}` becomes {name}/S: in one sentence"));
                within
            }
            Within::Paragraph => {
                self.say(span, format!("`{written}` becomes {name}/P: in one paragraph"));
                within
            }
        };
        Ok((within, ordered))
    }

    fn say_number(&mut self, span: Range<usize>, written: &str, ours: &str) {
        if written.eq_ignore_ascii_case(ours) {
            return;
        }
        let why = match self.tool {
            Tool::Factiva => "Factiva counts up to the second word, here the words between count",
            Tool::Meltwater | Tool::Talkwalker => "the number of words between is written out",
        };
        self.say(span, format!("`{written}` becomes {ours}: {why}"));
    }
}
