//! A query made ready to be asked of the library: planned for the index, what the article's row
//! can answer turned into SQL, and compiled for what is left to verify.

use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params_from_iter, types::Value};
use wirewatch_model::{Article, ArticleId, Hit};
use wirewatch_query::{Expr, Facts, Filter, Matcher, State, Text};

use super::places;
use super::placing::{Placing, placing};
use super::plan::{Plan, Planner, Reach};
use super::vocabulary::Vocabulary;
use crate::error::Result;
use crate::table::article::{self, Extent};
use crate::table::body::Words;

/// A query, ready. It may be asked on several connections at once.
pub(crate) struct Question {
    pub(crate) reach: Reach,
    /// What the places of terms decide, where the reach alone does not.
    placing: Option<Placing>,
    /// Whether every candidate is a find.
    pub(crate) exact: bool,
    /// SQL conditions on the article's row, each with its argument.
    conditions: Vec<(&'static str, Value)>,
    /// What the conditions leave of the query.
    matcher: Matcher,
    /// Whether what they leave looks at nothing but the words of an article.
    words_only: bool,
    now: DateTime<Utc>,
}

/// What a walk through the index comes to.
pub(crate) enum Step {
    /// An article that can match.
    Candidate(ArticleId),
    /// Every [`PAUSE`] articles, found or not, the one that it is at: a moment to see whether to go on.
    Pause(ArticleId),
}

/// Articles that the index names between two pauses: some milliseconds of work.
const PAUSE: u64 = 512;

impl Question {
    pub(crate) fn new(connection: &Connection, expr: &Expr, now: DateTime<Utc>) -> Result<Question> {
        let mut conditions = Vec::new();
        let rest = without_conditions(expr, now, &mut conditions);
        let (Plan { reach, exact }, placing) = match &rest {
            Some(rest) => planned(connection, rest)?,
            None => (Plan { reach: Reach::Everything, exact: true }, None),
        };
        let words_only = rest.as_ref().is_none_or(|rest| !asks_facts(rest));
        let rest = rest.unwrap_or_else(|| Expr::And(Vec::new()));
        Ok(Question { reach, placing, exact, conditions, matcher: Matcher::new(vec![rest]), words_only, now })
    }

    /// Calls `take` for the articles before `before` that can match, newest arrival first.
    pub(crate) fn candidates(
        &self,
        connection: &Connection,
        before: Option<ArticleId>,
        take: &mut dyn FnMut(ArticleId) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        self.walk(connection, before, &mut |step| match step {
            Step::Candidate(id) => take(id),
            Step::Pause(_) => Ok(ControlFlow::Continue(())),
        })
    }

    /// Walks through the articles before `before` that the index names, newest arrival first.
    pub(crate) fn walk(
        &self,
        connection: &Connection,
        before: Option<ArticleId>,
        step: &mut dyn FnMut(Step) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let Some((sql, arguments)) = self.sql(before) else { return Ok(()) };
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(arguments))?;
        let mut decide = self.placing.as_ref().map(|placing| (placing.matcher.reader(), &placing.terms));
        let mut named = 0_u64;
        while let Some(row) = rows.next()? {
            let id = ArticleId(row.get(0)?);
            named += 1;
            if named.is_multiple_of(PAUSE) && step(Step::Pause(id))?.is_break() {
                break;
            }
            if let Some((reader, terms)) = &mut decide {
                let blob = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
                if !reader.is_match(places::read(blob, terms)) {
                    continue;
                }
            }
            if step(Step::Candidate(id))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// What names the articles that can match, each with the places that decide; `None` if none can.
    fn sql(&self, before: Option<ArticleId>) -> Option<(String, Vec<Value>)> {
        let before = Value::from(before.map_or(i64::MAX, |id| id.0));
        let (mut sql, mut arguments) = match &self.reach {
            Reach::Nothing => return None,
            Reach::Everything => ("SELECT id, NULL FROM article WHERE id < ?".to_owned(), vec![before]),
            Reach::Fts(expression) => {
                let phrases = self.placing.as_ref().map_or(0, |placing| placing.terms.len());
                let places = if phrases == 0 {
                    "NULL".to_owned()
                } else {
                    format!("places(article_index, {phrases})")
                };
                let sql = format!(
                    "SELECT rowid AS id, {places} FROM article_index WHERE rowid < ? AND article_index MATCH ?"
                );
                (sql, vec![before, Value::from(expression.clone())])
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
        Some((sql, arguments))
    }

    /// Whether a candidate is a find. The index is trusted where the plan is exact.
    pub(crate) fn is_find(&self, connection: &Connection, id: ArticleId) -> Result<bool> {
        if self.exact {
            return Ok(true);
        }
        if self.words_only {
            let words = Words::load(connection, id)?;
            return Ok(words.is_some_and(|words| self.matcher.is_match(&words.text())));
        }
        let article = article::get(connection, id, Extent::ForMatching)?;
        Ok(article.is_some_and(|article| self.passages_in(&article).is_some()))
    }

    /// The words of a candidate with the passages, if the query is true of it.
    pub(crate) fn passages(
        &self,
        connection: &Connection,
        id: ArticleId,
    ) -> Result<Option<(Words, Vec<Hit>)>> {
        if self.words_only {
            let Some(words) = Words::load(connection, id)? else { return Ok(None) };
            let hits = self.first(&words.text());
            self.complain_if_none(id, hits.is_none());
            return Ok(hits.map(|hits| (words, hits)));
        }
        Ok(self.article(connection, id)?.map(|(article, hits)| (Words::of(article.content), hits)))
    }

    /// The article with its passages, if the query is true of it.
    pub(crate) fn article(
        &self,
        connection: &Connection,
        id: ArticleId,
    ) -> Result<Option<(Article, Vec<Hit>)>> {
        let Some(article) = article::get(connection, id, Extent::ForMatching)? else { return Ok(None) };
        let hits = self.passages_in(&article);
        self.complain_if_none(id, hits.is_none());
        Ok(hits.map(|hits| (article, hits)))
    }

    fn passages_in(&self, article: &Article) -> Option<Vec<Hit>> {
        let topics: Vec<&str> = article.matches.iter().map(|one| one.topic.as_str()).collect();
        let content = &article.content;
        self.first(&Text {
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
                now: Some(self.now),
                topics: &topics,
                unread: !article.read,
                starred: article.starred,
            },
        })
    }

    fn first(&self, text: &Text<'_>) -> Option<Vec<Hit>> {
        self.matcher.matches(text).into_iter().next().map(|found| found.hits)
    }

    fn complain_if_none(&self, id: ArticleId, none: bool) {
        if none && self.exact {
            tracing::error!(article = id.0, "index and matcher disagree");
        }
    }
}

/// The plan of a query; with a placing if the index alone does not decide.
fn planned(connection: &Connection, expr: &Expr) -> Result<(Plan, Option<Placing>)> {
    let vocabulary = Vocabulary::new(connection);
    let planner = Planner::new(&vocabulary);
    let alone = planner.plan(expr)?;
    if alone.exact || alone.reach == Reach::Nothing {
        return Ok((alone, None));
    }
    Ok(match placing(planner, expr)? {
        Some((plan, placing)) => (plan, Some(placing)),
        None => (alone, None),
    })
}

/// The host of a stored address, which is `http(s)` always.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    Some(host.trim_start_matches("www."))
}

/// Whether the truth of a query depends on anything but words.
fn asks_facts(expr: &Expr) -> bool {
    match expr {
        Expr::Term(_) | Expr::Phrase(_) | Expr::Compound(_) => false,
        Expr::Filter(_) => true,
        Expr::Near { left, right, .. } => asks_facts(left) || asks_facts(right),
        Expr::AtLeast(_, part) | Expr::Not(part) | Expr::In(_, part) => asks_facts(part),
        Expr::Score(_, terms) => terms.iter().any(|(term, _)| asks_facts(term)),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(asks_facts),
    }
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
