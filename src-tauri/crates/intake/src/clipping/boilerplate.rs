//! What papers put between paragraphs: advertising, share bars, related links.

use crate::block::Block;
use crate::plain;

/// Blocks that say this and nothing else, as [`plain::skeleton`] has it.
const ALONE: &[&str] = &[
    "advertisement",
    "advertising",
    "ad",
    "sponsored",
    "sponsoredcontent",
    "storycontinuesbelow",
    "storycontinuesbelowadvertisement",
    "articlecontinuesbelowadvertisement",
    "continuereadingbelow",
    "continuereading",
    "readmore",
    "share",
    "sharethis",
    "sharethisarticle",
    "sharethisstory",
    "shareonfacebook",
    "shareontwitter",
    "tweet",
    "email",
    "print",
    "printthisarticle",
    "copylink",
    "savearticle",
    "subscribe",
    "subscribenow",
    "signup",
    "signupnow",
    "comments",
    "showcomments",
    "skiptomaincontent",
    "backtotop",
    "followus",
    "anzeige",
    "werbung",
    "teilen",
    "artikelteilen",
    "drucken",
    "merken",
    "publicité",
    "partager",
    "publicidad",
    "compartir",
    "реклама",
    "поделиться",
    "подписаться",
    "pubblicità",
    "condividi",
];

/// Openings of a line that leads elsewhere; the rest of it is a link or a headline.
const LEADS_ELSEWHERE: &[&str] = &[
    "read more:",
    "read also:",
    "also read:",
    "see also:",
    "related:",
    "more:",
    "watch:",
    "listen:",
    "read next:",
    "mehr zum thema:",
    "lesen sie auch:",
    "lesen sie hier:",
    "siehe auch:",
    "à lire aussi",
    "lire aussi",
    "voir aussi :",
    "lea también:",
    "leer también:",
    "читайте также",
    "смотрите также",
    "читайте також",
    "leggi anche:",
];

/// Headings over links to other articles, as [`plain::skeleton`] has it.
const RELATED: &[&str] = &[
    "related",
    "relatedarticles",
    "relatedstories",
    "relatednews",
    "relatedtopics",
    "relatedcontent",
    "moreonthis",
    "moreonthisstory",
    "mostread",
    "mostpopular",
    "trending",
    "recommended",
    "recommendedforyou",
    "youmayalsolike",
    "readmore",
    "readalso",
    "mehrzumthema",
    "dazupassend",
    "auchinteressant",
    "surlemêmesujet",
    "àlireaussi",
    "noticiasrelacionadas",
    "читайтетакже",
    "потеме",
    "посюжету",
];

/// A line of this kind is no longer.
const LONGEST: usize = 220;

/// Unmarks the blocks that are no part of an article.
pub(crate) fn drop_boilerplate(blocks: &[Block], kept: &mut [bool]) {
    let mut under_related = false;
    for (block, kept) in blocks.iter().zip(kept) {
        let words = plain::skeleton(&block.text);
        let opens_related = RELATED.contains(&words.as_str());
        under_related = opens_related || under_related && block.is_link();
        if under_related || is_boilerplate(block, &words) {
            *kept = false;
        }
    }
}

fn is_boilerplate(block: &Block, skeleton: &str) -> bool {
    if block.chars() > LONGEST {
        return false;
    }
    ALONE.contains(&skeleton)
        || LEADS_ELSEWHERE.iter().any(|opening| {
            plain::strip_prefix_fold(&block.text, opening).is_some()
                && (block.link.is_some() || !block.ends_as_sentence())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Link;

    #[test]
    fn related_links_go_and_prose_stays() {
        let link = |text: &str| Block {
            link: Some(Link { text: text.into(), url: "/x".into() }),
            ..Block::paragraph(text)
        };
        let blocks = [
            Block::paragraph("The ministers met."),
            Block::paragraph("ADVERTISEMENT"),
            Block::paragraph("Read more: What is at stake"),
            Block::paragraph("Related articles"),
            link("Sanctions bite"),
            link("Ministers to meet"),
            Block::paragraph("They agreed on nothing."),
            link("a treaty"),
            Block::paragraph("Share prices fell."),
        ];
        let mut kept = [true; 9];
        drop_boilerplate(&blocks, &mut kept);
        assert_eq!(kept, [true, false, false, false, false, false, true, true, true]);
    }
}
