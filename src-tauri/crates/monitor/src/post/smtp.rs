//! One try at sending one message to one recipient.
//!
//! The connection is driven step by step and each step has its own end: the client library's own
//! time-out covers connecting only, and only the step tells whether a failure came before or after
//! the message was handed over.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use lettre::address::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;

use super::outcome::{Outcome, Stage};
use super::server::{Login, MailServer, Security};

/// Longest wait for a step. RFC 5321 (4.5.3.2) allows five minutes; a server that is there answers
/// in seconds, and the next try comes soon.
const STEP: Duration = Duration::from_secs(30);

/// Longest wait for the answer to the message itself (RFC 5321, 4.5.3.2.6): servers scan it first,
/// and giving up too early leaves a mail of which nobody knows whether it went.
const ANSWER: Duration = Duration::from_secs(10 * 60);

/// What to send, to whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Letter<'a> {
    /// The address in the envelope, as `name <address>` or `address`.
    pub(crate) recipient: &'a str,
    /// The whole message.
    pub(crate) message: &'a [u8],
}

/// Tries once.
pub(super) async fn send(server: &MailServer, password: Option<&str>, letter: Letter<'_>) -> Outcome {
    match converse(server, password, letter).await {
        Ok(answer) => Outcome::Done(answer.message().collect::<Vec<_>>().join(" ")),
        Err(outcome) => outcome,
    }
}

async fn converse(
    server: &MailServer,
    password: Option<&str>,
    letter: Letter<'_>,
) -> Result<Response, Outcome> {
    if let Some(fault) = server.fault() {
        return Err(Outcome::Blocked(fault.words));
    }
    let (sender, recipient) = (address(&server.sender)?, address(letter.recipient)?);
    let mut line = connect(server).await?;
    if let (Some(user), Some(password)) = (&server.user, password) {
        let credentials = Credentials::new(user.clone(), password.to_owned());
        step(Stage::LoggingIn, STEP, line.auth(mechanisms(server.login), &credentials)).await?;
    }
    step(Stage::Addressing, STEP, line.command(Mail::new(Some(sender), vec![]))).await?;
    step(Stage::Addressing, STEP, line.command(Rcpt::new(recipient, vec![]))).await?;
    step(Stage::Addressing, STEP, line.command(Data)).await?;
    let answer = say(&mut line, letter.message).await?;
    // It has the message; how the goodbye goes does not matter.
    let _ = tokio::time::timeout(STEP, line.quit()).await;
    Ok(answer)
}

/// Says the message and hears the answer. Until its end is said, nothing can have been accepted
/// (RFC 5321, 4.2.5), so a line that breaks before is worth another try.
async fn say(line: &mut AsyncSmtpConnection, message: &[u8]) -> Result<Response, Outcome> {
    let said = AtomicBool::new(false);
    let parts = std::iter::once(message).chain(std::iter::from_fn(|| {
        // Asked for only when the part before has been written.
        said.store(true, Ordering::Relaxed);
        None
    }));
    let answer = tokio::time::timeout(ANSWER, line.message_iter(parts)).await;
    let stage = match said.load(Ordering::Relaxed) {
        true => Stage::Answering,
        false => Stage::Addressing,
    };
    match answer {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(Outcome::of(stage, &error)),
        Err(_) => Err(Outcome::silence(stage)),
    }
}

async fn connect(server: &MailServer) -> Result<AsyncSmtpConnection, Outcome> {
    // The machine's own name is nobody's business; an address literal is what RFC 5321 (4.1.4)
    // asks of a client without a public name.
    let name = ClientId::Ipv4(std::net::Ipv4Addr::LOCALHOST);
    let place = (server.host.as_str(), server.port);
    let wrapped = match server.security {
        Security::Tls => Some(tls(server).await?),
        Security::StartTls | Security::None => None,
    };
    let connecting = AsyncSmtpConnection::connect_tokio1(place, Some(STEP), &name, wrapped, None);
    let mut line = step(Stage::Connecting, STEP, connecting).await?;
    if server.security == Security::StartTls {
        step(Stage::Securing, STEP, line.starttls(tls(server).await?, &name)).await?;
    }
    Ok(line)
}

async fn tls(server: &MailServer) -> Result<TlsParameters, Outcome> {
    let mut builder = TlsParameters::builder(server.host.clone());
    if let Some(path) = &server.certificates {
        let unreadable = |error: &dyn std::fmt::Display| {
            Outcome::Blocked(format!("the certificates in {} cannot be read: {error}", path.display()))
        };
        let pem = tokio::fs::read(path).await.map_err(|error| unreadable(&error))?;
        builder =
            builder.add_root_certificate(Certificate::from_pem(&pem).map_err(|error| unreadable(&error))?);
    }
    builder.build().map_err(|error| Outcome::Blocked(error.to_string()))
}

fn mechanisms(login: Login) -> &'static [Mechanism] {
    match login {
        Login::Password => &[Mechanism::Plain, Mechanism::Login],
        Login::Token => &[Mechanism::Xoauth2],
    }
}

fn address(text: &str) -> Result<Address, Outcome> {
    text.parse::<lettre::message::Mailbox>()
        .map(|mailbox| mailbox.email)
        .map_err(|error| Outcome::Failed(format!("{text:?} is no mail address: {error}")))
}

async fn step<T>(
    stage: Stage,
    limit: Duration,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Outcome> {
    match tokio::time::timeout(limit, work).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(Outcome::of(stage, &error)),
        Err(_) => Err(Outcome::silence(stage)),
    }
}
