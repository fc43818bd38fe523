//! The view model that every output shares: plain data, already cleaned, in local time, in order.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

/// A digest as it will be read: what is shown and in which order, not how it looks.
///
/// Times are written out in the reader's zone, so that no output needs a clock or a time zone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// The digest's name, never empty.
    pub title: String,
    /// When it was made; the one moment that outputs may stamp themselves with.
    pub made_at: DateTime<Utc>,
    /// The local day on which its period ends.
    pub date: NaiveDate,
    /// That day in words, such as `Tuesday, 24 November 2026`.
    pub day: String,
    /// What the editor says on top, a paragraph each.
    #[serde(default)]
    pub note: Vec<String>,
    /// How many different articles it reports.
    pub articles: usize,
    /// How many different stories they make.
    pub stories: usize,
    /// A part for each topic, in the order asked for; topics without a story too.
    pub chapters: Vec<Chapter>,
    /// What became of articles that were there before.
    #[serde(default)]
    pub corrections: Vec<Correction>,
    /// What was looked at, and what could not be.
    pub coverage: Coverage,
}

impl Digest {
    /// Whether there is nothing in it that its readers would miss.
    pub fn is_empty(&self) -> bool {
        self.articles == 0 && self.corrections.is_empty() && self.note.is_empty()
    }
}

/// What a digest says of one topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chapter {
    /// The topic's short name.
    pub topic: String,
    /// Its name for people, never empty.
    pub name: String,
    /// How many articles matched in the period.
    pub articles: usize,
    /// The stories that they make, in order.
    pub stories: Vec<Story>,
    /// Further stories, left out because the digest shows only so many.
    #[serde(default)]
    pub omitted: usize,
    /// These stories, in order, for an editor to choose from. No output shows them, and they are not kept.
    #[serde(skip)]
    pub beyond: Vec<Story>,
    /// How many of the stories stand in front because an editor put them there.
    #[serde(skip)]
    pub placed: usize,
    /// Matches a day, oldest first, the last is today; empty if not known.
    pub volume: Vec<u32>,
    /// The stories that the editor left out. No output shows them, and they are not kept.
    #[serde(skip)]
    pub dropped: Vec<Story>,
}

impl Chapter {
    /// Every story that an editor can say something of: those that are shown, those beyond the cap, those
    /// that were left out.
    pub fn all(&self) -> impl Iterator<Item = &Story> {
        self.stories.iter().chain(&self.beyond).chain(&self.dropped)
    }
}

/// One story: an article, and the copies of it that others carried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Its number in the library, by which it is curated.
    #[serde(default)]
    pub id: i64,
    /// The headline, never empty.
    pub headline: String,
    /// Where it can be read.
    pub link: Option<Link>,
    /// Who published it.
    pub outlet: String,
    /// When, in local time: `06:12`, `Mon 23 Nov, 21:05` or `14 May 2019`.
    pub time: String,
    /// BCP 47 tag of its language, if known.
    pub language: Option<String>,
    /// True if it is written from right to left.
    pub rtl: bool,
    /// The gist in at most [`SUMMARY_LIMIT`](crate::SUMMARY_LIMIT) characters, hits marked.
    pub summary: Vec<Segment>,
    /// True if only a summary of the article was to be had.
    pub summary_only: bool,
    /// The other outlets, each once, in the order they came in.
    pub also: Vec<Carrier>,
    /// What the editor says of it, a paragraph each.
    #[serde(default)]
    pub note: Vec<String>,
}

/// A run of a summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// The words.
    pub text: String,
    /// True if they are a passage that the topic was looking for.
    pub hit: bool,
}

/// An outlet that carried a story too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carrier {
    /// Who.
    pub outlet: String,
    /// Where it can be read there.
    pub link: Option<Link>,
}

/// An article that came in before the period and is not what it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Its headline now, never empty.
    pub headline: String,
    /// Where it can be read.
    pub link: Option<Link>,
    /// Who published it.
    pub outlet: String,
    /// When it was published, in local time.
    pub time: String,
    /// What became of it, in words.
    pub what: String,
}

/// What was looked at, and what could not be: the ledger at the end of each digest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// First moment of the period, in local time.
    pub from: String,
    /// End of the period, in local time.
    pub to: String,
    /// The zone of every time shown, such as `Europe/Berlin`.
    pub zone: String,
    /// Articles that came in.
    pub scanned: u64,
    /// Those that matched a topic.
    pub matched: usize,
    /// Sources that were read as they should.
    pub read: usize,
    /// Sources that were not, and why.
    pub gaps: Vec<Gap>,
}

/// A source of which the digest may know too little.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The source's name.
    pub source: String,
    /// When it was last read as it should, in local time; `None` for never.
    pub last_read: Option<String>,
    /// What is wrong, in plain words.
    pub reason: String,
}

/// An address that is safe to link to: absolute, `http` or `https`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Link(String);

impl Link {
    /// The address in its normal form, or `None` if no reader should be led there.
    pub fn new(address: &str) -> Option<Link> {
        let url = Url::parse(address.trim()).ok()?;
        (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| Link(url.into()))
    }

    /// As text: ASCII, percent-encoded, without blanks, quotes or angle brackets.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Link> for String {
    fn from(link: Link) -> String {
        link.0
    }
}

impl TryFrom<String> for Link {
    type Error = String;

    fn try_from(address: String) -> Result<Link, String> {
        Link::new(&address).ok_or_else(|| format!("{address:?} is no http(s) address"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        for (address, want) in [
            (
                "https://example.org/новости",
                Some("https://example.org/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
            ),
            (" HTTP://example.org ", Some("http://example.org/")),
            ("https://example.org/a\"><script>", Some("https://example.org/a%22%3E%3Cscript%3E")),
            ("javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("file:///etc/passwd", None),
            ("/relative", None),
            ("", None),
        ] {
            assert_eq!(Link::new(address).as_ref().map(Link::as_str), want, "{address}");
        }
    }

    #[test]
    fn a_bad_link_does_not_come_in_as_data() {
        assert!(serde_json::from_str::<Link>("\"javascript:alert(1)\"").is_err());
    }
}
