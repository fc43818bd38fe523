//! A topic's volume as a row of bars: one SVG for the page and the PDF.
//!
//! There is no text in the picture: names come from users, and a letter that no font has would stop
//! the PDF. What the bars say stands beside them in words.

use std::fmt::Write;

use crate::Chapter;

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
    fn bars_are_said_in_words() {
        for (volume, words) in
            [(&[][..], ""), (&[3], "3 today"), (&[1, 2, 4], "4 today, 1.5 a day before (2 days)")]
        {
            assert_eq!(in_words(&chapter(volume)), words);
        }
    }
}
