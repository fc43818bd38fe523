//! Where mails are handed in: the server with its password, and what a digest looks like as a mail.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use wirewatch_digest::{Digest, Mail, Sender, encode, test_mail, to_mail};

use super::{Letter, MailServer, Outcome, smtp};
use crate::compose::MadeDigest;
use crate::error::{MonitorError, Result};
use crate::{Event, Monitor, Press, Secrets};

/// The setting that holds the mail server.
const SERVER_KEY: &str = "mail-server";

/// For each recipient what the server said, or why it did not go.
pub type Answers = Vec<(String, std::result::Result<String, String>)>;

/// A mail server with its password, ready to take mails.
pub(crate) struct Counter {
    server: MailServer,
    password: Option<String>,
}

impl Counter {
    pub(crate) async fn send(&self, letter: Letter<'_>) -> Outcome {
        smtp::send(&self.server, self.password.as_deref(), letter).await
    }

    /// The message of a digest; the same input gives the same bytes and the same Message-ID.
    pub(crate) fn message(&self, digest: &Digest, to: &[String], pdf: &[u8]) -> Result<Vec<u8>> {
        let address = self.server.sender.as_str();
        // No two messages in the world may share an id (RFC 5322, 3.6.4): a server may drop the
        // second one without a word.
        let message_id = self.message_id(&encode(digest));
        let sender = Sender { address, message_id: &message_id };
        Ok(to_mail(digest, &Mail { sender: Some(sender), to, pdf: Some(pdf) })?)
    }

    fn test_message(&self, to: &[String], at: DateTime<Utc>) -> Result<Vec<u8>> {
        let message_id = self.message_id(at.to_rfc3339().as_bytes());
        let sender = Sender { address: &self.server.sender, message_id: &message_id };
        Ok(test_mail(at, &Mail { sender: Some(sender), to, pdf: None })?)
    }

    fn message_id(&self, content: &[u8]) -> String {
        let mut hash = blake3::Hasher::new();
        hash.update(self.server.sender.as_bytes()).update(b"\n").update(content);
        format!("{}@wirewatch.app", &hash.finalize().to_hex()[..32])
    }
}

/// A digest as a mail that somebody else is going to send.
pub(crate) fn draft(digest: &Digest, to: &[String], pdf: &[u8]) -> Result<Vec<u8>> {
    Ok(to_mail(digest, &Mail { sender: None, to, pdf: Some(pdf) })?)
}

impl Monitor {
    /// The mail server, if one is set.
    ///
    /// # Errors
    /// If the library cannot be read, or what it holds is no mail server.
    pub fn mail_server(&self) -> Result<Option<MailServer>> {
        let text = self.library().setting(SERVER_KEY)?.filter(|text| !text.is_empty());
        let read = |text: String| toml::from_str(&text);
        text.map(read).transpose().map_err(|error| MonitorError::MailServer(error.to_string()))
    }

    /// Sets the mail server, or forgets it; what was blocked is tried again. Its password is to be
    /// kept before.
    ///
    /// # Errors
    /// In words, if it cannot be used.
    pub fn set_mail_server(&self, server: Option<&MailServer>) -> Result<()> {
        let text = match server {
            None => String::new(),
            Some(server) => {
                if let Some(fault) = server.fault() {
                    return Err(MonitorError::MailServer(fault));
                }
                toml::to_string(server).map_err(|error| MonitorError::MailServer(error.to_string()))?
            }
        };
        self.library().set_setting(SERVER_KEY, &text)?;
        self.library().retry_blocked(self.now())?;
        self.tell(Event::Digests);
        Ok(())
    }

    /// Sends a digest at once, to each recipient by itself.
    ///
    /// # Errors
    /// If the message cannot be made.
    pub async fn send_now(&self, made: &MadeDigest, recipients: &[String], press: &Press) -> Result<Answers> {
        let counter = match self.counter(press).await {
            Ok(counter) => counter,
            Err(outcome) => return Ok(nobody_reached(recipients, &outcome)),
        };
        let message = counter.message(&made.digest, recipients, made.pdf(&press.maker)?)?;
        let mut answers = Answers::new();
        for recipient in recipients {
            let outcome = counter.send(Letter { recipient, message: &message }).await;
            answers.push((recipient.clone(), outcome.into_answer()));
        }
        Ok(answers)
    }

    /// Sends a short message, to see whether the mail server takes it; what it said, or why not.
    ///
    /// # Errors
    /// If the message cannot be made.
    pub async fn send_test(&self, to: &str, press: &Press) -> Result<std::result::Result<String, String>> {
        let counter = match self.counter(press).await {
            Ok(counter) => counter,
            Err(outcome) => return Ok(outcome.into_answer()),
        };
        let message = counter.test_message(&[to.to_owned()], self.now())?;
        Ok(counter.send(Letter { recipient: to, message: &message }).await.into_answer())
    }

    /// The server and its password, or what is missing.
    pub(crate) async fn counter(&self, press: &Press) -> std::result::Result<Counter, Outcome> {
        let server = match self.mail_server() {
            Ok(Some(server)) => server,
            Ok(None) => {
                return Err(Outcome::Blocked("no mail server is set; set one to send digests".to_owned()));
            }
            Err(error) => return Err(Outcome::Blocked(error.to_string())),
        };
        let password = password(&server, press.secrets.clone()).await?;
        Ok(Counter { server, password })
    }
}

fn nobody_reached(recipients: &[String], outcome: &Outcome) -> Answers {
    recipients.iter().map(|to| (to.clone(), outcome.clone().into_answer())).collect()
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
        // It is unlocked sooner or later.
        Ok(Err(words)) => Err(Outcome::Retry(words)),
        Err(error) => Err(Outcome::Retry(error.to_string())),
    }
}
