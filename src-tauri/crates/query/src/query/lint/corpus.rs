//! Hints about a query that only a library can give.

use std::collections::HashMap;

use super::super::resolve::resolve_part;
use super::super::syntax::{Kind, Node};
use super::super::{Context, Warning};
use crate::Expr;

/// With fewer articles nothing follows from what they hold.
const FEWEST_ARTICLES: u64 = 20;
/// A group with fewer finds is too small for one of its terms to dominate.
const FEWEST_FINDS: u64 = 20;
/// A term with this share of its group's finds makes most of them, in percent.
const MOST: u64 = 80;
/// A query with this share of all articles tells nothing, in percent.
const EVERYTHING: u64 = 50;
/// Alternatives that can dominate each other: of two, one nearly always does.
const FEWEST_ALTERNATIVES: usize = 3;
/// The most questions to the library about one query: each may read a long list.
const MOST_QUESTIONS: usize = 400;

/// What a linter may ask of a library.
pub trait Corpus {
    /// How many articles it holds.
    fn articles(&self) -> u64;
    /// How many of its articles an expression can be true of, at most; none if that is not known.
    fn reach(&self, expr: &Expr) -> Option<u64>;
}

pub(super) fn check(root: &Node, context: &Context<'_>, corpus: &dyn Corpus, found: &mut Vec<Warning>) {
    let articles = corpus.articles();
    if articles < FEWEST_ARTICLES {
        return;
    }
    let mut census = Census { context, corpus, articles, questions: 0, known: HashMap::new(), found };
    census.check_whole(root);
    census.check_part(root);
}

struct Census<'a> {
    context: &'a Context<'a>,
    corpus: &'a dyn Corpus,
    articles: u64,
    questions: usize,
    /// What was asked already: a term is looked at by itself, in its group and as the whole.
    known: HashMap<Expr, Option<u64>>,
    found: &'a mut Vec<Warning>,
}

impl Census<'_> {
    fn check_whole(&mut self, root: &Node) {
        let Some(reach) = self.reach(root) else { return };
        if reach * 100 >= self.articles * EVERYTHING {
            let message = format!(
                "this can find {reach} of the {} articles in the library: join it with AND to something rarer",
                self.articles
            );
            self.warn(root, message);
        }
    }

    fn check_part(&mut self, node: &Node) {
        match &node.kind {
            Kind::Word { .. } | Kind::Phrase(_) | Kind::Exact(_) => self.check_term(node),
            Kind::Or(parts) => {
                self.check_group(node, parts);
                parts.iter().for_each(|part| self.check_part(part));
            }
            kind => kind.parts().for_each(|part| self.check_part(part)),
        }
    }

    fn check_term(&mut self, node: &Node) {
        if self.reach(node) == Some(0) {
            let message = format!(
                "`{node}` occurs in none of the {} articles in the library: check how it is written",
                self.articles
            );
            self.warn(node, message);
        }
    }

    fn check_group(&mut self, group: &Node, parts: &[Node]) {
        if parts.len() < FEWEST_ALTERNATIVES {
            return;
        }
        let Some(all) = self.reach(group).filter(|all| *all >= FEWEST_FINDS) else { return };
        for part in parts {
            let Some(alone) = self.reach(part).filter(|alone| *alone * 100 >= all * MOST) else { continue };
            let message = format!(
                "`{part}` alone makes {alone} of the {all} finds of this group: narrow it, or leave the others out"
            );
            self.warn(part, message);
            return;
        }
    }

    fn reach(&mut self, node: &Node) -> Option<u64> {
        let expr = resolve_part(node, self.context).ok()?;
        if let Some(reach) = self.known.get(&expr) {
            return *reach;
        }
        if self.questions == MOST_QUESTIONS {
            return None;
        }
        self.questions += 1;
        let reach = self.corpus.reach(&expr);
        self.known.insert(expr, reach);
        reach
    }

    fn warn(&mut self, node: &Node, message: String) {
        self.found.push(Warning::new(node.span.clone(), message));
    }
}
