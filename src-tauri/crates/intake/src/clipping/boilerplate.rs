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
    "kommentarschreiben",
    "kommentarverfassen",
    "keinekommentare",
    "wirdgeladen",
    "leaveareply",
    "leaveacomment",
    "nocomments",
    "allrightsreserved",
    "permalink",
    "previousarticle",
    "nextarticle",
    "inhaltsverzeichnis",
    "tableofcontents",
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
    "auch lesen:",
    "auch interessant:",
    "schon gelesen?",
    "vea también",
    "ver también",
    "puedes ver:",
    "lea más:",
    "lea:",
    "mire:",
    "mira:",
    "le puede interesar",
    "te puede interesar",
    "zobacz także",
    "zobacz też",
    "czytaj także",
    "czytaj też",
    "czytaj więcej",
    "przeczytaj także",
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
    "daskönntesieauchinteressieren",
    "daskönntedichauchinteressieren",
    "weiterethemen",
    "weitereartikel",
    "weiterebeiträge",
    "weiterführendelinks",
    "empfohlenebeiträge",
    "zumweiterlesen",
    "mehrthemen",
    "meistgelesen",
    "meistgeleseneartikel",
    "neuesteartikel",
    "ähnlicheartikel",
    "ähnlichethemen",
    "verwandteartikel",
    "contenidorelacionado",
    "danslamêmerubrique",
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

/// Unmarks what stands behind a page's last words: headings over nothing, and links.
pub(crate) fn drop_tail(blocks: &[Block], kept: &mut [bool]) {
    let end = blocks
        .iter()
        .zip(&*kept)
        .rposition(|(block, kept)| *kept && block.heading.is_none() && !block.is_link());
    // A list of links alone is all that there is.
    let Some(end) = end else { return };
    kept.iter_mut().skip(end + 1).for_each(|kept| *kept = false);
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
    fn what_stands_behind_the_last_words_goes() {
        let heading = |text: &str| Block { heading: Some(2), ..Block::paragraph(text) };
        let link = |text: &str| Block {
            link: Some(Link { text: text.into(), url: "/x".into() }),
            ..Block::paragraph(text)
        };
        for (blocks, want) in [
            (
                vec![heading("T"), Block::paragraph("a"), heading("More"), link("b")],
                [true, true, false, false],
            ),
            (vec![link("a"), link("b"), heading("c"), link("d")], [true; 4]),
            (vec![link("a"), heading("b"), link("c"), Block::paragraph("d")], [true; 4]),
        ] {
            let mut kept = [true; 4];
            drop_tail(&blocks, &mut kept);
            assert_eq!(kept, want, "{blocks:?}");
        }
    }

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
