//! An entry of a feed, whatever the feed's format, to an article.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use url::Url;
use wirewatch_model::{ParsedArticle, Published};

use super::web_address;
use crate::content::{self, Content};
use crate::finish::finish;
use crate::{EntryMark, FeedFacts, Hint, plain};

/// A text of a feed with the base of its links, if the feed declares one.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) base: Option<Url>,
}

impl Text {
    fn content(&self, base: Option<&Url>) -> Option<Content> {
        let content = content::from_either(&self.text, self.base.as_ref().or(base));
        Some(content).filter(|content| !content.text.is_empty())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text { text, base: None }
    }
}

/// What a feed says of an entry.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) title: String,
    pub(super) link: Option<String>,
    pub(super) id: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<Published>,
    pub(super) updated: Option<Published>,
    pub(super) language: Option<String>,
    pub(super) content: Option<Text>,
    pub(super) summary: Option<Text>,
    pub(super) labels: Vec<String>,
}

/// A description that is shorter is a summary, even if it does not say so.
const SHORT: usize = 600;

/// How a text ends that goes on elsewhere.
const GOES_ON: &[&str] = &[
    "…",
    "...",
    "[…]",
    "[...]",
    "(...)",
    "read more",
    "read more »",
    "continue reading",
    "continue reading →",
    "more »",
    "mehr",
    "weiterlesen",
    "lire la suite",
    "leer más",
    "читать далее",
    "читать полностью",
    "подробнее",
];

/// The articles of the items that are not known yet, each with the base of its links; `facts` keeps
/// the marks of all.
pub(super) fn articles(
    items: impl Iterator<Item = (Item, Option<Url>)>,
    facts: &mut FeedFacts,
    hint: &Hint,
) -> Vec<ParsedArticle> {
    let mut articles = Vec::new();
    for (item, base) in items {
        let mark = item.mark();
        facts.entries.push(mark);
        if hint.known.is_some_and(|known| known.contains(&mark)) {
            facts.known += 1;
        } else {
            articles.push(item.article(facts, base.as_ref()));
        }
    }
    articles
}

impl Item {
    /// All that is said of the item, in one number.
    fn mark(&self) -> EntryMark {
        // Its keys are fixed; should another Rust hash differently, items are read once more.
        let mut hasher = DefaultHasher::new();
        (&self.title, &self.link, &self.id, &self.authors, &self.language, &self.labels).hash(&mut hasher);
        [self.published, self.updated].map(|date| date.map(Published::moment)).hash(&mut hasher);
        [&self.content, &self.summary].map(|text| text.as_ref().map(|text| &text.text)).hash(&mut hasher);
        EntryMark(hasher.finish())
    }

    /// The article; `base` is what its links are relative to.
    pub(super) fn article(self, feed: &FeedFacts, base: Option<&Url>) -> ParsedArticle {
        let content = self.content.as_ref().and_then(|text| text.content(base));
        let summary = self.summary.as_ref().and_then(|text| text.content(base));
        let (body, lead, summary_only) = choose(content, summary);
        let id = self.id.as_deref().and_then(plain::some_line);
        let article = ParsedArticle {
            title: content::one_line(&self.title),
            authors: self.authors.iter().filter_map(|name| person(name)).collect(),
            publisher: feed.title.clone().or_else(|| feed.home.as_deref().and_then(crate::finish::host)),
            published: self.published.or(self.updated),
            updated: self.updated,
            url: self.link.and_then(|link| resolve(&link, base)),
            external_id: id,
            lead,
            text: body.text,
            html: body.html,
            labels: self.labels.iter().map(|label| content::one_line(label)).collect(),
            summary_only,
            problems: body.problems,
            ..ParsedArticle::default()
        };
        // The feed's own address is not the article's: no hint.
        finish(article, self.language.as_deref(), &Hint::default())
    }
}

/// Body, lead, and whether there is only a summary.
fn choose(content: Option<Content>, summary: Option<Content>) -> (Content, Option<String>, bool) {
    match (content, summary) {
        // Some feeds put the text into the description and a teaser into the content.
        (Some(content), Some(summary)) if summary.text.len() > content.text.len() * 2 => {
            let lead = Some(plain::line(&content.text));
            (summary, lead, false)
        }
        (Some(content), summary) => {
            let summary_only = goes_on(&content.text);
            (content, summary.map(|summary| plain::line(&summary.text)), summary_only)
        }
        (None, Some(summary)) => {
            let summary_only = summary.text.chars().count() < SHORT || goes_on(&summary.text);
            (summary, None, summary_only)
        }
        (None, None) => (Content::default(), None, true),
    }
}

fn goes_on(text: &str) -> bool {
    let text = text.trim_end().to_lowercase();
    GOES_ON.iter().any(|end| text.ends_with(end))
}

fn resolve(link: &str, base: Option<&Url>) -> Option<String> {
    let link = link.trim();
    web_address(link).or_else(|| web_address(base?.join(link).ok()?.as_str()))
}

/// A name without address and brackets: `jane@example.org (Jane Roe)`, `Jane Roe <jane@…>`.
fn person(name: &str) -> Option<String> {
    let name = content::one_line(name);
    let words: Vec<&str> = name.split(' ').filter(|word| !word.contains('@')).collect();
    let bare = words.join(" ");
    let bare = bare.trim_matches(|c: char| c.is_whitespace() || "()<>[]\"".contains(c));
    let bare = plain::strip_prefix_fold(bare, "by ").unwrap_or(bare);
    plain::some_line(if bare.is_empty() { &name } else { bare })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_named_without_their_address() {
        for (name, want) in [
            ("jane@example.org (Jane Roe)", "Jane Roe"),
            ("Jane Roe <jane@example.org>", "Jane Roe"),
            ("By Jane Roe", "Jane Roe"),
            ("jane@example.org", "jane@example.org"),
            ("«Иван» ivan@example.org", "«Иван»"),
        ] {
            assert_eq!(person(name).as_deref(), Some(want), "{name}");
        }
    }

    #[test]
    fn what_is_known_is_counted_and_not_read_again() {
        let item = |title: &str| Item { title: title.to_owned(), ..Item::default() };
        let read = |titles: &[&str], hint: &Hint| {
            let mut facts = FeedFacts::default();
            let articles = articles(titles.iter().map(|title| (item(title), None)), &mut facts, hint);
            (articles.into_iter().map(|article| article.title).collect::<Vec<_>>(), facts)
        };
        let (first, facts) = read(&["a", "b"], &Hint::default());
        assert_eq!((first.len(), facts.known), (2, 0));
        let known = facts.entries.into_iter().collect();
        let (second, facts) = read(&["c", "b", "a"], &Hint { known: Some(&known), ..Hint::default() });
        assert_eq!((second, facts.known, facts.entries.len()), (vec!["c".to_owned()], 2, 3));
    }

    #[test]
    fn a_summary_is_known_as_one() {
        let long = "They met. ".repeat(100);
        for (content, summary, only, lead) in [
            (None, Some("They met."), true, None),
            (None, Some(long.as_str()), false, None),
            (None, Some("They met and agreed […]"), true, None),
            (Some(long.as_str()), Some("What is at stake"), false, Some("What is at stake")),
            (Some("They met …"), None, true, None),
            (Some("Teaser"), Some(long.as_str()), false, Some("Teaser")),
            (None, None, true, None),
        ] {
            let item = Item {
                content: content.map(|text| text.to_owned().into()),
                summary: summary.map(|text| text.to_owned().into()),
                ..Item::default()
            };
            let article = item.article(&FeedFacts::default(), None);
            assert_eq!(article.summary_only, only, "{content:?} {summary:?}");
            assert_eq!(article.lead.as_deref(), lead, "{content:?} {summary:?}");
        }
    }
}
