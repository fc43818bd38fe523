//! One poll of a feed, a sitemap or a page: ask, read, take in, plan the next.

use std::time::Duration;

use wirewatch_intake::EntryMark;
use wirewatch_library::FetchState;
use wirewatch_model::{ParsedArticle, Published, Source};

use crate::access::holds_credentials;
use crate::alerting::Rerun;
use crate::error::Result;
use crate::fetch::{Access, Answer, Fetched, Question, Route};
use crate::filing::content_hash;
use crate::gather::{Gathered, Harvest};
use crate::hop::Trust;
use crate::hosts::{Errand, is_same_server};
use crate::intake::Candidate;
use crate::refusal::{FetchFailure, Reach, is_page_of_another_host};
use crate::rhythm::{self, RHYTHM_ARTICLES, Wishes};
use crate::{Event, Monitor, Tally};

/// A source that says so many times in a row that it moved for good, and answers well there, has moved.
const SIGHTINGS_OF_A_MOVE: u32 = 3;

/// With what a source was asked.
struct Asked<'a> {
    known: &'a FetchState,
    access: &'a Access,
}

impl Monitor {
    /// Polls a source on the web once and takes in what is new.
    pub(crate) async fn check_feed(&self, source: &Source) -> Result<Tally> {
        let mut tally = Tally::of(source);
        let known = self.library().fetch_state(source.id)?;
        let access = match self.access(source).await? {
            Ok(access) => access,
            Err(reason) => {
                tally.trouble(&source.spec.location, reason.clone());
                // A keyring that is locked is unlocked within the hour; the source had no part in it.
                let failure = FetchFailure { reach: Reach::Unreached, ..FetchFailure::new(reason) };
                self.note_fetch_failure(source, failure)?;
                return Ok(tally);
            }
        };
        match self.ask_source(&source.spec.location, &known, &access, Trust::Inside).await {
            Err(failure) => {
                tally.trouble(&source.spec.location, failure.message.clone());
                self.note_fetch_failure(source, failure)?;
            }
            Ok(Answer::Unchanged(route)) => self.note_answer(source, &route, known.ttl)?,
            Ok(Answer::Fetched(fetched)) => {
                let asked = Asked { known: &known, access: &access };
                self.read_answer(source, fetched, asked, &mut tally).await?;
            }
        }
        Ok(tally)
    }

    /// `trust` says who chose the address: the user, or a page that may be anybody's.
    pub(crate) async fn ask_source(
        &self,
        url: &str,
        known: &FetchState,
        access: &Access,
        trust: Trust,
    ) -> std::result::Result<Answer, FetchFailure> {
        let (errand, line) = (Errand::Source, access.line.as_ref());
        let question = Question { url, known, errand, trust, access: Some(access), line };
        self.fetcher().get(question, self.now()).await
    }

    async fn read_answer(
        &self,
        source: &Source,
        fetched: Fetched,
        asked: Asked<'_>,
        tally: &mut Tally,
    ) -> Result<()> {
        let known = asked.known;
        let route = fetched.route.clone();
        let mut state = FetchState { body_hash: Some(content_hash(&fetched.bytes)), ..fetched.state.clone() };
        if known.body_hash == state.body_hash {
            state.entries.clone_from(&known.entries);
            state.ttl = known.ttl;
            self.library().set_fetch_state(source.id, &state)?;
            return self.note_answer(source, &route, known.ttl);
        }
        let not_from_there = is_page_of_another_host(&source.spec.location, &fetched.url, &fetched.bytes);
        let seen = known.entries.iter().copied().map(EntryMark).collect();
        let problems = match self.gather(source, fetched, seen, asked.access).await? {
            Gathered::Nothing(reason) => {
                tally.trouble(&source.spec.location, reason.clone());
                let reach = if not_from_there { Reach::Unreached } else { Reach::Once };
                return self.note_fetch_failure(source, FetchFailure { reach, ..FetchFailure::new(reason) });
            }
            Gathered::Articles(Harvest { mut articles, problems, ttl, has_parts, entries, known }) => {
                state.entries = entries.into_iter().map(|mark| mark.0).collect();
                state.ttl = ttl;
                tally.known += known;
                let left =
                    self.complete(source, (route.trust, asked.access.line.as_ref()), &mut articles).await?;
                if has_parts || left > 0 {
                    // The parts change where the whole does not; and what is left is to be read again.
                    state = FetchState { ttl, ..FetchState::default() };
                }
                self.take_in_items(source, articles, tally).await?;
                // After the articles: a kill in between makes the server send them again, and they are known.
                self.library().set_fetch_state(source.id, &state)?;
                self.library().set_source_primed(source.id)?;
                self.library().set_source_problems(source.id, &problems)?;
                self.note_answer(source, &route, ttl)?;
                problems
            }
        };
        for (place, problem) in problems {
            tally.trouble(&place, problem);
        }
        Ok(())
    }

    async fn take_in_items(
        &self,
        source: &Source,
        articles: Vec<ParsedArticle>,
        tally: &mut Tally,
    ) -> Result<()> {
        let (monitor, source, mut taken) = (self.clone(), source.clone(), tally.clone());
        // Matching and the database must not hold up the other sources.
        *tally = tokio::task::spawn_blocking(move || {
            monitor.match_and_take_in(&source, articles, &mut taken).map(|()| taken)
        })
        .await??;
        Ok(())
    }

    fn match_and_take_in(
        &self,
        source: &Source,
        articles: Vec<ParsedArticle>,
        tally: &mut Tally,
    ) -> Result<()> {
        let (primed, _) = self.library().source_primed(source.id)?;
        let news = primed || source.spec.alert_existing;
        let rerun = self.rerun(source, &articles, tally.known)?;
        let topics = self.topics();
        let arrivals = articles
            .into_iter()
            .map(|article| {
                let news = news && rerun.is_news(article.published.map(Published::moment));
                Candidate { article, file: None, news }.match_topics(self, &topics, source)
            })
            .collect();
        self.take_in(source, arrivals, Vec::new(), tally)
    }

    /// `passed` are the entries that were known at a glance.
    fn rerun(&self, source: &Source, articles: &[ParsedArticle], passed: u32) -> Result<Rerun> {
        let passed = passed as usize;
        let mut known = passed;
        for article in articles {
            known += usize::from(self.library().knows(source.id, article)?);
        }
        Ok(Rerun::of(articles.len() + passed, known, source.health.last_success))
    }

    /// A good answer: where it came from, and when the next one is due.
    fn note_answer(&self, source: &Source, route: &Route, ttl: Option<Duration>) -> Result<()> {
        let stays = self.note_move(source, route)?;
        let times = self.library().recent_times(source.id, RHYTHM_ARTICLES)?;
        let wishes = Wishes { user: source.spec.every, ttl, fresh_for: route.fresh_for };
        let wait = rhythm::next_wait(wishes, &times, (source.id, self.now()));
        self.note_success_but(source, Some(wait), stays.unwrap_or_default())
    }

    /// Gives a source that moved for good its new address; if it stays all the same, why.
    fn note_move(&self, source: &Source, route: &Route) -> Result<Option<String>> {
        let seen = self.library().note_source_move(source.id, route.moved_to.as_deref())?;
        let Some(to) = route.moved_to.as_ref().filter(|_| seen >= SIGHTINGS_OF_A_MOVE) else {
            return Ok(None);
        };
        let options = self.library().source_options(source.id)?;
        // What was given for one server would be shown to the other from then on.
        if holds_credentials(&options) && !is_same_server(&source.spec.location, to) {
            return Ok(Some(format!(
                "it says that it moved for good to {to}, another server, which is not shown the name and the \
                 headers of this one; add that address with them and remove this source"
            )));
        }
        if self.library().relocate_source(source.id, to)? {
            tracing::info!(source = source.id.0, from = source.spec.location, to, "source moved for good");
            self.tell(Event::Sources);
        }
        Ok(None)
    }
}
