//! Plain text clippings.

use wirewatch_model::ParsedArticle;

use super::front_matter;
use super::markdown::merge;
use crate::block::Block;
use crate::clipping::{self, Headline};
use crate::finish::finish;
use crate::{Hint, plain, sanitise};

/// Lines at least this long, none of them blank, are paragraphs: nobody wraps by hand so wide.
const PARAGRAPH_LINE: usize = 100;

/// Reads a text file as one article.
pub(crate) fn read(text: &str, hint: &Hint) -> ParsedArticle {
    let mut article = ParsedArticle::default();
    let (front, body) = front_matter::split(text).unwrap_or(("", text));
    let language = front_matter::apply(front, &mut article);
    let blocks = blocks(body);
    let headline = if article.title.is_empty() { Headline::InText } else { Headline::Known };
    let clipping = clipping::read(&blocks, headline, &article.title);
    let body =
        || blocks.iter().zip(&clipping.kept).filter(|(_, kept)| **kept).map(|(block, _)| block.text.as_str());
    article.text = plain::join_paragraphs(body());
    article.html = sanitise::paragraphs(body());
    merge(&mut article, clipping);
    finish(article, language.as_deref(), hint)
}

/// A text within another document as HTML, paragraph by paragraph.
pub(super) fn to_html(text: &str) -> String {
    sanitise::paragraphs(blocks(text).iter().map(|block| block.text.as_str()))
}

/// Paragraphs by blank lines; lines that say something of their own are paragraphs too.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph: Vec<String> = Vec::new();
    let wide = has_wide_paragraphs(text);
    for line in text.lines().chain([""]) {
        let line = plain::line(line);
        let stands_alone = wide || clipping::is_head_line(&line);
        if (line.is_empty() || stands_alone) && !paragraph.is_empty() {
            blocks.push(Block::paragraph(paragraph.join(" ")));
            paragraph.clear();
        }
        if !line.is_empty() {
            match stands_alone {
                true => blocks.push(Block::paragraph(line)),
                false => paragraph.push(line),
            }
        }
    }
    blocks
}

/// Whether each line is a paragraph: most of the text stands in long lines without blanks between.
fn has_wide_paragraphs(text: &str) -> bool {
    let lengths = || text.lines().map(|line| line.trim().chars().count());
    let (all, wide): (usize, usize) =
        (lengths().sum(), lengths().filter(|&length| length >= PARAGRAPH_LINE).sum());
    wide * 2 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        blocks(text).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn lines_are_joined_to_paragraphs() {
        assert_eq!(texts("one\ntwo\n\n three\r\nfour"), ["one two", "three four"]);
        assert_eq!(
            texts("Talks begin\nBy Jane Roe\n14 May 2019\nThey met."),
            ["Talks begin", "By Jane Roe", "14 May 2019", "They met."]
        );
    }

    #[test]
    fn long_lines_are_paragraphs() {
        let line = "word ".repeat(40);
        assert_eq!(texts(&format!("{line}\n{line}\n{line}")).len(), 3);
    }
}
