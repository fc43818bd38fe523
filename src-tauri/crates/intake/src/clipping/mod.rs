//! The rules by which a clipping is an article: what stands around its body.
//!
//! A press officer's clipping is a headline, perhaps a standfirst, a byline, a date, a photo
//! credit, the text, and the address it came from. All but the text are facts and do not belong
//! in the body, since topics match what an article *says*.

mod boilerplate;
mod byline;
mod credit;
mod fact;
mod headline;
mod origin;

use wirewatch_model::Published;

use self::fact::{Fact, facts};
use self::headline::{is_chapter, is_headline};
use crate::block::Block;
use crate::plain;

pub(crate) use boilerplate::{drop_boilerplate, drop_tail};
pub(crate) use byline::{names, only_names};
pub(crate) use fact::is_head_line;
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

/// Where a headline is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Headline {
    /// A heading, else a first short line.
    InText,
    /// Known already, or not to be guessed: only a heading that repeats it is taken out.
    Known,
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
