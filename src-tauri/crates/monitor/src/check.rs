//! One pass over sources.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use wirewatch_model::{Source, SourceId, SourceKind, SourceState};

use crate::Monitor;
use crate::error::Result;

/// Sources that are under way at one time; how many requests there are at a time, in all and to
/// one host, is the fetcher's concern.
const AT_ONCE: usize = 48;

/// What one pass over a source brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The source.
    pub source: SourceId,
    /// Its name.
    pub name: String,
    /// Articles seen for the first time.
    pub new: u32,
    /// Articles that say something else than before.
    pub changed: u32,
    /// Articles that were here already.
    pub known: u32,
    /// Topic matches of the new and changed ones.
    pub matches: u32,
    /// Alerts that were raised.
    pub alerts: u32,
    /// What went wrong: the file or address, and the reason in plain words.
    pub problems: Vec<(String, String)>,
}

impl Tally {
    pub(crate) fn of(source: &Source) -> Tally {
        Tally {
            source: source.id,
            name: source.spec.name.clone(),
            new: 0,
            changed: 0,
            known: 0,
            matches: 0,
            alerts: 0,
            problems: Vec::new(),
        }
    }

    pub(crate) fn trouble(&mut self, place: &str, reason: String) {
        tracing::debug!(place, reason, "trouble");
        self.problems.push((place.to_owned(), reason));
    }
}

impl Monitor {
    /// One pass over the sources named, or over all that are not held back, and calls `report`
    /// as each is done. A source's own trouble is part of its tally, not an error.
    ///
    /// A source is held back after a failure until its wait is over, and once it is gone for
    /// good or paused; naming it asks it all the same.
    ///
    /// # Errors
    /// If a named source is not there, or the library cannot be written.
    pub async fn check(
        &self,
        ids: &[SourceId],
        stop: &CancellationToken,
        mut report: impl FnMut(&Tally),
    ) -> Result<()> {
        let sources = self.sources_to_check(ids)?;
        let permits = Arc::new(Semaphore::new(AT_ONCE));
        let mut running = JoinSet::new();
        for source in sources {
            let (monitor, permits, stop) = (self.clone(), permits.clone(), stop.clone());
            running.spawn(async move {
                let _permit = permits.acquire().await;
                tokio::select! {
                    biased;
                    () = stop.cancelled() => Ok(None),
                    tally = monitor.check_source(source, HashSet::new(), &stop) => tally.map(Some),
                }
            });
        }
        while let Some(done) = running.join_next().await {
            if let Some(tally) = done?? {
                report(&tally);
            }
        }
        Ok(())
    }

    /// One pass over one source, leaving out files that are known to be unfinished.
    pub(crate) async fn check_source(
        &self,
        source: Source,
        unfinished: HashSet<PathBuf>,
        stop: &CancellationToken,
    ) -> Result<Tally> {
        match source.spec.kind {
            SourceKind::Folder => {
                let (monitor, stop) = (self.clone(), stop.clone());
                tokio::task::spawn_blocking(move || monitor.check_folder(&source, &unfinished, &stop)).await?
            }
            SourceKind::Feed | SourceKind::Sitemap | SourceKind::Page => self.check_feed(&source).await,
        }
    }

    fn sources_to_check(&self, ids: &[SourceId]) -> Result<Vec<Source>> {
        let library = self.library();
        if ids.is_empty() {
            let now = self.now();
            let held_back = |source: &Source| match source.health.state {
                SourceState::Stopped | SourceState::Paused => true,
                SourceState::Failing => source.health.next_check.is_some_and(|next| next > now),
                SourceState::New | SourceState::Ok => false,
            };
            return Ok(library.sources()?.into_iter().filter(|source| !held_back(source)).collect());
        }
        ids.iter().map(|id| self.source(*id)).collect()
    }
}
