//! Starter packs: lists of public feeds that are shipped, for whoever begins with nothing.
//!
//! A file holds one pack: `id`, `name`, `about`, and the `[[source]]`s with `name` and `address`.

use serde::Deserialize;

use crate::error::{MonitorError, Result};
use crate::{AddRequest, Event, ImportedFeeds, Monitor};

const SHIPPED: [&str; 6] = [
    include_str!("../starters/world-news.toml"),
    include_str!("../starters/press-rooms.toml"),
    include_str!("../starters/fact-checkers.toml"),
    include_str!("../starters/us-russia.toml"),
    include_str!("../starters/election-interference.toml"),
    include_str!("../starters/counter-terrorism.toml"),
];

/// A list of feeds to begin with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StarterPack {
    /// Its short name.
    pub id: String,
    /// Its name for people, and the label of its sources.
    pub name: String,
    /// What is in it, in a sentence.
    pub about: String,
    /// The feeds.
    #[serde(rename = "source")]
    pub sources: Vec<Starter>,
}

/// A feed of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Starter {
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
}

/// The packs that are shipped.
pub fn starter_packs() -> Vec<StarterPack> {
    let read = |text| toml::from_str(text);
    SHIPPED.into_iter().map(read).map(|pack| pack.expect("a test reads every pack that is shipped")).collect()
}

/// The pack of this short name.
///
/// # Errors
/// If there is none: with those that there are.
pub fn starter_pack(id: &str) -> Result<StarterPack> {
    let mut packs = starter_packs();
    match packs.iter().position(|pack| pack.id == id) {
        Some(place) => Ok(packs.swap_remove(place)),
        None => {
            let known: Vec<&str> = packs.iter().map(|pack| pack.id.as_str()).collect();
            let reason = format!("there is no starter pack {id:?}; there are: {}", known.join(", "));
            Err(MonitorError::BadOption { reason })
        }
    }
}

impl Monitor {
    /// Adds the feeds of a pack that are not watched yet, with the pack's name as their label. None is
    /// asked: the next check does that and says of each how it fares.
    ///
    /// # Errors
    /// If the library cannot be read or written.
    pub fn add_starters(&self, pack: StarterPack) -> Result<ImportedFeeds> {
        let mut imported = ImportedFeeds::default();
        let requests = pack.sources.into_iter().map(|starter| AddRequest {
            location: starter.address,
            name: Some(starter.name),
            label: Some(pack.name.clone()),
            ..AddRequest::default()
        });
        let added = self.add_all(requests, &mut imported);
        self.tell(Event::Sources);
        added.map(|()| imported)
    }

    /// Which feeds of a pack are watched already, in its order.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn watched_starters(&self, pack: &StarterPack) -> Result<Vec<bool>> {
        let watched = self.watched_places()?;
        Ok(pack
            .sources
            .iter()
            .map(|starter| watched.contains(&crate::opml::identity(&starter.address)))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use wirewatch_model::canonical_url;

    use super::*;

    #[test]
    fn every_pack_is_read_and_names_each_feed_once() {
        let packs = starter_packs();
        let ids: HashSet<&str> = packs.iter().map(|pack| pack.id.as_str()).collect();
        assert_eq!(ids.len(), SHIPPED.len());
        for pack in &packs {
            let places: HashSet<_> =
                pack.sources.iter().filter_map(|starter| canonical_url(&starter.address)).collect();
            assert_eq!(places.len(), pack.sources.len(), "{}: an address twice, or none", pack.id);
            assert!(!pack.about.is_empty() && pack.sources.len() >= 5, "{}", pack.id);
        }
    }

    #[test]
    fn a_feed_has_one_name_in_all_packs() {
        let mut names = std::collections::HashMap::new();
        for starter in starter_packs().into_iter().flat_map(|pack| pack.sources) {
            let known = names.entry(starter.address.clone()).or_insert_with(|| starter.name.clone());
            assert_eq!(*known, starter.name, "{}", starter.address);
        }
    }

    #[test]
    fn a_pack_that_is_not_there_is_answered_with_those_that_are() {
        let refusal = starter_pack("nonsense").unwrap_err().to_string();
        assert!(refusal.contains("fact-checkers"), "{refusal}");
    }
}
