//! Looking for what can be watched at an address.

use std::time::Duration;

use tokio::task::JoinSet;
use wirewatch_intake::{
    ArticleLink, FeedFacts, Hint, Sitemap, common_feed_paths, find_articles, find_feed_anchors, find_feeds,
    find_sitemaps, looks_like_feed, parse, read_sitemap,
};
use wirewatch_library::FetchState;
use wirewatch_model::{ParsedArticle, Published, SourceKind};

use crate::access::holds_credentials;
use crate::add::{elsewhere, web_address};
use crate::error::{MonitorError, Result};
use crate::fetch::{Access, Answer, Fetched};
use crate::hop::Trust;
use crate::hosts::is_same_server;
use crate::opml::identity;
use crate::{AddRequest, Monitor};

/// Addresses that are tried for one site before it is given up.
const MOST_CANDIDATES: usize = 24;

/// So long the places of a site are searched for a preview.
const LONGEST_SEARCH: Duration = Duration::from_secs(20);

/// Articles that a preview shows.
const MOST_HEADLINES: usize = 5;

/// Something that can be watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovered {
    /// Its address.
    pub address: String,
    /// What it is.
    pub kind: SourceKind,
    /// What it calls itself.
    pub title: Option<String>,
    /// How many articles it has at the moment.
    pub articles: usize,
    /// The first of its articles, as it lists them: headline, and when it was published.
    pub newest: Vec<(String, Option<Published>)>,
    /// It is watched already.
    pub watched: bool,
}

impl Monitor {
    /// Everything that can be watched at an address: the address itself, the feeds that its page
    /// names or links to, those in the usual places, the site's news sitemaps, and the page. With a
    /// selector the page only.
    ///
    /// # Errors
    /// If nothing answers there; if it is none of the web's addresses; or if what was given for its server
    /// would have to be shown to another.
    pub async fn preview(&self, request: &AddRequest) -> Result<Vec<Discovered>> {
        let url = web_address(&request.location)?;
        let (address, access) = (url.as_str(), request.access(&url)?);
        let mut found = match &request.options.selector {
            Some(selector) => vec![self.find_page(address, Some(selector), &access).await?],
            None => self.everything_at(address, &access).await?,
        };
        if holds_credentials(&request.options) {
            let other = found.iter().find(|one| !is_same_server(address, &one.address));
            let refusal = other.map(|one| elsewhere(&one.address, url.host_str().unwrap_or_default()));
            found.retain(|one| is_same_server(address, &one.address));
            if let (Some(reason), true) = (refusal, found.is_empty()) {
                return Err(MonitorError::BadOption { reason });
            }
        }
        self.mark_watched(&mut found)?;
        Ok(found)
    }

    async fn everything_at(&self, address: &str, access: &Access) -> Result<Vec<Discovered>> {
        let page = self.fetch_typed(address, access).await?;
        if let Some(found) = as_feed(address, &page) {
            return Ok(vec![found]);
        }
        let mut found = self.feeds_of(&page, access).await;
        let sitemap = tokio::time::timeout(LONGEST_SEARCH, self.named_sitemap(&page, access)).await;
        found.extend(sitemap.ok().flatten());
        found.extend(as_page(&page));
        Ok(found)
    }

    fn mark_watched(&self, found: &mut [Discovered]) -> Result<()> {
        let watched = self.watched_places()?;
        for one in found {
            one.watched = watched.contains(&identity(&one.address));
        }
        Ok(())
    }

    /// The feed at an address: the address itself, then the feeds that its page names, then the
    /// ones it links to, then the usual places of the site.
    pub(crate) async fn find_feed(&self, address: &str, access: &Access) -> Result<Discovered> {
        let page = self.fetch_typed(address, access).await?;
        if let Some(found) = as_feed(address, &page) {
            return Ok(found);
        }
        self.first_feed_of(&page, access).await.ok_or_else(|| {
            not_a_source(
                address,
                "there is no feed at this address, its page names none, and the usual places have none; look on \
                 the site for \"RSS\" and add that address, or watch the page itself with --kind page"
                    .to_owned(),
            )
        })
    }

    /// The first feed that a page names, links to, or has in the usual places.
    async fn first_feed_of(&self, page: &Fetched, access: &Access) -> Option<Discovered> {
        for candidate in candidates(page) {
            let feed = self.feed_at(candidate, access, page.route.trust).await;
            if feed.is_some() {
                return feed;
            }
        }
        None
    }

    /// Every feed that a page names, links to, or has in the usual places, in this order. Those whose
    /// server takes too long are left out: somebody waits for the answer.
    async fn feeds_of(&self, page: &Fetched, access: &Access) -> Vec<Discovered> {
        let candidates = candidates(page);
        let mut answers: Vec<Option<Discovered>> = vec![None; candidates.len()];
        let mut asked = JoinSet::new();
        for (place, candidate) in candidates.into_iter().enumerate() {
            let (monitor, access, trust) = (self.clone(), access.clone(), page.route.trust);
            asked.spawn(async move { (place, monitor.feed_at(candidate, &access, trust).await) });
        }
        let heard = async {
            while let Some(Ok((place, feed))) = asked.join_next().await {
                if let Some(answer) = answers.get_mut(place) {
                    *answer = feed;
                }
            }
        };
        if tokio::time::timeout(LONGEST_SEARCH, heard).await.is_err() {
            tracing::debug!(page = page.url, "some places took too long to be searched");
        }
        let mut found: Vec<Discovered> = Vec::new();
        for feed in answers.into_iter().flatten() {
            // Several addresses of one feed are one.
            if !found.iter().any(|known| known.title == feed.title && known.newest == feed.newest) {
                found.push(feed);
            }
        }
        found
    }

    async fn feed_at(&self, address: String, access: &Access, trust: Trust) -> Option<Discovered> {
        let fetched = self.fetch_whole(&address, access, trust).await.ok()?;
        as_feed(&address, &fetched)
    }

    /// The sitemap at an address, or the one that the site's `robots.txt` names; one for news first.
    pub(crate) async fn find_sitemap(&self, address: &str, access: &Access) -> Result<Discovered> {
        let page = self.fetch_typed(address, access).await?;
        if let Some(found) = as_sitemap(address, &page) {
            return Ok(found);
        }
        let reason = "there is no sitemap at this address, and the site's robots.txt names none";
        let named = self.named_sitemap(&page, access).await;
        named.ok_or_else(|| not_a_source(address, reason.to_owned()))
    }

    /// The sitemap that the `robots.txt` of a page's site names; one for news first.
    async fn named_sitemap(&self, page: &Fetched, access: &Access) -> Option<Discovered> {
        let robots = url::Url::parse(&page.url).ok()?.join("/robots.txt").ok()?;
        let robots = self.fetch_whole(robots.as_str(), access, page.route.trust).await.ok()?;
        let mut named = find_sitemaps(&String::from_utf8_lossy(&robots.bytes));
        named.sort_by_key(|address| !address.to_lowercase().contains("news"));
        for candidate in named.into_iter().take(MOST_CANDIDATES) {
            if let Ok(fetched) = self.fetch_whole(&candidate, access, page.route.trust).await
                && let Some(found) = as_sitemap(&candidate, &fetched)
            {
                return Some(found);
            }
        }
        None
    }

    /// The list of articles on a page.
    pub(crate) async fn find_page(
        &self,
        address: &str,
        selector: Option<&str>,
        access: &Access,
    ) -> Result<Discovered> {
        let page = self.fetch_typed(address, access).await?;
        let found = find_articles(&page.page(), &page.url, selector);
        match found {
            Err(reason) => Err(not_a_source(address, reason)),
            Ok(links) if links.is_empty() => {
                let reason = match selector {
                    Some(selector) => format!("nothing on the page is picked by {selector:?}"),
                    None => {
                        "no list of articles was found on the page; name its links with --select".to_owned()
                    }
                };
                Err(not_a_source(address, reason))
            }
            Ok(links) => Ok(page_with(&page, links)),
        }
    }

    /// What the user typed; it may be anywhere.
    async fn fetch_typed(&self, address: &str, access: &Access) -> Result<Fetched> {
        let fetched = self.fetch_whole(address, access, Trust::Inside).await;
        fetched.map_err(|reason| not_a_source(address, reason))
    }

    /// What a page names may be where that page may lead, and nowhere else.
    async fn fetch_whole(
        &self,
        address: &str,
        access: &Access,
        trust: Trust,
    ) -> std::result::Result<Fetched, String> {
        match self.ask_source(address, &FetchState::default(), access, trust).await {
            Ok(Answer::Fetched(fetched)) => Ok(fetched),
            Ok(Answer::Unchanged(_)) => {
                Err("the server answered a question that was not asked (304)".to_owned())
            }
            Err(failure) => Err(failure.message),
        }
    }
}

/// Where the feeds of a page may be, the likeliest first.
fn candidates(page: &Fetched) -> Vec<String> {
    let html = page.page();
    let named = find_feeds(&html, &page.url).into_iter().chain(find_feed_anchors(&html, &page.url));
    let mut candidates: Vec<String> = Vec::new();
    for address in named.map(|link| link.url).chain(common_feed_paths(&page.url)) {
        if !candidates.contains(&address) && candidates.len() < MOST_CANDIDATES {
            candidates.push(address);
        }
    }
    candidates
}

fn not_a_source(address: &str, reason: String) -> MonitorError {
    MonitorError::NotASource { address: address.to_owned(), reason }
}

fn hint(fetched: &Fetched) -> Hint<'_> {
    Hint { content_type: fetched.content_type.as_deref(), url: Some(&fetched.url), ..Hint::default() }
}

fn as_feed(address: &str, fetched: &Fetched) -> Option<Discovered> {
    // A sitemap looks like a feed.
    if let Some(sitemap) = as_sitemap(address, fetched) {
        return Some(sitemap);
    }
    if !looks_like_feed(&fetched.bytes, fetched.content_type.as_deref()) {
        return None;
    }
    let parsed = parse(&fetched.bytes, &hint(fetched));
    let FeedFacts { title, .. } = parsed.feed?;
    Some(Discovered {
        address: address.to_owned(),
        kind: SourceKind::Feed,
        title,
        articles: parsed.articles.len(),
        newest: newest(&parsed.articles),
        watched: false,
    })
}

fn as_sitemap(address: &str, fetched: &Fetched) -> Option<Discovered> {
    let (title, articles) = match read_sitemap(&fetched.bytes, &hint(fetched))? {
        Sitemap::Pages(parsed) => (parsed.feed.and_then(|facts| facts.title), parsed.articles),
        Sitemap::Index { .. } => (None, Vec::new()),
    };
    Some(Discovered {
        address: address.to_owned(),
        kind: SourceKind::Sitemap,
        title,
        articles: articles.len(),
        newest: newest(&articles),
        watched: false,
    })
}

fn newest(articles: &[ParsedArticle]) -> Vec<(String, Option<Published>)> {
    let told = articles.iter().filter(|article| !article.title.is_empty());
    told.take(MOST_HEADLINES).map(|article| (article.title.clone(), article.published)).collect()
}

fn as_page(page: &Fetched) -> Option<Discovered> {
    let links = find_articles(&page.page(), &page.url, None).ok().filter(|links| !links.is_empty())?;
    Some(page_with(page, links))
}

fn page_with(page: &Fetched, links: Vec<ArticleLink>) -> Discovered {
    let title =
        parse(&page.bytes, &Hint { file_type: Some("html"), ..hint(page) }).articles.into_iter().next();
    Discovered {
        address: page.url.clone(),
        kind: SourceKind::Page,
        title: title.map(|article| article.title),
        articles: links.len(),
        newest: links.into_iter().take(MOST_HEADLINES).map(|link| (link.title, None)).collect(),
        watched: false,
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::sync::Arc;

    use super::*;
    use crate::SystemClock;
    use crate::fetch::Route;

    #[tokio::test]
    async fn what_a_page_of_the_internet_names_inside_is_not_asked() {
        let folder = tempfile::tempdir().unwrap();
        let monitor = Monitor::open(folder.path(), Arc::new(SystemClock)).unwrap();
        let inside = TcpListener::bind("127.0.0.1:0").unwrap();
        inside.set_nonblocking(true).unwrap();
        let url = format!("http://{}/", inside.local_addr().unwrap());
        let link = format!("<html><link rel=alternate type=application/rss+xml href={url}feed>");
        let page = Fetched {
            bytes: link.into_bytes(),
            content_type: Some("text/html".to_owned()),
            url,
            state: FetchState::default(),
            route: Route { moved_to: None, fresh_for: None, trust: Trust::Outside },
        };
        let found = monitor.feeds_of(&page, &Access::default()).await;
        assert!(found.is_empty(), "{found:?}");
        let asked = inside.accept().map_err(|error| error.kind());
        assert_eq!(asked.map(|_| ()), Err(std::io::ErrorKind::WouldBlock), "nothing was asked");
    }
}
