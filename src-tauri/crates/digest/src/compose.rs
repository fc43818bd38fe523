//! From matched articles to a digest: grouped by topic, copies folded into stories, the ledger kept.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use wirewatch_model::{Article, Period, Source, Topic, TopicId};

use crate::{Coverage, Digest};

/// What a digest is made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The digest's name, such as `Daily digest`.
    pub name: &'a str,
    /// The time it reports on.
    pub period: Period,
    /// Now.
    pub made_at: DateTime<Utc>,
    /// The zone that times are shown in.
    pub zone: Tz,
    /// The topics in the order of the digest, without the silent ones.
    pub topics: &'a [Topic],
    /// The articles that matched in the period, newest first, with their matches.
    pub articles: &'a [Article],
    /// Every source, with its health.
    pub sources: &'a [Source],
    /// How many articles came in during the period, matched or not.
    pub scanned: u64,
    /// For each topic its matches a day, oldest first, the last is today; may be empty.
    pub volume: &'a [(TopicId, Vec<u32>)],
}

/// Composes the digest. Equal material gives an equal digest.
pub fn compose(material: &Material<'_>) -> Digest {
    Digest {
        title: material.name.to_owned(),
        made_at: material.made_at,
        day: material.made_at.with_timezone(&material.zone).format("%A, %-d %B %Y").to_string(),
        articles: material.articles.len(),
        stories: 0,
        chapters: Vec::new(),
        coverage: Coverage {
            from: String::new(),
            to: String::new(),
            zone: material.zone.to_string(),
            scanned: material.scanned,
            matched: material.articles.len(),
            read: 0,
            gaps: Vec::new(),
        },
    }
}
