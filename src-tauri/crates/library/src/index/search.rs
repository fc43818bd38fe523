//! Search: the query language over everything that ever arrived.

use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params_from_iter, types::Value};
use wirewatch_model::{Article, ArticleHead, ArticleId, Field, Hit};
use wirewatch_query::{Expr, Facts, Filter, Matcher, State, Text, sentence_at};

use super::plan::{Plan, Reach, plan};
use crate::error::Result;
use crate::table::article::{self, Extent};

/// Relevance is computed over the newest so many hits: ranking costs FTS5 a few microseconds a
/// hit, and what is older than five thousand newer hits is rarely what a reader of news wants.
const RANKED_HITS: usize = 5_000;

/// How results are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SearchOrder {
    /// Newest arrival first.
    #[default]
    Newest,
    /// By bm25 over the newest 5,000 hits.
    Relevance,
}

/// What is searched for.
#[derive(Debug, Clone, Copy)]
pub struct SearchRequest<'a> {
    /// The resolved query.
    pub expr: &'a Expr,
    /// Begin before this article (newest first only).
    pub before: Option<ArticleId>,
    /// At most so many.
    pub limit: usize,
    /// How they are ordered.
    pub order: SearchOrder,
    /// The time that `newer:` counts back from.
    pub now: DateTime<Utc>,
}

/// An article that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The article; its snippet is the passage that was found.
    pub head: ArticleHead,
    /// The passages that made the query true.
    pub hits: Vec<Hit>,
}

/// The articles that a query finds.
pub(crate) fn search(connection: &Connection, request: &SearchRequest<'_>) -> Result<Vec<Found>> {
    let search = Search::new(connection, request.expr, request.now)?;
    let mut found = Vec::new();
    if request.limit == 0 {
        return Ok(found);
    }
    let mut take = |id| {
        if let Some((article, hits)) = search.verify(id)? {
            found.extend(show(connection, &article, hits)?);
        }
        Ok(if found.len() < request.limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    };
    match request.order {
        SearchOrder::Newest => search.candidates(request.before, &mut take)?,
        SearchOrder::Relevance => search.ranked(&mut take)?,
    }
    Ok(found)
}

/// How many articles a query finds, counted up to `cap`.
pub(crate) fn count(connection: &Connection, expr: &Expr, now: DateTime<Utc>, cap: u64) -> Result<u64> {
    let search = Search::new(connection, expr, now)?;
    let mut count = 0;
    search.candidates(None, &mut |id| {
        if search.exact || search.verify(id)?.is_some() {
            count += 1;
        }
        Ok(if count < cap { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    Ok(count)
}

/// How many articles the index allows for a query, verified or not; none if it cannot tell.
pub(crate) fn reach(connection: &Connection, expr: &Expr) -> Result<Option<u64>> {
    let expression = match plan(connection, expr)?.reach {
        Reach::Nothing => return Ok(Some(0)),
        Reach::Everything => return Ok(None),
        Reach::Fts(expression) => expression,
    };
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM article_index WHERE article_index MATCH ?1")?
        .query_row([expression], |row| row.get(0))?;
    Ok(Some(count.unsigned_abs()))
}

/// Calls `each` for every article that a query finds, newest arrival first, with the passages.
pub(crate) fn for_each(
    connection: &Connection,
    expr: &Expr,
    now: DateTime<Utc>,
    each: &mut dyn FnMut(&Article, Vec<Hit>) -> ControlFlow<()>,
) -> Result<()> {
    let search = Search::new(connection, expr, now)?;
    search.candidates(None, &mut |id| {
        Ok(match search.verify(id)? {
            Some((article, hits)) => each(&article, hits),
            None => ControlFlow::Continue(()),
        })
    })
}

struct Search<'a> {
    connection: &'a Connection,
    reach: Reach,
    /// Whether every candidate is a find.
    exact: bool,
    /// SQL conditions on the article's row, each with its argument.
    conditions: Vec<(&'static str, Value)>,
    matcher: Matcher,
    now: DateTime<Utc>,
}

impl<'a> Search<'a> {
    fn new(connection: &'a Connection, expr: &Expr, now: DateTime<Utc>) -> Result<Search<'a>> {
        let mut conditions = Vec::new();
        let rest = without_conditions(expr, now, &mut conditions);
        let Plan { reach, exact } = match &rest {
            Some(rest) => plan(connection, rest)?,
            None => Plan { reach: Reach::Everything, exact: true },
        };
        Ok(Search { connection, reach, exact, conditions, matcher: Matcher::new(vec![expr.clone()]), now })
    }

    /// Calls `take` for the articles that can match, newest arrival first.
    fn candidates(
        &self,
        before: Option<ArticleId>,
        take: &mut dyn FnMut(ArticleId) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let before = before.map_or(i64::MAX, |id| id.0);
        let mut arguments = vec![Value::from(before)];
        let mut sql = match &self.reach {
            Reach::Nothing => return Ok(()),
            Reach::Everything => "SELECT id FROM article WHERE id < ?".to_owned(),
            Reach::Fts(expression) => {
                arguments.push(Value::from(expression.clone()));
                "SELECT rowid AS id FROM article_index WHERE rowid < ? AND article_index MATCH ?".to_owned()
            }
        };
        if !self.conditions.is_empty() {
            // The index is walked in order, and each row is looked up: no join that could be turned round.
            let wanted: Vec<&str> = self.conditions.iter().map(|(sql, _)| *sql).collect();
            let row = if self.reach == Reach::Everything { "article.id" } else { "article_index.rowid" };
            sql += &format!(
                " AND EXISTS (SELECT 1 FROM article AS row WHERE row.id = {row} AND {})",
                wanted.join(" AND ")
            );
            arguments.extend(self.conditions.iter().map(|(_, argument)| argument.clone()));
        }
        sql += " ORDER BY id DESC";
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(arguments))?;
        while let Some(row) = rows.next()? {
            if take(ArticleId(row.get(0)?))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Calls `take` for the newest candidates, best first.
    fn ranked(&self, take: &mut dyn FnMut(ArticleId) -> Result<ControlFlow<()>>) -> Result<()> {
        let mut newest = Vec::new();
        self.candidates(None, &mut |id| {
            newest.push(id);
            Ok(if newest.len() < RANKED_HITS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })?;
        if let (Reach::Fts(expression), Some(oldest)) = (&self.reach, newest.last()) {
            let wanted: std::collections::HashSet<ArticleId> = newest.iter().copied().collect();
            let mut statement = self.connection.prepare_cached(
                "SELECT rowid FROM article_index WHERE article_index MATCH ?1 AND rowid >= ?2 ORDER BY rank",
            )?;
            let ranked: Vec<i64> = statement
                .query_map((expression, oldest.0), |row| row.get(0))?
                .collect::<std::result::Result<_, _>>()?;
            newest = ranked.into_iter().map(ArticleId).filter(|id| wanted.contains(id)).collect();
        }
        for id in newest {
            if take(id)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// The article with its passages, if the query is true of it. Exact candidates go through the
    /// matcher as well, for the passages.
    fn verify(&self, id: ArticleId) -> Result<Option<(Article, Vec<Hit>)>> {
        let Some(article) = article::get(self.connection, id, Extent::ForMatching)? else { return Ok(None) };
        let hits = hits(&self.matcher, &article, self.now);
        if hits.is_none() && self.exact {
            tracing::error!(article = id.0, "index and matcher disagree");
        }
        Ok(hits.map(|hits| (article, hits)))
    }
}

/// The passages that make the matcher's only query true of an article.
fn hits(matcher: &Matcher, article: &Article, now: DateTime<Utc>) -> Option<Vec<Hit>> {
    let topics: Vec<&str> = article.matches.iter().map(|one| one.topic.as_str()).collect();
    let content = &article.content;
    let text = Text {
        title: &content.title,
        lead: content.lead.as_deref().unwrap_or_default(),
        body: &content.text,
        facts: Facts {
            source: &article.source_name,
            site: content.url.as_deref().and_then(host),
            authors: &content.authors,
            labels: &content.labels,
            language: content.language.as_deref(),
            at: Some(content.sorting_time(article.first_seen)),
            now: Some(now),
            topics: &topics,
            unread: !article.read,
            starred: article.starred,
        },
    };
    matcher.matches(&text).into_iter().next().map(|found| found.hits)
}

/// The host of a stored address, which is `http(s)` always.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    Some(host.trim_start_matches("www."))
}

/// What a list shows of a find: the sentence around its first passage in the body or lead, else
/// the usual beginning.
fn show(connection: &Connection, article: &Article, hits: Vec<Hit>) -> Result<Option<Found>> {
    let Some(mut head) = article::head(connection, article.id)? else { return Ok(None) };
    if let Some(hit) = hits.iter().find(|hit| hit.field != Field::Title) {
        let text = match hit.field {
            Field::Lead => article.content.lead.as_deref().unwrap_or_default(),
            _ => &article.content.text,
        };
        if let Some(sentence) = text.get(sentence_at(text, hit.start, hit.end)) {
            head.snippet = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }
    Ok(Some(Found { head, hits }))
}

/// Takes the filters that the article's row can answer out of the top of a query. `None` if
/// nothing is left.
fn without_conditions(
    expr: &Expr,
    now: DateTime<Utc>,
    conditions: &mut Vec<(&'static str, Value)>,
) -> Option<Expr> {
    match expr {
        Expr::Filter(filter) => match condition(filter, now) {
            Some(one) => {
                conditions.push(one);
                None
            }
            None => Some(expr.clone()),
        },
        Expr::And(parts) => {
            let mut rest: Vec<Expr> =
                parts.iter().filter_map(|part| without_conditions(part, now, conditions)).collect();
            match rest.len() {
                0 => None,
                1 => rest.pop(),
                _ => Some(Expr::And(rest)),
            }
        }
        _ => Some(expr.clone()),
    }
}

fn condition(filter: &Filter, now: DateTime<Utc>) -> Option<(&'static str, Value)> {
    let always = Value::from(1);
    Some(match filter {
        Filter::After(at) => ("row.sorted_at >= ?", at.timestamp_millis().into()),
        Filter::Before(at) => ("row.sorted_at < ?", at.timestamp_millis().into()),
        Filter::Newer(seconds) => {
            ("row.sorted_at >= ?", now.timestamp_millis().saturating_sub(seconds.saturating_mul(1000)).into())
        }
        Filter::Topic(topic) => (
            "EXISTS (SELECT 1 FROM match WHERE match.article = row.id AND match.topic = ?)",
            topic.clone().into(),
        ),
        Filter::Is(State::Unread) => ("row.read <> ?", always),
        Filter::Is(State::Starred) => ("row.starred = ?", always),
        Filter::Is(State::Flagged) => {
            ("? AND EXISTS (SELECT 1 FROM match WHERE match.article = row.id)", always)
        }
        _ => return None,
    })
}
