//! A story: the articles that are copies of one another.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use crate::{ArticleId, SourceId, StoryId};

/// Articles that tell one story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Its number.
    pub id: StoryId,
    /// The article that speaks for it: of a preferred source, else the first that came in.
    pub speaker: ArticleId,
    /// Its articles, in the order they came in; never empty.
    pub versions: Vec<Version>,
}

/// One article of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The article.
    pub article: ArticleId,
    /// The source that brought it.
    pub source: SourceId,
    /// Its headline.
    pub title: String,
    /// Who published it: the publisher as far as it is named, else the source.
    pub outlet: String,
    /// Its address on the web.
    pub url: Option<String>,
    /// When Wirewatch first saw it.
    pub first_seen: DateTime<Utc>,
}

impl Story {
    /// The story of these articles, in the order they came in; `None` if there are none.
    pub fn of(id: StoryId, versions: Vec<Version>, preferred: &[SourceId]) -> Option<Story> {
        let of_source = |source: &SourceId| versions.iter().find(|version| version.source == *source);
        let speaker = preferred.iter().find_map(of_source).or(versions.first())?.article;
        Some(Story { id, speaker, versions })
    }

    /// The article that speaks for it.
    pub fn spoken(&self) -> Option<&Version> {
        self.versions.iter().find(|version| version.article == self.speaker)
    }

    /// Who carried it, each once, in the order they came in.
    pub fn outlets(&self) -> Vec<&str> {
        let mut named = HashSet::new();
        let outlets = self.versions.iter().map(|version| version.outlet.as_str());
        outlets.filter(|outlet| named.insert(outlet.to_lowercase())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_speaks_unless_a_source_is_preferred() {
        let version = |article, source, outlet: &str| Version {
            article: ArticleId(article),
            source: SourceId(source),
            title: "Talks".into(),
            outlet: outlet.into(),
            url: None,
            first_seen: DateTime::UNIX_EPOCH,
        };
        let versions =
            vec![version(4, 1, "The Courier"), version(6, 2, "THE COURIER"), version(7, 3, "Wire")];
        for (preferred, speaker) in [(vec![], 4), (vec![9], 4), (vec![3, 2], 7), (vec![2], 6)] {
            let preferred: Vec<SourceId> = preferred.into_iter().map(SourceId).collect();
            let story = Story::of(StoryId(4), versions.clone(), &preferred).unwrap();
            assert_eq!(story.speaker, ArticleId(speaker), "{preferred:?}");
            assert_eq!(story.outlets(), ["The Courier", "Wire"]);
        }
        assert_eq!(Story::of(StoryId(4), Vec::new(), &[]), None);
    }
}
