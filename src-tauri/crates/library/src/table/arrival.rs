//! How an article comes in: who it is, what it says, what follows from it; all in one transaction.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use wirewatch_model::{
    ArticleId, ArticleKey, Fingerprint, Level, Match, ParsedArticle, SourceId, Status, StoryId, TopicId,
    canonical_url, is_older_revision,
};

use super::alert::News;
use super::column::time;
use super::receipt::{self, Receipt};
use super::story::Place;
use super::{alert, application, article, body, matching, story};
use crate::error::Result;
use crate::index;
use crate::index::vocabulary::KnownWords;
use crate::story::index::StoryIndex;

/// An article that has been read and matched.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// What was read.
    pub article: ParsedArticle,
    /// The file and the number of the article in it, if it came from a folder.
    pub file: Option<(String, u32)>,
    /// The topics that it matches.
    pub matches: Vec<TopicMatch>,
    /// Whether it is news: a back catalogue is matched and listed, but raises no alert.
    pub news: bool,
}

/// A match and how loudly its topic speaks.
#[derive(Debug, Clone)]
pub struct TopicMatch {
    /// The match.
    pub found: Match,
    /// The topic's level.
    pub level: Level,
}

/// What one source yielded, to be taken in together.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The source.
    pub source: SourceId,
    /// What arrived, oldest first.
    pub arrivals: Vec<Arrival>,
    /// The receipts of the files it came from.
    pub receipts: Vec<Receipt>,
    /// The time it was seen.
    pub at: DateTime<Utc>,
}

/// What the library made of an arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// Seen for the first time.
    New(ArticleId),
    /// Here already, and it says something else now.
    Changed(ArticleId),
    /// Here already, saying the same.
    Known(ArticleId),
    /// Under another name here already, from the same source, word for word: a file moved or
    /// copied, an item sent again under a new id.
    SameAs(ArticleId),
    /// Was here, and was deleted by the user.
    Buried,
}

impl Added {
    /// The article that it is; none if that was deleted.
    fn article(self) -> Option<ArticleId> {
        match self {
            Added::New(id) | Added::Changed(id) | Added::Known(id) | Added::SameAs(id) => Some(id),
            Added::Buried => None,
        }
    }
}

/// What the library made of an arrival, and what followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// What it was.
    pub added: Added,
    /// How many topics it matches, if it is new or changed.
    pub matches: u32,
    /// How many alerts it raised.
    pub alerts: u32,
}

/// What one batch leaves for the next. What was rolled back must not stay in it.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Where copies find each other.
    pub(crate) stories: StoryIndex,
    /// Words that are in the table of words.
    pub(crate) words: KnownWords,
}

impl Memory {
    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        *self = Memory::default();
    }
}

/// Whether an item of a feed is here already, or was.
pub(crate) fn knows(connection: &Connection, source: SourceId, article: &ParsedArticle) -> Result<bool> {
    Ok(known(connection, &item_keys(source, article))?.is_some())
}

/// Whether the whole text of an item is wanted: it is new, or its source brought a summary only.
pub(crate) fn lacks_text(connection: &Connection, source: SourceId, article: &ParsedArticle) -> Result<bool> {
    Ok(match known(connection, &item_keys(source, article))? {
        None => true,
        Some(Known::Deleted) => false,
        Some(Known::Article(id)) => {
            let old = Standing::of(connection, id)?;
            old.source == source && old.summary_only
        }
    })
}

/// Takes one arrival in. Runs inside the caller's transaction.
pub(crate) fn take_in(
    connection: &Connection,
    batch: &Batch,
    arrival: &Arrival,
    memory: &mut Memory,
) -> Result<Outcome> {
    let (source, at) = (batch.source, batch.at);
    let keys = keys(source, arrival);
    let Taken { added, told } = match known(connection, &keys)? {
        Some(Known::Deleted) => Taken::quietly(Added::Buried),
        Some(Known::Article(id)) if arrival.article.status.is_retracted() => {
            retract(connection, source, &arrival.article, id, at)?
        }
        Some(Known::Article(id)) => recognise(connection, source, arrival, id, at)?,
        None => arrive(connection, source, arrival, at)?,
    };
    if let Some(id) = added.article() {
        remember(connection, &keys, id)?;
    }
    match added {
        // A notice that takes an article back changes nothing of what it says and matches.
        Added::Changed(_) if arrival.article.status.is_retracted() => {
            Ok(Outcome { added, matches: 0, alerts: 0 })
        }
        Added::New(id) | Added::Changed(id) => {
            index::keep_words(connection, &arrival.article, &mut memory.words)?;
            let place = story::place(connection, &mut memory.stories, id, &arrival.article, at)?;
            let alerts = follow_up(connection, arrival, &Followed { added, id, place, told, at })?;
            Ok(Outcome { added, matches: arrival.matches.len() as u32, alerts })
        }
        Added::Known(_) | Added::SameAs(_) | Added::Buried => Ok(Outcome { added, matches: 0, alerts: 0 }),
    }
}

/// Takes a whole batch in. Runs inside the caller's transaction.
pub(crate) fn take_in_batch(
    connection: &Connection,
    batch: &Batch,
    memory: &mut Memory,
) -> Result<Vec<Outcome>> {
    let outcomes = batch
        .arrivals
        .iter()
        .map(|arrival| take_in(connection, batch, arrival, memory))
        .collect::<Result<_>>()?;
    for receipt in &batch.receipts {
        receipt::store(connection, batch.source, receipt)?;
    }
    Ok(outcomes)
}

enum Known {
    Article(ArticleId),
    Deleted,
}

/// What an arrival was, and the topics that it was news for before.
struct Taken {
    added: Added,
    told: Vec<TopicId>,
}

impl Taken {
    fn quietly(added: Added) -> Taken {
        Taken { added, told: Vec::new() }
    }
}

/// The keys that identify an arrival. A file is itself, whatever address stands in it: two
/// clippings of one page are two documents. Everything else, and an agency's item in a file, is
/// identified by the source's id for it and by its address.
fn keys(source: SourceId, arrival: &Arrival) -> Vec<ArticleKey> {
    match &arrival.file {
        Some(_) if arrival.article.is_versioned() => external_key(source, &arrival.article).collect(),
        Some((path, number)) => vec![ArticleKey::File(path.clone(), *number)],
        None => item_keys(source, &arrival.article),
    }
}

fn external_key(source: SourceId, article: &ParsedArticle) -> impl Iterator<Item = ArticleKey> {
    article.external_id.iter().map(move |id| ArticleKey::External(source, id.clone()))
}

fn item_keys(source: SourceId, article: &ParsedArticle) -> Vec<ArticleKey> {
    external_key(source, article)
        .chain(article.url.as_deref().and_then(canonical_url).map(ArticleKey::Url))
        .collect()
}

fn known(connection: &Connection, keys: &[ArticleKey]) -> Result<Option<Known>> {
    for key in keys {
        let (kind, source, key) = stored(key);
        let found: Option<(i64, bool)> = connection
            .prepare_cached(
                "SELECT article, EXISTS (SELECT 1 FROM article WHERE article.id = article_key.article)
                 FROM article_key WHERE kind = ?1 AND source = ?2 AND key = ?3",
            )?
            .query_row(params![kind, source, key], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((id, present)) = found {
            return Ok(Some(if present { Known::Article(ArticleId(id)) } else { Known::Deleted }));
        }
    }
    Ok(None)
}

fn remember(connection: &Connection, keys: &[ArticleKey], id: ArticleId) -> Result<()> {
    for key in keys {
        let (kind, source, key) = stored(key);
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO article_key (kind, source, key, article) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![kind, source, key, id.0])?;
    }
    Ok(())
}

/// An article that is here already: has it changed? Only the source that brought it may change
/// it, a summary never replaces the whole text, and an older revision never a newer one.
fn recognise(
    connection: &Connection,
    source: SourceId,
    arrival: &Arrival,
    id: ArticleId,
    at: DateTime<Utc>,
) -> Result<Taken> {
    let (article, fingerprint) = (&arrival.article, Fingerprint::of(&arrival.article));
    let old = Standing::of(connection, id)?;
    let poorer = article.summary_only && !old.summary_only;
    if old.source != source || old.is_newer_than(article) || poorer {
        return Ok(Taken::quietly(Added::Known(id)));
    }
    if old.fingerprint == fingerprint.0 && !old.status.is_retracted() {
        if article.revision.is_some() && (&article.revision, article.embargo) != (&old.revision, old.embargo)
        {
            article::note_revision(connection, id, article)?;
            alert::reconsider(connection, StoryId(old.story), at)?;
        }
        return Ok(Taken::quietly(Added::Known(id)));
    }
    // Of what was withheld nobody was told, whatever it matched.
    let told = match old.status.is_retracted() {
        true => Vec::new(),
        false => matching::topics_of(connection, id.0)?,
    };
    article::revise(connection, id, article, fingerprint, at)?;
    application::forget_article(connection, id.0)?;
    body::store(connection, id.0, article)?;
    index::remove(connection, id.0)?;
    index::insert(connection, id.0, article)?;
    Ok(Taken { added: Added::Changed(id), told })
}

/// A notice that takes an article back: only its own source may, and no older revision.
fn retract(
    connection: &Connection,
    source: SourceId,
    notice: &ParsedArticle,
    id: ArticleId,
    at: DateTime<Utc>,
) -> Result<Taken> {
    let old = Standing::of(connection, id)?;
    if old.source != source || old.is_newer_than(notice) || old.status == notice.status {
        return Ok(Taken::quietly(Added::Known(id)));
    }
    article::retract(connection, id, notice, at)?;
    alert::take_from(connection, id, StoryId(old.story), at)?;
    story::recount(connection, StoryId(old.story))?;
    Ok(Taken::quietly(Added::Changed(id)))
}

/// What decides whether an arrival may change an article.
struct Standing {
    source: SourceId,
    story: i64,
    fingerprint: [u8; 16],
    summary_only: bool,
    revision: Option<String>,
    status: Status,
    embargo: Option<DateTime<Utc>>,
}

impl Standing {
    fn of(connection: &Connection, id: ArticleId) -> Result<Standing> {
        Ok(connection
            .prepare_cached(
                "SELECT source, story, fingerprint, summary_only, revision, status, embargo FROM article
                 WHERE id = ?1",
            )?
            .query_row([id.0], |row| {
                Ok(Standing {
                    source: SourceId(row.get(0)?),
                    story: row.get(1)?,
                    fingerprint: row.get(2)?,
                    summary_only: row.get(3)?,
                    revision: row.get(4)?,
                    status: Status::from_name(&row.get::<_, String>(5)?).unwrap_or_default(),
                    embargo: row.get::<_, Option<i64>>(6)?.map(time),
                })
            })?)
    }

    fn is_newer_than(&self, article: &ParsedArticle) -> bool {
        match (&article.revision, &self.revision) {
            (Some(this), Some(kept)) => is_older_revision(this, kept),
            _ => false,
        }
    }
}

/// An article under a name that nobody knows: new, or the same words again.
fn arrive(connection: &Connection, source: SourceId, arrival: &Arrival, at: DateTime<Utc>) -> Result<Taken> {
    let fingerprint = Fingerprint::of(&arrival.article);
    if let Some(id) = word_for_word(connection, source, fingerprint)? {
        return Ok(Taken::quietly(Added::SameAs(id)));
    }
    let id = article::insert(connection, source, &arrival.article, fingerprint, at)?;
    if !arrival.news {
        article::set_no_news(connection, id)?;
    }
    body::store(connection, id.0, &arrival.article)?;
    index::insert(connection, id.0, &arrival.article)?;
    Ok(Taken::quietly(Added::New(id)))
}

// The plus keeps SQLite from walking through everything that the source ever brought.
pub(super) const WORD_FOR_WORD: &str =
    "SELECT id FROM article WHERE fingerprint = ?1 AND +source = ?2 ORDER BY id LIMIT 1";

/// The article of the same source that says the same.
fn word_for_word(
    connection: &Connection,
    source: SourceId,
    fingerprint: Fingerprint,
) -> Result<Option<ArticleId>> {
    Ok(connection
        .prepare_cached(WORD_FOR_WORD)?
        .query_row(params![fingerprint.0, source.0], |row| Ok(ArticleId(row.get(0)?)))
        .optional()?)
}

/// A new or changed article in its place.
struct Followed {
    added: Added,
    id: ArticleId,
    place: Place,
    told: Vec<TopicId>,
    at: DateTime<Utc>,
}

/// What follows from a new or changed article: its matches, and the alerts they raise.
fn follow_up(connection: &Connection, arrival: &Arrival, followed: &Followed) -> Result<u32> {
    let Followed { added, id, place, told, at } = followed;
    let matches: Vec<Match> = arrival.matches.iter().map(|one| one.found.clone()).collect();
    matching::replace(connection, id.0, &matches)?;
    if matches!(added, Added::Changed(_)) {
        alert::reconsider(connection, place.story, *at)?;
    }
    if !arrival.news || arrival.article.status.is_retracted() {
        return Ok(0);
    }
    let news = News {
        article: *id,
        story: place.story,
        outlets: place.outlets,
        // Under embargo an alert is raised for the moment at which it ends.
        at: arrival.article.embargo.map_or(*at, |until| until.max(*at)),
    };
    let mut alerts = 0;
    for one in arrival.matches.iter().filter(|one| one.level.alerts() && !told.contains(&one.found.topic)) {
        alerts += u32::from(alert::raise(connection, one, &news)?);
    }
    Ok(alerts)
}

fn stored(key: &ArticleKey) -> (&'static str, i64, String) {
    match key {
        ArticleKey::External(source, id) => ("external", source.0, id.clone()),
        ArticleKey::Url(url) => ("url", 0, url.clone()),
        ArticleKey::File(path, number) => ("file", 0, format!("{path}#{number}")),
    }
}
