//! Where a request may be led: which addresses a redirect or a feed's link may point to.
//!
//! A feed from the internet must not make this machine ask its own network (server-side request
//! forgery). What the user typed may be anywhere, and a source inside may name what is inside.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Who chose an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// The user, or a source inside the user's own network.
    Inside,
    /// Something that came from the internet.
    Outside,
}

/// Whether an address belongs to this machine or its network rather than to the internet.
pub(crate) fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => is_private_v4(ip),
            None => is_private_v6(ip),
        },
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_unspecified()
        || ip.is_broadcast()
        || ip.is_multicast()
        || a == 0
        // RFC 6598: shared between a provider and its customers; RFC 2544: benchmarks.
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (b == 18 || b == 19))
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    ip.is_loopback()
        || ip.is_unspecified()
        || ip.is_unique_local()
        || ip.is_unicast_link_local()
        || ip.is_multicast()
}

/// What can be known of where an address lies before it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// Its name is looked up here, where [`OutsideOnly`] sees what it means.
    Address,
    /// A proxy looks it up: its name only.
    Name,
}

/// Whether an address may be asked; otherwise why not, in plain words.
pub(crate) fn may_go(url: &Url, trust: Trust, sight: Sight) -> Result<(), String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("it leads to a {}: address; only http and https are followed", url.scheme()));
    }
    if url.host().is_none() {
        return Err("it leads to an address without a host".to_owned());
    }
    let inside_at_a_glance = match sight {
        Sight::Address => private_literal(url) == Some(true),
        Sight::Name => is_inside_by_name(url),
    };
    match trust {
        Trust::Outside if inside_at_a_glance => Err(inside(url)),
        _ => Ok(()),
    }
}

/// Whether an address is one of this machine or its network, as far as its name tells: a private
/// number, `localhost` (RFC 6761), `.local` (RFC 6762), or a name without a dot, which only a network's
/// own name server knows.
pub(crate) fn is_inside_by_name(url: &Url) -> bool {
    if let Some(private) = private_literal(url) {
        return private;
    }
    let name = url.host_str().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    !name.contains('.') || name.ends_with(".localhost") || name.ends_with(".local")
}

/// Whether the number that stands in place of a name is private; `None` if it is a name.
fn private_literal(url: &Url) -> Option<bool> {
    match url.host()? {
        Host::Ipv4(ip) => Some(is_private(IpAddr::V4(ip))),
        Host::Ipv6(ip) => Some(is_private(IpAddr::V6(ip))),
        Host::Domain(_) => None,
    }
}

fn inside(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    format!("it leads to {host} in this machine's own network, which a source from the internet may not")
}

/// Looks names up, and leaves out the addresses inside.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OutsideOnly;

impl Resolve for OutsideOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let outside: Vec<SocketAddr> = found.filter(|address| !is_private(address.ip())).collect();
            if outside.is_empty() {
                let host = name.as_str();
                return Err(format!(
                    "{host} is in this machine's own network, where a source from the internet may not lead"
                )
                .into());
            }
            Ok::<Addrs, Box<dyn std::error::Error + Send + Sync>>(Box::new(outside.into_iter()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_outside_may_not_lead_inside() {
        for inside in [
            "http://127.0.0.1/",
            "http://10.1.2.3/",
            "http://192.168.0.1/admin",
            "http://169.254.169.254/latest/meta-data",
            "http://[::1]/",
            "http://[fe80::1]/",
            "http://[fd00::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://0.0.0.0/",
            "http://100.64.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
        ] {
            let url = Url::parse(inside).unwrap();
            assert!(may_go(&url, Trust::Outside, Sight::Address).is_err(), "{inside}");
            assert_eq!(may_go(&url, Trust::Inside, Sight::Address), Ok(()), "{inside}");
        }
        for outside in
            ["https://news.example.org/", "http://192.0.3.1/", "http://[2606:4700::1]/", "http://172.32.0.1/"]
        {
            let url = Url::parse(outside).unwrap();
            assert_eq!(may_go(&url, Trust::Outside, Sight::Address), Ok(()), "{outside}");
        }
    }

    #[test]
    fn behind_a_proxy_the_name_tells_what_is_inside() {
        for (address, inside) in [
            ("http://127.0.0.1/", true),
            ("http://[fd00::1]/", true),
            ("http://localhost:8080/", true),
            ("http://LOCALHOST./", true),
            ("http://app.localhost/", true),
            ("http://intranet/feed", true),
            ("http://printer.local/", true),
            ("http://news.example.org/", false),
            ("http://local.example.org/", false),
            ("http://192.0.3.1/", false),
        ] {
            let url = Url::parse(address).unwrap();
            assert_eq!(is_inside_by_name(&url), inside, "{address}");
            assert_eq!(may_go(&url, Trust::Outside, Sight::Name).is_err(), inside, "{address}");
            assert_eq!(may_go(&url, Trust::Inside, Sight::Name), Ok(()), "{address}");
        }
    }

    #[test]
    fn only_the_web_is_followed() {
        for odd in ["file:///etc/passwd", "ftp://example.org/", "data:text/xml,x"] {
            assert!(may_go(&Url::parse(odd).unwrap(), Trust::Inside, Sight::Name).is_err(), "{odd}");
        }
    }
}
