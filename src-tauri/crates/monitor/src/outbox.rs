//! Editions on their way: one row a destination, tried until it is there.
//!
//! A mail that may have been delivered is never sent again unasked; everything else is tried for
//! about a day.

use std::path::Path;

use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;
use wirewatch_digest::{decode, file_name, to_html, to_markdown};
use wirewatch_library::EditionContent;
use wirewatch_model::{Delivery, DeliveryState, Destination, Edition, EditionId};

use crate::error::{MonitorError, Result};
use crate::post::{Counter, Letter, Outcome};
use crate::whole::write_bytes;
use crate::{Event, Monitor, Press};

/// After a refusal or a broken line it is tried again after these, and then every hour.
const TRY_AGAIN: [TimeDelta; 4] =
    [TimeDelta::minutes(1), TimeDelta::minutes(5), TimeDelta::minutes(15), TimeDelta::hours(1)];

/// The tries of about a day; after them it is yesterday's news.
const MOST_TRIES: u32 = 27;

/// While a delivery is under way, nobody else takes it up for so long. Longer than a try can take.
pub(crate) const LEASE: TimeDelta = TimeDelta::minutes(15);

/// What a try needs, found before the first word is said.
enum Ready {
    Mail { counter: Counter, message: Vec<u8> },
    File { edition: Edition, pdf: Vec<u8> },
}

impl Monitor {
    /// Tries every delivery whose time has come, until told to stop. Returns how many were tried.
    ///
    /// # Errors
    /// If the library cannot be read or written; what the other side says is written down.
    pub async fn send_due(&self, press: &Press, stop: &CancellationToken) -> Result<usize> {
        self.library().recover_deliveries(self.now())?;
        let mut tried = 0;
        for delivery in &self.library().due_deliveries(self.now())? {
            if stop.is_cancelled() {
                break;
            }
            self.try_delivery(delivery, press).await?;
            tried += 1;
        }
        if tried > 0 {
            self.tell(Event::Digests);
        }
        Ok(tried)
    }

    /// Sends again what failed, was blocked or may not have arrived of an edition; how many that is.
    ///
    /// # Errors
    /// If the library cannot be read or written.
    pub fn resend(&self, edition: EditionId) -> Result<u32> {
        let over = [DeliveryState::Blocked, DeliveryState::Failed, DeliveryState::Uncertain];
        self.send_again(edition, |delivery| over.contains(&delivery.state))
    }

    /// Sends an edition to one destination again, or now, if it is not there or under way; whether it
    /// is sent.
    ///
    /// # Errors
    /// If the library cannot be read or written.
    pub fn resend_to(&self, edition: EditionId, destination: &Destination) -> Result<bool> {
        let over = [DeliveryState::Done, DeliveryState::Sending];
        let again = self.send_again(edition, |delivery| {
            delivery.destination == *destination && !over.contains(&delivery.state)
        })?;
        Ok(again > 0)
    }

    fn send_again(&self, edition: EditionId, is_meant: impl Fn(&Delivery) -> bool) -> Result<u32> {
        let mut again = 0;
        for stuck in self.library().deliveries(edition)?.iter().filter(|delivery| is_meant(delivery)) {
            let waiting = Delivery {
                state: DeliveryState::Waiting,
                tries: 0,
                next_try: Some(self.now()),
                message: String::new(),
                ..stuck.clone()
            };
            again += u32::from(self.library().advance_delivery(stuck.state, &waiting)?);
        }
        self.tell(Event::Digests);
        Ok(again)
    }

    pub(crate) async fn try_delivery(&self, waiting: &Delivery, press: &Press) -> Result<()> {
        let trying = Delivery { tries: waiting.tries + 1, ..waiting.clone() };
        let ready = match self.prepare(waiting, press).await? {
            Ok(ready) => ready,
            Err(outcome) => {
                let settled = self.settled(trying, outcome);
                self.library().advance_delivery(DeliveryState::Waiting, &settled)?;
                return Ok(());
            }
        };
        // Written before the first word: after a crash it is known that something was under way.
        let sending =
            Delivery { state: DeliveryState::Sending, next_try: Some(self.now() + LEASE), ..trying };
        if !self.library().advance_delivery(DeliveryState::Waiting, &sending)? {
            return Ok(());
        }
        let outcome = hand_over(ready, &waiting.destination).await;
        let settled = self.settled(sending, outcome);
        self.library().advance_delivery(DeliveryState::Sending, &settled)?;
        Ok(())
    }

    async fn prepare(
        &self,
        delivery: &Delivery,
        press: &Press,
    ) -> Result<std::result::Result<Ready, Outcome>> {
        let library = self.library();
        let gone = || Outcome::Failed("the edition is not in the library any more".to_owned());
        let Some(edition) = library.edition(delivery.edition)? else { return Ok(Err(gone())) };
        let Some(content) = library.edition_content(edition.id)? else { return Ok(Err(gone())) };
        match delivery.destination {
            Destination::Folder(_) => Ok(Ok(Ready::File { edition, pdf: content.pdf })),
            Destination::Mail(_) => match self.counter(press).await {
                Ok(counter) => match self.frozen_message(edition.id, content, &counter) {
                    Ok(message) => Ok(Ok(Ready::Mail { counter, message })),
                    Err(error @ MonitorError::Library(_)) => Err(error),
                    // It would be no better the next time, and holds up nothing else.
                    Err(error) => Ok(Err(Outcome::Failed(error.to_string()))),
                },
                Err(outcome) => Ok(Err(outcome)),
            },
        }
    }

    /// The message of an edition: made for the first try, and the same bytes at every later one.
    fn frozen_message(&self, id: EditionId, content: EditionContent, counter: &Counter) -> Result<Vec<u8>> {
        if let Some(message) = content.mail {
            return Ok(message);
        }
        let recipients = self.recipients(id)?;
        let digest = decode(&content.content)?;
        let message = counter.message(&digest, &recipients, &content.pdf, &self.templates()?)?;
        Ok(self.library().freeze_mail(id, &message)?)
    }

    /// An edition as a web page.
    ///
    /// # Errors
    /// If there is no such edition, or it was not made.
    pub fn edition_html(&self, id: EditionId) -> Result<String> {
        Ok(to_html(&decode(&self.edition_content(id)?.content)?, &self.templates()?)?)
    }

    /// An edition in Markdown.
    ///
    /// # Errors
    /// If there is no such edition, or it was not made.
    pub fn edition_markdown(&self, id: EditionId) -> Result<String> {
        Ok(to_markdown(&decode(&self.edition_content(id)?.content)?, &self.templates()?)?)
    }

    /// The PDF of an edition, byte for byte.
    ///
    /// # Errors
    /// If there is no such edition, or it was not made.
    pub fn edition_pdf(&self, id: EditionId) -> Result<Vec<u8>> {
        Ok(self.edition_content(id)?.pdf)
    }

    /// The message of an edition as it was sent; a draft, if nothing was sent yet.
    ///
    /// # Errors
    /// If there is no such edition, or the message cannot be made.
    pub fn edition_message(&self, id: EditionId) -> Result<Vec<u8>> {
        let content = self.edition_content(id)?;
        match content.mail {
            Some(message) => Ok(message),
            None => {
                let digest = decode(&content.content)?;
                crate::post::draft(&digest, &self.recipients(id)?, &content.pdf, &self.templates()?)
            }
        }
    }

    fn edition_content(&self, id: EditionId) -> Result<EditionContent> {
        let missing = || MonitorError::Missing { what: "edition", id: id.0.to_string() };
        self.library().edition_content(id)?.ok_or_else(missing)
    }

    fn recipients(&self, id: EditionId) -> Result<Vec<String>> {
        let deliveries = self.library().deliveries(id)?;
        let mails = deliveries.into_iter().filter_map(|delivery| match delivery.destination {
            Destination::Mail(address) => Some(address),
            Destination::Folder(_) => None,
        });
        Ok(mails.collect())
    }

    /// The delivery after a try.
    fn settled(&self, tried: Delivery, outcome: Outcome) -> Delivery {
        let wait = TRY_AGAIN.get(tried.tries.saturating_sub(1) as usize).copied();
        let (state, next_try, message) = match outcome {
            Outcome::Done(words) => (DeliveryState::Done, None, words),
            Outcome::Blocked(words) => (DeliveryState::Blocked, None, words),
            Outcome::Failed(words) => (DeliveryState::Failed, None, words),
            Outcome::Uncertain(words) => {
                (DeliveryState::Uncertain, None, format!("{words}; it may have been delivered"))
            }
            Outcome::Retry(words) if tried.tries >= MOST_TRIES => {
                (DeliveryState::Failed, None, format!("given up after a day: {words}"))
            }
            Outcome::Retry(words) => {
                let again = self.now() + wait.unwrap_or(TimeDelta::hours(1));
                (DeliveryState::Waiting, Some(again), words)
            }
        };
        Delivery { state, next_try, message, ..tried }
    }
}

async fn hand_over(ready: Ready, destination: &Destination) -> Outcome {
    match (ready, destination) {
        (Ready::Mail { counter, message }, Destination::Mail(recipient)) => {
            counter.send(Letter { recipient, message: &message }).await
        }
        (Ready::File { edition, pdf }, Destination::Folder(folder)) => {
            let folder = folder.clone();
            // The folder may lie on a network that does not answer.
            let filed = tokio::task::spawn_blocking(move || file(&folder, &edition, &pdf)).await;
            filed.unwrap_or_else(|error| Outcome::Retry(error.to_string()))
        }
        _ => Outcome::Failed("a mail is no file".to_owned()),
    }
}

/// Writes the PDF; the same name at every try, so that a repeat replaces rather than doubles.
fn file(folder: &Path, edition: &Edition, pdf: &[u8]) -> Outcome {
    let path = folder.join(file_name(&edition.digest, edition.date));
    let written = std::fs::create_dir_all(folder)
        .map_err(|error| MonitorError::File { path: folder.to_owned(), error })
        .and_then(|()| write_bytes(&path, pdf));
    match written {
        Ok(()) => Outcome::Done(path.display().to_string()),
        Err(error) => Outcome::Retry(error.to_string()),
    }
}
