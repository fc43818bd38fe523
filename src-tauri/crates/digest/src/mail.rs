//! The digest as a mail: text and HTML alternatives with the PDF attached, the same bytes each time.
//!
//! The message is put together from lettre's parts and not by its builder, since that would stamp a
//! draft with the present moment and refuse one without a sender.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use css_inline::CSSInliner;
use lettre::message::header::{
    self, ContentTransferEncoding, ContentType, HeaderName, HeaderValue, Headers, MIME_VERSION_1_0,
};
use lettre::message::{Attachment, Body, Mailbox, Mailboxes, MultiPart, SinglePart};
use serde::Serialize;

use crate::chart::{Picture, pictures};
use crate::clean::clean;
use crate::page::{Pages, Sight};
use crate::{Digest, DigestError, Template, Templates};

/// How a digest is addressed when it becomes a mail.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    /// Who sends it; without one the mail is a draft (`X-Unsent: 1`) that the user's mail program
    /// opens for sending.
    pub sender: Option<Sender<'a>>,
    /// Who gets it; each as `name <address>` or `address`.
    pub to: &'a [String],
    /// The same digest as PDF, attached.
    pub pdf: Option<&'a [u8]>,
    /// What it looks like.
    pub templates: &'a Templates,
}

/// Who sends a mail. A draft has none: the program that sends it gives its own.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    /// As `name <address>` or `address`.
    pub address: &'a str,
    /// The same for every try at sending this mail, and for no other mail, as `left@right`.
    pub message_id: &'a str,
}

/// The bytes of an `.eml` file, the same for the same input.
///
/// The HTML stays under 90 KB, because webmail cuts longer mails off: summaries go first, then
/// stories, and what is left out is counted.
///
/// # Errors
/// [`DigestError::Address`] for a sender or recipient that is none, [`DigestError::Template`] and
/// [`DigestError::Styles`] if the HTML cannot be made.
pub fn to_mail(digest: &Digest, mail: &Mail<'_>) -> Result<Vec<u8>, DigestError> {
    let subject = format!("{} – {}", digest.title, digest.day);
    let headers = headers(&subject, digest.made_at, mail.sender, mail.to)?;
    let mut message = headers.to_string().into_bytes();
    message.extend(body(digest, mail)?.formatted());
    Ok(message)
}

/// A short message that shows whether a mail server takes what is sent.
///
/// # Errors
/// [`DigestError::Address`] for a sender or recipient that is none.
pub fn test_mail(at: DateTime<Utc>, sender: Sender<'_>, to: &[String]) -> Result<Vec<u8>, DigestError> {
    let headers = headers("Wirewatch: test message", at, Some(sender), to)?;
    let mut message = headers.to_string().into_bytes();
    let text = "This message shows that Wirewatch can send its digests through this mail server.\r\n";
    message.extend(part(ContentType::TEXT_PLAIN, text.to_owned()).formatted());
    Ok(message)
}

fn headers(
    subject: &str,
    at: DateTime<Utc>,
    sender: Option<Sender<'_>>,
    to: &[String],
) -> Result<Headers, DigestError> {
    let mut headers = Headers::new();
    headers.insert_raw(raw("Date", at.to_rfc2822()));
    match sender {
        Some(sender) => {
            headers.set(header::From::from(Mailboxes::from(mailbox(sender.address)?)));
            headers.set(header::MessageId::from(format!("<{}>", sender.message_id)));
        }
        None => headers.insert_raw(raw("X-Unsent", "1".to_owned())),
    }
    if !to.is_empty() {
        let to: Mailboxes = to.iter().map(|address| mailbox(address)).collect::<Result<_, _>>()?;
        headers.set(header::To::from(to));
    }
    headers.set(header::Subject::from(clean(subject)));
    headers.set(MIME_VERSION_1_0);
    Ok(headers)
}

fn mailbox(address: &str) -> Result<Mailbox, DigestError> {
    address.parse().map_err(|source| DigestError::Address { address: address.to_owned(), source })
}

fn raw(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

fn body(digest: &Digest, mail: &Mail<'_>) -> Result<MultiPart, DigestError> {
    let pages = Pages::new(mail.templates)?;
    let sight = Sight::of(digest);
    let text = pages.render(Template::MailText, &sight, &())?;
    let html = html(&pages, &sight, mail.pdf.is_some())?;
    // `=_` cannot occur in quoted-printable, nor `_` in base64: no article can fake a boundary.
    let alternative = MultiPart::alternative()
        .boundary("=_wirewatch_alternative")
        .singlepart(part(ContentType::TEXT_PLAIN, text))
        .multipart(with_pictures(html, pictures(digest)));
    let mixed = MultiPart::mixed().boundary("=_wirewatch_mixed").multipart(alternative);
    Ok(match mail.pdf {
        None => mixed,
        Some(pdf) => mixed.singlepart(
            Attachment::new(file_name(&digest.title, digest.date))
                .body(Body::new(pdf.to_vec()), PDF_TYPE.clone()),
        ),
    })
}

/// The HTML with the pictures that it shows (RFC 2387).
fn with_pictures(html: SinglePart, pictures: Vec<Picture>) -> MultiPart {
    let related = MultiPart::related().boundary("=_wirewatch_related").singlepart(html);
    pictures.into_iter().fold(related, |related, picture| {
        let name = format!("{}.png", picture.id.split('@').next().unwrap_or_default());
        let inline = Attachment::new_inline_with_name(picture.id, name);
        related.singlepart(inline.body(Body::new(picture.png), PNG_TYPE.clone()))
    })
}

static PNG_TYPE: LazyLock<ContentType> =
    LazyLock::new(|| ContentType::parse("image/png").expect("a well-formed media type"));

static PDF_TYPE: LazyLock<ContentType> =
    LazyLock::new(|| ContentType::parse("application/pdf").expect("a well-formed media type"));

/// A part that is encoded even if it need not be, so that it cannot hold a boundary.
fn part(kind: ContentType, content: String) -> SinglePart {
    let non_ascii = content.bytes().filter(|byte| !byte.is_ascii()).count();
    // Quoted-printable takes three bytes for each of these, base64 four for three of any.
    let encoding = if non_ascii > content.len() / 6 {
        ContentTransferEncoding::Base64
    } else {
        ContentTransferEncoding::QuotedPrintable
    };
    let body = Body::new_with_encoding(content, encoding).expect("both encodings carry any text");
    SinglePart::builder().header(kind).body(body)
}

/// What the PDF of a digest is called, on every system: `Morning 2026-11-24.pdf`.
pub fn file_name(title: &str, date: NaiveDate) -> String {
    let title: String =
        title.chars().map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '-' } else { c }).collect();
    format!("{title} {date}.pdf")
}

/// Gmail cuts what is longer than about 102 KB; this leaves room for what servers add. In bytes, as
/// encoded for the way.
const HTML_LIMIT: usize = 90_000;

/// How much of a digest goes into the HTML part.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Share {
    /// Stories shown for a topic.
    stories: u32,
    /// Of these, with a summary.
    summaries: u32,
    /// Sources that were not read, named.
    gaps: u32,
    /// Whether the whole digest is attached.
    attached: bool,
}

impl Share {
    /// Everything.
    pub(crate) const ALL: Share =
        Share { stories: u32::MAX, summaries: u32::MAX, gaps: u32::MAX, attached: true };
}

/// The HTML part with as much of the digest as fits.
fn html(pages: &Pages, sight: &Sight, attached: bool) -> Result<SinglePart, DigestError> {
    const ALL: u32 = u32::MAX;
    /// From everything to nothing but counts: stories and summaries a topic, gaps named.
    const SHARES: [(u32, u32, u32); 11] = [
        (ALL, ALL, ALL),
        (ALL, 10, 100),
        (ALL, 5, 50),
        (ALL, 3, 50),
        (ALL, 0, 50),
        (50, 0, 50),
        (20, 0, 20),
        (10, 0, 20),
        (5, 0, 10),
        (2, 0, 10),
        (0, 0, 10),
    ];
    let inliner = CSSInliner::options().load_remote_stylesheets(false).keep_style_tags(false).build();
    let render = |(stories, summaries, gaps)| {
        let share = Share { stories, summaries, gaps, attached };
        let html = pages.render(Template::MailHtml, sight, &share)?;
        Ok(part(ContentType::TEXT_HTML, inliner.inline(&html).map_err(DigestError::Styles)?))
    };
    let [all, less @ ..] = SHARES;
    less.into_iter().try_fold(render(all)?, |html, share| {
        if html.raw_body().len() <= HTML_LIMIT { Ok(html) } else { render(share) }
    })
}
