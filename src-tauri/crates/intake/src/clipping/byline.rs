//! Who wrote it.

use crate::plain;

/// How a byline begins, in lower case with the space or colon that ends it.
const OPENINGS: &[&str] = &[
    "by ",
    "by: ",
    "written by ",
    "story by ",
    "reporting by ",
    "author: ",
    "authors: ",
    "von ",
    "autor: ",
    "autorin: ",
    "par ",
    "auteur : ",
    "auteur: ",
    "por ",
    "autores: ",
    "di ",
    "door ",
    "av ",
    "автор: ",
    "авторы: ",
    "автори: ",
];

/// What stands between two names.
const SEPARATORS: &[&str] =
    &[" and ", " & ", " und ", " et ", " y ", " e ", " en ", " och ", " и ", " та ", ", ", "; "];

/// Words of a name that are written small.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "di", "du", "del", "della", "der", "den", "la", "le", "van", "von", "zu", "af",
    "al", "el", "bin", "ibn", "ben", "ter", "ten", "of", "the", "und", "für",
];

/// A name has no more words.
const LONGEST_NAME: usize = 6;

/// The authors of a line that is a byline.
pub(super) fn byline(line: &str) -> Option<Vec<String>> {
    let behind = OPENINGS.iter().find_map(|opening| plain::strip_prefix_fold(line, opening))?;
    let names = split(without_place(behind.trim()));
    (!names.is_empty() && names.iter().all(|name| is_name(name))).then_some(names)
}

/// The names in a text that is known to be about authors, such as a field of front matter.
pub(crate) fn names(text: &str) -> Vec<String> {
    let text = plain::line(text);
    if let Some(names) = byline(&text) {
        return names;
    }
    let names = split(&text);
    if names.iter().all(|name| is_name(name)) { names } else { plain::some_line(&text).into_iter().collect() }
}

/// The names in a text from a place where a byline may be expected; none if it holds anything else.
pub(crate) fn only_names(text: &str) -> Vec<String> {
    if let Some(names) = byline(text) {
        return names;
    }
    let names = split(text);
    let full = |name: &String| is_name(name) && (2..=4).contains(&name.split(' ').count());
    if names.iter().all(full) { names } else { Vec::new() }
}

fn split(text: &str) -> Vec<String> {
    let mut names = vec![text.to_owned()];
    for separator in SEPARATORS {
        names = names.iter().flat_map(|name| name.split(separator)).filter_map(plain::some_line).collect();
    }
    names
}

/// `Jane Roe in Moscow` without the place.
fn without_place(names: &str) -> &str {
    [" in ", " à ", " в "]
        .iter()
        .find_map(|word| {
            let (name, place) = names.split_once(word)?;
            (is_name(name) && place.starts_with(char::is_uppercase) && place.split(' ').count() <= 3)
                .then_some(name)
        })
        .unwrap_or(names)
}

/// Whether a text has the shape of a person's or an agency's name.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let ends_well = !text.ends_with(['!', '?', ':', ';'])
        && (!text.ends_with('.') || words.last().is_some_and(|word| word.chars().count() <= 3));
    ends_well
        && words.len() <= LONGEST_NAME
        && text.starts_with(char::is_uppercase)
        && !text.chars().any(|c| c.is_ascii_digit())
        && words.iter().all(|word| is_name_word(word))
        && !is_time(&words)
}

fn is_name_word(word: &str) -> bool {
    let capital = word
        .trim_start_matches(['\'', '’', '"', '“', '('])
        .starts_with(|c: char| c.is_uppercase() || !c.is_lowercase());
    // O'Brien, d'Arcy, al-Qaradawi.
    let inner = word.split(['-', '\'', '’']).nth(1).is_some_and(|rest| rest.starts_with(char::is_uppercase));
    capital || inner || PARTICLES.contains(&word)
}

/// `By Monday` is a time and no byline; `By April Jones` and `By Sam Roe` are bylines.
fn is_time(words: &[&str]) -> bool {
    let Some(first) = words.first().map(|word| word.to_lowercase()) else { return false };
    crate::date::is_calendar_word(&first) && (words.len() == 1 || first.ends_with("day"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_name_their_authors() {
        for (line, want) in [
            ("By Reuters", vec!["Reuters"]),
            ("By Jane Roe and John Doe", vec!["Jane Roe", "John Doe"]),
            ("BY JANE ROE, JOHN DOE & J. R. Smith", vec!["JANE ROE", "JOHN DOE", "J. R. Smith"]),
            ("By Jane Roe in Moscow", vec!["Jane Roe"]),
            ("Von Anna von der Heide und Jörg Groß", vec!["Anna von der Heide", "Jörg Groß"]),
            ("Par Jean d'Ormesson", vec!["Jean d'Ormesson"]),
            ("Автор: Иван Петров", vec!["Иван Петров"]),
            ("By The Associated Press", vec!["The Associated Press"]),
            ("By April Jones and Sam Roe", vec!["April Jones", "Sam Roe"]),
        ] {
            assert_eq!(byline(line).unwrap_or_default(), want, "{line}");
        }
    }

    #[test]
    fn prose_is_no_byline() {
        for line in [
            "By Monday, the town had fallen.",
            "By Monday",
            "By the time they met",
            "By 2019",
            "Bye Bye",
            "Byron wrote this",
            "By noon the square was empty",
            "Von hier aus",
            "By Friday Evening",
        ] {
            assert_eq!(byline(line), None, "{line}");
        }
    }

    #[test]
    fn a_likely_place_gives_names_only() {
        assert_eq!(only_names("By Jane Roe"), ["Jane Roe"]);
        assert_eq!(only_names("Jane Roe and John Doe"), ["Jane Roe", "John Doe"]);
        for text in ["", "Follow", "See all posts by this author", "Jane Roe 14 May 2019"] {
            assert_eq!(only_names(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_field_of_authors_is_split_only_into_names() {
        assert_eq!(names("Jane Roe, John Doe"), ["Jane Roe", "John Doe"]);
        assert_eq!(names("staff writers"), ["staff writers"]);
        assert_eq!(names("  "), Vec::<String>::new());
    }
}
