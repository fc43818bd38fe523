//! Running heads, running feet and page numbers: lines near the edge of a page that stand at the
//! same place on others and differ in numbers at most.

use std::collections::{HashMap, HashSet};

use super::layout::Page;
use super::line::Line;

/// The part of a page's height at each end where furniture stands.
const MARGIN: f32 = 0.12;

/// How far (in points) a running head may move from page to page, halved.
const STEP: f32 = 4.0;

/// Takes the furniture out of pages.
pub(super) fn remove(pages: &mut [Page]) {
    let mut seen: HashMap<(String, i32), HashSet<usize>> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        for line in page.regions.iter().flat_map(|region| &region.lines).filter(|line| is_at_edge(page, line))
        {
            for place in places(line) {
                seen.entry((words(&line.text), place)).or_default().insert(number);
            }
        }
    }
    let repeats = |line: &Line| {
        places(line)
            .iter()
            .any(|&place| seen.get(&(words(&line.text), place)).is_some_and(|pages| pages.len() > 1))
    };
    for page in pages {
        let (top, bottom) = (page.top, page.bottom);
        for region in &mut page.regions {
            region.lines.retain(|line| {
                !is_within_margin(top, bottom, line) || !repeats(line) && !is_page_number(&line.text)
            });
        }
        page.regions.retain(|region| !region.lines.is_empty());
    }
}

fn is_at_edge(page: &Page, line: &Line) -> bool {
    is_within_margin(page.top, page.bottom, line)
}

fn is_within_margin(top: f32, bottom: f32, line: &Line) -> bool {
    let margin = (top - bottom) * MARGIN;
    line.y > top - margin || line.y < bottom + margin
}

/// The bands that a line's baseline lies in: two, so that neighbours across a border meet.
fn places(line: &Line) -> [i32; 2] {
    let band = line.y / STEP;
    [(band.floor() as i32) * 2, (band + 0.5).floor() as i32 * 2 + 1]
}

/// What a line says without its numbers.
fn words(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// `3`, `– 3 –`, `3/12`, `Page 3 of 12`.
fn is_page_number(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let has_number = text.chars().any(|c| c.is_numeric());
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let named = words.first().is_some_and(|first| {
        [
            "page",
            "seite",
            "p.",
            "s.",
            "pagina",
            "página",
            "стр.",
            "страница",
            "σελίδα",
            "strona",
            "صفحة",
            "第",
        ]
        .contains(&first.to_lowercase().as_str())
    });
    has_number && words.len() <= 5 && text.chars().count() <= 20 && (letters == 0 || named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known() {
        for (text, want) in [
            ("3", true),
            ("– 3 –", true),
            ("Page 3 of 12", true),
            ("3/12", true),
            ("In 2019", false),
            ("", false),
        ] {
            assert_eq!(is_page_number(text), want, "{text}");
        }
    }
}
