//! Finding the feeds of a site.

/// A feed that a page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLink {
    /// Its absolute `http(s)` address.
    pub url: String,
    /// What the page calls it.
    pub title: Option<String>,
}

/// The feeds that a page names in its head, in page order, once each.
pub fn find_feeds(html: &str, base: &str) -> Vec<FeedLink> {
    let _ = (html, base);
    Vec::new()
}

/// Addresses where sites without a hint usually keep their feed, likeliest first.
pub fn common_feed_paths(base: &str) -> Vec<String> {
    let _ = base;
    Vec::new()
}
