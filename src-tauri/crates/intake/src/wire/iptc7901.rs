//! IPTC 7901, the teletype format of most agencies outside of America (IPTC recommendation 7901,
//! last revised in 1995).
//!
//! ```text
//! SOH bdt4711 3 pl 123  dpa 0815     source and number, priority, category, words, free
//! Politics/Talks/                    keywords
//! STX (Urgent)                       notes in brackets, headline, byline; "=" ends the head
//! Talks begin =
//!
//! Geneva (EX) - They met …
//! ETX 140930 GMT May 19              day-time group
//! ```

use wirewatch_model::{ParsedArticle, Published, Status};

use super::stamp::{day, day_time_group};
use super::teletype::{Message, cut_off, lines};
use super::{Wire, authors, body, credited, urgency};
use crate::finish::finish;
use crate::{Hint, plain};

/// A head of more lines is no head: the text has none.
const LONGEST_HEAD: usize = 12;

/// Paragraphs that may begin with the dateline: a standfirst or two stand before it.
const DATELINES: usize = 3;

/// Where the text ends and the notes for editors begin, in lower case.
const NOTES: &[&str] = &[
    "# notizblock",
    "notizblock",
    "* * * *",
    "not for publication",
    "editors note",
    "editor's note",
    "note to editors",
    "die folgenden informationen sind nicht zur",
    "redaktionelle hinweise",
];

/// Reads messages to articles.
pub(super) fn read(messages: &[Message<'_>], hint: &Hint) -> Wire {
    let mut wire = Wire::default();
    wire.articles.extend(messages.iter().map(|message| finish(article(message), None, hint)));
    wire
}

fn article(message: &Message<'_>) -> ParsedArticle {
    let head = Head::read(message.head);
    let all = lines(message.text);
    let (top, rest) = split_head(&all);
    let top = Top::read(top);
    let mut paragraphs = paragraphs(rest);
    // Further down, brackets before a dash are a speaker's party or town.
    let agency = paragraphs.iter().take(DATELINES).find_map(|paragraph| credited(paragraph));
    let provider = agency.or(head.provider);
    drop_closing_line(&mut paragraphs, provider.as_deref());
    let lead = take_lead(&mut paragraphs);
    let published = day_time_group(message.trailer, provider.as_deref());
    let content = body::paragraphs(paragraphs);
    let mut labels = head.labels;
    labels.extend(top.notes);
    let status = status(&top.title, &labels);
    ParsedArticle {
        title: top.title,
        authors: top.authors,
        external_id: head.number.zip(published).map(|(number, at)| id(provider.as_deref(), &number, at)),
        publisher: provider,
        published,
        lead,
        text: content.text,
        html: content.html,
        labels,
        status,
        problems: if message.whole { Vec::new() } else { vec![cut_off()] },
        ..ParsedArticle::default()
    }
}

/// Numbers begin anew every day, so the day belongs to the id.
fn id(provider: Option<&str>, number: &str, at: Published) -> String {
    format!("{}:{number}:{}", provider.unwrap_or("iptc7901"), day(at))
}

/// What stands before STX.
#[derive(Default)]
struct Head {
    /// Source and number; `None` if the sender counts nothing (0000).
    number: Option<String>,
    provider: Option<String>,
    labels: Vec<String>,
}

impl Head {
    fn read(head: &str) -> Head {
        let all = lines(head);
        let mut rows = all.iter().map(String::as_str).filter(|line| !line.trim().is_empty());
        let words: Vec<&str> = rows.next().unwrap_or_default().split_whitespace().collect();
        let number = words.first().filter(|word| word.bytes().any(|byte| matches!(byte, b'1'..=b'9')));
        let mut labels: Vec<String> =
            rows.flat_map(|row| row.split('/')).filter_map(plain::some_line).collect();
        labels.extend(words.get(2).map(|category| (*category).to_owned()));
        labels.extend(words.get(1).and_then(|priority| urgency(priority)));
        Head {
            number: number.map(|word| (*word).to_owned()),
            provider: words.get(4).and_then(|word| agency(word)),
            labels,
        }
    }
}

/// The agency in the word that names it with its service: `dpa-spe`, `dpa/lni`.
fn agency(word: &str) -> Option<String> {
    let name = word.split(['-', '/']).next()?;
    (!name.is_empty() && name.chars().all(char::is_alphabetic)).then(|| name.to_owned())
}

/// The lines up to the one that ends in ` =`, and those behind. Without such a line the head is
/// what stands before the first blank line.
fn split_head(lines: &[String]) -> (&[String], &[String]) {
    let begin = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(0);
    let lines = lines.get(begin..).unwrap_or_default();
    let ends = lines.iter().take(LONGEST_HEAD).position(|line| line.ends_with('='));
    let blank = || lines.iter().take(LONGEST_HEAD).position(|line| line.trim().is_empty());
    let end = ends.map(|at| at + 1).or_else(blank).unwrap_or(0);
    lines.split_at_checked(end).unwrap_or((&[], lines))
}

/// What the head of the text says.
#[derive(Default)]
struct Top {
    title: String,
    authors: Vec<String>,
    notes: Vec<String>,
}

impl Top {
    fn read(lines: &[String]) -> Top {
        let (rest, notes) = without_notes(&lines.join("\n"));
        let mut top = Top { notes, ..Top::default() };
        let mut title = Vec::new();
        for line in rest.lines().map(|line| plain::line(line.trim_end().trim_end_matches('='))) {
            if !title.is_empty() && top.authors.is_empty() && is_byline(&line) {
                top.authors = authors(&line);
            } else {
                title.push(line);
            }
        }
        top.title = plain::line(&title.join(" "));
        top
    }
}

fn is_byline(line: &str) -> bool {
    ["by ", "von ", "par ", "por ", "di ", "door ", "av "]
        .iter()
        .any(|word| plain::strip_prefix_fold(line, word).is_some())
}

/// A head without what stands in brackets at the beginning of a line, be it several lines; and that.
fn without_notes(head: &str) -> (String, Vec<String>) {
    let (mut rest, mut notes, mut open) = (Vec::new(), Vec::new(), None::<String>);
    for line in head.lines() {
        let bare = line.trim().trim_end_matches('=').trim_end();
        let note = match open.take() {
            Some(note) => format!("{note} {bare}"),
            None if bare.starts_with('(') => bare.to_owned(),
            None => {
                rest.push(line.to_owned());
                continue;
            }
        };
        match note.ends_with(')') {
            true => notes.extend(plain::some_line(note.trim_matches(['(', ')']))),
            false => open = Some(note),
        }
    }
    // A bracket that never closes was none.
    rest.extend(open);
    (rest.join("\n"), notes)
}

/// Paragraphs: parted by blank lines or indentation, tables kept line by line; up to the notes.
fn paragraphs(lines: &[String]) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in lines.iter().take_while(|line| !begins_notes(line)) {
        let is_row = line.trim_start().starts_with('|');
        if line.trim().is_empty() || line.starts_with("  ") || line.starts_with('\t') || is_row {
            found.push(String::new());
        }
        if let Some(last) = found.last_mut() {
            last.push(' ');
            last.push_str(line);
        }
    }
    found.iter().filter_map(|paragraph| plain::some_line(paragraph)).collect()
}

fn begins_notes(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['#', '(']).trim_start().to_lowercase();
    NOTES.iter().any(|note| line.starts_with(note.trim_start_matches(['#', ' '])))
}

/// A standfirst stands before the paragraph with the dateline.
fn take_lead(paragraphs: &mut Vec<String>) -> Option<String> {
    let dateline = paragraphs.iter().take(DATELINES).position(|paragraph| credited(paragraph).is_some())?;
    if dateline == 0 {
        return None;
    }
    let lead: Vec<String> = paragraphs.drain(..dateline).collect();
    Some(lead.join(" "))
}

/// The last line names agency and editors by their codes: `dpa abc yydd n1 sku`.
fn drop_closing_line(paragraphs: &mut Vec<String>, provider: Option<&str>) {
    let is_closing = |line: &String| {
        let codes = line.split(' ').count() >= 2 && line.len() < 60 && !line.ends_with(['.', '!', '?', '"']);
        let agency = line.split([' ', '/']).next().unwrap_or_default();
        codes && provider.is_some_and(|provider| agency.eq_ignore_ascii_case(provider))
    };
    if paragraphs.last().is_some_and(is_closing) {
        paragraphs.pop();
    }
}

/// The format has no status: agencies say in headline or notes that a story is withdrawn.
fn status(title: &str, labels: &[String]) -> Status {
    const WITHDRAWN: &[&str] =
        &["kill", "mandatory kill", "annullierung", "annulliert", "zurückgezogen", "annulation", "withdrawn"];
    let first = |text: &str| {
        let lower = text.to_lowercase();
        WITHDRAWN.iter().any(|word| {
            lower == *word
                || lower.starts_with(&format!("{word}:"))
                || lower.starts_with(&format!("{word} -"))
        })
    };
    if first(title) || labels.iter().any(|label| first(label)) { Status::Cancelled } else { Status::Usable }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_text_falls_into_headline_byline_and_notes() {
        for (lines, title, authors, notes) in [
            (&["Talks begin ="][..], "Talks begin", &[][..], &[][..]),
            (
                &[
                    "(Correction: an earlier text named",
                    "another town.)",
                    "(Feature)",
                    "Talks begin in",
                    "Geneva",
                    "By Jane Roe, EX",
                    "(Photo) =",
                ],
                "Talks begin in Geneva",
                &["Jane Roe", "EX"],
                &["Correction: an earlier text named another town.", "Feature", "Photo"],
            ),
            (&["(Talks begin ="], "(Talks begin", &[], &[]),
        ] {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            let top = Top::read(&lines);
            assert_eq!(
                (top.title.as_str(), top.authors.as_slice(), top.notes.as_slice()),
                (
                    title,
                    authors.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>().as_slice(),
                    notes.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>().as_slice()
                )
            );
        }
    }

    #[test]
    fn the_agency_of_a_head_is_named_with_or_without_its_service() {
        for (word, want) in [
            ("dpa", Some("dpa")),
            ("dpa-spe", Some("dpa")),
            ("EX/lni", Some("EX")),
            ("0815", None),
            ("-spe", None),
        ] {
            assert_eq!(agency(word).as_deref(), want, "{word}");
        }
    }
}
