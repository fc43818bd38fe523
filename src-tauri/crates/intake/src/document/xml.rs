//! What the XML of office documents asks for beyond the tokenizer: skipping, attributes, facts.

use crate::entities;
use crate::markup::{Piece, Pieces, Tag, local, pieces};

/// Skips everything up to the end of an element that has just begun.
pub(super) fn skip(pieces: &mut Pieces, tag: Tag) {
    if tag.closed {
        return;
    }
    let mut depth = 1usize;
    for piece in pieces {
        match piece {
            Piece::Open(inner) if inner.name == tag.name && !inner.closed => depth += 1,
            Piece::Close { name, .. } if name == tag.name => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}

/// The text inside an element that has just begun, up to its end.
pub(super) fn text_of(pieces: &mut Pieces, tag: Tag) -> String {
    let mut text = String::new();
    if tag.closed {
        return text;
    }
    for piece in pieces {
        match piece {
            Piece::Text(inner) => text.push_str(&entities::decode(inner)),
            Piece::CData(inner) => text.push_str(inner),
            Piece::Close { name, .. } if name == tag.name => break,
            _ => {}
        }
    }
    text
}

/// An attribute by its name without prefix, references resolved.
pub(super) fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attributes().find(|(found, _)| local(found) == name).map(|(_, value)| entities::decode(value))
}

/// Name (without prefix) and text of the elements that hold text and no element before it: the
/// facts of a metadata part.
pub(super) fn facts(xml: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<Tag> = None;
    for piece in pieces(xml) {
        match (piece, open) {
            (Piece::Open(tag), _) => open = Some(tag),
            (Piece::Text(text), Some(tag)) => {
                if let Some(line) = crate::plain::some_line(&entities::decode(text)) {
                    found.push((local(tag.name).to_owned(), line));
                }
            }
            (Piece::Close { .. }, _) => open = None,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_skipped_with_all_inside() {
        let mut pieces = pieces("<a:x><a:x/><a:x>1</a:x>2</a:x>3");
        let Some(Piece::Open(tag)) = pieces.next() else { unreachable!("it begins so") };
        skip(&mut pieces, tag);
        assert_eq!(pieces.next(), Some(Piece::Text("3")));
    }

    #[test]
    fn facts_are_the_elements_that_hold_text() {
        let xml = "<m><dc:title>A &amp; B</dc:title>\n<dc:date a='b'>2019</dc:date><x/></m>";
        let want = [("title", "A & B"), ("date", "2019")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(facts(xml), want);
    }
}
