//! A digest that somebody sends at once, besides what is planned.
//!
//! It is kept in the archive as the bytes that go out, and goes out through the outbox: a kill leaves no
//! mail behind that nobody knows of, a recipient whose server is busy gets it later, and one who may have
//! got it gets it again only when somebody says so.
//!
//! It takes nothing from the planned editions. It has no date of theirs, the period of the next one
//! begins where the last planned one ended, and what its editor wants is still wanted: who reads both
//! reads these stories twice, and who reads only the planned ones misses nothing.
//!
//! Where nothing can be sent at all, since there is no server or no password, nothing is kept: the user
//! is asking again in a minute, and must not have sent two.

use std::collections::HashSet;

use wirewatch_digest::encode;
use wirewatch_library::{EditionContent, MadeEdition, NewEdition};
use wirewatch_model::{Delivery, DeliveryState, Destination, EditionId};

use crate::compose::MadeDigest;
use crate::error::Result;
use crate::outbox::LEASE;
use crate::post::{Counter, Outcome};
use crate::{Event, Monitor, Press};

/// What became of a digest that was sent at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SentNow {
    /// What it is kept as; `None` if nothing could be sent, and nothing is kept.
    pub edition: Option<EditionId>,
    /// For each recipient, in the order given, how far it is.
    pub answers: Vec<Answer>,
}

/// How far a digest is to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The recipient.
    pub to: String,
    /// How far it is.
    pub state: DeliveryState,
    /// What the server said, or what is wrong.
    pub words: String,
}

impl SentNow {
    /// Whether somebody has it, or may get it yet.
    pub fn is_on_its_way(&self) -> bool {
        self.edition.is_some() && self.answers.iter().any(|answer| answer.state != DeliveryState::Failed)
    }
}

impl Monitor {
    /// Sends a digest at once, to each recipient by itself, and keeps it.
    ///
    /// # Errors
    /// If the message cannot be made, or the library cannot be written; what went out by then is known to
    /// the outbox.
    pub async fn send_now(&self, made: &MadeDigest, recipients: &[String], press: &Press) -> Result<SentNow> {
        let recipients = each_once(recipients);
        let counter = match self.counter(press).await {
            Ok(counter) => counter,
            Err(outcome) => return Ok(nobody_reached(recipients, outcome)),
        };
        let edition = self.keep_at_once(made, &recipients, (&counter, press))?;
        for delivery in self.library().deliveries(edition)? {
            self.try_delivery(&delivery, press).await?;
        }
        self.tell(Event::Digests);
        let tried = self.library().deliveries(edition)?;
        let answers = recipients.into_iter().filter_map(|to| answer(to, &tried)).collect();
        Ok(SentNow { edition: Some(edition), answers })
    }

    fn keep_at_once(
        &self,
        made: &MadeDigest,
        recipients: &[String],
        (counter, press): (&Counter, &Press),
    ) -> Result<EditionId> {
        let pdf = made.pdf(&press.maker)?;
        let mail = counter.message(&made.digest, recipients, pdf, &self.templates()?)?;
        let content = EditionContent {
            content: encode(&made.digest),
            pdf: pdf.to_vec(),
            mail: Some(mail),
            articles: u32::try_from(made.digest.articles).unwrap_or(u32::MAX),
        };
        let destinations: Vec<Destination> = recipients.iter().cloned().map(Destination::Mail).collect();
        let new = NewEdition { digest: &made.name, date: made.digest.date, period: made.period, late: false };
        let kept = MadeEdition {
            content: &content,
            destinations: &destinations,
            used: &made.used,
            // Nobody else takes up what is being sent here.
            first_try: self.now() + LEASE,
        };
        Ok(self.library().keep_by_hand(&new, &kept, self.now())?)
    }
}

fn each_once(recipients: &[String]) -> Vec<String> {
    let mut named = HashSet::new();
    recipients.iter().filter(|to| named.insert(to.as_str())).cloned().collect()
}

/// What is wrong is for the user to mend, be it that the keyring is only locked.
fn nobody_reached(recipients: Vec<String>, outcome: Outcome) -> SentNow {
    let words = outcome.into_answer().unwrap_or_else(|words| words);
    let answers = recipients.into_iter();
    let answers = answers.map(|to| Answer { to, state: DeliveryState::Blocked, words: words.clone() });
    SentNow { edition: None, answers: answers.collect() }
}

fn answer(to: String, tried: &[Delivery]) -> Option<Answer> {
    let is_theirs = |one: &&Delivery| matches!(&one.destination, Destination::Mail(mail) if *mail == to);
    let Delivery { state, message, .. } = tried.iter().find(is_theirs)?.clone();
    Some(Answer { to, state, words: message })
}
