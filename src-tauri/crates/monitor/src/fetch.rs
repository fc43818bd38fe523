//! HTTP: one polite, bounded, conditional GET, with redirects followed by hand.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_TYPE, ETAG, EXPIRES, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED, LOCATION,
};
use reqwest::{RequestBuilder, Response, StatusCode};
use url::Url;
use wirewatch_intake::page_text;
use wirewatch_library::FetchState;

use crate::error::Result;
use crate::hop::{Sight, Trust, is_inside_by_name, is_private, may_go};
use crate::hosts::{Errand, Hosts, host_of};
use crate::line::{CONNECT_TIMEOUT, Line, Lines, SILENCE_TIMEOUT};
use crate::refusal::{FetchFailure, Reach, header, refusal};

/// The largest answer that is read, after decompression, so that a small answer that unpacks to a
/// huge one ends there.
const MAX_ANSWER: usize = 15 * 1024 * 1024;

/// Validators older than this are not sent: some servers answer "not modified" for ever.
const VALIDATORS_LAST: TimeDelta = TimeDelta::days(8);

/// Redirects that are followed; browsers go to twenty, feeds need two.
const MOST_HOPS: usize = 8;

/// The name by which a site's `robots.txt` calls us.
pub(crate) const ROBOT_NAME: &str = "Wirewatch";
const ACCEPTED: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, \
     text/xml;q=0.9, text/html;q=0.8, */*;q=0.5";

/// The HTTP client.
pub(crate) struct Fetcher {
    lines: Lines,
    hosts: Hosts,
}

/// What is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    pub(crate) url: &'a str,
    /// Only if it has changed since.
    pub(crate) known: &'a FetchState,
    pub(crate) errand: Errand,
    /// Who chose the address.
    pub(crate) trust: Trust,
    pub(crate) access: Option<&'a Access>,
    /// Where it leaves; without one by the usual line.
    pub(crate) line: Option<&'a Line>,
}

/// On whose word an address is asked, and by which line.
pub(crate) type By<'a> = (Trust, Option<&'a Line>);

/// How to get in at one host, which no other is shown, and by which line.
#[derive(Clone, Default)]
pub(crate) struct Access {
    /// Host and port, as [`host_of`] says them.
    pub(crate) host: String,
    pub(crate) user: Option<String>,
    pub(crate) password: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    /// Where its requests leave; without one by the usual line.
    pub(crate) line: Option<Line>,
}

/// What a server answered.
#[derive(Debug)]
pub(crate) enum Answer {
    /// Nothing new since the validators were given out.
    Unchanged(Route),
    /// A body.
    Fetched(Fetched),
}

/// How an answer came, and how long it holds.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    /// Where every redirect on the way said that the address has moved for good.
    pub(crate) moved_to: Option<String>,
    /// How long the server says that its answer holds.
    pub(crate) fresh_for: Option<Duration>,
    /// What the answer may name: only a source inside may name what is inside.
    pub(crate) trust: Trust,
}

/// A body with what was said about it.
#[derive(Debug)]
pub(crate) struct Fetched {
    pub(crate) bytes: Vec<u8>,
    pub(crate) content_type: Option<String>,
    /// The address after redirects.
    pub(crate) url: String,
    /// The validators for next time; no hash of the body yet.
    pub(crate) state: FetchState,
    pub(crate) route: Route,
}

impl Fetched {
    /// The body as the text of a page.
    pub(crate) fn page(&self) -> String {
        page_text(&self.bytes, self.content_type.as_deref())
    }
}

type Outcome<T> = std::result::Result<T, FetchFailure>;

/// The way so far.
struct Way {
    url: Url,
    permanent: bool,
    hops: usize,
    trust: Trust,
}

impl Fetcher {
    /// `line` is where requests leave whose source has no line of its own.
    pub(crate) fn new(line: Line) -> Result<Fetcher> {
        Ok(Fetcher { lines: Lines::new(line)?, hosts: Hosts::new() })
    }

    /// Changes the line of the sources that have none of their own.
    pub(crate) fn use_line(&self, line: Line) -> Result<()> {
        self.lines.set_usual(line)
    }

    /// Gets an address.
    pub(crate) async fn get(&self, question: Question<'_>, now: DateTime<Utc>) -> Outcome<Answer> {
        let url = Url::parse(question.url).map_err(|error| FetchFailure::new(error.to_string()))?;
        let clients = self.lines.clients(question.line).map_err(FetchFailure::new)?;
        let mut way = Way { url, permanent: true, hops: 0, trust: question.trust };
        loop {
            let sight = clients.sight(&way.url);
            may_go(&way.url, way.trust, sight).map_err(FetchFailure::new)?;
            self.not_muted(&way.url, now)?;
            let _leave = self.hosts.leave(&way.url, question.errand).await;
            // While waiting, another answer may have asked for patience.
            self.not_muted(&way.url, now)?;
            let access = question.access.filter(|access| access.host == host_of(&way.url));
            let request = clients.client(way.trust, sight).get(way.url.clone());
            let response = ask(request, question.known, access, now).await?;
            if way.hops == 0 && question.trust == Trust::Inside {
                // What the user typed may be anywhere; where it is decides what it may lead to.
                let inside = match sight {
                    // It is the proxy's address that answers.
                    Sight::Name => is_inside_by_name(&way.url),
                    Sight::Address => response.remote_addr().is_none_or(|peer| is_private(peer.ip())),
                };
                way.trust = if inside { Trust::Inside } else { Trust::Outside };
            }
            match next_hop(&way, &response)? {
                Some(next) => way = next,
                None => return self.answer(way, response, question.known, now).await,
            }
        }
    }

    async fn answer(
        &self,
        way: Way,
        response: Response,
        known: &FetchState,
        now: DateTime<Utc>,
    ) -> Outcome<Answer> {
        let route = Route {
            moved_to: (way.permanent && way.hops > 0).then(|| way.url.to_string()),
            fresh_for: fresh_for(response.headers(), now),
            trust: way.trust,
        };
        match response.status() {
            StatusCode::NOT_MODIFIED => Ok(Answer::Unchanged(route)),
            // Some servers know their tag and send the whole all the same.
            status if status.is_success() && has_tag(response.headers(), validators(known, now)) => {
                Ok(Answer::Unchanged(route))
            }
            status if status.is_success() => Ok(Answer::Fetched(read(response, route, now).await?)),
            status => {
                let host = Some(host_of(&way.url));
                let failure = FetchFailure { host, ..refusal(status, response.headers(), now) };
                if failure.reach == Reach::Host {
                    let wait = failure.retry_after.unwrap_or_default();
                    self.hosts.mute(&way.url, now + TimeDelta::from_std(wait).unwrap_or(TimeDelta::days(1)));
                }
                Err(failure)
            }
        }
    }

    fn not_muted(&self, url: &Url, now: DateTime<Utc>) -> Outcome<()> {
        match self.hosts.muted_until(url, now) {
            Some(until) => Err(FetchFailure::unasked(url, (until - now).to_std().unwrap_or_default())),
            None => Ok(()),
        }
    }
}

async fn ask(
    request: RequestBuilder,
    known: &FetchState,
    access: Option<&Access>,
    now: DateTime<Utc>,
) -> Outcome<Response> {
    let mut request = request.header(ACCEPT, ACCEPTED);
    if let Some(known) = validators(known, now) {
        if let Some(etag) = &known.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = &known.last_modified {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
    }
    if let Some(access) = access {
        for (name, value) in &access.headers {
            request = request.header(name, value);
        }
        if let Some(user) = &access.user {
            request = request.basic_auth(user, access.password.as_ref());
        }
    }
    request.send().await.map_err(|error| in_words(&error))
}

/// Where an answer sends us; `None` if it is the end of the way.
fn next_hop(way: &Way, response: &Response) -> Outcome<Option<Way>> {
    let status = response.status();
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = header(response.headers(), &LOCATION) else {
        return Err(FetchFailure::new(format!("the server answered {status} and not where to")));
    };
    if way.hops >= MOST_HOPS {
        return Err(FetchFailure::new("the address leads round in circles"));
    }
    let url = way.url.join(&location).map_err(|error| {
        FetchFailure::new(format!("the address leads to {location:?}, which is no address: {error}"))
    })?;
    let permanent = way.permanent && matches!(status.as_u16(), 301 | 308);
    Ok(Some(Way { url, permanent, hops: way.hops + 1, trust: way.trust }))
}

async fn read(mut response: Response, route: Route, now: DateTime<Utc>) -> Outcome<Fetched> {
    let state = FetchState {
        etag: header(response.headers(), &ETAG),
        last_modified: header(response.headers(), &LAST_MODIFIED),
        validated_at: Some(now),
        body_hash: None,
        entries: Vec::new(),
        ttl: None,
    };
    let content_type = header(response.headers(), &CONTENT_TYPE);
    let url = response.url().to_string();
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| in_words(&error))? {
        if bytes.len() + chunk.len() > MAX_ANSWER {
            let limit = MAX_ANSWER / (1024 * 1024);
            return Err(FetchFailure::new(format!(
                "the answer is larger than {limit} MB, so it was not read"
            )));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Fetched { bytes, content_type, url, state, route })
}

/// The validators that are young enough to be asked with.
fn validators(known: &FetchState, now: DateTime<Utc>) -> Option<&FetchState> {
    known.validated_at.is_some_and(|at| now - at < VALIDATORS_LAST).then_some(known)
}

fn has_tag(headers: &HeaderMap, known: Option<&FetchState>) -> bool {
    known
        .and_then(|known| known.etag.as_deref())
        .is_some_and(|tag| headers.get(ETAG).is_some_and(|given| given.as_bytes() == tag.as_bytes()))
}

/// RFC 9111, 4.2.1: `max-age`, or else `Expires`.
fn fresh_for(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let control = header(headers, &CACHE_CONTROL).unwrap_or_default().to_ascii_lowercase();
    let age = control.split(',').find_map(|part| part.trim().strip_prefix("max-age=")?.parse().ok());
    let expires = || {
        let date = DateTime::parse_from_rfc2822(&header(headers, &EXPIRES)?).ok()?;
        (date.to_utc() - now).to_std().ok()
    };
    age.map(Duration::from_secs).or_else(expires)
}

/// reqwest's errors wrap the cause that a user understands; this finds it.
fn in_words(error: &reqwest::Error) -> FetchFailure {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    let reach = if error.is_connect() { Reach::Unreached } else { Reach::Once };
    let message = if error.is_connect() && error.is_timeout() {
        format!("no connection within {} seconds", CONNECT_TIMEOUT.as_secs())
    } else if error.is_timeout() {
        format!("no answer within {} seconds", SILENCE_TIMEOUT.as_secs())
    } else if error.is_connect() {
        format!("no connection: {cause}")
    } else if error.is_decode() {
        format!("the answer cannot be unpacked: {cause}")
    } else {
        format!("the connection broke: {cause}")
    };
    FetchFailure { reach, unheard: !error.is_decode(), ..FetchFailure::new(message) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_holds_as_long_as_its_server_says() {
        let now = DateTime::parse_from_rfc3339("2026-11-24T10:00:00Z").unwrap().to_utc();
        for (name, value, want) in [
            (CACHE_CONTROL, "max-age=300", Some(300)),
            (CACHE_CONTROL, "public, Max-Age=60", Some(60)),
            (CACHE_CONTROL, "no-cache", None),
            (CACHE_CONTROL, "max-age=soon", None),
            (EXPIRES, "Tue, 24 Nov 2026 10:05:00 GMT", Some(300)),
            (EXPIRES, "Mon, 23 Nov 2026 10:05:00 GMT", None),
            (EXPIRES, "0", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().unwrap());
            assert_eq!(fresh_for(&headers, now), want.map(Duration::from_secs), "{value}");
        }
    }

    #[test]
    fn validators_are_dropped_after_a_week_and_a_day() {
        let now = DateTime::parse_from_rfc3339("2026-11-24T10:00:00Z").unwrap().to_utc();
        let mut headers = HeaderMap::new();
        headers.insert(ETAG, "\"a\"".parse().unwrap());
        for (days, tag, same) in [(7, "\"a\"", true), (7, "\"b\"", false), (8, "\"a\"", false)] {
            let validated_at = Some(now - TimeDelta::days(days));
            let known = FetchState { etag: Some(tag.to_owned()), validated_at, ..FetchState::default() };
            assert_eq!(has_tag(&headers, validators(&known, now)), same, "{tag} after {days} days");
        }
    }
}
