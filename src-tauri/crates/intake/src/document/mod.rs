//! Documents: one article each, except for those that hold others.

mod archive;
mod docx;
mod draft;
mod epub;
mod flow;
mod front_matter;
mod mail;
mod markdown;
mod odt;
mod pdf;
mod rtf;
mod style;
mod text;
mod xml;

use wirewatch_model::{ParsedArticle, ProblemKind};

use self::archive::ArchiveError;
use crate::read::{one, refuse};
use crate::{Format, Hint, Parsed};

pub(crate) use mail::{begins_as_mail, begins_as_mailbox};
pub(crate) use markdown::{merge, read as markdown};
pub(crate) use text::read as text;

/// Reads a document of a format that is no plain text; `depth` counts the documents around it.
/// `None` if the format is no such one.
pub(crate) fn read(format: Format, bytes: &[u8], hint: &Hint, depth: usize) -> Option<Parsed> {
    let single = |article: Result<ParsedArticle, ArchiveError>| match article {
        Ok(article) => one(format, article),
        Err(error) => unreadable(format, &error),
    };
    Some(match format {
        Format::Docx => single(docx::read(bytes, hint)),
        Format::Odt => single(odt::read(bytes, hint)),
        Format::Rtf => one(format, rtf::read(bytes, hint)),
        Format::Pdf => pdf::read(bytes, hint),
        Format::Epub => match epub::read(bytes, hint) {
            Ok(articles) => Parsed { format, articles, problems: Vec::new(), feed: None },
            Err(error) => unreadable(format, &error),
        },
        Format::Eml => mail::parsed(mail::read(bytes, hint, depth), format),
        Format::Mbox => mail::mailbox(bytes, hint, depth),
        Format::Mhtml => mail::web_archive(bytes, hint),
        _ => return None,
    })
}

fn unreadable(format: Format, error: &ArchiveError) -> Parsed {
    let kind = match error {
        ArchiveError::Bomb(_) | ArchiveError::Entries(_) => ProblemKind::TooLarge,
        ArchiveError::Locked(_) | ArchiveError::NotWord => ProblemKind::Unsupported,
        ArchiveError::Damaged(_) | ArchiveError::Missing(_) => ProblemKind::Broken,
    };
    let message = match error {
        ArchiveError::NotWord => error.to_string(),
        error => format!("the {} cannot be read: {error}", format.in_words()),
    };
    refuse(format, kind, message)
}
