//! What news agencies send: NITF, NewsML-G2, NewsML 1, ninjs, IPTC 7901 and ANPA 1312.
//!
//! Each reader fills a [`ParsedArticle`] with the agency's id and revision, so that a correction
//! is known as one. Pictures, packages and plans are no articles: they become a problem that says
//! so. What is marked as not for publication never reaches the text.

mod anpa;
mod body;
mod iptc7901;
mod newsml;
mod newsml_g2;
mod ninjs;
mod nitf;
mod stamp;
mod teletype;
#[cfg(test)]
mod tests;
mod tree;

use wirewatch_model::{ParsedArticle, Problem, ProblemKind, Status};

use crate::format::Format;
use crate::{Hint, Parsed, content, plain};

pub(crate) use ninjs::looks_like as looks_like_ninjs;
pub(crate) use teletype::sniff as sniff_teletype;

/// What a document of the wire holds.
#[derive(Debug, Default)]
struct Wire {
    articles: Vec<ParsedArticle>,
    problems: Vec<Problem>,
}

impl Wire {
    /// Something that is no article, and why.
    fn no_article(&mut self, why: impl Into<String>) {
        self.problems.push(Problem::new(ProblemKind::Unsupported, why));
    }
}

/// Reads a document in markup or JSON.
pub(crate) fn read(text: &str, format: Format, hint: &Hint) -> Parsed {
    let wire = match format {
        Format::Ninjs => ninjs::read(text, hint),
        Format::Iptc7901 => teletype::read(text.as_bytes(), Format::Iptc7901, hint),
        Format::Anpa1312 => teletype::read(text.as_bytes(), Format::Anpa1312, hint),
        _ => markup(text, format, hint),
    };
    parsed(wire, format)
}

/// Reads messages with the control characters of a teletype line.
pub(crate) fn read_teletype(bytes: &[u8], format: Format, hint: &Hint) -> Parsed {
    parsed(teletype::read(bytes, format, hint), format)
}

fn markup(text: &str, format: Format, hint: &Hint) -> Wire {
    let (root, cut) = tree::tree(text);
    let mut wire = match format {
        Format::Nitf => nitf::read(&root, hint),
        Format::NewsMl => newsml::read(&root, hint),
        _ => newsml_g2::read(&root, hint),
    };
    if cut {
        wire.problems.push(content::cut());
    }
    wire
}

fn parsed(mut wire: Wire, format: Format) -> Parsed {
    if wire.articles.is_empty() && wire.problems.is_empty() {
        wire.no_article("there is no news item in it");
    }
    wire.articles.iter_mut().for_each(note_constraints);
    Parsed { format, articles: wire.articles, problems: wire.problems, feed: None }
}

/// Says in words what the reader of an article must know before using it.
fn note_constraints(article: &mut ParsedArticle) {
    let said = match article.status {
        Status::Usable => None,
        Status::Withheld => Some("its provider withholds it: not to be used for now".to_owned()),
        Status::Cancelled => Some("its provider has withdrawn it".to_owned()),
    };
    let embargo =
        article.embargo.map(|until| format!("embargoed until {}", until.format("%Y-%m-%d %H:%M UTC")));
    let notes = said.into_iter().chain(embargo);
    article.problems.extend(notes.map(|note| Problem::new(ProblemKind::Incomplete, note)));
    article.problems.retain(|problem| problem.kind != ProblemKind::Empty || article.status == Status::Usable);
}

/// What a provider says of an item's use. Codes come with a scheme (`stat:usable`) or as an address.
fn status(code: &str) -> Status {
    let code = last_part(code).to_ascii_lowercase();
    Status::from_name(&code).unwrap_or_default()
}

/// The part of a code or address that means something: `ninat:text` → `text`.
fn last_part(code: &str) -> &str {
    code.trim_end_matches('/').rsplit([':', '/', '#']).next().unwrap_or(code)
}

/// The label of an urgency, 1 (highest) to 9.
fn urgency(value: &str) -> Option<String> {
    let value = value.trim();
    (value.len() == 1 && value.chars().all(|c| c.is_ascii_digit() && c != '0'))
        .then(|| format!("urgency {value}"))
}

/// The agency in a dateline: `Berlin (dpa/lni) - …`, `GENEVA (AP) – …`.
fn credited(paragraph: &str) -> Option<String> {
    let beginning = plain::beginning(paragraph, 80);
    let (place, rest) = beginning.split_once('(')?;
    let (agency, behind) = rest.split_once(')')?;
    let agency = agency.split('/').next()?.trim();
    let is_dateline = behind.trim_start().starts_with(['-', '–', '—', '_']) && place.split(' ').count() <= 8;
    (is_dateline && !agency.is_empty() && agency.chars().count() <= 24).then(|| agency.to_owned())
}

/// The names in a byline, without the comma or words that lead to a title.
fn authors(line: &str) -> Vec<String> {
    crate::clipping::names(plain::line(line).trim_matches(|c: char| ",;=-– ".contains(c)))
}
