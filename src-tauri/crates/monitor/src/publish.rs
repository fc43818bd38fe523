//! Planned digests are made when they are due, and kept as they are.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use wirewatch_digest::encode;
use wirewatch_library::{EditionContent, MadeEdition, NewEdition};
use wirewatch_model::{DigestPlan, EditionId, Period, WhenEmpty};

use crate::catching_up::CatchingUp;
use crate::compose::DigestOrder;
use crate::error::Result;
use crate::plans::schedule_of;
use crate::schedule::{Due, Making};
use crate::{Event, Monitor, PdfMaker, Secrets};

/// How often the wall clock is looked at; nothing sleeps until a time.
const TICK: Duration = Duration::from_secs(5);

/// As many editions are looked at to know what is due.
const REMEMBERED: u32 = 64;

/// Longest that stopping waits for a mail under way. A mail that takes longer counts as one that
/// may have been delivered.
const LONGEST_GOODBYE: Duration = Duration::from_secs(10);

/// What is needed to make and send digests.
#[derive(Clone)]
pub struct Press {
    /// How a PDF is made.
    pub maker: PdfMaker,
    /// Where passwords are.
    pub secrets: Arc<dyn Secrets>,
}

/// Keeps the digests coming; dropping it stops that.
pub struct PressHandle {
    stop: CancellationToken,
    task: Option<JoinHandle<()>>,
}

impl PressHandle {
    /// Stops, and waits for what was begun, but not for ever. Calling it again is harmless.
    pub async fn stop(&mut self) {
        self.stop.cancel();
        let Some(task) = self.task.take() else { return };
        if tokio::time::timeout(LONGEST_GOODBYE, task).await.is_err() {
            tracing::warn!("a digest was not done in time");
        }
    }
}

impl Drop for PressHandle {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Monitor {
    /// Makes digests when they are due and sends them, until the handle is stopped.
    pub fn publish(&self, press: Press) -> PressHandle {
        let stop = CancellationToken::new();
        let (making, sending) = (self.clone(), self.clone());
        let (maker, halt) = (press.clone(), stop.clone());
        // Two loops: a mail server that does not answer must not make another digest late.
        let task = async move {
            tokio::join!(keep_making(making, maker, halt.clone()), keep_sending(sending, press, halt));
        };
        PressHandle { stop, task: Some(tokio::spawn(task)) }
    }

    /// Makes every edition that is due, and writes down the ones that were missed. Blocks.
    ///
    /// # Errors
    /// If the plans cannot be read. Why an edition cannot be made is written down with its plan, and it
    /// is tried again when its claim has run out.
    pub fn make_due_editions(&self, press: &Press) -> Result<Vec<EditionId>> {
        let mut made = Vec::new();
        for plan in self.library().plans()? {
            match self.make_due_edition(&plan, press) {
                Ok(edition) => made.extend(edition),
                Err(error) => {
                    tracing::warn!(digest = plan.name, %error, "digest cannot be made");
                    self.library().set_plan_trouble(&plan.name, &error.to_string())?;
                    self.tell(Event::Digests);
                }
            }
        }
        if !made.is_empty() {
            self.tell(Event::Digests);
        }
        Ok(made)
    }

    fn make_due_edition(&self, plan: &DigestPlan, press: &Press) -> Result<Option<EditionId>> {
        match self.due(plan)? {
            Due::Nothing => Ok(None),
            Due::Skip { missed } => self.skip(plan, &missed).map(|()| None),
            Due::Make(Making { date, period, late, missed, .. }) => {
                self.skip(plan, &missed)?;
                let new = NewEdition { digest: &plan.name, date, period, late };
                let Some(id) = self.library().claim_edition(&new, self.now())? else { return Ok(None) };
                Ok(self.make_edition(plan, id, &new, press)?.then_some(id))
            }
        }
    }

    /// What is to be done now about a plan.
    pub(crate) fn due(&self, plan: &DigestPlan) -> Result<Due> {
        let editions = self.library().planned_editions(&plan.name, REMEMBERED)?;
        Ok(schedule_of(plan).due(plan.since, &editions, self.now()))
    }

    fn skip(&self, plan: &DigestPlan, missed: &[NaiveDate]) -> Result<()> {
        for date in missed {
            let moment = schedule_of(plan).moment(*date);
            let period = Period { from: moment, to: moment };
            let new = NewEdition { digest: &plan.name, date: *date, period, late: true };
            self.library().skip_edition(&new, self.now())?;
        }
        Ok(())
    }

    fn make_edition(
        &self,
        plan: &DigestPlan,
        id: EditionId,
        new: &NewEdition<'_>,
        press: &Press,
    ) -> Result<bool> {
        let order = DigestOrder {
            from: Some(new.period.from),
            to: Some(new.period.to),
            title: new.late.then(|| format!("{} (late)", plan.name)),
            curation: self.library().curation(&plan.name)?,
            ..DigestOrder::from(plan)
        };
        let made = self.compose_digest(&order)?;
        let quiet = made.digest.is_empty() && plan.when_empty == WhenEmpty::Keep;
        let content = EditionContent {
            content: encode(&made.digest),
            pdf: made.pdf(&press.maker)?.to_vec(),
            mail: None,
            articles: u32::try_from(made.digest.articles).unwrap_or(u32::MAX),
        };
        let destinations = if quiet { Vec::new() } else { plan.destinations() };
        let now = self.now();
        let edition =
            MadeEdition { content: &content, destinations: &destinations, used: &made.used, first_try: now };
        Ok(self.library().finish_edition(id, &edition, now)?)
    }
}

async fn keep_making(monitor: Monitor, press: Press, stop: CancellationToken) {
    let mut catching_up = CatchingUp::default();
    while next_look(&stop).await {
        match catching_up.look(&monitor) {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "it is not known whether digests were missed"),
        }
        let (monitor, press) = (monitor.clone(), press.clone());
        let made = tokio::task::spawn_blocking(move || monitor.make_due_editions(&press)).await;
        if let Ok(Err(error)) = made {
            tracing::warn!(%error, "digests cannot be looked at");
        }
    }
}

async fn keep_sending(monitor: Monitor, press: Press, stop: CancellationToken) {
    // A new start may have what the last one lacked: a keyring that is unlocked, a password.
    if let Err(error) = monitor.library().retry_blocked(monitor.now()) {
        tracing::warn!(%error, "digests that wait cannot be looked at");
    }
    while next_look(&stop).await {
        if let Err(error) = monitor.send_due(&press, &stop).await {
            tracing::warn!(%error, "digests cannot be sent");
        }
    }
}

/// Waits for the next look at the clock; false if there is none.
async fn next_look(stop: &CancellationToken) -> bool {
    tokio::select! {
        () = stop.cancelled() => false,
        () = tokio::time::sleep(TICK) => true,
    }
}
