//! HTML that a window may show: an allow-list, no scripts, styles, forms or remote content.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};
use url::Url;

/// What text needs and nothing more. No `img`: a monitored page must not make the reader's
/// machine call out.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// Elements that go with all that is in them.
const GONE: &[&str] = &[
    "audio",
    "button",
    "canvas",
    "dialog",
    "figcaption",
    "form",
    "head",
    "iframe",
    "map",
    "math",
    "nav",
    "noscript",
    "object",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
];

thread_local! {
    /// What is allowed, laid out once: laying it out takes longer than cleaning a paragraph.
    static ALLOWED: RefCell<Builder<'static>> = RefCell::new(allowed());
}

/// Cleans HTML of bounded depth; relative links are resolved against `base` or go.
pub(crate) fn clean(html: &str, base: Option<&Url>) -> String {
    let relative = base.map_or(UrlRelative::Deny, |base| UrlRelative::RewriteWithBase(base.clone()));
    let cleaned = ALLOWED.with_borrow_mut(|allowed| allowed.url_relative(relative).clean(html).to_string());
    cleaned.trim().to_owned()
}

fn allowed() -> Builder<'static> {
    let mut allowed = Builder::empty();
    allowed
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(GONE.iter().copied().collect())
        .generic_attributes(HashSet::from(["dir", "lang"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .url_schemes(HashSet::from(["http", "https"]))
        .link_rel(Some("noopener noreferrer nofollow"))
        .strip_comments(true);
    allowed
}

/// Paragraphs of plain text as HTML.
pub(crate) fn paragraphs<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut html = String::new();
    for text in texts {
        html.push_str("<p>");
        html.push_str(&escape(text).replace('\n', "<br>"));
        html.push_str("</p>\n");
    }
    html.truncate(html.trim_end().len());
    html
}

/// Text as HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_runs_calls_out_or_looks_odd() {
        let base = Url::parse("https://example.org/a/b").ok();
        for (html, want) in [
            ("<p class=x id=y style='color:red' onclick=z>a</p>", "<p>a</p>"),
            ("a<script>b</script><style>c</style><iframe src=d></iframe>", "a"),
            ("<img src=https://example.org/p.gif>a", "a"),
            ("<a href=javascript:alert(1)>a</a>", "<a rel=\"noopener noreferrer nofollow\">a</a>"),
            (
                "<a href='//example.com/x'>a</a>",
                "<a href=\"https://example.com/x\" rel=\"noopener noreferrer nofollow\">a</a>",
            ),
            (
                "<a href=c target=_top>a</a>",
                "<a href=\"https://example.org/a/c\" rel=\"noopener noreferrer nofollow\">a</a>",
            ),
            ("<span>a</span><svg><a href=x>b</a></svg>", "a"),
            ("<p>AT&amp;T &lt;b&gt;", "<p>AT&amp;T &lt;b&gt;</p>"),
        ] {
            assert_eq!(clean(html, base.as_ref()), want, "{html}");
        }
    }

    #[test]
    fn relative_links_without_a_base_go() {
        assert_eq!(clean("<a href=c>a</a>", None), "<a rel=\"noopener noreferrer nofollow\">a</a>");
    }
}
