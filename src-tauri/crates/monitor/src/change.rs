//! Changing a source that is watched: its name, its rhythm, its place, its rest.

use wirewatch_library::FetchState;
use wirewatch_model::{Health, Source, SourceId, SourceKind, SourceOptions, SourceWishes};

use crate::add::{check_options, target_folder, web_address};
use crate::error::{MonitorError, Result};
use crate::{Event, Monitor};

/// Everything of a source that the user may change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceChange {
    /// Its address; that of a folder cannot change.
    pub location: String,
    /// Name, label, interval, full text, level.
    pub wishes: SourceWishes,
    /// What most sources need nothing of.
    pub options: SourceOptions,
}

impl SourceChange {
    /// A source as it is now.
    pub fn of(source: &Source, options: SourceOptions) -> SourceChange {
        let spec = &source.spec;
        SourceChange {
            location: spec.location.clone(),
            wishes: SourceWishes {
                name: spec.name.clone(),
                label: spec.label.clone(),
                every: spec.every,
                full_text: spec.full_text,
                level: source.level,
            },
            options,
        }
    }
}

impl Monitor {
    /// Changes a source. One that is to be read in another way, or at another place, is read anew at the
    /// next look; its articles stay as they are.
    ///
    /// # Errors
    /// If there is none of this id, its new address is none or is watched already, or an option cannot be
    /// used; then nothing is changed.
    pub fn change_source(&self, id: SourceId, change: SourceChange) -> Result<Source> {
        let library = self.library();
        let source = self.source(id)?;
        let (SourceChange { location, mut wishes, mut options }, every) = (change, source.spec.every);
        if wishes.name.trim().is_empty() {
            wishes.name.clone_from(&source.spec.name);
        }
        check_options(&options)?;
        options.move_to = options.move_to.map(|to| target_folder(&to, &source.spec.location)).transpose()?;
        self.move_source(&source, &location)?;
        library.change_source(id, &wishes)?;
        // It is not what it was before it moved.
        let source = self.source(id)?;
        if options != library.source_options(id)? {
            library.set_source_options(id, &options)?;
            self.read_anew(&source)?;
        }
        if wishes.every != every {
            // The new rhythm begins with a look, not at the end of the old wait.
            self.is_due(&source)?;
        }
        self.tell(Event::Sources);
        self.source(id)
    }

    /// Asks a source no more until it is resumed.
    ///
    /// # Errors
    /// If there is none of this id.
    pub fn pause_source(&self, id: SourceId) -> Result<()> {
        self.found(id, self.library().set_source_paused(id, true)?)
    }

    /// Lets a paused source go on; it is due at once.
    ///
    /// # Errors
    /// If there is none of this id.
    pub fn resume_source(&self, id: SourceId) -> Result<()> {
        self.found(id, self.library().set_source_paused(id, false)?)
    }

    /// Tells that a source is not as it was, if it was found.
    pub(crate) fn found(&self, id: SourceId, found: bool) -> Result<()> {
        if !found {
            return Err(missing(id));
        }
        self.tell(Event::Sources);
        Ok(())
    }

    /// The watched source of this id.
    pub(crate) fn source(&self, id: SourceId) -> Result<Source> {
        self.library().source(id)?.ok_or_else(|| missing(id))
    }

    fn move_source(&self, source: &Source, to: &str) -> Result<()> {
        if to.trim() == source.spec.location {
            return Ok(());
        }
        if source.spec.kind == SourceKind::Folder {
            // Its files are known by their paths, and would all be new.
            let reason = "a folder cannot be moved; add the new one and remove this one, whose articles stay";
            return Err(MonitorError::BadOption { reason: reason.to_owned() });
        }
        let to = web_address(to)?;
        if !self.library().relocate_source(source.id, to.as_str())? {
            let reason =
                format!("{to} is, or was, a source of its own; add it instead of moving this one there");
            return Err(MonitorError::BadOption { reason });
        }
        self.read_anew(source)?;
        // What was said of the old place, such as that it is gone, does not hold for the new one.
        let last_success = source.health.last_success;
        Ok(self.library().set_health(source.id, &Health { last_success, ..Health::default() })?)
    }

    /// Has a source read at the next look, even if the answer is the same: it may be read in another way.
    pub(crate) fn read_anew(&self, source: &Source) -> Result<()> {
        if source.spec.kind != SourceKind::Folder {
            self.library().set_fetch_state(source.id, &FetchState::default())?;
        }
        self.is_due(source)
    }

    fn is_due(&self, source: &Source) -> Result<()> {
        Ok(self.library().set_health(source.id, &Health { next_check: None, ..source.health.clone() })?)
    }
}

fn missing(id: SourceId) -> MonitorError {
    MonitorError::Missing { what: "source", id: id.to_string() }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use wirewatch_model::SourceState;

    use super::*;
    use crate::{AddRequest, SystemClock};

    fn watched(monitor: &Monitor, location: &str) -> Source {
        let request = AddRequest { location: location.to_owned(), ..AddRequest::default() };
        monitor.add_unasked(request).unwrap()
    }

    fn monitor() -> (tempfile::TempDir, Monitor) {
        let folder = tempfile::tempdir().unwrap();
        let monitor = Monitor::open(folder.path(), Arc::new(SystemClock)).unwrap();
        (folder, monitor)
    }

    #[tokio::test]
    async fn a_folder_stays_where_it_is() {
        let (folder, monitor) = monitor();
        let clippings = folder.path().join("clippings");
        std::fs::create_dir(&clippings).unwrap();
        let location = clippings.to_str().unwrap().to_owned();
        let source = monitor.add(AddRequest { location, ..AddRequest::default() }).await.unwrap();
        let change = SourceChange::of(&source, SourceOptions::default());
        let moved = SourceChange { location: "/elsewhere".to_owned(), ..change.clone() };
        let refused = monitor.change_source(source.id, moved).unwrap_err().to_string();
        assert!(refused.contains("add the new one"), "{refused}");
        assert_eq!(monitor.change_source(source.id, change).unwrap().spec.location, source.spec.location);
    }

    #[test]
    fn a_source_that_moves_is_new_at_its_new_place_and_keeps_its_number() {
        let (_folder, monitor) = monitor();
        let source = watched(&monitor, "https://wire.example/old");
        let gone = Health { state: SourceState::Stopped, message: "gone".to_owned(), ..Health::default() };
        monitor.library().set_health(source.id, &gone).unwrap();
        let options = SourceOptions { proxy: Some("direct".to_owned()), ..SourceOptions::default() };
        let change = SourceChange {
            location: "https://wire.example/new".to_owned(),
            ..SourceChange::of(&source, options)
        };
        let moved = monitor.change_source(source.id, change).unwrap();
        assert_eq!((moved.id, moved.spec.location.as_str()), (source.id, "https://wire.example/new"));
        assert_eq!((moved.health.state, moved.health.message.as_str()), (SourceState::New, ""));
    }

    #[test]
    fn a_source_does_not_move_to_where_another_is() {
        let (_folder, monitor) = monitor();
        let (one, other) = (watched(&monitor, "https://a.example/"), watched(&monitor, "https://b.example/"));
        let change = SourceChange {
            location: other.spec.location,
            ..SourceChange::of(&one, SourceOptions::default())
        };
        let refused = monitor.change_source(one.id, change).unwrap_err().to_string();
        assert!(refused.contains("a source of its own"), "{refused}");
        assert_eq!(monitor.library().source(one.id).unwrap().unwrap().spec.location, "https://a.example/");
    }

    #[test]
    fn a_pause_outlasts_what_is_found_meanwhile() {
        let (_folder, monitor) = monitor();
        let source = watched(&monitor, "https://a.example/");
        let state = || monitor.library().source(source.id).unwrap().unwrap().health.state;
        monitor.pause_source(source.id).unwrap();
        // A look was under way.
        monitor.note_success(&source, Some(Duration::from_secs(60))).unwrap();
        assert_eq!(state(), SourceState::Paused);
        let paused = monitor.library().source(source.id).unwrap().unwrap();
        monitor.note_success_but(&paused, None, String::new()).unwrap();
        monitor.resume_source(source.id).unwrap();
        assert_eq!(state(), SourceState::Ok);
        let next = monitor.library().source(source.id).unwrap().unwrap().health.next_check;
        assert_eq!(next, None, "it is due at once");
    }

    #[test]
    fn an_option_that_cannot_be_used_changes_nothing() {
        let (_folder, monitor) = monitor();
        let source = watched(&monitor, "https://a.example/");
        let options = SourceOptions { proxy: Some("nonsense".to_owned()), ..SourceOptions::default() };
        let mut change = SourceChange::of(&source, options);
        change.wishes.name = "Other".to_owned();
        assert!(monitor.change_source(source.id, change).is_err());
        assert_eq!(monitor.library().source(source.id).unwrap().unwrap().spec.name, "a.example");
    }
}
