//! Captions and photo credits.

use crate::block::Block;
use crate::plain;

/// Where in a clipping a block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Before the body.
    Head,
    /// Within it.
    Body,
}

/// A caption is no longer.
const LONGEST: usize = 400;

/// How a caption or credit begins; a colon, slash or bar must follow, or the text end.
const LABELS: &[&str] = &[
    "photo",
    "photos",
    "photo credit",
    "file photo",
    "image",
    "image credit",
    "images",
    "picture",
    "pictured",
    "credit",
    "caption",
    "foto",
    "fotos",
    "archivfoto",
    "symbolbild",
    "bild",
    "bildquelle",
    "crédit",
    "crédit photo",
    "crédits",
    "фото",
    "иллюстрация",
    "illustration",
];

/// How a caption begins, whatever follows.
const OPENINGS: &[&str] = &[
    "photo by ",
    "file photo",
    "image by ",
    "file - ",
    "file – ",
    "foto von ",
    "photo courtesy of ",
    "photograph by ",
];

/// Agencies and archives that a credit ends in.
const AGENCIES: &[&str] = &[
    "reuters",
    "afp",
    "ap",
    "ap photo",
    "tass",
    "epa",
    "efe",
    "dpa",
    "ansa",
    "getty",
    "getty images",
    "shutterstock",
    "imago",
    "alamy",
    "ria novosti",
    "sputnik",
    "xinhua",
    "afp photo",
    "picture alliance",
    "pool",
    "keystone",
    "apa",
    "тасс",
    "риа новости",
    "рейтер",
];

/// Whether a block is a caption or credit.
pub(super) fn is_credit(block: &Block, place: Place) -> bool {
    if block.heading.is_some() || block.chars() > LONGEST {
        return false;
    }
    is_labelled(&block.text)
        || block.bold_tail.as_deref().is_some_and(names_an_agency_behind_a_slash)
        || place == Place::Head && !block.ends_as_sentence() && ends_in_agency(&block.text)
        || ends_in_bracketed_credit(&block.text)
}

fn is_labelled(text: &str) -> bool {
    let labelled = LABELS.iter().any(|label| {
        plain::strip_prefix_fold(text, label).is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.is_empty() || rest.starts_with([':', '/', '|', '©'])
        })
    });
    labelled
        || text.starts_with('©')
        || OPENINGS.iter().any(|opening| plain::strip_prefix_fold(text, opening).is_some())
}

/// `Anton Novoderzhkin / TASS`: a name, a slash, and something short.
fn names_an_agency_behind_a_slash(bold: &str) -> bool {
    let Some((name, agency)) = bold.rsplit_once('/') else { return false };
    !name.trim().is_empty()
        && agency.trim().starts_with(char::is_uppercase)
        && agency.split_whitespace().count() <= 4
}

/// `Jane Roe/Reuters`, `© AFP`.
fn ends_in_agency(text: &str) -> bool {
    let Some((_, agency)) = text.rsplit_once(['/', '©']) else { return false };
    AGENCIES.contains(&agency.trim().to_lowercase().as_str())
}

/// `… leave the hall. (AP Photo/Jane Roe)`.
fn ends_in_bracketed_credit(text: &str) -> bool {
    let Some(inside) = text.trim_end_matches('.').strip_suffix(')').and_then(|head| head.rsplit_once('('))
    else {
        return false;
    };
    ["ap photo", "photo by", "photo:", "reuters/", "foto:", "getty images"]
        .iter()
        .any(|opening| plain::strip_prefix_fold(inside.1, opening).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_and_credits_are_told_from_prose() {
        let bold = |text: &str, bold: &str| Block { bold_tail: Some(bold.into()), ..Block::paragraph(text) };
        for (block, head, body) in [
            (bold("The ministers in Geneva Jane Roe / TASS", "Jane Roe / TASS"), true, true),
            (bold("They won 3/4 of the seats", "3/4 of the seats"), false, false),
            (bold("A new beginning", "beginning"), false, false),
            (Block::paragraph("The ministers in Geneva Jane Roe / TASS"), true, false),
            (Block::paragraph("Photo: Jane Roe"), true, true),
            (Block::paragraph("FILE PHOTO: The ministers in Geneva. REUTERS/Jane Roe"), true, true),
            (Block::paragraph("The ministers leave the hall. (AP Photo/Jane Roe)"), true, true),
            (Block::paragraph("© AFP"), true, true),
            (Block::paragraph("Photographs were taken of the ministers."), false, false),
            (Block::paragraph("Image problems trouble the party."), false, false),
            (Block::paragraph("Credit Suisse said nothing."), false, false),
        ] {
            assert_eq!(is_credit(&block, Place::Head), head, "in the head: {}", block.text);
            assert_eq!(is_credit(&block, Place::Body), body, "in the body: {}", block.text);
        }
    }
}
