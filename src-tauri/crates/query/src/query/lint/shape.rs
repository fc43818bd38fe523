//! Hints about how the parts of a query are put together.

use std::collections::{HashMap, HashSet};

use super::super::resolve::{folded, is_acronym, resolve_part};
use super::super::syntax::{Joint, Kind, Node};
use super::super::{Context, Warning};
use super::common::is_common;
use crate::{Expr, Scope};

/// What is written in capitals to join parts.
const OPERATORS: [&str; 4] = ["and", "or", "not", "near"];

/// What only the whole query shows: nothing that must be there, or nothing but a common word.
pub(super) fn check_whole(root: &Node, found: &mut Vec<Warning>) {
    if is_absence(root) {
        let message = "this only says what must not be there: add a word or a filter that must be";
        found.push(Warning::new(root.span.clone(), message));
    } else {
        root.walk(&mut |node| check_absent_alternatives(node, found));
    }
    alternatives(root, &mut |part| {
        if let Some(word) = common_word(part) {
            let message = format!("`{word}` alone finds nearly everything: join it with AND to a rarer word");
            found.push(Warning::new(part.span.clone(), message));
        }
    });
}

/// Whether a part asks for nothing that must be there.
fn is_absence(node: &Node) -> bool {
    match &node.kind {
        Kind::Not(_) => true,
        Kind::And(parts, _) => parts.iter().all(is_absence),
        Kind::Or(parts) => parts.iter().any(is_absence),
        Kind::In(_, part) => is_absence(part),
        _ => false,
    }
}

fn check_absent_alternatives(node: &Node, found: &mut Vec<Warning>) {
    let Kind::Or(parts) = &node.kind else { return };
    for part in parts.iter().filter(|part| is_absence(part)) {
        let message = "nearly every article is without this, so the whole group is true: join it with AND";
        found.push(Warning::new(part.span.clone(), message));
    }
}

/// The parts of which one is enough for the whole.
fn alternatives(node: &Node, each: &mut dyn FnMut(&Node)) {
    match &node.kind {
        Kind::Or(parts) => parts.iter().for_each(|part| alternatives(part, each)),
        Kind::In(_, part) => alternatives(part, each),
        _ => each(node),
    }
}

fn common_word(node: &Node) -> Option<&str> {
    let text = match &node.kind {
        Kind::Word { text, prefix: false } if !is_acronym(text) => text,
        Kind::Phrase(pieces) => match &pieces[..] {
            [only] => &only.text,
            _ => return None,
        },
        _ => return None,
    };
    is_common(&folded(text)).then_some(text)
}

/// Parts that nothing but a space joins.
pub(super) fn check_joint(node: &Node, parts: &[Node], joint: Joint, found: &mut Vec<Warning>) {
    if matches!(joint, Joint::Written) {
        return;
    }
    let message = "words side by side are joined by AND: write AND, or put quotes around a phrase";
    found.push(Warning::new(node.span.clone(), message));
    for part in parts {
        if let Kind::Word { text, prefix: false } = &part.kind
            && OPERATORS.contains(&text.as_str())
        {
            let message =
                format!("`{text}` in small letters is a word like any other: write {}", text.to_uppercase());
            found.push(Warning::new(part.span.clone(), message));
        }
    }
}

pub(super) fn check_mixed(parts: &[Node], found: &mut Vec<Warning>) {
    for part in parts.iter().filter(|part| matches!(part.kind, Kind::And(..)) && !part.grouped) {
        let message =
            "AND and OR are mixed, and AND binds tighter: put brackets around what belongs together";
        found.push(Warning::new(part.span.clone(), message));
    }
}

pub(super) fn check_contradictions(parts: &[Node], found: &mut Vec<Warning>) {
    let wanted: HashSet<String> = parts.iter().map(Node::to_string).collect();
    for part in parts {
        if let Kind::Not(unwanted) = &part.kind
            && wanted.contains(&unwanted.to_string())
        {
            let message = format!("`{unwanted}` must and must not be there: this finds nothing");
            found.push(Warning::new(part.span.clone(), message));
        }
    }
}

/// A part that stands twice in a group, or in groups of the same kind within it.
pub(super) fn check_doubles(group: &Node, found: &mut Vec<Warning>) {
    let mut seen = HashSet::new();
    members(group, &mut |part| {
        let text = part.to_string();
        if !seen.insert(text.clone()) {
            found.push(Warning::new(part.span.clone(), format!("`{text}` stands here twice: remove one")));
        }
    });
}

/// Words whose forms are found by another word of the same group already.
pub(super) fn check_forms(group: &Node, context: &Context<'_>, found: &mut Vec<Warning>) {
    if !matches!(group.kind, Kind::Or(_)) {
        return;
    }
    let mut seen: HashMap<Expr, String> = HashMap::new();
    members(group, &mut |part| {
        let (Kind::Word { text, .. }, Ok(expr)) = (&part.kind, resolve_part(part, context)) else { return };
        match seen.get(&expr) {
            Some(known) if known != text => {
                let message = format!("`{text}` finds the same words as `{known}`: remove one");
                found.push(Warning::new(part.span.clone(), message));
            }
            Some(_) => {}
            None => {
                seen.insert(expr, text.clone());
            }
        }
    });
}

/// The parts of a group, those of groups of the same kind within it included.
fn members(group: &Node, each: &mut dyn FnMut(&Node)) {
    for part in group.kind.parts() {
        let same =
            matches!((&group.kind, &part.kind), (Kind::Or(_), Kind::Or(_)) | (Kind::And(..), Kind::And(..)));
        if same { members(part, each) } else { each(part) }
    }
}

pub(super) fn check_scope(outer: Scope, part: &Node, found: &mut Vec<Warning>) {
    part.walk(&mut |node| {
        let message = match node.kind {
            Kind::In(inner, _) if inner != outer && (inner == Scope::Title || outer == Scope::Title) => {
                "nothing is in the title and elsewhere at once, so this finds nothing: take one of them out"
            }
            Kind::Filter(_) => {
                "a filter looks at the whole article, wherever it stands: write it outside, joined with AND"
            }
            _ => return,
        };
        found.push(Warning::new(node.span.clone(), message));
    });
}
