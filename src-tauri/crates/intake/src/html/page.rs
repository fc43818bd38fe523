//! An article page: facts from its metadata, body by readability, the rest by the clipping rules.

use dom_query::Document;
use dom_smoothie::{Config, Readability};
use url::Url;
use wirewatch_model::{ParsedArticle, Problem, ProblemKind};

use super::metadata::{self, Metadata};
use super::{blocks, bound, surroundings};
use crate::clipping::{self, Clipping, Headline};
use crate::content::{self, Content};
use crate::document::merge;
use crate::finish::finish;
use crate::{Hint, plain};

/// A shorter page is taken whole: readability wants more to weigh.
const ENOUGH_TO_WEIGH: usize = 500;

/// If readability finds less than this part (in per cent) of the text in paragraphs, it erred, and the
/// page is taken whole.
const LEAST_SHARE: usize = 30;

/// With less than this part it is not sure: of the pages that `tests/collections/pages.py` reads, it then
/// misses half of the passages that are wanted, and otherwise one in sixteen.
const SAFE_SHARE: usize = 50;

/// With so many characters in paragraphs it is believed whatever part they are: the rest may be comments,
/// which outgrow many an article.
const ARTICLE: usize = 1000;

/// If the text is not even this part (in per cent) of the one that the page's own description holds, the
/// page shows its text by a script.
const SHOWN_BY_SCRIPT: usize = 20;

const PERHAPS_PART: &str =
    "most of the text in the page was taken for what surrounds the article; a part of it may be missing";

const WHOLE_PAGE: &str = "the article could not be told from what surrounds it; the whole page was read";

const NO_TEXT: &str =
    "no article text was found in the page; it may be shown only by a script or after a login";

/// Reads a page or fragment as one article.
pub(crate) fn read(html: &str, hint: &Hint) -> ParsedArticle {
    let bounded = bound(html);
    let document = Document::from(bounded.html.as_str());
    let metadata = metadata::of(&document, hint.url);
    let extract = article_of(document, &metadata);
    let mut body = Body::read(&extract.html, &metadata);
    body.content.problems.extend(extract.doubt.map(|doubt| Problem::new(ProblemKind::Incomplete, doubt)));
    if body.content.text.is_empty() && metadata.is_page {
        body = Body::read(&whole(&Document::from(bounded.html.as_str())), &metadata);
    }
    let Metadata { mut article, language, .. } = metadata;
    let described = std::mem::take(&mut article.text);
    if body.content.text.len() * 100 < described.len() * SHOWN_BY_SCRIPT {
        body.content = content::from_either(&described, metadata.base.as_ref());
    }
    article.text = body.content.text;
    article.html = body.content.html;
    article.problems = body.content.problems;
    if bounded.cut {
        article.problems.push(content::cut());
    }
    if article.text.is_empty() && !article.title.is_empty() && metadata.is_page {
        article.problems.push(Problem::new(ProblemKind::Incomplete, NO_TEXT));
    }
    merge(&mut article, body.clipping);
    finish(article, language.as_deref(), hint)
}

/// What stands in the body of an article.
struct Body {
    content: Content,
    clipping: Clipping,
}

impl Body {
    fn read(html: &str, metadata: &Metadata) -> Body {
        let title = &metadata.article.title;
        let headline = if title.is_empty() { Headline::InText } else { Headline::Known };
        let mut clipping = Clipping::default();
        let content = content::from_document(html, metadata.base.as_ref(), |blocks| {
            clipping = clipping::read(blocks, headline, title);
            clipping::drop_tail(blocks, &mut clipping.kept);
            clipping.kept.clone()
        });
        Body { content, clipping }
    }
}

/// The article in a page.
struct Extract {
    html: String,
    /// Why it may be too much or too little.
    doubt: Option<&'static str>,
}

/// Tells the article in a page from what surrounds it.
fn article_of(document: Document, metadata: &Metadata) -> Extract {
    surroundings::remove(&document);
    let whole = whole(&document);
    let paragraphs = prose(&document);
    if paragraphs < ENOUGH_TO_WEIGH || !metadata.is_page {
        return Extract { html: whole, doubt: None };
    }
    let article = extract(document, metadata.base.as_ref());
    let found = article.as_ref().map_or(0, |article| prose(&Document::from(article.as_str())));
    let has_share = |share: usize| found * 100 >= paragraphs * share;
    match article {
        Some(html) if found >= ARTICLE || has_share(SAFE_SHARE) => Extract { html, doubt: None },
        Some(html) if has_share(LEAST_SHARE) => Extract { html, doubt: Some(PERHAPS_PART) },
        _ => Extract { html: whole, doubt: Some(WHOLE_PAGE) },
    }
}

fn whole(document: &Document) -> String {
    document.body().map(|body| body.inner_html().to_string()).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str =
        "<p>The ministers met in Geneva on Tuesday and agreed, after a long night, on nothing at all.</p>";

    fn page(head: &str, body: &str) -> ParsedArticle {
        let html = format!("<html><head><title>Talks end</title>{head}</head><body>{body}</body></html>");
        read(&html, &Hint::default())
    }

    #[test]
    fn a_page_that_lies_in_a_form_is_read() {
        for (paragraphs, why) in [(8, "some servers put every page into a form"), (2, "a short page, too")] {
            let body = format!(
                "<form action='/news.aspx'><div><h1>Talks end</h1>{}</div></form>",
                PROSE.repeat(paragraphs)
            );
            let article = page("", &body);
            assert!(article.text.contains("long night"), "{why}");
            assert!(
                article.html.contains("long night") && !article.html.contains("<form"),
                "{why}: {}",
                article.html
            );
        }
    }

    #[test]
    fn comments_that_outgrow_an_article_are_no_part_of_it() {
        let comment =
            "<p>I have never been to Geneva, and yet I am sure that it all could have been known before.</p>";
        let comments = format!(
            "<div><ul class=comments>{}</ul></div>",
            format!("<li><div><div>{comment}</div></div>").repeat(120)
        );
        let body =
            format!("<div><div class=story><h1>Talks end</h1>{}</div></div>{comments}", PROSE.repeat(30));
        let text = page("", &body).text;
        assert!(text.contains("long night") && !text.contains("never been"), "{text}");
    }

    #[test]
    fn a_page_of_whose_text_little_is_found_says_so() {
        let teasers = "<p>Another story of the day is told in full on another page of this site.</p>";
        let teasers = format!("<div><ul class=comments>{}</ul></div>", format!("<li>{teasers}").repeat(8));
        for (story, doubt) in [(6, Some(PERHAPS_PART)), (13, None)] {
            let body = format!(
                "<div><div class=story><h1>Talks end</h1>{}</div></div>{teasers}",
                PROSE.repeat(story)
            );
            let article = page("", &body);
            let said: Vec<&str> = article.problems.iter().map(|problem| problem.message.as_str()).collect();
            assert_eq!(said, Vec::from_iter(doubt), "{story} paragraphs: {}", article.text);
        }
    }

    #[test]
    fn a_text_that_only_the_description_holds_is_read_from_there() {
        let text = "The ministers met. ".repeat(30);
        let data = format!(
            "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Talks end\",\"articleBody\":\"{text}\"}}</script>"
        );
        let article = page(&data, "<div id=app></div>");
        assert_eq!(article.text, text.trim());
        assert_eq!(article.problems, []);
    }

    #[test]
    fn a_page_without_text_says_so() {
        let article = page("", "<div id=app></div>");
        assert_eq!(article.problems, [Problem::new(ProblemKind::Incomplete, NO_TEXT)]);
    }
}
