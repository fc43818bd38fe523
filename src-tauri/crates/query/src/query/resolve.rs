//! From a query to its meaning: names looked up, languages applied, sugar removed.

use std::fmt;

use super::syntax::{Form, Kind, Node, Piece};
use super::{Context, Query, QueryError, Use};
use crate::forms::forms;
use crate::words::{exact_form, fold, words};
use crate::{Expr, Filter, Leaf, Term};

/// The most parts that a query may have with all names in place: hostile topics double at every name.
pub(crate) const MOST_PARTS: usize = 50_000;
/// The deepest chain of names that lead to names.
const MOST_NAMES: usize = 16;

pub(super) fn resolve(query: &Query, context: &Context<'_>) -> Result<Expr, QueryError> {
    let Some(root) = query.root() else {
        return Err(QueryError::new(0..0, "the query is empty: write a word"));
    };
    let expr = resolve_part(root, context)?;
    if asks_of(&expr) == Asks::Absence {
        let message = "this only says what must not be there: add a word or a filter that must be";
        return Err(QueryError::new(root.span.clone(), message));
    }
    Ok(expr)
}

/// Resolves one part of a query, for whoever explains the whole.
pub(crate) fn resolve_part(node: &Node, context: &Context<'_>) -> Result<Expr, QueryError> {
    Resolver { context, open: Vec::new(), parts: 0 }.expr(node)
}

/// What an expression asks of an article, at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Asks {
    /// Nothing that must be there.
    Absence,
    /// A fact.
    Fact,
    /// A word.
    Word,
}

fn asks_of(expr: &Expr) -> Asks {
    match expr {
        Expr::Not(_) => Asks::Absence,
        Expr::Filter(_) => Asks::Fact,
        Expr::And(parts) => parts.iter().map(asks_of).max().unwrap_or(Asks::Absence),
        Expr::Or(parts) => parts.iter().map(asks_of).min().unwrap_or(Asks::Absence),
        Expr::In(_, part) => asks_of(part),
        Expr::Term(_)
        | Expr::Phrase(_)
        | Expr::Compound(_)
        | Expr::Near { .. }
        | Expr::AtLeast(..)
        | Expr::Score(..) => Asks::Word,
    }
}

/// A name that is being put in place.
#[derive(PartialEq)]
enum Name<'a> {
    List(&'a str),
    Topic(&'a str),
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Name::List(name) => write!(f, "@{name}"),
            Name::Topic(name) => write!(f, "topic:{name}"),
        }
    }
}

struct Resolver<'a> {
    context: &'a Context<'a>,
    /// The names on the way to where we are, to find cycles.
    open: Vec<Name<'a>>,
    parts: usize,
}

impl<'a> Resolver<'a> {
    fn expr(&mut self, node: &'a Node) -> Result<Expr, QueryError> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            let message = format!(
                "with all names in place the query has more than {MOST_PARTS} parts: use fewer names"
            );
            return Err(QueryError::new(node.span.clone(), message));
        }
        Ok(match &node.kind {
            Kind::Word { text, prefix } => self.word(text, *prefix),
            Kind::Phrase(pieces) => phrase(pieces.iter().flat_map(|piece| self.piece(piece)).collect()),
            Kind::Exact(text) => phrase(surfaces(text).map(exact).collect()),
            Kind::List(name) => self.list(node, name)?,
            Kind::Filter(filter) => self.filter(node, filter)?,
            Kind::Near { left, right, within, ordered } => Expr::Near {
                left: Box::new(self.expr(left)?),
                right: Box::new(self.expr(right)?),
                within: *within,
                ordered: *ordered,
            },
            Kind::AtLeast(count, part) => Expr::AtLeast(*count, Box::new(self.expr(part)?)),
            Kind::Score(threshold, terms) => {
                let term = |(term, weight): &'a (Node, u32)| Ok((self.expr(term)?, *weight));
                Expr::Score(*threshold, terms.iter().map(term).collect::<Result<_, _>>()?)
            }
            Kind::And(parts, _) => Expr::And(self.all(parts)?),
            Kind::Or(parts) => Expr::Or(self.all(parts)?),
            Kind::Not(part) => Expr::Not(Box::new(self.expr(part)?)),
            Kind::In(scope, part) => Expr::In(*scope, Box::new(self.expr(part)?)),
        })
    }

    fn all(&mut self, parts: &'a [Node]) -> Result<Vec<Expr>, QueryError> {
        parts.iter().map(|part| self.expr(part)).collect()
    }

    /// A bare word; with dashes inside also the joined word.
    fn word(&self, text: &str, prefix: bool) -> Expr {
        let mut terms: Vec<Term> = surfaces(text).map(|surface| self.term(surface)).collect();
        let last = surfaces(text).last().unwrap_or_default();
        if prefix && let Some(term) = terms.last_mut() {
            *term = begins(last);
        }
        if terms.len() < 2 {
            return phrase(terms);
        }
        if !is_compound(text) {
            return Expr::Compound(terms);
        }
        let joined: String = surfaces(text).collect();
        let joined = if prefix { begins(&joined) } else { self.forms(&joined) };
        Expr::Or(vec![Expr::Compound(terms), Expr::Term(joined)])
    }

    fn term(&self, surface: &str) -> Term {
        if !is_acronym(surface) {
            return self.forms(surface);
        }
        let mut form = String::new();
        exact_form(surface, &mut form);
        form.truncate(form.trim_end_matches('+').len());
        Term(vec![Leaf::Acronym(form)])
    }

    /// The forms of a word in the languages of the query.
    fn forms(&self, surface: &str) -> Term {
        forms(surface, self.context.languages)
    }

    fn piece(&self, piece: &Piece) -> Vec<Term> {
        let plain = |surface: &str| Term(vec![Leaf::Folded(folded(surface))]);
        match piece.form {
            Form::Exact => surfaces(&piece.text).map(exact).collect(),
            Form::Plain => surfaces(&piece.text).map(plain).collect(),
            Form::Prefix => {
                let mut terms: Vec<Term> = surfaces(&piece.text).map(plain).collect();
                if let (Some(term), Some(last)) = (terms.last_mut(), surfaces(&piece.text).last()) {
                    *term = begins(last);
                }
                terms
            }
        }
    }

    fn filter(&mut self, node: &'a Node, filter: &'a Filter) -> Result<Expr, QueryError> {
        match (filter, self.context.purpose) {
            (Filter::Topic(name), Use::Topic) => self.topic(node, name),
            (Filter::Is(_), Use::Topic) => {
                let message = "`is:` makes no sense in a topic, which looks at an article once: remove it";
                Err(QueryError::new(node.span.clone(), message))
            }
            _ => Ok(Expr::Filter(filter.clone())),
        }
    }

    fn list(&mut self, node: &'a Node, name: &'a str) -> Result<Expr, QueryError> {
        let Some(query) = self.context.names.list(name) else {
            let message = format!("there is no word list @{name}: make one, or write the words themselves");
            return Err(QueryError::new(node.span.clone(), message));
        };
        let positional = query.root().is_none_or(Node::is_positional);
        if !positional {
            let message =
                format!("@{name} is no word list: it may hold words, phrases and NEAR, joined by OR");
            return Err(QueryError::new(node.span.clone(), message));
        }
        self.named(node, Name::List(name), query)
    }

    fn topic(&mut self, node: &'a Node, name: &'a str) -> Result<Expr, QueryError> {
        let Some(query) = self.context.names.topic(name) else {
            let message =
                format!("there is no topic {name}: name one that there is, or write the words themselves");
            return Err(QueryError::new(node.span.clone(), message));
        };
        self.named(node, Name::Topic(name), query)
    }

    /// Puts the query behind a name in place; its errors are shown where the name stands.
    fn named(&mut self, node: &'a Node, name: Name<'a>, query: &'a Query) -> Result<Expr, QueryError> {
        let shown = name.to_string();
        let refused = |message: String| Err(QueryError::new(node.span.clone(), message));
        if let Some(first) = self.open.iter().position(|open| *open == name) {
            let way: Vec<String> = self.open[first..].iter().map(Name::to_string).collect();
            return refused(format!(
                "{shown} leads back to itself ({} → {shown}): take it out of one of the queries on the way",
                way.join(" → ")
            ));
        }
        if self.open.len() == MOST_NAMES {
            return refused(format!(
                "{shown} is the {}th name in a chain: write its words here",
                MOST_NAMES + 1
            ));
        }
        let Some(root) = query.root() else {
            return refused(format!("{shown} is empty: write words into it"));
        };
        self.open.push(name);
        let expr = self.expr(root);
        self.open.pop();
        expr.map_err(|error| QueryError::new(node.span.clone(), format!("in {shown}: {}", error.message)))
    }
}

fn surfaces(text: &str) -> impl Iterator<Item = &str> {
    words(text).filter_map(|word| text.get(word.start..word.end))
}

pub(crate) fn folded(surface: &str) -> String {
    let mut folded = String::new();
    fold(surface, &mut folded);
    folded
}

fn begins(surface: &str) -> Term {
    Term(vec![Leaf::Prefix(folded(surface))])
}

fn exact(surface: &str) -> Term {
    let mut form = String::new();
    exact_form(surface, &mut form);
    Term(vec![Leaf::Exact(form)])
}

/// Terms side by side; one alone is itself.
fn phrase(mut terms: Vec<Term>) -> Expr {
    match terms.pop() {
        Some(only) if terms.is_empty() => Expr::Term(only),
        Some(last) => {
            terms.push(last);
            Expr::Phrase(terms)
        }
        None => Expr::Or(Vec::new()),
    }
}

/// Two capitals or more and no small letter.
pub(crate) fn is_acronym(surface: &str) -> bool {
    !surface.chars().any(char::is_lowercase) && surface.chars().filter(|c| c.is_uppercase()).nth(1).is_some()
}

/// Whether only dashes part the words of a text.
fn is_compound(text: &str) -> bool {
    let mut end = None;
    words(text).all(|word| {
        let between = end.replace(word.end).map(|end| text.get(end..word.start).unwrap_or_default());
        between.is_none_or(|between| !between.is_empty() && between.chars().all(is_dash))
    })
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}
