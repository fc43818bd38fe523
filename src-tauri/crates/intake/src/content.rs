//! A piece of HTML or text inside a document to what an article keeps of it.

use dom_query::Document;
use url::Url;
use wirewatch_model::{Problem, ProblemKind};

use crate::block::Block;
use crate::clipping::drop_boilerplate;
use crate::html::{blocks, bound, open_forms};
use crate::{plain, sanitise};

/// Text and sanitised HTML of a body.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Content {
    pub(crate) text: String,
    pub(crate) html: String,
    pub(crate) problems: Vec<Problem>,
}

/// Reads the HTML of a feed item or a summary.
pub(crate) fn from_html(html: &str, base: Option<&Url>) -> Content {
    from_document(html, base, |blocks| {
        let mut kept = vec![true; blocks.len()];
        drop_boilerplate(blocks, &mut kept);
        kept
    })
}

/// Reads HTML of any size; `choose` says which blocks are kept.
pub(crate) fn from_document(
    html: &str,
    base: Option<&Url>,
    choose: impl FnOnce(&[Block]) -> Vec<bool>,
) -> Content {
    let bounded = bound(html);
    let document = Document::from(bounded.html);
    let found = blocks(&document.root());
    let all: Vec<Block> = found.iter().map(|found| found.block.clone()).collect();
    let kept = choose(&all);
    for (found, _) in found.iter().zip(&kept).filter(|(_, kept)| !**kept) {
        found.remove();
    }
    open_forms(&document);
    let texts = all.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(block, _)| block.text.as_str());
    Content {
        text: plain::join_paragraphs(texts),
        html: sanitise::clean(&document.root().inner_html(), base),
        problems: if bounded.cut { vec![cut()] } else { Vec::new() },
    }
}

/// Reads text that may or may not be HTML, as feeds hand it over.
pub(crate) fn from_either(text: &str, base: Option<&Url>) -> Content {
    if looks_like_html(text) {
        return from_html(text, base);
    }
    let paragraphs: Vec<String> = text.split("\n\n").filter_map(plain::some_line).collect();
    let paragraphs = || paragraphs.iter().map(String::as_str);
    Content {
        text: plain::join_paragraphs(paragraphs()),
        html: sanitise::paragraphs(paragraphs()),
        problems: Vec::new(),
    }
}

/// A headline or name: one line, tags and entities resolved.
pub(crate) fn one_line(text: &str) -> String {
    if looks_like_html(text) { plain::line(&from_html(text, None).text) } else { plain::line(text) }
}

/// The problem of an article whose end was left out.
pub(crate) fn cut() -> Problem {
    Problem::new(ProblemKind::Incomplete, "the page is larger than any article; its end was not read")
}

/// Whether a text holds a tag or an entity.
fn looks_like_html(text: &str) -> bool {
    let behind = |c: char| text.match_indices(c).map(|(at, _)| (at, text.get(at + 1..).unwrap_or_default()));
    let last = text.rfind('>').unwrap_or(0);
    let opens = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    behind('<').any(|(at, rest)| at < last && opens(rest)) || behind('&').any(|(_, rest)| is_reference(rest))
}

/// Whether a text begins with the name and semicolon of a character reference.
fn is_reference(text: &str) -> bool {
    let length =
        text.bytes().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    length > 0 && text.as_bytes().get(length) == Some(&b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_and_text_are_told_apart() {
        for (text, want) in [
            ("<p>one</p><p>two &amp; three</p>", "one\n\ntwo & three"),
            ("one\n\ntwo", "one\n\ntwo"),
            ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
            ("AT&amp;T", "AT&T"),
            ("R&D; S&P", "R&D; S&P"),
            ("", ""),
        ] {
            assert_eq!(from_either(text, None).text, want, "{text}");
        }
    }
}
