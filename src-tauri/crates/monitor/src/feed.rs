//! Feeds: one poll, and when the next one is due.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use wirewatch_intake::{Hint, Parsed, parse};
use wirewatch_library::FetchState;
use wirewatch_model::{Health, ParsedArticle, Problem, ProblemKind, Source, SourceState};

use crate::error::Result;
use crate::fetch::{Answer, FetchFailure, Fetched};
use crate::intake::Candidate;
use crate::{Event, Monitor, Tally};

/// How often a feed is asked if neither the user nor the feed says.
const EVERY: Duration = Duration::from_secs(30 * 60);

/// The first wait after a failure; it doubles with each further one.
const FIRST_BACKOFF: Duration = Duration::from_secs(5 * 60);

/// No feed is left alone for longer.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

impl Monitor {
    /// Polls a feed once and takes in what is new.
    pub(crate) async fn check_feed(&self, source: &Source) -> Result<Tally> {
        let mut tally = Tally::of(source);
        let known = self.library().fetch_state(source.id)?;
        match self.fetcher().get(&source.spec.location, &known, self.now()).await {
            Err(failure) => {
                tally.trouble(&source.spec.location, failure.message.clone());
                self.note_fetch_failure(source, failure)?;
            }
            Ok(Answer::Unchanged) => self.note_success(source, Some(next_wait(source, None)))?,
            Ok(Answer::Fetched(fetched)) => self.read_feed(source, fetched, &known, &mut tally).await?,
        }
        Ok(tally)
    }

    async fn read_feed(
        &self,
        source: &Source,
        fetched: Fetched,
        known: &FetchState,
        tally: &mut Tally,
    ) -> Result<()> {
        let Fetched { bytes, content_type, url, state } = fetched;
        let state = FetchState { body_hash: Some(body_hash(&bytes)), ..state };
        if known.body_hash == state.body_hash {
            self.library().set_fetch_state(source.id, &state)?;
            return self.note_success(source, Some(next_wait(source, None)));
        }
        // Parsing, matching and the database must not hold up the other feeds.
        let Parsed { mut articles, mut problems, feed, .. } = tokio::task::spawn_blocking(move || {
            parse(&bytes, &Hint { content_type: content_type.as_deref(), url: Some(&url), ..Hint::default() })
        })
        .await?;
        if feed.is_none() && problems.is_empty() {
            // Read well, but as a document.
            problems.push(Problem::new(
                ProblemKind::Unsupported,
                "this is not a feed but a page; look for its RSS address",
            ));
        }
        for problem in &problems {
            tally.trouble(&source.spec.location, problem.message.clone());
        }
        let facts = match (feed, problems.into_iter().next()) {
            (Some(facts), None) => facts,
            // Something is wrong with a part of it; the rest is news all the same.
            (Some(facts), Some(_)) if !articles.is_empty() => facts,
            (_, problem) => {
                let reason = problem.map(|problem| problem.message).unwrap_or_default();
                return self.note_failure(source, reason, Some(backoff(source.health.failures)));
            }
        };
        self.complete(source, &mut articles).await?;
        let (monitor, taken_from, mut taken) = (self.clone(), source.clone(), tally.clone());
        *tally = tokio::task::spawn_blocking(move || {
            monitor.take_in_items(&taken_from, articles, &mut taken).map(|()| taken)
        })
        .await??;
        // After the articles: a kill in between makes the server send them again, and they are known.
        self.library().set_fetch_state(source.id, &state)?;
        self.library().set_source_primed(source.id)?;
        self.note_success(source, Some(next_wait(source, facts.ttl)))
    }

    fn take_in_items(&self, source: &Source, articles: Vec<ParsedArticle>, tally: &mut Tally) -> Result<()> {
        let (primed, _) = self.library().source_primed(source.id)?;
        let news = primed || source.spec.alert_existing;
        let topics = self.topics();
        let arrivals = articles
            .into_iter()
            .map(|article| Candidate { article, file: None, news }.match_topics(self, &topics, source))
            .collect();
        self.take_in(source, arrivals, Vec::new(), tally)
    }

    /// Notes that a source answered as it should; `wait` until it is due again.
    pub(crate) fn note_success(&self, source: &Source, wait: Option<Duration>) -> Result<()> {
        let now = self.now();
        self.note(
            source,
            Health {
                last_checked: Some(now),
                last_success: Some(now),
                next_check: wait.map(|wait| after(now, wait)),
                failures: 0,
                state: SourceState::Ok,
                message: String::new(),
            },
        )
    }

    /// Notes that a source did not answer as it should.
    pub(crate) fn note_failure(
        &self,
        source: &Source,
        message: String,
        wait: Option<Duration>,
    ) -> Result<()> {
        let (now, failures) = (self.now(), source.health.failures.saturating_add(1));
        self.note(
            source,
            Health {
                last_checked: Some(now),
                last_success: source.health.last_success,
                next_check: wait.map(|wait| after(now, wait)),
                failures,
                state: SourceState::Failing,
                message,
            },
        )
    }

    fn note_fetch_failure(&self, source: &Source, failure: FetchFailure) -> Result<()> {
        if failure.gone {
            return self.note(
                source,
                Health {
                    last_checked: Some(self.now()),
                    next_check: None,
                    state: SourceState::Stopped,
                    message: failure.message,
                    ..source.health.clone()
                },
            );
        }
        let wait = failure.retry_after.unwrap_or_else(|| backoff(source.health.failures));
        self.note_failure(source, failure.message, Some(wait))
    }

    fn note(&self, source: &Source, health: Health) -> Result<()> {
        self.library().set_health(source.id, &health)?;
        self.tell(Event::Sources);
        Ok(())
    }
}

fn body_hash(bytes: &[u8]) -> [u8; 16] {
    let mut hash = [0; 16];
    blake3::Hasher::new().update(bytes).finalize_xof().fill(&mut hash);
    hash
}

/// The user's interval, else the longer of ours and the one that the feed asks for.
fn next_wait(source: &Source, ttl: Option<Duration>) -> Duration {
    source.spec.every.unwrap_or_else(|| EVERY.max(ttl.unwrap_or_default()).min(LONGEST_WAIT))
}

fn backoff(failures: u32) -> Duration {
    FIRST_BACKOFF.saturating_mul(1 << failures.min(10)).min(LONGEST_WAIT)
}

fn after(now: DateTime<Utc>, wait: Duration) -> DateTime<Utc> {
    now + TimeDelta::from_std(wait).unwrap_or(TimeDelta::days(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_end_at_a_day() {
        let minutes: Vec<u64> = (0..12).map(|failures| backoff(failures).as_secs() / 60).collect();
        assert_eq!(minutes, [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440, 1440]);
    }
}
