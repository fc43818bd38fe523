//! An article page: facts from its metadata, body by readability, the rest by the clipping rules.

use std::collections::HashSet;

use dom_query::{Document, NodeId};
use dom_smoothie::{Config, Readability};
use url::Url;
use wirewatch_model::ParsedArticle;

use super::metadata::{self, Metadata};
use super::{blocks, bound};
use crate::clipping::{self, Clipping, Headline};
use crate::document::merge;
use crate::finish::finish;
use crate::{Hint, content, plain};

/// What never belongs to an article, by element, role and the names that sites give it. Taken out
/// before extraction, since readability keeps captions and share bars that stand inside of it.
const NEVER: &str = "script, style, noscript, template, iframe, nav, aside, figcaption, form, button, dialog, \
    [role=navigation], [role=complementary], [role=banner], [role=search], [role=dialog], [hidden], \
    [class*=share-], [class*=sharing], [class*=social-], [class*=related], [class*=newsletter], [class*=advert], [class*=promo-], \
    [class*=cookie], [class*=caption], [class*=breadcrumb], [class*=recommend], [class*=most-read], [class*=paywall], \
    [id*=share-], [id*=related], [id*=newsletter], [id*=cookie], [id*=comments], [class*=comments-], .share, .social, .ad, .ads, .credit";

/// A shorter page is taken whole: readability wants more to weigh.
const ENOUGH_TO_WEIGH: usize = 500;

/// If readability finds less than this part (in per cent) of the text in paragraphs, it erred.
const LEAST_SHARE: usize = 30;

/// Reads a page or fragment as one article.
pub(crate) fn read(html: &str, hint: &Hint) -> ParsedArticle {
    let bounded = bound(html);
    let document = Document::from(bounded.html.as_str());
    let metadata = metadata::of(&document, hint.url);
    let base = metadata.base.clone();
    let body = body(document, &metadata);

    let mut article = metadata.article;
    let mut clipping = Clipping::default();
    let headline = if article.title.is_empty() { Headline::InText } else { Headline::Known };
    let content = content::from_document(&body, base.as_ref(), |blocks| {
        clipping = clipping::read(blocks, headline, &article.title);
        clipping.kept.clone()
    });
    article.text = content.text;
    article.html = content.html;
    article.problems = content.problems;
    if bounded.cut {
        article.problems.push(content::cut());
    }
    merge(&mut article, clipping);
    finish(article, metadata.language.as_deref(), hint)
}

/// The HTML of the article in a page.
fn body(document: Document, metadata: &Metadata) -> String {
    remove_surroundings(&document);
    let whole = document.body().map(|body| body.inner_html().to_string()).unwrap_or_default();
    let paragraphs = prose(&document);
    if paragraphs < ENOUGH_TO_WEIGH || !metadata.is_page {
        return whole;
    }
    match extract(document, metadata.base.as_ref()) {
        Some(article) if prose(&Document::from(article.as_str())) * 100 >= paragraphs * LEAST_SHARE => {
            article
        }
        _ => whole,
    }
}

/// Takes out what never belongs to an article, unless the article stands inside of it: some sites
/// call their whole page `related-…` or put it into a form.
fn remove_surroundings(document: &Document) {
    let marks = document.select("html, body, main, article, h1, [itemprop=articleBody]");
    let holders: HashSet<NodeId> = marks
        .nodes()
        .iter()
        .flat_map(|mark| mark.ancestors_it(None).chain([*mark]))
        .map(|node| node.id)
        .collect();
    for part in document.select(NEVER).nodes().iter().filter(|part| !holders.contains(&part.id)) {
        part.remove_from_parent();
    }
}

fn extract(document: Document, base: Option<&Url>) -> Option<String> {
    // Metadata are ours; its JSON-LD reader knows neither `@graph` nor lists of types.
    let config = Config { disable_json_ld: true, ..Config::default() };
    let base = base.map(Url::as_str);
    let mut readability = Readability::with_document(document, base, Some(config)).ok()?;
    Some(readability.parse().ok()?.content.to_string())
}

/// How many characters stand in sentences.
fn prose(document: &Document) -> usize {
    blocks(&document.root())
        .iter()
        .filter(|found| found.block.ends_as_sentence() && !found.block.is_link())
        .map(|found| plain::skeleton(&found.block.text).chars().count())
        .sum()
}
