//! What came of a try at sending, in the terms that decide what happens next.

use std::error::Error as _;

use lettre::transport::smtp::Error;

/// How rustls begins what it says of a certificate, and of a peer that does not speak TLS. lettre
/// wraps both as trouble with the connection, behind types of its own.
const CERTIFICATE: &str = "invalid peer certificate";
const NOT_TLS: &str = "InvalidContentType";

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The server has taken it; its words.
    Done(String),
    /// Not now; why. Worth another try.
    Retry(String),
    /// Not until the user has mended something; what.
    Blocked(String),
    /// Never; why.
    Failed(String),
    /// The line broke after everything was said.
    Uncertain(String),
}

/// How far the conversation was when it went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Finding and greeting the server.
    Connecting,
    /// Making the line private.
    Securing,
    /// Logging in.
    LoggingIn,
    /// Naming sender and recipient, up to the message.
    Addressing,
    /// After the message has gone out, and before the answer to it.
    Answering,
}

impl Outcome {
    /// What a refusal or a broken line at this stage means (reply codes: RFC 5321, 4.2; RFC 4954, 6).
    pub(crate) fn of(stage: Stage, error: &Error) -> Outcome {
        let words = words(error);
        if let Some(code) = error.status() {
            return by_code(stage, u16::from(code), words);
        }
        if words.contains(CERTIFICATE) {
            return Outcome::Blocked(format!(
                "the server's certificate is not trusted ({words}); check the server's name, or add its certificate"
            ));
        }
        if words.contains(NOT_TLS) {
            return Outcome::Blocked(
                "the server does not speak TLS at this port; try starttls, or another port".to_owned(),
            );
        }
        match stage {
            Stage::Answering => {
                Outcome::Uncertain(format!("the line broke before the server answered ({words})"))
            }
            Stage::Securing if error.is_client() => Outcome::Blocked(
                "the server offers no private line; nothing was sent. Try tls at port 465".to_owned(),
            ),
            Stage::LoggingIn if error.is_client() => Outcome::Blocked(format!(
                "the login failed ({words}); check the user's name and the password or token"
            )),
            Stage::Addressing if error.is_client() => Outcome::Failed(words),
            _ => Outcome::Retry(words),
        }
    }

    /// The server's words, or why it did not go.
    pub(crate) fn into_answer(self) -> Result<String, String> {
        match self {
            Outcome::Done(words) => Ok(words),
            Outcome::Uncertain(words) => Err(format!("{words}; it may have been delivered")),
            Outcome::Retry(words) | Outcome::Blocked(words) | Outcome::Failed(words) => Err(words),
        }
    }

    /// What silence at this stage means.
    pub(crate) fn silence(stage: Stage) -> Outcome {
        match stage {
            Stage::Answering => {
                Outcome::Uncertain("the server took the message and did not answer".to_owned())
            }
            _ => Outcome::Retry("the server did not answer in time".to_owned()),
        }
    }
}

fn by_code(stage: Stage, code: u16, words: String) -> Outcome {
    match code {
        400..500 => Outcome::Retry(words),
        530 | 534 | 535 | 538 => Outcome::Blocked(format!(
            "the server refused the login ({words}); check the user's name and the password"
        )),
        _ if stage == Stage::LoggingIn => Outcome::Blocked(format!("the login failed ({words})")),
        _ => Outcome::Failed(words),
    }
}

/// The error with its causes, without saying one thing twice.
fn words(error: &Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        let text = deeper.to_string();
        if !words.contains(&text) {
            words = format!("{words}: {text}");
        }
        cause = deeper.source();
    }
    words
}
