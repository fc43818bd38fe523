//! What can be asked of the library about topics: what they are and were, what a query would find
//! in everything that ever arrived, and bringing a topic's matches up to date.

use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use wirewatch_model::{Article, ArticleId, Hit, Topic, TopicId, TopicVersion};
use wirewatch_query::Expr;

use super::{Library, missing};
use crate::error::Result;
use crate::index::search::{self, Look};
use crate::index::sweep::{self, Finds, Watch};
use crate::table::application::{self, Application, NewMatches};
use crate::table::topic::{self, TopicChange, WordList};
use crate::table::version::{self, VersionRecord};
use crate::table::volume::{self, ArticleSet, Volume};

impl Library {
    // Topics and word lists.

    /// Every topic, in the user's order.
    pub fn topics(&self) -> Result<Vec<Topic>> {
        self.read(topic::all)
    }

    /// One topic.
    pub fn topic(&self, id: &TopicId) -> Result<Option<Topic>> {
        self.read(|c| topic::get(c, id))
    }

    /// Saves a topic. Its own word lists become `lists`, or stay if there are none given. A change
    /// of anything but its name makes a new version; its matches stay as they are.
    pub fn save_topic(
        &self,
        change: &TopicChange,
        lists: Option<&[WordList]>,
        at: DateTime<Utc>,
    ) -> Result<Topic> {
        self.write(|c| topic::save(c, change, lists, at))?;
        self.topic(&change.id)?.ok_or_else(|| missing("topic", &change.id))
    }

    /// Removes a topic with its matches and word lists; its alerts and versions stay. False if
    /// there is none.
    pub fn remove_topic(&self, id: &TopicId) -> Result<bool> {
        self.write(|c| topic::remove(c, id))
    }

    /// Every word list.
    pub fn word_lists(&self) -> Result<Vec<WordList>> {
        self.read(topic::word_lists)
    }

    /// The versions of a topic, newest first.
    pub fn topic_versions(&self, id: &TopicId) -> Result<Vec<VersionRecord>> {
        self.read(|c| version::of(c, id))
    }

    /// One version of a topic.
    pub fn topic_version(&self, id: &TopicId, number: TopicVersion) -> Result<Option<VersionRecord>> {
        self.read(|c| version::get(c, id, number))
    }

    /// Whether a topic finds the same in two versions: they differ in its level at most. No if it was
    /// not there before.
    pub fn versions_find_alike(
        &self,
        id: &TopicId,
        before: Option<TopicVersion>,
        now: TopicVersion,
    ) -> Result<bool> {
        self.read(|c| version::find_alike(c, id, before, now))
    }

    // A query over everything.

    /// Everything that a query finds; `None` if the watch stopped the search. Uses several readers.
    pub fn finds(&self, expr: &Expr, now: DateTime<Utc>, watch: Watch<'_>) -> Result<Option<Finds>> {
        sweep::finds(&self.connections, expr, now, watch)
    }

    /// What `make` makes of every article that a query finds and of its passages, newest arrival
    /// first; `None` if the watch stopped the search. Uses several readers.
    pub fn make_of_finds<T: Send>(
        &self,
        expr: &Expr,
        now: DateTime<Utc>,
        watch: Watch<'_>,
        make: &(dyn Fn(&Article, Vec<Hit>) -> T + Sync),
    ) -> Result<Option<Vec<T>>> {
        sweep::each(&self.connections, (expr, now), watch, make)
    }

    /// Calls `each` for every article that a query finds, newest arrival first, until it breaks.
    pub fn search_each(
        &self,
        expr: &Expr,
        now: DateTime<Utc>,
        each: &mut dyn FnMut(&Article, Vec<Hit>) -> ControlFlow<()>,
    ) -> Result<()> {
        let goes_on: &dyn Fn() -> ControlFlow<()> = &|| ControlFlow::Continue(());
        self.look(expr, now, Look { but_for: &ArticleSet::default(), most: usize::MAX, goes_on }, each)
    }

    /// Calls `each` for the newest articles that a query finds, until it breaks or has looked enough.
    pub fn look(
        &self,
        expr: &Expr,
        now: DateTime<Utc>,
        look: Look<'_>,
        each: &mut dyn FnMut(&Article, Vec<Hit>) -> ControlFlow<()>,
    ) -> Result<()> {
        self.read(|c| search::look(c, (expr, now), look, each))
    }

    /// The articles whose sorting time is not before `since`.
    pub fn articles_since(&self, since: DateTime<Utc>) -> Result<ArticleSet> {
        self.read(|c| volume::since(c, since))
    }

    /// The volume a day of a set of articles since a moment, or since ever.
    pub fn volume(&self, set: &ArticleSet, since: Option<DateTime<Utc>>) -> Result<Volume> {
        self.read(|c| volume::volume(c, set, since))
    }

    /// The newest article.
    pub fn newest_article(&self) -> Result<Option<ArticleId>> {
        self.read(volume::newest)
    }

    // Matches brought up to date.

    /// Puts new matches of a topic in place of those it had, as one step that can be taken back.
    /// `None`, and nothing is changed, if the topic was changed or removed since the search for them.
    pub fn apply_matches(&self, new: &NewMatches<'_>, at: DateTime<Utc>) -> Result<Option<Application>> {
        self.write(|c| application::apply(c, new, at))
    }

    /// The last application of a topic, if it can still be taken back.
    pub fn last_application(&self, topic: &TopicId) -> Result<Option<Application>> {
        self.read(|c| application::last(c, topic))
    }

    /// Takes the last application of a topic back; `None` if there is none.
    pub fn undo_application(&self, topic: &TopicId) -> Result<Option<Application>> {
        self.write(|c| application::undo(c, topic))
    }
}
