//! How sources fare, in plain words.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;
use wirewatch_model::{Health, Source, SourceKind, SourceState};

use crate::error::Result;
use crate::hosts::host_of;
use crate::refusal::{FetchFailure, Reach};
use crate::rhythm::{self, RHYTHM_ARTICLES};
use crate::{Event, Monitor};

impl Monitor {
    /// Every source; one that answers well and is unusually quiet says so.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn sources(&self) -> Result<Vec<Source>> {
        let mut sources = self.library().sources()?;
        for source in &mut sources {
            self.mention_silence(source)?;
        }
        Ok(sources)
    }

    /// Lets a source that answers well and is unusually quiet say so.
    pub(crate) fn mention_silence(&self, source: &mut Source) -> Result<()> {
        if source.health.state == SourceState::Ok && source.health.message.is_empty() {
            source.health.message = self.silence(source)?.unwrap_or_default();
        }
        Ok(())
    }

    fn silence(&self, source: &Source) -> Result<Option<String>> {
        // Asked for every source whenever the window looks, so what is cheap comes first.
        let newest = self.library().last_arrival(source.id)?;
        if newest.is_none_or(|newest| self.now() - newest < rhythm::SHORTEST_SILENCE) {
            return Ok(None);
        }
        let times = self.library().recent_times(source.id, RHYTHM_ARTICLES)?;
        Ok(rhythm::unusual_silence(&times, self.now()).map(|(silence, usual)| {
            let (silence, usual) = (rhythm::in_words(silence), rhythm::in_words(usual));
            format!(
                "it answers, but has brought nothing for {silence}; usually something comes every {usual}"
            )
        }))
    }

    /// Notes that a source answered as it should; `wait` until it is due again.
    pub(crate) fn note_success(&self, source: &Source, wait: Option<Duration>) -> Result<()> {
        self.note_success_but(source, wait, String::new())
    }

    /// Notes that a source answered as it should, with something that the user should know all the same.
    pub(crate) fn note_success_but(
        &self,
        source: &Source,
        wait: Option<Duration>,
        message: String,
    ) -> Result<()> {
        let now = self.now();
        self.note(
            source,
            Health {
                last_checked: Some(now),
                last_success: Some(now),
                next_check: wait.map(|wait| after(now, wait)),
                failures: 0,
                state: SourceState::Ok,
                message,
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

    pub(crate) fn note_fetch_failure(&self, source: &Source, failure: FetchFailure) -> Result<()> {
        let now = self.now();
        let wait = wait_after(&failure, self.backoff(source));
        match failure.reach {
            Reach::Once => self.note_failure(source, failure.message, Some(wait)),
            Reach::Unreached => {
                self.note_failure(source, failure.message, Some(wait.min(rhythm::LONGEST_UNREACHED)))
            }
            Reach::Gone => {
                let state = SourceState::Stopped;
                let (last_checked, next_check) = (Some(now), None);
                let message = failure.message;
                self.note(
                    source,
                    Health { last_checked, next_check, state, message, ..source.health.clone() },
                )
            }
            Reach::Unasked => self.hold(source, failure.message, after(now, wait)),
            Reach::Host => {
                // The others wait as long as the host asked, whatever this one's failures cost it.
                let asked = failure.retry_after.unwrap_or(wait);
                let refused = failure.host.or_else(|| host(source));
                self.hold_host(source, refused, after(now, asked))?;
                self.note_failure(source, failure.message, Some(wait))
            }
        }
    }

    fn backoff(&self, source: &Source) -> Duration {
        rhythm::backoff(source.health.failures, (source.id, self.now()))
    }

    /// Every other source of the host that refused waits as well.
    fn hold_host(&self, asked: &Source, refused: Option<String>, until: DateTime<Utc>) -> Result<()> {
        let Some(refused) = refused else { return Ok(()) };
        for source in self.library().sources()? {
            let waits = source.health.next_check.is_some_and(|next| next >= until);
            let open = source.health.state.is_watched() && !waits;
            if open && source.id != asked.id && host(&source).as_ref() == Some(&refused) {
                let message = format!("its host asked for fewer requests when {} was asked", asked.spec.name);
                self.hold(&source, message, until)?;
            }
        }
        Ok(())
    }

    /// It is no failure of the source that it is not asked.
    fn hold(&self, source: &Source, message: String, until: DateTime<Utc>) -> Result<()> {
        let (next_check, state) = (Some(until), SourceState::Failing);
        self.note(source, Health { next_check, state, message, ..source.health.clone() })
    }

    fn note(&self, source: &Source, health: Health) -> Result<()> {
        self.library().set_health(source.id, &health)?;
        self.tell(Event::Sources);
        Ok(())
    }
}

fn host(source: &Source) -> Option<String> {
    if source.spec.kind == SourceKind::Folder {
        return None;
    }
    Url::parse(&source.spec.location).ok().map(|url| host_of(&url))
}

/// A server may ask for more patience than usual, not for less. Of a source that was not asked nothing
/// is known, so it waits no longer than its host.
fn wait_after(failure: &FetchFailure, backoff: Duration) -> Duration {
    match failure.reach {
        Reach::Unasked => failure.retry_after.unwrap_or(backoff),
        _ => failure.retry_after.unwrap_or_default().max(backoff),
    }
}

fn after(now: DateTime<Utc>, wait: Duration) -> DateTime<Utc> {
    now + TimeDelta::from_std(wait).unwrap_or(TimeDelta::days(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_can_lengthen_a_wait_and_not_shorten_it() {
        let backoff = Duration::from_secs(300);
        for (said, reach, want) in [
            (None, Reach::Once, 300),
            (Some(0), Reach::Once, 300),
            (Some(1), Reach::Host, 300),
            (Some(3600), Reach::Host, 3600),
            (Some(60), Reach::Unasked, 60),
        ] {
            let retry_after = said.map(Duration::from_secs);
            let failure = FetchFailure { retry_after, reach, ..FetchFailure::default() };
            assert_eq!(wait_after(&failure, backoff), Duration::from_secs(want), "{said:?} {reach:?}");
        }
    }
}
