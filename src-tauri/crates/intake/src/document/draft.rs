//! A document on its way to an article: what a reader found, before the clipping rules.

use url::Url;
use wirewatch_model::{ParsedArticle, Problem, ProblemKind, Published};

use super::markdown::merge;
use crate::block::Block;
use crate::clipping::{self, Clipping, Headline};
use crate::finish::finish;
use crate::{Hint, content, plain};

/// What a reader found in a document.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// What the document says to its readers; outranks its text.
    pub(super) article: ParsedArticle,
    /// What the document's properties say; its text outranks them.
    pub(super) properties: Properties,
    /// The language that it declares.
    pub(super) language: Option<String>,
    /// The body as HTML.
    pub(super) html: String,
}

/// The properties of a document: often left over from a template or put in by a program, hence
/// believed only where the text is silent.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Properties {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) created: Option<Published>,
    pub(super) modified: Option<Published>,
    pub(super) labels: Vec<String>,
}

impl Draft {
    /// Applies the clipping rules and completes the article.
    pub(super) fn finish(self, hint: &Hint) -> ParsedArticle {
        let Draft { mut article, properties, language, html } = self;
        let mut clipping = Clipping::default();
        let headline = if article.title.is_empty() { Headline::InText } else { Headline::Known };
        let base = article.url.as_deref().or(hint.url).and_then(|url| Url::parse(url).ok());
        let content = content::from_document(&html, base.as_ref(), |blocks: &[Block]| {
            clipping = clipping::read(blocks, headline, &article.title);
            properties.drop_byline(blocks, &mut clipping.kept);
            clipping.kept.clone()
        });
        article.text = content.text;
        article.html = content.html;
        article.problems.extend(content.problems);
        merge(&mut article, clipping);
        properties.fill(&mut article, hint);
        let mut article = finish(article, language.as_deref(), hint);
        // A title or a lead alone may be all that a program put there.
        if article.text.is_empty() && article.problems.is_empty() {
            article.problems.push(Problem::new(ProblemKind::Empty, "there is no text in it"));
        }
        article
    }
}

impl Properties {
    /// Unmarks a line of the head that says nothing but the name of an author.
    fn drop_byline(&self, blocks: &[Block], kept: &mut [bool]) {
        let authors: Vec<String> = self
            .authors
            .iter()
            .filter(|author| is_author(author))
            .map(|author| plain::skeleton(author))
            .collect();
        for (block, kept) in blocks.iter().zip(kept).take(HEAD_BLOCKS) {
            *kept &= !authors.contains(&plain::skeleton(&block.text));
        }
    }

    /// Fills what is still missing.
    fn fill(self, article: &mut ParsedArticle, hint: &Hint) {
        if article.title.is_empty() {
            article.title = self.title.filter(|title| is_title(title, hint)).unwrap_or_default();
        }
        if article.authors.is_empty() {
            article.authors = self
                .authors
                .iter()
                .filter(|author| is_author(author))
                .flat_map(|author| clipping::names(author))
                .collect();
        }
        if article.published.is_none() {
            article.published = self.created;
            article.updated = article.updated.or(self
                .modified
                .filter(|modified| self.created.is_some_and(|created| modified.moment() > created.moment())));
        }
        article.labels.extend(self.labels);
    }
}

/// How many blocks the matter before a body may take.
const HEAD_BLOCKS: usize = 4;

/// Titles that programs put in by themselves.
const NO_TITLES: &[&str] =
    &["untitled", "unbenannt", "sans titre", "без названия", "document", "dokument", "title"];

/// Endings of file names that programs put in as titles.
const FILE_ENDINGS: &[&str] = &[
    ".doc", ".docx", ".odt", ".rtf", ".pdf", ".indd", ".qxd", ".qxp", ".pages", ".txt", ".htm", ".html",
    ".tmp", ".xls",
];

fn is_title(title: &str, hint: &Hint) -> bool {
    let lower = title.to_lowercase();
    let named_so = hint.name.is_some_and(|name| name.to_lowercase().contains(&lower) && !lower.contains(' '));
    let stem = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    !named_so
        && !NO_TITLES.contains(&stem)
        && !lower.starts_with("microsoft word - ")
        && !FILE_ENDINGS.iter().any(|ending| lower.ends_with(ending))
        && plain::skeleton(title).chars().count() > 2
}

/// Accounts that machines come with.
const NO_AUTHORS: &[&str] = &[
    "user",
    "users",
    "admin",
    "administrator",
    "author",
    "unknown",
    "owner",
    "root",
    "default",
    "guest",
    "pc",
    "acer",
    "hp",
    "lenovo",
    "dell",
    "asus",
    "benutzer",
    "utilisateur",
    "usuario",
    "пользователь",
    "anonymous",
    "python-docx",
    "microsoft office user",
    "microsoft",
    "apache poi",
    "word",
];

fn is_author(author: &str) -> bool {
    let lower = author.trim().to_lowercase();
    !lower.is_empty() && !NO_AUTHORS.contains(&lower.as_str()) && !lower.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_that_programs_made_are_not_believed() {
        let hint = Hint::named("talks-final.docx");
        for (title, want) in [
            ("Talks begin in Geneva", true),
            ("Microsoft Word - talks.doc", false),
            ("talks_v3.docx", false),
            ("talks-final", false),
            ("Document1", false),
            ("Untitled", false),
            ("  ", false),
        ] {
            assert_eq!(is_title(title, &hint), want, "{title}");
        }
        for (author, want) in [("Jane Roe", true), ("Administrator", false), ("Microsoft Office User", false)]
        {
            assert_eq!(is_author(author), want, "{author}");
        }
    }

    #[test]
    fn a_document_without_text_is_said_to_be_one() {
        for (html, want) in [("<h1>Talks begin</h1>", 1), ("<h1>Talks begin</h1><p>They met.</p>", 0)] {
            let draft = Draft { html: html.into(), ..Draft::default() };
            assert_eq!(draft.finish(&Hint::default()).problems.len(), want, "{html}");
        }
    }

    #[test]
    fn the_text_outranks_the_properties() {
        let draft = Draft {
            html: "<h1>Talks begin</h1><p>By Jane Roe</p><p>14 May 2019</p><p>They met at last.</p>".into(),
            properties: Properties {
                title: Some("Template of the office".into()),
                authors: vec!["John Doe".into()],
                created: crate::date::parse("2001-01-01"),
                ..Properties::default()
            },
            ..Draft::default()
        };
        let article = draft.finish(&Hint::default());
        assert_eq!((article.title.as_str(), article.text.as_str()), ("Talks begin", "They met at last."));
        assert_eq!(article.authors, ["Jane Roe"]);
        assert_eq!(article.published, crate::date::parse("2019-05-14"));
    }
}
