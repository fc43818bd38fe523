//! The lines on which requests leave this machine: as the system says, straight, or through a proxy.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::{Client, ClientBuilder};
use url::Url;

use crate::error::{MonitorError, Result};
use crate::hop::{OutsideOnly, Sight, Trust};

pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// No byte for so long means that none will come.
pub(crate) const SILENCE_TIMEOUT: Duration = Duration::from_secs(15);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(30);

const USER_AGENT: &str = concat!("Wirewatch/", env!("CARGO_PKG_VERSION"), " (desktop news monitor)");

/// Proxies that are held open at a time; the others are dialled anew.
const MOST_LINES: usize = 64;

/// Where a request leaves.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) enum Line {
    /// As the system is set: its proxy and exceptions, or none.
    #[default]
    System,
    /// Straight, whatever the system says.
    Straight,
    /// Through the proxy at this address.
    Proxy(String),
}

/// What people write for [`Line::Straight`].
const STRAIGHT: &str = "direct";

impl Line {
    /// Reads what the user wrote; nothing is the system's line.
    ///
    /// # Errors
    /// What is wrong with it, and how it is written.
    pub(crate) fn parse(text: &str) -> std::result::Result<Line, String> {
        match text.trim() {
            "" => Ok(Line::System),
            STRAIGHT => Ok(Line::Straight),
            address => proxy(address).map(Line::Proxy),
        }
    }
}

fn proxy(address: &str) -> std::result::Result<String, String> {
    let usual =
        "write for example http://proxy.example.org:3128 or socks5h://127.0.0.1:9050, or direct for none";
    let refused = |reason: String| format!("{reason}; {usual}");
    // What cannot be read may hold a password all the same, and is not repeated.
    let url =
        Url::parse(address).map_err(|error| refused(format!("this is no address of a proxy: {error}")))?;
    if !matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") || url.host().is_none() {
        return Err(refused(format!("{address:?} is no address of a proxy")));
    }
    if url.password().is_some() || !url.username().is_empty() {
        return Err("the name and the password of a proxy would be kept in clear; give them to the system \
             (HTTPS_PROXY), whose proxy is used where none is named here"
            .to_owned());
    }
    Ok(url.into())
}

/// Every line that was used, ready to be used again.
pub(crate) struct Lines {
    /// The line of the sources that have none of their own.
    usual: RwLock<Line>,
    open: Mutex<HashMap<Line, Arc<Clients>>>,
}

/// The clients of one line.
pub(crate) struct Clients {
    anywhere: Client,
    /// Looks names up, and leaves out those inside.
    outside: Client,
    proxies: Proxies,
}

/// Which addresses a proxy is asked for.
enum Proxies {
    None,
    All,
    Some(Box<Matcher>),
}

impl Lines {
    /// # Errors
    /// If no client can be made.
    pub(crate) fn new(usual: Line) -> Result<Lines> {
        let lines = Lines { usual: RwLock::default(), open: Mutex::default() };
        lines.set_usual(usual)?;
        Ok(lines)
    }

    /// Changes the line of the sources that have none of their own.
    ///
    /// # Errors
    /// If no client can be made with it.
    pub(crate) fn set_usual(&self, line: Line) -> Result<()> {
        self.clients(Some(&line)).map_err(MonitorError::Client)?;
        *self.usual.write().unwrap_or_else(PoisonError::into_inner) = line;
        Ok(())
    }

    /// The clients of a line; without one, of the usual line.
    ///
    /// # Errors
    /// In plain words, if none can be made.
    pub(crate) fn clients(&self, line: Option<&Line>) -> std::result::Result<Arc<Clients>, String> {
        let line = match line {
            Some(line) => line.clone(),
            None => self.usual.read().unwrap_or_else(PoisonError::into_inner).clone(),
        };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(clients) = open.get(&line) {
            return Ok(clients.clone());
        }
        if open.len() >= MOST_LINES {
            open.clear();
        }
        let clients = Arc::new(Clients::of(&line).map_err(|error| in_words(&line, &error))?);
        open.insert(line, clients.clone());
        Ok(clients)
    }
}

fn in_words(line: &Line, error: &reqwest::Error) -> String {
    match line {
        Line::Proxy(proxy) => format!("the proxy {proxy} cannot be used: {error}"),
        Line::System | Line::Straight => error.to_string(),
    }
}

impl Clients {
    fn of(line: &Line) -> std::result::Result<Clients, reqwest::Error> {
        let builder = || -> std::result::Result<ClientBuilder, reqwest::Error> {
            let builder = patient();
            Ok(match line {
                Line::System => builder,
                Line::Straight => builder.no_proxy(),
                Line::Proxy(proxy) => builder.no_proxy().proxy(reqwest::Proxy::all(proxy)?),
            })
        };
        let proxies = match line {
            Line::System => Proxies::Some(Box::new(Matcher::from_system())),
            Line::Straight => Proxies::None,
            Line::Proxy(_) => Proxies::All,
        };
        let outside = builder()?.dns_resolver(Arc::new(OutsideOnly)).build()?;
        Ok(Clients { anywhere: builder()?.build()?, outside, proxies })
    }

    /// What can be known here of where an address lies: behind a proxy it is the proxy that looks names up.
    pub(crate) fn sight(&self, url: &Url) -> Sight {
        let proxied = match &self.proxies {
            Proxies::None => false,
            Proxies::All => true,
            Proxies::Some(system) => {
                url.as_str().parse().is_ok_and(|address| system.intercept(&address).is_some())
            }
        };
        if proxied { Sight::Name } else { Sight::Address }
    }

    /// The client for an address. A proxy's own name may well be inside, so it is not looked up as one from
    /// outside.
    pub(crate) fn client(&self, trust: Trust, sight: Sight) -> &Client {
        match (trust, sight) {
            (Trust::Outside, Sight::Address) => &self.outside,
            (Trust::Inside, _) | (_, Sight::Name) => &self.anywhere,
        }
    }
}

fn patient() -> ClientBuilder {
    Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(SILENCE_TIMEOUT)
        .timeout(TOTAL_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_the_systems_straight_or_a_proxy() {
        for (text, line) in [
            ("", Line::System),
            (" direct ", Line::Straight),
            ("http://proxy.example.org:3128", Line::Proxy("http://proxy.example.org:3128/".to_owned())),
            ("socks5h://127.0.0.1:9050", Line::Proxy("socks5h://127.0.0.1:9050".to_owned())),
        ] {
            assert_eq!(Line::parse(text), Ok(line), "{text}");
        }
    }

    #[test]
    fn what_is_no_proxy_is_refused_with_what_one_looks_like() {
        for text in ["proxy", "proxy.example.org:3128", "ftp://proxy.example.org", "http://"] {
            let refusal = Line::parse(text).unwrap_err();
            assert!(refusal.contains("http://proxy.example.org:3128"), "{text}: {refusal}");
        }
        let refusal = Line::parse("http://ann:hush@proxy.example.org").unwrap_err();
        assert!(refusal.contains("HTTPS_PROXY") && !refusal.contains("hush"), "{refusal}");
    }

    #[test]
    fn behind_a_proxy_only_the_name_of_an_address_is_known() {
        let lines = Lines::new(Line::Straight).unwrap();
        let url = Url::parse("http://news.example.org/").unwrap();
        let sight = |line: Option<&Line>| lines.clients(line).unwrap().sight(&url);
        let proxy = Line::Proxy("http://127.0.0.1:9/".to_owned());
        assert_eq!((sight(None), sight(Some(&proxy))), (Sight::Address, Sight::Name));
        lines.set_usual(proxy).unwrap();
        assert_eq!((sight(None), sight(Some(&Line::Straight))), (Sight::Name, Sight::Address));
    }
}
