//! Lists of feeds, in and out: OPML.

use std::collections::HashSet;

use wirewatch_intake::{Subscription, read_opml, write_opml};
use wirewatch_model::{Source, SourceKind, canonical_url};

use crate::error::Result;
use crate::{AddRequest, Event, Monitor};

/// What became of a list of feeds.
#[derive(Debug, Clone, Default)]
pub struct ImportedFeeds {
    /// The sources that were added, in the list's order.
    pub added: Vec<Source>,
    /// How many feeds of the list were watched already.
    pub known: u32,
    /// What was not added, and why.
    pub problems: Vec<String>,
}

impl Monitor {
    /// Adds the feeds of an OPML list that are not watched yet; a folder becomes the label of its
    /// feeds. None is asked: the next check does that and says of each how it fares.
    ///
    /// # Errors
    /// If the library cannot be read or written. What is wrong with the list is no error.
    pub fn import_opml(&self, bytes: &[u8]) -> Result<ImportedFeeds> {
        let imported = self.add_listed(bytes);
        // Once, since a list may hold a thousand; even if it broke off there may be some.
        self.tell(Event::Sources);
        imported
    }

    fn add_listed(&self, bytes: &[u8]) -> Result<ImportedFeeds> {
        let list = read_opml(bytes);
        let mut imported = ImportedFeeds {
            problems: list.problems.into_iter().map(|problem| problem.message).collect(),
            ..ImportedFeeds::default()
        };
        self.add_all(list.feeds.into_iter().map(request), &mut imported)?;
        Ok(imported)
    }

    /// Adds what is not watched yet; nothing is asked.
    pub(crate) fn add_all(
        &self,
        requests: impl Iterator<Item = AddRequest>,
        imported: &mut ImportedFeeds,
    ) -> Result<()> {
        let mut watched = self.watched_places()?;
        for request in requests {
            if !watched.insert(identity(&request.location)) {
                imported.known += 1;
                continue;
            }
            let address = request.location.clone();
            match self.add_unasked(request) {
                Ok(source) => imported.added.push(source),
                Err(error @ crate::MonitorError::Library(_)) => return Err(error),
                Err(error) => imported.problems.push(format!("{address}: {error}")),
            }
        }
        Ok(())
    }

    /// The identities of all that is watched.
    pub(crate) fn watched_places(&self) -> Result<HashSet<String>> {
        Ok(self.library().sources()?.iter().map(|source| identity(&source.spec.location)).collect())
    }

    /// The watched feeds as OPML 2.0, and how many there are; folders of this machine are nothing
    /// that another program could read.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn export_opml(&self) -> Result<(String, usize)> {
        let sources = self.library().sources()?;
        let feeds: Vec<Subscription> = sources
            .into_iter()
            .filter(|source| source.spec.kind != SourceKind::Folder)
            .map(subscription)
            .collect();
        Ok((write_opml("Wirewatch", &feeds), feeds.len()))
    }
}

/// Two addresses of one feed are one.
pub(crate) fn identity(location: &str) -> String {
    canonical_url(location).unwrap_or_else(|| location.to_owned())
}

/// What stands between the folders in a label.
const SEPARATOR: &str = " / ";

fn request(feed: Subscription) -> AddRequest {
    AddRequest {
        location: feed.address,
        name: Some(feed.title).filter(|title| !title.is_empty()),
        label: Some(feed.folders.join(SEPARATOR)).filter(|label| !label.is_empty()),
        kind: Some(feed.kind),
        ..AddRequest::default()
    }
}

fn subscription(source: Source) -> Subscription {
    let label = source.spec.label.unwrap_or_default();
    Subscription {
        title: source.spec.name,
        address: source.spec.location,
        site: None,
        folders: label.split(SEPARATOR).filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        kind: source.spec.kind,
    }
}
