//! What became of digests on their way out of the window.

use serde::Serialize;
use ts_rs::TS;
use wirewatch_monitor::SentNow;

use super::DeliveryState;
use super::convert::{number, sentence};

/// What became of sending to one recipient.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct SentTo {
    /// The recipient.
    pub(crate) to: String,
    /// Whether the server took it.
    pub(crate) sent: bool,
    /// What the server said, or why it did not go.
    pub(crate) message: String,
}

/// What became of a digest that was sent at once.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct SentDigest {
    /// The edition that it is kept as; none if nothing could be sent, and nothing is kept.
    pub(crate) edition: Option<i32>,
    /// For each recipient, how far it is.
    pub(crate) answers: Vec<SentAnswer>,
}

/// How far a digest is to one recipient.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct SentAnswer {
    /// The recipient.
    pub(crate) to: String,
    /// How far it is.
    pub(crate) state: DeliveryState,
    /// What the server said, or what is wrong.
    pub(crate) message: String,
}

/// A file that was handed to the program that the system has for it.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct HandedOver {
    /// Where it lies.
    pub(crate) path: String,
    /// Whether a program opened it; otherwise it is shown in its folder.
    pub(crate) opened: bool,
}

impl From<SentNow> for SentDigest {
    fn from(sent: SentNow) -> SentDigest {
        let answers = sent.answers.into_iter().map(|answer| SentAnswer {
            to: answer.to,
            state: answer.state.into(),
            message: sentence(&answer.words),
        });
        SentDigest { edition: sent.edition.map(|id| number(id.0)), answers: answers.collect() }
    }
}
