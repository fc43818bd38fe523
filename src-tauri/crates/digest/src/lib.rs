//! Matches to a digest, and the digest to PDF, HTML, e-mail and Markdown.
//!
//! [`compose`] groups the articles that matched in a period by topic, folds the copies of a story into
//! one entry, sums each up with its hits marked, and keeps a ledger of what was looked at and what
//! could not be. The [`Digest`] that comes out is plain data, written out in local time, and every
//! output shows just that: [`to_html`], [`to_markdown`], [`to_pdf`], [`to_mail`].
//!
//! Equal input gives equal bytes: nothing here asks for the time, and the one moment that appears is
//! the one handed in. Whatever an article says stays text, in every format; only `http` and `https`
//! addresses become [`Link`]s.
//!
//! Not in here: when a digest is due, what it may report, where its files go, and sending. A PDF takes
//! memory and cannot be stopped half-way, so a program that stays makes it in a child process: it hands
//! over a [`job_for_pdf`] and the child answers with [`pdf_from_job`].
//!
//! ```
//! use chrono::{DateTime, TimeDelta};
//! use chrono_tz::Tz;
//! use wirewatch_digest::{Material, Templates, compose, to_markdown};
//! use wirewatch_model::{Curation, Level, Period, StoryOrder, Topic, TopicId, TopicVersion};
//!
//! let now = DateTime::parse_from_rfc3339("2026-11-24T06:30:00Z")?.to_utc();
//! let digest = compose(&Material {
//!     name: "Daily digest",
//!     period: Period { from: now - TimeDelta::days(1), to: now },
//!     made_at: now,
//!     zone: Tz::Europe__Berlin,
//!     topics: &[Topic {
//!         id: TopicId::from_name("us-russia"),
//!         name: "US–Russia relations".to_owned(),
//!         query: "(US OR Washington) NEAR/12 (Russia OR Moscow)".to_owned(),
//!         level: Level::Digest,
//!         languages: vec!["en".to_owned()],
//!         version: TopicVersion(1),
//!         matches: 0,
//!     }],
//!     articles: &[],
//!     corrected: &[],
//!     sources: &[],
//!     scanned: 218,
//!     volume: &[],
//!     cap: usize::MAX,
//!     preferred: &[],
//!     order: StoryOrder::Newest,
//!     curation: &Curation::default(),
//! });
//! assert_eq!(digest.day, "Tuesday, 24 November 2026");
//! assert!(to_markdown(&digest, &Templates::default())?.contains("Nothing matched in this period."));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod chart;
mod clean;
mod compose;
mod correction;
mod digest;
mod fault;
mod mail;
mod page;
mod pdf;
mod specimen;
mod summary;
mod template;
mod view;

pub use compose::{Material, compose};
pub use digest::{Carrier, Chapter, Correction, Coverage, Digest, Gap, Link, Segment, Story};
pub use fault::Fault;
pub use mail::{Mail, Sender, file_name, test_mail, to_mail};
pub use page::{to_html, to_markdown};
pub use pdf::{decode, encode, job_for_pdf, pdf_from_job, specimen_for_pdf, to_pdf};
pub use template::{Template, Templates, check_template, try_template};

/// Longest summary of a story, in characters.
pub const SUMMARY_LIMIT: usize = 350;

/// Why a digest could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DigestError {
    /// A template failed.
    #[error("template {name}: {fault}")]
    Template {
        /// Its name.
        name: &'static str,
        /// Where and why.
        fault: minijinja::Error,
    },
    /// The styles could not be written into the tags of a mail.
    #[error("styles do not go into the mail")]
    Styles(#[source] css_inline::InlineError),
    /// A sender or recipient is no mail address.
    #[error("{address:?} is no mail address")]
    Address {
        /// As it was given.
        address: String,
        /// Why not.
        source: lettre::address::AddressError,
    },
    /// The typesetter refused; its words.
    #[error("typesetting failed: {0}")]
    Typesetting(String),
    /// What a parent process handed over is no digest.
    #[error("the digest handed over cannot be read")]
    Encoded(#[source] serde_json::Error),
}
