//! Where a clipping comes from.

use url::Url;

use crate::block::Block;
use crate::plain;

/// Where it was taken from, and the blocks that say so.
#[derive(Debug, PartialEq)]
pub(super) struct Origin {
    pub(super) url: String,
    pub(super) publisher: Option<String>,
    pub(super) blocks: Vec<usize>,
}

/// What stands before the address, in lower case without the colon.
const LABELS: &[&str] = &[
    "original url",
    "original link",
    "original article",
    "original source",
    "original",
    "url",
    "url source",
    "source url",
    "source",
    "link",
    "article link",
    "permalink",
    "read the original",
    "read the original article",
    "view original",
    "web address",
    "address",
    "originally published at",
    "originally published on",
    "retrieved from",
    "from",
    "via",
    "originalquelle",
    "original-url",
    "originallink",
    "originalartikel",
    "quelle",
    "quell-url",
    "adresse",
    "lien original",
    "lien",
    "article original",
    "source originale",
    "url d'origine",
    "enlace original",
    "enlace",
    "fuente",
    "fuente original",
    "url original",
    "fonte",
    "fonte originale",
    "источник",
    "оригинал",
    "ссылка",
    "ссылка на оригинал",
    "оригинальная ссылка",
    "адрес",
    "джерело",
    "посилання",
];

/// The origin that a document names: a labelled address anywhere, else an address that stands
/// alone at its end.
pub(super) fn find(blocks: &[Block]) -> Option<Origin> {
    let labelled = (0..blocks.len()).rev().find_map(|at| labelled(blocks, at));
    labelled.or_else(|| {
        let last = blocks.len().checked_sub(1)?;
        let block = blocks.get(last)?;
        // A lone address; a closing link with words of its own is as often "read on" as the origin.
        let url = web_address(&block.text).filter(|_| blocks.len() > 1)?;
        Some(Origin { url, publisher: None, blocks: vec![last] })
    })
}

/// A label with its address in this block or the next.
fn labelled(blocks: &[Block], at: usize) -> Option<Origin> {
    let block = blocks.get(at)?;
    let text = plain::line(&block.text);
    if let Some(start) = text.find("http://").or_else(|| text.find("https://")) {
        let (label, address) = text.split_at_checked(start)?;
        let url = is_label(label).then(|| web_address(address)).flatten()?;
        return Some(Origin { url, publisher: None, blocks: vec![at] });
    }
    if let Some(link) = &block.link {
        let label = text.strip_suffix(&link.text)?;
        let url = web_address(&link.url)?;
        if is_label(label) {
            // `Source: [The Times](https://…)` names the paper too.
            return Some(Origin { url, publisher: Some(link.text.clone()), blocks: vec![at] });
        }
        return (label.is_empty() && is_label(&link.text)).then_some(Origin {
            url,
            publisher: None,
            blocks: vec![at],
        });
    }
    let next = blocks.get(at + 1)?;
    let url = is_label(&text).then(|| web_address(&next.text)).flatten()?;
    Some(Origin { url, publisher: None, blocks: vec![at, at + 1] })
}

fn is_label(text: &str) -> bool {
    let label = text
        .trim()
        .trim_end_matches([':', '-', '–', '—', '<', '(', ' ', '\u{a0}'])
        .trim_start_matches('(')
        .to_lowercase();
    LABELS.contains(&label.as_str())
}

/// A text that is a web address and nothing else, angle brackets aside.
pub(crate) fn web_address(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('<').trim_end_matches(['>', ')', '.']);
    if text.contains(char::is_whitespace) {
        return None;
    }
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Link;

    #[test]
    fn origins_are_found_in_many_words() {
        let link = |text: &str, words: &str| Block {
            link: Some(Link { text: words.into(), url: "https://example.org/a".into() }),
            ..Block::paragraph(text)
        };
        let plain = |texts: &[&str]| texts.iter().map(|text| Block::paragraph(*text)).collect::<Vec<_>>();
        for (blocks, at) in [
            (plain(&["x", "Original url:", "https://example.org/a"]), vec![1, 2]),
            (plain(&["x", "Original url: <https://example.org/a>"]), vec![1]),
            (plain(&["Source: https://example.org/a", "x"]), vec![0]),
            (plain(&["x", "Originalquelle: https://example.org/a"]), vec![1]),
            (plain(&["x", "Источник: https://example.org/a"]), vec![1]),
            (plain(&["x", "URL source : https://example.org/a"]), vec![1]),
            (plain(&["x", "https://example.org/a"]), vec![1]),
            (vec![Block::paragraph("x"), link("Source: The Times", "The Times")], vec![1]),
            (vec![Block::paragraph("x"), link("Original article", "Original article")], vec![1]),
        ] {
            let origin = find(&blocks).map(|origin| (origin.url, origin.blocks));
            assert_eq!(origin, Some(("https://example.org/a".to_owned(), at)), "{blocks:?}");
        }
    }

    #[test]
    fn other_addresses_are_not_origins() {
        for texts in [
            &["x", "Source: a diplomat"][..],
            &["Read more at https://example.org/a", "x"],
            &["https://example.org/a"],
            &["x", "ftp://example.org"],
        ] {
            let blocks: Vec<Block> = texts.iter().map(|text| Block::paragraph(*text)).collect();
            assert_eq!(find(&blocks), None, "{texts:?}");
        }
    }
}
