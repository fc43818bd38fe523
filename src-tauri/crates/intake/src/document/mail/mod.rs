//! Mail (RFC 5322, MIME), mailboxes and web archives.

mod body;
mod mbox;
mod mhtml;

use chrono::{FixedOffset, NaiveDate, TimeZone, Utc};
use mail_parser::{DateTime, HeaderValue, Message, MessageParser, MimeHeaders, PartType};
use wirewatch_model::{ParsedArticle, Problem, ProblemKind, Published};

use crate::clipping;
use crate::{Format, Hint, MAX_BYTES, Parsed, plain};

pub(crate) use mbox::begins_as_mailbox;
pub(super) use mbox::read as mailbox;
pub(super) use mhtml::read as web_archive;

/// Mails in mails in mails: deeper ones are not opened.
const MAX_DEPTH: usize = 3;

/// Attachments of one mail that are read.
const MOST_ATTACHMENTS: usize = 100;

/// What a mail came to.
#[derive(Default)]
pub(super) struct Mail {
    /// The mail, then its attachments.
    pub(super) articles: Vec<ParsedArticle>,
    pub(super) problems: Vec<Problem>,
    /// The size of its articles' HTML.
    size: usize,
}

/// Whether a text begins with the head of a mail: header fields only, two of those that every
/// mail has among them.
pub(crate) fn begins_as_mail(text: &str) -> bool {
    const KNOWN: &[&str] = &[
        "received",
        "return-path",
        "delivered-to",
        "message-id",
        "mime-version",
        "from",
        "to",
        "date",
        "subject",
        "content-type",
        "dkim-signature",
        "x-mozilla-status",
        "reply-to",
        "list-unsubscribe",
    ];
    const MACHINES: &[&str] =
        &["received", "return-path", "delivered-to", "message-id", "mime-version", "dkim-signature"];
    let mut known = 0;
    let mut by_machine = false;
    for line in text.lines().take(200) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && known > 0 {
            continue;
        }
        let Some((name, _)) = line.split_once(':').filter(|(name, _)| is_field_name(name)) else {
            return false;
        };
        let name = name.to_ascii_lowercase();
        known += usize::from(KNOWN.contains(&name.as_str()));
        by_machine |= MACHINES.contains(&name.as_str());
    }
    known >= 3 && by_machine
}

fn is_field_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Reads one mail with its attachments.
pub(super) fn read(bytes: &[u8], hint: &Hint, depth: usize) -> Mail {
    let Some(message) = MessageParser::default().parse(bytes).filter(has_head) else {
        let problem =
            Problem::new(ProblemKind::Broken, "it is no mail: there are no header fields at its beginning");
        return Mail { problems: vec![problem], ..Mail::default() };
    };
    if mhtml::is_web_archive(&message) {
        return Mail { articles: mhtml::page(&message, hint).into_iter().collect(), ..Mail::default() };
    }
    let mut mail = Mail::default();
    mail.take(&message, hint, depth);
    mail
}

/// Whether there is any of the fields that make a mail; the parser takes any bytes for one.
fn has_head(message: &Message) -> bool {
    message.from().is_some()
        || message.subject().is_some()
        || message.date().is_some()
        || message.message_id().is_some()
        || message.content_type().is_some()
}

impl Mail {
    fn take(&mut self, message: &Message, hint: &Hint, depth: usize) {
        let mut documents = Mail::default();
        documents.attachments(message, hint, depth);
        let article = body::article(message, facts(message), hint);
        // A mail that only brings a document is no news beside it.
        if !article.text.is_empty() || documents.articles.is_empty() {
            self.add(vec![article]);
        }
        self.add(documents.articles);
        self.problems.append(&mut documents.problems);
    }

    fn add(&mut self, articles: Vec<ParsedArticle>) {
        self.size += articles.iter().map(|article| article.html.len()).sum::<usize>();
        self.articles.extend(articles);
    }

    /// Whether more came out of it than is read of any file: its attachments are packed.
    fn is_full(&self) -> bool {
        self.size > MAX_BYTES
    }

    fn attachments(&mut self, message: &Message, hint: &Hint, depth: usize) {
        for attachment in message.attachments().take(MOST_ATTACHMENTS) {
            if self.is_full() {
                let message = "its attachments unpack to more than is read of a file; the last ones were not";
                self.problems.push(Problem::new(ProblemKind::Incomplete, message));
                return;
            }
            self.attachment(attachment, hint, depth);
        }
    }

    fn attachment(&mut self, part: &mail_parser::MessagePart, hint: &Hint, depth: usize) {
        if let PartType::Message(message) = &part.body {
            if depth < MAX_DEPTH {
                self.take(message, hint, depth + 1);
            }
            return;
        }
        let name = part.attachment_name().map(plain::line);
        let content_type = part.content_type().map(|kind| {
            format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("octet-stream")).to_ascii_lowercase()
        });
        if is_picture_or_card(content_type.as_deref().unwrap_or_default()) {
            return;
        }
        if depth >= MAX_DEPTH {
            return;
        }
        let inside = Hint { name: name.as_deref(), content_type: content_type.as_deref(), ..Hint::default() };
        let parsed = crate::read::read_inside(part.contents(), &inside, depth + 1);
        let name = name.as_deref().unwrap_or("without a name");
        let said = |problem: Problem| {
            Problem::new(problem.kind, format!("attachment “{name}”: {}", problem.message))
        };
        self.problems.extend(parsed.problems.into_iter().map(said));
        self.add(parsed.articles);
    }
}

/// What comes with a mail and is nobody's news: logos, signatures, cards, invitations.
fn is_picture_or_card(content_type: &str) -> bool {
    let kind = content_type.split('/').next().unwrap_or_default();
    matches!(kind, "image" | "audio" | "video" | "font" | "multipart")
        || [
            "signature",
            "vcard",
            "calendar",
            "/ics",
            "ms-tnef",
            "pgp-",
            "pkcs7",
            "delivery-status",
            "directory",
            "/css",
        ]
        .iter()
        .any(|sign| content_type.contains(sign))
}

/// What the header says. In a newsletter the sender is the publisher, otherwise the author.
fn facts(message: &Message) -> ParsedArticle {
    let sender = message.from().and_then(|from| from.first()).cloned();
    let name = sender.as_ref().and_then(|sender| sender.name()).and_then(plain::some_line);
    let address = sender.as_ref().and_then(|sender| sender.address()).and_then(plain::some_line);
    let is_bulk =
        ["List-Id", "List-Unsubscribe", "List-Post"].iter().any(|field| message.header_raw(*field).is_some());
    let mut article = ParsedArticle {
        title: message.subject().map(without_forward).unwrap_or_default(),
        published: message.date().and_then(moment),
        external_id: message.message_id().and_then(plain::some_line),
        ..ParsedArticle::default()
    };
    match (is_bulk, name) {
        (true, Some(name)) => article.publisher = Some(name),
        (true, None) => article.publisher = address,
        (false, Some(name)) => article.authors = clipping::names(&name),
        (false, None) => article.authors = address.into_iter().collect(),
    }
    if let HeaderValue::Text(keywords) = message.keywords() {
        article.labels = keywords.split(',').filter_map(plain::some_line).collect();
    }
    article
}

/// The language that the header declares.
fn language(message: &Message) -> Option<String> {
    message
        .header_raw("Content-Language")
        .and_then(|tags| tags.split(',').next())
        .map(|tag| tag.trim().to_owned())
}

/// What programs put before the subject of a mail that they pass on.
const FORWARDS: &[&str] = &["fwd:", "fw:", "wg:", "tr:", "rv:", "doorst:", "vs:", "пересл:"];

fn without_forward(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some(behind) = FORWARDS.iter().find_map(|prefix| plain::strip_prefix_fold(rest, prefix)) {
        rest = behind.trim_start();
    }
    plain::line(rest)
}

fn moment(date: &DateTime) -> Option<Published> {
    let offset = i32::from(date.tz_hour) * 3600 + i32::from(date.tz_minute) * 60;
    let offset = FixedOffset::east_opt(if date.tz_before_gmt { -offset } else { offset })?;
    let local = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())?.and_hms_opt(
        date.hour.into(),
        date.minute.into(),
        date.second.into(),
    )?;
    Some(Published::At(offset.from_local_datetime(&local).single()?.with_timezone(&Utc)))
}

/// A mail as what [`crate::parse`] gives.
pub(super) fn parsed(mail: Mail, format: Format) -> Parsed {
    Parsed { format, articles: mail.articles, problems: mail.problems, feed: None }
}

#[cfg(test)]
mod tests;
