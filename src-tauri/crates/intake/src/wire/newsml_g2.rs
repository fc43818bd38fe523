//! NewsML-G2 (IPTC, 2.x): news items, alone or in a message with others.

use wirewatch_model::{ParsedArticle, Published};

use super::body::{self, Body};
use super::stamp::{moment, stamp};
use super::tree::Element;
use super::{Wire, authors, last_part, nitf, status, urgency};
use crate::finish::{finish, host};
use crate::{Hint, plain};

/// The items that are no news, and what they are.
const OTHER_ITEMS: &[(&str, &str)] = &[
    ("packageItem", "a package that only refers to other items"),
    ("conceptItem", "a description of a concept"),
    ("knowledgeItem", "a list of concepts"),
    ("planningItem", "a plan of coverage"),
    ("catalogItem", "a catalogue of code lists"),
];

/// Reads every item of a document.
pub(super) fn read(root: &Element, hint: &Hint) -> Wire {
    let mut wire = Wire::default();
    for item in root.all("newsItem") {
        match article(item) {
            Ok(article) => wire.articles.push(finish(article, language(item), hint)),
            Err(what) => wire.no_article(format!("{}: {what}", name(item))),
        }
    }
    for (kind, what) in OTHER_ITEMS {
        for item in root.all(kind) {
            wire.no_article(format!("{}: it is {what}, not an article", name(item)));
        }
    }
    wire
}

/// What to call an item in a problem.
fn name(item: &Element) -> String {
    let id = item.attribute("guid").unwrap_or("an item without id");
    plain::beginning(id, 120).to_owned()
}

/// The article of a `newsItem`, or why it is none.
fn article(item: &Element) -> Result<ParsedArticle, String> {
    let class = coded(item.path(&["itemMeta", "itemClass"])).unwrap_or("text");
    if !matches!(last_part(class).to_ascii_lowercase().as_str(), "text" | "composite") {
        return Err(format!("it is of class “{}”, not an article", plain::beginning(last_part(class), 40)));
    }
    let meta = item.child("contentMeta");
    let status = coded(item.path(&["itemMeta", "pubStatus"])).map(status).unwrap_or_default();
    let inner =
        item.path(&["contentSet"]).and_then(|set| set.find("nitf")).map(nitf::facts).unwrap_or_default();
    let title = headline(item, meta).unwrap_or(inner.title);
    let body = match item.child("contentSet").and_then(|set| contents(set, &title)) {
        Some(body) => body.with_dateline(meta.and_then(|meta| meta.child("dateline")?.line()).as_deref()),
        // A notice that takes an item back has no text and needs none.
        None if status.is_retracted() || !title.is_empty() && meta.is_some_and(has_words) => Body::default(),
        None => return Err(no_text(item)),
    };
    let first = |names: &[&str]| names.iter().find_map(|name| time(item, name));
    let created = time(item, "versionCreated");
    Ok(ParsedArticle {
        title,
        authors: people(meta).unwrap_or(inner.authors),
        publisher: provider(item).or(inner.publisher),
        published: first(&["firstCreated", "versionCreated", "contentCreated"]),
        updated: created,
        external_id: item.attribute("guid").map(str::to_owned),
        revision: Some(item.attribute("version").unwrap_or("1").to_owned()),
        status,
        embargo: item.path(&["itemMeta", "embargoed"]).and_then(|at| moment(&at.text())).or(inner.embargo),
        lead: meta.and_then(lead).or(body.lead).or(inner.lead),
        text: body.content.text,
        html: body.content.html,
        problems: body.content.problems,
        labels: labels(item, meta),
        ..ParsedArticle::default()
    })
}

/// Whether an item without text says something in its description.
fn has_words(meta: &Element) -> bool {
    lead(meta).is_some()
}

fn no_text(item: &Element) -> String {
    let elsewhere = item.find("remoteContent").and_then(|remote| remote.attribute("href"));
    match elsewhere {
        Some(href) => format!("its text lies elsewhere ({}), add that", plain::beginning(href, 120)),
        None => "there is no text in it".to_owned(),
    }
}

/// The first rendition that holds text.
fn contents(set: &Element, title: &str) -> Option<Body> {
    set.elements().filter_map(|one| rendition(one, title)).find(|body| !body.content.text.is_empty())
}

fn rendition(content: &Element, title: &str) -> Option<Body> {
    let kind = content.attribute("contenttype").unwrap_or_default();
    if content.is("inlineXML") {
        if let Some(nitf) = content.find("nitf").and_then(|nitf| nitf.path(&["body", "body.content"])) {
            return Some(body::nitf(nitf));
        }
        let is_page = content.find("html").is_some() || kind.contains("html") || content.find("p").is_some();
        return is_page.then(|| body::xhtml(content, title));
    }
    if content.is("inlineData") {
        let text = content.text();
        return Some(if kind.contains("html") { body::html(&text, title) } else { body::text(&text) });
    }
    None
}

/// The main headline: the one of lowest rank; else the one inside of the text; else the item's title.
fn headline(item: &Element, meta: Option<&Element>) -> Option<String> {
    let rank =
        |element: &&Element| element.attribute("rank").and_then(|rank| rank.parse().ok()).unwrap_or(0u32);
    let main = meta.and_then(|meta| meta.children("headline").min_by_key(rank)).and_then(Element::line);
    let inside = || {
        let set = item.child("contentSet")?;
        set.find("hl1")
            .or_else(|| set.find("h1"))
            .or_else(|| set.path(&["inlineXML", "html", "head", "title"]))?
            .line()
    };
    main.or_else(inside).or_else(|| item.path(&["itemMeta", "title"])?.line())
}

fn lead(meta: &Element) -> Option<String> {
    let is_lead = |element: &&Element| {
        element.attribute("role").is_none_or(|role| {
            ["teaser", "summary", "abstract", "lead"]
                .iter()
                .any(|word| role.to_ascii_lowercase().contains(word))
        })
    };
    meta.children("description").find(is_lead).and_then(Element::line)
}

/// The byline, else the creators that have a person's name.
fn people(meta: Option<&Element>) -> Option<Vec<String>> {
    let meta = meta?;
    if let Some(by) = meta.child("by").and_then(Element::line) {
        return Some(authors(&by));
    }
    // Some agencies put the editor's login there.
    let names = meta.children("creator").filter_map(|creator| creator.child("name")?.line());
    let names: Vec<String> = names.filter(|name| name.contains(' ') || !name.is_ascii()).collect();
    (!names.is_empty()).then_some(names)
}

fn provider(item: &Element) -> Option<String> {
    let provider = item.path(&["itemMeta", "provider"]);
    let named = |element: Option<&Element>| {
        let element = element?;
        let name = element.child("name").and_then(Element::line);
        name.or_else(|| element.attribute("literal").map(str::to_owned))
            .or_else(|| element.attribute("qcode").map(|code| last_part(code).to_owned()))
            .or_else(|| element.attribute("uri").map(|uri| host(uri).unwrap_or_else(|| uri.to_owned())))
    };
    named(provider)
        .or_else(|| named(item.path(&["contentMeta", "infoSource"])))
        .or_else(|| item.path(&["contentMeta", "creditline"])?.line())
        .or_else(|| named(item.path(&["rightsInfo", "copyrightHolder"])))
}

fn labels(item: &Element, meta: Option<&Element>) -> Vec<String> {
    let Some(meta) = meta else { return Vec::new() };
    let mut labels: Vec<String> = meta.children("slugline").filter_map(Element::line).collect();
    labels.extend(meta.children("keyword").filter_map(Element::line));
    for subject in meta.children("subject").chain(meta.children("genre")) {
        labels.extend(subject.child("name").and_then(Element::line));
        labels.extend(subject.attribute("qcode").filter(|code| is_standard(code)).map(str::to_owned));
    }
    let signals = item.child("itemMeta").into_iter().flat_map(|meta| meta.children("signal"));
    labels.extend(signals.filter_map(|signal| coded(Some(signal)).map(|code| last_part(code).to_owned())));
    labels.extend(meta.child("urgency").and_then(|value| urgency(&value.text())));
    labels
}

/// Whether a code belongs to IPTC's own subject lists, which mean the same with every agency.
fn is_standard(code: &str) -> bool {
    ["medtop:", "subj:"].iter().any(|scheme| code.starts_with(scheme))
}

fn time(item: &Element, name: &str) -> Option<Published> {
    let element = item.path(&["itemMeta", name]).or_else(|| item.path(&["contentMeta", name]))?;
    stamp(&element.text())
}

/// The code of a property, whichever way it is given.
fn coded(element: Option<&Element>) -> Option<&str> {
    let element = element?;
    ["qcode", "uri", "literal"].iter().find_map(|name| element.attribute(name))
}

fn language(item: &Element) -> Option<&str> {
    item.path(&["contentMeta", "language"])
        .and_then(|one| one.attribute("tag"))
        .or_else(|| item.attribute("lang"))
}
