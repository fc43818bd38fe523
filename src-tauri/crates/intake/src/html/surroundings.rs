//! What stands around an article in a page, told by its element, its role and the names that sites
//! give it: navigation, share bars, captions, related links, the author's life, the imprint.
//!
//! Taken out before extraction, since readability keeps what stands inside of an article, and since
//! a short page is taken whole.

use std::collections::HashSet;

use dom_query::{Document, NodeId, NodeRef};

use crate::plain;

/// An element that holds more than this part (in per cent) of a page's prose is the article, however
/// it is called.
const MOST_OF_ALL: usize = 40;

/// Names are looked at so far; longer ones are data.
const LONGEST_NAMES: usize = 300;

/// Elements that never belong to an article.
const ELEMENTS: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "nav",
    "aside",
    "footer",
    "figcaption",
    "form",
    "button",
    "dialog",
];

/// Roles (WAI-ARIA) that never belong to it.
const ROLES: &[&str] = &["navigation", "complementary", "banner", "search", "dialog", "contentinfo"];

/// Words of a class or id that say so alone.
const WORDS: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "adverts",
    "advertisement",
    "advertising",
    "anzeige",
    "werbung",
    "publicidad",
    "footer",
    "sidebar",
    "menu",
    "navigation",
    "navbar",
    "nav",
    "breadcrumb",
    "breadcrumbs",
    "masthead",
    "related",
    "relatedposts",
    "relatedarticles",
    "recommended",
    "recommendation",
    "recommendations",
    "sharedaddy",
    "sharing",
    "sharebar",
    "newsletter",
    "cookie",
    "cookies",
    "cookiebar",
    "paywall",
    "promo",
    "comments",
    "commentlist",
    "kommentare",
    "respond",
    "caption",
    "captions",
    "imagedescription",
    "credit",
    "credits",
    "copyright",
    "disclaimer",
    "disclosure",
    "keywords",
    "postmetadata",
    "jp-relatedposts",
    "popup",
    "popmake",
    "colophon",
    "teasers",
    "prevnext",
    "pagination",
    "pager",
    "ratings",
    "citation",
    "widget",
    "textwidget",
    "sitemap",
    "tagcloud",
];

/// Neighbouring words of a name that say so together.
const PAIRS: &[(&str, &str)] = &[
    ("about", "author"),
    ("author", "bio"),
    ("author", "box"),
    ("author", "card"),
    ("author", "description"),
    ("author", "info"),
    ("author", "profile"),
    ("entry", "author"),
    ("post", "author"),
    ("entry", "utility"),
    ("post", "nav"),
    ("post", "navigation"),
    ("post", "meta"),
    ("post", "ratings"),
    ("post", "tags"),
    ("entry", "meta"),
    ("article", "tags"),
    ("tag", "cloud"),
    ("tags", "links"),
    ("site", "branding"),
    ("site", "description"),
    ("site", "header"),
    ("comment", "form"),
    ("comment", "respond"),
    ("comments", "area"),
    ("most", "read"),
    ("most", "popular"),
    ("popular", "posts"),
    ("recent", "posts"),
    ("more", "news"),
    ("read", "next"),
    ("social", "bar"),
    ("social", "links"),
    ("social", "share"),
    ("social", "media"),
    ("social", "icons"),
    ("share", "bar"),
    ("share", "buttons"),
    ("share", "links"),
    ("share", "this"),
    ("print", "button"),
    ("toc", "container"),
    ("img", "metadata"),
    ("likes", "widget"),
    ("content", "blocker"),
    ("inline", "teaser"),
    ("jp", "relatedposts"),
    ("skip", "link"),
    ("license", "info"),
    ("licence", "info"),
    ("news", "letter"),
];

/// First words of classes that tell what a page is about or has, not what an element is.
const DESCRIPTIONS: &[&str] =
    &["tag", "category", "has", "no", "not", "with", "without", "type", "hide", "elementor"];

/// Words that say so of an element that is mostly links.
const WORDS_OF_LINKS: &[&str] = &[
    "teaser", "tags", "topics", "themen", "links", "linklist", "more", "mehr", "next", "prev", "previous",
    "box",
];

/// Takes out what surrounds the article of a page.
pub(super) fn remove(document: &Document) {
    let Some(body) = document.body() else { return };
    let holders = holders(document);
    let most = Words::of(&body).unlinked() * MOST_OF_ALL / 100;
    let mut open = vec![body];
    while let Some(node) = open.pop() {
        for child in node.children_it(false).filter(NodeRef::is_element).collect::<Vec<_>>() {
            if !holders.contains(&child.id) && goes(&child, most) {
                child.remove_from_parent();
            } else {
                open.push(child);
            }
        }
    }
}

/// What the article stands in: some sites call their whole page `related-…` or put it into a form.
fn holders(document: &Document) -> HashSet<NodeId> {
    let mut marks: Vec<NodeRef> =
        document.select("html, body, main, [itemprop=articleBody]").nodes().to_vec();
    // Where there are several, most of them are teasers.
    for alone in ["article", "h1"] {
        if let [only] = document.select(alone).nodes() {
            marks.push(*only);
        }
    }
    marks.iter().flat_map(|mark| mark.ancestors_it(None).chain([*mark])).map(|node| node.id).collect()
}

/// Whether an element is no part of the article, of which `most` characters are too many to lose.
fn goes(node: &NodeRef, most: usize) -> bool {
    let verdict = verdict(node);
    if verdict == Verdict::Stays {
        return false;
    }
    let words = Words::of(node);
    words.unlinked() <= most && (verdict == Verdict::Goes || words.linked > words.unlinked())
}

/// How much text an element holds, in bytes.
struct Words {
    all: usize,
    linked: usize,
}

impl Words {
    fn of(node: &NodeRef) -> Words {
        let mut words = Words { all: 0, linked: 0 };
        words.count(node, false, 0);
        words
    }

    fn count(&mut self, node: &NodeRef, in_link: bool, depth: usize) {
        if node.is_text() {
            let length = node.text().trim().len();
            self.all += length;
            self.linked += if in_link { length } else { 0 };
        } else if depth < super::blocks::MAX_WALK {
            let in_link = in_link || node.node_name().is_some_and(|name| &*name == "a");
            node.children_it(false).for_each(|child| self.count(&child, in_link, depth + 1));
        }
    }

    fn unlinked(&self) -> usize {
        self.all - self.linked
    }
}

/// What the names of an element say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Stays,
    /// If it is mostly links.
    GoesIfLinks,
    Goes,
}

fn verdict(node: &NodeRef) -> Verdict {
    let Some(name) = node.node_name() else { return Verdict::Stays };
    let role = || node.attr("role").is_some_and(|role| ROLES.contains(&role.trim()));
    if ELEMENTS.contains(&&*name) || node.has_attr("hidden") || role() {
        return Verdict::Goes;
    }
    let names = [node.attr("class"), node.attr("id")];
    let tokens =
        names.iter().flatten().flat_map(|names| plain::beginning(names, LONGEST_NAMES).split_whitespace());
    tokens.map(of_name).max_by_key(|verdict| *verdict as u8).unwrap_or(Verdict::Stays)
}

fn of_name(name: &str) -> Verdict {
    let words = words(name);
    let Some(first) = words.first().filter(|first| !DESCRIPTIONS.contains(&first.as_str())) else {
        return Verdict::Stays;
    };
    let mut behind = first.as_str();
    let pair = words.iter().skip(1).any(|word| {
        let found = PAIRS.contains(&(behind, word));
        behind = word;
        found
    });
    if pair || words.iter().any(|word| WORDS.contains(&word.as_str())) {
        return Verdict::Goes;
    }
    if words.iter().any(|word| WORDS_OF_LINKS.contains(&word.as_str())) {
        Verdict::GoesIfLinks
    } else {
        Verdict::Stays
    }
}

/// `articleFooter-top` is three words.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() && last_lower {
            words.push(String::new());
        }
        last_lower = c.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(body: &str) -> String {
        let document = Document::from(format!("<html><body>{body}</body></html>").as_str());
        remove(&document);
        plain::line(&document.body().map(|body| body.text().to_string()).unwrap_or_default())
    }

    const ARTICLE: &str =
        "<div><p>The ministers met in Geneva on Tuesday and agreed on nothing at all.</p></div>";

    #[test]
    fn what_surrounds_an_article_goes() {
        for around in [
            "<nav>x</nav>",
            "<footer>x</footer>",
            "<div role=navigation>x</div>",
            "<div id=footer>x</div>",
            "<div class='pageFooter-top'>x</div>",
            "<div class='entry-author author-bio'>x</div>",
            "<div class='widget widget_text'>x</div>",
            "<div class='m-tags'><a>x</a></div>",
            "<ul id=mainMenu><li>x</ul>",
            "<article class=related>x</article><article class=related>y</article>",
        ] {
            let article = left(ARTICLE);
            assert_eq!(left(&format!("{around}{ARTICLE}")), article, "{around}");
        }
    }

    #[test]
    fn the_article_stays_however_it_is_called() {
        for (open, close) in [
            ("<form>", "</form>"),
            ("<div class=sidebar>", "</div>"),
            ("<div class='elementor-widget'>", "</div>"),
            ("<div class='post tag-menu category-newsletter has-sidebar'>", "</div>"),
            ("<section class='more'>", "</section>"),
        ] {
            assert_eq!(left(&format!("{open}{ARTICLE}{close}")), left(ARTICLE), "{open}");
        }
    }
}
