//! The public face of the database: a catalogue of what can be asked of it.

mod digests;
mod topics;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, TransactionBehavior};
use wirewatch_model::{
    Alert, AlertId, Article, ArticleHead, ArticleId, Fate, Health, Level, NewSource, ParsedArticle, Source,
    SourceId, SourceOptions, SourceWishes, Story, StoryId, TopicId,
};
use wirewatch_query::Expr;

use crate::connection::{Connections, open_writer};
use crate::error::{LibraryError, Result};
use crate::index::search::{self, SearchRequest};
use crate::schema;
use crate::table::alert::{self, AlertFilter, Told};
use crate::table::arrival::{self, Batch, Memory, Outcome};
use crate::table::article::{self, Extent, Page, Selection};
use crate::table::fetch::{self, FetchState};
use crate::table::receipt::{self, Receipt, ReceiptFilter};
use crate::table::rule::{self, TopicRule};
use crate::table::{matching, page_try, setting, source, source_options, story};

/// The name of the database in the library's folder.
const FILE_NAME: &str = "library.sqlite";

/// Everything that ever arrived. Every call blocks; share it between threads by reference.
pub struct Library {
    connections: Connections,
    folder: PathBuf,
    /// What batches leave for the next; locked before the writer.
    memory: Mutex<Memory>,
}

/// Numbers for the sidebar and the tray.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Articles in the library.
    pub articles: u64,
    /// Not read yet.
    pub unread: u64,
    /// Alerts that may be shown by now and that the user has not seen.
    pub unseen_alerts: u32,
}

impl Library {
    /// Opens the library in `folder`; both are made if they are not there.
    ///
    /// # Errors
    /// If the folder cannot be made, the file is no database, or a newer Wirewatch wrote it.
    pub fn open(folder: &Path) -> Result<Library> {
        std::fs::create_dir_all(folder).map_err(LibraryError::Folder)?;
        let path = folder.join(FILE_NAME);
        let mut writer = open_writer(&path)?;
        schema::migrate(&mut writer)?;
        Ok(Library {
            connections: Connections::new(path, writer),
            folder: folder.to_owned(),
            memory: Mutex::default(),
        })
    }

    /// The folder it lives in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A number that changes when another process commits: a cheap way to notice its writes.
    pub fn foreign_changes(&self) -> Result<i64> {
        Ok(self.connections.writer().pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    // Sources.

    /// Adds a source, or brings back a removed one of the same location.
    pub fn add_source(&self, new: &NewSource, at: DateTime<Utc>) -> Result<Source> {
        let id = self.write(|c| source::add(c, new, at))?;
        self.source(id)?.ok_or_else(|| missing("source", id))
    }

    /// Stops watching a source; its articles stay. False if there is none of this id.
    pub fn remove_source(&self, id: SourceId, at: DateTime<Utc>) -> Result<bool> {
        self.write(|c| source::remove(c, id, at))
    }

    /// Every watched source, in the order in which they were added.
    pub fn sources(&self) -> Result<Vec<Source>> {
        self.read(source::all)
    }

    /// How many articles came from each source.
    pub fn articles_by_source(&self) -> Result<HashMap<SourceId, u64>> {
        self.read(source::article_counts)
    }

    /// One watched source.
    pub fn source(&self, id: SourceId) -> Result<Option<Source>> {
        self.read(|c| source::get(c, id))
    }

    /// The watched source at a location.
    pub fn source_at(&self, location: &str) -> Result<Option<Source>> {
        self.read(|c| source::at_location(c, location))
    }

    /// Whether a source's first pass is over, and when it was added.
    pub fn source_primed(&self, id: SourceId) -> Result<(bool, DateTime<Utc>)> {
        self.read(|c| source::primed(c, id))
    }

    /// Notes that a source's first pass is over: from now on what arrives is news.
    pub fn set_source_primed(&self, id: SourceId) -> Result<()> {
        self.write(|c| source::set_primed(c, id))
    }

    /// Says how loudly the articles of a source speak, whatever their topics say; `None` leaves it to the
    /// topics. False if there is none of this id.
    pub fn set_source_level(&self, id: SourceId, level: Option<Level>) -> Result<bool> {
        self.write(|c| source::set_level(c, id, level))
    }

    /// Changes what the user asked for of a source. False if there is none of this id.
    pub fn change_source(&self, id: SourceId, new: &SourceWishes) -> Result<bool> {
        self.write(|c| source::change(c, id, new))
    }

    /// Pauses a source, or lets it go on: then it is due at once. False if there is none of this id.
    pub fn set_source_paused(&self, id: SourceId, paused: bool) -> Result<bool> {
        self.write(|c| source::set_paused(c, id, paused))
    }

    /// How many articles of a source that came in since then came out on each day (UTC), oldest first.
    pub fn source_days(&self, id: SourceId, since: DateTime<Utc>) -> Result<Vec<(NaiveDate, u32)>> {
        self.read(|c| source::days(c, id, since))
    }

    /// What was wrong with the last answer of a source that was read: places and reasons.
    pub fn source_problems(&self, id: SourceId) -> Result<Vec<(String, String)>> {
        self.read(|c| source::problems(c, id))
    }

    /// Notes what was wrong with an answer of a source, in place of what was wrong with the last.
    pub fn set_source_problems(&self, id: SourceId, problems: &[(String, String)]) -> Result<()> {
        self.write(|c| source::set_problems(c, id, problems))
    }

    /// Notes how a source fares. That it is paused stays.
    pub fn set_health(&self, id: SourceId, health: &Health) -> Result<()> {
        self.write(|c| source::set_health(c, id, health))
    }

    /// What a feed's server said last.
    pub fn fetch_state(&self, id: SourceId) -> Result<FetchState> {
        self.read(|c| fetch::get(c, id))
    }

    /// Notes what a feed's server said.
    pub fn set_fetch_state(&self, id: SourceId, state: &FetchState) -> Result<()> {
        self.write(|c| fetch::put(c, id, state))
    }

    /// What a source needs besides its address.
    pub fn source_options(&self, id: SourceId) -> Result<SourceOptions> {
        self.read(|c| source_options::get(c, id))
    }

    /// Sets what a source needs besides its address.
    pub fn set_source_options(&self, id: SourceId, options: &SourceOptions) -> Result<()> {
        self.write(|c| source_options::put(c, id, options))
    }

    /// Notes where an answer said that a source moved for good, `None` if it did not; gives how
    /// many times in a row it has said the same.
    pub fn note_source_move(&self, id: SourceId, to: Option<&str>) -> Result<u32> {
        self.write(|c| source_options::note_move(c, id, to))
    }

    /// Gives a source another address. False, and nothing changed, if another source has it.
    pub fn relocate_source(&self, id: SourceId, location: &str) -> Result<bool> {
        self.write(|c| source_options::relocate(c, id, location))
    }

    /// When the newest articles of a source came out, newest first: its rhythm.
    pub fn recent_times(&self, id: SourceId, most: u32) -> Result<Vec<DateTime<Utc>>> {
        self.read(|c| source_options::recent_times(c, id, most))
    }

    /// When the newest article of a source came in.
    pub fn last_arrival(&self, id: SourceId) -> Result<Option<DateTime<Utc>>> {
        self.read(|c| source_options::last_arrival(c, id))
    }

    /// The receipts of a folder, by path.
    pub fn receipts(&self, id: SourceId) -> Result<HashMap<String, Receipt>> {
        self.read(|c| receipt::of_source(c, id))
    }

    /// The receipts of a folder that a filter lets through, by path, beginning after `after`.
    pub fn receipt_page(
        &self,
        id: SourceId,
        filter: &ReceiptFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Receipt>> {
        self.read(|c| receipt::page(c, id, filter, (after, limit)))
    }

    /// How many files of a folder a filter lets through.
    pub fn receipt_count(&self, id: SourceId, filter: &ReceiptFilter) -> Result<u64> {
        self.read(|c| receipt::count(c, id, filter))
    }

    /// The receipt of one file of a folder.
    pub fn receipt(&self, id: SourceId, path: &str) -> Result<Option<Receipt>> {
        self.read(|c| receipt::get(c, id, path))
    }

    /// Receipts of files of a folder that were as large and as old as this.
    pub fn receipts_like(&self, id: SourceId, size: u64, modified: DateTime<Utc>) -> Result<Vec<Receipt>> {
        self.read(|c| receipt::like(c, id, size, modified))
    }

    /// A file has another name now: its receipt and its articles go with it.
    pub fn rename_file(&self, id: SourceId, from: &str, to: &str) -> Result<()> {
        self.write(|c| receipt::rename(c, id, from, to))
    }

    /// How often the page of an article was fetched in vain.
    pub fn page_tries(&self, url: &str) -> Result<u32> {
        self.read(|c| page_try::count(c, url))
    }

    /// Notes that the page of an article was fetched in vain.
    pub fn note_page_try(&self, url: &str, at: DateTime<Utc>) -> Result<()> {
        self.write(|c| page_try::note(c, url, at))
    }

    // Articles.

    /// Takes a batch in: all of it, with everything that follows, or nothing.
    pub fn add(&self, batch: &Batch) -> Result<Vec<Outcome>> {
        let mut memory = self.memory();
        let taken = self.write(|c| {
            // Receipts alone need no index, and the first filling reads a fortnight.
            if !batch.arrivals.is_empty() {
                story::fill(c, &mut memory.stories, batch.at)?;
            }
            arrival::take_in_batch(c, batch, &mut memory)
        });
        if taken.is_err() {
            // What was rolled back stands in it still.
            memory.clear();
        }
        taken
    }

    /// Whether an article of this source is here already, whatever it says now.
    pub fn knows(&self, source: SourceId, article: &ParsedArticle) -> Result<bool> {
        self.read(|c| arrival::knows(c, source, article))
    }

    /// Whether the whole text of an item is wanted: it is new, or its source brought a summary only.
    pub fn lacks_text(&self, source: SourceId, article: &ParsedArticle) -> Result<bool> {
        self.read(|c| arrival::lacks_text(c, source, article))
    }

    /// One article whole.
    pub fn article(&self, id: ArticleId) -> Result<Option<Article>> {
        self.read(|c| article::get(c, id, Extent::Whole))
    }

    /// What a list shows of one article.
    pub fn head(&self, id: ArticleId) -> Result<Option<ArticleHead>> {
        self.read(|c| article::head(c, id))
    }

    /// The heads of a selection, newest arrival first, beginning before `before`.
    pub fn page(&self, selection: &Selection, before: Option<ArticleId>, limit: usize) -> Result<Page> {
        self.read(|c| article::page(c, selection, before, limit))
    }

    /// How many articles a selection has, counted up to `cap`.
    pub fn count(&self, selection: &Selection, cap: u32) -> Result<u32> {
        self.read(|c| article::count(c, selection, cap))
    }

    /// How many articles there are.
    pub fn article_count(&self) -> Result<u64> {
        self.read(article::total)
    }

    /// Numbers for the sidebar and the tray.
    pub fn counts(&self, now: DateTime<Utc>) -> Result<Counts> {
        self.read(|c| {
            let number =
                |sql: &str| -> Result<i64> { Ok(c.prepare_cached(sql)?.query_row([], |row| row.get(0))?) };
            Ok(Counts {
                articles: article::total(c)?,
                unread: number("SELECT count(*) FROM article WHERE read = 0")?.unsigned_abs(),
                unseen_alerts: alert::unseen(c, now)?,
            })
        })
    }

    /// How many unread articles each topic has.
    pub fn unread_by_topic(&self) -> Result<HashMap<TopicId, u64>> {
        self.read(matching::unread_by_topic)
    }

    /// Marks articles read or unread; reading one takes its alerts out of the unseen.
    pub fn set_read(&self, ids: &[ArticleId], read: bool) -> Result<()> {
        self.write(|c| article::set_read(c, ids, read))
    }

    /// Stars an article, or takes the star away.
    pub fn set_starred(&self, id: ArticleId, starred: bool) -> Result<()> {
        self.write(|c| article::set_starred(c, id, starred))
    }

    // Stories.

    /// One story with its articles; of several sources the earliest of `preferred` speaks for it.
    pub fn story(&self, id: StoryId, preferred: &[SourceId]) -> Result<Option<Story>> {
        self.read(|c| story::get(c, id, preferred))
    }

    /// The stories that more than one article tells, the one with the newest article first.
    pub fn shared_stories(&self, limit: u32, preferred: &[SourceId]) -> Result<Vec<Story>> {
        self.read(|c| {
            let ids = story::shared(c, limit)?;
            ids.into_iter().filter_map(|id| story::get(c, id, preferred).transpose()).collect()
        })
    }

    /// Who carried a story, each once, in the order they came in.
    pub fn outlets(&self, story: StoryId) -> Result<Vec<String>> {
        self.read(|c| story::outlets(c, story))
    }

    /// Makes one story of several; what was taken apart before is joined all the same.
    pub fn merge_stories(&self, stories: &[StoryId]) -> Result<StoryId> {
        self.write(|c| story::merge(c, stories))
    }

    /// Takes articles out of their story; they become one of their own, and the two are not joined
    /// again but by [`Library::merge_stories`].
    pub fn split_story(&self, articles: &[ArticleId]) -> Result<StoryId> {
        self.write(|c| story::split(c, articles))
    }

    // Search.

    /// The articles that a query finds. Their snippets are the usual ones: [`Library::passages`] has
    /// what the query found, which takes longer.
    pub fn search(&self, request: &SearchRequest<'_>) -> Result<Vec<ArticleHead>> {
        self.read(|c| search::search(c, request))
    }

    /// For those of `articles` that a query finds in lead or body, the sentence around the first passage.
    pub fn passages(
        &self,
        expr: &Expr,
        now: DateTime<Utc>,
        articles: &[ArticleId],
    ) -> Result<Vec<(ArticleId, String)>> {
        self.read(|c| search::passages(c, (expr, now), articles))
    }

    /// How many articles a query finds, counted up to `cap`.
    pub fn search_count(&self, expr: &Expr, now: DateTime<Utc>, cap: u64) -> Result<u64> {
        self.read(|c| search::count(c, expr, now, cap))
    }

    /// How many articles the words of a query allow it to find, at most: read from the index
    /// without opening an article. None if its words do not narrow it down.
    pub fn search_reach(&self, expr: &Expr) -> Result<Option<u64>> {
        self.read(|c| search::reach(c, expr))
    }

    // Alerts.

    /// The alerts that may be shown by now, so none under embargo. Newest first, but the pending ones
    /// in the order in which they are to be shown.
    pub fn alerts(&self, filter: AlertFilter, now: DateTime<Utc>) -> Result<Vec<Alert>> {
        self.read(|c| alert::list(c, filter, now))
    }

    /// Marks alerts as read.
    pub fn read_alerts(&self, ids: &[AlertId]) -> Result<()> {
        self.write(|c| alert::set_read(c, ids))
    }

    /// Notes what was done with alerts: they are not pending any more.
    pub fn settle_alerts(&self, ids: &[AlertId], fate: Fate, at: DateTime<Utc>) -> Result<()> {
        self.write(|c| alert::settle(c, ids, fate, at))
    }

    /// Notes that a summary told of alerts that were held back.
    pub fn set_alerts_told(&self, ids: &[AlertId], at: DateTime<Utc>) -> Result<()> {
        self.write(|c| alert::set_told(c, ids, at))
    }

    /// What the user was told since then, singly or in a summary, in that order.
    pub fn told_since(&self, since: DateTime<Utc>) -> Result<Vec<Told>> {
        self.read(|c| alert::told_since(c, since))
    }

    /// Raises an alert that a topic brings far more than usual; false if it has one of this day, or no
    /// article.
    pub fn raise_spike(
        &self,
        topic: &TopicId,
        sentence: &str,
        (today, at): (NaiveDate, DateTime<Utc>),
    ) -> Result<bool> {
        self.write(|c| alert::raise_spike(c, topic, sentence, (today, at)))
    }

    /// What the user wants of the alerts of topics, as far as that was said.
    pub fn topic_rules(&self) -> Result<HashMap<TopicId, TopicRule>> {
        self.read(rule::all)
    }

    /// Says what the user wants of a topic's alerts.
    pub fn set_topic_rule(&self, topic: &TopicId, rule: TopicRule) -> Result<()> {
        self.write(|c| rule::set(c, topic, rule))
    }

    // Settings.

    /// A small value by name.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        self.read(|c| setting::get(c, key))
    }

    /// Keeps a small value by name.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<()> {
        self.write(|c| setting::put(c, key, value))
    }

    /// What batches leave for the next, for this thread alone.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(|poisoned| {
            // Who panicked was rolled back; what it remembered stands there still.
            self.memory.clear_poison();
            let mut memory = poisoned.into_inner();
            memory.clear();
            memory
        })
    }

    fn read<T>(&self, ask: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        ask(&*self.connections.reader()?)
    }

    /// Runs `change` in a transaction of its own. Immediate, so that it never finds out halfway
    /// that another process writes.
    fn write<T>(&self, change: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut writer = self.connections.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = change(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }
}

fn missing(what: &'static str, id: impl ToString) -> LibraryError {
    LibraryError::Missing { what, id: id.to_string() }
}

#[cfg(test)]
mod tests {
    use wirewatch_model::SourceKind;

    use super::*;
    use crate::Arrival;

    #[test]
    fn an_index_that_a_panic_left_is_filled_anew() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(folder.path()).unwrap();
        std::thread::scope(|scope| {
            let panicking = scope.spawn(|| {
                let mut memory = library.memory();
                memory.stories.insert(7, [1, 2, 3]);
                std::panic::resume_unwind(Box::new("in the middle of a batch"));
            });
            assert!(panicking.join().is_err());
        });
        assert!(library.memory().stories.candidates(&[1, 2, 3], &[]).is_empty(), "it was rolled back");
        library.memory().stories.insert(8, [1, 2, 3]);
        assert_eq!(library.memory().stories.candidates(&[1, 2, 3], &[]), [8], "and is used again");
    }

    #[test]
    fn words_of_a_batch_that_was_rolled_back_are_written_with_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(folder.path()).unwrap();
        let new = NewSource {
            kind: SourceKind::Feed,
            name: "wire".to_owned(),
            location: "https://wire.example/feed".to_owned(),
            label: None,
            every: None,
            full_text: false,
            alert_existing: false,
        };
        let at = DateTime::UNIX_EPOCH;
        let source = library.add_source(&new, at).unwrap().id;
        let text = "Harbours of the coast stay open all winter.".to_owned();
        let article = ParsedArticle { title: "Harbours".to_owned(), text, ..ParsedArticle::default() };
        let arrivals = vec![Arrival { article, file: None, matches: Vec::new(), news: true }];
        let batch = Batch { source, arrivals, receipts: Vec::new(), at };
        let writer = |sql| library.connections.writer().execute_batch(sql).unwrap();
        writer(
            "CREATE TEMP TRIGGER refuse BEFORE INSERT ON story_print
             BEGIN SELECT raise(ABORT, 'refused'); END",
        );
        assert!(library.add(&batch).is_err());
        writer("DROP TRIGGER refuse");
        library.add(&batch).unwrap();
        let find = "SELECT count(*) FROM word WHERE word = 'harbours'";
        let found: i64 = library.connections.writer().query_row(find, [], |row| row.get(0)).unwrap();
        assert_eq!(found, 1);
    }
}
