//! Articles in the forms that other programs read. Each is written article by article, so that a
//! library of any size goes out in little memory.

mod bibtex;
mod csv;
mod ris;

use std::io::{self, Write};

use wirewatch_model::{Article, Published};

use crate::json;

/// A form of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Csv,
    JsonLines,
    BibTex,
    Ris,
}

impl Form {
    /// What stands before the first article.
    pub(crate) fn begin(self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Form::Csv => csv::head(out),
            Form::JsonLines | Form::BibTex | Form::Ris => Ok(()),
        }
    }

    /// One article.
    pub(crate) fn write(self, article: &Article, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Form::Csv => csv::row(article, out),
            Form::JsonLines => writeln!(out, "{}", json::article(article)),
            Form::BibTex => bibtex::entry(article, out),
            Form::Ris => ris::record(article, out),
        }
    }
}

/// A time as ISO 8601, as precisely as it is known.
fn time(published: Option<Published>) -> String {
    json::published(published).as_str().unwrap_or_default().to_owned()
}

/// Who is named as its publisher: the document's own word before the source's name.
fn publisher(article: &Article) -> &str {
    article.content.publisher.as_deref().unwrap_or(&article.source_name)
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
pub(crate) fn sample() -> Article {
    use chrono::DateTime;
    use wirewatch_model::{ArticleId, ParsedArticle, SourceId, StoryId};
    let at = DateTime::from_timestamp(1_557_819_000, 0).unwrap_or_default();
    Article {
        id: ArticleId(7),
        source: SourceId(1),
        source_name: "Example".into(),
        story: StoryId(7),
        first_seen: at,
        read: false,
        starred: false,
        content: ParsedArticle {
            title: "Talks & \"terms\": 5% {net}".into(),
            authors: vec!["Jane Roe".into(), "Max Muster".into()],
            published: Some(Published::At(at)),
            url: Some("https://example.org/a_b?x=1&y=2".into()),
            text: "They met.\n\nThey parted.".into(),
            ..ParsedArticle::default()
        },
        matches: Vec::new(),
        revisions: Vec::new(),
    }
}
