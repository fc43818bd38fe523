//! JSON Feed 1.0 and 1.1 (jsonfeed.org), tolerantly: real feeds put strings where lists belong.

use serde_json::{Map, Value};
use url::Url;
use wirewatch_model::ProblemKind;

use super::item::{Item, articles};
use super::{MOST_ENTRIES, missing};
use crate::format::Format;
use crate::read::refuse;
use crate::{FeedFacts, Hint, Parsed, date, plain};

/// Reads a JSON Feed.
pub(crate) fn read(text: &str, hint: &Hint) -> Parsed {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let message = format!("not valid JSON: {error}");
            return refuse(Format::JsonFeed, ProblemKind::Broken, message);
        }
    };
    let Some(feed) = value.as_object() else {
        return refuse(Format::JsonFeed, ProblemKind::Broken, "not a feed: the JSON is no object");
    };
    let (title, home) = (text_of(feed, "title"), text_of(feed, "home_page_url"));
    let mut facts = FeedFacts { title, home, ..FeedFacts::default() };
    let base = facts.home.as_deref().or(hint.url).and_then(|url| Url::parse(url).ok());
    let language = text_of(feed, "language");
    let authors: Vec<String> = ["authors", "author"].iter().flat_map(|key| names(feed.get(*key))).collect();
    let items = feed.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let read = |item: &Map<String, Value>| {
        let mut item = self::item(item);
        item.language = item.language.or_else(|| language.clone());
        if item.authors.is_empty() {
            item.authors.clone_from(&authors);
        }
        (item, base.clone())
    };
    let read = items.iter().filter_map(Value::as_object).take(MOST_ENTRIES).map(read);
    let articles = articles(read, &mut facts, hint);
    let problems = missing(facts.entries.len(), items.len()).into_iter().collect();
    Parsed { format: Format::JsonFeed, articles, problems, feed: Some(facts) }
}

fn item(item: &Map<String, Value>) -> Item {
    let date = |key: &str| text_of(item, key).and_then(|text| date::parse(&text));
    let raw = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
    Item {
        title: raw("title").unwrap_or_default(),
        link: ["url", "external_url"].iter().find_map(|key| text_of(item, key)).or_else(|| {
            // An id is the item's address by recommendation.
            text_of(item, "id").filter(|id| super::web_address(id).is_some())
        }),
        id: text_of(item, "id"),
        authors: ["authors", "author"].iter().flat_map(|key| names(item.get(*key))).collect(),
        published: date("date_published"),
        updated: date("date_modified"),
        language: text_of(item, "language"),
        content: raw("content_html").or_else(|| raw("content_text")).map(Into::into),
        summary: raw("summary").map(Into::into),
        labels: names(item.get("tags")),
    }
}

/// A string or number as one line.
fn text_of(object: &Map<String, Value>, key: &str) -> Option<String> {
    match object.get(key)? {
        Value::String(text) => plain::some_line(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A string, an object with a `name`, or a list of them.
fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => text.split(',').filter_map(plain::some_line).collect(),
        Some(Value::Object(object)) => text_of(object, "name").into_iter().collect(),
        Some(Value::Array(values)) => values.iter().flat_map(|value| names(Some(value))).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loose_json_feed_is_read() {
        let text = r#"{"version": "http://jsonfeed.org/version/1", "title": "Example", "language": "en", "home_page_url": "https://example.org/",
            "items": [{"id": 7, "url": "/a", "title": "Talks &amp; treaties", "tags": "treaty, arms", "author": {"name": "Jane Roe"},
            "content_text": "They met.\n\nThey parted.", "date_published": "2019-05-14T09:30:00+02:00"}, "stray"]}"#;
        let parsed = read(text, &Hint::default());
        let article = &parsed.articles[0];
        assert_eq!(article.title, "Talks & treaties");
        assert_eq!(article.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(article.external_id.as_deref(), Some("7"));
        assert_eq!(article.authors, ["Jane Roe"]);
        assert_eq!(article.labels, ["treaty", "arms"]);
        assert_eq!(article.text, "They met.\n\nThey parted.");
        assert_eq!(article.published, date::parse("2019-05-14T07:30:00Z"));
        assert_eq!(article.publisher.as_deref(), Some("Example"));
        assert_eq!(parsed.problems[0].message, "1 of the feed's 2 entries could not be read");
    }

    #[test]
    fn bad_json_says_where() {
        let parsed = read("{\"version\": \"https://jsonfeed.org/version/1\",\n oops}", &Hint::default());
        assert!(parsed.problems[0].message.contains("line 2 column 2"), "{}", parsed.problems[0]);
    }
}
