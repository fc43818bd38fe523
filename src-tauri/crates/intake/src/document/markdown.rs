//! Markdown clippings.

use pulldown_cmark::{Options, Parser, html};
use url::Url;
use wirewatch_model::ParsedArticle;

use super::front_matter;
use crate::block::Block;
use crate::clipping::{self, Clipping, Headline};
use crate::finish::finish;
use crate::{Hint, content, plain};

/// Reads a Markdown file as one article.
pub(crate) fn read(text: &str, hint: &Hint) -> ParsedArticle {
    let mut article = ParsedArticle::default();
    let (front, body) = front_matter::split(text).unwrap_or(("", text));
    let language = front_matter::apply(front, &mut article);
    let mut clipping = Clipping::default();
    let headline = if article.title.is_empty() { Headline::InText } else { Headline::Known };
    let base = hint.url.and_then(|url| Url::parse(url).ok());
    let content = content::from_document(&to_html(body), base.as_ref(), |blocks: &[Block]| {
        clipping = clipping::read(blocks, headline, &article.title);
        clipping.kept.clone()
    });
    article.text = content.text;
    article.html = content.html;
    article.problems = content.problems;
    merge(&mut article, clipping);
    finish(article, language.as_deref(), hint)
}

/// What the text says of itself, where front matter or metadata have not said it.
pub(crate) fn merge(article: &mut ParsedArticle, clipping: Clipping) {
    if article.title.is_empty() {
        article.title = clipping.title.unwrap_or_default();
    }
    article.title = plain::line(&article.title);
    if article.authors.is_empty() {
        article.authors = clipping.authors;
    }
    article.published = article.published.or(clipping.published);
    article.updated = article.updated.or(clipping.updated);
    article.url = article.url.take().or(clipping.url);
    article.publisher = article.publisher.take().or(clipping.publisher);
    article.lead = article.lead.take().or(clipping.lead);
}

fn to_html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut out, Parser::new_ext(markdown, options));
    out
}
