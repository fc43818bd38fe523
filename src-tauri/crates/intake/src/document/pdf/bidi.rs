//! Text that runs in both directions: from the order that it is painted in to the order that it is
//! read in. Crates of the bidirectional algorithm go the other way, and know of neither cells nor
//! paragraphs that are set in the wrong direction.

use super::line::{is_mostly_rtl, rows};
use super::pages::{Span, Spans};

/// Wide white, which parts cells; the text on both sides of it stands for itself.
pub(super) const EDGE: &str = "\t";

/// What ends a clause.
const ENDS: [char; 8] = ['.', '!', '?', '؟', '،', ',', ':', ';'];

/// The direction of the paragraphs that text from right to left stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// Set as if it were English: flush left, the full stop at the right.
    LeftToRight,
    /// As it should be, and as text without such letters does not mind.
    RightToLeft,
}

impl Direction {
    /// Told by where sentences end: programs that do not know better set Arabic as if it were English.
    pub(super) fn of(pages: &[Spans]) -> Direction {
        let rows =
            pages.iter().filter(|page| is_mostly_rtl(&page.spans)).flat_map(|page| rows(page.spans.clone()));
        let votes: i32 = rows.map(|row| vote(&row)).sum();
        if votes > 0 { Direction::LeftToRight } else { Direction::RightToLeft }
    }
}

/// 1 for a row that ends at the right, -1 for one that ends at the left.
fn vote(row: &[Span]) -> i32 {
    let glyphs = || row.iter().flat_map(|span| &span.glyphs).filter(|(_, c)| !c.is_whitespace());
    let has_rtl = glyphs().any(|(_, c)| is_rtl(*c));
    let ends = |glyph: Option<&(f32, char)>| glyph.is_some_and(|(_, c)| matches!(c, '.' | '!' | '?' | '؟'));
    let left = ends(glyphs().min_by(|a, b| a.0.total_cmp(&b.0)));
    let right = ends(glyphs().max_by(|a, b| a.0.total_cmp(&b.0)));
    i32::from(has_rtl) * (i32::from(right) - i32::from(left))
}

/// Units in the order that they are painted in to the order that they are read in: runs of one
/// direction keep theirs, and the runs follow each other in the direction of the line (UAX #9,
/// backwards).
pub(super) fn logical(visual: Vec<String>, is_rtl: bool) -> String {
    let units = whole_numbers(visual);
    let directions = directions(&units, is_rtl);
    let mut runs: Vec<(bool, Vec<String>)> = Vec::new();
    for (unit, rtl) in units.into_iter().zip(directions) {
        match runs.last_mut().filter(|(run, _)| *run == rtl) {
            Some((_, units)) => units.push(unit),
            None => runs.push((rtl, vec![unit])),
        }
    }
    if is_rtl {
        runs.reverse();
    }
    runs.into_iter()
        .map(|(rtl, mut units)| {
            if rtl {
                units.reverse();
            }
            units.concat()
        })
        .collect()
}

/// Joins the digits of each number, which are read from left to right wherever they stand, with the
/// point or colon between them.
fn whole_numbers(visual: Vec<String>) -> Vec<String> {
    let mut units: Vec<String> = Vec::with_capacity(visual.len());
    let mut visual = visual.into_iter().peekable();
    while let Some(unit) = visual.next() {
        let is_number = |unit: Option<&String>| unit.is_some_and(|unit| Class::of(unit) == Class::Number);
        let is_point = matches!(unit.as_str(), "." | "," | ":" | "/" | "٫" | "٬") && is_number(visual.peek());
        match units.last_mut().filter(|last| is_number(Some(last))) {
            Some(last) if is_point || is_number(Some(&unit)) => last.push_str(&unit),
            _ => units.push(unit),
        }
    }
    units
}

/// What decides about the direction of a unit.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Left,
    Right,
    /// Read from left to right, but with its neighbours in the direction that these have.
    Number,
    Neutral,
    /// White between two cells.
    Edge,
}

impl Class {
    fn of(unit: &str) -> Class {
        match unit.chars().find(|c| c.is_alphanumeric()) {
            Some(c) if c.is_numeric() => Class::Number,
            Some(c) if is_rtl(c) => Class::Right,
            Some(_) => Class::Left,
            None if unit == EDGE => Class::Edge,
            None => Class::Neutral,
        }
    }
}

/// Whether each unit of a line belongs to a run from right to left. What stands between two units does
/// as both of them do, or else as the line does.
fn directions(units: &[String], is_rtl: bool) -> Vec<bool> {
    let classes: Vec<Class> = units.iter().map(|unit| Class::of(unit)).collect();
    let mut strong: Vec<Option<bool>> = classes
        .iter()
        .zip(after_left(&classes, is_rtl))
        .map(|(class, after_left)| match class {
            Class::Left => Some(false),
            Class::Right => Some(true),
            Class::Number => Some(!after_left),
            Class::Edge => Some(is_rtl),
            Class::Neutral => None,
        })
        .collect();
    let ends = if is_rtl { 0 } else { clause_ends(units, &classes) };
    strong.iter_mut().take(ends).for_each(|own| *own = Some(true));
    let before = nearest(strong.iter(), is_rtl);
    let mut behind = nearest(strong.iter().rev(), is_rtl);
    behind.reverse();
    let between = before.into_iter().zip(behind).map(|(a, b)| if a == b { a } else { is_rtl });
    strong.into_iter().zip(between).map(|(own, between)| own.unwrap_or(between)).collect()
}

/// For each unit, the direction of the nearest strong one before it.
fn nearest<'a>(strong: impl Iterator<Item = &'a Option<bool>>, is_rtl: bool) -> Vec<bool> {
    let mut last = is_rtl;
    let follow = |own: &Option<bool>| {
        let next = own.unwrap_or(last);
        std::mem::replace(&mut last, next)
    };
    strong.map(follow).collect()
}

/// Which units stand behind a word that runs from left to right: a number there belongs to it. One
/// that begins a line belongs to what follows.
fn after_left(classes: &[Class], is_rtl: bool) -> Vec<bool> {
    let first = classes.iter().find(|class| matches!(class, Class::Left | Class::Right));
    let mut left = !is_rtl && first != Some(&Class::Right);
    let follow = |class: &Class| {
        match class {
            Class::Left => left = true,
            Class::Right => left = false,
            Class::Edge => left = !is_rtl,
            Class::Number | Class::Neutral => {}
        }
        left
    };
    classes.iter().map(follow).collect()
}

/// How many units at the left of a line that is set from left to right end a clause that goes on below.
fn clause_ends(units: &[String], classes: &[Class]) -> usize {
    let is_end = |unit: &String| unit.chars().all(|c| c.is_whitespace() || ENDS.contains(&c));
    let ends = units.iter().take_while(|unit| is_end(unit)).count();
    if classes.get(ends) == Some(&Class::Right) { ends } else { 0 }
}

/// Whether words begin with letters that only end words: then the file lies about the order of its
/// letters, and no order can be trusted.
pub(super) fn is_backwards(text: &str) -> bool {
    let is_final = |c: Option<char>| c.is_some_and(|c| FINAL.contains(&c));
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().nth(1).is_some());
    let first = words().filter(|word| is_final(word.chars().next())).count();
    let last = words().filter(|word| is_final(word.chars().next_back())).count();
    first > FEWEST_WITNESSES && first > last
}

/// Arabic and Hebrew letters that stand at the end of words only.
const FINAL: [char; 7] = ['ة', 'ى', 'ך', 'ם', 'ן', 'ף', 'ץ'];

/// So many words may begin strangely in any text.
const FEWEST_WITNESSES: usize = 4;

/// Letters of scripts that run from right to left.
pub(super) fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_begin_with_final_letters_are_backwards() {
        let forwards = "מים שלום ימים ארץ קיץ סוף ";
        let backwards: String = forwards.chars().rev().collect();
        assert!(!is_backwards(&forwards.repeat(3)) && is_backwards(&backwards.repeat(3)));
        assert!(!is_backwards("Nothing of that kind."), "no such letters");
    }

    #[test]
    fn the_direction_of_paragraphs_is_told_by_where_their_sentences_end() {
        for (painted, want) in [
            (["םולש םולש", "םולש"], Direction::RightToLeft),
            (["םולש", ".םולש"], Direction::RightToLeft),
            (["םולש", "םולש."], Direction::LeftToRight),
            (["Peace.", "Peace."], Direction::RightToLeft),
        ] {
            let spans = painted.iter().zip([20.0, 0.0]).map(|(text, y)| {
                let glyphs: Vec<(f32, char)> = text.chars().enumerate().map(|(x, c)| (x as f32, c)).collect();
                Span { glyphs, logical: false, left: 0.0, right: 50.0, y, size: 10.0, bold: false }
            });
            let page = Spans { spans: spans.collect(), bottom: 0.0, top: 100.0 };
            assert_eq!(Direction::of(&[page]), want, "{painted:?}");
        }
    }

    #[test]
    fn painted_order_becomes_reading_order() {
        for (painted, is_rtl, want) in [
            ("םולש", true, "שלום"),
            ("12 םולש", true, "שלום 12"),
            ("םולש IBM 2019 םולש", true, "שלום IBM 2019 שלום"),
            ("2019 45 םולש", true, "שלום 45 2019"),
            ("English, תנש 2019 םולש", false, "English, שלום 2019 שנת"),
            ("3.5 תנש ,םולש", false, "שלום, שנת 3.5"),
            (",םולש תנש", false, "שנת שלום,"),
            ("םולש\t45\t2019", false, "שלום\t45\t2019"),
            ("• םולש", false, "• שלום"),
            ("12:30 ,3.5 םולש", true, "שלום 3.5, 12:30"),
            ("IBM said םולש twice", false, "IBM said שלום twice"),
            ("𞤢𞤁 12", true, "12 𞤁𞤢"),
        ] {
            let units = painted.chars().map(String::from).collect();
            assert_eq!(logical(units, is_rtl), want, "{painted}");
        }
    }
}
