//! Planned digests: made when they are due, kept as they are, and sent until they are there.
//!
//! One row an edition, one row a destination. A mail that may have been delivered is never sent
//! again unasked; everything else is tried until the age limit.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use wirewatch_digest::{Mail, encode, test_mail, to_mail};
use wirewatch_library::{EditionContent, NewEdition};
use wirewatch_model::{
    Delivery, DeliveryState, Destination, DigestPlan, Edition, EditionId, Period, WhenEmpty,
};

use crate::compose::{DigestOrder, MadeDigest, PdfMaker, local_zone, make_pdf, slug, write_whole};
use crate::error::{MonitorError, Result};
use crate::post::{Letter, MailServer, Outcome, send};
use crate::schedule::{Due, Schedule};
use crate::{Event, Monitor, Secrets};

/// How often the wall clock is looked at. A look costs microseconds; nothing sleeps until a time.
const TICK: Duration = Duration::from_secs(5);

/// After a refusal or a broken line it is tried again after these, and then every hour.
const TRY_AGAIN: [TimeDelta; 4] =
    [TimeDelta::minutes(1), TimeDelta::minutes(5), TimeDelta::minutes(15), TimeDelta::hours(1)];

/// A mail that could not be handed over for so long is given up: yesterday's news.
const GIVE_UP: TimeDelta = TimeDelta::hours(24);

/// While a delivery is under way, nobody else takes it up for so long.
const LEASE: TimeDelta = TimeDelta::minutes(15);

/// As many editions are looked at to know what is due.
const REMEMBERED: u32 = 64;

/// The setting that holds the mail server.
const SERVER_KEY: &str = "mail-server";

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
    nudge: Arc<Notify>,
    task: Option<JoinHandle<()>>,
}

impl PressHandle {
    /// Looks now, for when a plan or a setting was changed. Returns at once.
    pub fn look_now(&self) {
        self.nudge.notify_one();
    }

    /// Stops, and waits until what was begun is written down. Calling it again is harmless.
    pub async fn stop(&mut self) {
        self.stop.cancel();
        if let Some(task) = self.task.take() {
            // A task that panicked has ended as well.
            let _ = task.await;
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
        let (stop, nudge) = (CancellationToken::new(), Arc::new(Notify::new()));
        let task = tokio::spawn(keep_publishing(self.clone(), press, stop.clone(), nudge.clone()));
        PressHandle { stop, nudge, task: Some(task) }
    }

    /// Saves a plan in place of the one of its name.
    ///
    /// # Errors
    /// In words, if it cannot be carried out: an unknown topic or zone, an address that is none.
    pub fn save_plan(&self, plan: &DigestPlan) -> Result<()> {
        if let Some(fault) = self.fault(plan)? {
            return Err(MonitorError::Plan { name: plan.name.clone(), fault });
        }
        self.library().save_plan(plan)?;
        self.tell(Event::Digests);
        Ok(())
    }

    /// Removes a plan; its editions stay.
    ///
    /// # Errors
    /// If there is none of this name.
    pub fn remove_plan(&self, name: &str) -> Result<()> {
        if !self.library().remove_plan(name)? {
            return Err(MonitorError::Missing { what: "digest", id: name.to_owned() });
        }
        self.tell(Event::Digests);
        Ok(())
    }

    /// When a plan's next edition comes out.
    pub fn next_edition(&self, plan: &DigestPlan) -> DateTime<Utc> {
        schedule(plan).next(self.now())
    }

    /// The mail server, if one is set.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn mail_server(&self) -> Result<Option<MailServer>> {
        let text = self.library().setting(SERVER_KEY)?.filter(|text| !text.is_empty());
        Ok(text.and_then(|text| toml::from_str(&text).ok()))
    }

    /// Sets the mail server, or forgets it; what was blocked is tried again.
    ///
    /// # Errors
    /// In words, if it cannot be used.
    pub fn set_mail_server(&self, server: Option<&MailServer>) -> Result<()> {
        let text = match server {
            None => String::new(),
            Some(server) => match server.fault() {
                Some(fault) => return Err(MonitorError::MailServer(fault)),
                None => {
                    toml::to_string(server).map_err(|error| MonitorError::MailServer(error.to_string()))?
                }
            },
        };
        self.library().set_setting(SERVER_KEY, &text)?;
        self.library().retry_blocked(self.now())?;
        self.tell(Event::Digests);
        Ok(())
    }

    /// Makes every edition that is due, and writes down the ones that were missed. Blocks.
    ///
    /// # Errors
    /// If the library cannot be read or written. An edition that cannot be made is logged, and
    /// tried again at the next look.
    pub fn make_due_editions(&self, press: &Press) -> Result<Vec<EditionId>> {
        let mut made = Vec::new();
        for plan in self.library().plans()? {
            match self.make_due_edition(&plan, press) {
                Ok(edition) => made.extend(edition),
                Err(error) => tracing::warn!(digest = plan.name, %error, "digest cannot be made"),
            }
        }
        if !made.is_empty() {
            self.tell(Event::Digests);
        }
        Ok(made)
    }

    fn make_due_edition(&self, plan: &DigestPlan, press: &Press) -> Result<Option<EditionId>> {
        let (library, now) = (self.library(), self.now());
        let schedule = schedule(plan);
        let editions = library.editions(Some(&plan.name), REMEMBERED)?;
        let (date, period, late, missed) = match schedule.due(plan.since, &editions, now) {
            Due::Nothing { .. } => return Ok(None),
            Due::Make { date, period, late, missed } => (Some(date), period, late, missed),
            Due::Skip { missed } => (None, Period { from: now, to: now }, true, missed),
        };
        for date in missed {
            let moment = schedule.moment(date);
            let period = Period { from: moment, to: moment };
            library.skip_edition(&NewEdition { digest: &plan.name, date, period, late: true }, now)?;
        }
        let Some(date) = date else { return Ok(None) };
        let Some(id) = library.claim_edition(&NewEdition { digest: &plan.name, date, period, late }, now)?
        else {
            return Ok(None);
        };
        match self.make_edition(plan, id, period, late, press) {
            Ok(kept) => Ok(kept.then_some(id)),
            Err(error) => {
                library.release_edition(id)?;
                Err(error)
            }
        }
    }

    fn make_edition(
        &self,
        plan: &DigestPlan,
        id: EditionId,
        period: Period,
        late: bool,
        press: &Press,
    ) -> Result<bool> {
        let mut order = DigestOrder::from(plan);
        (order.from, order.to) = (Some(period.from), Some(period.to));
        if late {
            order.name = Some(format!("{} (late)", plan.name));
        }
        let made = self.compose_digest(&order)?;
        let pdf = make_pdf(&made.digest, &press.maker)?;
        let mail = self.mail_of(plan, &made, &pdf)?;
        let quiet = made.digest.articles == 0 && plan.when_empty == WhenEmpty::Keep;
        let content = EditionContent {
            content: encode(&made.digest),
            pdf,
            mail,
            articles: u32::try_from(made.digest.articles).unwrap_or(u32::MAX),
        };
        let destinations = if quiet { Vec::new() } else { destinations(plan) };
        Ok(self.library().finish_edition(id, &content, &destinations, self.now())?)
    }

    fn mail_of(&self, plan: &DigestPlan, made: &MadeDigest, pdf: &[u8]) -> Result<Vec<u8>> {
        if plan.recipients.is_empty() {
            return Ok(Vec::new());
        }
        self.message(&plan.name, made, &plan.recipients, pdf)
    }

    /// The message of a digest; the same input gives the same bytes and the same Message-ID.
    fn message(&self, name: &str, made: &MadeDigest, to: &[String], pdf: &[u8]) -> Result<Vec<u8>> {
        let from = self.mail_server()?.map(|server| server.sender);
        let message_id = format!("{}.{}@wirewatch.app", slug(name), made.period.to.timestamp());
        let mail = Mail { from: from.as_deref(), to, pdf: Some(pdf), message_id: &message_id };
        Ok(to_mail(&made.digest, &mail)?)
    }

    /// Sends a digest at once, to each recipient by itself; what each server said, or why not.
    ///
    /// # Errors
    /// If the message cannot be made.
    pub async fn send_now(
        &self,
        made: &MadeDigest,
        recipients: &[String],
        press: &Press,
    ) -> Result<Vec<(String, std::result::Result<String, String>)>> {
        let (digest, maker) = (made.digest.clone(), press.maker.clone());
        let pdf = tokio::task::spawn_blocking(move || make_pdf(&digest, &maker)).await??;
        let message = self.message(&made.name, made, recipients, &pdf)?;
        let mut answers = Vec::new();
        for recipient in recipients {
            let outcome = self.mail_to(recipient, &message, press).await;
            answers.push((recipient.clone(), outcome.into_answer()));
        }
        Ok(answers)
    }

    /// Sends a short message, to see whether the mail server takes it; what it said, or why not.
    ///
    /// # Errors
    /// If the message cannot be made.
    pub async fn send_test(&self, to: &str, press: &Press) -> Result<std::result::Result<String, String>> {
        let from = self.mail_server()?.map(|server| server.sender);
        let message_id = format!("test.{}@wirewatch.app", self.now().timestamp_millis());
        let recipients = [to.to_owned()];
        let mail = Mail { from: from.as_deref(), to: &recipients, pdf: None, message_id: &message_id };
        let message = test_mail(self.now(), &mail)?;
        Ok(self.mail_to(to, &message, press).await.into_answer())
    }

    /// Tries every delivery whose time has come. Returns how many were tried.
    ///
    /// # Errors
    /// If the library cannot be read or written; what the other side says is written down.
    pub async fn send_due(&self, press: &Press) -> Result<usize> {
        self.library().recover_deliveries(self.now())?;
        let due = self.library().due_deliveries(self.now())?;
        for delivery in &due {
            self.try_delivery(delivery, press).await?;
        }
        if !due.is_empty() {
            self.tell(Event::Digests);
        }
        Ok(due.len())
    }

    async fn try_delivery(&self, waiting: &Delivery, press: &Press) -> Result<()> {
        let library = self.library();
        let sending = Delivery {
            state: DeliveryState::Sending,
            tries: waiting.tries + 1,
            next_try: Some(self.now() + LEASE),
            ..waiting.clone()
        };
        // Written before the first word: after a crash it is known that something was under way.
        if !library.advance_delivery(DeliveryState::Waiting, &sending)? {
            return Ok(());
        }
        let edition = library.edition(waiting.edition)?;
        let content = library.edition_content(waiting.edition)?;
        let outcome = match (&edition, &content) {
            (Some(edition), Some(content)) => self.hand_over(edition, content, waiting, press).await,
            _ => Outcome::Failed("the edition is not in the library any more".to_owned()),
        };
        let made_at = edition.map_or(self.now(), |edition| edition.at);
        library.advance_delivery(DeliveryState::Sending, &settled(sending, outcome, made_at, self.now()))?;
        Ok(())
    }

    async fn hand_over(
        &self,
        edition: &Edition,
        content: &EditionContent,
        delivery: &Delivery,
        press: &Press,
    ) -> Outcome {
        match &delivery.destination {
            Destination::Folder(folder) => file(folder, edition, &content.pdf),
            Destination::Mail(recipient) => self.mail_to(recipient, &content.mail, press).await,
        }
    }

    async fn mail_to(&self, recipient: &str, message: &[u8], press: &Press) -> Outcome {
        let server = match self.mail_server() {
            Ok(Some(server)) => server,
            Ok(None) => return Outcome::Blocked("no mail server is set; set one to send digests".to_owned()),
            Err(error) => return Outcome::Retry(error.to_string()),
        };
        let password = match password(&server, press.secrets.clone()).await {
            Ok(password) => password,
            Err(outcome) => return outcome,
        };
        send(&server, password.as_deref(), Letter { recipient, message }).await
    }

    fn fault(&self, plan: &DigestPlan) -> Result<Option<String>> {
        if plan.name.trim().is_empty() {
            return Ok(Some("it needs a name".to_owned()));
        }
        if let Some(zone) = plan.zone.as_ref().filter(|zone| zone.parse::<Tz>().is_err()) {
            return Ok(Some(format!("{zone:?} is no time zone; write one such as Europe/Berlin")));
        }
        let wrong = |address: &&String| address.parse::<lettre::message::Mailbox>().is_err();
        if let Some(address) = plan.recipients.iter().find(wrong) {
            return Ok(Some(format!("{address:?} is no mail address")));
        }
        let known = self.library().topics()?;
        let unknown = plan.topics.iter().find(|id| known.iter().all(|topic| topic.id != **id));
        Ok(unknown.map(|id| format!("there is no topic {id}")))
    }
}

async fn keep_publishing(monitor: Monitor, press: Press, stop: CancellationToken, nudge: Arc<Notify>) {
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = nudge.notified() => {}
            _ = tick.tick() => {}
        }
        let (maker, at) = (press.clone(), monitor.clone());
        let made = tokio::task::spawn_blocking(move || at.make_due_editions(&maker)).await;
        if let Ok(Err(error)) = made {
            tracing::warn!(%error, "digests cannot be looked at");
        }
        // A message that is under way is not abandoned half-way: its outcome is written down.
        if let Err(error) = monitor.send_due(&press).await {
            tracing::warn!(%error, "digests cannot be sent");
        }
    }
}

async fn password(
    server: &MailServer,
    secrets: Arc<dyn Secrets>,
) -> std::result::Result<Option<String>, Outcome> {
    let Some(account) = server.account() else { return Ok(None) };
    // It may ask the user to unlock the keyring, and wait.
    match tokio::task::spawn_blocking(move || secrets.password(&account)).await {
        Ok(Ok(Some(password))) => Ok(Some(password)),
        Ok(Ok(None)) => Err(Outcome::Blocked("the password of the mail server is needed".to_owned())),
        Ok(Err(words)) => Err(Outcome::Blocked(words)),
        Err(error) => Err(Outcome::Retry(error.to_string())),
    }
}

/// The delivery after a try.
fn settled(tried: Delivery, outcome: Outcome, made_at: DateTime<Utc>, now: DateTime<Utc>) -> Delivery {
    let wait = TRY_AGAIN.get(tried.tries.saturating_sub(1) as usize).copied();
    let again = now + wait.unwrap_or(TimeDelta::hours(1));
    let (state, next_try, message) = match outcome {
        Outcome::Done(words) => (DeliveryState::Done, None, words),
        Outcome::Blocked(words) => (DeliveryState::Blocked, None, words),
        Outcome::Failed(words) => (DeliveryState::Failed, None, words),
        Outcome::Uncertain(words) => {
            (DeliveryState::Uncertain, None, format!("{words}; it may have been delivered"))
        }
        Outcome::Retry(words) if again - made_at > GIVE_UP => {
            (DeliveryState::Failed, None, format!("given up after a day: {words}"))
        }
        Outcome::Retry(words) => (DeliveryState::Waiting, Some(again), words),
    };
    Delivery { state, next_try, message, ..tried }
}

/// Writes the PDF; the same name at every try, so that a repeat replaces rather than doubles.
fn file(folder: &Path, edition: &Edition, pdf: &[u8]) -> Outcome {
    let name: String = edition
        .digest
        .chars()
        .map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '-' } else { c })
        .collect();
    let path = folder.join(format!("{name} {}.pdf", edition.date));
    match std::fs::create_dir_all(folder)
        .map_err(|error| error.to_string())
        .and_then(|()| write_whole(&path, pdf).map_err(|error| error.to_string()))
    {
        Ok(()) => Outcome::Done(path.display().to_string()),
        Err(words) => Outcome::Retry(words),
    }
}

fn destinations(plan: &DigestPlan) -> Vec<Destination> {
    let mut addresses = plan.recipients.clone();
    addresses.sort();
    addresses.dedup();
    let mails = addresses.into_iter().map(Destination::Mail);
    mails.chain(plan.folder.clone().map(Destination::Folder)).collect()
}

fn zone(plan: &DigestPlan) -> Tz {
    plan.zone.as_deref().and_then(|zone| zone.parse().ok()).unwrap_or_else(local_zone)
}

fn schedule(plan: &DigestPlan) -> Schedule {
    Schedule { days: plan.days, at: plan.at, zone: zone(plan) }
}
