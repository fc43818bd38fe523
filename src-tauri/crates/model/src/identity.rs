//! When two documents are the same article, and when they say the same.
//!
//! Identity is several keys, content is one hash; a key outlives the article it led to.

use url::Url;
use wirewatch_query::{fold, words};

use crate::{ParsedArticle, SourceId};

/// A key that leads to an article.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ArticleKey {
    /// The id that a source gave it, unique within that source only.
    External(SourceId, String),
    /// Its canonical address.
    Url(String),
    /// The file that it was read from: absolute path, and its number in files that hold several.
    File(String, u32),
}

/// A hash of an article's words: headline and body folded, so that case, accents, dashes and
/// white space do not tell copies apart. 128 bits of BLAKE3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 16]);

impl Fingerprint {
    /// The fingerprint of an article.
    pub fn of(article: &ParsedArticle) -> Fingerprint {
        let mut hasher = blake3::Hasher::new();
        let mut folded = String::new();
        for part in [&article.title, article.lead.as_ref().unwrap_or(&String::new()), &article.text] {
            for word in words(part) {
                fold(&part[word.start..word.end], &mut folded);
                hasher.update(folded.as_bytes());
                hasher.update(b" ");
            }
            hasher.update(b"\n");
        }
        let mut hash = [0; 16];
        hasher.finalize_xof().fill(&mut hash);
        Fingerprint(hash)
    }
}

/// Query parameters that say where a reader came from, not what is read.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "cmpid",
    "ocid",
    "icid",
    "ns_mchannel",
    "ns_source",
    "ns_campaign",
    "xtor",
    "ref_src",
    "guccounter",
];

/// The canonical form of an `http(s)` address: no fragment, no tracking parameters, no default
/// port, no `www.`, `https` for `http`, no trailing slash. `None` for anything else.
///
/// The result is for comparing, not for opening: not every server answers under it.
pub fn canonical_url(address: &str) -> Option<String> {
    let mut url = Url::parse(address.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.trim_start_matches("www.").to_owned();
    let kept: Vec<(String, String)> =
        url.query_pairs().filter(|(name, _)| !is_tracking(name)).map(|(n, v)| (n.into(), v.into())).collect();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = url.path().trim_end_matches('/');
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("https://{host}{port}{path}{query}"))
}

fn is_tracking(name: &str) -> bool {
    name.starts_with("utm_") || TRACKING.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_lead_to_one_page_are_one() {
        let want = Some("https://example.org/news/1?id=7".to_owned());
        for address in [
            "https://example.org/news/1?id=7",
            "http://www.example.org:80/news/1/?utm_source=rss&id=7#top",
            " https://EXAMPLE.org/news/1?id=7&fbclid=abc ",
        ] {
            assert_eq!(canonical_url(address), want, "{address}");
        }
    }

    #[test]
    fn only_web_addresses_are_canonical() {
        for address in ["file:///etc/passwd", "javascript:alert(1)", "#", "", "not an address"] {
            assert_eq!(canonical_url(address), None, "{address}");
        }
    }

    #[test]
    fn a_fingerprint_sees_words_and_their_place_only() {
        let article = |title: &str, text: &str| ParsedArticle {
            title: title.into(),
            text: text.into(),
            ..ParsedArticle::default()
        };
        let one = Fingerprint::of(&article("Talks begin", "They met – at last."));
        assert_eq!(one, Fingerprint::of(&article("TALKS  BEGIN", "They met - at\n\nlast")));
        assert_ne!(one, Fingerprint::of(&article("Talks begin", "They met at lunch.")));
        assert_ne!(one, Fingerprint::of(&article("Talks begin They", "met at last.")));
    }
}
