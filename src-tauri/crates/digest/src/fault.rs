//! What is wrong with a template, and where in its text.

use std::ops::Range;

use crate::{DigestError, Template};

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// In words, without the place.
    pub words: String,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// The passage of the template's text that failed, in bytes.
    pub place: Option<Range<usize>>,
}

impl DigestError {
    /// What is wrong with the template of a web page, Markdown or a mail, if that is it.
    pub fn fault(&self) -> Option<Fault> {
        let DigestError::Template { fault, .. } = self else { return None };
        let words = fault.detail().map_or_else(|| fault.kind().to_string(), str::to_owned);
        Some(Fault { words, line: fault.line(), place: fault.range() })
    }
}

impl Fault {
    /// What is wrong with the template of a PDF, from the words of the process that tried `text`. The
    /// passage goes from where the typesetter stopped to the end of the line.
    pub fn of_pdf(words: &str, text: &str) -> Fault {
        placed(words, text).unwrap_or_else(|| Fault { words: words.to_owned(), line: None, place: None })
    }
}

/// Reads `…digest.typ:LINE:COLUMN: WORDS`, as the press writes it; of several errors the first.
fn placed(words: &str, text: &str) -> Option<Fault> {
    let name = format!("{}:", Template::Pdf.name());
    let (_, rest) = words.split_once(&name)?;
    let mut parts = rest.splitn(3, ':');
    let (line, column) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let words = parts.next()?.trim().split(&format!("; {name}")).next()?.to_owned();
    Some(Fault { words, line: Some(line), place: passage(text, line, column) })
}

/// From a line and a column, both counted from 1 and the column in characters, to the line's end.
fn passage(text: &str, line: usize, column: usize) -> Option<Range<usize>> {
    let found = text.split_inclusive('\n').nth(line.checked_sub(1)?)?;
    let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
    let (column, _) = found.char_indices().nth(column.checked_sub(1)?)?;
    Some(start + column..start + found.trim_end().len().max(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_pdfs_fault_is_read_from_the_words_of_its_maker() {
        let text = "#let d = 1\nЖж #d.titel \n";
        let fault = Fault::of_pdf(
            "typesetting failed: digest.typ:2:5: cannot access fields: a number; digest.typ:3:1: more",
            text,
        );
        assert_eq!((fault.words.as_str(), fault.line), ("cannot access fields: a number", Some(2)));
        assert_eq!(fault.place.and_then(|place| text.get(place)), Some("d.titel"));
    }

    #[test]
    fn words_without_a_place_are_taken_as_they_are() {
        for words in ["not done after 120 seconds", "digest.typ", "digest.typ:x:1: no", ""] {
            assert_eq!(Fault::of_pdf(words, "text"), Fault { words: words.into(), line: None, place: None });
        }
        let beyond = Fault::of_pdf("digest.typ:9:9: gone", "text");
        assert_eq!((beyond.line, beyond.place), (Some(9), None));
        assert_eq!(Fault::of_pdf("digest.typ:0:0: odd", "text").place, None);
    }
}
