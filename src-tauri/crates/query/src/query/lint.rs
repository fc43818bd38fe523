//! Hints about queries that are valid but may not say what is meant.

use std::collections::HashSet;

use super::Warning;
use super::resolve::is_acronym;
use super::syntax::{Form, Joint, Kind, Node};
use crate::expr::SCORE_COUNTS;
use crate::words::words;
use crate::{Scope, Within};

/// Prefixes with fewer letters find a good part of the dictionary.
const PREFIX_ADVISED: usize = 4;
/// Words further apart than this are seldom in one thought; `NEAR/P` says that better.
const NEAR_ADVISED: u32 = 30;
/// Capitals of this length and more are names more often than acronyms.
const LONG_ACRONYM: usize = 6;
/// Words that are also acronyms (folded).
const PRONOUNS: [&str; 3] = ["us", "it", "who"];

pub(super) fn warnings(root: &Node) -> Vec<Warning> {
    let mut found = Vec::new();
    root.walk(&mut |node| check(node, &mut found));
    found.sort_by_key(|warning| warning.start);
    found
}

fn check(node: &Node, found: &mut Vec<Warning>) {
    let mut warn = |message: String| found.push(Warning::new(node.span.clone(), message));
    match &node.kind {
        Kind::Word { text, prefix: true } => check_prefix(text, &mut warn),
        Kind::Word { text, prefix: false } => check_word(text, &mut warn),
        Kind::Phrase(pieces) => {
            for piece in pieces.iter().filter(|piece| piece.form == Form::Prefix) {
                check_prefix(&piece.text, &mut warn);
            }
            pieces.iter().for_each(|piece| check_scripts(&piece.text, &mut warn));
        }
        Kind::Exact(text) => check_scripts(text, &mut warn),
        Kind::Near { within: Within::Words(words), .. } if *words > NEAR_ADVISED => {
            warn(format!(
                "{words} words between are hardly near: NEAR/S means one sentence, NEAR/P one paragraph"
            ));
        }
        Kind::Score(threshold, terms) => {
            let most: u64 = terms.iter().map(|(_, weight)| u64::from(*weight) * SCORE_COUNTS).sum();
            if most < u64::from(*threshold) {
                warn(format!("these terms add up to {most} at most, so {threshold} is never reached"));
            }
        }
        Kind::And(parts, joint) => {
            if matches!(joint, Joint::Bare) {
                warn(
                    "words side by side are joined by AND: write AND, or put quotes around a phrase"
                        .to_owned(),
                );
            }
            check_doubles(parts, found);
        }
        Kind::Or(parts) => {
            check_mixed(parts, found);
            check_doubles(parts, found);
        }
        Kind::In(outer, part) => check_scope(*outer, part, found),
        Kind::Near { .. } | Kind::AtLeast(..) | Kind::Not(_) | Kind::List(_) | Kind::Filter(_) => {}
    }
}

fn check_prefix(text: &str, warn: &mut dyn FnMut(String)) {
    let last = words(text).last().and_then(|word| text.get(word.start..word.end)).unwrap_or_default();
    if last.chars().count() < PREFIX_ADVISED {
        warn(format!("`{last}*` is short and finds many words: write at least {PREFIX_ADVISED} letters"));
    }
    check_scripts(text, warn);
}

fn check_word(text: &str, warn: &mut dyn FnMut(String)) {
    check_scripts(text, warn);
    if PRONOUNS.contains(&text) {
        warn(format!("`{text}` finds the everyday word too: write {} for the acronym", text.to_uppercase()));
    }
    if text.chars().count() >= LONG_ACRONYM && text.chars().all(char::is_alphabetic) && is_acronym(text) {
        warn(format!(
            "`{text}` in capitals is taken for an acronym, without word forms: write it in small letters to find them"
        ));
    }
}

/// A letter that looks right and is from another alphabet finds nothing.
fn check_scripts(text: &str, warn: &mut dyn FnMut(String)) {
    for word in words(text) {
        let word = text.get(word.start..word.end).unwrap_or_default();
        let latin = word.chars().find(char::is_ascii_alphabetic);
        let cyrillic = word.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}'));
        if let Some(latin) = latin.filter(|_| cyrillic) {
            warn(format!("the `{latin}` in `{word}` is a Latin letter among Cyrillic ones: type it again"));
        }
    }
}

fn check_mixed(parts: &[Node], found: &mut Vec<Warning>) {
    for part in parts.iter().filter(|part| matches!(part.kind, Kind::And(..)) && !part.grouped) {
        let message =
            "AND and OR are mixed, and AND binds tighter: put brackets around what belongs together";
        found.push(Warning::new(part.span.clone(), message));
    }
}

fn check_doubles(parts: &[Node], found: &mut Vec<Warning>) {
    let mut seen = HashSet::new();
    for part in parts {
        let text = part.to_string();
        if !seen.insert(text.clone()) {
            found.push(Warning::new(part.span.clone(), format!("`{text}` stands here twice: remove one")));
        }
    }
}

fn check_scope(outer: Scope, part: &Node, found: &mut Vec<Warning>) {
    part.walk(&mut |node| {
        if let Kind::In(inner, _) = node.kind
            && inner != outer
            && (inner == Scope::Title || outer == Scope::Title)
        {
            found.push(Warning::new(
                node.span.clone(),
                "nothing is in the title and elsewhere at once: this finds nothing",
            ));
        }
    });
}
