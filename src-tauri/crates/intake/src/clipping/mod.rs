//! The rules by which a clipping is an article: what stands around its body.
//!
//! A press officer's clipping is a headline, perhaps a standfirst, a byline, a date, a photo
//! credit, the text, and the address it came from. All but the text are facts and do not belong
//! in the body, since topics match what an article *says*.

mod boilerplate;
mod byline;
mod credit;
mod origin;

use wirewatch_model::Published;

use crate::block::Block;
use crate::date;
use crate::plain;

pub(crate) use boilerplate::{drop_boilerplate, drop_tail};
pub(crate) use byline::{names, only_names};
pub(crate) use origin::web_address;

/// What the rules found. `kept` says for each block whether it belongs to the body.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Clipping {
    pub(crate) title: Option<String>,
    pub(crate) lead: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) published: Option<Published>,
    pub(crate) updated: Option<Published>,
    pub(crate) url: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) kept: Vec<bool>,
}

/// How many blocks the matter before a body may take.
const HEAD_BLOCKS: usize = 8;

/// A standfirst is no longer; anything longer is the body.
const LONGEST_LEAD: usize = 400;

/// A headline is no longer.
const LONGEST_TITLE: usize = 200;

/// Where a headline is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Headline {
    /// A heading, else a first short line.
    InText,
    /// Known already, or not to be guessed: only a heading that repeats it is taken out.
    Known,
}

/// A line that says something about the article.
#[derive(Debug, PartialEq)]
enum Fact {
    Authors(Vec<String>),
    Published(Published),
    Updated(Published),
    /// `4 min read` and the like.
    Nothing,
}

/// Applies the rules to the blocks of a document.
pub(crate) fn read(blocks: &[Block], headline: Headline, known_title: &str) -> Clipping {
    let mut clipping = Clipping { kept: vec![true; blocks.len()], ..Clipping::default() };
    clipping.take_title(blocks, headline, known_title);
    clipping.take_origin(blocks);
    clipping.take_head(blocks);
    clipping.take_credits(blocks);
    drop_boilerplate(blocks, &mut clipping.kept);
    clipping
}

/// Whether a line of plain text is matter of the head: such lines are blocks of their own.
pub(crate) fn is_head_line(line: &str) -> bool {
    facts(line).is_some()
}

impl Clipping {
    fn drop_block(&mut self, at: usize) {
        if let Some(kept) = self.kept.get_mut(at) {
            *kept = false;
        }
    }

    fn take_title(&mut self, blocks: &[Block], headline: Headline, known: &str) {
        let head = || blocks.iter().enumerate().take(HEAD_BLOCKS);
        if headline == Headline::Known {
            let known = plain::skeleton(known);
            if let Some((at, _)) =
                head().find(|(_, block)| !known.is_empty() && plain::skeleton(&block.text) == known)
            {
                self.drop_block(at);
            }
            return;
        }
        let found = head()
            .find(|(_, block)| block.heading == Some(1) && !is_chapter(&block.text))
            .or_else(|| head().take(1).find(|(_, block)| block.heading.is_some() && !is_chapter(&block.text)))
            .or_else(|| head().take(2).find(|(_, block)| is_headline(block)).filter(|_| blocks.len() > 1));
        if let Some((at, block)) = found {
            self.title = plain::some_line(&block.text);
            self.drop_block(at);
        }
    }

    fn take_origin(&mut self, blocks: &[Block]) {
        let Some(origin) = origin::find(blocks) else { return };
        for at in origin.blocks {
            self.drop_block(at);
        }
        self.url = Some(origin.url);
        self.publisher = origin.publisher;
    }

    /// Byline and dates, and a standfirst if one stands before them.
    fn take_head(&mut self, blocks: &[Block]) {
        let mut before: Vec<usize> = Vec::new();
        for (at, block) in blocks.iter().enumerate().take(HEAD_BLOCKS) {
            if !self.kept.get(at).copied().unwrap_or(false) || credit::is_credit(block, credit::Place::Head) {
                continue;
            }
            let Some(facts) = facts(&block.text) else {
                before.push(at);
                // Two paragraphs without a fact are the body.
                if before.len() > 1 || block.chars() > LONGEST_LEAD {
                    return;
                }
                continue;
            };
            facts.into_iter().for_each(|fact| self.learn(fact));
            self.drop_block(at);
            if let [lead] = before[..] {
                self.lead = blocks.get(lead).map(|block| plain::line(&block.text));
                self.drop_block(lead);
                before.clear();
            }
        }
    }

    fn learn(&mut self, fact: Fact) {
        match fact {
            Fact::Authors(authors) => self.authors.extend(authors),
            Fact::Published(at) => self.published = self.published.or(Some(at)),
            Fact::Updated(at) => self.updated = self.updated.or(Some(at)),
            Fact::Nothing => {}
        }
    }

    /// Photo credits: any before the body, those of an unmistakable shape within.
    fn take_credits(&mut self, blocks: &[Block]) {
        let mut place = credit::Place::Head;
        for (at, block) in blocks.iter().enumerate() {
            if self.kept.get(at).copied().unwrap_or(false) {
                if credit::is_credit(block, place) {
                    self.drop_block(at);
                } else {
                    place = credit::Place::Body;
                }
            }
        }
    }
}

/// A first line that can only be a headline: short, no sentence, no fact.
fn is_headline(block: &Block) -> bool {
    block.chars() <= LONGEST_TITLE
        && !block.ends_as_sentence()
        && !block.text.contains('\n')
        && facts(&block.text).is_none()
        && !credit::is_credit(block, credit::Place::Head)
}

/// Whether a heading only counts: `3`, `Chapter 3`, `IV.`
fn is_chapter(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "chapter",
        "part",
        "section",
        "kapitel",
        "teil",
        "chapitre",
        "capítulo",
        "capitolo",
        "rozdział",
        "глава",
        "часть",
    ];
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.next_if(|word| WORDS.contains(word));
    let is_number = |word: &str| {
        word.chars().all(|c| c.is_ascii_digit())
            || word.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'))
    };
    words.next().is_some_and(is_number) && words.all(|word| word.chars().all(|c| c.is_ascii_digit()))
}

/// The facts of a text that holds nothing else; its parts may be lines or stand between bars.
fn facts(text: &str) -> Option<Vec<Fact>> {
    text.split(['\n', '|', '•', '·']).map(str::trim).filter(|part| !part.is_empty()).map(fact).collect()
}

fn fact(part: &str) -> Option<Fact> {
    if let Some(published) = date::parse(part) {
        return Some(Fact::Published(published));
    }
    if let Some(date) = after_label(part, UPDATED_LABELS).and_then(date::parse) {
        return Some(Fact::Updated(date));
    }
    if let Some(date) = after_label(part, PUBLISHED_LABELS).and_then(date::parse) {
        return Some(Fact::Published(date));
    }
    if is_reading_time(part) {
        return Some(Fact::Nothing);
    }
    byline::byline(part).map(Fact::Authors)
}

const PUBLISHED_LABELS: &[&str] = &[
    "published on",
    "published at",
    "published",
    "publication date",
    "posted on",
    "posted",
    "date",
    "issued",
    "first published",
    "veröffentlicht am",
    "veröffentlicht",
    "erschienen am",
    "datum",
    "publié le",
    "publié",
    "publicado el",
    "publicado",
    "fecha",
    "pubblicato il",
    "опубликовано",
    "дата публикации",
    "дата",
    "опубліковано",
];

const UPDATED_LABELS: &[&str] = &[
    "last updated on",
    "last updated",
    "updated on",
    "updated at",
    "updated",
    "last modified",
    "modified",
    "aktualisiert am",
    "aktualisiert",
    "stand",
    "mis à jour le",
    "modifié le",
    "actualizado el",
    "actualizado",
    "aggiornato il",
    "обновлено",
    "оновлено",
];

/// The text behind one of these labels and a colon or space.
fn after_label<'a>(text: &'a str, labels: &[&str]) -> Option<&'a str> {
    labels.iter().find_map(|label| {
        let rest = plain::strip_prefix_fold(text, label)?;
        let value = rest.trim_start_matches([':', ' ', '\u{a0}']);
        (value.len() < rest.len()).then_some(value)
    })
}

fn is_reading_time(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next().is_some_and(|first| first.parse::<u16>().is_ok())
        && words.next().is_some_and(|unit| unit.starts_with("min") || unit.starts_with("мин"))
        && words.next().is_none_or(|last| matches!(last, "read" | "de" | "Lesezeit" | "чтения"))
        && words.count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(texts: &[&str]) -> Vec<Block> {
        texts
            .iter()
            .map(|text| match text.strip_prefix("# ") {
                Some(title) => Block { heading: Some(1), ..Block::paragraph(title) },
                None => Block::paragraph(*text),
            })
            .collect()
    }

    fn body(texts: &[&str]) -> Vec<String> {
        let blocks = blocks(texts);
        let clipping = read(&blocks, Headline::InText, "");
        blocks.into_iter().zip(clipping.kept).filter(|(_, kept)| *kept).map(|(block, _)| block.text).collect()
    }

    #[test]
    fn only_the_body_stays() {
        const BODY: &str = "The ministers met in Geneva on Tuesday. They agreed on nothing.";
        for texts in [
            &["# Talks begin", BODY][..],
            &["Talks begin", BODY],
            &["# Talks begin", "By Jane Roe", "May 14, 2019", BODY],
            &["By Jane Roe | 14 May 2019 | 4 min read", "# Talks begin", BODY],
            &["# Talks begin", "What is at stake in Geneva", "By Jane Roe and John Doe", BODY],
            &["# Talks begin", "Photo: Jane Roe", BODY, "Source: https://example.org/a"],
            &[
                "# Talks begin",
                "Published: 14 May 2019",
                "Updated: 15 May 2019",
                BODY,
                "https://example.org/a",
            ],
            &["# Talks begin", BODY, "Original url:", "https://example.org/a"],
            &["# Talks begin", "ADVERTISEMENT", BODY, "Share this article"],
        ] {
            assert_eq!(body(texts), [BODY], "{texts:?}");
        }
    }

    #[test]
    fn a_heading_that_only_counts_is_no_headline() {
        for (text, want) in [
            ("3", true),
            ("Chapter 3", true),
            ("IV.", true),
            ("Kapitel 2.1", true),
            ("Chapter", false),
            ("3 dead", false),
            ("1984 revisited", false),
            ("", false),
        ] {
            assert_eq!(is_chapter(text), want, "{text}");
        }
    }

    #[test]
    fn prose_is_no_head_matter() {
        for texts in [
            &["# T", "By Monday the troops had left the town.", "On 14 May 2019 they returned."][..],
            &["# T", "Source: a diplomat who asked not to be named.", "Credit Suisse said nothing."],
            &["# T", "Date palms are dying, published research says.", "Updated figures are due."],
        ] {
            assert_eq!(body(texts), texts[1..], "{texts:?}");
        }
    }

    #[test]
    fn a_standfirst_before_the_byline_is_the_lead() {
        let blocks = blocks(&["# Talks begin", "What is at stake.", "By Jane Roe", "The ministers met."]);
        assert_eq!(read(&blocks, Headline::InText, "").lead.as_deref(), Some("What is at stake."));
    }
}
