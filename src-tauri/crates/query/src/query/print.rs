//! The canonical text of a query: parsing it again gives an equal query.

use std::fmt::{self, Display, Formatter};

use super::filters::write_filter;
use super::syntax::{Form, Kind, Node, Piece};
use crate::{Scope, Within};

/// How tightly a part binds; looser ones need brackets inside tighter ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Not,
    Near,
    Unary,
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_kind(&self.kind, f)
    }
}

fn binding(kind: &Kind) -> Binding {
    match kind {
        Kind::Or(_) => Binding::Or,
        Kind::And(..) => Binding::And,
        Kind::Not(_) => Binding::Not,
        Kind::Near { .. } => Binding::Near,
        _ => Binding::Unary,
    }
}

fn write_part(part: &Node, least: Binding, f: &mut Formatter<'_>) -> fmt::Result {
    if binding(&part.kind) < least { write!(f, "({part})") } else { write!(f, "{part}") }
}

fn write_kind(kind: &Kind, f: &mut Formatter<'_>) -> fmt::Result {
    match kind {
        Kind::Word { text, prefix } => write!(f, "{text}{}", if *prefix { "*" } else { "" }),
        Kind::Phrase(pieces) => write_phrase(pieces, f),
        Kind::Exact(text) => write!(f, "'{text}'"),
        Kind::List(name) => write!(f, "@{name}"),
        Kind::Filter(filter) => write_filter(filter, f),
        Kind::Near { left, right, within, ordered } => {
            write_part(left, Binding::Near, f)?;
            write!(f, " {}NEAR/", if *ordered { "O" } else { "" })?;
            match within {
                Within::Words(words) => write!(f, "{words} ")?,
                Within::Sentence => f.write_str("S ")?,
                Within::Paragraph => f.write_str("P ")?,
            }
            write_part(right, Binding::Unary, f)
        }
        Kind::AtLeast(count, part) => {
            write!(f, "ATLEAST/{count} ")?;
            write_part(part, Binding::Unary, f)
        }
        Kind::Score(threshold, terms) => write_score(*threshold, terms, f),
        Kind::And(parts, _) => write_joined(parts, " AND ", f),
        Kind::Or(parts) => write_joined(parts, " OR ", f),
        Kind::Not(part) => {
            f.write_str("NOT ")?;
            write_part(part, Binding::Not, f)
        }
        Kind::In(scope, part) => {
            f.write_str(match scope {
                Scope::Title => "title:",
                Scope::Lead => "lead:",
                Scope::Body => "body:",
            })?;
            write_part(part, Binding::Unary, f)
        }
    }
}

/// Brackets around anything but the tightest parts, so that nobody has to know the precedence.
fn write_joined(parts: &[Node], joint: &str, f: &mut Formatter<'_>) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(joint)?;
        }
        write_part(part, Binding::Not, f)?;
    }
    Ok(())
}

fn write_phrase(pieces: &[Piece], f: &mut Formatter<'_>) -> fmt::Result {
    f.write_str("\"")?;
    for (at, Piece { text, form }) in pieces.iter().enumerate() {
        let space = if at > 0 { " " } else { "" };
        match form {
            Form::Plain => write!(f, "{space}{text}")?,
            Form::Prefix => write!(f, "{space}{text}*")?,
            Form::Exact => write!(f, "{space}'{text}'")?,
        }
    }
    f.write_str("\"")
}

fn write_score(threshold: u32, terms: &[(Node, u32)], f: &mut Formatter<'_>) -> fmt::Result {
    write!(f, "SCORE/{threshold} (")?;
    for (at, (term, weight)) in terms.iter().enumerate() {
        if at > 0 {
            f.write_str(" ")?;
        }
        write_part(term, Binding::Unary, f)?;
        if *weight != 1 {
            write!(f, "^{weight}")?;
        }
    }
    f.write_str(")")
}
