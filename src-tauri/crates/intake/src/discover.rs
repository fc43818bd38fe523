//! Finding the feeds of a site.

use dom_query::Document;
use url::Url;

use crate::html::bound;
use crate::plain;

/// A feed that a page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLink {
    /// Its absolute `http(s)` address.
    pub url: String,
    /// What the page calls it.
    pub title: Option<String>,
}

/// More feeds than a page can mean; some weblogs name one for each of their posts.
const MOST_FEEDS: usize = 50;

/// Types of feeds. `application/json` is not among them: WordPress gives its interface that type.
const TYPES: &[&str] = &[
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/xml",
    "text/xml",
];

/// Where weblog and newspaper software keeps its feed.
const COMMON: &[&str] = &[
    "feed",
    "rss",
    "feed.xml",
    "rss.xml",
    "atom.xml",
    "index.xml",
    "feeds/posts/default",
    "feed.json",
    "?feed=rss2",
];

/// The feeds that a page names in its head (`link rel=alternate`), in page order, once each.
pub fn find_feeds(html: &str, base: &str) -> Vec<FeedLink> {
    let document = Document::from(bound(html).html);
    let base = base_of(&document, base);
    let mut feeds: Vec<FeedLink> = Vec::new();
    for link in document.select("link[rel~=alternate i][type][href]").iter() {
        let kind = link.attr("type").unwrap_or_default().trim().to_ascii_lowercase();
        let href = link.attr("href").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let Some(url) = resolve(&href, base.as_ref()).filter(|_| TYPES.contains(&kind)) else { continue };
        if feeds.len() < MOST_FEEDS && !feeds.iter().any(|feed| feed.url == url) {
            feeds
                .push(FeedLink { url, title: link.attr("title").and_then(|title| plain::some_line(&title)) });
        }
    }
    feeds
}

/// Addresses where sites without a hint usually keep their feed, likeliest first: beside the page,
/// then at the root. Empty if `base` is no web address.
pub fn common_feed_paths(base: &str) -> Vec<String> {
    let Ok(page) = Url::parse(base) else { return Vec::new() };
    let mut folder = page.clone();
    folder.set_query(None);
    folder.set_fragment(None);
    if !folder.path().ends_with('/') {
        // `/news` is a section more often than a file.
        let path = format!("{}/", folder.path());
        folder.set_path(&path);
    }
    let root = folder.join("/").unwrap_or_else(|_| folder.clone());
    let mut paths: Vec<String> = Vec::new();
    for place in [&folder, &root] {
        for path in COMMON.iter().filter_map(|path| resolve(path, Some(place))) {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
    }
    paths
}

/// The sitemaps that a site's `robots.txt` names (sitemaps.org, "Informing search engine crawlers"),
/// in its order, once each.
pub fn find_sitemaps(robots: &str) -> Vec<String> {
    let named = robots.lines().filter_map(|line| plain::strip_prefix_fold(line.trim_start(), "sitemap:"));
    let mut sitemaps: Vec<String> = Vec::new();
    for url in named.filter_map(|address| resolve(address, None)) {
        if sitemaps.len() < MOST_FEEDS && !sitemaps.contains(&url) {
            sitemaps.push(url);
        }
    }
    sitemaps
}

/// The address that relative links of a page start from.
pub(crate) fn base_of(document: &Document, page: &str) -> Option<Url> {
    let page = Url::parse(page).ok();
    let declared = document.select_single("base[href]").attr("href");
    match (page, declared) {
        (Some(page), Some(declared)) => page.join(&declared).ok().or(Some(page)),
        (None, Some(declared)) => Url::parse(&declared).ok(),
        (page, None) => page,
    }
}

pub(crate) fn resolve(href: &str, base: Option<&Url>) -> Option<String> {
    // `feed://host/` and `feed:https://…` are what old readers registered.
    let href = href.trim();
    let href = match href.strip_prefix("feed:") {
        Some(rest) if rest.starts_with("//") => format!("https:{rest}"),
        Some(rest) => rest.to_owned(),
        None => href.to_owned(),
    };
    let url = match base {
        Some(base) => base.join(&href).ok()?,
        None => Url::parse(&href).ok()?,
    };
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_found_in_page_order() {
        let html = "<html><head><base href='/sub/'>\
            <link rel='alternate' type='application/rss+xml' title=' All  news ' href='rss.xml'>\
            <link rel='ALTERNATE home' type='application/atom+xml; charset=utf-8' href='//example.com/atom'>\
            <link rel='alternate' type='application/json' href='/wp-json/'>\
            <link rel='alternate' type='application/rss+xml' href='file:///etc/passwd'>\
            <link rel='stylesheet' type='text/css' href='x.css'>\
            <link rel='alternate' hreflang='de' href='/de/'>\
            <link rel='alternate' type='application/feed+json' href='feed://example.org/feed.json'>\
            <link rel='alternate' type='application/rss+xml' href='rss.xml'>";
        let found: Vec<(String, Option<String>)> = find_feeds(html, "https://example.org/news/")
            .into_iter()
            .map(|feed| (feed.url, feed.title))
            .collect();
        assert_eq!(
            found,
            [
                ("https://example.org/sub/rss.xml".to_owned(), Some("All news".to_owned())),
                ("https://example.com/atom".to_owned(), None),
                ("https://example.org/feed.json".to_owned(), None),
            ]
        );
    }

    #[test]
    fn sitemaps_are_found_in_robots_txt() {
        let robots = "User-agent: *\nDisallow: /x\n Sitemap: https://example.org/news.xml\r\nSITEMAP:https://example.org/all.xml.gz\n\
            sitemap: https://example.org/news.xml\nSitemap: /relative.xml\nSitemap: file:///etc/passwd";
        assert_eq!(find_sitemaps(robots), ["https://example.org/news.xml", "https://example.org/all.xml.gz"]);
    }

    #[test]
    fn common_paths_lie_beside_the_page_and_at_the_root() {
        let paths = common_feed_paths("https://example.org/news?x=1#y");
        assert_eq!(paths.first().map(String::as_str), Some("https://example.org/news/feed"));
        assert!(paths.contains(&"https://example.org/rss.xml".to_owned()));
        assert_eq!(common_feed_paths("nothing"), Vec::<String>::new());
    }
}
