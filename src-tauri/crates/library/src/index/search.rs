//! Search: the query language over everything that ever arrived.

use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use wirewatch_model::{Article, ArticleHead, ArticleId, Field, Hit};
use wirewatch_query::{Expr, sentence_at};

use super::plan::{Planner, Reach};
use super::question::{Question, Step};
use super::vocabulary::Vocabulary;
use crate::error::Result;
use crate::table::article;
use crate::table::body::Words;
use crate::table::volume::ArticleSet;

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

/// The articles that a query finds, with their usual snippets: see [`passages`].
pub(crate) fn search(connection: &Connection, request: &SearchRequest<'_>) -> Result<Vec<ArticleHead>> {
    let question = Question::new(connection, request.expr, request.now)?;
    let mut found = Vec::new();
    if request.limit == 0 {
        return Ok(found);
    }
    let mut take = |id| {
        if question.is_find(connection, id)? {
            found.extend(article::head(connection, id)?);
        }
        Ok(if found.len() < request.limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    };
    match request.order {
        SearchOrder::Newest => question.candidates(connection, request.before, &mut take)?,
        SearchOrder::Relevance => ranked(connection, &question, &mut take)?,
    }
    Ok(found)
}

/// The sentences around the first passages that a query finds in these articles. An article whose
/// headline alone has passages, or that the query does not find, is left out.
///
/// Apart from the search, since it reads and splits each text, which takes far longer than finding.
pub(crate) fn passages(
    connection: &Connection,
    (expr, now): (&Expr, DateTime<Utc>),
    articles: &[ArticleId],
) -> Result<Vec<(ArticleId, String)>> {
    let question = Question::new(connection, expr, now)?;
    let mut sentences = Vec::new();
    for id in articles {
        let found = question.passages(connection, *id)?;
        sentences.extend(found.and_then(|(words, hits)| Some((*id, sentence(&words, &hits)?))));
    }
    Ok(sentences)
}

/// How many articles a query finds, counted up to `cap`.
pub(crate) fn count(connection: &Connection, expr: &Expr, now: DateTime<Utc>, cap: u64) -> Result<u64> {
    let question = Question::new(connection, expr, now)?;
    let mut count = 0;
    question.candidates(connection, None, &mut |id| {
        count += u64::from(question.is_find(connection, id)?);
        Ok(if count < cap { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    Ok(count)
}

/// How many articles the index allows for a query, verified or not; none if it cannot tell.
pub(crate) fn reach(connection: &Connection, expr: &Expr) -> Result<Option<u64>> {
    let expression = match Planner::new(&Vocabulary::new(connection)).plan(expr)?.reach {
        Reach::Nothing => return Ok(Some(0)),
        Reach::Everything => return Ok(None),
        Reach::Fts(expression) => expression,
    };
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM article_index WHERE article_index MATCH ?1")?
        .query_row([expression], |row| row.get(0))?;
    Ok(Some(count.unsigned_abs()))
}

/// How far a look at a query's newest finds goes.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// Finds that are not looked at.
    pub but_for: &'a ArticleSet,
    /// Candidates that are looked at, at most.
    pub most: usize,
    /// Asked now and then; breaking ends the look.
    pub goes_on: &'a dyn Fn() -> ControlFlow<()>,
}

/// Calls `each` for the newest articles that a query finds, newest arrival first, with the passages,
/// until it breaks or has looked enough.
pub(crate) fn look(
    connection: &Connection,
    (expr, now): (&Expr, DateTime<Utc>),
    look: Look<'_>,
    each: &mut dyn FnMut(&Article, Vec<Hit>) -> ControlFlow<()>,
) -> Result<()> {
    let question = Question::new(connection, expr, now)?;
    let mut left = look.most;
    question.walk(connection, None, &mut |step| {
        let id = match step {
            Step::Candidate(id) if !look.but_for.contains(id) => id,
            Step::Candidate(_) => return Ok(ControlFlow::Continue(())),
            Step::Pause(_) => return Ok((look.goes_on)()),
        };
        let Some(rest) = left.checked_sub(1) else { return Ok(ControlFlow::Break(())) };
        left = rest;
        Ok(match question.article(connection, id)? {
            Some((article, hits)) => each(&article, hits),
            None => ControlFlow::Continue(()),
        })
    })
}

/// Calls `take` for the newest candidates, best first.
fn ranked(
    connection: &Connection,
    question: &Question,
    take: &mut dyn FnMut(ArticleId) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let mut newest = Vec::new();
    question.candidates(connection, None, &mut |id| {
        newest.push(id);
        Ok(if newest.len() < RANKED_HITS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    if let (Reach::Fts(expression), Some(oldest)) = (&question.reach, newest.last()) {
        let wanted: std::collections::HashSet<ArticleId> = newest.iter().copied().collect();
        let mut statement = connection.prepare_cached(
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

/// The sentence around the first passage in the body or lead.
fn sentence(words: &Words, hits: &[Hit]) -> Option<String> {
    let hit = hits.iter().find(|hit| hit.field != Field::Title)?;
    let text = words.text().field(hit.field);
    let sentence = text.get(sentence_at(text, hit.start, hit.end))?;
    Some(sentence.split_whitespace().collect::<Vec<_>>().join(" "))
}
