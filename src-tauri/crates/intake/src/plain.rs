//! Hygiene of plain text: white space, control characters, paragraphs.

/// One line: runs of white space become one space, control characters and byte order marks go.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_noise(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// As [`line`], `None` if nothing is left.
pub(crate) fn some_line(text: &str) -> Option<String> {
    Some(line(text)).filter(|line| !line.is_empty())
}

/// Characters that no reader sees and no query should trip over.
fn is_noise(c: char) -> bool {
    c.is_control() || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Joins paragraphs by one blank line, leaving out empty ones.
pub(crate) fn join_paragraphs<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for paragraph in paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty()) {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(paragraph);
    }
    out
}

/// The beginning of a text for a message, at most `chars` characters.
pub(crate) fn beginning(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

/// Letters and digits only, lower case: for asking whether two texts say the same.
pub(crate) fn skeleton(text: &str) -> String {
    let mut skeleton = String::with_capacity(text.len());
    for c in text.chars() {
        // Most letters are ASCII, and this is asked of every paragraph.
        if c.is_ascii_alphanumeric() {
            skeleton.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() && c.is_alphanumeric() {
            skeleton.extend(c.to_lowercase());
        }
    }
    skeleton
}

/// `text` after `prefix`, compared without regard to ASCII and Unicode case.
pub(crate) fn strip_prefix_fold<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for want in prefix.chars() {
        let got = rest.next()?;
        if !got.to_lowercase().eq(want.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_single_spaces_and_no_control_characters() {
        for (text, want) in [
            ("  a \t\n b\u{a0}c ", "a b c"),
            ("a\u{0}b\u{7f}\u{85}c", "ab c"),
            ("\u{feff}", ""),
            ("“Quotes” – stay…", "“Quotes” – stay…"),
        ] {
            assert_eq!(line(text), want, "{text:?}");
        }
    }

    #[test]
    fn prefixes_are_found_in_any_case() {
        assert_eq!(strip_prefix_fold("ИСТОЧНИК: x", "источник:"), Some(" x"));
        assert_eq!(strip_prefix_fold("By", "by line"), None);
    }
}
