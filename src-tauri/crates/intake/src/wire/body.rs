//! The bodies of wire items: NITF, XHTML or plain text, to what an article keeps.

use super::tree::{Element, Html};
use crate::content::{self, Content};
use crate::{plain, sanitise};

/// The body of an item and what its own head says.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) content: Content,
    /// A standfirst that stands inside of the body.
    pub(super) lead: Option<String>,
}

impl Body {
    /// Puts the place and agency that the item names apart in front of the text, as a paper prints
    /// them, unless the text begins with the place anyway.
    pub(super) fn with_dateline(mut self, dateline: Option<&str>) -> Body {
        let Some(dateline) = dateline.and_then(plain::some_line) else { return self };
        let dateline = dateline.trim_end_matches(|c: char| "-–—_: ".contains(c)).to_owned();
        let place = dateline.split(['(', ',']).next().unwrap_or_default();
        let beginning = plain::skeleton(plain::beginning(&self.content.text, place.len() + 60));
        if self.content.text.is_empty() || beginning.contains(&plain::skeleton(place)) {
            return self;
        }
        self.content.text = format!("{dateline} – {}", self.content.text);
        self
    }
}

/// NITF's `body.content` or `block` (NITF 3.6, section "enriched text").
pub(super) fn nitf(content: &Element) -> Body {
    let html = content.html(&nitf_name);
    Body { content: content::from_html(&html, None), lead: None }
}

fn nitf_name(element: &Element) -> Html {
    match element.name.to_ascii_lowercase().as_str() {
        "p" => Html::Named("p"),
        "hl2" | "hl1" => Html::Named("h2"),
        "block" | "nitf-table" => Html::Named("div"),
        "bq" => Html::Named("blockquote"),
        "ul" => Html::Named("ul"),
        "ol" => Html::Named("ol"),
        "li" => Html::Named("li"),
        "dl" => Html::Named("dl"),
        "dt" => Html::Named("dt"),
        "dd" => Html::Named("dd"),
        "table" => Html::Named("table"),
        "tr" => Html::Named("tr"),
        "td" => Html::Named("td"),
        "th" => Html::Named("th"),
        "pre" => Html::Named("pre"),
        "em" => Html::Named("em"),
        "br" => Html::Named("br"),
        "a" => Html::Named("a"),
        // Pictures with captions, notes to the editor, the head of a table's source data.
        "media" | "note" | "nitf-table-metadata" | "ed-msg" => Html::Gone,
        _ => Html::Inside,
    }
}

/// An XHTML page or fragment whose headline is known.
pub(super) fn xhtml(html: &Element, title: &str) -> Body {
    let body = html.find("body").unwrap_or(html);
    let lead = body
        .all("p")
        .into_iter()
        .find(|p| p.has_class("teaser") || p.has_class("lead") || p.has_class("abstract"))
        .and_then(Element::line);
    let wanted = plain::skeleton(title);
    let name = |element: &Element| xhtml_name(element, &wanted);
    Body { content: content::from_html(&body.html(&name), None), lead }
}

fn xhtml_name(element: &Element, title: &str) -> Html {
    const KEPT: &[&str] = &[
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
        "pre",
        "blockquote",
        "div",
        "section",
        "em",
        "strong",
        "b",
        "i",
        "br",
        "a",
        "dl",
        "dt",
        "dd",
    ];
    let name = element.name.to_ascii_lowercase();
    let is_heading = name.len() == 2 && name.starts_with('h');
    let repeats_title = is_heading && !title.is_empty() && plain::skeleton(&element.text()) == title;
    if is_no_body(element, &name) || repeats_title {
        return Html::Gone;
    }
    KEPT.iter().find(|kept| **kept == name).map_or(Html::Inside, |name| Html::Named(name))
}

/// What stands in an item's page but is not its text.
fn is_no_body(element: &Element, name: &str) -> bool {
    const GONE: &[&str] =
        &["head", "script", "style", "header", "footer", "figure", "aside", "nav", "time", "title"];
    const CLASSES: &[&str] =
        &["teaser", "lead", "abstract", "notepad", "np-public", "np-nonpublic", "closingline"];
    GONE.contains(&name) || CLASSES.iter().any(|class| element.has_class(class))
}

/// HTML in a string, as JSON carries it.
pub(super) fn html(text: &str, title: &str) -> Body {
    xhtml(&super::tree::tree(text).0, title)
}

/// Plain text: blank lines part paragraphs; where there are none, every line is one.
pub(super) fn text(text: &str) -> Body {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let separator = if text.trim().contains("\n\n") { "\n\n" } else { "\n" };
    Body { content: paragraphs(text.split(separator).filter_map(plain::some_line).collect()), lead: None }
}

/// Paragraphs that are clean already.
pub(super) fn paragraphs(paragraphs: Vec<String>) -> Content {
    Content {
        text: plain::join_paragraphs(paragraphs.iter().map(String::as_str)),
        html: sanitise::paragraphs(paragraphs.iter().map(String::as_str)),
        problems: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_stands_before_the_text_once() {
        for (dateline, body, want) in [
            (Some("GENEVA (EX) - "), "They met.", "GENEVA (EX) – They met."),
            (Some("Geneva"), "Geneva (EX) - They met.", "Geneva (EX) - They met."),
            (None, "They met.", "They met."),
            (Some(" "), "They met.", "They met."),
        ] {
            let body = text(body).with_dateline(dateline);
            assert_eq!(body.content.text, want, "{dateline:?}");
        }
    }

    #[test]
    fn notes_and_repeated_headlines_are_not_body() {
        let page = "<html><head><title>T</title></head><body><header><h1>Talks begin</h1></header><h2>Talks begin</h2>\
            <p class='teaser'>What is at stake</p><section class='main'><p>They met.</p></section>\
            <section class='np-nonpublic'><p>Call Jane</p></section></body></html>";
        let body = html(page, "Talks begin");
        assert_eq!(body.content.text, "They met.");
        assert_eq!(body.lead.as_deref(), Some("What is at stake"));
    }
}
