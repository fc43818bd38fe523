//! NewsML 1.x (IPTC, 1.2): a tree of components with the text in one of them.

use wirewatch_model::{ParsedArticle, Status};

use super::body::{self, Body};
use super::stamp::{moment, stamp};
use super::tree::Element;
use super::{Wire, authors, nitf, status, urgency};
use crate::finish::finish;
use crate::{Hint, plain};

/// Roles and formats of components that are not the text.
const NOT_TEXT: &[&str] = &[
    "stylesheet",
    "headline",
    "logo",
    "contact",
    "caption",
    "photo",
    "graphic",
    "css",
    "thumbnail",
    "preview",
    "subheadline",
    "picture",
    "video",
    "audio",
];

/// Reads every news item of a document.
pub(super) fn read(root: &Element, hint: &Hint) -> Wire {
    let mut wire = Wire::default();
    let mut items = Vec::new();
    outermost(root, &mut items);
    let sender = root.find("NewsEnvelope").and_then(sender);
    for item in items {
        match article(item, sender.as_deref()) {
            Ok(article) => wire.articles.push(finish(article, language(item), hint)),
            Err(what) => wire
                .no_article(format!("{}: {what}", id(item).unwrap_or_else(|| "an item without id".into()))),
        }
    }
    wire
}

/// The news items that are in no other.
fn outermost<'a>(element: &'a Element, items: &mut Vec<&'a Element>) {
    for one in element.elements() {
        if one.is("NewsItem") { items.push(one) } else { outermost(one, items) }
    }
}

fn article(item: &Element, sender: Option<&str>) -> Result<ParsedArticle, String> {
    let formal = |name: &str| item.path(&["NewsManagement", name])?.attribute("FormalName");
    let status = formal("Status").map(status).unwrap_or_default();
    let inner = item.find("nitf").map(nitf::facts).unwrap_or_default();
    let line = |name: &str| item.find(name).and_then(Element::line);
    let title = line("HeadLine").unwrap_or(inner.title);
    let body = match text(item, &title) {
        Some(body) => body.with_dateline(line("DateLine").as_deref()),
        None if status.is_retracted() => Body::default(),
        None => return Err(no_text(item)),
    };
    let time = |name: &str| stamp(&item.path(&["NewsManagement", name])?.text());
    Ok(ParsedArticle {
        title,
        authors: line("ByLine").map_or(inner.authors, |line| authors(&line)),
        publisher: party(item, "Provider")
            .or_else(|| sender.map(str::to_owned))
            .or_else(|| party(item, "Source"))
            .or(inner.publisher),
        published: time("FirstCreated").or(time("ThisRevisionCreated")).or(inner.published),
        updated: time("ThisRevisionCreated"),
        external_id: id(item).or(inner.external_id),
        revision: Some(line("RevisionId").unwrap_or_else(|| "1".to_owned())),
        embargo: embargo(item, status, formal("Status")).or(inner.embargo),
        status,
        lead: body.lead.or(inner.lead),
        text: body.content.text,
        html: body.content.html,
        problems: body.content.problems,
        labels: labels(item),
        ..ParsedArticle::default()
    })
}

/// The id that all revisions of an item share (NewsML 1.2, section 5.2).
fn id(item: &Element) -> Option<String> {
    let identifier = item.find("NewsIdentifier")?;
    let part = |name: &str| identifier.child(name).and_then(Element::line);
    let whole = || part("PublicIdentifier");
    match (part("ProviderId"), part("DateId"), part("NewsItemId")) {
        (Some(provider), Some(day), Some(item)) => Some(format!("urn:newsml:{provider}:{day}:{item}")),
        _ => whole(),
    }
}

/// An item is embargoed until its status changes.
fn embargo(item: &Element, status: Status, said: Option<&str>) -> Option<chrono::DateTime<chrono::Utc>> {
    let is_embargoed =
        status == Status::Usable && said.is_some_and(|said| said.eq_ignore_ascii_case("embargoed"));
    let change =
        item.path(&["NewsManagement", "StatusWillChange", "DateAndTime"]).filter(|_| is_embargoed)?;
    moment(&change.text())
}

/// The largest text among the components that may hold it.
fn text(item: &Element, title: &str) -> Option<Body> {
    let mut found = Vec::new();
    components(item, title, &mut found);
    found.into_iter().max_by_key(|body| body.content.text.len()).filter(|body| !body.content.text.is_empty())
}

fn components(element: &Element, title: &str, found: &mut Vec<Body>) {
    for one in element.elements() {
        if one.is("NewsItem") || one.is("NewsComponent") && is_marked(one, &["Role"]) {
            continue;
        }
        if one.is("ContentItem") {
            if !is_marked(one, &["Format", "MediaType", "MimeType"]) {
                found.extend(one.child("DataContent").map(|data| content(one, data, title)));
            }
        } else {
            components(one, title, found);
        }
    }
}

/// Whether a component says by one of these children that it is not text.
fn is_marked(element: &Element, by: &[&str]) -> bool {
    by.iter().filter_map(|name| element.child(name)?.attribute("FormalName")).any(|name| {
        let name = name.to_ascii_lowercase();
        NOT_TEXT.contains(&name.as_str())
            || ["image/", "video/", "audio/", "text/css"].iter().any(|kind| name.starts_with(kind))
    })
}

fn content(item: &Element, data: &Element, title: &str) -> Body {
    if let Some(nitf) = data
        .find("nitf")
        .and_then(|nitf| nitf.path(&["body", "body.content"]))
        .or_else(|| data.find("body.content"))
    {
        return body::nitf(nitf);
    }
    if data.elements().next().is_some() {
        return body::xhtml(data, title);
    }
    let kind = item.child("MimeType").and_then(|kind| kind.attribute("FormalName")).unwrap_or_default();
    let text = data.text();
    if kind.contains("html") { body::html(&text, title) } else { body::text(&text) }
}

fn no_text(item: &Element) -> String {
    let kind = item.find("MediaType").and_then(|kind| kind.attribute("FormalName"));
    match kind.filter(|kind| !kind.eq_ignore_ascii_case("text")) {
        Some(kind) => format!("it is of the medium “{}”, not an article", plain::beginning(kind, 40)),
        None if item.find("NewsItemRef").is_some() => {
            "it is a package that only refers to other items".to_owned()
        }
        None => "there is no text in it".to_owned(),
    }
}

fn party(item: &Element, role: &str) -> Option<String> {
    let party = item.find("AdministrativeMetadata")?.child(role)?.child("Party")?;
    party.attribute("FormalName").map(str::to_owned)
}

fn sender(envelope: &Element) -> Option<String> {
    let party = envelope.path(&["SentFrom", "Party"]).or_else(|| envelope.child("NewsService"))?;
    party.attribute("FormalName").map(str::to_owned)
}

fn labels(item: &Element) -> Vec<String> {
    let mut labels: Vec<String> = ["SlugLine", "KeywordLine"]
        .iter()
        .flat_map(|name| item.all(name))
        .filter_map(Element::line)
        .collect();
    for name in ["SubjectDetail", "SubjectMatter", "Subject", "Genre"] {
        labels.extend(
            item.all(name).into_iter().filter_map(|one| one.attribute("FormalName").map(str::to_owned)),
        );
    }
    let keywords = item.all("Property").into_iter().filter(|one| {
        one.attribute("FormalName").is_some_and(|name| name.ends_with("Keywords") || name == "Keyword")
    });
    labels.extend(keywords.filter_map(|one| one.attribute("Value").map(str::to_owned)));
    let urgent = item.path(&["NewsManagement", "Urgency"]).and_then(|one| one.attribute("FormalName"));
    labels.extend(urgent.and_then(urgency));
    labels
}

fn language(item: &Element) -> Option<&str> {
    item.find("Language")?.attribute("FormalName")
}
