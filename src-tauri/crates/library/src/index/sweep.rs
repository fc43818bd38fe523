//! Every article that a query finds, over the whole library: for back-tests, and for putting a
//! topic's matches up to date.
//!
//! What the index answers exactly is only counted. What it cannot tell is verified by the matcher,
//! on several reading connections at once; whoever waits is told how far either is, and may stop it.

use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use wirewatch_model::{Article, ArticleId, Hit};
use wirewatch_query::Expr;

use super::question::{Question, Step};
use crate::connection::Connections;
use crate::error::Result;
use crate::table::volume::{self, ArticleSet};

/// Told how many of how many articles are done: first of the library, while the index names
/// candidates, then of the candidates, while they are verified. Breaking stops the work.
pub type Watch<'a> = &'a (dyn Fn(u64, u64) -> ControlFlow<()> + Sync);

/// Candidates between two looks at whether to go on: some milliseconds of work.
const CHUNK: usize = 128;

/// Readers at most: verifying is bound by the processor, and others want to read as well.
const MOST_READERS: usize = 4;

/// What a query finds in the whole library.
#[derive(Debug, Clone, Default)]
pub struct Finds {
    /// The articles.
    pub articles: ArticleSet,
    /// Whether the index alone could tell.
    pub exact: bool,
}

/// Everything that a query finds; `None` if the watch stopped it.
pub(crate) fn finds(
    connections: &Connections,
    expr: &Expr,
    now: DateTime<Utc>,
    watch: Watch<'_>,
) -> Result<Option<Finds>> {
    let Some((question, candidates)) = ask(connections, (expr, now), watch)? else { return Ok(None) };
    let exact = question.exact;
    if exact {
        return Ok(Some(Finds { articles: candidates.into_iter().collect(), exact }));
    }
    let found = in_parallel(connections, &candidates, watch, &|connection, id| {
        Ok(question.is_find(connection, id)?.then_some(id))
    })?;
    Ok(found.map(|found| Finds { articles: found.into_iter().collect(), exact }))
}

/// What `make` makes of every article that a query finds and of its passages, newest arrival
/// first; `None` if the watch stopped it.
pub(crate) fn each<T: Send>(
    connections: &Connections,
    (expr, now): (&Expr, DateTime<Utc>),
    watch: Watch<'_>,
    make: &(dyn Fn(&Article, Vec<Hit>) -> T + Sync),
) -> Result<Option<Vec<T>>> {
    let Some((question, candidates)) = ask(connections, (expr, now), watch)? else { return Ok(None) };
    in_parallel(connections, &candidates, watch, &|connection, id| {
        Ok(question.article(connection, id)?.map(|(article, hits)| make(&article, hits)))
    })
}

/// A query with its candidates, newest arrival first; `None` if the watch stopped it.
fn ask(
    connections: &Connections,
    (expr, now): (&Expr, DateTime<Utc>),
    watch: Watch<'_>,
) -> Result<Option<(Question, Vec<ArticleId>)>> {
    let connection = connections.reader()?;
    let question = Question::new(&connection, expr, now)?;
    // Arrival numbers are dense: they tell how far a walk from the newest is.
    let newest = volume::newest(&connection)?.map_or(0, |newest| newest.0);
    let mut candidates = Vec::new();
    let mut go_on = ControlFlow::Continue(());
    question.walk(&connection, None, &mut |step| {
        match step {
            Step::Candidate(id) => candidates.push(id),
            Step::Pause(at) => go_on = watch((newest - at.0).unsigned_abs(), newest.unsigned_abs()),
        }
        Ok(go_on)
    })?;
    Ok(go_on.is_continue().then_some((question, candidates)))
}

/// What comes of one candidate on a connection.
type Work<'a, T> = &'a (dyn Fn(&Connection, ArticleId) -> Result<Option<T>> + Sync);

/// Does work on every candidate, keeping their order; `None` if the watch stopped it.
fn in_parallel<T: Send>(
    connections: &Connections,
    candidates: &[ArticleId],
    watch: Watch<'_>,
    work: Work<'_, T>,
) -> Result<Option<Vec<T>>> {
    let sweep = Sweep {
        connections,
        candidates,
        watch,
        work,
        next: AtomicUsize::new(0),
        done: AtomicUsize::new(0),
        stopped: AtomicBool::new(false),
        made: Mutex::new(Vec::new()),
    };
    let chunks = candidates.len().div_ceil(CHUNK);
    let readers = std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_READERS).min(chunks);
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..readers).map(|_| scope.spawn(|| sweep.run())).collect();
        let mine = sweep.run();
        others
            .into_iter()
            .map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .fold(mine, Result::and)
    })?;
    if sweep.stopped.into_inner() {
        return Ok(None);
    }
    let mut made = sweep.made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_unstable_by_key(|(chunk, _)| *chunk);
    Ok(Some(made.into_iter().flat_map(|(_, made)| made).collect()))
}

/// Candidates on their way through several readers.
struct Sweep<'a, T> {
    connections: &'a Connections,
    candidates: &'a [ArticleId],
    watch: Watch<'a>,
    work: Work<'a, T>,
    /// The first chunk that nobody has taken.
    next: AtomicUsize,
    /// Candidates that are done.
    done: AtomicUsize,
    stopped: AtomicBool,
    /// What came of each chunk.
    made: Mutex<Vec<(usize, Vec<T>)>>,
}

impl<T> Sweep<'_, T> {
    /// Takes chunk after chunk until none is left or somebody stops. An error stops the others.
    fn run(&self) -> Result<()> {
        let ended = self.take_chunks();
        if ended.is_err() {
            self.stopped.store(true, Ordering::Relaxed);
        }
        ended
    }

    fn take_chunks(&self) -> Result<()> {
        let connection = self.connections.reader()?;
        while !self.stopped.load(Ordering::Relaxed) {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(chunk) = self.candidates.chunks(CHUNK).nth(number) else { break };
            let mut made = Vec::new();
            for id in chunk {
                made.extend((self.work)(&connection, *id)?);
            }
            self.made.lock().unwrap_or_else(PoisonError::into_inner).push((number, made));
            let done = self.done.fetch_add(chunk.len(), Ordering::Relaxed) + chunk.len();
            if (self.watch)(done as u64, self.candidates.len() as u64).is_break() {
                self.stopped.store(true, Ordering::Relaxed);
            }
        }
        Ok(())
    }
}
