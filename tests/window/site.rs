//! A news site on this machine: a page that names its feed.

use std::sync::Arc;

use anyhow::{Result, anyhow};
use tiny_http::{Header, Response, Server};

const PAGE: &str = r#"<!doctype html><title>The Harbour Wire</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml" title="News"><p>News."#;

const FEED: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel>
<title>The Harbour Wire</title><link>http://localhost/</link><description>News</description>
<item><title>Ferries stay in port</title><guid isPermaLink="false">harbour-1</guid>
<pubDate>Tue, 02 Sep 2025 08:00:00 GMT</pubDate>
<description>The crews want longer breaks between two crossings.</description></item>
</channel></rss>"#;

/// The site; it is there until it is dropped.
pub(crate) struct Site {
    server: Arc<Server>,
    /// Its address.
    pub(crate) address: String,
}

impl Site {
    pub(crate) fn open() -> Result<Site> {
        let server = Arc::new(Server::http("127.0.0.1:0").map_err(|error| anyhow!(error))?);
        let address = format!("http://{}/", server.server_addr());
        let answering = server.clone();
        std::thread::spawn(move || {
            for request in answering.incoming_requests() {
                let (text, kind) = match request.url() {
                    "/" => (PAGE, "text/html"),
                    "/feed.xml" => (FEED, "application/rss+xml"),
                    _ => ("", "text/plain"),
                };
                let response =
                    Response::from_string(text).with_status_code(if text.is_empty() { 404 } else { 200 });
                let kind = Header::from_bytes("Content-Type", kind).expect("the kinds above are well-formed");
                // Whoever asked may have gone.
                let _ = request.respond(response.with_header(kind));
            }
        });
        Ok(Site { server, address })
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.unblock();
    }
}
