//! Adding a source: a path, a feed's address, or a site's address that is searched for its feed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use url::Url;
use wirewatch_intake::{FeedFacts, Hint, common_feed_paths, find_feeds, looks_like_feed, parse};
use wirewatch_library::FetchState;
use wirewatch_model::{NewSource, Source, SourceKind};

use crate::error::{MonitorError, Result};
use crate::fetch::{Answer, Fetched};
use crate::{Event, Monitor};

/// A source as the user asks for it.
#[derive(Debug, Clone, Default)]
pub struct AddRequest {
    /// A path or an address, as typed.
    pub location: String,
    /// A name; otherwise the folder's or the feed's own.
    pub name: Option<String>,
    /// Put on every article.
    pub label: Option<String>,
    /// How often it is checked.
    pub every: Option<Duration>,
    /// What it is; otherwise found out. A feed of which this is said is not asked first.
    pub kind: Option<SourceKind>,
    /// Complete truncated items from their pages.
    pub full_text: bool,
    /// Raise alerts for what is there already.
    pub alert_existing: bool,
}

/// A feed that answered, and where.
struct Discovered {
    address: String,
    facts: FeedFacts,
}

impl Monitor {
    /// Adds a source. One that is watched already is returned as it is.
    ///
    /// # Errors
    /// If there is no such path, the address is no web address, or what answers there neither is
    /// a feed nor leads to one.
    pub async fn add(&self, request: AddRequest) -> Result<Source> {
        let is_path = match request.kind {
            Some(kind) => kind == SourceKind::Folder,
            None => !is_web_address(&request.location),
        };
        let source = if is_path { self.add_path(request)? } else { self.add_address(request).await? };
        self.tell(Event::Sources);
        Ok(source)
    }

    fn add_path(&self, request: AddRequest) -> Result<Source> {
        let path = PathBuf::from(&request.location);
        // Absolute and without links, so that it stays the same wherever the program is started.
        let path = dunce::canonicalize(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => MonitorError::NoSuchPath(path.clone()),
            _ => MonitorError::File { path: path.clone(), error },
        })?;
        let own_name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let location = path.to_string_lossy().into_owned();
        self.keep(request, SourceKind::Folder, location, own_name)
    }

    async fn add_address(&self, request: AddRequest) -> Result<Source> {
        let bad = |reason: String| MonitorError::BadAddress { location: request.location.clone(), reason };
        let url = Url::parse(request.location.trim()).map_err(|error| bad(error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad(format!("only http and https addresses are fetched, not {}:", url.scheme())));
        }
        if let Some(kind @ (SourceKind::Sitemap | SourceKind::Page)) = request.kind {
            return Err(bad(format!("a {kind} cannot be watched yet; give the address of a feed")));
        }
        if let Some(kind) = request.kind {
            let host = url.host_str().unwrap_or_default().to_owned();
            return self.keep(request, kind, url.into(), host);
        }
        let found = self.discover(url.as_str()).await?;
        let own_name = found.facts.title.filter(|title| !title.is_empty());
        let own_name = own_name.unwrap_or_else(|| url.host_str().unwrap_or_default().to_owned());
        self.keep(request, SourceKind::Feed, found.address, own_name)
    }

    fn keep(
        &self,
        request: AddRequest,
        kind: SourceKind,
        location: String,
        own_name: String,
    ) -> Result<Source> {
        if let Some(present) = self.library().source_at(&location)? {
            return Ok(present);
        }
        let new = NewSource {
            kind,
            name: request.name.unwrap_or(own_name),
            location,
            label: request.label,
            every: request.every,
            full_text: request.full_text,
            alert_existing: request.alert_existing,
        };
        Ok(self.library().add_source(&new, self.now())?)
    }

    /// The feed at an address: the address itself, then the feeds that its page names, then the
    /// usual places of the site.
    async fn discover(&self, address: &str) -> Result<Discovered> {
        let not_a_source = |reason: String| MonitorError::NotASource { address: address.to_owned(), reason };
        let page = self.fetch_whole(address).await.map_err(not_a_source)?;
        if let Some(facts) = feed_facts(&page) {
            return Ok(Discovered { address: address.to_owned(), facts });
        }
        let named = find_feeds(&String::from_utf8_lossy(&page.bytes), &page.url);
        let candidates =
            named.into_iter().map(|link| link.url).chain(common_feed_paths(&page.url)).take(MOST_CANDIDATES);
        for candidate in candidates {
            if let Ok(fetched) = self.fetch_whole(&candidate).await
                && let Some(facts) = feed_facts(&fetched)
            {
                return Ok(Discovered { address: candidate, facts });
            }
        }
        Err(not_a_source(
            "there is no feed at this address, its page names none, and the usual places have none; \
             look on the site for \"RSS\" and add that address"
                .to_owned(),
        ))
    }

    async fn fetch_whole(&self, address: &str) -> std::result::Result<Fetched, String> {
        match self.fetcher().get(address, &FetchState::default(), self.now()).await {
            Ok(Answer::Fetched(fetched)) => Ok(fetched),
            Ok(Answer::Unchanged) => {
                Err("the server answered a question that was not asked (304)".to_owned())
            }
            Err(failure) => Err(failure.message),
        }
    }
}

/// Addresses that are tried for one site before it is given up.
const MOST_CANDIDATES: usize = 12;

fn feed_facts(fetched: &Fetched) -> Option<FeedFacts> {
    if !looks_like_feed(&fetched.bytes, fetched.content_type.as_deref()) {
        return None;
    }
    let hint =
        Hint { content_type: fetched.content_type.as_deref(), url: Some(&fetched.url), ..Hint::default() };
    parse(&fetched.bytes, &hint).feed
}

/// Whether a location is meant as an address: it has a scheme, and is no path that exists.
fn is_web_address(location: &str) -> bool {
    location.contains("://") && !Path::new(location).exists()
}
