//! Hints about single words.

use super::super::resolve::{folded, is_acronym};
use super::common::{PRONOUNS, is_common};
use crate::words::words;

/// Prefixes with fewer letters find a good part of the dictionary.
const PREFIX_ADVISED: usize = 4;
/// Capitals of this length and more are names more often than acronyms.
const LONG_ACRONYM: usize = 6;

pub(super) fn check_prefix(text: &str, warn: &mut dyn FnMut(String)) {
    let last = words(text).last().and_then(|word| text.get(word.start..word.end)).unwrap_or_default();
    // One sign of a script without spaces is a word.
    let short = last.chars().count() < PREFIX_ADVISED && (last.is_ascii() || last.chars().count() > 1);
    if short {
        warn(format!("`{last}*` is short and finds many words: write at least {PREFIX_ADVISED} letters"));
    }
    check_scripts(text, warn);
}

pub(super) fn check_word(text: &str, warn: &mut dyn FnMut(String)) {
    check_scripts(text, warn);
    if PRONOUNS.contains(&text) {
        warn(format!("`{text}` finds the everyday word too: write {} for the acronym", text.to_uppercase()));
    }
    if is_shouted(text) {
        warn(format!(
            "`{text}` in capitals is taken for an acronym, without word forms: write it in small letters to find them"
        ));
    }
}

/// Whether capitals make an acronym of what is hardly one.
fn is_shouted(text: &str) -> bool {
    let folded = folded(text);
    let everyday = is_common(&folded) && !PRONOUNS.contains(&folded.as_str());
    text.chars().all(char::is_alphabetic)
        && is_acronym(text)
        && (everyday || text.chars().count() >= LONG_ACRONYM)
}

/// A letter that looks right and is from another alphabet finds nothing. The letters of which the
/// word has fewer are the strangers.
pub(super) fn check_scripts(text: &str, warn: &mut dyn FnMut(String)) {
    for word in words(text) {
        let word = text.get(word.start..word.end).unwrap_or_default();
        let latin: Vec<char> = word.chars().filter(char::is_ascii_alphabetic).collect();
        let cyrillic: Vec<char> = word.chars().filter(|c| matches!(c, '\u{400}'..='\u{52f}')).collect();
        let (Some(one_latin), Some(one_cyrillic)) = (latin.first(), cyrillic.first()) else { continue };
        warn(match latin.len() <= cyrillic.len() {
            true => {
                format!("the `{one_latin}` in `{word}` is a Latin letter among Cyrillic ones: type it again")
            }
            false => {
                format!(
                    "the `{one_cyrillic}` in `{word}` is a Cyrillic letter among Latin ones: type it again"
                )
            }
        });
    }
}
