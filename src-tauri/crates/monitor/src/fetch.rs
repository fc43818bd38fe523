//! HTTP: one polite, bounded, conditional GET.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{
    ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
    RETRY_AFTER,
};
use reqwest::{Client, Response, StatusCode};
use wirewatch_library::FetchState;

use crate::error::{MonitorError, Result};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(30);

/// The largest answer that is read, after decompression, so that a small answer that unpacks to a
/// huge one ends there.
const MAX_ANSWER: usize = 15 * 1024 * 1024;

/// Validators older than this are not sent: some servers answer "not modified" for ever.
const VALIDATORS_LAST: chrono::TimeDelta = chrono::TimeDelta::days(8);

/// A server that asks for more patience than this is asked again all the same.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

const USER_AGENT: &str = concat!("Wirewatch/", env!("CARGO_PKG_VERSION"), " (desktop news monitor)");
const ACCEPTED: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, \
     text/xml;q=0.9, text/html;q=0.8, */*;q=0.5";

/// The HTTP client.
pub(crate) struct Fetcher {
    client: Client,
}

/// What a server answered.
#[derive(Debug)]
pub(crate) enum Answer {
    /// Nothing new since the validators were given out.
    Unchanged,
    /// A body.
    Fetched(Fetched),
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
}

/// Why there is no answer, in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FetchFailure {
    pub(crate) message: String,
    /// How long the server asks to be left alone.
    pub(crate) retry_after: Option<Duration>,
    /// It will not come back: do not ask again.
    pub(crate) gone: bool,
}

impl FetchFailure {
    fn new(message: impl Into<String>) -> FetchFailure {
        FetchFailure { message: message.into(), retry_after: None, gone: false }
    }
}

impl Fetcher {
    pub(crate) fn new() -> Result<Fetcher> {
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TOTAL_TIMEOUT)
            .redirect(reqwest::redirect::Policy::limited(8))
            .referer(false)
            .build()
            .map_err(|error| MonitorError::Client(error.to_string()))?;
        Ok(Fetcher { client })
    }

    /// Gets an address; with `known`, only if it has changed since.
    pub(crate) async fn get(
        &self,
        url: &str,
        known: &FetchState,
        now: DateTime<Utc>,
    ) -> std::result::Result<Answer, FetchFailure> {
        let mut request = self.client.get(url).header(ACCEPT, ACCEPTED);
        if known.validated_at.is_some_and(|at| now - at < VALIDATORS_LAST) {
            if let Some(etag) = &known.etag {
                request = request.header(IF_NONE_MATCH, etag);
            }
            if let Some(date) = &known.last_modified {
                request = request.header(IF_MODIFIED_SINCE, date);
            }
        }
        let response = request.send().await.map_err(|error| in_words(&error))?;
        match response.status() {
            StatusCode::NOT_MODIFIED => Ok(Answer::Unchanged),
            status if status.is_success() => Ok(Answer::Fetched(read(response, now).await?)),
            status => Err(refusal(status, response.headers(), now)),
        }
    }
}

async fn read(mut response: Response, now: DateTime<Utc>) -> std::result::Result<Fetched, FetchFailure> {
    let state = FetchState {
        etag: header(response.headers(), &ETAG),
        last_modified: header(response.headers(), &LAST_MODIFIED),
        validated_at: Some(now),
        body_hash: None,
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
    Ok(Fetched { bytes, content_type, url, state })
}

fn refusal(status: StatusCode, headers: &HeaderMap, now: DateTime<Utc>) -> FetchFailure {
    let message = match status {
        StatusCode::NOT_FOUND => {
            "the server says there is nothing at this address (404); check it".to_owned()
        }
        StatusCode::GONE => "the server says it is gone for good (410); it is not asked again".to_owned(),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            format!("the server does not let Wirewatch in ({})", status.as_u16())
        }
        StatusCode::TOO_MANY_REQUESTS => {
            "the server asks for fewer requests (429); it is left alone".to_owned()
        }
        status if status.is_server_error() => {
            format!("the server has trouble of its own ({}); it is asked again later", status.as_u16())
        }
        status => format!("the server answered {status}"),
    };
    FetchFailure { message, retry_after: retry_after(headers, now), gone: status == StatusCode::GONE }
}

/// RFC 9110, 10.2.3: seconds or a date.
fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let value = header(headers, &RETRY_AFTER)?;
    let wait = match value.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => (DateTime::parse_from_rfc2822(&value).ok()?.to_utc() - now).to_std().ok()?,
    };
    Some(wait.min(LONGEST_RETRY_AFTER))
}

fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// reqwest's errors wrap the cause that a user understands; this finds it.
fn in_words(error: &reqwest::Error) -> FetchFailure {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    FetchFailure::new(if error.is_timeout() {
        format!("no answer within {} seconds", TOTAL_TIMEOUT.as_secs())
    } else if error.is_redirect() {
        "the address leads round in circles".to_owned()
    } else if error.is_connect() {
        format!("no connection: {cause}")
    } else {
        format!("the connection broke: {cause}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = DateTime::parse_from_rfc3339("2026-11-24T10:00:00Z").unwrap().to_utc();
        for (value, want) in [
            ("120", Some(120)),
            ("Tue, 24 Nov 2026 10:01:00 GMT", Some(60)),
            ("Mon, 23 Nov 2026 10:01:00 GMT", None),
            ("99999999", Some(86_400)),
            ("soon", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, value.parse().unwrap());
            assert_eq!(retry_after(&headers, now), want.map(Duration::from_secs), "{value}");
        }
    }
}
