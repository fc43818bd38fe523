//! Columns: a page is cut along the white between its parts until nothing can be cut.
//!
//! A gutter that runs through all lines of a region parts its columns; where a headline or picture
//! stands in the way, the region is first cut across at its widest gap. Cells of a table are parted
//! by gutters too, but do not hold lines of text; they are left together.

use super::bidi::Direction;
use super::line::{Line, is_mostly_rtl, lines};
use super::pages::{Span, Spans};

/// Cuts inside of cuts; beyond, a region is taken as it is.
const MAX_CUTS: usize = 60;

/// A page with more spans is a map or hostile, and taken as it is; a dense page of a newspaper,
/// painted letter by letter, has some twenty thousand.
const MOST_SPANS: usize = 30_000;

/// How many gaps of a region are looked at for a gutter.
const MOST_CANDIDATES: usize = 12;

/// A gutter is at least so wide, in parts of the letters' size.
const NARROWEST_GUTTER: f32 = 0.75;

/// Both sides of a gutter have at least so many lines.
const FEWEST_LINES: usize = 3;

/// Lines of a column have on average at least so many characters; cells of a table have fewer.
const SHORTEST_LINES: usize = 14;

/// A page in reading order.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) regions: Vec<Region>,
    pub(super) bottom: f32,
    pub(super) top: f32,
}

/// Lines below each other.
#[derive(Debug, Default)]
pub(super) struct Region {
    pub(super) lines: Vec<Line>,
}

/// Puts the spans of a page into reading order; `direction` is what text from right to left is set in.
pub(super) fn page(spans: Spans, direction: Direction) -> Page {
    let mut page = Page { regions: Vec::new(), bottom: spans.bottom, top: spans.top };
    cut(spans.spans, 0, direction, &mut page.regions);
    page
}

fn cut(mut spans: Vec<Span>, depth: usize, direction: Direction, regions: &mut Vec<Region>) {
    if spans.is_empty() {
        return;
    }
    if depth < MAX_CUTS && spans.len() <= MOST_SPANS {
        if let Some(gutter) = gutter(&mut spans) {
            let is_rtl = |left: &[Span]| direction == Direction::RightToLeft && is_mostly_rtl(left);
            let is_left = |span: &Span| (span.left + span.right) / 2.0 < gutter;
            let (left, right): (Vec<Span>, Vec<Span>) = spans.into_iter().partition(is_left);
            let (first, second) = if is_rtl(&left) { (right, left) } else { (left, right) };
            cut(first, depth + 1, direction, regions);
            return cut(second, depth + 1, direction, regions);
        }
        if let Some(y) = widest_gap(&mut spans).filter(|_| has_columns(&spans)) {
            let (above, below): (Vec<Span>, Vec<Span>) = spans.into_iter().partition(|span| span.y > y);
            cut(above, depth + 1, direction, regions);
            return cut(below, depth + 1, direction, regions);
        }
    }
    // A region that continues the one before it, cut off at a gap between paragraphs only.
    let lines = lines(spans, direction);
    match regions.last_mut().filter(|last| last.continues_with(&lines)) {
        Some(last) => last.lines.extend(lines),
        None => regions.push(Region { lines }),
    }
}

impl Region {
    /// Whether lines stand below this region and begin and end where it does.
    fn continues_with(&self, lines: &[Line]) -> bool {
        let edges = |lines: &[Line]| {
            let left = lines.iter().map(|line| line.left).fold(f32::MAX, f32::min);
            let right = lines.iter().map(|line| line.right).fold(f32::MIN, f32::max);
            (left, right)
        };
        let ((left, right), (its_left, its_right)) = (edges(&self.lines), edges(lines));
        let below = self.lines.last().zip(lines.first()).is_some_and(|(last, first)| first.y < last.y);
        let size = lines.first().map_or(0.0, |line| line.size);
        below && (left - its_left).abs() < size && (right - its_right).abs() < 4.0 * size
    }
}

/// Where a gutter runs through all spans, if both its sides are columns of text.
fn gutter(spans: &mut [Span]) -> Option<f32> {
    spans.sort_by(|a, b| a.left.total_cmp(&b.left));
    let size = usual_size(spans.iter());
    let mut best: Option<(f32, f32)> = None;
    let mut reach = f32::MIN;
    let mut candidates = 0;
    for (at, span) in spans.iter().enumerate() {
        let width = span.left - reach;
        let is_wider = best.is_none_or(|(widest, _)| width > widest);
        if at > 0 && width > size * NARROWEST_GUTTER && is_wider && candidates < MOST_CANDIDATES {
            candidates += 1;
            let (left, right) = spans.split_at(at);
            if is_column(left) && is_column(right) {
                best = Some((width, reach + width / 2.0));
            }
        }
        reach = reach.max(span.right);
    }
    best.map(|(_, x)| x)
}

/// Whether spans are lines of running text.
fn is_column(spans: &[Span]) -> bool {
    let rows = rows(spans);
    let letters: usize = spans.iter().map(|span| span.glyphs.len()).sum();
    // An ideograph says as much as some letters.
    let wide: usize =
        spans.iter().flat_map(|span| &span.glyphs).filter(|(_, c)| super::line::is_ideograph(*c)).count();
    rows >= FEWEST_LINES && letters + wide >= rows * SHORTEST_LINES
}

/// How many baselines there are.
fn rows(spans: &[Span]) -> usize {
    let mut baselines: Vec<f32> = spans.iter().map(|span| span.y).collect();
    baselines.sort_by(f32::total_cmp);
    let mut last = f32::MIN;
    baselines
        .into_iter()
        .filter(|&y| {
            y - last > 3.0 && {
                last = y;
                true
            }
        })
        .count()
}

/// The middle of the widest empty band across all spans.
fn widest_gap(spans: &mut [Span]) -> Option<f32> {
    spans.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut best: Option<(f32, f32)> = None;
    let mut floor = f32::MAX;
    for span in spans.iter() {
        let ceiling = span.y + span.size * 0.75;
        let width = floor - ceiling;
        if floor < f32::MAX && width > 0.5 && best.is_none_or(|(widest, _)| width > widest) {
            best = Some((width, ceiling + width / 2.0));
        }
        floor = floor.min(span.y - span.size * 0.25);
    }
    best.map(|(_, y)| y)
}

/// Whether it is worth cutting across: several spans stand beside each other in many rows, with
/// more than a word's space between.
fn has_columns(spans: &[Span]) -> bool {
    let size = usual_size(spans);
    let mut by_row: Vec<&Span> = spans.iter().collect();
    by_row.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.left.total_cmp(&b.left)));
    let beside = by_row
        .windows(2)
        .filter(|pair| {
            let [first, second] = pair else { return false };
            (first.y - second.y).abs() < size * 0.5 && second.left - first.right > size * NARROWEST_GUTTER
        })
        .count();
    beside >= FEWEST_LINES
}

/// The size of most letters.
pub(super) fn usual_size<'a>(spans: impl IntoIterator<Item = &'a Span>) -> f32 {
    let mut sizes: Vec<(f32, usize)> = spans.into_iter().map(|span| (span.size, span.glyphs.len())).collect();
    weighted_median(&mut sizes)
}

/// The value that half of the weight lies below.
pub(super) fn weighted_median(values: &mut [(f32, usize)]) -> f32 {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: usize = values.iter().map(|(_, weight)| weight).sum();
    let mut below = 0;
    let middle = values.iter().find(|(_, weight)| {
        below += weight;
        below * 2 >= total
    });
    middle.map_or(0.0, |(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(left: f32, y: f32) -> Span {
        let glyphs = "words".chars().map(|c| (left, c)).collect();
        Span { glyphs, logical: false, left, right: left + 20.0, y, size: 10.0, bold: false }
    }

    /// Lines of a column that begins at `left`.
    fn column(left: f32) -> impl Iterator<Item = Span> {
        (0..10).flat_map(move |row| {
            (0..4).map(move |at| word(left + at as f32 * 22.5, 500.0 - row as f32 * 12.0))
        })
    }

    #[test]
    fn columns_below_a_headline_are_read_one_after_the_other() {
        let headline = (0..9).map(|at| word(at as f32 * 22.5, 540.0));
        let spans = Spans {
            spans: headline.chain(column(0.0)).chain(column(110.0)).collect(),
            bottom: 0.0,
            top: 600.0,
        };
        let page = page(spans, Direction::RightToLeft);
        let found: Vec<(f32, usize)> =
            page.regions.iter().map(|region| (region.lines[0].left, region.lines.len())).collect();
        assert_eq!(found, [(0.0, 1), (0.0, 10), (110.0, 10)]);
    }

    #[test]
    fn a_page_of_a_hundred_thousand_gaps_is_read_in_no_time() {
        let spans = (0..100_000).map(|at| word((at % 331) as f32 * 40.0, (at % 1009) as f32 * 3.9)).collect();
        let page = page(Spans { spans, bottom: 0.0, top: 4000.0 }, Direction::RightToLeft);
        assert_eq!(page.regions.len(), 1, "too much to be a page of text");
    }
}
