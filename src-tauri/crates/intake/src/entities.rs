//! Character references: numbers and the names of HTML. Never entities that a document defines.

use encoding_rs::WINDOWS_1252;
use quick_xml::escape::resolve_html5_entity;

/// The longest name is `CounterClockwiseContourIntegral`.
const LONGEST_NAME: usize = 32;

/// Resolves the references in a text; what is none stays as it is, so that a bare `&` is an `&`.
pub(crate) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        match resolve(reference, &mut out) {
            Some(length) => rest = reference.get(length..).unwrap_or_default(),
            None => {
                out.push('&');
                rest = reference.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// Writes what the reference at the beginning of a text stands for, and says how long it is.
fn resolve(text: &str, out: &mut String) -> Option<usize> {
    let inside = text.strip_prefix('&')?;
    let window = inside
        .char_indices()
        .nth(LONGEST_NAME)
        .map_or(inside, |(end, _)| inside.get(..end).unwrap_or(inside));
    let (name, _) = window.split_once(';')?;
    match name.strip_prefix('#') {
        Some(number) => out.extend(character(number)?),
        None => out.push_str(resolve_html5_entity(name)?),
    }
    Some(name.len() + 2)
}

/// The character of a number; `Some(None)` for one that no text may hold.
fn character(number: &str) -> Option<Option<char>> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    if let Ok(byte @ 0x80..=0x9f) = u8::try_from(code) {
        // Written by programs that took windows-1252 for Latin-1, and read so by every browser.
        return Some(WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next());
    }
    Some(char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_and_the_rest_stays() {
        for (text, want) in [
            ("AT&T &amp; R&D;", "AT&T & R&D;"),
            ("?a=1&copy=2&amp;b", "?a=1&copy=2&b"),
            ("&nbsp;&eacute;&laquo;&#8211;&#x2014;", "\u{a0}é«–—"),
            ("&#150;&#0;&#xD800;&#9999999999;", "–&#xD800;&#9999999999;"),
            ("&lol9; & &; &", "&lol9; & &; &"),
            ("&amp;amp;", "&amp;"),
        ] {
            assert_eq!(decode(text), want.replace("&#xD800;", ""), "{text}");
        }
    }
}
