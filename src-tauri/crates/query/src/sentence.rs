//! Where sentences and paragraphs end.
//!
//! Paragraphs are parted by blank lines; in a text without any, by line ends. A sentence ends at
//! a stop before a space and a word that is not in small letters, or at the paragraph's end. After
//! an abbreviation it ends only if a word follows that seldom stands within a sentence in capitals.

use std::ops::Range;

/// Longer sentences are cut: they are lists, or navigation that an extractor glued together.
const LONGEST_SENTENCE: usize = 600;
/// What is kept on either side of the passage in a sentence that is cut.
const KEPT_ASIDE: usize = 240;

/// Abbreviations before a name; no sentence ends with them.
const TITLES: [&str; 34] = [
    "mr", "mrs", "ms", "mx", "dr", "prof", "st", "gen", "sen", "rep", "gov", "col", "lt", "sgt", "capt",
    "cmdr", "adm", "maj", "rev", "hon", "messrs", "mme", "mlle", "hr", "fr", "им", "ул", "пр", "стр", "см",
    "тов", "гн", "гр", "акад",
];

/// Other abbreviations; a sentence may end with them.
const ABBREVIATIONS: [&str; 66] = [
    "jr", "sr", "vs", "no", "nos", "nr", "inc", "corp", "co", "ltd", "bros", "etc", "approx", "dept", "est",
    "fig", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "a.m", "p.m",
    "bzw", "usw", "ca", "str", "tel", "evtl", "ggf", "vgl", "mio", "mrd", "abs", "art", "env", "av", "janv",
    "févr", "juil", "г", "гг", "др", "пр", "тыс", "млн", "млрд", "трлн", "руб", "коп", "долл", "проц", "обл",
    "рис", "ред", "прим", "км", "кв", "эт",
];

/// Words that in capitals begin a sentence.
const STARTERS: [&str; 120] = [
    "The",
    "A",
    "An",
    "He",
    "She",
    "It",
    "They",
    "We",
    "You",
    "But",
    "And",
    "In",
    "On",
    "At",
    "This",
    "That",
    "These",
    "Those",
    "His",
    "Her",
    "Its",
    "Their",
    "There",
    "However",
    "When",
    "While",
    "As",
    "If",
    "For",
    "After",
    "Before",
    "Since",
    "So",
    "Some",
    "Many",
    "Most",
    "Not",
    "What",
    "Who",
    "Why",
    "How",
    "According",
    "Last",
    "Meanwhile",
    "Earlier",
    "Later",
    "Now",
    "Then",
    "Yet",
    "Both",
    "Also",
    "With",
    "From",
    "By",
    "To",
    "Under",
    "Our",
    "My",
    "One",
    "Mr",
    "Mrs",
    "Ms",
    "Он",
    "Она",
    "Они",
    "Это",
    "В",
    "Во",
    "На",
    "По",
    "Как",
    "Но",
    "А",
    "И",
    "Мы",
    "Я",
    "Однако",
    "При",
    "После",
    "Также",
    "Об",
    "О",
    "С",
    "К",
    "Для",
    "Его",
    "Её",
    "Ее",
    "Их",
    "Der",
    "Die",
    "Das",
    "Ein",
    "Eine",
    "Er",
    "Sie",
    "Es",
    "Wir",
    "Im",
    "Am",
    "Aber",
    "Und",
    "Nach",
    "Auch",
    "Mit",
    "Bei",
    "Doch",
    "Le",
    "La",
    "Les",
    "Un",
    "Une",
    "Il",
    "Elle",
    "Ils",
    "Elles",
    "Ce",
    "Cette",
    "Mais",
    "Dans",
];

/// The sentence of `text` that holds the passage from byte `start` to byte `end`.
///
/// Without spaces around it, on character boundaries; more than one sentence if the passage spans
/// several, and only the passage with its surroundings if the sentence is very long. A passage
/// that is not inside the text is moved there.
///
/// ```
/// use wirewatch_query::sentence_at;
///
/// let text = "It began. Mr. Smith left the U.S. on Monday. It ended.";
/// assert_eq!(&text[sentence_at(text, 14, 19)], "Mr. Smith left the U.S. on Monday.");
/// ```
pub fn sentence_at(text: &str, start: usize, end: usize) -> Range<usize> {
    let start = floor(text, start);
    let end = floor(text, end.max(start));
    let holds = |range: &Range<usize>| range.start <= start && start < range.end.max(range.start + 1);
    let Some(paragraph) = paragraphs(text).find(|paragraph| holds(paragraph) || paragraph.start > start)
    else {
        return trimmed(text, start..end);
    };
    let mut whole: Option<Range<usize>> = None;
    for sentence in sentences(text, paragraph) {
        if sentence.end > start && (whole.is_none() || sentence.start < end) {
            let first = whole.map_or(sentence.start, |whole| whole.start);
            whole = Some(first..sentence.end);
        }
    }
    let whole = whole.unwrap_or(start..end);
    let whole = whole.start.min(start)..whole.end.max(end);
    trimmed(text, shortened(text, whole, start..end))
}

/// The paragraphs of a text, without the blanks between them.
pub(crate) fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let blank_lines = has_blank_line(text.trim());
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + (rest.len() - rest.trim_start().len());
        let end = paragraph_end(text, start, blank_lines);
        at = end;
        (start < end).then_some(start..end)
    })
}

/// The sentences of a paragraph, together the whole of it.
pub(crate) fn sentences(text: &str, paragraph: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let whole = text.get(..paragraph.end).unwrap_or(text);
    let mut start = paragraph.start;
    std::iter::from_fn(move || {
        let rest = whole.get(start..)?;
        let stops = rest.char_indices().filter(|(_, c)| is_stop(*c));
        let end = stops
            .filter_map(|(at, stop)| sentence_end(whole, start + at, stop))
            .next()
            .unwrap_or(whole.len());
        let sentence = start..end;
        start = end;
        (!sentence.is_empty()).then_some(sentence)
    })
}

/// Whether what stands between two words of a sentence parts clauses: a comma, colon, bracket or
/// the like, but neither dashes and slashes nor quotes.
pub(crate) fn parts_clauses(between: &str) -> bool {
    // Nearly always a space or a dash.
    between != " " && between.contains(parts)
}

fn parts(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | '!'
            | '?'
            | '…'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '|'
            | '•'
            | '،'
            | '؛'
            | '؟'
            | '。'
            | '、'
            | '，'
            | '；'
            | '：'
            | '！'
            | '？'
            | '（'
            | '）'
    )
}

fn has_blank_line(text: &str) -> bool {
    let mut lines = text.split('\n').skip(1);
    lines.any(|line| line.trim().is_empty())
}

/// The byte where the paragraph that starts at `start` ends, before any blanks.
fn paragraph_end(text: &str, start: usize, blank_lines: bool) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let ends = |&(at, _): &(usize, &str)| {
        let next = rest.get(at + 1..).unwrap_or_default();
        !blank_lines || next.split('\n').next().unwrap_or_default().trim().is_empty()
    };
    let end = rest.match_indices('\n').find(ends).map_or(rest.len(), |(at, _)| at);
    start + rest.get(..end).unwrap_or(rest).trim_end().len()
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟')
}

/// Where the sentence with a stop at `at` ends, if it does.
fn sentence_end(text: &str, at: usize, stop: char) -> Option<usize> {
    let after = text.get(at + stop.len_utf8()..)?;
    if after.starts_with(is_stop) {
        // The last of several stops decides.
        return None;
    }
    let before = text.get(..at)?;
    let closed = after.trim_start_matches(is_closing);
    let end = text.len() - closed.len();
    if matches!(stop, '。' | '！' | '？') || closed.is_empty() {
        return Some(end);
    }
    let next = closed.trim_start();
    if next.len() == closed.len() {
        return misses_space(before, next).then_some(end);
    }
    let next = next.trim_start_matches(is_opening);
    let ends = stop != '.' || before.ends_with(is_stop) || may_end(before, next);
    (ends && !next.starts_with(char::is_lowercase)).then_some(end)
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』')
}

fn is_opening(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '„' | '‘' | '«' | '(' | '[' | '-' | '–' | '—')
}

/// `Syria.The`: a stop between a small letter and a capitalised word.
fn misses_space(before: &str, next: &str) -> bool {
    let mut chars = next.chars();
    before.ends_with(char::is_lowercase)
        && chars.next().is_some_and(char::is_uppercase)
        && chars.next().is_some_and(char::is_lowercase)
}

/// Whether a dot between two texts may end a sentence, rather than an abbreviation only.
fn may_end(before: &str, next: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
    let lower = word.to_lowercase();
    if TITLES.contains(&lower.as_str()) {
        return false;
    }
    let letters =
        word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    // `14. Mai`: a short number may be an ordinal.
    let ordinal = word.len() <= 2 && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    if !letters && !ordinal && !ABBREVIATIONS.contains(&lower.as_str()) {
        return true;
    }
    let first = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let initial =
        next.get(first.len()..).is_some_and(|rest| rest.starts_with('.') && first.chars().count() == 1);
    STARTERS.contains(&first) && !initial
}

/// A long sentence cut to the surroundings of a passage, between words.
fn shortened(text: &str, sentence: Range<usize>, passage: Range<usize>) -> Range<usize> {
    if sentence.len() <= LONGEST_SENTENCE.max(passage.len()) {
        return sentence;
    }
    let first = floor(text, passage.start.saturating_sub(KEPT_ASIDE)).max(sentence.start);
    let last = floor(text, passage.end + KEPT_ASIDE).min(sentence.end);
    let lead = text.get(first..passage.start).unwrap_or_default();
    let tail = text.get(passage.end..last).unwrap_or_default();
    let start =
        if first == sentence.start { first } else { first + lead.find(char::is_whitespace).unwrap_or(0) };
    let kept =
        if last == sentence.end { tail.len() } else { tail.rfind(char::is_whitespace).unwrap_or(tail.len()) };
    start..passage.end + kept
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (inside.len() - inside.trim_start().len());
    let end = range.start + inside.trim_end().len();
    start.min(end)..end
}

/// The character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The sentences of a text that has one paragraph or more.
    fn split(text: &str) -> Vec<&str> {
        let all = paragraphs(text).flat_map(|paragraph| sentences(text, paragraph));
        all.map(|sentence| text[sentence].trim()).collect()
    }

    #[test]
    fn sentences_end_at_stops_and_not_at_abbreviations() {
        let cases: [(&str, &[&str]); 17] = [
            ("One. Two! Three? Four", &["One.", "Two!", "Three?", "Four"]),
            (
                "The U.S. President met Mr. Putin. He left.",
                &["The U.S. President met Mr. Putin.", "He left."],
            ),
            ("He left the U.S. The talks ended.", &["He left the U.S.", "The talks ended."]),
            ("He left the U.S. on Monday.", &["He left the U.S. on Monday."]),
            (
                "J. R. Smith and J. A. Doe came. Both left.",
                &["J. R. Smith and J. A. Doe came.", "Both left."],
            ),
            ("\"Why?\" he asked. \"No.\" She left.", &["\"Why?\" he asked.", "\"No.\"", "She left."]),
            ("He paid 3.5 million. It was Jan. 5 then.", &["He paid 3.5 million.", "It was Jan. 5 then."]),
            ("War in Syria.The end", &["War in Syria.", "The end"]),
            ("See example.com today. Or not.", &["See example.com today.", "Or not."]),
            ("Wait... what? Wait... What?", &["Wait... what?", "Wait...", "What?"]),
            ("В 2016 г. Путин и т. д. Однако он ушёл.", &["В 2016 г. Путин и т. д.", "Однако он ушёл."]),
            ("Президент В. В. Путин приехал. Он уехал.", &["Президент В. В. Путин приехал.", "Он уехал."]),
            ("Das ist z. B. Berlin am 14. Mai. Er kam.", &["Das ist z. B. Berlin am 14. Mai.", "Er kam."]),
            ("他来了。他走了。", &["他来了。", "他走了。"]),
            ("a\nb\n\nc", &["a\nb", "c"]),
            ("One\nTwo\n", &["One", "Two"]),
            ("  \n \n", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(split(text), expected, "the sentences of {text:?}");
        }
    }

    #[test]
    fn texts_made_to_hurt_are_split_in_passing() {
        for part in [".", "!?", ". ", ".\"", ". \" ", "\n", "\n \n", "a.", "Mr. "] {
            let text = part.repeat(100_000);
            assert!(split(&text).len() <= 100_001, "{part:?} repeated");
        }
    }

    #[test]
    fn long_sentences_are_cut_around_the_passage() {
        let text = format!("{}needle {}", "hay ".repeat(500), "straw ".repeat(500));
        let found = &text[sentence_at(&text, 2000, 2006)];
        assert!(found.len() <= LONGEST_SENTENCE && found.contains("hay needle straw"), "{found}");
    }

    #[test]
    fn passages_over_a_stop_get_both_sentences() {
        let text = "It was in Syria. The war went on. It ended.";
        assert_eq!(&text[sentence_at(text, 10, 19)], "It was in Syria. The war went on.");
    }

    proptest! {
        #[test]
        fn any_passage_has_a_sentence_inside_the_text(text in any::<String>(), start in 0usize..80, length in 0usize..20) {
            let sentence = sentence_at(&text, start, start + length);
            prop_assert!(text.get(sentence.clone()).is_some(), "{sentence:?} is no place in {text:?}");
        }

        #[test]
        fn sentences_cover_their_paragraph(text in "[a-zA-ZяЯ .!?\n\"年。…1U.S.]{0,40}") {
            for paragraph in paragraphs(&text) {
                let mut at = paragraph.start;
                for sentence in sentences(&text, paragraph.clone()) {
                    prop_assert_eq!(sentence.start, at);
                    at = sentence.end;
                }
                prop_assert_eq!(at, paragraph.end);
            }
        }
    }
}
