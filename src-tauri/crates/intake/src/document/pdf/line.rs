//! Lines: spans on a baseline to text in reading order.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::bidi::{Direction, EDGE, is_rtl, logical};
use super::layout::usual_size;
use super::pages::Span;

/// A line of text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) is_rtl: bool,
    /// Raised numbers and signs that refer to notes, left out of the text.
    pub(super) marks: Vec<String>,
    /// The mark that it begins with, if it is a note itself.
    pub(super) begins_with: Option<String>,
}

/// White between two glyphs that is a space, in parts of the size.
const SPACE: f32 = 0.16;

/// And one that parts cells.
const CELL: f32 = 2.0;

/// Glyphs that begin nearer to each other (in points) are one.
const SAME_PLACE: f32 = 0.01;

/// Half the width of a vowel sign, in parts of the size: its own glyph takes no room.
const HALF_OF_A_MARK: f32 = 0.15;

/// How far apart (in parts of the size) baselines of one line may be: indices and exponents.
const SAME_LINE: f32 = 0.48;

/// The lines of a region, from top to bottom.
pub(super) fn lines(spans: Vec<Span>, direction: Direction) -> Vec<Line> {
    rows(spans).into_iter().map(|row| line(row, direction)).filter(|line| !line.text.is_empty()).collect()
}

/// Spans that share a baseline, from top to bottom.
pub(super) fn rows(mut spans: Vec<Span>) -> Vec<Vec<Span>> {
    spans.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<Span>> = Vec::new();
    for span in spans {
        // Only the nearest one above: a row that drifts must not be walked for each of its spans.
        let fits = |row: &&mut Vec<Span>| {
            row.last().is_some_and(|other| (other.y - span.y).abs() < SAME_LINE * other.size.max(span.size))
        };
        match rows.last_mut().filter(fits) {
            Some(row) => row.push(span),
            None => rows.push(vec![span]),
        }
    }
    rows
}

/// What one or more characters of a line are, and where they stand.
struct Unit {
    left: f32,
    right: f32,
    size: f32,
    text: String,
}

fn line(spans: Vec<Span>, direction: Direction) -> Line {
    let size = usual_size(&spans);
    let y = spans.iter().find(|span| span.size >= size * 0.9).map_or(0.0, |span| span.y);
    let (marks, spans): (Vec<Span>, Vec<Span>) =
        spans.into_iter().partition(|span| is_note_mark(span, size, y));
    let letters: usize = spans.iter().map(|span| span.glyphs.len()).sum();
    let bold: usize = spans.iter().filter(|span| span.bold).map(|span| span.glyphs.len()).sum();
    let (left, right) =
        spans.iter().fold((f32::MAX, f32::MIN), |(l, r), span| (l.min(span.left), r.max(span.right)));
    let is_rtl = direction == Direction::RightToLeft && is_mostly_rtl(&spans);
    let begins = |mark: &&Span| if is_rtl { mark.left >= right - 1.0 } else { mark.right <= left + 1.0 };
    Line {
        text: crate::plain::line(&unfolded(&reading_order(&spans, is_rtl))),
        left,
        right,
        y,
        size,
        bold: bold * 2 > letters,
        is_rtl,
        begins_with: marks.iter().find(begins).map(sign),
        marks: marks.iter().map(sign).collect(),
    }
}

/// What spans on a baseline say.
fn reading_order(spans: &[Span], is_rtl: bool) -> String {
    let has_rtl = spans.iter().flat_map(|span| &span.glyphs).any(|(_, c)| self::is_rtl(*c));
    let mut units: Vec<Unit> = spans.iter().flat_map(|span| units(span, has_rtl)).collect();
    units.sort_by(|a, b| a.left.total_cmp(&b.left));
    drop_shadows(&mut units);
    if has_rtl { logical(spaced(with_marks(units)), is_rtl) } else { spaced(units).concat() }
}

/// Whether most letters of spans belong to scripts that run from right to left.
pub(super) fn is_mostly_rtl(spans: &[Span]) -> bool {
    let letters = || spans.iter().flat_map(|span| &span.glyphs).filter(|(_, c)| c.is_alphabetic());
    letters().filter(|(_, c)| is_rtl(*c)).count() * 2 > letters().count()
}

fn sign(mark: &Span) -> String {
    mark.glyphs.iter().map(|(_, c)| *c).filter(|c| !c.is_whitespace()).collect()
}

/// A small raised number or sign: the mark of a note.
fn is_note_mark(span: &Span, size: f32, y: f32) -> bool {
    let is_mark = |c: char| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡' | ',' | ' ' | '¹' | '²' | '³');
    span.size < size * 0.8
        && span.y > y + size * 0.15
        && span.glyphs.len() <= 4
        && span.glyphs.iter().all(|(_, c)| is_mark(*c))
}

/// A span in units that keep their order: whole, or in smaller ones where the line has text from
/// right to left.
fn units(span: &Span, has_rtl: bool) -> Vec<Unit> {
    if !has_rtl {
        return vec![Unit { left: span.left, right: span.right, size: span.size, text: text(&span.glyphs) }];
    }
    let letters = span.glyphs.iter().filter(|(_, c)| !is_combining_mark(*c));
    let mut starts: Vec<f32> = letters.map(|(x, _)| *x).collect();
    starts.sort_by(f32::total_cmp);
    let unit = |glyphs: &[(f32, char)]| {
        let (left, last) = glyphs.iter().fold((f32::MAX, f32::MIN), |(l, r), (x, _)| (l.min(*x), r.max(*x)));
        let next = starts.get(starts.partition_point(|&x| x <= last + SAME_PLACE));
        let right = next.copied().unwrap_or(span.right).max(left);
        Unit { left, right, size: span.size, text: text(glyphs) }
    };
    span.glyphs.chunk_by(|a, b| is_one_unit(span, a, b)).map(unit).collect()
}

/// What glyphs at one place or of one word say: a vowel sign that is painted first is read last.
fn text(glyphs: &[(f32, char)]) -> String {
    let marks = glyphs.iter().take_while(|(_, c)| is_combining_mark(*c)).count();
    let (marks, letters) = glyphs.split_at(marks);
    letters.iter().chain(marks).map(|(_, c)| *c).collect()
}

/// Whether two neighbours of a span cannot be parted: what one glyph shows; and in reading order, a
/// word. White space can be: a span in reading order may end in the space that is painted before it.
fn is_one_unit(span: &Span, a: &(f32, char), b: &(f32, char)) -> bool {
    let is_one_glyph = (a.0 - b.0).abs() < SAME_PLACE;
    is_one_glyph || span.logical && a.1.is_whitespace() == b.1.is_whitespace()
}

/// Joins vowel signs, which have places of their own, to the letters that they stand on; units from
/// left to right.
fn with_marks(units: Vec<Unit>) -> Vec<Unit> {
    let mut joined: Vec<Unit> = Vec::with_capacity(units.len());
    let mut waiting = String::new();
    for mut unit in units {
        let is_mark = unit.text.chars().all(is_combining_mark);
        let middle = unit.left + unit.size * HALF_OF_A_MARK;
        let under = joined.last_mut().filter(|letter| is_mark && middle < letter.right);
        match under {
            Some(letter) => letter.text.push_str(&unit.text),
            None if is_mark => waiting.push_str(&unit.text),
            None => {
                unit.text.push_str(&std::mem::take(&mut waiting));
                joined.push(unit);
            }
        }
    }
    if let Some(last) = joined.last_mut() {
        last.text.push_str(&waiting);
    }
    joined
}

/// Bold that is painted twice is read once, and so is a letter whose vowel sign, which takes no room of
/// its own, claims to be the letter as well.
fn drop_shadows(units: &mut Vec<Unit>) {
    units.dedup_by(|second, first| {
        let near = (second.left - first.left).abs() < 0.1 * first.size;
        let takes_no_room = |unit: &Unit| unit.right - unit.left < SAME_PLACE;
        let is_shadow = (near || takes_no_room(first) || takes_no_room(second))
            && second.text == first.text
            && !second.text.trim().is_empty();
        if is_shadow {
            first.right = first.right.max(second.right);
        }
        is_shadow
    });
}

/// The units from left to right, with spaces where there is white between them.
fn spaced(units: Vec<Unit>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(units.len());
    let mut reach: Option<f32> = None;
    for unit in units {
        let gap = reach.map_or(0.0, |reach| unit.left - reach);
        let has_space = unit.text.starts_with(' ') || out.last().is_some_and(|last| last.ends_with(' '));
        if gap > SPACE * unit.size && (!has_space || gap > CELL * unit.size) {
            out.push(if gap > CELL * unit.size { EDGE.to_owned() } else { " ".to_owned() });
        }
        reach = Some(reach.map_or(unit.right, |reach| reach.max(unit.right)));
        out.push(unit.text);
    }
    out
}

/// Ligatures and presentation forms as the letters that they show, and hyphens of engines as soft
/// ones at the end of the line, where they count.
fn unfolded(text: &str) -> String {
    let is_soft = |c: char| matches!(c, '\u{ad}' | '\u{fffe}' | '\u{2}');
    let text = text.trim_end();
    let ends_soft = text.ends_with(is_soft);
    let text = text.replace(is_soft, "") + if ends_soft { "\u{ad}" } else { "" };
    let is_form = |c: char| matches!(c, '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if !text.contains(is_form) {
        return text.nfc().collect();
    }
    let shown =
        |c: char| if is_form(c) { std::iter::once(c).nfkc().collect::<String>() } else { c.to_string() };
    text.chars().map(shown).collect::<String>().nfc().collect()
}

/// Characters of scripts without spaces.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{303f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A span of 10 points that is painted from these places on.
    fn span(text: &str, places: &[f32], logical: bool) -> Span {
        let glyphs: Vec<(f32, char)> = places.iter().copied().zip(text.chars()).collect();
        let edge = |outermost: fn(f32, f32) -> f32| places.iter().copied().reduce(outermost).unwrap();
        let (left, right) = (edge(f32::min), edge(f32::max) + 5.0);
        Span { glyphs, logical, left, right, y: 0.0, size: 10.0, bold: false }
    }

    #[test]
    fn a_space_of_a_word_in_reading_order_stands_where_it_is_painted() {
        // As `ReversedChars` has it (ISO 32000-1, 14.8.2.3.3): the space is painted last, and read first.
        let words = vec![
            span("עולם ", &[15.0, 10.0, 5.0, 0.0, 20.0], true),
            span("שלום", &[40.0, 35.0, 30.0, 25.0], true),
        ];
        assert_eq!(line(words, Direction::RightToLeft).text, "שלום עולם");
    }

    #[test]
    fn a_vowel_sign_that_claims_to_be_its_letter_is_read_once() {
        let mut sign = span("בַ", &[6.2, 6.2], false);
        sign.right = sign.left;
        let line =
            line(vec![span("א", &[0.0], true), sign, span("בַ", &[5.0, 5.0], true)], Direction::RightToLeft);
        assert_eq!(line.text, "בַא");
    }

    #[test]
    fn a_vowel_sign_follows_its_letter_wherever_it_is_painted() {
        for (painted, places, why) in [
            ("בַא", [0.0, 1.0, 5.0], "over its letter, painted after it"),
            ("ַבא", [1.0, 0.0, 5.0], "over its letter, painted before it"),
            ("ַבא", [0.0, 0.0, 5.0], "where its letter begins"),
            ("ַבא", [-1.0, 0.0, 5.0], "wider than its letter"),
        ] {
            let line = line(vec![span(painted, &places, false)], Direction::RightToLeft);
            assert_eq!(line.text, "אבַ", "{why}");
        }
    }

    #[test]
    fn ligatures_are_letters() {
        assert_eq!(unfolded("e\u{fb03}cient \u{fefb}"), "efficient \u{644}\u{627}");
    }
}
