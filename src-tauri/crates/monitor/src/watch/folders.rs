//! The folders of the watch: what the system reports about them, and looks at those of other machines.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};
use notify::{RecursiveMode, Watcher};
use wirewatch_model::{Source, SourceId, SourceKind};

use super::Watch;
use crate::error::Result;
use crate::folder::FoundFile;
use crate::ignored::Ignored;
use crate::mounts::is_remote;
use crate::settling::Sign;
use crate::{Event, Tally};

/// A folder that cannot be watched (a drive that is not mounted) is tried again after this.
const TRY_AGAIN: Duration = Duration::from_secs(30);

/// How often a folder on another machine is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// A folder that is watched.
pub(super) struct Home {
    path: PathBuf,
    pub(super) source: Source,
    ignored: Ignored,
    eyes: Eyes,
}

/// How changes of a folder are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Eyes {
    /// The system reports them.
    Reports,
    /// It lies on another machine, and is looked at now and then.
    Looks {
        /// When it is looked at next.
        next: Instant,
    },
}

impl Watch {
    /// Brings the watched folders in line with the library, and sweeps the new ones.
    pub(super) fn refresh_sources(&mut self, sources: &[Source]) -> Result<()> {
        let gone: Vec<SourceId> = self
            .folders
            .keys()
            .filter(|id| !sources.iter().any(|source| source.id == **id))
            .copied()
            .collect();
        for id in gone {
            if let Some(home) = self.folders.remove(&id).filter(|home| home.eyes == Eyes::Reports) {
                // A folder that was deleted is not watched any more anyway.
                let _ = self.watcher.unwatch(&home.path);
            }
        }
        for source in sources.iter().filter(|source| source.spec.kind == SourceKind::Folder) {
            match self.folders.get_mut(&source.id) {
                Some(home) => home.source.clone_from(source),
                None if self.unwatched.get(&source.id).is_some_and(|again| *again > Instant::now()) => {}
                None => self.watch_folder(source.clone())?,
            }
        }
        Ok(())
    }

    /// A folder that is watched may have been given other patterns.
    pub(super) fn refresh_patterns(&mut self) -> Result<()> {
        for home in self.folders.values_mut() {
            home.ignored = self.monitor.ignored(&home.source)?;
        }
        Ok(())
    }

    /// Watches first and sweeps then, so that nothing falls between the two.
    fn watch_folder(&mut self, source: Source) -> Result<()> {
        let path = PathBuf::from(&source.spec.location);
        let eyes = match is_remote(&path) {
            true => Ok(Eyes::Looks { next: Instant::now() + LOOK_EVERY }),
            false => self.watcher.watch(&path, RecursiveMode::Recursive).map(|()| Eyes::Reports),
        };
        match eyes {
            Ok(eyes) => {
                let ignored = self.monitor.ignored(&source)?;
                self.folders.insert(source.id, Home { path, source: source.clone(), ignored, eyes });
            }
            // The sweep says what is wrong with the folder.
            Err(error) => {
                tracing::warn!(source = source.id.0, %error, "folder cannot be watched");
                self.unwatched.insert(source.id, Instant::now() + TRY_AGAIN);
            }
        }
        self.begin(source);
        Ok(())
    }

    pub(super) fn note(&mut self, report: &notify::Event) {
        let now = Instant::now();
        for path in &report.paths {
            if !self.home_of(path).is_some_and(|home| home.ignored.lets_through(&home.path, path)) {
                continue;
            }
            match report.kind {
                // A folder that was moved or copied in reports nothing about what it holds.
                EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) if path.is_dir() => {
                    self.overflow.store(true, Ordering::Relaxed);
                }
                kind => {
                    if let Some(sign) = sign(kind) {
                        self.settling.note(path, sign, now);
                    }
                }
            }
        }
    }

    pub(super) async fn read_settled(&mut self) -> Result<()> {
        let mut by_source: HashMap<SourceId, (Source, Vec<FoundFile>)> = HashMap::new();
        for path in self.settling.finished(Instant::now()) {
            if let (Some(home), Some(file)) = (self.home_of(&path), FoundFile::at(&path)) {
                let source = &home.source;
                by_source.entry(source.id).or_insert_with(|| (source.clone(), Vec::new())).1.push(file);
            }
        }
        for (source, files) in by_source.into_values() {
            let monitor = self.monitor.clone();
            let (id, tally) = tokio::task::spawn_blocking(move || {
                let mut tally = Tally::of(&source);
                monitor.read_files(&source, &files, &mut tally).map(|()| (source.id, tally))
            })
            .await??;
            for (place, reason) in &tally.problems {
                tracing::warn!(source = id.0, place, reason, "not read");
            }
            self.monitor.tell(Event::Sources);
        }
        self.deliver().await
    }

    /// Looks at the folders of other machines whose turn it is.
    pub(super) fn look_at_remote(&mut self) {
        let now = Instant::now();
        let due = |home: &&mut Home| matches!(home.eyes, Eyes::Looks { next } if next <= now);
        let mut looked = Vec::new();
        for home in self.folders.values_mut().filter(due) {
            home.eyes = Eyes::Looks { next: now + LOOK_EVERY };
            looked.push(home.source.clone());
        }
        // One that takes longer than its turn is not looked at twice.
        looked.retain(|source| !self.checking.contains(&source.id));
        looked.into_iter().for_each(|source| self.begin(source));
    }

    fn home_of(&self, path: &Path) -> Option<&Home> {
        // The innermost of nested folders.
        self.folders
            .values()
            .filter(|home| path.starts_with(&home.path))
            .max_by_key(|home| home.path.components().count())
    }
}

/// What a report of the system says about a file; `None` if nothing that matters.
fn sign(kind: EventKind) -> Option<Sign> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Sign::Finished),
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) => Some(Sign::Finished),
        EventKind::Modify(ModifyKind::Name(RenameMode::From)) | EventKind::Remove(_) => Some(Sign::Gone),
        // A link that is made is never written to, so nothing would be reported after this.
        EventKind::Create(_) => Some(Sign::Found { age: Duration::ZERO }),
        EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any | ModifyKind::Other) => Some(Sign::Written),
        EventKind::Modify(ModifyKind::Name(_)) => Some(Sign::Found { age: Duration::ZERO }),
        _ => None,
    }
}
