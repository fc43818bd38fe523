//! Stories: which articles are one, what the user decided about it, who carried them.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use wirewatch_model::{ArticleId, ParsedArticle, SourceId, Story, StoryId, Version, canonical_url};

use super::column::{millis, time};
use super::{alert, body};
use crate::error::{LibraryError, Result};
use crate::story::index::StoryIndex;
use crate::story::print::{Print, address_key, short, title_key, title_numbers};
use crate::story::same::{Telling, WINDOW_MS, same_story};

/// Candidates whose story is looked up, those that share most keys first. All but a few of them are
/// copies in one story, and one comparison decides for a story.
const MOST_CANDIDATES: usize = 96;

/// Comparisons within one story before it is given up: a stump may fit one copy and not another.
const TRIES_A_STORY: usize = 6;

/// Comparisons for one article.
const MOST_COMPARISONS: usize = 24;

/// The index is filled anew when it is older than this, which drops what left the window.
const FILL_EVERY_MS: i64 = 24 * 60 * 60 * 1000;

/// Where an article was put.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Its story.
    pub(crate) story: StoryId,
    /// How many outlets carried that.
    pub(crate) outlets: u32,
}

/// What left the window is never compared again.
pub(crate) const FORGET: &str = "DELETE FROM story_print WHERE seen_at < ?1";

/// Brings the index up to what the library holds now, other processes' articles included.
pub(crate) fn fill(connection: &Connection, index: &mut StoryIndex, at: DateTime<Utc>) -> Result<()> {
    let now = millis(at);
    if index.filled_at.is_none_or(|filled| now.abs_diff(filled) > FILL_EVERY_MS.unsigned_abs()) {
        index.clear();
        index.filled_at = Some(now);
        connection.execute(FORGET, [now - WINDOW_MS])?;
    }
    let mut statement = connection.prepare_cached(
        "SELECT number, article, keys, title, address FROM story_print
         WHERE number > ?1 AND seen_at >= ?2 ORDER BY number",
    )?;
    let mut rows = statement.query([index.filled_to, now - WINDOW_MS])?;
    while let Some(row) = rows.next()? {
        let keys = row.get_ref(2)?.as_blob().map_err(|error| LibraryError::stored("keys", error))?;
        let keys = keys.chunks_exact(4).map(|key| u32::from_le_bytes([key[0], key[1], key[2], key[3]]));
        let hash =
            |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(i64::cast_unsigned));
        let strong = strong_keys(hash(3)?, hash(4)?);
        index.filled_to = row.get(0)?;
        index.insert(row.get(1)?, keys.chain(strong));
    }
    Ok(())
}

/// Puts a new or changed article into the story that it tells, joining those that it connects.
pub(crate) fn place(
    connection: &Connection,
    index: &mut StoryIndex,
    id: ArticleId,
    article: &ParsedArticle,
    at: DateTime<Utc>,
) -> Result<Place> {
    let told = identify(connection, id, article)?;
    let (keys, strong) = (told.print.keys(), strong_keys(told.title, told.address));
    let mut alike = stories_word_for_word(connection, id)?;
    add_stories_like(connection, index.candidates(&keys, &strong), id, &told, &mut alike)?;
    for other in alike {
        let Some(own) = story_of(connection, id.0)? else { break };
        if own != other && !are_apart(connection, own, other)? {
            join(connection, own, other)?;
        }
    }
    remember(connection, index, id, &told, at)?;
    let story = StoryId(story_of(connection, id.0)?.unwrap_or(id.0));
    Ok(Place { story, outlets: recount(connection, story)? })
}

/// The stories of the articles that say the same and were published about the same time: what is too
/// short to be compared by its runs of words is a copy all the same.
fn stories_word_for_word(connection: &Connection, id: ArticleId) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT other.story FROM article JOIN article AS other ON other.fingerprint = article.fingerprint
             AND other.sorted_at BETWEEN article.sorted_at - ?2 AND article.sorted_at + ?2
         WHERE article.id = ?1 AND other.id <> ?1 ORDER BY other.story",
    )?;
    Ok(statement.query_map([id.0, WINDOW_MS], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?)
}

/// Adds the stories that other copies of this article are in, the likeliest first.
fn add_stories_like(
    connection: &Connection,
    candidates: Vec<i64>,
    id: ArticleId,
    told: &Telling,
    found: &mut Vec<i64>,
) -> Result<()> {
    let mut tried: Vec<i64> = Vec::new();
    for candidate in candidates.into_iter().filter(|one| *one != id.0).take(MOST_CANDIDATES) {
        let Some(story) = story_of(connection, candidate)? else { continue };
        let spent = tried.iter().filter(|one| **one == story).count() >= TRIES_A_STORY;
        if spent || found.contains(&story) {
            continue;
        }
        if tried.len() == MOST_COMPARISONS {
            break;
        }
        tried.push(story);
        if load(connection, candidate)?.is_some_and(|other| same_story(told, &other)) {
            found.push(story);
        }
    }
    Ok(())
}

fn identify(connection: &Connection, id: ArticleId, article: &ParsedArticle) -> Result<Telling> {
    let (source, at) = connection
        .prepare_cached("SELECT source, sorted_at FROM article WHERE id = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Telling {
        source,
        at,
        title: title_key(&article.title),
        title_numbers: title_numbers(&article.title),
        address: article.url.as_deref().and_then(canonical_url).and_then(|url| address_key(&url)),
        print: Print::of(article),
    })
}

fn load(connection: &Connection, article: i64) -> Result<Option<Telling>> {
    let head: Option<(i64, i64, String, Option<String>)> = connection
        .prepare_cached("SELECT source, sorted_at, title, url FROM article WHERE id = ?1")?
        .query_row([article], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let Some((source, at, title, url)) = head else { return Ok(None) };
    let texts = body::load_text(connection, article)?;
    Ok(Some(Telling {
        source,
        at,
        title: title_key(&title),
        title_numbers: title_numbers(&title),
        address: url.as_deref().and_then(canonical_url).and_then(|url| address_key(&url)),
        print: Print::of_texts(texts.lead.as_deref(), &texts.text),
    }))
}

fn remember(
    connection: &Connection,
    index: &mut StoryIndex,
    id: ArticleId,
    told: &Telling,
    at: DateTime<Utc>,
) -> Result<()> {
    index.filled_to = store(connection, id.0, told, millis(at))?;
    index.insert(id.0, told.print.keys().into_iter().chain(strong_keys(told.title, told.address)));
    Ok(())
}

/// Keeps what an article is found by, in place of what that was before; gives the number of the row.
fn store(connection: &Connection, article: i64, told: &Telling, seen_at: i64) -> Result<i64> {
    let keys: Vec<u8> = told.print.keys().iter().flat_map(|key| key.to_le_bytes()).collect();
    let stored = |hash: Option<u64>| hash.map(u64::cast_signed);
    connection.prepare_cached("DELETE FROM story_print WHERE article = ?1")?.execute([article])?;
    Ok(connection
        .prepare_cached(
            "INSERT INTO story_print (article, seen_at, keys, title, address) VALUES (?1, ?2, ?3, ?4, ?5)
             RETURNING number",
        )?
        .query_row(params![article, seen_at, keys, stored(told.title), stored(told.address)], |row| {
            row.get(0)
        })?)
}

/// Makes the prints of the last fortnight that the library saw, for one that has none yet and for one
/// whose words are read otherwise now: without them the copies of its articles would be news again.
pub(crate) fn rebuild(connection: &Connection) -> Result<()> {
    connection.execute("DELETE FROM story_print", [])?;
    let mut statement = connection.prepare(
        "SELECT id, first_seen FROM article
         WHERE first_seen >= (SELECT max(first_seen) FROM article) - ?1 ORDER BY id",
    )?;
    let articles: Vec<(i64, i64)> = statement
        .query_map([WINDOW_MS], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<std::result::Result<_, _>>()?;
    for (article, seen_at) in articles {
        if let Some(told) = load(connection, article)? {
            store(connection, article, &told, seen_at)?;
        }
    }
    Ok(())
}

/// Keys of which one alone is reason enough to compare.
fn strong_keys(title: Option<u64>, address: Option<u64>) -> Vec<u32> {
    [title, address].into_iter().flatten().map(short).collect()
}

fn story_of(connection: &Connection, article: i64) -> Result<Option<i64>> {
    Ok(connection
        .prepare_cached("SELECT story FROM article WHERE id = ?1")?
        .query_row([article], |row| row.get(0))
        .optional()?)
}

fn are_apart(connection: &Connection, story: i64, other: i64) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM story_apart WHERE story = ?1 AND other = ?2)")?
        .query_row([story, other], |row| row.get(0))?)
}

/// Makes one story of two; it keeps the lower number, that of its first article.
fn join(connection: &Connection, one: i64, other: i64) -> Result<()> {
    let (kept, gone) = (one.min(other), one.max(other));
    connection.prepare_cached("UPDATE article SET story = ?1 WHERE story = ?2")?.execute([kept, gone])?;
    alert::join_stories(connection, kept, gone)?;
    for sql in [
        "UPDATE OR IGNORE story_apart SET story = ?1 WHERE story = ?2",
        "UPDATE OR IGNORE story_apart SET other = ?1 WHERE other = ?2",
        "DELETE FROM story_apart WHERE ?2 IN (story, other) OR (story = ?1 AND other = ?1)",
        "UPDATE OR IGNORE curated_story SET story = ?1 WHERE story = ?2",
        "DELETE FROM curated_story WHERE story = ?2 AND ?1 <> ?2",
        "UPDATE OR IGNORE curated_place SET story = ?1 WHERE story = ?2",
        "DELETE FROM curated_place WHERE story = ?2 AND ?1 <> ?2",
    ] {
        connection.prepare_cached(sql)?.execute([kept, gone])?;
    }
    Ok(())
}

/// Joins stories as the user says, whatever was decided before.
pub(crate) fn merge(connection: &Connection, stories: &[StoryId]) -> Result<StoryId> {
    let numbers: BTreeSet<i64> = stories.iter().map(|story| story.0).collect();
    for story in &numbers {
        require(connection, *story)?;
    }
    let mut numbers = numbers.into_iter();
    let Some(first) = numbers.next() else {
        return Err(LibraryError::Missing { what: "story", id: "(none named)".to_owned() });
    };
    for other in numbers {
        connection.execute(
            "DELETE FROM story_apart WHERE (story = ?1 AND other = ?2) OR (story = ?2 AND other = ?1)",
            [first, other],
        )?;
        join(connection, first, other)?;
    }
    recount(connection, StoryId(first))?;
    Ok(StoryId(first))
}

/// Takes articles out of their story as the user says; they become one of their own. The two are
/// never joined again but by the user. Returns the story of the articles.
pub(crate) fn split(connection: &Connection, articles: &[ArticleId]) -> Result<StoryId> {
    let taken: BTreeSet<i64> = articles.iter().map(|article| article.0).collect();
    let mut stories = BTreeSet::new();
    for article in &taken {
        let missing = || LibraryError::Missing { what: "article", id: article.to_string() };
        stories.insert(story_of(connection, *article)?.ok_or_else(missing)?);
    }
    let (Some(story), 1) = (stories.first().copied(), stories.len()) else {
        return Err(LibraryError::SeveralStories(stories.into_iter().collect()));
    };
    let rest: BTreeSet<i64> = members(connection, story)?.difference(&taken).copied().collect();
    // Whoever has the first article keeps the number, since the number is that article's.
    let leaving = if taken.contains(&story) { &rest } else { &taken };
    let Some(made) = leaving.first().copied() else { return Ok(StoryId(story)) };
    for article in leaving {
        connection
            .prepare_cached("UPDATE article SET story = ?2 WHERE id = ?1")?
            .execute([*article, made])?;
    }
    alert::follow_articles(connection, story)?;
    for pair in [[story, made], [made, story]] {
        connection.execute("INSERT OR IGNORE INTO story_apart (story, other) VALUES (?1, ?2)", pair)?;
    }
    recount(connection, StoryId(story))?;
    recount(connection, StoryId(made))?;
    Ok(StoryId(if taken.contains(&story) { story } else { made }))
}

fn require(connection: &Connection, story: i64) -> Result<()> {
    match members(connection, story)?.is_empty() {
        true => Err(LibraryError::Missing { what: "story", id: story.to_string() }),
        false => Ok(()),
    }
}

fn members(connection: &Connection, story: i64) -> Result<BTreeSet<i64>> {
    let mut statement = connection.prepare_cached("SELECT id FROM article WHERE story = ?1")?;
    Ok(statement.query_map([story], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?)
}

pub(super) const RECOUNT: &str =
    "UPDATE alert SET outlets = ?2 WHERE story = ?1 AND outlets <> ?2 AND ?2 > 0";

/// Counts the outlets of a story, and brings its alerts up to date. What was taken back everywhere
/// keeps the number that the user was told.
pub(crate) fn recount(connection: &Connection, story: StoryId) -> Result<u32> {
    let outlets = u32::try_from(outlets(connection, story)?.len()).unwrap_or(u32::MAX);
    connection.prepare_cached(RECOUNT)?.execute(params![story.0, outlets])?;
    Ok(outlets)
}

/// Who carried a story, each once, in the order they came in: publishers as far as they are named,
/// else sources. Whoever took it back does not count.
pub(crate) fn outlets(connection: &Connection, story: StoryId) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT article.publisher, source.name FROM article JOIN source ON source.id = article.source
         WHERE article.story = ?1 AND article.status = 'usable' GROUP BY article.publisher, source.name ORDER BY min(article.id)",
    )?;
    let mut rows = statement.query([story.0])?;
    let (mut outlets, mut named) = (Vec::new(), HashSet::new());
    while let Some(row) = rows.next()? {
        let outlet = outlet(row.get(0)?, row.get(1)?);
        if named.insert(outlet.to_lowercase()) {
            outlets.push(outlet);
        }
    }
    Ok(outlets)
}

/// Who published an article, as far as it says; else the source that brought it.
pub(super) fn outlet(publisher: Option<String>, source: String) -> String {
    publisher.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).unwrap_or(source)
}

/// One story with its articles; `None` if there is none of this number.
pub(crate) fn get(connection: &Connection, id: StoryId, preferred: &[SourceId]) -> Result<Option<Story>> {
    let mut statement = connection.prepare_cached(
        "SELECT article.id, article.source, article.title, article.publisher, source.name, article.url,
             article.first_seen
         FROM article JOIN source ON source.id = article.source WHERE article.story = ?1 ORDER BY article.id",
    )?;
    let versions = statement
        .query_map([id.0], |row| {
            Ok(Version {
                article: ArticleId(row.get(0)?),
                source: SourceId(row.get(1)?),
                title: row.get(2)?,
                outlet: outlet(row.get(3)?, row.get(4)?),
                url: row.get(5)?,
                first_seen: time(row.get(6)?),
            })
        })?
        .collect::<std::result::Result<Vec<_>, _>>()?;
    Ok(Story::of(id, versions, preferred))
}

/// The newest stories that more than one article tells, the one with the newest article first.
pub(crate) fn shared(connection: &Connection, limit: u32) -> Result<Vec<StoryId>> {
    let mut statement = connection.prepare_cached(
        "SELECT story FROM article GROUP BY story HAVING count(*) > 1 ORDER BY max(id) DESC LIMIT ?1",
    )?;
    Ok(statement
        .query_map([limit], |row| Ok(StoryId(row.get(0)?)))?
        .collect::<std::result::Result<_, _>>()?)
}
