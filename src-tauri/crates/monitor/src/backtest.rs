//! A topic tried against everything that ever arrived, before it is saved.

use std::ops::ControlFlow;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use wirewatch_library::{ArticleSet, DayVolume, Finds, Library, LibraryError, Look};
use wirewatch_model::{Article, ArticleHead, ArticleId};
use wirewatch_query::{Expr, Matcher};

use crate::Monitor;
use crate::draft::{Draft, Placed};
use crate::error::Result;
use crate::topics::{best_sentence, with_text};

/// Articles that are shown of each kind.
const SHOWN: usize = 10;

/// Clauses of a query that are tried for near misses; queries with more are rare and slow.
const CLAUSES_TRIED: usize = 8;

/// Articles that are looked at for near misses of one clause: some hundredths of a second.
const LOOKED_AT: usize = 200;

/// What is tried.
#[derive(Debug, Clone, Default)]
pub struct BackTestRequest {
    /// The topic as it is being written.
    pub draft: Draft,
    /// Only articles of so many days back from now.
    pub days: Option<u32>,
}

/// What a query would have found.
#[derive(Debug, Clone, Default)]
pub struct BackTest {
    /// Articles that it finds.
    pub articles: u64,
    /// Articles that the library has in the same time.
    pub of: u64,
    /// Whether the index alone could tell.
    pub exact: bool,
    /// Days with finds, oldest first.
    pub per_day: Vec<DayVolume>,
    /// Alerts to expect on a day on which anything arrives: copies of a story raise one.
    pub alerts_per_day: f64,
    /// The time of the newest find.
    pub newest: Option<DateTime<Utc>>,
    /// Finds, spread evenly from the newest to the oldest.
    pub samples: Vec<Sample>,
    /// The newest articles that fail in one clause only.
    pub near_misses: Vec<NearMiss>,
    /// What it finds and the saved version does not; everything if nothing is saved.
    pub added: Difference,
    /// What the saved version finds and it does not.
    pub removed: Difference,
}

/// A find.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The article.
    pub head: ArticleHead,
    /// The sentence that tells best why.
    pub sentence: String,
}

/// An article that fails in one clause.
#[derive(Debug, Clone)]
pub struct NearMiss {
    /// The article.
    pub head: ArticleHead,
    /// The clause, in the wording of the query.
    pub clause: String,
}

/// Articles that one query finds and another does not.
#[derive(Debug, Clone, Default)]
pub struct Difference {
    /// How many.
    pub count: u64,
    /// The newest of them.
    pub newest: Vec<ArticleHead>,
}

impl Monitor {
    /// Tries a draft against the whole library; nothing is stored. `progress` is told how many of
    /// how many articles are looked at, first in the index and then one by one, from several threads.
    /// `None` if it was cancelled.
    ///
    /// # Errors
    /// If the query cannot be used (with its place), or the topic that it changes is not there.
    pub fn backtest(
        &self,
        request: &BackTestRequest,
        cancel: &CancellationToken,
        progress: &(dyn Fn(u64, u64) + Sync),
    ) -> Result<Option<BackTest>> {
        let placed = request.draft.place(self.library())?;
        let trial = Trial {
            library: self.library(),
            now: self.now(),
            expr: placed.resolve()?,
            placed,
            cancel,
            progress,
        };
        trial.run(request)
    }
}

struct Trial<'a> {
    library: &'a Library,
    now: DateTime<Utc>,
    placed: Placed<'a>,
    expr: Expr,
    cancel: &'a CancellationToken,
    progress: &'a (dyn Fn(u64, u64) + Sync),
}

impl Trial<'_> {
    fn run(&self, request: &BackTestRequest) -> Result<Option<BackTest>> {
        let since = request.days.and_then(|days| self.now.checked_sub_signed(TimeDelta::days(days.into())));
        let window = since.map(|since| self.library.articles_since(since)).transpose()?;
        let within = |finds: Finds| match &window {
            Some(window) => finds.articles.within(window),
            None => finds.articles,
        };
        let Some(finds) = self.finds(&self.expr)? else { return Ok(None) };
        let exact = finds.exact;
        let Some(saved) = self.saved(request, &finds)? else { return Ok(None) };
        let (found, saved) = (within(finds), within(saved));
        let volume = self.library.volume(&found, since)?;
        let alerts: u64 = volume.days.iter().map(|day| u64::from(day.stories)).sum();
        let near_misses = self.near_misses(&found, window.as_ref())?;
        if self.cancel.is_cancelled() {
            return Ok(None);
        }
        Ok(Some(BackTest {
            articles: found.len(),
            of: volume.of,
            exact,
            alerts_per_day: alerts as f64 / f64::from(volume.days_with_news.max(1)),
            per_day: volume.days,
            newest: volume.newest,
            samples: self.samples(&found)?,
            near_misses,
            added: self.difference(&found.without(&saved))?,
            removed: self.difference(&saved.without(&found))?,
        }))
    }

    fn finds(&self, expr: &Expr) -> std::result::Result<Option<Finds>, LibraryError> {
        self.library.finds(expr, self.now, &|done, total| {
            (self.progress)(done, total);
            self.goes_on()
        })
    }

    fn goes_on(&self) -> ControlFlow<()> {
        if self.cancel.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// What the saved version of the topic finds; nothing if there is none, or it cannot be used.
    fn saved(&self, request: &BackTestRequest, finds: &Finds) -> Result<Option<Finds>> {
        let Some(id) = &request.draft.topic else { return Ok(Some(Finds::default())) };
        let query = self.library.topic(id)?.map(|topic| topic.query).unwrap_or_default();
        let draft = Draft { topic: Some(id.clone()), query, ..Draft::default() };
        match draft.place(self.library)?.resolve() {
            Ok(expr) if expr == self.expr => Ok(Some(finds.clone())),
            Ok(expr) => Ok(self.finds(&expr)?),
            Err(_) => Ok(Some(Finds::default())),
        }
    }

    fn samples(&self, found: &ArticleSet) -> Result<Vec<Sample>> {
        let ids: Vec<ArticleId> = found.newest_first().collect();
        let shown = ids.len().min(SHOWN);
        let matcher = Matcher::new(vec![self.expr.clone()]);
        let mut samples = Vec::with_capacity(shown);
        for at in 0..shown {
            let id = ids[at * ids.len() / shown];
            if let (Some(head), Some(article)) = (self.library.head(id)?, self.library.article(id)?) {
                samples.push(Sample { head, sentence: self.sentence(&matcher, &article) });
            }
        }
        Ok(samples)
    }

    fn sentence(&self, matcher: &Matcher, article: &Article) -> String {
        with_text(&article.content, &article.source_name, self.now, |text| {
            let found = matcher.matches(text).into_iter().next();
            found.and_then(|found| best_sentence(text, &found.hits)).unwrap_or_default()
        })
    }

    /// The newest articles that fail in one clause only: what the query finds without the clause,
    /// and not with it.
    fn near_misses(&self, found: &ArticleSet, window: Option<&ArticleSet>) -> Result<Vec<NearMiss>> {
        let mut missed: Vec<(ArticleId, String)> = Vec::new();
        for relaxed in relaxations(&self.expr).into_iter().take(CLAUSES_TRIED) {
            if self.cancel.is_cancelled() {
                break;
            }
            let mut of_clause = Vec::new();
            self.library.look(
                &relaxed,
                self.now,
                Look { but_for: found, most: LOOKED_AT, goes_on: &|| self.goes_on() },
                &mut |article, _| {
                    if window.is_none_or(|window| window.contains(article.id)) {
                        of_clause.extend(self.blamed(article).map(|clause| (article.id, clause)));
                    }
                    if of_clause.len() < SHOWN { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
                },
            )?;
            missed.extend(of_clause);
        }
        missed.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
        missed.dedup_by_key(|(id, _)| *id);
        missed.truncate(SHOWN);
        let mut near_misses = Vec::with_capacity(missed.len());
        for (id, clause) in missed {
            near_misses.extend(self.library.head(id)?.map(|head| NearMiss { head, clause }));
        }
        Ok(near_misses)
    }

    /// The one clause that an article fails in; the whole query if it has no clauses.
    fn blamed(&self, article: &Article) -> Option<String> {
        let explanation = self.placed.explain(&article.content, &article.source_name, self.now).ok()?;
        let mut failing = explanation.clauses.iter().filter(|clause| clause.depth == 1 && !clause.is_true);
        match (&self.expr, failing.next(), failing.next()) {
            (Expr::And(_), Some(only), None) => Some(only.clause.clone()),
            (Expr::And(_), ..) => None,
            _ => explanation.clauses.first().map(|whole| whole.clause.clone()),
        }
    }

    fn difference(&self, set: &ArticleSet) -> Result<Difference> {
        let mut newest = Vec::new();
        for id in set.newest_first().take(SHOWN) {
            newest.extend(self.library.head(id)?);
        }
        Ok(Difference { count: set.len(), newest })
    }
}

/// The query with one of its demands dropped, in every way that leaves something to look for.
fn relaxations(expr: &Expr) -> Vec<Expr> {
    match expr {
        Expr::And(parts) => (0..parts.len())
            .map(|dropped| {
                let kept = parts.iter().enumerate().filter(|(at, _)| *at != dropped);
                kept.map(|(_, part)| part.clone()).collect::<Vec<_>>()
            })
            .filter(|rest| rest.iter().any(|part| !matches!(part, Expr::Not(_) | Expr::Filter(_))))
            .map(Expr::And)
            .collect(),
        Expr::Near { left, right, .. } => {
            vec![Expr::And(vec![left.as_ref().clone(), right.as_ref().clone()])]
        }
        Expr::AtLeast(_, part) => vec![part.as_ref().clone()],
        Expr::Score(_, terms) => vec![Expr::Or(terms.iter().map(|(term, _)| term.clone()).collect())],
        Expr::In(_, part) => vec![part.as_ref().clone()],
        _ => Vec::new(),
    }
}
