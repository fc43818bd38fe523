//! Which part of a mail is its text.
//!
//! A newsletter's text part is often a stub or full of tracking addresses, its HTML part the real
//! thing; so HTML is taken, unless it holds much less than the text part does. Readability is not
//! asked: a mail is all article, and its layout tables mislead it.

use mail_parser::{Message, PartType};
use wirewatch_model::ParsedArticle;

use super::super::draft::Draft;
use super::super::text;
use crate::html::bound;
use crate::{Hint, content, plain};

/// HTML with less than this part (in per cent) of the text part's words is a shell.
const LEAST_SHARE: usize = 60;

/// The article of a mail, given what its header says.
pub(super) fn article(message: &Message, facts: ParsedArticle, hint: &Hint) -> ParsedArticle {
    let (mut text, mut html) = (text_part(message), html_part(message));
    // What a forwarding mail quotes is what it is about; what an answer quotes has been read.
    if is_answer(message) {
        text = text.map(|text| without_quotes(&text));
        html = html.map(|html| without_quoted_elements(&html));
    }
    let chosen = match (text, html) {
        (Some(text), Some(html))
            if words(&content::from_html(&html, None).text) * 100 < words(&text) * LEAST_SHARE =>
        {
            text::to_html(&without_signature(&text))
        }
        (_, Some(html)) => html,
        (Some(text), None) => text::to_html(&without_signature(&text)),
        (None, None) => String::new(),
    };
    Draft { article: facts, language: super::language(message), html: chosen, ..Draft::default() }
        .finish(hint)
}

fn text_part(message: &Message) -> Option<String> {
    let texts: Vec<&str> = message
        .text_bodies()
        .filter_map(|part| if let PartType::Text(text) = &part.body { Some(text.as_ref()) } else { None })
        .collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

fn html_part(message: &Message) -> Option<String> {
    let pages: Vec<String> = message
        .html_bodies()
        .filter_map(|part| if let PartType::Html(html) = &part.body { Some(visible(html)) } else { None })
        .collect();
    (!pages.is_empty()).then(|| pages.concat())
}

/// The body of a page without what mail programs do not show: the preview line that newsletters
/// hide at their top.
fn visible(html: &str) -> String {
    let bounded = bound(html);
    let document = dom_query::Document::from(bounded.html.as_str());
    for element in document.select("[style]").iter() {
        let style = element.attr("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
        let hidden = [
            "display:none",
            "mso-hide:all",
            "max-height:0",
            "font-size:0",
            "opacity:0;",
            "visibility:hidden",
        ]
        .iter()
        .any(|sign| style.split(';').any(|rule| rule.trim_end_matches("px") == sign.trim_end_matches(';')));
        if hidden {
            element.remove();
        }
    }
    document.body().map(|body| body.inner_html().to_string()).unwrap_or_default()
}

/// Whether a mail answers another one, and does not hand it on.
fn is_answer(message: &Message) -> bool {
    let subject = message.subject().unwrap_or_default();
    let begins = |words: &[&str]| words.iter().any(|word| plain::strip_prefix_fold(subject, word).is_some());
    begins(&["re:", "aw:", "antw:", "sv:", "rép:", "r:", "odp:", "ответ:"])
        || message.in_reply_to().as_text().is_some() && !begins(&["fw", "wg:", "tr:", "i:", "пересл"])
}

/// A text without the lines that it quotes, and without the line that says whose they are.
fn without_quotes(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim_start_matches('-').trim_start().starts_with("Original Message") {
            break;
        }
        let next_is_quote = lines.peek().is_some_and(|next| next.starts_with('>'));
        let announces = line.trim_end().ends_with(':') && next_is_quote;
        if !line.starts_with('>') && !announces {
            kept.push(line);
        }
    }
    let kept = kept.join("\n");
    if plain::line(&kept).is_empty() { text.to_owned() } else { kept }
}

/// HTML without what mail programs mark as quoted.
fn without_quoted_elements(html: &str) -> String {
    let document = dom_query::Document::from(html);
    document.select("blockquote[type=cite], .gmail_quote, .yahoo_quoted, .moz-cite-prefix, #divRplyFwdMsg, #divRplyFwdMsg ~ *").remove();
    let kept = document.body().map(|body| body.inner_html().to_string()).unwrap_or_default();
    if document.body().is_none_or(|body| plain::line(&body.text()).is_empty()) {
        html.to_owned()
    } else {
        kept
    }
}

/// A text without the signature behind `-- ` (RFC 3676, section 4.3).
fn without_signature(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        // Quoted-printable and kind programs take its space away.
        if line.trim_end() == "--" {
            break;
        }
        kept.push_str(line);
    }
    if plain::line(&kept).is_empty() { text.to_owned() } else { kept }
}

/// Words that are no addresses.
fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| !word.contains("://")).count()
}
