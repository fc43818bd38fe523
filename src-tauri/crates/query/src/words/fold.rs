//! What of a surface form is compared: everything but case and accents, or everything but dots.

use unicode_normalization::char::{decompose_canonical, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::class::{is_apostrophe, is_ignorable};

/// Writes the folded form of a word's surface (lower case, no accents, no dots of acronyms,
/// no apostrophes) into `into`, which is cleared first. Folding twice changes nothing.
pub fn fold(surface: &str, into: &mut String) {
    into.clear();
    if surface.is_ascii() {
        for (at, &byte) in surface.as_bytes().iter().enumerate() {
            if is_kept(surface, at, byte) && byte != b'+' {
                into.push(byte.to_ascii_lowercase() as char);
            }
        }
        return;
    }
    for_each_char(surface, |c| {
        if c != '+' {
            fold_char(c, into);
        }
    });
}

/// Writes the form that exact terms compare into `into`, which is cleared first: case, accents,
/// `&` and `+` as written, without dots of acronyms, apostrophes and invisible characters.
pub(crate) fn exact_form(surface: &str, into: &mut String) {
    into.clear();
    for_each_char(surface, |c| into.push(c));
}

/// Writes `=SURFACE` into `into` (cleared first) and returns true if the word has two or more
/// capitals: the colocated index token that keeps `US` apart from `us`.
///
/// `SURFACE` is what [`Leaf::Acronym`](crate::Leaf::Acronym) compares: case and accents as
/// written, without dots, apostrophes, invisible characters and plus signs at the end.
pub fn capital_mark(surface: &str, into: &mut String) -> bool {
    into.clear();
    if surface.chars().filter(|c| c.is_uppercase()).nth(1).is_none() {
        return false;
    }
    into.push('=');
    for_each_char(surface, |c| into.push(c));
    into.truncate(into.trim_end_matches('+').len());
    true
}

/// The composed characters of a surface that count for its identity.
fn for_each_char(surface: &str, mut each: impl FnMut(char)) {
    if surface.is_ascii() {
        let kept = surface.bytes().enumerate().filter(|(at, byte)| is_kept(surface, *at, *byte));
        kept.for_each(|(_, byte)| each(byte as char));
        return;
    }
    let mut previous = ' ';
    let mut chars = |chars: &mut dyn Iterator<Item = char>| {
        let mut chars = chars.peekable();
        while let Some(c) = chars.next() {
            let between_digits = previous.is_ascii_digit() && chars.peek().is_some_and(char::is_ascii_digit);
            let dropped = (c == '.' && !between_digits) || c == ',' || is_apostrophe(c) || is_ignorable(c);
            if !dropped {
                each(c);
            }
            previous = c;
        }
    };
    // Composing before stripping is what keeps й and ї letters of their own.
    match is_nfc_quick(surface.chars()) {
        IsNormalized::Yes => chars(&mut surface.chars()),
        IsNormalized::No | IsNormalized::Maybe => chars(&mut surface.nfc()),
    }
}

/// Whether an ASCII byte of a surface counts for its identity.
fn is_kept(surface: &str, at: usize, byte: u8) -> bool {
    match byte {
        b'\'' | b'`' | b',' => false,
        b'.' => {
            let digit = |at: usize| surface.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
            at > 0 && digit(at - 1) && digit(at + 1)
        }
        _ => true,
    }
}

/// Pushes the folded form of one composed character.
fn fold_char(c: char, into: &mut String) {
    match c {
        '\u{fb00}'..='\u{fb06}' | '\u{ff01}'..='\u{ff5e}' => {
            // Ligatures (PDF) and full-width letters are other spellings of plain ones.
            decompose_compatible(c, |plain| into.extend(plain.to_lowercase()));
        }
        _ => {
            for lower in c.to_lowercase() {
                fold_lower(lower, into);
            }
        }
    }
}

fn fold_lower(c: char, into: &mut String) {
    match base_of(c) {
        'ß' => into.push_str("ss"),
        'æ' => into.push_str("ae"),
        'œ' => into.push_str("oe"),
        'þ' => into.push_str("th"),
        'ø' => into.push('o'),
        'ł' => into.push('l'),
        'đ' | 'ð' => into.push('d'),
        'ħ' => into.push('h'),
        'ı' => into.push('i'),
        'ŧ' => into.push('t'),
        'ς' => into.push('σ'),
        'ё' | 'ѐ' => into.push('е'),
        'ѝ' => into.push('и'),
        base if is_dropped_mark(base) => {}
        base => into.push(base),
    }
}

/// Marks that composing left alone: accents without a composed letter, stress marks on Cyrillic,
/// vowel points of Arabic and Hebrew, tatweel. In other scripts marks are letters.
fn is_dropped_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}'
            | '\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
            | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}'
            | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}'
    )
}

/// The letter under the accents of a Latin or Greek letter; any other character as it is.
fn base_of(c: char) -> char {
    let accented = matches!(c, '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}');
    if !accented {
        return c;
    }
    let mut base = None;
    decompose_canonical(c, |part| {
        base.get_or_insert(part);
    });
    base.unwrap_or(c)
}
