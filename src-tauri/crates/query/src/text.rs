//! What a query is asked about, and what it answers.

use chrono::{DateTime, Utc};

/// A part of an article; each has positions of its own, nothing spans two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The headline.
    Title,
    /// The lead (standfirst, summary) that the source gave apart from the body.
    Lead,
    /// The body.
    Body,
}

/// A passage that made a query true: a byte range in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hit {
    /// Where.
    pub field: Field,
    /// First byte in the field.
    pub start: usize,
    /// One past the last byte in the field.
    pub end: usize,
}

/// The words of an article with its facts. Paragraphs of the body are separated by blank lines.
#[derive(Debug, Clone, Copy, Default)]
pub struct Text<'a> {
    /// The headline, empty if there is none.
    pub title: &'a str,
    /// The lead apart from the body, empty if there is none.
    pub lead: &'a str,
    /// The body.
    pub body: &'a str,
    /// What filters look at.
    pub facts: Facts<'a>,
}

/// What filters look at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts<'a> {
    /// The source's name.
    pub source: &'a str,
    /// The host of the article's address.
    pub site: Option<&'a str>,
    /// The authors.
    pub authors: &'a [String],
    /// The labels.
    pub labels: &'a [String],
    /// The language tag.
    pub language: Option<&'a str>,
    /// The sorting time.
    pub at: Option<DateTime<Utc>>,
    /// The time that `newer:` counts back from.
    pub now: Option<DateTime<Utc>>,
    /// The topics it was flagged with.
    pub topics: &'a [&'a str],
    /// Not read yet.
    pub unread: bool,
    /// Starred.
    pub starred: bool,
}

impl<'a> Text<'a> {
    /// The text of one field.
    pub fn field(&self, field: Field) -> &'a str {
        match field {
            Field::Title => self.title,
            Field::Lead => self.lead,
            Field::Body => self.body,
        }
    }
}
