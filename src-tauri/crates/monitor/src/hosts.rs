//! Being polite to hosts: how many requests at a time, how far apart, and leaving alone one that asks for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

/// Requests in all.
const AT_ONCE: usize = 16;

/// Requests to one host; what a browser of the nineties allowed itself.
const PER_HOST: usize = 2;

/// Between two requests for feeds of one host.
const BETWEEN_FEEDS: Duration = Duration::from_millis(100);

/// Between two article pages of one host: as fast as a person clicks.
const BETWEEN_PAGES: Duration = Duration::from_secs(1);

/// Hosts that are remembered; the ones that are not in use are forgotten beyond that.
const MOST_HOSTS: usize = 4_096;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Errand {
    /// A feed, a sitemap, a page that is watched.
    Source,
    /// The page of one article.
    Page,
}

impl Errand {
    fn spacing(self) -> Duration {
        match self {
            Errand::Source => BETWEEN_FEEDS,
            Errand::Page => BETWEEN_PAGES,
        }
    }
}

/// The leave to make one request; given back when dropped.
pub(crate) struct Leave {
    _host: OwnedSemaphorePermit,
    _all: OwnedSemaphorePermit,
}

/// Every host that was asked something.
pub(crate) struct Hosts {
    all: Arc<Semaphore>,
    hosts: Mutex<HashMap<String, Host>>,
}

struct Host {
    permits: Arc<Semaphore>,
    /// No request before this.
    free_at: Instant,
    muted_until: Option<DateTime<Utc>>,
}

impl Host {
    fn new(now: Instant) -> Host {
        Host { permits: Arc::new(Semaphore::new(PER_HOST)), free_at: now, muted_until: None }
    }

    /// Takes the next free moment.
    fn reserve(&mut self, now: Instant, spacing: Duration) -> Instant {
        let at = self.free_at.max(now);
        self.free_at = at + spacing;
        at
    }

    fn is_idle(&self, now: Instant) -> bool {
        self.muted_until.is_none() && self.free_at <= now && self.permits.available_permits() == PER_HOST
    }
}

impl Hosts {
    pub(crate) fn new() -> Hosts {
        Hosts { all: Arc::new(Semaphore::new(AT_ONCE)), hosts: Mutex::default() }
    }

    /// Waits until the host of `url` may be asked. `None` only if the program is going down.
    pub(crate) async fn leave(&self, url: &Url, errand: Errand) -> Option<Leave> {
        let permits = self.with(url, |host| host.permits.clone());
        // The host's turn first: who waits for a slow host takes nothing from the others.
        let host = permits.acquire_owned().await.ok()?;
        let at = self.with(url, |host| host.reserve(Instant::now(), errand.spacing()));
        tokio::time::sleep_until(at.into()).await;
        let all = self.all.clone().acquire_owned().await.ok()?;
        Some(Leave { _host: host, _all: all })
    }

    /// Leaves a host alone until then.
    pub(crate) fn mute(&self, url: &Url, until: DateTime<Utc>) {
        self.with(url, |host| host.muted_until = host.muted_until.max(Some(until)));
    }

    /// Until when a host is left alone, if it is.
    pub(crate) fn muted_until(&self, url: &Url, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.with(url, |host| {
            host.muted_until = host.muted_until.filter(|until| *until > now);
            host.muted_until
        })
    }

    fn with<T>(&self, url: &Url, act: impl FnOnce(&mut Host) -> T) -> T {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if hosts.len() >= MOST_HOSTS {
            hosts.retain(|_, host| !host.is_idle(now));
        }
        act(hosts.entry(host_of(url)).or_insert_with(|| Host::new(now)))
    }
}

/// Host and port: on one machine, two ports are two servers.
pub(crate) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().to_lowercase();
    format!("{host}:{}", url.port_or_known_default().unwrap_or_default())
}

/// Whether what was given for one address may be shown at the other: it is the same server, or the
/// same name, encrypted now.
pub(crate) fn is_same_server(from: &str, to: &str) -> bool {
    let (Ok(from), Ok(to)) = (Url::parse(from), Url::parse(to)) else { return false };
    let usual_port = from.port().is_none() && to.port().is_none();
    let now_encrypted = from.scheme() == "http" && to.scheme() == "https" && usual_port;
    from.origin() == to.origin() || (now_encrypted && from.host() == to.host())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn requests_to_one_host_keep_their_distance() {
        let start = Instant::now();
        let mut host = Host::new(start);
        let second = Duration::from_secs(1);
        assert_eq!(host.reserve(start, second), start, "the first goes at once");
        assert_eq!(host.reserve(start, second), start + second);
        assert_eq!(host.reserve(start + second / 2, second), start + 2 * second);
        assert_eq!(host.reserve(start + 9 * second, second), start + 9 * second, "it was quiet for long");
    }

    #[test]
    fn a_host_that_asked_for_it_is_left_alone_as_a_whole_and_for_so_long() {
        let (hosts, now) = (Hosts::new(), DateTime::<Utc>::from_timestamp(1_700_000_000, 0).unwrap());
        let (soon, later) = (now + chrono::TimeDelta::minutes(1), now + chrono::TimeDelta::minutes(9));
        hosts.mute(&url("https://a.example/feed"), later);
        hosts.mute(&url("https://A.example:443/other"), soon);
        assert_eq!(
            hosts.muted_until(&url("https://a.example/x"), now),
            Some(later),
            "the longer wish counts"
        );
        assert_eq!(hosts.muted_until(&url("https://b.example/x"), now), None);
        assert_eq!(hosts.muted_until(&url("https://a.example/x"), later), None, "over");
    }

    #[test]
    fn the_same_server_is_the_same_name_and_port_and_no_less_encrypted() {
        for (from, to, same) in [
            ("https://news.example/", "https://News.example:443/feed", true),
            ("http://news.example/", "https://news.example/feed", true),
            ("https://news.example/", "http://news.example/feed", false),
            ("http://news.example:8080/", "https://news.example/feed", false),
            ("https://news.example/", "https://www.news.example/feed", false),
            ("http://127.0.0.1:81/", "http://127.0.0.1:82/", false),
            ("/a/folder", "/a/folder", false),
        ] {
            assert_eq!(is_same_server(from, to), same, "{from} {to}");
        }
    }

    #[tokio::test]
    async fn a_third_request_to_a_host_waits_and_another_host_does_not() {
        let hosts = Hosts::new();
        let (a, b) = (url("http://a.example/"), url("http://b.example/"));
        let first = hosts.leave(&a, Errand::Source).await;
        let _second = hosts.leave(&a, Errand::Source).await;
        let third = hosts.leave(&a, Errand::Source);
        tokio::pin!(third);
        tokio::select! {
            biased;
            _ = &mut third => unreachable!("two at a time"),
            other = hosts.leave(&b, Errand::Source) => assert!(other.is_some()),
        }
        drop(first);
        assert!(third.await.is_some());
    }
}
