//! NITF, the News Industry Text Format (IPTC, 3.x).

use wirewatch_model::ParsedArticle;

use super::body::{self, Body};
use super::stamp::{as_revision, moment, stamp};
use super::tree::Element;
use super::{Wire, authors, status, urgency};
use crate::finish::finish;
use crate::{Hint, plain};

/// Reads every `nitf` element of a document.
pub(super) fn read(root: &Element, hint: &Hint) -> Wire {
    let mut wire = Wire::default();
    for nitf in root.all("nitf") {
        let mut article = article(nitf);
        if article.text.is_empty() && article.lead.is_none() && nitf.find("media").is_some() {
            wire.no_article("it is a picture or film with its caption, not an article");
            continue;
        }
        let declared = language(nitf);
        // The agency's revision, or else the time of issue: an id always names one revision of it.
        article.revision = revision(nitf).or_else(|| article.published.map(as_revision));
        wire.articles.push(finish(article, declared, hint));
    }
    wire
}

/// What an `nitf` element says, without what [`finish`] adds.
fn article(nitf: &Element) -> ParsedArticle {
    let body = body(nitf);
    ParsedArticle {
        text: body.content.text,
        html: body.content.html,
        problems: body.content.problems,
        ..facts(nitf)
    }
}

/// What it says beside its body, for formats that carry it and read the body themselves.
pub(super) fn facts(nitf: &Element) -> ParsedArticle {
    let docdata = nitf.path(&["head", "docdata"]);
    let head = nitf.path(&["body", "body.head"]);
    let attribute = |element: &str, name: &str| docdata?.find(element)?.attribute(name);
    let published = attribute("date.issue", "norm")
        .and_then(stamp)
        .or_else(|| head?.path(&["dateline", "story.date"])?.attribute("norm").and_then(stamp));
    let release = attribute("date.release", "norm").and_then(moment);
    ParsedArticle {
        title: title(nitf, head),
        authors: head.and_then(|head| head.child("byline")).map(byline).unwrap_or_default(),
        publisher: publisher(nitf, docdata, head),
        published,
        external_id: attribute("doc-id", "id-string").map(str::to_owned),
        status: docdata.and_then(|data| data.attribute("management-status")).map(status).unwrap_or_default(),
        // A story is embargoed if it is released later than it is issued.
        embargo: release.filter(|release| published.is_none_or(|issued| *release > issued.moment())),
        lead: head.and_then(|head| head.child("abstract")).and_then(Element::line),
        labels: labels(nitf, docdata),
        ..ParsedArticle::default()
    }
}

fn title(nitf: &Element, head: Option<&Element>) -> String {
    head.and_then(|head| head.find("hl1"))
        .and_then(Element::line)
        .or_else(|| head?.child("hedline")?.line())
        .or_else(|| nitf.path(&["head", "title"])?.line())
        .unwrap_or_default()
}

/// The text. The dateline stands apart in NITF.
fn body(nitf: &Element) -> Body {
    let dateline = nitf.path(&["body", "body.head", "dateline"]).and_then(dateline);
    let body = nitf.path(&["body", "body.content"]).map(body::nitf).unwrap_or_default();
    body.with_dateline(dateline.as_deref())
}

fn dateline(dateline: &Element) -> Option<String> {
    let place = dateline.child("location").and_then(Element::line);
    place.or_else(|| plain::some_line(&dateline.text()))
}

/// The names of a byline, without the title or agency that stands with them.
fn byline(byline: &Element) -> Vec<String> {
    let people: Vec<String> = byline.all("person").into_iter().filter_map(Element::line).collect();
    if !people.is_empty() {
        return people;
    }
    let title = byline.find("byttl").map(Element::text).unwrap_or_default();
    authors(&byline.text().replacen(title.as_str(), "", usize::from(!title.is_empty())))
}

fn publisher(nitf: &Element, docdata: Option<&Element>, head: Option<&Element>) -> Option<String> {
    let named = |name: &str| matches!(name.rsplit('-').next(), Some("source" | "provider" | "publisher"));
    let metas = nitf.child("head").map(|head| head.all("meta")).unwrap_or_default();
    let meta = metas.into_iter().find(|meta| meta.attribute("name").is_some_and(named));
    meta.and_then(|meta| meta.attribute("content").map(str::to_owned))
        .or_else(|| head?.child("distributor")?.line())
        .or_else(|| Some(docdata?.find("doc.copyright")?.attribute("holder")?.to_owned()))
        .or_else(|| head?.find("rights.owner")?.line())
        .or_else(|| Some(docdata?.find("doc-id")?.attribute("regsrc")?.to_owned()))
}

fn labels(nitf: &Element, docdata: Option<&Element>) -> Vec<String> {
    let mut labels = Vec::new();
    let mut take = |elements: Vec<&Element>, names: &[&str]| {
        for element in elements {
            labels.extend(names.iter().find_map(|name| element.attribute(name)).and_then(plain::some_line));
        }
    };
    if let Some(docdata) = docdata {
        take(docdata.all("keyword"), &["key"]);
        take(docdata.all("fixture"), &["fix-id"]);
        take(docdata.all("du-key"), &["key"]);
    }
    if let Some(head) = nitf.child("head") {
        const SUBJECT: &str = "tobject.subject";
        take(
            head.all(SUBJECT),
            &["tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type"],
        );
        take(head.all(SUBJECT), &["tobject.subject.refnum", "tobject.subject.code"]);
    }
    let urgent = docdata.and_then(|data| data.find("urgency")?.attribute("ed-urg")).and_then(urgency);
    labels.extend(urgent);
    labels
}

fn revision(nitf: &Element) -> Option<String> {
    let docdata = nitf.path(&["head", "docdata"])?;
    docdata.find("du-key")?.attribute("version").map(str::to_owned)
}

fn language(nitf: &Element) -> Option<&str> {
    nitf.attribute("lang").or_else(|| nitf.child("body")?.attribute("lang"))
}
