//! An article page: facts from its metadata, body by readability, the rest by the clipping rules.

use dom_query::Document;
use dom_smoothie::{Config, Readability};
use url::Url;
use wirewatch_model::ParsedArticle;

use super::metadata::{self, Metadata};
use super::{blocks, bound, surroundings};
use crate::clipping::{self, Clipping, Headline};
use crate::document::merge;
use crate::finish::finish;
use crate::{Hint, content, plain};

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
        clipping::drop_tail(blocks, &mut clipping.kept);
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
    surroundings::remove(&document);
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
