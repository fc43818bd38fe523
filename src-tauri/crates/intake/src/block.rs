//! Blocks: the paragraphs and headings of a document, with what the clipping rules ask of them.

/// A paragraph, heading, list item or table row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Block {
    /// 1 to 6 for a heading.
    pub(crate) heading: Option<u8>,
    /// Its text; lines that the document keeps apart are separated by a line feed.
    pub(crate) text: String,
    /// The bold words that it ends in: how papers set a photographer's name.
    pub(crate) bold_tail: Option<String>,
    /// Its first link.
    pub(crate) link: Option<Link>,
}

/// A link in a block.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Link {
    /// The words that are linked.
    pub(crate) text: String,
    /// Where to, as written.
    pub(crate) url: String,
}

impl Block {
    /// A paragraph of plain text.
    pub(crate) fn paragraph(text: impl Into<String>) -> Block {
        Block { text: text.into(), ..Block::default() }
    }

    /// Its length in characters.
    pub(crate) fn chars(&self) -> usize {
        self.text.chars().count()
    }

    /// Whether all of it is one link.
    pub(crate) fn is_link(&self) -> bool {
        self.link.as_ref().is_some_and(|link| !link.text.is_empty() && link.text == self.text)
    }

    /// Whether it ends as a sentence does.
    pub(crate) fn ends_as_sentence(&self) -> bool {
        self.text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']']).ends_with(['.', '!', '?', '…', '。'])
    }
}
