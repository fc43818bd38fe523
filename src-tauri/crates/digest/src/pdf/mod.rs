//! The digest as a PDF: tagged, PDF/UA-1 and PDF/A-2a, typeset by typst in this process.
//!
//! The digest goes in as a data file and never as source text, so a headline cannot become code. One
//! character without a glyph would make the whole export fail under these standards; so the pages are
//! laid out, looked through for such characters, and laid out again with more fonts or without them.

mod fonts;
mod glyphs;
mod press;

use chrono::{Datelike, Timelike};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::clean::clean;
use crate::specimen::specimens;
use crate::view::View;
use crate::{Digest, DigestError, Template, Templates};

/// Typesets the digest. The same digest gives the same bytes, as long as its characters are in the
/// fonts that we bring (Latin, Cyrillic, Greek); others come from the fonts of the machine.
///
/// Takes some 100 MB of memory and cannot be stopped half-way, so programs that stay call
/// [`pdf_from_job`] in a child process.
///
/// # Errors
/// [`DigestError::Typesetting`] if neither of the standards nor a plain PDF can be written.
pub fn to_pdf(digest: &Digest, templates: &Templates) -> Result<Vec<u8>, DigestError> {
    if let Some(own) = templates.own(Template::Pdf) {
        match typeset(digest, own) {
            Ok(pdf) => return Ok(pdf),
            Err(error) => tracing::warn!(%error, "a template of the user's gives way to ours"),
        }
    }
    typeset(digest, Template::Pdf.ours())
}

fn typeset(digest: &Digest, template: &str) -> Result<Vec<u8>, DigestError> {
    let document = glyphs::lay_out(template, printable(digest))?;
    let pdf = export(&document, digest);
    // The typesetter remembers layouts for the next run; there is none.
    typst::comemo::evict(0);
    pdf
}

/// The digest as it is kept.
pub fn encode(digest: &Digest) -> Vec<u8> {
    serde_json::to_vec(digest).expect("plain data with string keys always serialises")
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// [`DigestError::Encoded`] for bytes that are no digest.
pub fn decode(encoded: &[u8]) -> Result<Digest, DigestError> {
    serde_json::from_slice(encoded).map_err(DigestError::Encoded)
}

/// What a child process is to typeset.
#[derive(Serialize, Deserialize)]
enum Job {
    /// A digest.
    Digest { digest: Box<Digest>, templates: Templates },
    /// Made-up digests, to see whether a template can do them.
    Specimen { template: String },
}

/// A digest for a child process that makes its PDF with [`pdf_from_job`].
pub fn job_for_pdf(digest: &Digest, templates: &Templates) -> Vec<u8> {
    encode_job(&Job::Digest { digest: Box::new(digest.clone()), templates: templates.clone() })
}

/// A template for a child process that tries it out with [`pdf_from_job`]; the PDF is of a made-up
/// digest.
pub fn specimen_for_pdf(template: &str) -> Vec<u8> {
    encode_job(&Job::Specimen { template: template.to_owned() })
}

fn encode_job(job: &Job) -> Vec<u8> {
    serde_json::to_vec(job).expect("plain data with string keys always serialises")
}

/// What the child process does: a job in, a PDF out.
///
/// # Errors
/// [`DigestError::Encoded`] if the bytes are no job, and those of [`to_pdf`]; for a template on trial
/// with the line where it fails.
pub fn pdf_from_job(encoded: &[u8]) -> Result<Vec<u8>, DigestError> {
    match serde_json::from_slice(encoded).map_err(DigestError::Encoded)? {
        Job::Digest { digest, templates } => to_pdf(&digest, &templates),
        Job::Specimen { template } => {
            let [full, empty] = specimens();
            typeset(&empty, &template)?;
            typeset(&full, &template)
        }
    }
}

/// The digest as the template reads it. Cleaned once more, since it may have been edited since it was
/// composed; runs of a summary keep their blanks.
fn printable(digest: &Digest) -> Value {
    let mut data =
        serde_json::to_value(View::of(digest)).expect("plain data with string keys always serialises");
    clean_strings(&mut data, "");
    data
}

fn clean_strings(value: &mut Value, key: &str) {
    match value {
        Value::String(text) => {
            let cleaned = clean(text);
            *text = match key {
                // A heading without words is against PDF/UA.
                "headline" | "name" | "title" if cleaned.is_empty() => "—".to_owned(),
                "text" => with_edges(text, cleaned),
                _ => cleaned,
            };
        }
        Value::Array(items) => items.iter_mut().for_each(|item| clean_strings(item, key)),
        Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| clean_strings(value, key)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Cleaning trims; a run of a summary needs the blanks that part it from its neighbours.
fn with_edges(raw: &str, cleaned: String) -> String {
    let edge = |is_blank: bool| if is_blank { " " } else { "" };
    let front = edge(raw.starts_with(char::is_whitespace));
    let back = edge(raw.ends_with(char::is_whitespace) && !cleaned.is_empty());
    format!("{front}{cleaned}{back}")
}

/// The standards, the best first. What cannot be had is given up rather than the digest.
const STANDARDS: [(&str, &[PdfStandard]); 3] = [
    ("PDF/UA-1 and PDF/A-2a", &[PdfStandard::Ua_1, PdfStandard::A_2a]),
    ("PDF/UA-1", &[PdfStandard::Ua_1]),
    ("tagged PDF 1.7", &[]),
];

fn export(document: &PagedDocument, digest: &Digest) -> Result<Vec<u8>, DigestError> {
    let mut reason = String::new();
    for (name, standards) in STANDARDS {
        let written =
            PdfStandards::new(standards).map_err(|error| error.message().to_string()).and_then(|standards| {
                typst_pdf::pdf(document, &options(digest, standards)).map_err(|errors| in_words(&errors))
            });
        match written {
            Ok(pdf) => return Ok(pdf),
            Err(message) => {
                tracing::warn!(standard = name, reason = message, "PDF standard given up");
                reason = message;
            }
        }
    }
    Err(DigestError::Typesetting(reason))
}

/// Errors of the export in one line; they have no place in the template.
fn in_words(errors: &[SourceDiagnostic]) -> String {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    messages.join("; ")
}

fn options(digest: &Digest, standards: PdfStandards) -> PdfOptions {
    PdfOptions {
        ident: Smart::Custom(format!("{} {}", digest.title, digest.made_at.to_rfc3339())),
        creator: Smart::Custom(Some("Wirewatch".to_owned())),
        timestamp: timestamp(digest),
        standards,
        ..PdfOptions::default()
    }
}

fn timestamp(digest: &Digest) -> Option<Timestamp> {
    let at = digest.made_at;
    // Each fits a byte, the leap second apart, and for that the date is left out.
    let byte = |number: u32| u8::try_from(number).ok();
    let moment = Datetime::from_ymd_hms(
        at.year(),
        byte(at.month())?,
        byte(at.day())?,
        byte(at.hour())?,
        byte(at.minute())?,
        byte(at.second())?,
    )?;
    Some(Timestamp::new_utc(moment))
}
