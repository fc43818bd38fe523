//! Text that runs in both directions: from the order that it is painted in to the order that it is
//! read in.

use super::line::{is_mostly_rtl, rows};
use super::pages::{Span, Spans};

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
    let ends = |glyph: Option<&(f32, char)>| {
        glyph.is_some_and(|(_, c)| matches!(c, '.' | '!' | '?' | '؟' | '،' | ':'))
    };
    let left = ends(glyphs().min_by(|a, b| a.0.total_cmp(&b.0)));
    let right = ends(glyphs().max_by(|a, b| a.0.total_cmp(&b.0)));
    i32::from(has_rtl) * (i32::from(right) - i32::from(left))
}

/// Units in the order that they are painted in to the order that they are read in: runs of one
/// direction keep theirs, and the runs follow each other in the direction of the line (UAX #9,
/// backwards).
pub(super) fn logical(visual: Vec<String>, is_rtl: bool) -> String {
    let directions = directions(&visual, is_rtl);
    let mut runs: Vec<(bool, Vec<String>)> = Vec::new();
    for (unit, rtl) in visual.into_iter().zip(directions) {
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

/// What decides about the direction of a unit.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Left,
    Right,
    /// Read from left to right, but two of them follow each other in the direction of the line.
    Number,
    /// What stands between two digits of one number.
    Point,
    Neutral,
}

impl Class {
    fn of(unit: &str) -> Class {
        match unit.chars().find(|c| c.is_alphanumeric()) {
            Some(c) if c.is_numeric() => Class::Number,
            Some(c) if is_rtl(c) => Class::Right,
            Some(_) => Class::Left,
            None if matches!(unit, "." | "," | ":" | "/" | "-" | "٫" | "٬") => Class::Point,
            None => Class::Neutral,
        }
    }
}

/// Whether each unit of a line runs from right to left. Numbers do not; what stands between two
/// units runs as both of them do, or else as the line does.
fn directions(units: &[String], is_rtl: bool) -> Vec<bool> {
    let mut classes: Vec<Class> = units.iter().map(|unit| Class::of(unit)).collect();
    for at in 1..classes.len().saturating_sub(1) {
        if let [Class::Number, point @ Class::Point, Class::Number] = &mut classes[at - 1..at + 2] {
            *point = Class::Number;
        }
    }
    let after_left = numbers_of_left(&classes, is_rtl);
    let strong: Vec<Option<bool>> = classes
        .iter()
        .zip(after_left)
        .map(|(class, after_left)| match class {
            Class::Left => Some(false),
            Class::Right => Some(true),
            Class::Number => Some(!after_left),
            Class::Point | Class::Neutral => None,
        })
        .collect();
    let before = nearest(strong.iter(), is_rtl);
    let mut behind = nearest(strong.iter().rev(), is_rtl);
    behind.reverse();
    let between = before.into_iter().zip(behind).map(|(a, b)| if a == b { a } else { is_rtl });
    let runs = classes.iter().zip(strong).zip(between);
    runs.map(|((class, own), between)| *class != Class::Number && own.unwrap_or(between)).collect()
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

/// Which units stand behind a word that runs from left to right: a number there belongs to it.
fn numbers_of_left(classes: &[Class], is_rtl: bool) -> Vec<bool> {
    let mut left = !is_rtl;
    let follow = |class: &Class| {
        match class {
            Class::Left => left = true,
            Class::Right => left = false,
            _ => {}
        }
        left
    };
    classes.iter().map(follow).collect()
}

/// Letters of scripts that run from right to left.
pub(super) fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn painted_order_becomes_reading_order() {
        for (painted, is_rtl, want) in [
            ("םולש", true, "שלום"),
            ("12 םולש", true, "שלום 12"),
            ("םולש IBM 2019 םולש", true, "שלום IBM 2019 שלום"),
            ("2019 45 םולש", true, "שלום 45 2019"),
            ("12:30 ,3.5 םולש", true, "שלום 3.5, 12:30"),
            ("IBM said םולש twice", false, "IBM said שלום twice"),
        ] {
            let units = painted.chars().map(String::from).collect();
            assert_eq!(logical(units, is_rtl), want, "{painted}");
        }
    }
}
