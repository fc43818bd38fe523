//! The gist of an article in a few hundred characters: its opening, and the sentence that shows best
//! why the topic wanted it.
//!
//! On real wire stories this keeps the news (graph-based extractors lost the lead in a third of them)
//! and shows a watched word in every summary.

use std::collections::BTreeSet;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use wirewatch_model::{Field, Hit, ParsedArticle};

use crate::clean::{Line, clean};
use crate::{SUMMARY_LIMIT, Segment};

/// The most that the opening may take when a second sentence has to fit too, in characters.
const OPENING_SHARE: usize = 190;
/// What is left standing before a hit when the beginning of its sentence is cut, in characters.
const RUN_UP: usize = 60;
/// Between sentences that are not neighbours.
const GAP: &str = " … ";

/// Sums up an article for a topic that found these hits in it.
pub(crate) fn summary(content: &ParsedArticle, hits: &[Hit]) -> Vec<Segment> {
    let body = Marked::new(&content.text, Field::Body, hits);
    let lead = Marked::new(content.lead.as_deref().unwrap_or_default(), Field::Lead, hits);
    let sentences = sentences(body.text);
    let (opening, rest) = match sentences.split_first() {
        _ if !lead.text.trim().is_empty() => (lead.passage(0..lead.text.len()), &sentences[..]),
        Some((first, rest)) => (body.passage(after_dateline(body.text, first.clone())), rest),
        None => return Vec::new(),
    };
    let mut line = Line::default();
    match best(&body, rest, &opening) {
        None => opening.cut(SUMMARY_LIMIT).write(&mut line),
        Some(best) => {
            let left = SUMMARY_LIMIT - GAP.chars().count();
            let best = best.cut(left - opening.chars().min(OPENING_SHARE));
            let opening = opening.cut(left - best.chars());
            // One mark of omission is enough.
            let omission_shown = opening.cut.back || best.cut.front;
            let joint = if omission_shown || opening.touches(&best) { " " } else { GAP };
            opening.write(&mut line);
            joint.chars().for_each(|c| line.push(c, false));
            best.write(&mut line);
        }
    }
    line.into_segments()
}

/// The first sentence, for an article without a headline.
pub(crate) fn first_sentence(text: &str, limit: usize) -> String {
    let body = Marked::new(text, Field::Body, &[]);
    let mut line = Line::default();
    if let Some(first) = sentences(text).first() {
        body.passage(first.clone()).cut(limit).write(&mut line);
    }
    line.into_segments().into_iter().map(|segment| segment.text).collect()
}

/// The sentence with the most different hits, the earliest of equals, if it shows any that the
/// opening does not.
fn best<'a>(body: &'a Marked<'_>, rest: &[Range<usize>], opening: &Passage<'_>) -> Option<Passage<'a>> {
    let shown = opening.words_hit();
    let opening_text = clean(opening.text());
    rest.iter()
        .map(|range| body.passage(range.clone()))
        .filter(|passage| !passage.words_hit().is_subset(&shown))
        // A lead that repeats the body's first sentence must not be repeated once more.
        .filter(|passage| !opening_text.contains(&clean(passage.text())))
        .rev()
        .max_by_key(|passage| passage.words_hit().len())
}

/// The text of a field with the hits in it.
struct Marked<'a> {
    text: &'a str,
    /// In order, none overlapping, each a slice of the text.
    hits: Vec<Range<usize>>,
}

impl<'a> Marked<'a> {
    fn new(text: &'a str, field: Field, hits: &[Hit]) -> Marked<'a> {
        let mut found: Vec<_> =
            hits.iter().filter(|hit| hit.field == field).map(|hit| hit.start..hit.end).collect();
        // Hits were found in the text as it was then; it may have been replaced since.
        found.retain(|hit| text.get(hit.clone()).is_some_and(|words| !words.is_empty()));
        found.sort_unstable_by_key(|hit| (hit.start, hit.end));
        found.dedup_by(|next, hit| {
            let overlap = next.start < hit.end;
            if overlap {
                hit.end = hit.end.max(next.end);
            }
            overlap
        });
        Marked { text, hits: found }
    }

    fn passage(&self, range: Range<usize>) -> Passage<'_> {
        let first = self.hits.partition_point(|hit| hit.end <= range.start);
        let past = self.hits.partition_point(|hit| hit.start < range.end);
        Passage { field: self.text, hits: &self.hits[first..past.max(first)], range, cut: Cut::default() }
    }
}

/// A part of a field that may go into the summary.
#[derive(Clone)]
struct Passage<'a> {
    field: &'a str,
    range: Range<usize>,
    /// Those that reach into the range.
    hits: &'a [Range<usize>],
    cut: Cut,
}

/// Where a passage was shortened.
#[derive(Clone, Copy, Default)]
struct Cut {
    front: bool,
    back: bool,
}

impl<'a> Passage<'a> {
    fn text(&self) -> &'a str {
        self.field.get(self.range.clone()).unwrap_or_default()
    }

    /// Length in characters, marks of omission included.
    fn chars(&self) -> usize {
        self.text().chars().count() + usize::from(self.cut.front) + usize::from(self.cut.back)
    }

    /// The different words that are hit, in lower case.
    fn words_hit(&self) -> BTreeSet<String> {
        self.hits.iter().filter_map(|hit| self.field.get(hit.clone())).map(str::to_lowercase).collect()
    }

    /// True if only blanks lie between this passage and the next.
    fn touches(&self, next: &Passage<'_>) -> bool {
        std::ptr::eq(self.field, next.field)
            && self
                .field
                .get(self.range.end..next.range.start)
                .is_some_and(|between| between.trim().is_empty())
    }

    /// Shortened to so many characters, at blanks where there are any, with its first hit kept.
    fn cut(mut self, limit: usize) -> Passage<'a> {
        if self.chars() <= limit {
            return self;
        }
        if let Some(hit) = self.hits.first().filter(|hit| hit.end <= self.range.end) {
            let end = self.field[self.range.start..hit.end].chars().count();
            if end >= limit {
                let start = nth_char(self.text(), end.saturating_sub(limit.min(RUN_UP)));
                self.range.start += next_word(self.text(), start);
                self.cut.front = true;
            }
        }
        if self.chars() > limit {
            // Two characters for the marks of omission at both ends.
            let end = nth_char(self.text(), limit.saturating_sub(2));
            self.range.end = self.range.start + word_end(self.text(), end);
            self.cut.back = true;
        }
        self
    }

    fn write(&self, line: &mut Line) {
        if self.cut.front {
            line.push('…', false);
        }
        for (offset, c) in self.text().char_indices() {
            let offset = self.range.start + offset;
            line.push(c, self.hits.iter().any(|hit| hit.contains(&offset)));
        }
        if self.cut.back {
            line.push('…', false);
        }
    }
}

/// The byte at which the n-th character begins, or the end.
fn nth_char(text: &str, n: usize) -> usize {
    text.char_indices().nth(n).map_or(text.len(), |(offset, _)| offset)
}

/// The start of the first word at or after a byte; the byte itself if there is no blank behind it.
fn next_word(text: &str, from: usize) -> usize {
    match text[from..].find(char::is_whitespace) {
        Some(blank) => from + blank + 1,
        None => from,
    }
}

/// The end of the last word that ends at or before a byte; the byte itself in an endless word.
fn word_end(text: &str, to: usize) -> usize {
    let kept = text[..to].rfind(char::is_whitespace).map_or("", |blank| &text[..blank]);
    if kept.is_empty() { to } else { kept.trim_end_matches([',', ';', ':', '–', '—', '-', ' ']).len() }
}

/// Words after which a full stop ends no sentence; single letters (`U.S.`, `т. д.`, `z. B.`) besides.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "gen", "col", "lt", "sgt", "capt", "sen", "rep", "gov", "jr",
    "sr", "vs", "no", "inc", "corp", "ltd", "co", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "гг",
    "ул", "им", "тыс", "млн", "млрд", "руб", "проф", "bzw", "usw", "ca", "nr", "abs", "mme", "mlle",
];

/// The sentences as byte ranges: UAX 29, mended for abbreviations and lines wrapped by hand.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for (start, piece) in text.split_sentence_bound_indices() {
        let end = start + piece.trim_end().len();
        let blank_line = end == start || piece[piece.trim_end().len()..].matches('\n').count() > 1;
        if end > start {
            open = Some(open.map_or(start, |open| open.start)..end);
        }
        if (blank_line || ends_sentence(piece.trim_end()))
            && let Some(whole) = open.take()
        {
            found.push(whole);
        }
    }
    found.extend(open);
    found
}

fn ends_sentence(piece: &str) -> bool {
    let bare = piece.trim_end_matches(['"', '\'', '”', '’', '»', '“', ')', ']']);
    let Some(before_stop) = bare.strip_suffix('.') else {
        return bare.ends_with(['?', '!', '…', '。', '！', '？', ';']);
    };
    let word = before_stop.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let one_letter = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    !one_letter && !ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// Skips a dateline such as `MOSCOW, May 14 (Reuters) - `: a place in capitals before the first dash.
fn after_dateline(text: &str, sentence: Range<usize>) -> Range<usize> {
    /// A dateline is short; a dash further on belongs to the sentence. In bytes.
    const LONGEST: usize = 70;
    let words = &text[sentence.clone()];
    let capitals = words.chars().take_while(|c| c.is_uppercase()).count();
    let dash =
        [" - ", " – ", " — ", " -- "].iter().filter_map(|dash| Some((words.find(dash)?, dash.len()))).min();
    match dash {
        Some((at, length)) if capitals >= 3 && at < LONGEST => sentence.start + at + length..sentence.end,
        _ => sentence,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn article(lead: Option<&str>, text: &str) -> ParsedArticle {
        ParsedArticle { lead: lead.map(Into::into), text: text.into(), ..ParsedArticle::default() }
    }

    /// Hits at every occurrence of these words in the body.
    fn hits(text: &str, words: &[&str]) -> Vec<Hit> {
        let hit = |(start, word): (usize, &str)| Hit { field: Field::Body, start, end: start + word.len() };
        words.iter().flat_map(|word| text.match_indices(word).map(hit)).collect()
    }

    /// As text, hits in brackets.
    fn shown(segments: &[Segment]) -> String {
        segments.iter().map(|s| if s.hit { format!("[{}]", s.text) } else { s.text.clone() }).collect()
    }

    #[test]
    fn a_summary_is_the_opening_and_the_sentence_that_tells_why() {
        for (lead, text, words, want) in [
            (
                None,
                "Ministers met. They talked.\n\nMoscow agreed.",
                &["Moscow"][..],
                "Ministers met. … [Moscow] agreed.",
            ),
            (
                None,
                "Ministers met.\nMoscow agreed. They left.",
                &["Moscow"],
                "Ministers met. [Moscow] agreed.",
            ),
            (None, "Moscow met Kyiv. Moscow agreed.", &["Moscow"], "[Moscow] met Kyiv."),
            (Some("In short."), "Ministers met. Moscow agreed.", &["Moscow"], "In short. … [Moscow] agreed."),
            (Some("Moscow agreed."), "Moscow agreed. They left.", &["Moscow"], "Moscow agreed."),
            (None, "One. Moscow. Moscow and Kyiv.", &["Moscow", "Kyiv"], "One. … [Moscow] and [Kyiv]."),
            (
                None,
                "SOCHI, May 14 (Agency) - The U.S. Secretary met Mr. Lavrov. Done.",
                &[],
                "The U.S. Secretary met Mr. Lavrov.",
            ),
            (
                None,
                "Переговоры прошли в 2019 г. в Сочи. Москва согласна.",
                &["Москва"],
                "Переговоры прошли в 2019 г. в Сочи. [Москва] согласна.",
            ),
            (None, "wrapped\nby hand. Next", &[], "wrapped by hand."),
            (None, "", &["x"], ""),
        ] {
            let content = article(lead, text);
            assert_eq!(shown(&summary(&content, &hits(text, words))), want, "{lead:?} {text:?}");
        }
    }

    #[test]
    fn a_long_sentence_is_cut_around_its_hit() {
        let text = format!(
            "{}. {}Moscow agreed {}.",
            "Opening word ".repeat(40),
            "Far away ".repeat(60),
            "and on ".repeat(60)
        );
        let shown = shown(&summary(&article(None, &text), &hits(&text, &["Moscow"])));
        assert!(shown.contains("[Moscow] agreed"), "{shown}");
        assert!(shown.chars().count() <= SUMMARY_LIMIT + 2, "{shown}");
        assert!(shown.contains("word… …"), "both cuts are marked: {shown}");
        assert!(shown.ends_with('…'), "{shown}");
    }

    #[test]
    fn hits_that_overlap_are_one() {
        let spans = [(0, 6), (4, 9), (7, 9)].map(|(start, end)| Hit { field: Field::Body, start, end });
        assert_eq!(shown(&summary(&article(None, "Moscow is big."), &spans)), "[Moscow is] big.");
    }

    #[test]
    fn hits_that_do_not_fit_the_text_are_ignored() {
        let wild = [(3, 4), (40, 90), (7, 2)].map(|(start, end)| Hit { field: Field::Body, start, end });
        assert_eq!(
            summary(&article(None, "ёё met."), &wild).iter().map(|s| s.text.as_str()).collect::<String>(),
            "ёё met."
        );
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_limit(text in "(\\PC|[. \n]){0,900}", lead in proptest::option::of("\\PC{0,400}"), spans in proptest::collection::vec((0usize..900, 1usize..30), 0..6)) {
            let hits: Vec<_> = spans.iter().map(|&(start, length)| Hit { field: Field::Body, start, end: start + length }).collect();
            let segments = summary(&article(lead.as_deref(), &text), &hits);
            let length: usize = segments.iter().map(|s| s.text.chars().count()).sum();
            prop_assert!(length <= SUMMARY_LIMIT, "{} characters", length);
            prop_assert!(segments.iter().all(|s| !s.text.is_empty()));
        }
    }
}
