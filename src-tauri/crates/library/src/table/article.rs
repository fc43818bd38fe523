//! Articles: rows, lists of heads, one whole.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, Row, params};
use wirewatch_model::{
    Article, ArticleHead, ArticleId, Fingerprint, ParsedArticle, Period, Problem, ProblemKind, Published,
    Revision, SourceId, Status, StoryId, TopicId,
};

use super::column::{compress, decompress, list, millis, published, read_list, time};
use super::{body, matching};
use crate::error::Result;

/// Characters of the text that a list shows of an article.
const SNIPPET_LENGTH: usize = 240;

/// Which articles a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// All of them.
    All,
    /// Those that any topic matches.
    Flagged,
    /// Those that the user starred.
    Starred,
    /// Those of a topic.
    Topic(TopicId),
    /// Those of a source.
    Source(SourceId),
}

/// A page of heads, newest arrival first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The heads.
    pub heads: Vec<ArticleHead>,
    /// The next page begins before this article; `None` if this was the last.
    pub next: Option<ArticleId>,
}

const HEAD: &str = "article.id AS id, article.source AS source, source.name AS source_name, story, title,
    published, published_day, first_seen, url, snippet, read, starred";

/// Writes a new article's row and gives it its number, which is that of a story of its own, too.
pub(crate) fn insert(
    connection: &Connection,
    source: SourceId,
    article: &ParsedArticle,
    fingerprint: Fingerprint,
    at: DateTime<Utc>,
) -> Result<ArticleId> {
    let (published, published_day) = split(article.published);
    let (updated, updated_day) = split(article.updated);
    let id: i64 = connection
        .prepare_cached(
            "INSERT INTO article (source, story, first_seen, sorted_at, published, published_day, updated,
                 updated_day, title, authors, publisher, url, external_id, revision, language, labels,
                 summary_only, problems, snippet, fingerprint, status, embargo)
             VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
             RETURNING id",
        )?
        .query_row(
            params![
                source.0,
                millis(at),
                millis(article.sorting_time(at)),
                published,
                published_day,
                updated,
                updated_day,
                article.title,
                list(&article.authors),
                article.publisher,
                article.url,
                article.external_id,
                article.revision,
                article.language,
                list(&article.labels),
                article.summary_only,
                problems(article),
                snippet(article),
                fingerprint.0,
                article.status.as_str(),
                article.embargo.map(millis),
            ],
            |row| row.get(0),
        )?;
    connection.prepare_cached("UPDATE article SET story = id WHERE id = ?1")?.execute([id])?;
    Ok(ArticleId(id))
}

/// Notes that an article was there before it was watched for: it says nothing about how much comes in.
pub(crate) fn set_no_news(connection: &Connection, id: ArticleId) -> Result<()> {
    connection.prepare_cached("UPDATE article SET news = 0 WHERE id = ?1")?.execute([id.0])?;
    Ok(())
}

/// Puts new content in an article's row; what it was before becomes a revision.
pub(crate) fn revise(
    connection: &Connection,
    id: ArticleId,
    article: &ParsedArticle,
    fingerprint: Fingerprint,
    at: DateTime<Utc>,
) -> Result<()> {
    let old_title: String =
        connection.query_row("SELECT title FROM article WHERE id = ?1", [id.0], |row| row.get(0))?;
    let old = body::load(connection, id.0)?;
    connection
        .prepare_cached(
            "INSERT INTO revision (article, number, replaced_at, title, text)
             VALUES (?1, (SELECT count(*) + 1 FROM revision WHERE article = ?1), ?2, ?3, ?4)",
        )?
        .execute(params![id.0, millis(at), old_title, compress(&old.text)?])?;
    let (published, published_day) = split(article.published);
    let (updated, updated_day) = split(article.updated);
    connection
        .prepare_cached(
            "UPDATE article SET published = ?2, published_day = ?3, updated = ?4, updated_day = ?5, title = ?6,
                 authors = ?7, publisher = ?8, url = ?9, revision = ?10, language = ?11, labels = ?12,
                 summary_only = ?13, problems = ?14, snippet = ?15, fingerprint = ?16, status = ?17, embargo = ?18
             WHERE id = ?1",
        )?
        .execute(params![
            id.0,
            published,
            published_day,
            updated,
            updated_day,
            article.title,
            list(&article.authors),
            article.publisher,
            article.url,
            article.revision,
            article.language,
            list(&article.labels),
            article.summary_only,
            problems(article),
            snippet(article),
            fingerprint.0,
            article.status.as_str(),
            article.embargo.map(millis),
        ])?;
    Ok(())
}

/// Notes that an article with the same words came again under a newer revision, which may lift or
/// change its embargo.
pub(crate) fn note_revision(connection: &Connection, id: ArticleId, article: &ParsedArticle) -> Result<()> {
    connection
        .prepare_cached("UPDATE article SET revision = ?2, embargo = ?3 WHERE id = ?1")?
        .execute(params![id.0, article.revision, article.embargo.map(millis)])?;
    Ok(())
}

/// Marks an article as taken back by its provider. What it said stays, as a record.
pub(crate) fn retract(
    connection: &Connection,
    id: ArticleId,
    notice: &ParsedArticle,
    at: DateTime<Utc>,
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE article SET status = ?2, revision = ?3, problems = ?4, retracted_at = ?5 WHERE id = ?1",
        )?
        .execute(params![id.0, notice.status.as_str(), notice.revision, problems(notice), millis(at)])?;
    Ok(())
}

/// How much of an article is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Everything.
    Whole,
    /// What queries look at: without HTML and revisions.
    ForMatching,
}

/// One article.
pub(crate) fn get(connection: &Connection, id: ArticleId, extent: Extent) -> Result<Option<Article>> {
    let mut statement = connection.prepare_cached(
        "SELECT article.*, source.name AS source_name FROM article
         JOIN source ON source.id = article.source WHERE article.id = ?1",
    )?;
    let mut rows = statement.query([id.0])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some(Article {
        id,
        source: SourceId(row.get("source")?),
        source_name: row.get("source_name")?,
        story: StoryId(row.get("story")?),
        first_seen: time(row.get("first_seen")?),
        read: row.get("read")?,
        starred: row.get("starred")?,
        content: content(connection, id, row, extent)?,
        matches: matching::of_article(connection, id)?,
        revisions: match extent {
            Extent::Whole => revisions(connection, id)?,
            Extent::ForMatching => Vec::new(),
        },
    }))
}

/// The heads of a selection, newest arrival first, beginning before `before`.
pub(crate) fn page(
    connection: &Connection,
    selection: &Selection,
    before: Option<ArticleId>,
    limit: usize,
) -> Result<Page> {
    let (ids, argument) = ids_of(selection);
    let before = before.map_or(i64::MAX, |id| id.0);
    let mut statement = connection.prepare_cached(&format!("{ids} LIMIT ?3"))?;
    let ids: Vec<i64> = statement
        .query_map(params![before, argument, limit as i64], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    let next = (ids.len() == limit).then(|| ids.last().map(|id| ArticleId(*id))).flatten();
    let heads = ids
        .into_iter()
        .filter_map(|id| head(connection, ArticleId(id)).transpose())
        .collect::<Result<_>>()?;
    Ok(Page { heads, next })
}

/// How many articles a selection has, counted up to `cap`.
pub(crate) fn count(connection: &Connection, selection: &Selection, cap: u32) -> Result<u32> {
    let (ids, argument) = ids_of(selection);
    let sql = format!("SELECT count(*) FROM ({ids} LIMIT ?3)");
    Ok(connection.prepare_cached(&sql)?.query_row(params![i64::MAX, argument, cap], |row| row.get(0))?)
}

/// How many articles there are.
pub(crate) fn total(connection: &Connection) -> Result<u64> {
    let count: i64 =
        connection.prepare_cached("SELECT count(*) FROM article")?.query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// The query for a selection's ids below `?1`; `?2` is its argument. Each walks an index backwards.
pub(crate) fn ids_of(selection: &Selection) -> (&'static str, Box<dyn ToSql + '_>) {
    match selection {
        Selection::All => ("SELECT id FROM article WHERE id < ?1 AND ?2 ORDER BY id DESC", Box::new(true)),
        Selection::Flagged => (
            "SELECT DISTINCT article FROM match WHERE article < ?1 AND ?2 ORDER BY article DESC",
            Box::new(true),
        ),
        Selection::Starred => {
            ("SELECT id FROM article WHERE starred = 1 AND id < ?1 AND ?2 ORDER BY id DESC", Box::new(true))
        }
        Selection::Topic(topic) => (
            "SELECT article FROM match WHERE article < ?1 AND topic = ?2 ORDER BY article DESC",
            Box::new(topic.as_str()),
        ),
        Selection::Source(source) => {
            ("SELECT id FROM article WHERE id < ?1 AND source = ?2 ORDER BY id DESC", Box::new(source.0))
        }
    }
}

/// What a list shows of one article.
pub(crate) fn head(connection: &Connection, id: ArticleId) -> Result<Option<ArticleHead>> {
    let head = connection
        .prepare_cached(&format!(
            "SELECT {HEAD} FROM article JOIN source ON source.id = article.source WHERE article.id = ?1"
        ))?
        .query_row([id.0], |row| {
            Ok(ArticleHead {
                id,
                source: SourceId(row.get("source")?),
                source_name: row.get("source_name")?,
                story: StoryId(row.get("story")?),
                title: row.get("title")?,
                published: published(row, "published", "published_day")?,
                first_seen: time(row.get("first_seen")?),
                url: row.get("url")?,
                topics: Vec::new(),
                snippet: row.get("snippet")?,
                read: row.get("read")?,
                starred: row.get("starred")?,
            })
        })
        .optional()?;
    let Some(mut head) = head else { return Ok(None) };
    head.topics = matching::topics_of(connection, id.0)?;
    Ok(Some(head))
}

/// The articles first seen in a period that at least one topic matches, newest arrival first. What
/// its provider took back is none; what is under embargo counts from when that ends.
pub(crate) fn matched_in(connection: &Connection, period: Period) -> Result<Vec<Article>> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM article WHERE status = 'usable'
         AND (first_seen >= ?1 AND first_seen < ?2 AND (embargo IS NULL OR embargo < ?2)
              OR first_seen < ?1 AND embargo >= ?1 AND embargo < ?2)
         AND EXISTS (SELECT 1 FROM match WHERE match.article = article.id) ORDER BY id DESC",
    )?;
    let ids: Vec<i64> = statement
        .query_map([millis(period.from), millis(period.to)], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    ids.into_iter().filter_map(|id| get(connection, ArticleId(id), Extent::Whole).transpose()).collect()
}

/// The articles seen before a period, though not longer than `reach` before, that were changed or taken
/// back in it and that at least one topic matches; newest arrival first.
pub(crate) fn corrected_in(
    connection: &Connection,
    period: Period,
    reach: TimeDelta,
) -> Result<Vec<Article>> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM article WHERE first_seen >= ?3 AND first_seen < ?1 AND coalesce(embargo, 0) < ?1
         AND id IN (SELECT article FROM revision WHERE replaced_at >= ?1 AND replaced_at < ?2
                    UNION SELECT id FROM article WHERE retracted_at >= ?1 AND retracted_at < ?2)
         AND EXISTS (SELECT 1 FROM match WHERE match.article = article.id) ORDER BY id DESC",
    )?;
    let bounds = [period.from, period.to, period.from - reach].map(millis);
    let ids: Vec<i64> =
        statement.query_map(bounds, |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
    ids.into_iter().filter_map(|id| get(connection, ArticleId(id), Extent::Whole).transpose()).collect()
}

/// How many articles were first seen in a period.
pub(crate) fn seen_in(connection: &Connection, period: Period) -> Result<u64> {
    let count: i64 = connection.query_row(
        "SELECT count(*) FROM article WHERE first_seen >= ?1 AND first_seen < ?2",
        [millis(period.from), millis(period.to)],
        |row| row.get(0),
    )?;
    Ok(count.unsigned_abs())
}

/// Marks articles read or unread; read ones take their alerts out of the unseen.
pub(crate) fn set_read(connection: &Connection, ids: &[ArticleId], read: bool) -> Result<()> {
    for id in ids {
        connection
            .prepare_cached("UPDATE article SET read = ?2 WHERE id = ?1")?
            .execute(params![id.0, read])?;
        if read {
            connection
                .prepare_cached("UPDATE alert SET state = 'read' WHERE article = ?1 AND state <> 'read'")?
                .execute([id.0])?;
        }
    }
    Ok(())
}

/// Stars an article, or takes the star away.
pub(crate) fn set_starred(connection: &Connection, id: ArticleId, starred: bool) -> Result<()> {
    connection
        .prepare_cached("UPDATE article SET starred = ?2 WHERE id = ?1")?
        .execute(params![id.0, starred])?;
    Ok(())
}

fn content(connection: &Connection, id: ArticleId, row: &Row<'_>, extent: Extent) -> Result<ParsedArticle> {
    let texts = match extent {
        Extent::Whole => body::load(connection, id.0)?,
        Extent::ForMatching => body::load_text(connection, id.0)?,
    };
    Ok(ParsedArticle {
        title: row.get("title")?,
        authors: read_list("authors", &row.get::<_, String>("authors")?)?,
        publisher: row.get("publisher")?,
        published: published(row, "published", "published_day")?,
        updated: published(row, "updated", "updated_day")?,
        url: row.get("url")?,
        external_id: row.get("external_id")?,
        revision: row.get("revision")?,
        status: Status::from_name(&row.get::<_, String>("status")?).unwrap_or_default(),
        embargo: row.get::<_, Option<i64>>("embargo")?.map(time),
        language: row.get("language")?,
        lead: texts.lead,
        text: texts.text,
        html: texts.html,
        labels: read_list("labels", &row.get::<_, String>("labels")?)?,
        summary_only: row.get("summary_only")?,
        problems: read_list("problems", &row.get::<_, String>("problems")?)?
            .into_iter()
            .map(|message| Problem::new(ProblemKind::Incomplete, message))
            .collect(),
    })
}

fn revisions(connection: &Connection, id: ArticleId) -> Result<Vec<Revision>> {
    let mut statement = connection
        .prepare_cached("SELECT replaced_at, title, text FROM revision WHERE article = ?1 ORDER BY number")?;
    let mut rows = statement.query([id.0])?;
    let mut revisions = Vec::new();
    while let Some(row) = rows.next()? {
        let text: Vec<u8> = row.get(2)?;
        revisions.push(Revision {
            replaced_at: time(row.get(0)?),
            title: row.get(1)?,
            text: decompress(&text)?,
        });
    }
    Ok(revisions)
}

fn split(published: Option<Published>) -> (Option<i64>, bool) {
    (published.map(|at| millis(at.moment())), matches!(published, Some(Published::Day(_))))
}

/// An article that was kept was read, so its problems are all of one kind: something was mended.
fn problems(article: &ParsedArticle) -> String {
    list(&article.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>())
}

fn snippet(article: &ParsedArticle) -> String {
    let text = article.lead.as_deref().filter(|lead| !lead.is_empty()).unwrap_or(&article.text);
    text.split_whitespace()
        .flat_map(|word| word.chars().chain([' ']))
        .take(SNIPPET_LENGTH)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::open_writer;
    use crate::schema::migrate;

    #[test]
    fn lists_walk_an_index_and_never_sort() {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&folder.path().join("library.sqlite")).unwrap();
        migrate(&mut connection).unwrap();
        let topic = TopicId::from_name("talks");
        for selection in [
            Selection::All,
            Selection::Flagged,
            Selection::Starred,
            Selection::Topic(topic),
            Selection::Source(SourceId(1)),
        ] {
            let (sql, argument) = ids_of(&selection);
            let plan: Vec<String> = connection
                .prepare(&format!("EXPLAIN QUERY PLAN {sql} LIMIT ?3"))
                .unwrap()
                .query_map(params![1, argument, 50], |row| row.get(3))
                .unwrap()
                .collect::<std::result::Result<_, _>>()
                .unwrap();
            let plan = plan.join("; ");
            assert!(plan.contains("INDEX") || plan.contains("PRIMARY KEY"), "{selection:?}: {plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{selection:?}: {plan}");
        }
    }
}
