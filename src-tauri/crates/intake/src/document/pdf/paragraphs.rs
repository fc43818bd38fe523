//! Lines to paragraphs and headings.

use std::collections::HashSet;

use super::super::flow::{Flow, Look, Role};
use super::layout::{Page, Region, weighted_median};
use super::line::{Line, is_ideograph};

/// A line larger than the body by this factor is a heading.
const HEADING: f32 = 1.12;

/// And by this one, on the first page, the title.
const TITLE: f32 = 1.2;

/// More than this many times the usual distance between lines parts paragraphs.
const WIDE_GAP: f32 = 1.25;

/// An indent, in parts of the size.
const INDENT: f32 = 0.7;

/// A longer heading is a pull quote or a first paragraph in large letters.
const LONGEST_HEADING: usize = 200;

/// The text of all pages.
pub(super) fn flow(pages: &[Page]) -> Flow {
    let body = Body::of(pages);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (number, region) in
        pages.iter().enumerate().flat_map(|(n, page)| page.regions.iter().map(move |region| (n, region)))
    {
        let frame = Frame::of(region);
        let mut before: Option<&Line> = None;
        for line in &region.lines {
            let goes_on = match (before, paragraphs.last()) {
                (Some(before), Some(_)) => !body.parts(before, line, &frame),
                (None, Some(paragraph)) => body.goes_on(paragraph, line, &frame),
                _ => false,
            };
            match paragraphs.last_mut().filter(|_| goes_on) {
                Some(paragraph) => paragraph.add(line, &frame, &body.words),
                None => paragraphs.push(Paragraph::begin(line, &frame, number)),
            }
            before = Some(line);
        }
    }
    write(paragraphs, &body)
}

fn write(paragraphs: Vec<Paragraph>, body: &Body) -> Flow {
    let largest = paragraphs
        .iter()
        .filter(|paragraph| paragraph.page == 0 && paragraph.is_heading_like())
        .map(|paragraph| paragraph.size)
        .fold(0.0, f32::max);
    let mut has_title = false;
    let mut flow = Flow::default();
    for paragraph in paragraphs {
        let is_largest = paragraph.page == 0 && paragraph.size >= largest * 0.98;
        let role = if !paragraph.is_heading_like() {
            Role::Text
        } else if !has_title && is_largest && largest >= body.size * TITLE {
            has_title = true;
            Role::Title
        } else if paragraph.size >= body.size * HEADING {
            Role::Heading(1)
        } else if paragraph.bold && !paragraph.ends_sentence() && !body.bold {
            Role::Heading(2)
        } else {
            Role::Text
        };
        flow.text(&paragraph.text, &Look::default());
        flow.end(role);
    }
    flow
}

/// A paragraph in the making.
struct Paragraph {
    text: String,
    size: f32,
    bold: bool,
    page: usize,
    /// Whether its last line ends before the frame does.
    is_short: bool,
}

impl Paragraph {
    fn begin(line: &Line, frame: &Frame, page: usize) -> Paragraph {
        Paragraph {
            text: line.text.clone(),
            size: line.size,
            bold: line.bold,
            page,
            is_short: frame.is_short(line),
        }
    }

    fn add(&mut self, line: &Line, frame: &Frame, words: &HashSet<String>) {
        join(&mut self.text, &line.text, words);
        self.bold &= line.bold;
        self.is_short = frame.is_short(line);
    }

    fn ends_sentence(&self) -> bool {
        ends_sentence(&self.text)
    }

    fn is_heading_like(&self) -> bool {
        self.text.chars().count() <= LONGEST_HEADING
            && self.text.chars().filter(|c| c.is_alphabetic()).count() > 1
    }
}

/// Where the lines of a region begin and end.
struct Frame {
    left: f32,
    right: f32,
}

impl Frame {
    fn of(region: &Region) -> Frame {
        let size = region.lines.first().map_or(0.0, |line| line.size);
        let edge = |value: fn(&Line) -> f32, outermost: fn(f32, f32) -> f32| {
            region.lines.iter().map(value).reduce(outermost).unwrap_or(0.0)
        };
        let (left, right) = (edge(|line| line.left, f32::min), edge(|line| line.right, f32::max));
        // One number in the margin must not make every line an indented one.
        let mut lefts: Vec<(f32, usize)> = region.lines.iter().map(|line| (line.left, 1)).collect();
        let usual = weighted_median(&mut lefts);
        Frame { left: if usual - left > size * 8.0 { usual } else { left }, right }
    }

    /// How far a line begins inside of the frame.
    fn indent(&self, line: &Line) -> f32 {
        if line.is_rtl { self.right - line.right } else { line.left - self.left }
    }

    /// Whether a line leaves room at its end.
    fn is_short(&self, line: &Line) -> bool {
        let room = if line.is_rtl { line.left - self.left } else { self.right - line.right };
        room > line.size * 2.0 && room > (self.right - self.left) * 0.08
    }
}

/// What is usual in a document.
struct Body {
    size: f32,
    /// Distance of baselines, in parts of the size.
    leading: f32,
    bold: bool,
    /// Its words in lower case.
    words: HashSet<String>,
}

impl Body {
    fn of(pages: &[Page]) -> Body {
        let lines = || pages.iter().flat_map(|page| &page.regions).flat_map(|region| &region.lines);
        let weight = |line: &Line| line.text.len();
        let mut sizes: Vec<(f32, usize)> = lines().map(|line| (line.size, weight(line))).collect();
        let size = weighted_median(&mut sizes);
        let pairs = || pages.iter().flat_map(|page| &page.regions).flat_map(|region| region.lines.windows(2));
        let mut gaps: Vec<(f32, usize)> = pairs()
            .filter_map(|pair| if let [first, second] = pair { Some((first, second)) } else { None })
            .filter(|(first, second)| is_near(first.size, second.size))
            .map(|(first, second)| ((first.y - second.y) / first.size.max(1.0), weight(second)))
            .collect();
        let bold: usize = lines().filter(|line| line.bold).map(weight).sum();
        let words = lines()
            .flat_map(|line| line.text.split_whitespace())
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
            .collect();
        Body { size, leading: weighted_median(&mut gaps), bold: bold * 2 > lines().map(weight).sum(), words }
    }

    /// Whether a paragraph ends between two lines of a region.
    fn parts(&self, before: &Line, line: &Line, frame: &Frame) -> bool {
        let is_heading = |line: &Line| line.size >= self.size * HEADING;
        // A word is never parted between paragraphs.
        if before.text.ends_with('\u{ad}') && is_near(before.size, line.size) {
            return false;
        }
        if !is_near(before.size, line.size)
            || before.bold != line.bold && (frame.is_short(before) || is_heading(line))
        {
            return true;
        }
        let gap = (before.y - line.y) / line.size.max(1.0);
        let leading = if is_heading(line) { self.leading.max(1.35) } else { self.leading };
        if gap > leading * WIDE_GAP + 0.05 {
            return true;
        }
        let (indent, before_indent) = (frame.indent(line), frame.indent(before));
        let is_indented = indent > line.size * INDENT && indent - before_indent > line.size * INDENT;
        is_indented && !is_heading(line) && indent < line.size * 6.0
            || frame.is_short(before) && ends_sentence(&before.text)
    }

    /// Whether a paragraph goes on in the next column or page.
    fn goes_on(&self, paragraph: &Paragraph, line: &Line, frame: &Frame) -> bool {
        let is_body = |size: f32| size < self.size * HEADING;
        if !is_near(paragraph.size, line.size) || !is_body(line.size) {
            return false;
        }
        let is_indented = frame.indent(line) > line.size * INDENT;
        let begins_low = line.text.chars().next().is_some_and(char::is_lowercase);
        begins_low || !paragraph.ends_sentence() && !paragraph.is_short || !is_indented && !paragraph.is_short
    }
}

fn is_near(a: f32, b: f32) -> bool {
    (a - b).abs() <= a.max(b) * 0.1
}

fn ends_sentence(text: &str) -> bool {
    let closing = ['"', '”', '’', '\'', '»', ')', ']', '“', '」', '』', '）'];
    text.trim_end_matches(closing).ends_with(['.', '!', '?', '…', '。', '！', '？', ':', '؟', ';', '：'])
}

/// Adds a line to a paragraph: with a space, without one between ideographs, and as one word where
/// a hyphen ends the line.
fn join(text: &mut String, line: &str, words: &HashSet<String>) {
    let (last, first) = (text.chars().next_back(), line.chars().next());
    let (Some(last), Some(first)) = (last, first) else { return text.push_str(line) };
    if last == '\u{ad}' {
        text.pop();
    } else if matches!(last, '-' | '‐') && text.chars().nth_back(1).is_some_and(char::is_alphabetic) {
        if first.is_lowercase() && !is_compound(text, line, words) {
            text.pop();
        } else if !first.is_alphanumeric() {
            text.push(' ');
        }
    } else if !(is_ideograph(last) && is_ideograph(first)) {
        text.push(' ');
    }
    text.push_str(line);
}

/// Whether the word that is parted at a line end has a hyphen elsewhere, and never none.
fn is_compound(text: &str, line: &str, words: &HashSet<String>) -> bool {
    let head = text
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default()
        .trim_start_matches(|c: char| !c.is_alphanumeric());
    let tail = line
        .split(char::is_whitespace)
        .next()
        .unwrap_or_default()
        .trim_end_matches(|c: char| !c.is_alphanumeric());
    let stem = head.trim_end_matches(['-', '‐']);
    let whole = |between: &str| format!("{stem}{between}{tail}").to_lowercase();
    words.contains(&whole("-")) && !words.contains(&whole(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_to_words_and_sentences() {
        let words: HashSet<String> = ["well-known", "treaty"].map(String::from).into();
        for (text, line, want) in [
            ("They", "met", "They met"),
            ("The trea-", "ty", "The treaty"),
            ("a well-", "known man", "a well-known man"),
            ("Nord-", "Süd", "Nord-Süd"),
            ("The trea\u{ad}", "ty", "The treaty"),
            ("1914-", "1918", "1914- 1918"),
            ("words –", "more", "words – more"),
            ("谈判", "开始", "谈判开始"),
        ] {
            let mut joined = text.to_owned();
            join(&mut joined, line, &words);
            assert_eq!(joined, want, "{text}|{line}");
        }
    }
}
