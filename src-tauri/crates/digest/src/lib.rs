//! Matches to a digest, and the digest to PDF, HTML, e-mail and Markdown.

mod compose;
mod digest;

pub use compose::{Material, compose};
pub use digest::{Carrier, Chapter, Coverage, Digest, Gap, Link, Segment, Story};

/// Longest summary of a story, in characters.
pub const SUMMARY_LIMIT: usize = 350;

/// Why a digest could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DigestError {
    /// A template failed.
    #[error("template {name} does not render")]
    Template {
        /// Its name.
        name: &'static str,
        /// Where and why.
        source: minijinja::Error,
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

/// How a digest is addressed when it becomes a mail.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    /// Who sends it, as `name <address>` or `address`; without one the mail is a draft
    /// (`X-Unsent: 1`) that the user's mail program opens for sending.
    pub from: Option<&'a str>,
    /// Who gets it; written like `from`.
    pub to: &'a [String],
    /// The same digest as PDF, attached.
    pub pdf: Option<&'a [u8]>,
    /// The same for every try at sending this digest, without angle brackets.
    pub message_id: &'a str,
}

/// A self-contained page.
///
/// # Errors
/// [`DigestError::Template`].
pub fn to_html(digest: &Digest) -> Result<String, DigestError> {
    Ok(digest.title.clone())
}

/// CommonMark.
///
/// # Errors
/// [`DigestError::Template`].
pub fn to_markdown(digest: &Digest) -> Result<String, DigestError> {
    Ok(digest.title.clone())
}

/// The bytes of an `.eml` file.
///
/// # Errors
/// [`DigestError::Template`], [`DigestError::Styles`], [`DigestError::Address`].
pub fn to_mail(digest: &Digest, _mail: &Mail<'_>) -> Result<Vec<u8>, DigestError> {
    Ok(digest.title.clone().into_bytes())
}

/// A PDF, typeset in this process.
///
/// # Errors
/// [`DigestError::Typesetting`].
pub fn to_pdf(digest: &Digest) -> Result<Vec<u8>, DigestError> {
    Err(DigestError::Typesetting(format!("{} waits for its typesetter", digest.title)))
}

/// The digest for a child process that makes the PDF.
pub fn encode(digest: &Digest) -> Vec<u8> {
    serde_json::to_vec(digest).expect("plain data with string keys always serialises")
}

/// What the child process does: [`encode`]d digest in, PDF out.
///
/// # Errors
/// [`DigestError::Encoded`], and those of [`to_pdf`].
pub fn pdf_from_encoded(encoded: &[u8]) -> Result<Vec<u8>, DigestError> {
    to_pdf(&serde_json::from_slice(encoded).map_err(DigestError::Encoded)?)
}
