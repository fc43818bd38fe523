//! A topic's volume as a row of bars: one SVG for the page and the PDF, and a picture of it for mails,
//! whose readers show no SVG.
//!
//! There is no text in the picture: names come from users, and a letter that no font has would stop
//! the PDF. What the bars say stands beside them in words.

use std::fmt::Write;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use crate::{Chapter, Digest};

/// Most days shown; what is older is left out.
const DAYS: usize = 28;
/// Height of the picture in its own units.
const HEIGHT: f64 = 24.0;
/// Width of a day with the gap after it, in the same units.
const STEP: f64 = 6.0;
/// Height of a day without a match, so that it is seen to be a day.
const ZERO: f64 = 1.0;
/// The days before, in a tone that is seen on white and on black.
const PAST_COLOUR: &str = "#9db4c8";
/// Today, stronger on both.
const TODAY_COLOUR: &str = "#2a78b8";

/// Pixels for a unit: screens are fine by now.
const SCALE: f32 = 2.0;
/// Mail programs list the pictures of a mail; with more than these the words have to do.
const MOST_PICTURES: usize = 12;

/// A chart as a mail carries it.
pub(crate) struct Picture {
    /// Its Content-ID.
    pub(crate) id: String,
    /// PNG.
    pub(crate) png: Vec<u8>,
}

/// The charts of a digest for its mail.
pub(crate) fn pictures(digest: &Digest) -> Vec<Picture> {
    let chapters = digest.chapters.iter().enumerate();
    chapters
        .filter(|(index, _)| !address_in_mail(digest, *index).is_empty())
        .filter_map(|(index, chapter)| Some(Picture { id: content_id(index), png: png(&bars(chapter)?)? }))
        .collect()
}

/// How a mail's HTML names the chart of a chapter (RFC 2392); empty if it carries none.
pub(crate) fn address_in_mail(digest: &Digest, index: usize) -> String {
    let known = |chapter: &Chapter| !chapter.volume.is_empty();
    let before = digest.chapters.iter().take(index).filter(|chapter| known(chapter)).count();
    match digest.chapters.get(index) {
        Some(chapter) if known(chapter) && before < MOST_PICTURES => format!("cid:{}", content_id(index)),
        _ => String::new(),
    }
}

fn content_id(index: usize) -> String {
    format!("chart-{}@wirewatch.app", index + 1)
}

/// The picture of an SVG of ours; `None` if it cannot be drawn.
fn png(svg: &str) -> Option<Vec<u8>> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).ok()?;
    let size = tree.size().to_int_size().scale_by(SCALE)?;
    let mut picture = Pixmap::new(size.width(), size.height())?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    picture.encode_png().ok()
}

/// The bars of a chapter, or `None` where nothing is known of its days.
pub(crate) fn bars(chapter: &Chapter) -> Option<String> {
    let days = shown(chapter);
    let most = f64::from(days.iter().copied().max()?.max(1));
    let width = STEP * days.len() as f64;
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}" role="img"><title>{}</title>"#,
        in_words(chapter)
    );
    for (index, &count) in days.iter().enumerate() {
        let height = ZERO + (HEIGHT - ZERO) * f64::from(count) / most;
        let colour = if index + 1 == days.len() { TODAY_COLOUR } else { PAST_COLOUR };
        // Writing to a string cannot fail.
        let _ = write!(
            svg,
            r#"<rect x="{:.0}" y="{:.1}" width="{:.0}" height="{height:.1}" fill="{colour}"/>"#,
            STEP * index as f64,
            HEIGHT - height,
            STEP - 2.0,
        );
    }
    svg.push_str("</svg>");
    Some(svg)
}

/// What the bars say: `4 today, 1.5 a day before (14 days)`. Empty where nothing is known.
pub(crate) fn in_words(chapter: &Chapter) -> String {
    match shown(chapter) {
        [] => String::new(),
        [today] => format!("{today} today"),
        [before @ .., today] => {
            let sum: u64 = before.iter().copied().map(u64::from).sum();
            let mean = sum as f64 / before.len() as f64;
            format!("{today} today, {mean:.1} a day before ({} days)", before.len())
        }
    }
}

fn shown(chapter: &Chapter) -> &[u32] {
    &chapter.volume[chapter.volume.len().saturating_sub(DAYS)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter(volume: &[u32]) -> Chapter {
        Chapter {
            topic: "t".into(),
            name: "T".into(),
            articles: 0,
            stories: Vec::new(),
            omitted: 0,
            volume: volume.into(),
            dropped: Vec::new(),
            beyond: Vec::new(),
            placed: 0,
        }
    }

    #[test]
    fn bars_are_drawn_for_known_days_only() {
        assert_eq!(bars(&chapter(&[])), None);
        let svg = bars(&chapter(&[0, 2, 4])).unwrap();
        assert_eq!(svg.matches("<rect").count(), 3);
        assert!(svg.contains(r##"<rect x="12" y="0.0" width="4" height="24.0" fill="#2a78b8"/>"##), "{svg}");
        assert_eq!(bars(&chapter(&[1; 90])).unwrap().matches("<rect").count(), DAYS);
    }

    #[test]
    fn a_picture_has_the_colour_of_today_at_its_right_edge() {
        let svg = bars(&chapter(&[0, 4])).unwrap();
        let picture = Pixmap::decode_png(&png(&svg).unwrap()).unwrap();
        assert_eq!((picture.width(), picture.height()), (24, 48));
        let pixel = |x, y| picture.pixel(x, y).map(|pixel| (pixel.red(), pixel.green(), pixel.blue()));
        assert_eq!(pixel(14, 1), Some((0x2a, 0x78, 0xb8)), "today stands as high as the picture");
        assert_eq!(pixel(2, 1), Some((0, 0, 0)), "nothing is drawn above a day without a match");
    }

    #[test]
    fn bars_are_said_in_words() {
        for (volume, words) in
            [(&[][..], ""), (&[3], "3 today"), (&[1, 2, 4], "4 today, 1.5 a day before (2 days)")]
        {
            assert_eq!(in_words(&chapter(volume)), words);
        }
    }
}
