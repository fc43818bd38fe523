//! The monitor: a library, its compiled topics, a clock and a line to whoever listens.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use tokio::sync::broadcast;
use wirewatch_library::Library;
use wirewatch_model::SourceId;

use crate::error::Result;
use crate::fetch::Fetcher;
use crate::line::Line;
use crate::robots::Rules;
use crate::secrets::{Secrets, SystemSecrets};
use crate::{Clock, Event, Topics, Wish, packs};

/// Events that a slow listener may lag behind before it misses some. It loses no data by that: an
/// event only says what to ask again.
const EVENT_BACKLOG: usize = 256;

/// The setting that says the shipped topics were put in once; what the user then removes stays away.
const SEEDED_KEY: &str = "shipped-topics";

/// Watches, fetches, takes in, alerts. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Monitor {
    shared: Arc<Shared>,
}

struct Shared {
    library: Library,
    clock: Arc<dyn Clock>,
    topics: RwLock<Arc<Topics>>,
    fetcher: Fetcher,
    rules: Rules,
    secrets: Arc<dyn Secrets>,
    events: broadcast::Sender<Event>,
}

impl Monitor {
    /// Opens the library in `folder`; a new one gets the shipped topics. Passwords of sources are in
    /// the system's keyring.
    ///
    /// # Errors
    /// If the library cannot be opened or no HTTP client can be made.
    pub fn open(folder: &Path, clock: Arc<dyn Clock>) -> Result<Monitor> {
        Monitor::open_with(folder, clock, Arc::new(SystemSecrets::default()))
    }

    /// Opens the library in `folder`; passwords of sources are asked of `secrets`.
    ///
    /// # Errors
    /// If the library cannot be opened or no HTTP client can be made.
    pub fn open_with(folder: &Path, clock: Arc<dyn Clock>, secrets: Arc<dyn Secrets>) -> Result<Monitor> {
        let library = Library::open(folder)?;
        if library.setting(SEEDED_KEY)?.is_none() {
            for pack in packs::shipped()? {
                library.save_topic(&pack.change(), Some(&pack.lists()), clock.now())?;
            }
            library.set_setting(SEEDED_KEY, "1")?;
        }
        let topics = Arc::new(Topics::load(&library)?);
        let (events, _) = broadcast::channel(EVENT_BACKLOG);
        let proxy = library.setting(Wish::Proxy.as_str())?.unwrap_or_default();
        let line = Line::parse(&proxy).unwrap_or_else(|fault| {
            tracing::warn!(fault, "the setting cannot be used; the system's proxy is");
            Line::System
        });
        let fetcher = Fetcher::new(line)?;
        let (topics, rules) = (RwLock::new(topics), Rules::default());
        let shared = Shared { library, clock, topics, fetcher, rules, secrets, events };
        Ok(Monitor { shared: Arc::new(shared) })
    }

    /// The library.
    pub fn library(&self) -> &Library {
        &self.shared.library
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.shared.clock.now()
    }

    /// Listens to what changes from now on.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.shared.events.subscribe()
    }

    /// The compiled topics of this moment.
    pub fn topics(&self) -> Arc<Topics> {
        self.shared.topics.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Compiles the topics again; for when another process changed them.
    pub fn reload_topics(&self) -> Result<()> {
        let topics = Arc::new(Topics::load(self.library())?);
        for (topic, error) in topics.broken() {
            tracing::warn!(%topic, %error, "topic cannot be used");
        }
        *self.shared.topics.write().unwrap_or_else(PoisonError::into_inner) = topics;
        self.tell(Event::Topics);
        Ok(())
    }

    /// Removes a source; its articles stay.
    ///
    /// # Errors
    /// If there is none of this id.
    pub fn remove_source(&self, id: SourceId) -> Result<()> {
        self.found(id, self.library().remove_source(id, self.now())?)
    }

    /// Tells whoever listens.
    pub fn tell(&self, event: Event) {
        // Nobody listening is fine.
        let _ = self.shared.events.send(event);
    }

    pub(crate) fn fetcher(&self) -> &Fetcher {
        &self.shared.fetcher
    }

    pub(crate) fn rules(&self) -> &Rules {
        &self.shared.rules
    }

    pub(crate) fn secrets(&self) -> Arc<dyn Secrets> {
        self.shared.secrets.clone()
    }
}
