//! Which groups of an RTF document hold its text.

/// Where the words of a group go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    Body,
    /// Nowhere.
    Skipped,
    Fonts,
    Styles,
    /// The group of properties, or one of them.
    Properties,
    /// The code of a field.
    FieldCode,
}

impl Destination {
    /// Where the words behind this control word go, if it says so; `is_extension` if `\*` stands before it.
    pub(super) fn behind(self, word: &str, is_extension: bool) -> Option<Destination> {
        match word {
            "fonttbl" => Some(Destination::Fonts),
            "stylesheet" => Some(Destination::Styles),
            "info" => Some(Destination::Properties),
            "fldinst" => Some(Destination::FieldCode),
            _ if SKIPPED.contains(&word) => Some(Destination::Skipped),
            _ if is_extension && self == Destination::Styles => None,
            _ if is_extension && !KNOWN_EXTENSIONS.contains(&word) => Some(Destination::Skipped),
            _ => None,
        }
    }
}

/// Groups whose words are no text of the document. Those that begin with `\*` are skipped unless known.
const SKIPPED: &[&str] = &[
    "colortbl",
    "pict",
    "object",
    "objdata",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "annotation",
    "atnid",
    "atnauthor",
    "atnref",
    "atndate",
    "xe",
    "tc",
    "tcn",
    "rxe",
    "listtext",
    "pntext",
    "pntxtb",
    "pntxta",
    "nonshppict",
    "sp",
    "listtable",
    "revtbl",
    "rsidtbl",
    "filetbl",
    "private",
    "comment",
    "ftnsep",
    "ftnsepc",
    "ftncn",
    "aftnsep",
    "aftnsepc",
    "aftncn",
    "bkmkstart",
    "bkmkend",
    "ffname",
    "do",
];

/// Groups behind `\*` whose words are text all the same.
const KNOWN_EXTENSIONS: &[&str] = &["shpinst", "shptxt", "shppict"];
