//! What a character does to a word.

use unicode_normalization::char::is_combining_mark;

/// What a character does to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Part of a word.
    Letter,
    /// Part of a word, and of a number.
    Digit,
    /// A word of its own: scripts that are written without spaces.
    Single,
    /// Part of the word before it; starts none.
    Mark,
    /// Ends a word, or vanishes inside it.
    Apostrophe,
    /// Vanishes.
    Ignorable,
    /// Separates.
    Other,
}

pub(super) fn of(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        _ if is_apostrophe(c) => Class::Apostrophe,
        _ if c.is_ascii() => Class::Other,
        _ if is_ignorable(c) => Class::Ignorable,
        _ if is_single(c) && !is_combining_mark(c) && c.is_alphanumeric() => Class::Single,
        // Tatweel, the stretcher of Arabic lines, counts as a letter in Unicode.
        '\u{640}' => Class::Mark,
        _ if is_combining_mark(c) => Class::Mark,
        _ if c.is_alphabetic() => Class::Letter,
        _ if c.is_numeric() => Class::Digit,
        _ => Class::Other,
    }
}

/// Every sign that writers use for an apostrophe, the Hebrew geresh and gershayim among them.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '´'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201b}'
            | '\u{2bb}'
            | '\u{2bc}'
            | '\u{2bd}'
            | '\u{2be}'
            | '\u{2bf}'
            | '\u{2032}'
            | '\u{5f3}'
            | '\u{5f4}'
            | '\u{ff07}'
    )
}

/// Soft hyphen, zero-width characters, directional marks, variation selectors.
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}'
    )
}

/// Thai to Khmer, kana, Bopomofo, Han with its extensions.
fn is_single(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{1b000}'..='\u{1b16f}'
            | '\u{20000}'..='\u{323af}'
    )
}
