//! Where mails are handed in: the server with its password, and what a digest looks like as a mail.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use wirewatch_digest::{Digest, Mail, Sender, Templates, encode, test_mail, to_mail};

use super::{Letter, MailServer, Outcome, smtp};
use crate::compose::MadeDigest;
use crate::error::Result;
use crate::{Monitor, PdfMaker, Press, Secrets};

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
    pub(crate) fn message(
        &self,
        digest: &Digest,
        to: &[String],
        pdf: &[u8],
        templates: &Templates,
    ) -> Result<Vec<u8>> {
        let address = self.server.sender.as_str();
        // No two messages in the world may share an id (RFC 5322, 3.6.4): a server may drop the
        // second one without a word.
        let message_id = self.message_id(&encode(digest));
        let sender = Sender { address, message_id: &message_id };
        Ok(to_mail(digest, &Mail { sender: Some(sender), to, pdf: Some(pdf), templates })?)
    }

    fn test_message(&self, to: &[String], at: DateTime<Utc>) -> Result<Vec<u8>> {
        let message_id = self.message_id(at.to_rfc3339().as_bytes());
        let sender = Sender { address: &self.server.sender, message_id: &message_id };
        Ok(test_mail(at, sender, to)?)
    }

    fn message_id(&self, content: &[u8]) -> String {
        let mut hash = blake3::Hasher::new();
        hash.update(self.server.sender.as_bytes()).update(b"\n").update(content);
        format!("{}@wirewatch.app", &hash.finalize().to_hex()[..32])
    }
}

/// A digest as a mail that somebody else is going to send.
pub(crate) fn draft(digest: &Digest, to: &[String], pdf: &[u8], templates: &Templates) -> Result<Vec<u8>> {
    Ok(to_mail(digest, &Mail { sender: None, to, pdf: Some(pdf), templates })?)
}

impl Monitor {
    /// A digest as a mail to these, for the user's own mail program to send. Blocks while its PDF is
    /// made.
    ///
    /// # Errors
    /// If the PDF or the message cannot be made.
    pub fn draft_mail(&self, made: &MadeDigest, to: &[String], maker: &PdfMaker) -> Result<Vec<u8>> {
        made.draft(to, maker)
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
