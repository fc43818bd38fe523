//! Front matter: facts between two fences at the beginning of a Markdown or text file.
//!
//! `key: value` lines as YAML has them (or `key = value` between `+++`), quoted values, lists in
//! brackets or on lines of their own, folded text. Anything finer is left unread.

use wirewatch_model::ParsedArticle;

use crate::{clipping, date, plain};

/// Longer front matter is a document that begins with a rule.
const LONGEST: usize = 64 * 1024;

/// A key with its values.
#[derive(Debug, PartialEq)]
struct Entry {
    key: String,
    values: Vec<String>,
}

/// Splits a text into the inside of its front matter and the rest.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let fence = ["---", "+++"]
        .into_iter()
        .find(|fence| text.lines().next().is_some_and(|line| line.trim_end() == *fence))?;
    let inside = text.get(text.find('\n')? + 1..)?;
    let mut length = 0;
    for line in inside.split_inclusive('\n') {
        let end = line.trim_end();
        if end == fence || (fence == "---" && end == "...") {
            let rest = inside.get(length + line.len()..).unwrap_or_default();
            let inside = inside.get(..length)?;
            return inside.lines().any(|line| key_value(line).is_some()).then_some((inside, rest));
        }
        length += line.len();
        if length > LONGEST {
            return None;
        }
    }
    None
}

/// What front matter says goes into an article; the result is the language that it declares.
pub(super) fn apply(front: &str, article: &mut ParsedArticle) -> Option<String> {
    let mut language = None;
    for Entry { key, values } in entries(front) {
        let first = values.first().cloned();
        match key.as_str() {
            "title" | "headline" => article.title = values.join(" "),
            "author" | "authors" | "byline" | "creator" => {
                article.authors = values.iter().flat_map(|value| clipping::names(value)).collect();
            }
            "date" | "published" | "pubdate" | "publisheddate" | "publishdate" | "datepublished"
            | "created" => {
                article.published = article.published.or(first.and_then(|value| date::parse(&value)));
            }
            "updated" | "modified" | "lastmod" | "datemodified" | "lastupdated" => {
                article.updated = first.and_then(|value| date::parse(&value));
            }
            "url" | "link" | "sourceurl" | "originalurl" | "canonical" | "canonicalurl" | "permalink" => {
                article.url = article.url.take().or(first.and_then(|value| clipping::web_address(&value)));
            }
            "source" | "publisher" | "site" | "sitename" | "outlet" | "publication" | "newspaper" => {
                match first.as_deref().and_then(clipping::web_address) {
                    Some(url) => article.url = article.url.take().or(Some(url)),
                    None => article.publisher = article.publisher.take().or(first),
                }
            }
            "id" | "guid" | "uid" => article.external_id = first,
            "version" | "revision" => article.revision = first,
            "language" | "lang" | "locale" => language = first,
            "description" | "summary" | "excerpt" | "lead" | "standfirst" | "subtitle" | "dek"
            | "abstract" => {
                article.lead = article.lead.take().or_else(|| plain::some_line(&values.join(" ")));
            }
            "tags" | "tag" | "keywords" | "categories" | "category" | "labels" | "topics" | "section" => {
                article
                    .labels
                    .extend(values.iter().flat_map(|value| value.split(',')).filter_map(plain::some_line));
            }
            _ => {}
        }
    }
    language
}

fn entries(front: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for line in front.lines() {
        let indented = line.starts_with([' ', '\t', '-']);
        match (indented, key_value(line)) {
            (false, Some((key, value))) => {
                // `sourceUrl`, `source_url` and `Source URL` are one key.
                let key = key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
                entries.push(Entry { key, values: values(value) });
            }
            _ => {
                let item = line.trim().trim_start_matches("- ");
                if let (Some(entry), Some(item)) = (entries.last_mut(), plain::some_line(unquote(item))) {
                    entry.values.push(item);
                }
            }
        }
    }
    entries
}

fn key_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once([':', '='])?;
    let fits = key.starts_with(char::is_alphabetic)
        && key.len() <= 40
        && key.trim_end().chars().all(|c| c.is_alphanumeric() || " _-.".contains(c));
    fits.then(|| (key.trim(), value.trim()))
}

fn values(value: &str) -> Vec<String> {
    // `|` and `>` announce text on the lines that follow.
    if matches!(value, "|" | ">" | "|-" | ">-" | "|+" | ">+") {
        return Vec::new();
    }
    match value.strip_prefix('[').and_then(|inside| inside.strip_suffix(']')) {
        Some(list) => list.split(',').filter_map(|item| plain::some_line(unquote(item.trim()))).collect(),
        None => plain::some_line(unquote(value)).into_iter().collect(),
    }
}

fn unquote(value: &str) -> &str {
    ['"', '\''].into_iter().find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_fills_an_article() {
        let text = "---\ntitle: \"Talks: a beginning\"\nauthors:\n  - Jane Roe\n  - John Doe\ndate: 2019-05-14\nSource URL: https://example.org/a\n\
                    source: Example News\ntags: [treaty, 'arms control']\nlang: en\nsummary: >\n  Two lines\n  of summary\n---\nBody";
        let (front, rest) = split(text).unwrap();
        let mut article = ParsedArticle::default();
        assert_eq!(apply(front, &mut article).as_deref(), Some("en"));
        assert_eq!(article.title, "Talks: a beginning");
        assert_eq!(article.authors, ["Jane Roe", "John Doe"]);
        assert_eq!(article.published, date::parse("2019-05-14"));
        assert_eq!(article.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(article.publisher.as_deref(), Some("Example News"));
        assert_eq!(article.labels, ["treaty", "arms control"]);
        assert_eq!(article.lead.as_deref(), Some("Two lines of summary"));
        assert_eq!(rest, "Body");
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in
            ["---\nJust text\n---\nmore", "---\ntitle: open", "Text\n---\ntitle: x\n---", "--- x\n---"]
        {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
