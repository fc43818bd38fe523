//! The articles that a page without a feed links to, and the links of a page that look like feeds.

use std::collections::HashMap;

use dom_query::{Document, Matcher, Selection};
use url::Url;

use crate::discover::{base_of, resolve};
use crate::html::bound;
use crate::{FeedLink, plain};

/// A link of a page to an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleLink {
    /// Its absolute `http(s)` address.
    pub url: String,
    /// Its words: a headline.
    pub title: String,
}

/// More links than a front page has headlines.
const MOST_LINKS: usize = 500;

/// Fewer links of one shape are no list.
const FEWEST_ALIKE: usize = 3;

/// A headline has more words than an entry of a menu.
const WORDS_OF_A_HEADLINE: usize = 4;

/// Links in these are the site's own furniture.
const FURNITURE: &str = "nav, footer, header nav, aside, [role=navigation], [role=contentinfo]";

/// The article links of a page: those that `selector` picks, or, without one, those whose addresses
/// share a shape that repeats and whose words read like headlines. In page order, once each.
///
/// # Errors
/// If the selector is none.
pub fn find_articles(html: &str, base: &str, selector: Option<&str>) -> Result<Vec<ArticleLink>, String> {
    let document = Document::from(bound(html).html);
    let base = base_of(&document, base);
    let links = match selector {
        Some(selector) => {
            let matcher = Matcher::new(selector).map_err(|_| format!("{selector:?} is no CSS selector"))?;
            picked(&document.select_matcher(&matcher), base.as_ref())
        }
        None => learned(&document, base.as_ref()),
    };
    Ok(links)
}

/// The links of a page whose address or words look like a feed's, in page order, once each.
pub fn find_feed_anchors(html: &str, base: &str) -> Vec<FeedLink> {
    let document = Document::from(bound(html).html);
    let base = base_of(&document, base);
    let mut feeds: Vec<FeedLink> = Vec::new();
    for link in document.select("a[href]").iter() {
        let href = link.attr("href").unwrap_or_default();
        let words = plain::line(&link.text());
        let Some(url) = resolve(&href, base.as_ref()).filter(|url| is_feedlike(url, &words)) else {
            continue;
        };
        if feeds.len() < MOST_LINKS && !feeds.iter().any(|feed| feed.url == url) {
            feeds.push(FeedLink { url, title: Some(words).filter(|words| !words.is_empty()) });
        }
    }
    feeds
}

fn is_feedlike(url: &str, words: &str) -> bool {
    let words = words.to_lowercase();
    let said = words
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "rss" | "atom" | "feed" | "newsfeed"));
    let address = Url::parse(url).map(|url| url.path().to_lowercase()).unwrap_or_default();
    let named = address
        .split(['/', '.', '-', '_'])
        .any(|part| matches!(part, "rss" | "rss2" | "atom" | "feed" | "feeds" | "rdf"));
    said || named
}

/// The links that a selector picks: links themselves, or the first link in each thing it picks.
fn picked(selection: &Selection<'_>, base: Option<&Url>) -> Vec<ArticleLink> {
    let mut links = Links::default();
    for element in selection.iter() {
        let inner = element.select("a[href]");
        let link = match element.attr("href") {
            Some(_) => element,
            None => inner.first(),
        };
        if let Some(found) = article_link(&link, base) {
            links.add(found);
        }
    }
    links.found
}

fn learned(document: &Document, base: Option<&Url>) -> Vec<ArticleLink> {
    document.select(FURNITURE).remove();
    let mut links = Links::default();
    for link in document.select("a[href]").iter() {
        if let Some(found) = article_link(&link, base).filter(|found| is_of_site(&found.url, base)) {
            links.add(found);
        }
    }
    let mut shapes: HashMap<String, Vec<&ArticleLink>> = HashMap::new();
    for link in &links.found {
        shapes.entry(shape(&link.url)).or_default().push(link);
    }
    shapes.retain(|_, alike| alike.len() >= FEWEST_ALIKE && read_like_headlines(alike));
    links.found.iter().filter(|link| shapes.contains_key(&shape(&link.url))).cloned().collect()
}

fn read_like_headlines(links: &[&ArticleLink]) -> bool {
    let long = links.iter().filter(|link| words(&link.title) >= WORDS_OF_A_HEADLINE).count();
    long * 2 > links.len()
}

/// Words, or characters in pairs where words are not parted (a Chinese headline).
fn words(title: &str) -> usize {
    let unparted = title.chars().filter(|c| ('\u{2e80}'..'\u{fb00}').contains(c)).count();
    title.split_whitespace().count().max(unparted / 2)
}

/// Links in page order, once each, with the longest words that lead to each address: pictures and
/// "read more" lead to the same.
#[derive(Default)]
struct Links {
    found: Vec<ArticleLink>,
    places: HashMap<String, usize>,
}

impl Links {
    fn add(&mut self, link: ArticleLink) {
        if let Some(known) = self.places.get(&link.url).and_then(|place| self.found.get_mut(*place)) {
            if known.title.len() < link.title.len() {
                known.title = link.title;
            }
        } else if self.found.len() < MOST_LINKS {
            self.places.insert(link.url.clone(), self.found.len());
            self.found.push(link);
        }
    }
}

fn article_link(link: &Selection<'_>, base: Option<&Url>) -> Option<ArticleLink> {
    let mut url = Url::parse(&resolve(&link.attr("href")?, base)?).ok()?;
    url.set_fragment(None);
    if base.is_some_and(|base| base.path() == url.path() && base.host() == url.host()) {
        return None;
    }
    let heading = link.select("h1, h2, h3, h4, h5").first().text();
    let named = |name| link.attr(name).map(|text| plain::line(&text));
    let title = [plain::line(&heading), plain::line(&link.text())]
        .into_iter()
        .chain(named("title"))
        .chain(named("aria-label"))
        .find(|words| !words.is_empty())
        .unwrap_or_default();
    Some(ArticleLink { url: url.into(), title })
}

fn is_of_site(url: &str, base: Option<&Url>) -> bool {
    let bare = |url: &Url| url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    match (Url::parse(url), base) {
        (Ok(url), Some(base)) => {
            let (link, site) = (bare(&url), bare(base));
            link == site || link.ends_with(&format!(".{site}"))
        }
        _ => true,
    }
}

/// The form of an address: what changes from article to article left out.
fn shape(url: &str) -> String {
    let Ok(url) = Url::parse(url) else { return String::new() };
    let parts: Vec<&str> = url.path_segments().into_iter().flatten().map(part_shape).collect();
    format!("{}/{}", url.host_str().unwrap_or_default(), parts.join("/"))
}

fn part_shape(part: &str) -> &str {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let seams = part.bytes().filter(|byte| matches!(byte, b'-' | b'_')).count();
    if digits > 0 && digits == part.len() {
        "0"
    } else if digits > 0 || seams >= 2 || part.len() > 24 {
        "*"
    } else {
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRONT: &str = "<html><body><nav><a href=/2026/11/24/in-the-menu-of-all>Menu entry with many words here</a></nav>
        <a href=/about>About us</a><a href=/contact>Contact</a><a href=https://ads.example/2026/1/2/buy-this-thing>Buy this very good thing now</a>
        <article><a href='/2026/11/24/envoys-meet-in-geneva'><img src=x></a><h2><a href='/2026/11/24/envoys-meet-in-geneva#top'>Envoys meet in Geneva again</a></h2></article>
        <article><a href='/2026/11/23/rovers-win-late-match'><h3>Rovers win a late match</h3><p>A header in the last minute.</p></a></article>
        <article><a href='/2026/11/23/harbour-opens-its-gates'>Harbour opens its gates at last</a><a href='/2026/11/23/harbour-opens-its-gates'>more</a></article>
        <a href=/tag/a>a</a><a href=/tag/b>b</a><a href=/tag/c>c</a>";

    #[test]
    fn headlines_are_told_from_menus_by_shape_and_words() {
        let found = find_articles(FRONT, "https://news.example/", None).unwrap();
        let found: Vec<(&str, &str)> =
            found.iter().map(|link| (link.url.as_str(), link.title.as_str())).collect();
        assert_eq!(
            found,
            [
                ("https://news.example/2026/11/24/envoys-meet-in-geneva", "Envoys meet in Geneva again"),
                ("https://news.example/2026/11/23/rovers-win-late-match", "Rovers win a late match"),
                (
                    "https://news.example/2026/11/23/harbour-opens-its-gates",
                    "Harbour opens its gates at last"
                ),
            ]
        );
    }

    #[test]
    fn a_selector_picks_links_or_what_holds_them() {
        for selector in ["article h2 a", "article:first-of-type"] {
            let found = find_articles(FRONT, "https://news.example/", Some(selector)).unwrap();
            assert_eq!(found.len(), 1, "{selector}: {found:?}");
            assert_eq!(found[0].url, "https://news.example/2026/11/24/envoys-meet-in-geneva");
        }
        assert!(find_articles(FRONT, "https://news.example/", Some("a[")).unwrap_err().contains("a["));
    }

    #[test]
    fn links_to_feeds_are_known_by_address_or_words() {
        let page = "<a href=/rss/world.xml>World</a><a href=/x>RSS</a><a href=/feedback>Feedback</a><a href=/stories/feed-the-birds>Feed the birds</a>";
        let found: Vec<String> =
            find_feed_anchors(page, "https://e.org/").into_iter().map(|feed| feed.url).collect();
        assert_eq!(found[..2], ["https://e.org/rss/world.xml", "https://e.org/x"]);
        assert!(!found.contains(&"https://e.org/feedback".to_owned()));
    }
}
