//! PDF (ISO 32000): positioned spans from the engine, layout by us.
//!
//! An engine gives runs of letters with their places, in whatever order they were painted. From
//! there: columns by the white between them ([`layout`]), lines, running heads and page numbers by
//! their repetition ([`furniture`]), [`footnotes`] by their place, paragraphs by gaps and indents, words joined over line ends
//! ([`paragraphs`]). Text from right to left is put into reading order ([`bidi`]).

mod bidi;
mod footnotes;
mod furniture;
mod layout;
mod line;
mod pages;
mod paragraphs;

use std::panic::{AssertUnwindSafe, catch_unwind};

use wirewatch_model::{Problem, ProblemKind};

use self::bidi::Direction;
use self::pages::{Contents, PdfError};
use super::draft::Draft;
use crate::read::{one, refuse};
use crate::{Format, Hint, Parsed};

/// Characters that a font does not explain; with more of them (in per cent) a text is none.
const MOST_UNKNOWN: usize = 20;

/// Reads a PDF as one article, or says why it cannot be read.
pub(super) fn read(bytes: &[u8], hint: &Hint) -> Parsed {
    // The engine is not ours and its input is hostile; nothing of it outlives a panic.
    match catch_unwind(AssertUnwindSafe(|| pages::read(bytes))) {
        Ok(Ok(contents)) => article(contents, hint),
        Ok(Err(error)) => refused(&error),
        Err(_) => refused(&PdfError::Broken("reading it failed half-way".to_owned())),
    }
}

fn refused(error: &PdfError) -> Parsed {
    refuse(Format::Pdf, error.kind(), error.to_string())
}

fn article(contents: Contents, hint: &Hint) -> Parsed {
    let Contents { pages, properties, language, mut problems, scanned } = contents;
    let direction = Direction::of(&pages);
    let mut pages: Vec<layout::Page> = pages.into_iter().map(|page| layout::page(page, direction)).collect();
    furniture::remove(&mut pages);
    footnotes::remove(&mut pages);
    let flow = paragraphs::flow(&pages);
    let html = flow.into_html();
    let (letters, unknown) = html.chars().fold((0, 0), |(letters, unknown), c| {
        (letters + usize::from(c.is_alphanumeric()), unknown + usize::from(c == '\u{fffd}'))
    });
    if unknown * 100 > (letters + unknown) * MOST_UNKNOWN {
        return refused(&PdfError::Unknown);
    }
    if bidi::is_backwards(&html) {
        return refused(&PdfError::Backwards);
    }
    if html.is_empty() {
        return refused(if scanned > 0 { &PdfError::Scanned } else { &PdfError::Empty });
    }
    if scanned > 0 {
        let message = format!("{scanned} of {} pages are pictures without text", pages.len());
        problems.push(Problem::new(ProblemKind::Incomplete, message));
    }
    let mut article = Draft { properties, language, html, ..Draft::default() }.finish(hint);
    article.problems.extend(problems);
    one(Format::Pdf, article)
}

#[cfg(test)]
mod tests;
