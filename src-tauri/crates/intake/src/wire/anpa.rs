//! ANPA 1312, the teletype format of American agencies (ANPA bulletin 1312).
//!
//! ```text
//! SYN SYN SOH a0651 US selector
//! r i DC3 DC1 bc-EU--Talks,1st Ld-Writethru 05-14 0321    priority, category, version, keyword, day, words
//! STX ^BC-EU--Talks, 1st Ld-Writethru,0321<               lines with ^ are the head, later subheads
//! ^Talks begin<
//! ^By JANE ROE=
//! TAB GENEVA (EX) _ They met …
//! ETX EX-NY-05-14-19 0730GMT
//! ```
//!
//! A later lead ("1st Ld") replaces the story, an addition ("1st Add", "take 2") goes on with it, a
//! kill withdraws it; all under one keyword and day.

use wirewatch_model::{ParsedArticle, Problem, ProblemKind, Published, Status};

use super::stamp;
use super::teletype::{Message, cut_off, lines};
use super::{Wire, authors, body, credited, urgency};
use crate::finish::finish;
use crate::{Hint, plain};

/// How the lines of a head begin that speak to editors.
const NOTES: &[&str] =
    &["eds", "editor", "with photo", "with:", "note contents", "ap photo", "moving on", "an ap "];

/// A kill stands above every lead.
const LAST_REVISION: u32 = 1000;

/// Reads messages to articles, and joins additions to what they go on with.
pub(super) fn read(messages: &[Message<'_>], hint: &Hint) -> Wire {
    let mut stories: Vec<Story> = Vec::new();
    for story in messages.iter().map(Story::read) {
        let earlier = stories.iter_mut().find(|earlier| story.take.is_some() && earlier.goes_on_with(&story));
        match earlier {
            Some(earlier) => earlier.paragraphs.extend(story.paragraphs),
            None => stories.push(story),
        }
    }
    let mut wire = Wire::default();
    wire.articles.extend(stories.into_iter().map(|story| finish(story.article(), None, hint)));
    wire
}

/// What a message says.
struct Story {
    /// The keyword without version and take, such as `EU--Talks`.
    slug: String,
    /// How often the story was led anew; a kill counts as the last.
    revision: u32,
    /// Its number if it is an addition: the story itself is the first take.
    take: Option<u32>,
    status: Status,
    labels: Vec<String>,
    title: String,
    authors: Vec<String>,
    provider: Option<String>,
    published: Option<Published>,
    /// Month and day of the head, for the id.
    day: Option<String>,
    paragraphs: Vec<String>,
    problems: Vec<Problem>,
}

impl Story {
    fn read(message: &Message<'_>) -> Story {
        let head = Head::read(message.head);
        let text = Text::read(message.text, head.is_tabular);
        let key = Key::read(if head.keyword.is_empty() { &text.keyword } else { &head.keyword });
        let provider = text
            .paragraphs
            .iter()
            .take(3)
            .find_map(|one| credited(one))
            .or_else(|| footer_agency(message.trailer));
        let mut labels = vec![key.slug.clone()];
        labels.extend(head.category);
        labels.extend(head.urgency);
        labels.extend(key.words.clone());
        Story {
            slug: key.slug,
            revision: if key.killed { LAST_REVISION } else { key.lead },
            take: key.take,
            status: if key.killed { Status::Cancelled } else { Status::Usable },
            labels,
            title: text.title,
            authors: text.authors,
            provider,
            published: stamp::anpa(message.trailer).map(Published::At),
            day: head.day,
            paragraphs: text.paragraphs,
            problems: if message.whole { Vec::new() } else { vec![cut_off()] },
        }
    }

    fn goes_on_with(&self, addition: &Story) -> bool {
        self.take.is_none() && self.slug.eq_ignore_ascii_case(&addition.slug) && self.day == addition.day
    }

    fn article(mut self) -> ParsedArticle {
        if let Some(take) = self.take {
            let why =
                format!("this is take {take} of “{}”; what comes before it is in another message", self.slug);
            self.problems.push(Problem::new(ProblemKind::Incomplete, why));
        }
        let external_id = self.id();
        let content = body::paragraphs(self.paragraphs);
        ParsedArticle {
            title: self.title,
            authors: self.authors,
            publisher: self.provider,
            published: self.published,
            revision: external_id.as_ref().map(|_| self.revision.to_string()),
            external_id,
            status: self.status,
            text: content.text,
            html: content.html,
            labels: self.labels,
            problems: self.problems,
            ..ParsedArticle::default()
        }
    }

    /// Agency, keyword and day; an addition is an item of its own.
    fn id(&self) -> Option<String> {
        let day = self.published.map(stamp::day).or_else(|| self.day.clone())?;
        let take = self.take.map(|take| format!(":{take}")).unwrap_or_default();
        let provider = self.provider.as_deref().unwrap_or("anpa");
        (!self.slug.is_empty()).then(|| format!("{provider}:{}:{day}{take}", self.slug.to_lowercase()))
    }
}

/// What stands before STX.
#[derive(Default)]
struct Head {
    keyword: String,
    category: Option<String>,
    urgency: Option<String>,
    day: Option<String>,
    /// DC2: the line ends of the text stay.
    is_tabular: bool,
}

impl Head {
    fn read(head: &str) -> Head {
        let line = head.split('\n').nth(1).unwrap_or_default();
        let clean: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let words: Vec<&str> = clean.split_whitespace().collect();
        let codes = words.iter().take_while(|word| word.chars().count() == 1).count();
        let date = words.iter().rposition(|word| is_day(word)).unwrap_or(words.len());
        Head {
            keyword: words.get(codes..date).unwrap_or_default().join(" "),
            category: words.get(1).filter(|_| codes > 1).map(|word| (*word).to_owned()),
            urgency: words.first().filter(|_| codes > 0).and_then(|letter| priority(letter)),
            day: words.get(date).map(|day| (*day).to_owned()),
            is_tabular: line.contains('\u{12}'),
        }
    }
}

fn is_day(word: &str) -> bool {
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once('-').is_some_and(|(month, day)| digits(month) && digits(day))
}

/// Priority letters as IPTC's urgency.
fn priority(letter: &str) -> Option<String> {
    let number = match letter.to_ascii_lowercase().as_str() {
        "f" => "1",
        "b" => "2",
        "u" => "3",
        "r" => "4",
        "d" => "5",
        "a" | "w" | "s" => "6",
        _ => return None,
    };
    urgency(number)
}

/// A keyword line taken apart: `bc-EU--Talks,1st Ld-Writethru,URGENT`.
#[derive(Default)]
struct Key {
    slug: String,
    lead: u32,
    take: Option<u32>,
    killed: bool,
    words: Vec<String>,
}

impl Key {
    fn read(keyword: &str) -> Key {
        let keyword = keyword.trim_matches(|c: char| c == '^' || c == '<' || c.is_whitespace());
        let lower = keyword.to_ascii_lowercase();
        let start =
            usize::from(["am-", "pm-", "bc-", "ap-"].iter().any(|cycle| lower.starts_with(cycle))) * 3;
        let mut parts =
            keyword.get(start..).unwrap_or_default().split([',', ' ']).filter(|part| !part.is_empty());
        let mut key = Key { slug: parts.next().unwrap_or_default().to_owned(), ..Key::default() };
        let words: Vec<&str> = parts.collect();
        for (at, word) in words.iter().enumerate() {
            key.word(
                word,
                at.checked_sub(1).and_then(|before| words.get(before)).copied(),
                words.get(at + 1).copied(),
            );
        }
        key
    }

    fn word(&mut self, word: &str, before: Option<&str>, after: Option<&str>) {
        let lower = word.to_ascii_lowercase();
        let number = |word: Option<&str>| word.and_then(ordinal);
        match lower.split('-').next().unwrap_or_default() {
            "ld" | "lead" => self.lead = number(before).unwrap_or(1),
            "add" | "adds" => self.take = Some(number(before).unwrap_or(1) + 1),
            "take" => self.take = number(after).filter(|take| *take > 1),
            "kill" | "kills" | "elimination" => self.killed = true,
            "urgent" | "bulletin" | "flash" | "newsalert" | "advisory" | "correction" | "corrective" => {
                self.words.push(lower.clone())
            }
            _ => {}
        }
        if lower.contains("writethru") {
            self.lead = self.lead.max(1);
        }
    }
}

/// `1st`, `2nd`, `10th`, `3`.
fn ordinal(word: &str) -> Option<u32> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    word.get(..digits)?.parse().ok().filter(|number| *number < LAST_REVISION)
}

/// The text with its head.
#[derive(Default)]
struct Text {
    keyword: String,
    title: String,
    authors: Vec<String>,
    paragraphs: Vec<String>,
}

impl Text {
    fn read(text: &str, is_tabular: bool) -> Text {
        let mut found = Text::default();
        let mut head = Vec::new();
        for line in lines(&text.replace('\r', "")) {
            let is_head = line.starts_with('^');
            let clean = clean(&line);
            match (is_head, found.paragraphs.is_empty()) {
                (true, true) => head.push(clean),
                (true, false) => found.paragraphs.extend(Some(clean).filter(|subhead| !subhead.is_empty())),
                _ => found.add(&line, &clean, is_tabular),
            }
        }
        found.take_head(head);
        found.paragraphs.retain(|one| !is_more(one));
        found
    }

    /// A tab begins a paragraph; other lines go on with it.
    fn add(&mut self, line: &str, clean: &str, is_tabular: bool) {
        let begins = line.starts_with('\t') || is_tabular || self.paragraphs.is_empty();
        match self.paragraphs.last_mut() {
            _ if clean.is_empty() => {}
            Some(last) if !begins => {
                last.push(' ');
                last.push_str(clean);
            }
            _ => self.paragraphs.push(clean.to_owned()),
        }
    }

    fn take_head(&mut self, head: Vec<String>) {
        let mut rows = head.into_iter().filter(|row| !row.is_empty());
        self.keyword = rows.next().unwrap_or_default();
        for row in rows {
            if plain::strip_prefix_fold(&row, "by ").is_some() {
                self.authors = authors(&row);
            } else if self.title.is_empty() && self.authors.is_empty() && !is_note(&row) {
                self.title = row;
            }
        }
    }
}

/// A line without its signs for the typesetter: `<` ends a line, `=` centres it, `_` is a dash.
fn clean(line: &str) -> String {
    let line = line.trim_matches(|c: char| c.is_whitespace() || "^<=".contains(c));
    let line = line.replace("``", "“").replace("''", "”").replace(" _ ", " – ");
    plain::line(&line)
}

fn is_note(row: &str) -> bool {
    NOTES.iter().any(|note| plain::strip_prefix_fold(row, note).is_some())
}

/// What says that a take goes on in the next.
fn is_more(paragraph: &str) -> bool {
    matches!(paragraph.trim_matches(['(', ')', '_', '–', ' ']), "MORE" | "more")
}

/// The agency of a trailer: `AP-NY-05-14-19 0730GMT`.
fn footer_agency(trailer: &str) -> Option<String> {
    let (agency, _) = trailer.trim().split_once('-')?;
    (!agency.is_empty() && agency.bytes().all(|byte| byte.is_ascii_uppercase())).then(|| agency.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyword_line_says_lead_take_and_kill() {
        for (keyword, slug, lead, take, killed) in [
            ("bc-EU--Talks", "EU--Talks", 0, None, false),
            ("BC-EU--Talks, 1st Ld-Writethru,0321<", "EU--Talks", 1, None, false),
            ("bc-EU--Talks,3rd Ld", "EU--Talks", 3, None, false),
            ("bc-EU--Talks,1st Add", "EU--Talks", 0, Some(2), false),
            ("bc-EU--Talks, take 3", "EU--Talks", 0, Some(3), false),
            ("bc-EU--Talks, take 1", "EU--Talks", 0, None, false),
            ("^BC-EU--Talks, KILL<", "EU--Talks", 0, None, true),
            ("", "", 0, None, false),
        ] {
            let key = Key::read(keyword);
            assert_eq!(
                (key.slug.as_str(), key.lead, key.take, key.killed),
                (slug, lead, take, killed),
                "{keyword}"
            );
        }
    }
}
