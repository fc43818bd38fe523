//! What the fields of other tools are here.

use super::Tool;
use crate::Scope;

/// What a field means in our language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Scope(Scope),
    /// Headline and lead together, which is no scope of ours but an OR of two.
    TitleOrLead,
    Source,
    Site,
    Author,
    Language,
    /// Nothing.
    None,
}

/// Factiva's field codes, from its list of search fields.
const FACTIVA: [(&str, Meaning); 9] = [
    ("hd", Meaning::Scope(Scope::Title)),
    ("hl", Meaning::Scope(Scope::Title)),
    ("hlp", Meaning::TitleOrLead),
    ("lp", Meaning::Scope(Scope::Lead)),
    ("td", Meaning::Scope(Scope::Body)),
    ("by", Meaning::Author),
    ("sn", Meaning::Source),
    ("pub", Meaning::Source),
    ("la", Meaning::Language),
];

const MELTWATER: [(&str, Meaning); 6] = [
    ("title", Meaning::Scope(Scope::Title)),
    ("ingress", Meaning::Scope(Scope::Lead)),
    ("author", Meaning::Author),
    ("source", Meaning::Source),
    ("site", Meaning::Site),
    ("language", Meaning::Language),
];

const TALKWALKER: [(&str, Meaning); 7] = [
    ("title", Meaning::Scope(Scope::Title)),
    ("content", Meaning::Scope(Scope::Body)),
    ("author", Meaning::Author),
    ("site", Meaning::Site),
    ("domain", Meaning::Site),
    ("source", Meaning::Source),
    ("lang", Meaning::Language),
];

/// What a field of a tool means here; fields that are not known mean nothing.
pub(super) fn meaning(tool: Tool, name: &str) -> Meaning {
    let fields: &[(&str, Meaning)] = match tool {
        Tool::Factiva => &FACTIVA,
        Tool::Meltwater => &MELTWATER,
        Tool::Talkwalker => &TALKWALKER,
    };
    let name = name.to_lowercase();
    fields.iter().find(|(known, _)| *known == name).map_or(Meaning::None, |(_, meaning)| *meaning)
}
