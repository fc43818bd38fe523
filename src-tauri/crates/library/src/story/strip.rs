//! What agencies and outlets put around a story: datelines, bylines, credits, calls to subscribe.

/// How far into a text a dateline may reach, in characters.
const DATELINE_REACH: usize = 90;

/// A paragraph of more words than this is part of the story, however it begins.
const LONGEST_CREDIT: usize = 24;

/// How paragraphs begin that are not part of a story, in lower case.
const CREDITS: &[&str] = &[
    "by ",
    "reporting by",
    "(reporting by",
    "additional reporting",
    "editing by",
    "(editing by",
    "written by",
    "compiled by",
    "with reporting",
    "©",
    "(c) ",
    "copyright",
    "all rights reserved",
    "our standards",
    "read more",
    "read also",
    "subscribe",
    "sign up",
    "follow us",
    "this story was",
    "this article was",
    "this report was",
    "associated press writer",
    "the associated press contributed",
    "source:",
    "photo:",
    "par ",
    "avec afp",
    "lire aussi",
    "quelle:",
    "mit material",
    "источник:",
    "читайте также",
    "подписывайтесь",
    "фото:",
];

/// The paragraphs of a text that tell the story, the dateline cut from the first.
pub(super) fn told(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n')
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty() && !is_credit(paragraph))
        .enumerate()
        .map(|(number, paragraph)| if number == 0 { after_dateline(paragraph) } else { paragraph })
}

fn is_credit(paragraph: &str) -> bool {
    let beginning: String = paragraph.chars().take(40).flat_map(char::to_lowercase).collect();
    CREDITS.iter().any(|credit| beginning.starts_with(credit))
        && paragraph.split_whitespace().nth(LONGEST_CREDIT).is_none()
}

/// Cuts `LONDON, March 3 (Agency) - ` and `WASHINGTON — ` from the beginning of a story.
fn after_dateline(paragraph: &str) -> &str {
    let reach = paragraph.char_indices().nth(DATELINE_REACH).map_or(paragraph.len(), |(at, _)| at);
    let (beginning, _) = paragraph.split_at(reach);
    let dash = [" — ", " – ", " -- ", " - "]
        .into_iter()
        .filter_map(|dash| beginning.find(dash).map(|at| (at, at + dash.len())))
        .min();
    match dash {
        Some((from, to)) if is_dateline(beginning.get(..from).unwrap_or_default()) => {
            paragraph.get(to..).unwrap_or(paragraph)
        }
        _ => paragraph,
    }
}

/// A place in capitals, or an agency in brackets at the end.
fn is_dateline(beginning: &str) -> bool {
    let first = beginning.split([',', ' ', '(']).next().unwrap_or_default();
    let capitals = first.chars().filter(|c| c.is_uppercase()).count();
    let shouted = capitals > 2 && !first.chars().any(char::is_lowercase);
    shouted || (beginning.ends_with(')') && beginning.contains('('))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_tells_the_story_is_left() {
        for (text, want) in [
            ("LONDON, March 3 (Harbour Wire) - Ships sailed.\n\nReporting by A. B.", vec!["Ships sailed."]),
            ("WASHINGTON — Talks began.", vec!["Talks began."]),
            ("By Tom Ashe\n\nTalks began.\n\n© 2026 The Courier", vec!["Talks began."]),
            ("Oslo (HW) – Fisk.", vec!["Fisk."]),
            ("He came - at last - home.", vec!["He came - at last - home."]),
            ("«Москва — наш город», сказал он.", vec!["«Москва — наш город», сказал он."]),
            ("", vec![]),
        ] {
            assert_eq!(told(text).collect::<Vec<_>>(), want, "{text}");
        }
    }

    #[test]
    fn a_long_paragraph_is_never_a_credit() {
        let text = format!("By noon {}", "the ships had left the harbour ".repeat(6));
        assert_eq!(told(&text).count(), 1);
    }
}
