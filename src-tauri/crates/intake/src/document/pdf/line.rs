//! Lines: spans on a baseline to text in reading order.

use unicode_normalization::UnicodeNormalization;

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
}

/// White between two glyphs that is a space, in parts of the size.
const SPACE: f32 = 0.16;

/// How far apart (in parts of the size) baselines of one line may be: indices and exponents.
const SAME_LINE: f32 = 0.4;

/// The lines of a region, from top to bottom.
pub(super) fn lines(mut spans: Vec<Span>) -> Vec<Line> {
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
    rows.into_iter().map(line).filter(|line| !line.text.is_empty()).collect()
}

/// What one or more characters of a line are, and where they stand.
struct Unit {
    left: f32,
    right: f32,
    size: f32,
    text: String,
}

fn line(mut spans: Vec<Span>) -> Line {
    let size = usual_size(&spans);
    let y = spans.iter().find(|span| span.size >= size * 0.9).map_or(0.0, |span| span.y);
    spans.retain(|span| !is_note_mark(span, size, y));
    let letters: usize = spans.iter().map(|span| span.glyphs.len()).sum();
    let bold: usize = spans.iter().filter(|span| span.bold).map(|span| span.glyphs.len()).sum();
    let (left, right) =
        spans.iter().fold((f32::MAX, f32::MIN), |(l, r), span| (l.min(span.left), r.max(span.right)));
    let characters = || spans.iter().flat_map(|span| &span.glyphs).filter(|(_, c)| c.is_alphabetic());
    let rtl = characters().filter(|(_, c)| is_rtl(*c)).count();
    let (is_rtl, has_rtl) = (rtl * 2 > characters().count(), rtl > 0);
    let mut units: Vec<Unit> = spans.iter().flat_map(|span| units(span, has_rtl)).collect();
    units.sort_by(|a, b| a.left.total_cmp(&b.left));
    drop_shadows(&mut units);
    let visual = spaced(units);
    let text = if has_rtl { logical(visual, is_rtl) } else { visual.concat() };
    Line {
        text: crate::plain::line(&unfolded(&text)),
        left,
        right,
        y,
        size,
        bold: bold * 2 > letters,
        is_rtl,
    }
}

/// A small raised number or sign: the mark of a note.
fn is_note_mark(span: &Span, size: f32, y: f32) -> bool {
    let is_mark = |c: char| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡' | ',' | ' ' | '¹' | '²' | '³');
    span.size < size * 0.8
        && span.y > y + size * 0.15
        && span.glyphs.len() <= 4
        && span.glyphs.iter().all(|(_, c)| is_mark(*c))
}

/// A span in units that keep their order: whole, or character by character where the line has text
/// from right to left.
fn units(span: &Span, by_character: bool) -> Vec<Unit> {
    let text = |glyphs: &[(f32, char)]| glyphs.iter().map(|(_, c)| *c).collect::<String>();
    let whole = |span: &Span| {
        vec![Unit { left: span.left, right: span.right, size: span.size, text: text(&span.glyphs) }]
    };
    if !by_character || span.logical {
        return whole(span);
    }
    let groups: Vec<&[(f32, char)]> = span.glyphs.chunk_by(|a, b| (a.0 - b.0).abs() < 0.01).collect();
    let mut starts: Vec<f32> = groups.iter().filter_map(|group| group.first()).map(|(x, _)| *x).collect();
    starts.sort_by(f32::total_cmp);
    let end_of = |start: f32| {
        let next = starts.get(starts.partition_point(|&x| x <= start + 0.01));
        next.copied().unwrap_or(span.right).max(start)
    };
    groups
        .iter()
        .filter_map(|group| {
            let left = group.first()?.0;
            Some(Unit { left, right: end_of(left), size: span.size, text: text(group) })
        })
        .collect()
}

/// Bold that is painted twice is read once.
fn drop_shadows(units: &mut Vec<Unit>) {
    units.dedup_by(|second, first| {
        let near = (second.left - first.left).abs() < 0.1 * first.size;
        near && second.text == first.text && !second.text.trim().is_empty()
    });
}

/// The units from left to right, with spaces where there is white between them.
fn spaced(units: Vec<Unit>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(units.len());
    let mut reach: Option<f32> = None;
    for unit in units {
        let gap = reach.map_or(0.0, |reach| unit.left - reach);
        let has_space = unit.text.starts_with(' ') || out.last().is_some_and(|last| last.ends_with(' '));
        if gap > SPACE * unit.size && !has_space {
            out.push(" ".to_owned());
        }
        reach = Some(reach.map_or(unit.right, |reach| reach.max(unit.right)));
        out.push(unit.text);
    }
    out
}

/// Units in the order that they are painted in to the order that they are read in: runs of one
/// direction keep theirs, and the runs follow each other in the direction of the line. What a
/// number or a space is depends on what stands beside it (UAX #9, simplified).
fn logical(visual: Vec<String>, is_rtl: bool) -> String {
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

fn directions(units: &[String], is_rtl: bool) -> Vec<bool> {
    let own = |unit: &String| {
        let c = unit.chars().find(|c| c.is_alphanumeric())?;
        Some(self::is_rtl(c) && !c.is_numeric())
    };
    let strong: Vec<Option<bool>> = units.iter().map(own).collect();
    let mut before = vec![is_rtl; units.len()];
    let mut after = vec![is_rtl; units.len()];
    let mut last = is_rtl;
    for (slot, direction) in before.iter_mut().zip(&strong) {
        *slot = last;
        last = direction.unwrap_or(last);
    }
    last = is_rtl;
    for (slot, direction) in after.iter_mut().zip(&strong).rev() {
        *slot = last;
        last = direction.unwrap_or(last);
    }
    let between = before.into_iter().zip(after).map(|(a, b)| if a == b { a } else { is_rtl });
    strong.into_iter().zip(between).map(|(own, between)| own.unwrap_or(between)).collect()
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

/// Letters of scripts that run from right to left.
pub(super) fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}')
}

/// Characters of scripts without spaces.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{303f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
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
            ("IBM said םולש twice", false, "IBM said שלום twice"),
        ] {
            let units = painted.chars().map(String::from).collect();
            assert_eq!(logical(units, is_rtl), want, "{painted}");
        }
    }

    #[test]
    fn ligatures_are_letters() {
        assert_eq!(unfolded("e\u{fb03}cient \u{fefb}"), "efficient \u{644}\u{627}");
    }
}
