//! Footnotes: small lines at the foot of a column that begin with a number, to which the text above
//! them refers.

use super::layout::{Page, Region, weighted_median};
use super::line::Line;

/// A note is set smaller than the body by this factor at least.
const SMALL: f32 = 0.93;

/// Signs that count notes where numbers do not.
const SIGNS: &[char] = &['*', '†', '‡'];

/// A page with more lines is none of paper, and its lines are not compared with each other; a dense
/// page of a newspaper has a thousand.
const MOST_LINES: usize = 5_000;

/// Takes the footnotes out of pages.
pub(super) fn remove(pages: &mut [Page]) {
    let mut sizes: Vec<(f32, usize)> =
        pages.iter().flat_map(lines_of).map(|line| (line.size, line.text.len())).collect();
    let body = weighted_median(&mut sizes);
    for page in pages.iter_mut().filter(|page| lines_of(page).count() <= MOST_LINES) {
        let ends: Vec<usize> = page.regions.iter().map(|region| end_of_text(page, region, body)).collect();
        for (region, end) in page.regions.iter_mut().zip(ends) {
            region.lines.truncate(end);
        }
        page.regions.retain(|region| !region.lines.is_empty());
    }
}

fn lines_of(page: &Page) -> impl Iterator<Item = &Line> {
    page.regions.iter().flat_map(|region| &region.lines)
}

/// How many lines of a region stand before its notes.
fn end_of_text(page: &Page, region: &Region, body: f32) -> usize {
    // A page number below the notes is none of the text.
    let is_small = |line: &Line| line.size < body * SMALL || !line.text.contains(char::is_alphabetic);
    let small = region.lines.iter().rev().take_while(|line| is_small(line)).count();
    let from = region.lines.len() - small;
    let begins = |line: &Line| {
        let above = || lines_of(page).filter(|other| !is_small(other) && other.y > line.y);
        let at_foot =
            !lines_of(page).any(|other| !is_small(other) && other.y < line.y && overlap(other, line));
        let mark = line.begins_with.as_deref().or_else(|| mark(&line.text));
        at_foot && mark.is_some_and(|mark| above().any(|other| refers(other, mark)))
    };
    let first = region.lines.iter().skip(from).position(begins);
    first.map_or(region.lines.len(), |at| from + at)
}

fn overlap(one: &Line, other: &Line) -> bool {
    one.left < other.right && other.left < one.right
}

/// The number or sign before the words of a note.
fn mark(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let words = text.trim_start_matches(|c: char| c.is_numeric() || SIGNS.contains(&c));
    let mark = text.get(..text.len() - words.len())?;
    let words = words.trim_start_matches(['.', ')', ' ', '\u{a0}']);
    let is_mark = !mark.is_empty() && mark.chars().count() <= 3;
    (is_mark && words.starts_with(|c: char| c.is_alphabetic() || "\"“„«".contains(c))).then_some(mark)
}

/// Whether a line has this mark raised behind a word: without a space, and not as a part of a number.
fn refers(line: &Line, mark: &str) -> bool {
    let text = &line.text;
    let is_raised = line.marks.iter().any(|raised| raised == mark);
    is_raised
        || text.match_indices(mark).any(|(at, found)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let behind = text.get(at + found.len()..).and_then(|behind| behind.chars().next());
            before.is_some_and(|c| !c.is_numeric() && !c.is_whitespace())
                && !behind.is_some_and(char::is_alphanumeric)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, y: f32, size: f32) -> Line {
        let text = text.to_owned();
        let (marks, begins_with) = (Vec::new(), None);
        Line { text, left: 0.0, right: 100.0, y, size, bold: false, is_rtl: false, marks, begins_with }
    }

    fn left(lines: Vec<Line>) -> Vec<String> {
        let mut pages = [Page { regions: vec![Region { lines }], bottom: 0.0, top: 800.0 }];
        remove(&mut pages);
        lines_of(&pages[0]).map(|line| line.text.clone()).collect()
    }

    #[test]
    fn a_page_of_a_hundred_thousand_lines_is_not_searched_for_notes() {
        let body = line("They met in Geneva.1", 200_000.0, 10.0);
        let notes = (0..100_000).map(|at| line("2 The hall was cold.", at as f32, 8.0));
        assert_eq!(left([body].into_iter().chain(notes).collect()).len(), 100_001);
    }

    #[test]
    fn a_raised_mark_tells_a_note_without_being_a_part_of_it() {
        let note =
            |mark: &str| Line { begins_with: Some(mark.into()), ..line("The hall was cold.", 90.0, 8.0) };
        let body = Line { marks: vec!["3".into()], ..line("They met in Geneva.", 700.0, 10.0) };
        for (mark, want) in [("3", 1), ("4", 2)] {
            assert_eq!(left(vec![body.clone(), note(mark)]).len(), want, "a note {mark}");
        }
    }

    #[test]
    fn only_a_small_line_at_the_foot_that_the_text_refers_to_is_a_note() {
        let body = || line("The ministers met in Geneva on Tuesday.1 They agreed.", 700.0, 10.0);
        for (below, want, why) in [
            (vec![line("1The hall was cold.", 90.0, 8.0), line("It often is.", 80.0, 8.0)], 1, "a note"),
            (
                vec![line("1The hall was cold.", 90.0, 8.0), line("7", 70.0, 10.0)],
                1,
                "a note above a page number",
            ),
            (vec![line("1 The hall was cold.", 90.0, 10.0)], 2, "as large as the body"),
            (vec![line("2 The hall was cold.", 90.0, 8.0)], 2, "nothing refers to it"),
            (vec![line("1 89 2019", 90.0, 8.0)], 2, "a row of numbers"),
            (vec![line("1 The hall.", 90.0, 8.0), line("They left.", 80.0, 10.0)], 3, "text below it"),
        ] {
            let mut lines = vec![body()];
            lines.extend(below);
            assert_eq!(left(lines).len(), want, "{why}");
        }
    }
}
