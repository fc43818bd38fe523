//! The life of a topic: saved, applied to what is there already, taken back, restored, removed.
//!
//! Saving concerns what arrives from then on. What is in the library already keeps its matches until
//! the topic is applied, which never raises an alert and can be taken back until the topic finds
//! something else.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio_util::sync::CancellationToken;
use wirewatch_library::{Application, LibraryError, NewMatches, TopicChange, WordList};
use wirewatch_model::{ArticleId, Topic, TopicId, TopicVersion};

use crate::draft::broken_lists;
use crate::error::{MonitorError, Result};
use crate::topics::{Names, to_match, with_text};
use crate::{Event, Monitor};

impl Monitor {
    /// Saves a topic. Its own word lists become `lists`, or stay if there are none given. What
    /// arrives from now on is matched with it; [`Monitor::apply_topic`] does the rest.
    ///
    /// # Errors
    /// If the query or a word list cannot be used: with its place, and nothing is changed.
    pub fn save_topic(&self, change: &TopicChange, lists: Option<&[WordList]>) -> Result<Topic> {
        let library = self.library();
        let mut topics = library.topics()?;
        topics.retain(|topic| topic.id != change.id);
        topics.push(candidate(change));
        let mut all_lists = library.word_lists()?;
        if let Some(lists) = lists {
            all_lists.retain(|old| old.topic.as_ref() != Some(&change.id));
            all_lists.extend_from_slice(lists);
            if let Some((name, error)) = broken_lists(lists).into_iter().next() {
                return Err(MonitorError::WordList { name, error });
            }
        }
        Names::new(&topics, &all_lists).resolve_topic(&change.id, &change.query, &change.languages)?;
        let saved = library.save_topic(change, lists, self.now())?;
        self.reload_topics()?;
        Ok(saved)
    }

    /// Makes a topic what it was in an earlier version, as a new version.
    ///
    /// # Errors
    /// If there is no such topic or version, or the query cannot be used any more.
    pub fn restore_topic(&self, id: &TopicId, number: TopicVersion) -> Result<Topic> {
        let library = self.library();
        let topic = library.topic(id)?.ok_or_else(|| topic_missing(id))?;
        let missing = || LibraryError::Missing { what: "version", id: format!("{number} of {id}") };
        let version = library.topic_version(id, number)?.ok_or_else(missing)?;
        let lists: Vec<WordList> = version
            .lists
            .into_iter()
            .map(|(name, query)| WordList { topic: Some(id.clone()), name, query })
            .collect();
        let change = TopicChange {
            id: topic.id,
            name: topic.name,
            query: version.query,
            level: version.level,
            languages: version.languages,
        };
        self.save_topic(&change, Some(&lists))
    }

    /// Runs a topic over everything that is in the library and brings its matches up to date;
    /// `None` if it was cancelled, and then nothing is changed. Progress is told as events.
    ///
    /// # Errors
    /// If there is no such topic, its query cannot be used, or it was changed or removed meanwhile.
    pub fn apply_topic(&self, id: &TopicId, cancel: &CancellationToken) -> Result<Option<Application>> {
        let (library, now) = (self.library(), self.now());
        let topic = library.topic(id)?.ok_or_else(|| topic_missing(id))?;
        let names = Names::new(&library.topics()?, &library.word_lists()?);
        let expr = names.resolve_topic(id, &topic.query, &topic.languages)?;
        let up_to = library.newest_article()?.unwrap_or(ArticleId(0));
        let progress =
            Progress { monitor: self, label: format!("Applying {}", topic.name), told: AtomicU64::new(0) };
        let watch = |done, total| {
            progress.tell(done, total);
            if cancel.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let made = library.make_of_finds(&expr, now, &watch, &|article, hits| {
            let content = &article.content;
            let found = with_text(content, &article.source_name, now, |text| to_match(&topic, text, hits));
            (article.id, found)
        })?;
        let Some(matches) = made else { return Ok(None) };
        let new = NewMatches { topic: id, version: topic.version, matches: &matches, up_to, since: now };
        let application = library.apply_matches(&new, self.now())?;
        let application = application.ok_or_else(|| MonitorError::TopicChanged(id.clone()))?;
        self.tell_of_matches();
        Ok(Some(application))
    }

    /// Takes the last application of a topic back, as one step; says what it had done.
    ///
    /// # Errors
    /// If there is none: the topic was changed or removed since, or it was taken back already.
    pub fn undo_topic(&self, id: &TopicId) -> Result<Application> {
        let undone = self.library().undo_application(id)?;
        let undone = undone.ok_or_else(|| MonitorError::NothingToTakeBack(id.clone()))?;
        self.tell_of_matches();
        Ok(undone)
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

    fn tell_of_matches(&self) {
        self.tell(Event::Topics);
        self.tell(Event::Articles { new: 0 });
    }
}

/// Tells of each hundredth of a long work once: events that nobody can follow push out others.
struct Progress<'a> {
    monitor: &'a Monitor,
    label: String,
    /// The hundredth that was told of; it begins anew when candidates are known and verified.
    told: AtomicU64,
}

impl Progress<'_> {
    fn tell(&self, done: u64, total: u64) {
        let hundredths = (done * 100).checked_div(total).unwrap_or(100);
        if self.told.swap(hundredths, Ordering::Relaxed) != hundredths {
            let number = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
            let (label, done, total) = (self.label.clone(), number(done), number(total));
            self.monitor.tell(Event::Progress { label, done, total });
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        // Whether done, cancelled or failed: it does not go on.
        if !self.told.load(Ordering::Relaxed).is_multiple_of(100) {
            let (label, done, total) = (std::mem::take(&mut self.label), 1, 1);
            self.monitor.tell(Event::Progress { label, done, total });
        }
    }
}

fn candidate(change: &TopicChange) -> Topic {
    Topic {
        id: change.id.clone(),
        name: change.name.clone(),
        query: change.query.clone(),
        level: change.level,
        languages: change.languages.clone(),
        version: TopicVersion(0),
        matches: 0,
    }
}

pub(crate) fn topic_missing(id: &TopicId) -> MonitorError {
    MonitorError::Library(LibraryError::Missing { what: "topic", id: id.to_string() })
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use chrono::{DateTime, Utc};
    use tempfile::TempDir;
    use wirewatch_library::Library;
    use wirewatch_model::Level;

    use super::*;
    use crate::Clock;

    type Work = Box<dyn FnOnce() + Send>;

    /// A clock under whose hands something happens: one work each time it is asked, the last first.
    #[derive(Default)]
    struct Meddling(Mutex<Vec<Work>>);

    impl Clock for Meddling {
        fn now(&self) -> DateTime<Utc> {
            let work = self.0.lock().unwrap().pop();
            if let Some(work) = work {
                work();
            }
            DateTime::UNIX_EPOCH
        }
    }

    fn oil(query: &str) -> TopicChange {
        TopicChange {
            id: TopicId::from_name("oil"),
            name: "Oil".into(),
            query: query.into(),
            level: Level::Notify,
            languages: vec!["en".into()],
        }
    }

    #[test]
    fn a_topic_that_is_changed_while_it_is_applied_is_to_be_applied_again() {
        let folder = TempDir::new().unwrap();
        let clock = Arc::new(Meddling::default());
        let monitor = Monitor::open(folder.path(), clock.clone()).unwrap();
        let id = monitor.save_topic(&oil("oil"), None).unwrap().id;
        let other = Library::open(folder.path()).unwrap();
        let change = move || {
            other.save_topic(&oil("coal"), None, DateTime::UNIX_EPOCH).unwrap();
        };
        // The time is asked for before the search and after it.
        let works: Vec<Work> = vec![Box::new(change), Box::new(|| {})];
        *clock.0.lock().unwrap() = works;
        let refused = monitor.apply_topic(&id, &CancellationToken::new()).unwrap_err();
        assert!(matches!(&refused, MonitorError::TopicChanged(topic) if *topic == id), "{refused}");
        assert!(refused.to_string().ends_with("apply it again"), "{refused}");
        assert!(monitor.library().last_application(&id).unwrap().is_none());
        assert!(monitor.apply_topic(&id, &CancellationToken::new()).unwrap().is_some());
    }

    #[test]
    fn what_was_taken_back_is_not_there_to_be_taken_back_again() {
        let folder = TempDir::new().unwrap();
        let monitor = Monitor::open(folder.path(), Arc::new(Meddling::default())).unwrap();
        let id = monitor.save_topic(&oil("oil"), None).unwrap().id;
        monitor.apply_topic(&id, &CancellationToken::new()).unwrap();
        monitor.undo_topic(&id).unwrap();
        let refused = monitor.undo_topic(&id).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "there is nothing to take back: topic oil was not applied since it was last changed"
        );
    }
}
