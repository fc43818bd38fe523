//! The only place that knows the engine: bytes to spans, bounded.

use chrono::{FixedOffset, NaiveDate, TimeZone, Utc};
use pdfboss_core::{Date, Document, Error, Page};
use pdfboss_text::{ArtifactKind, FontCache, ReadingOrder, TextSpan};
use wirewatch_model::{Problem, ProblemKind, Published};

use super::super::draft::Properties;
use crate::plain;

/// Pages that are read. A weekly has 150, a thick report 600.
const MOST_PAGES: usize = 1000;

/// Unpacked drawing instructions of one page, in bytes. Maps reach some megabytes.
const LARGEST_PAGE: usize = 16 * 1024 * 1024;

/// And of all pages.
const LARGEST_TOTAL: usize = 128 * 1024 * 1024;

/// How far from its corner something on a page can stand, in points: more is none of paper, and more
/// than the layout counts with.
const FARTHEST: f32 = 1e6;

/// Spans that are read in all: a thousand pages have some hundred thousand.
const MOST_SPANS: usize = 600_000;

/// How many letters before a space may claim its room: each twice its width.
const PAINTED_OVER_SPACE: usize = 3;

/// Why a PDF gives no article.
#[derive(Debug, thiserror::Error)]
pub(super) enum PdfError {
    #[error("the PDF is protected with a password; save it without one")]
    Locked,
    #[error("the PDF is damaged ({0}); fetch or export it again")]
    Broken(String),
    #[error("the PDF is a scan: it holds pictures of pages and no text; have its text recognised first")]
    Scanned,
    #[error("there is no text in the PDF")]
    Empty,
    #[error(
        "the text of the PDF comes out backwards; take in the document that it was made from, or have its text \
         recognised"
    )]
    Backwards,
    #[error("the fonts of the PDF do not say which letters they show; have its text recognised instead")]
    Unknown,
}

/// Why a page gives no text.
#[derive(Debug, thiserror::Error)]
enum PageError {
    #[error("it draws more than a page of text can")]
    TooMuch,
    #[error(transparent)]
    Engine(#[from] Error),
}

impl PdfError {
    pub(super) fn kind(&self) -> ProblemKind {
        match self {
            PdfError::Locked | PdfError::Scanned | PdfError::Unknown | PdfError::Backwards => {
                ProblemKind::Unsupported
            }
            PdfError::Broken(_) => ProblemKind::Broken,
            PdfError::Empty => ProblemKind::Empty,
        }
    }
}

/// What a PDF holds.
pub(super) struct Contents {
    pub(super) pages: Vec<Spans>,
    pub(super) properties: Properties,
    pub(super) language: Option<String>,
    pub(super) problems: Vec<Problem>,
    /// Pages that are pictures without text.
    pub(super) scanned: usize,
}

/// The spans of a page as it is read: x to the right, y upwards, upright.
#[derive(Debug, Default)]
pub(super) struct Spans {
    pub(super) spans: Vec<Span>,
    pub(super) bottom: f32,
    pub(super) top: f32,
}

/// A run of text on a baseline.
#[derive(Debug, Clone)]
pub(super) struct Span {
    /// Its characters from left to right as they are painted, each with where it begins; several
    /// may begin at one place, if one glyph shows them.
    pub(super) glyphs: Vec<(f32, char)>,
    /// True if the characters are in reading order already.
    pub(super) logical: bool,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
}

/// Reads a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, PdfError> {
    let document = Document::load(bytes.to_vec()).map_err(|error| match error {
        Error::Encrypted => PdfError::Locked,
        error => PdfError::Broken(error.to_string()),
    })?;
    if document.is_locked() {
        return Err(PdfError::Locked);
    }
    // What the tree holds; the count that it declares may be wrong in either direction.
    let count = document.flattened_page_count();
    let mut contents = Contents {
        pages: Vec::new(),
        properties: properties(&document),
        language: document.language(),
        problems: Vec::new(),
        scanned: 0,
    };
    let mut budget = Budget { bytes: LARGEST_TOTAL, spans: MOST_SPANS };
    let fonts = FontCache::default();
    for index in 0..count.min(MOST_PAGES) {
        let page = document.page(index).map_err(PageError::from);
        let read = page.and_then(|page| budget.read(&document, &page, &fonts));
        contents.take(index, read);
    }
    if count > MOST_PAGES {
        let message = format!("only the first {MOST_PAGES} of its {count} pages were read");
        contents.problems.push(Problem::new(ProblemKind::Incomplete, message));
    }
    if contents.pages.is_empty() {
        let first =
            contents.problems.first().map_or("it has no pages".to_owned(), |problem| problem.message.clone());
        return Err(PdfError::Broken(first));
    }
    Ok(contents)
}

impl Contents {
    fn take(&mut self, index: usize, read: Result<(Spans, bool), PageError>) {
        match read {
            Ok((spans, is_picture)) => {
                self.scanned += usize::from(is_picture);
                self.pages.push(spans);
            }
            Err(error) => {
                let message = format!("page {} cannot be read: {error}", index + 1);
                self.problems.push(Problem::new(ProblemKind::Incomplete, message));
            }
        }
    }
}

/// What may still be unpacked.
struct Budget {
    bytes: usize,
    spans: usize,
}

impl Budget {
    /// The spans of a page, and whether it is a picture without text.
    fn read(
        &mut self,
        document: &Document,
        page: &Page,
        fonts: &FontCache,
    ) -> Result<(Spans, bool), PageError> {
        if self.bytes == 0 || self.spans == 0 {
            return Err(PageError::TooMuch);
        }
        let size = page.content(document).map_or(0, |content| content.len());
        let room = self.bytes;
        // A page that is refused was unpacked all the same.
        self.bytes = room.saturating_sub(size);
        if size > LARGEST_PAGE || size > room {
            return Err(PageError::TooMuch);
        }
        let (spans, _) =
            pdfboss_text::extract_spans_reporting_cached(document, page, fonts, ReadingOrder::Content)?;
        self.spans = self.spans.saturating_sub(spans.len());
        let spans = visible(spans, page);
        let is_picture = spans.spans.is_empty()
            && pdfboss_text::placed_images(document, page).is_ok_and(|images| !images.is_empty());
        Ok((spans, is_picture))
    }
}

/// The spans that a reader reads: upright, not marked as a running head; text that is not painted
/// (under a scan) only where nothing else is.
fn visible(mut spans: Vec<TextSpan>, page: &Page) -> Spans {
    end_at_spaces(&mut spans);
    let is_content = |span: &TextSpan| {
        !span.artifact.as_ref().is_some_and(|artifact| artifact.kind == ArtifactKind::Pagination)
            && !span.vertical
            && !span.text.trim().is_empty()
            && [span.x, span.y, span.end_x, span.end_y, span.size]
                .iter()
                .all(|number| number.abs() < FARTHEST)
            && span.size.abs() > 0.5
    };
    let mut spans: Vec<TextSpan> = spans.into_iter().filter(is_content).collect();
    if spans.iter().any(|span| !span.invisible) {
        spans.retain(|span| !span.invisible);
    }
    let turn = main_turn(&spans);
    spans.retain(|span| span.rotate == turn);
    let crop = page.crop_box;
    let edges = [turned(turn, crop.x0, crop.y0).1, turned(turn, crop.x1, crop.y1).1];
    Spans {
        spans: spans.iter().map(|span| upright(span, turn)).collect(),
        bottom: edges[0].min(edges[1]),
        top: edges[0].max(edges[1]),
    }
}

/// Bold that is painted twice claims the room of both paintings; the space behind it says where it ends.
fn end_at_spaces(spans: &mut [TextSpan]) {
    for at in 1..spans.len() {
        let (before, behind) = spans.split_at_mut(at);
        let Some(space) = behind.first().filter(|span| span.rotate == 0 && span.text.trim().is_empty())
        else {
            continue;
        };
        for span in before.iter_mut().rev().take(PAINTED_OVER_SPACE) {
            let is_over = (span.y - space.y).abs() < 0.5 && span.x < space.x && space.x < span.end_x;
            if is_over && span.rotate == 0 {
                span.end_x = space.x;
            }
        }
    }
}

/// The direction that most letters of a page have.
fn main_turn(spans: &[TextSpan]) -> i32 {
    let letters = |turn: i32| {
        spans.iter().filter(|span| span.rotate == turn).map(|span| span.text.len()).sum::<usize>()
    };
    [0, 90, 180, 270].into_iter().rev().max_by_key(|turn| letters(*turn)).unwrap_or(0)
}

/// A place on a page that is turned so that its text is upright.
fn turned(turn: i32, x: f32, y: f32) -> (f32, f32) {
    match turn {
        90 => (y, -x),
        180 => (-x, -y),
        270 => (-y, x),
        _ => (x, y),
    }
}

fn upright(span: &TextSpan, turn: i32) -> Span {
    let (start, y) = turned(turn, span.x, span.y);
    let (end, _) = turned(turn, span.end_x, span.end_y);
    let count = span.text.chars().count().max(1) as f32;
    let exact = turn == 0 && span.glyph_x.len() == span.text.chars().count();
    let glyphs = span
        .text
        .chars()
        .enumerate()
        .map(|(at, c)| {
            let place = if exact { span.glyph_x.get(at).copied() } else { None };
            (place.unwrap_or(start + (end - start) * at as f32 / count), c)
        })
        .collect();
    Span {
        glyphs,
        logical: span.logical,
        left: start.min(end),
        right: start.max(end),
        y,
        size: span.size.abs(),
        bold: span.bold,
    }
}

fn properties(document: &Document) -> Properties {
    let info = document.metadata();
    let line = |text: &Option<String>| text.as_deref().and_then(plain::some_line);
    Properties {
        title: line(&info.title),
        authors: line(&info.author)
            .iter()
            .flat_map(|names| names.split(';'))
            .filter_map(plain::some_line)
            .collect(),
        created: info.creation_date_parsed().and_then(published),
        modified: info.mod_date_parsed().and_then(published),
        labels: line(&info.keywords)
            .iter()
            .flat_map(|words| words.split([',', ';']))
            .filter_map(plain::some_line)
            .collect(),
    }
}

fn published(date: Date) -> Option<Published> {
    let day = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())?;
    let time = day.and_hms_opt(date.hour.into(), date.minute.into(), date.second.into())?;
    let zone = FixedOffset::east_opt(i32::from(date.utc_offset_minutes) * 60)?;
    Some(Published::At(zone.from_local_datetime(&time).single()?.with_timezone(&Utc)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::pdf;
    use super::*;

    #[test]
    fn a_page_that_is_refused_is_paid_for() {
        let document = Document::load(pdf(2, &["(One) Tj", "(Two) Tj"])).unwrap();
        let mut budget = Budget { bytes: 5, spans: MOST_SPANS };
        for page in 0..2 {
            let read = budget.read(&document, &document.page(page).unwrap(), &FontCache::default());
            assert!(read.is_err(), "page {page}");
            assert_eq!(budget.bytes, 0, "page {page}");
        }
    }
}
