//! ninjs (IPTC's news in JSON, 1.x to 3.x), and dpa's own JSON, which says the same in other words.
//!
//! The versions differ in the case of names, in `body_html` against `bodies`, and in lists against
//! single values; all forms are read alike.

use serde_json::{Map, Value};
use wirewatch_model::{ParsedArticle, Problem, ProblemKind, Published};

use super::body::{self, Body};
use super::stamp::{moment, stamp};
use super::{Wire, authors, status, urgency};
use crate::finish::finish;
use crate::{Hint, clipping, plain};

/// Names of which at least one stands in an item beside its id, in lower case without underscores.
const TELLING: &[&str] = &[
    "versioncreated",
    "firstcreated",
    "contentcreated",
    "bodytext",
    "bodyhtml",
    "bodyxhtml",
    "bodies",
    "headlines",
    "pubstatus",
    "representationtype",
    "articlehtml",
];

/// The names of an item's id.
const IDS: &[&str] = &["uri", "guid", "urn"];

/// Types of items that are no text.
const NOT_TEXT: &[&str] = &[
    "picture",
    "image",
    "photo",
    "graphic",
    "video",
    "audio",
    "animation",
    "event",
    "planning",
    "component",
];

/// Most items of a list that are read.
const MOST_ITEMS: usize = 10_000;

/// Whether a JSON text is an item of the wire, or a list of them.
pub(crate) fn looks_like(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let may_be = text.starts_with(['{', '['])
        && IDS.iter().any(|id| text.contains(&format!("\"{id}\"")))
        && !text.contains("jsonfeed.org");
    may_be
        && serde_json::from_str::<Value>(text).is_ok_and(|value| match &value {
            Value::Array(items) => items.first().and_then(Item::of).is_some(),
            value => Item::of(value).is_some(),
        })
}

/// Reads an item or a list of items.
pub(super) fn read(text: &str, hint: &Hint) -> Wire {
    let mut wire = Wire::default();
    match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Array(items)) => items.iter().take(MOST_ITEMS).for_each(|item| one(item, hint, &mut wire)),
        Ok(item) => one(&item, hint, &mut wire),
        Err(error) => {
            wire.problems.push(Problem::new(ProblemKind::Broken, format!("not valid JSON: {error}")))
        }
    }
    wire
}

fn one(value: &Value, hint: &Hint, wire: &mut Wire) {
    let Some(item) = Item::of(value) else {
        return wire.no_article("it is JSON of another kind than a news item");
    };
    match item.article() {
        Ok(article) => wire.articles.push(finish(article, item.text("language").as_deref(), hint)),
        Err(what) => wire.no_article(format!("{}: {what}", plain::beginning(&item.id, 120))),
    }
}

/// An item, its members by their simplified names.
struct Item<'a> {
    id: String,
    members: Vec<(String, &'a Value)>,
}

impl<'a> Item<'a> {
    /// The item in a value; `None` if it is none.
    fn of(value: &'a Value) -> Option<Item<'a>> {
        let members: Vec<(String, &Value)> =
            value.as_object()?.iter().map(|(name, value)| (simple(name), value)).collect();
        let id =
            IDS.iter().find_map(|id| members.iter().find(|(name, _)| name == id)?.1.as_str())?.to_owned();
        let is_item =
            members.iter().any(|(name, _)| TELLING.contains(&name.as_str()) || name.contains("standard"))
                || members.iter().any(|(name, value)| {
                    name == "type" && value.as_str().is_some_and(|kind| NOT_TEXT.contains(&kind))
                })
                || members.iter().any(|(name, _)| name == "headline");
        is_item.then_some(Item { id, members })
    }

    fn get(&self, name: &str) -> Option<&'a Value> {
        self.members.iter().find(|(found, _)| found == name).map(|(_, value)| *value)
    }

    fn text(&self, name: &str) -> Option<String> {
        match self.get(name)? {
            Value::String(text) => plain::some_line(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    fn list(&self, name: &str) -> impl Iterator<Item = &'a Value> {
        self.get(name).and_then(Value::as_array).into_iter().flatten()
    }

    fn time(&self, name: &str) -> Option<Published> {
        stamp(&self.text(name)?)
    }

    fn article(&self) -> Result<ParsedArticle, String> {
        let kind = self.text("type").unwrap_or_default().to_lowercase();
        if NOT_TEXT.contains(&kind.as_str()) {
            return Err(format!("it is of the type “{kind}”, not an article"));
        }
        let status = self.text("pubstatus").map(|code| status(&code)).unwrap_or_default();
        let title = self.headline();
        let body = self
            .body(&title)
            .with_dateline(self.text("located").or_else(|| self.text("dateline")).as_deref());
        let lead = self.lead().or(body.lead);
        if body.content.text.is_empty() && title.is_empty() && lead.is_none() && !status.is_retracted() {
            return Err("there is no text in it".to_owned());
        }
        Ok(ParsedArticle {
            title,
            authors: self.authors(),
            publisher: self.publisher(),
            published: self
                .time("firstcreated")
                .or(self.time("versioncreated"))
                .or(self.time("contentcreated")),
            updated: self.time("versioncreated").or(self.time("contentmodified")),
            url: clipping::web_address(&self.id),
            external_id: Some(self.id.clone()),
            revision: Some(self.text("version").unwrap_or_else(|| "1".to_owned())),
            status,
            embargo: self.text("embargoed").and_then(|at| moment(&at)),
            summary_only: body.content.text.is_empty() && lead.is_some(),
            lead,
            text: body.content.text,
            html: body.content.html,
            labels: self.labels(),
            problems: body.content.problems,
            ..ParsedArticle::default()
        })
    }

    fn headline(&self) -> String {
        let main = |list: &str| {
            let value = |one: &Value| member(one, "value");
            let main =
                self.list(list).find(|one| member(one, "role").as_deref() == Some("main")).and_then(value);
            main.or_else(|| self.list(list).find_map(value))
        };
        let named = |name: &str| self.text(name);
        // A list by the standard, a string by mistake.
        named("headline")
            .or_else(|| main("headlines"))
            .or_else(|| named("headlines"))
            .or_else(|| named("title"))
            .unwrap_or_default()
    }

    /// The richest form of the text: marked up before plain.
    fn body(&self, title: &str) -> Body {
        let mut forms = self.forms();
        forms.sort_by_key(|(is_html, _)| !is_html);
        let bodies = forms
            .into_iter()
            .map(|(is_html, text)| if is_html { body::html(text, title) } else { body::text(text) });
        bodies.into_iter().find(|body| !body.content.text.is_empty()).unwrap_or_default()
    }

    /// Every form of the text, and whether it is marked up.
    fn forms(&self) -> Vec<(bool, &'a str)> {
        let mut forms = Vec::new();
        for (name, value) in &self.members {
            if name.starts_with("body") || name == "articlehtml" {
                forms.extend(value.as_str().map(|text| (name.contains("html"), text)));
            }
        }
        for one in self.list("bodies") {
            let says = |name| member(one, name).unwrap_or_default().to_lowercase();
            let is_html = says("contenttype").contains("html") || says("role").contains("html");
            forms.extend(raw_member(one, "value").and_then(Value::as_str).map(|text| (is_html, text)));
        }
        forms
    }

    fn lead(&self) -> Option<String> {
        let flat = |text: String| plain::some_line(&crate::content::one_line(&text));
        let single =
            ["teaser", "descriptiontext", "description", "descriptionhtml", "descriptionxhtml", "summary"]
                .iter()
                .find_map(|name| self.text(name));
        single.or_else(|| self.list("descriptions").find_map(|one| member(one, "value"))).and_then(flat)
    }

    fn authors(&self) -> Vec<String> {
        if let Some(by) = self.text("byline").or_else(|| self.text("by")) {
            return authors(&by);
        }
        let named = |list: &str| {
            self.list(list)
                .filter_map(|one| member(one, "name").or_else(|| one.as_str().map(str::to_owned)))
                .collect::<Vec<_>>()
        };
        let bylines: Vec<String> = self
            .list("bylines")
            .filter_map(|one| member(one, "value"))
            .flat_map(|line| authors(&line))
            .collect();
        [bylines, named("authors"), named("creators")]
            .into_iter()
            .find(|names| !names.is_empty())
            .unwrap_or_default()
    }

    fn publisher(&self) -> Option<String> {
        let infosource =
            || self.list("infosources").chain(self.list("infosource")).find_map(|one| member(one, "name"));
        ["provider", "source", "publisher", "creditline"]
            .iter()
            .find_map(|name| self.text(name))
            .or_else(infosource)
            .or_else(|| self.text("copyrightholder"))
    }

    fn labels(&self) -> Vec<String> {
        let mut labels: Vec<String> = self.text("slugline").into_iter().collect();
        for list in ["subjects", "subject", "genres", "genre", "keywords", "keyword"] {
            for one in self.list(list) {
                labels.extend(one.as_str().map(str::to_owned).or_else(|| member(one, "name")));
                labels.extend(medtop(one));
            }
        }
        // dpa's lists of plain names.
        for list in ["dpasubjectnames", "geosubjectnames", "keywordnames", "rubricnames"] {
            labels.extend(self.list(list).filter_map(Value::as_str).map(str::to_owned));
        }
        labels.extend(self.text("urgency").and_then(|value| urgency(&value)));
        labels
    }
}

/// The code of a subject of IPTC's media topics.
fn medtop(subject: &Value) -> Option<String> {
    let code = member(subject, "code").or_else(|| member(subject, "uri"))?;
    let scheme = member(subject, "scheme").unwrap_or_default();
    let digits = super::last_part(&code);
    let is_number = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && (code.contains("medtop") || scheme.contains("medtop") || code.contains("mediatopic")))
        .then(|| format!("medtop:{digits}"))
}

fn member(value: &Value, name: &str) -> Option<String> {
    plain::some_line(raw_member(value, name)?.as_str()?)
}

fn raw_member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let object: &Map<String, Value> = value.as_object()?;
    object.iter().find(|(found, _)| simple(found) == name).map(|(_, value)| value)
}

/// A name in lower case without underscores and signs: `body_text`, `bodyText` and `bodytext` are one.
fn simple(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
