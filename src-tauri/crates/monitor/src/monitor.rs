//! The monitor: a library, its compiled topics, a clock and a line to whoever listens.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use tokio::sync::broadcast;
use wirewatch_library::{Library, LibraryError, TopicChange, WordList};
use wirewatch_model::{Match, SourceId, Topic, TopicId, TopicVersion};
use wirewatch_query::Query;

use crate::error::{MonitorError, Result};
use crate::fetch::Fetcher;
use crate::robots::Rules;
use crate::secrets::{Secrets, SystemSecrets};
use crate::topics::{Names, to_match, with_text};
use crate::{Clock, Event, Topics, packs};

/// Events that a slow listener may lag behind before it misses some. It loses no data by that: an
/// event only says what to ask again.
const EVENT_BACKLOG: usize = 256;

/// The setting that says the shipped topics were put in once; what the user then removes stays away.
const SEEDED_KEY: &str = "shipped-topics";

/// The setting that holds the address of a proxy; without it the system's is used.
const PROXY_KEY: &str = "proxy";

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
                library.save_topic(&pack.change(), &pack.lists(), clock.now())?;
            }
            library.set_setting(SEEDED_KEY, "1")?;
        }
        let topics = Arc::new(Topics::load(&library)?);
        let (events, _) = broadcast::channel(EVENT_BACKLOG);
        let fetcher = Fetcher::new(library.setting(PROXY_KEY)?.as_deref().filter(|proxy| !proxy.is_empty()))?;
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

    /// Saves a topic and brings its matches over the whole library up to date; nothing of that
    /// raises an alert.
    ///
    /// # Errors
    /// If the query cannot be used: with its place, and nothing is changed.
    pub fn save_topic(&self, change: &TopicChange, lists: &[WordList]) -> Result<Topic> {
        let library = self.library();
        let mut topics = library.topics()?;
        let candidate = Topic {
            id: change.id.clone(),
            name: change.name.clone(),
            query: change.query.clone(),
            level: change.level,
            languages: change.languages.clone(),
            version: TopicVersion(0),
            matches: 0,
        };
        topics.retain(|topic| topic.id != candidate.id);
        topics.push(candidate);
        let mut all_lists = library.word_lists()?;
        all_lists.retain(|old| !lists.iter().any(|new| new.topic == old.topic && new.name == old.name));
        all_lists.extend_from_slice(lists);
        for list in lists {
            Query::parse(&list.query)?;
        }
        Names::new(&topics, &all_lists).resolve_topic(&change.id, &change.query, &change.languages)?;

        let before = library.topic(&change.id)?;
        let saved = library.save_topic(change, lists, self.now())?;
        if before.is_none_or(|before| before.version != saved.version) {
            self.match_again(&saved)?;
        }
        self.reload_topics()?;
        library.topic(&change.id)?.ok_or_else(|| topic_missing(&change.id))
    }

    /// Removes a topic with its matches.
    ///
    /// # Errors
    /// If there is none of this id.
    pub fn remove_topic(&self, id: &TopicId) -> Result<()> {
        if !self.library().remove_topic(id)? {
            return Err(topic_missing(id));
        }
        self.reload_topics()
    }

    /// Removes a source; its articles stay.
    ///
    /// # Errors
    /// If there is none of this id.
    pub fn remove_source(&self, id: SourceId) -> Result<()> {
        if !self.library().remove_source(id, self.now())? {
            return Err(MonitorError::Missing { what: "source", id: id.to_string() });
        }
        self.tell(Event::Sources);
        Ok(())
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

    fn match_again(&self, topic: &Topic) -> Result<()> {
        let (library, now) = (self.library(), self.now());
        let names = Names::new(&library.topics()?, &library.word_lists()?);
        let expr = names.resolve_topic(&topic.id, &topic.query, &topic.languages)?;
        let mut matches: Vec<_> = Vec::new();
        library.search_each(&expr, now, &mut |article, hits| {
            let found: Match =
                with_text(&article.content, &article.source_name, now, |text| to_match(topic, text, hits));
            matches.push((article.id, found));
            std::ops::ControlFlow::Continue(())
        })?;
        library.replace_matches(&topic.id, &matches)?;
        self.tell(Event::Articles { new: 0 });
        Ok(())
    }
}

fn topic_missing(id: &TopicId) -> MonitorError {
    MonitorError::Library(LibraryError::Missing { what: "topic", id: id.to_string() })
}
