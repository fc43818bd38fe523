//! Words, phrases and word lists, as they are named in a sentence.

use super::listed;
use crate::query::syntax::{Form, Kind, Node, Piece};
use crate::query::{Context, resolve_part};
use crate::{Expr, Leaf};

/// How many words of a list are named; the rest is counted.
const NAMED_OF_A_LIST: usize = 6;

/// A term in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Noun {
    /// What it is: `the word`; may be empty.
    kind: &'static str,
    name: String,
    /// What else fits, or must: `in any form`; may be empty.
    note: String,
}

impl Noun {
    fn new(kind: &'static str, name: impl Into<String>, note: impl Into<String>) -> Noun {
        Noun { kind, name: name.into(), note: note.into() }
    }

    /// As it stands alone.
    pub(super) fn full(&self) -> String {
        let parts = [self.kind, self.name.as_str(), self.note.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// As it stands in a list of others.
    pub(super) fn short(&self) -> String {
        if self.note.is_empty() { self.full() } else { format!("{} ({})", self.name, self.note) }
    }
}

/// The names of terms of one kind in a list, what they share said once at its end.
pub(super) fn alike(nouns: &[Noun]) -> Option<String> {
    let first = nouns.first().filter(|first| !first.note.is_empty())?;
    let same = nouns.iter().all(|noun| (noun.kind, &noun.note) == (first.kind, &first.note));
    let names: Vec<String> = nouns.iter().map(|noun| noun.name.clone()).collect();
    same.then(|| format!("{} {}", listed(&names, "or"), first.note))
}

/// The words for a part, if it is a term.
pub(super) fn noun(node: &Node, context: &Context<'_>) -> Option<Noun> {
    match &node.kind {
        Kind::Word { text, prefix } => Some(word(node, text, *prefix, context)),
        Kind::Phrase(pieces) => Some(phrase(pieces)),
        Kind::Exact(text) => Some(Noun::new("", format!("‘{text}’"), "exactly as written")),
        Kind::List(name) => Some(list(name, context)),
        _ => None,
    }
}

/// What a bare word means is asked of the resolver, so that the words cannot tell another story.
fn word(node: &Node, text: &str, prefix: bool, context: &Context<'_>) -> Noun {
    match resolve_part(node, context) {
        Ok(Expr::Term(term)) if prefix => {
            let beginning = term.0.iter().find_map(|leaf| match leaf {
                Leaf::Prefix(prefix) => Some(prefix.as_str()),
                _ => None,
            });
            Noun::new("", format!("words beginning with {}", beginning.unwrap_or(text)), "")
        }
        Ok(Expr::Term(term)) => match term.0.first() {
            Some(Leaf::Acronym(letters)) => Noun::new("", letters, acronym_note(letters)),
            Some(Leaf::Stem(..)) => Noun::new("the word", text, "in any form"),
            _ => Noun::new("the word", text, ""),
        },
        // The parts side by side, or joined.
        Ok(Expr::Or(_)) if prefix => Noun::new("", text, "with any ending, as separate words or as one"),
        Ok(Expr::Or(_)) => Noun::new("", text, "in any form, as separate words or as one"),
        _ if prefix => {
            Noun::new("the words", format!("{text}*"), "side by side, with any ending at the star")
        }
        _ => Noun::new("the words", text, "side by side"),
    }
}

/// The other ways to write an acronym that fit, as the leaf itself judges.
fn acronym_note(letters: &str) -> String {
    let leaf = Leaf::Acronym(letters.to_owned());
    let dotted: String = letters.chars().flat_map(|letter| [letter, '.']).collect();
    let mut chars = letters.chars();
    let capitalised: String = chars.next().into_iter().chain(chars.flat_map(char::to_lowercase)).collect();
    let plain = letters.chars().all(char::is_alphabetic);
    let others: Vec<String> = [dotted, capitalised]
        .into_iter()
        .filter(|form| plain && form != letters && leaf.matches(form))
        .collect();
    match others.is_empty() {
        true => "as written in capitals".to_owned(),
        false => format!("as written in capitals, also {}", listed(&others, "or")),
    }
}

fn phrase(pieces: &[Piece]) -> Noun {
    let one = |piece: &Piece| match piece.form {
        Form::Plain => piece.text.clone(),
        Form::Prefix => format!("{}*", piece.text),
        Form::Exact => format!("‘{}’", piece.text),
    };
    let name = format!("“{}”", pieces.iter().map(one).collect::<Vec<_>>().join(" "));
    let open = pieces.iter().any(|piece| piece.form == Form::Prefix);
    match (pieces.len(), open) {
        (_, true) => Noun::new("the phrase", name, "with any ending at the star"),
        (1, _) => Noun::new("the word", name, "in this form only"),
        _ => Noun::new("the phrase", name, ""),
    }
}

fn list(name: &str, context: &Context<'_>) -> Noun {
    let Some(root) = context.names.list(name).and_then(|query| query.root()) else {
        return Noun::new("", format!("a word of the list @{name}"), "");
    };
    let all: Vec<String> = match &root.kind {
        Kind::Or(parts) => parts.iter().map(Node::to_string).collect(),
        _ => vec![root.to_string()],
    };
    let mut named: Vec<String> = all.iter().take(NAMED_OF_A_LIST).cloned().collect();
    if all.len() > named.len() {
        named.push(format!("{} more", all.len() - NAMED_OF_A_LIST));
        return Noun::new("", format!("a word of the list @{name} ({})", listed(&named, "and")), "");
    }
    Noun::new("", format!("a word of the list @{name} ({})", listed(&named, "or")), "")
}
