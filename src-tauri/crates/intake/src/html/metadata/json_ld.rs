//! JSON-LD: the description of an article that publishers write for search engines (schema.org).

use dom_query::Document;
use serde_json::Value;
use wirewatch_model::ParsedArticle;

use crate::{clipping, content, date, plain};

/// Objects of a page that are looked through; a hostile page may list a million.
const MOST_OBJECTS: usize = 1000;

/// The article that a page describes; with its text, plain or HTML, if the
/// description holds it.
pub(super) fn article(document: &Document) -> Option<ParsedArticle> {
    let mut objects = Vec::new();
    for script in document.select("script[type='application/ld+json' i]").iter() {
        // Some templates leave raw line feeds inside of strings, or wrap it all in a comment or CDATA.
        let text: String = script.text().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let Some(start) = cdata(&text).or_else(|| text.find(['{', '['])) else { continue };
        // What stands behind the first value is the end of a comment or of a CDATA section.
        let mut values =
            serde_json::Deserializer::from_str(text.get(start..).unwrap_or_default()).into_iter();
        if let Some(Ok(value)) = values.next() {
            collect(value, &mut objects);
        }
    }
    let page = plain::skeleton(&document.select_single("head > title").text());
    objects.iter().find(|object| is_article(object)).map(|object| read(object, &page))
}

/// Where the inside of a CDATA section begins.
fn cdata(text: &str) -> Option<usize> {
    const OPENING: &str = "<![CDATA[";
    text.find(OPENING)
        .filter(|&at| text.get(..at).is_some_and(|before| before.trim().is_empty()))
        .map(|at| at + OPENING.len())
}

/// The objects in a value: in lists, in `@graph`, and what a page is about.
fn collect(value: Value, objects: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| collect(value, objects)),
        Value::Object(mut object) if objects.len() < MOST_OBJECTS => {
            let inner: Vec<Value> =
                ["@graph", "mainEntity"].iter().filter_map(|key| object.remove(*key)).collect();
            objects.push(Value::Object(object));
            inner.into_iter().for_each(|value| collect(value, objects));
        }
        _ => {}
    }
}

fn is_article(object: &Value) -> bool {
    let named = |kind: &str| {
        kind.ends_with("Article") || matches!(kind, "LiveBlogPosting" | "BlogPosting" | "Report")
    };
    strings(object.get("@type")).iter().any(|kind| named(kind))
}

fn read(object: &Value, page: &str) -> ParsedArticle {
    let text = |key: &str| strings(object.get(key)).into_iter().next().map(|text| content::one_line(&text));
    let date = |key: &str| strings(object.get(key)).iter().find_map(|text| date::parse(text));
    let publisher = names(object.get("publisher")).into_iter().next();
    // Some sites name themselves here.
    let name = text("name").filter(|name| Some(name) != publisher.as_ref());
    ParsedArticle {
        title: title(text("headline"), name, page),
        authors: names(object.get("author")).iter().flat_map(|name| clipping::names(name)).collect(),
        publisher,
        published: date("datePublished"),
        updated: date("dateModified"),
        url: text("url").and_then(|url| clipping::web_address(&url)),
        text: strings(object.get("articleBody")).into_iter().next().unwrap_or_default(),
        lead: text("description").filter(|lead| !lead.is_empty()),
        labels: strings(object.get("keywords"))
            .iter()
            .flat_map(|words| words.split(','))
            .filter_map(plain::some_line)
            .collect(),
        ..ParsedArticle::default()
    }
}

/// Some sites put the headline into the name and a description into the headline: the one that the
/// page's title repeats is the headline.
fn title(headline: Option<String>, name: Option<String>, page: &str) -> String {
    let repeated = |text: &String| page.contains(&plain::skeleton(text));
    match (headline, name) {
        (Some(headline), Some(name)) if !repeated(&headline) && repeated(&name) && !name.is_empty() => name,
        (headline, name) => headline.or(name).unwrap_or_default(),
    }
}

/// A string or a list of strings.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Names of people or organisations: strings, objects with a `name`, or lists of them.
fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(values)) => values.iter().flat_map(|value| names(Some(value))).collect(),
        Some(Value::Object(object)) => {
            strings(object.get("name")).iter().filter_map(|name| plain::some_line(name)).collect()
        }
        other => strings(other).iter().filter_map(|name| plain::some_line(name)).collect(),
    }
}
