//! What it means when a server does not give what it was asked for, in plain words.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, RETRY_AFTER, SERVER};
use url::Url;

/// A server that asks for more patience than this is asked again all the same.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a host that says "too many requests", and not for how long, is left alone.
const USUAL_PATIENCE: Duration = Duration::from_secs(10 * 60);

/// Why there is no answer, in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct FetchFailure {
    pub(crate) message: String,
    /// How long to wait at least; otherwise as after any failure.
    pub(crate) retry_after: Option<Duration>,
    /// What else must not be asked so long.
    pub(crate) reach: Reach,
    /// The server said no (4xx), rather than that it cannot or nothing at all.
    pub(crate) refused: bool,
    /// Which host it was that refused, as [`host_of`](crate::hosts::host_of) says it: after a redirect it is
    /// not the source's own.
    pub(crate) host: Option<String>,
    /// The line broke before the server said anything.
    pub(crate) unheard: bool,
}

/// How much a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Reach {
    /// This address, this time.
    #[default]
    Once,
    /// Nobody answered; perhaps it is this machine that is not on the network.
    Unreached,
    /// This address, for ever: do not ask again.
    Gone,
    /// The whole host.
    Host,
    /// Nothing was asked, since the host is left alone already.
    Unasked,
}

impl FetchFailure {
    pub(crate) fn new(message: impl Into<String>) -> FetchFailure {
        FetchFailure { message: message.into(), ..FetchFailure::default() }
    }

    /// The host is left alone already.
    pub(crate) fn unasked(url: &Url, wait: Duration) -> FetchFailure {
        let host = url.host_str().unwrap_or_default();
        let message = format!("{host} asked for fewer requests; all of it is left alone for a while");
        FetchFailure { message, retry_after: Some(wait), reach: Reach::Unasked, ..FetchFailure::default() }
    }

    /// Whether this is an answer about the address that was asked, rather than trouble with its host or
    /// with the line.
    pub(crate) fn is_about_the_address(&self) -> bool {
        !self.unheard && !matches!(self.reach, Reach::Unreached | Reach::Host | Reach::Unasked)
    }
}

/// What a status other than success means.
pub(crate) fn refusal(status: StatusCode, headers: &HeaderMap, now: DateTime<Utc>) -> FetchFailure {
    let said = retry_after(headers, now);
    let (retry_after, reach) = match status {
        StatusCode::TOO_MANY_REQUESTS => (Some(said.unwrap_or(USUAL_PATIENCE)), Reach::Host),
        // Without a wish it may be this one feed that is broken.
        StatusCode::SERVICE_UNAVAILABLE if said.is_some() => (said, Reach::Host),
        StatusCode::GONE => (None, Reach::Gone),
        // It is not the source that answered.
        StatusCode::NETWORK_AUTHENTICATION_REQUIRED => (said, Reach::Unreached),
        _ => (said, Reach::Once),
    };
    FetchFailure {
        message: in_words(status, headers),
        retry_after,
        reach,
        refused: status.is_client_error() && reach != Reach::Host,
        ..FetchFailure::default()
    }
}

fn in_words(status: StatusCode, headers: &HeaderMap) -> String {
    if is_challenge(status, headers) {
        return "the site is behind Cloudflare, which wants to see a browser and a person; ask the publisher for \
                a feed that programs may read"
            .to_owned();
    }
    match status {
        StatusCode::NOT_FOUND => {
            "the server says there is nothing at this address (404); check it".to_owned()
        }
        StatusCode::GONE => "the server says it is gone for good (410); it is not asked again unless it gets another address".to_owned(),
        StatusCode::UNAUTHORIZED => {
            "the server wants a name and a password, or others than these (401); give them in its settings, or \
             add it again with --user"
                .to_owned()
        }
        StatusCode::PROXY_AUTHENTICATION_REQUIRED => "the proxy wants a name and a password (407)".to_owned(),
        StatusCode::FORBIDDEN => "the server does not let Wirewatch in (403)".to_owned(),
        StatusCode::NETWORK_AUTHENTICATION_REQUIRED => captive(),
        StatusCode::TOO_MANY_REQUESTS => {
            "the server asks for fewer requests (429); it is left alone".to_owned()
        }
        status if status.is_server_error() => {
            format!("the server has trouble of its own ({}); it is asked again later", status.as_u16())
        }
        status => format!("the server answered {status}"),
    }
}

/// Cloudflare says so in a header of its own; older ones only by who answers.
fn is_challenge(status: StatusCode, headers: &HeaderMap) -> bool {
    let says = |name: &str, value: &str| {
        headers
            .get(name)
            .and_then(|found| found.to_str().ok())
            .is_some_and(|found| found.eq_ignore_ascii_case(value))
    };
    says("cf-mitigated", "challenge")
        || (status == StatusCode::FORBIDDEN
            && says(SERVER.as_str(), "cloudflare")
            && headers.contains_key("cf-chl-out"))
}

fn captive() -> String {
    "this network wants a login before it lets anything through (a hotel's or a train's page); open a browser"
        .to_owned()
}

/// What a page means that came in place of a feed. `asked` is the source's address, `from` the one
/// that answered.
pub(crate) fn page_in_place_of_a_feed(asked: &str, from: &str, bytes: &[u8]) -> Option<String> {
    let start = beginning_of_a_page(bytes)?;
    let (here, there) = (host(asked), host(from));
    let elsewhere = here != there;
    if start.contains("challenge-platform") || start.contains("cf-browser-verification") {
        return Some("Cloudflare answered with a check for browsers in place of the feed".to_owned());
    }
    if start.contains("type=\"password\"")
        || start.contains("type='password'")
        || start.contains("type=password")
    {
        return Some(match there.filter(|_| elsewhere) {
            Some(there) => format!("a login page of {there} came in place of the feed; {}", captive()),
            None => "a login page came in place of the feed; the site wants an account".to_owned(),
        });
    }
    if elsewhere {
        let there = there.unwrap_or_default();
        return Some(format!(
            "a page of {there} came in place of the feed; if that is this network's login, open a browser"
        ));
    }
    Some("this is not a feed but a page; look for its RSS address".to_owned())
}

/// Whether a page of another host came in place of a source: most likely the login of the network that
/// this machine is in, so that nothing is known of the source.
pub(crate) fn is_page_of_another_host(asked: &str, from: &str, bytes: &[u8]) -> bool {
    host(asked) != host(from) && beginning_of_a_page(bytes).is_some()
}

fn host(address: &str) -> Option<String> {
    Url::parse(address).ok()?.host_str().map(str::to_owned)
}

/// The first part in small letters; `None` if it is no HTML.
fn beginning_of_a_page(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(bytes.get(..MARKUP_LOOKED_AT).unwrap_or(bytes)).to_ascii_lowercase();
    let is_page = ["<html", "<body", "<!doctype html"].iter().any(|sign| start.contains(sign));
    is_page.then_some(start)
}

/// A login form stands in the first part of a page.
const MARKUP_LOOKED_AT: usize = 128 * 1024;

/// RFC 9110, 10.2.3: seconds or a date.
fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let value = header(headers, &RETRY_AFTER)?;
    let wait = match value.trim().parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => (DateTime::parse_from_rfc2822(&value).ok()?.to_utc() - now).to_std().ok()?,
    };
    Some(wait.min(LONGEST_RETRY_AFTER))
}

/// A header as text.
pub(crate) fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    fn now() -> DateTime<Utc> {
        DateTime::parse_from_rfc3339("2026-11-24T10:00:00Z").unwrap().to_utc()
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        for (value, want) in [
            ("120", Some(120)),
            ("Tue, 24 Nov 2026 10:01:00 GMT", Some(60)),
            ("Mon, 23 Nov 2026 10:01:00 GMT", None),
            ("99999999", Some(86_400)),
            ("soon", None),
        ] {
            assert_eq!(
                retry_after(&headers(&[("retry-after", value)]), now()),
                want.map(Duration::from_secs),
                "{value}"
            );
        }
    }

    #[test]
    fn a_refusal_reaches_as_far_as_it_means() {
        let of = |status: u16, pairs: &[(&'static str, &str)]| {
            let failure = refusal(StatusCode::from_u16(status).unwrap(), &headers(pairs), now());
            (failure.reach, failure.retry_after.map(|wait| wait.as_secs()))
        };
        assert_eq!(of(429, &[]), (Reach::Host, Some(600)));
        assert_eq!(of(429, &[("retry-after", "30")]), (Reach::Host, Some(30)));
        assert_eq!(of(503, &[("retry-after", "30")]), (Reach::Host, Some(30)));
        assert_eq!(of(503, &[]), (Reach::Once, None));
        assert_eq!(of(410, &[]), (Reach::Gone, None));
        assert_eq!(of(511, &[]), (Reach::Unreached, None), "the network answered, not the source");
        assert_eq!(of(404, &[]), (Reach::Once, None));
    }

    #[test]
    fn a_busy_host_and_a_broken_line_say_nothing_of_a_page() {
        let of = |status: u16| refusal(StatusCode::from_u16(status).unwrap(), &headers(&[]), now());
        assert!(of(404).is_about_the_address() && of(500).is_about_the_address());
        assert!(!of(429).is_about_the_address());
        let url = Url::parse("https://news.example.org/").unwrap();
        assert!(!FetchFailure::unasked(&url, Duration::from_secs(1)).is_about_the_address());
        assert!(!FetchFailure { unheard: true, ..FetchFailure::new("") }.is_about_the_address());
    }

    #[test]
    fn a_challenge_is_called_by_its_name() {
        let failure = refusal(StatusCode::FORBIDDEN, &headers(&[("cf-mitigated", "challenge")]), now());
        assert!(failure.message.contains("Cloudflare"), "{}", failure.message);
        assert!(!refusal(StatusCode::FORBIDDEN, &headers(&[]), now()).message.contains("Cloudflare"));
    }

    #[test]
    fn a_page_in_place_of_a_feed_is_told_by_its_kind() {
        let (feed, login) = ("https://news.example.org/feed", b"<html><form><input type=\"password\">");
        for (from, bytes, words) in [
            ("https://wifi.example.net/hello", &login[..], "a login page of wifi.example.net"),
            (feed, &login[..], "the site wants an account"),
            ("https://wifi.example.net/", b"<html><p>Welcome", "a page of wifi.example.net"),
            (feed, b"<html><p>Welcome", "not a feed but a page"),
        ] {
            let said = page_in_place_of_a_feed(feed, from, bytes).unwrap();
            assert!(said.contains(words), "{said}");
        }
        assert_eq!(page_in_place_of_a_feed(feed, feed, b"<rss><channel>"), None);
        for (from, bytes, elsewhere) in [
            ("https://wifi.example.net/", &b"<HTML><p>Welcome"[..], true),
            (feed, b"<html><p>Welcome", false),
            ("https://cdn.example.net/", b"<rss><channel>", false),
        ] {
            assert_eq!(is_page_of_another_host(feed, from, bytes), elsewhere, "{from}");
        }
    }
}
