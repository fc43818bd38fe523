//! Hints about queries that are valid but may not say what is meant.

mod common;
pub(super) mod corpus;
mod shape;
#[cfg(test)]
mod tests;
mod word;

use super::syntax::{Form, Kind, Node};
use super::{Context, Warning};
use crate::Within;
use crate::expr::SCORE_COUNTS;
use corpus::Corpus;

/// Words further apart than this are seldom in one thought; `NEAR/P` says that better.
const NEAR_ADVISED: u32 = 30;

/// What can be said of the text alone.
pub(super) fn warnings(root: &Node) -> Vec<Warning> {
    let mut found = Vec::new();
    shape::check_whole(root, &mut found);
    root.walk(&mut |node| check(node, &mut found));
    sorted(found)
}

/// What can be said of the text, of what its names and words mean, and of what a library holds.
pub(super) fn warnings_in(root: &Node, context: &Context<'_>, corpus: Option<&dyn Corpus>) -> Vec<Warning> {
    let mut found = warnings(root);
    root.walk(&mut |node| shape::check_forms(node, context, &mut found));
    if let Some(corpus) = corpus {
        corpus::check(root, context, corpus, &mut found);
    }
    sorted(found)
}

/// In the order of the text; what is found from the group and from its part is said once.
fn sorted(mut found: Vec<Warning>) -> Vec<Warning> {
    found.sort_by(|a, b| (a.start, a.end, &a.message).cmp(&(b.start, b.end, &b.message)));
    found.dedup();
    found
}

fn check(node: &Node, found: &mut Vec<Warning>) {
    let mut warn = |message: String| found.push(Warning::new(node.span.clone(), message));
    match &node.kind {
        Kind::Word { text, prefix: true } => word::check_prefix(text, &mut warn),
        Kind::Word { text, prefix: false } => word::check_word(text, &mut warn),
        Kind::Phrase(pieces) => {
            for piece in pieces {
                match piece.form {
                    Form::Prefix => word::check_prefix(&piece.text, &mut warn),
                    _ => word::check_scripts(&piece.text, &mut warn),
                }
            }
        }
        Kind::Exact(text) => word::check_scripts(text, &mut warn),
        Kind::Near { within: Within::Words(words), .. } if *words > NEAR_ADVISED => {
            warn(format!(
                "{words} words between are hardly near: write NEAR/S for one sentence or NEAR/P for one paragraph"
            ));
        }
        Kind::Score(threshold, terms) => check_score(*threshold, terms, &mut warn),
        Kind::And(parts, joint) => {
            shape::check_joint(node, parts, *joint, found);
            shape::check_contradictions(parts, found);
            shape::check_doubles(node, found);
        }
        Kind::Or(parts) => {
            shape::check_mixed(parts, found);
            shape::check_doubles(node, found);
        }
        Kind::In(outer, part) => shape::check_scope(*outer, part, found),
        Kind::Near { .. } | Kind::AtLeast(..) | Kind::Not(_) | Kind::List(_) | Kind::Filter(_) => {}
    }
}

fn check_score(threshold: u32, terms: &[(Node, u32)], warn: &mut dyn FnMut(String)) {
    let most: u64 = terms.iter().map(|(_, weight)| u64::from(*weight) * SCORE_COUNTS).sum();
    if most < u64::from(threshold) {
        warn(format!(
            "these terms add up to {most} at most, so {threshold} is never reached: lower it or raise the weights"
        ));
    }
}
