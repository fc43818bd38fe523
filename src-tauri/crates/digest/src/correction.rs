//! What became of articles that an earlier digest may have reported.

use wirewatch_model::{Article, ParsedArticle, Status};

use crate::Correction;
use crate::clean::clean;
use crate::compose::{Material, headline_of, outlet_of, time_of};
use crate::digest::Link;

/// The corrections of a period, newest arrival first. Websites polish their words all day long: what
/// counts is an article that was taken back, another headline, or a new revision of an agency's item.
pub(crate) fn corrections(material: &Material<'_>) -> Vec<Correction> {
    let reported = |article: &&Article| {
        let topics = material.topics;
        article.matches.iter().any(|found| topics.iter().any(|topic| topic.id == found.topic))
    };
    material.corrected.iter().filter(reported).filter_map(|article| correction(material, article)).collect()
}

fn correction(material: &Material<'_>, article: &Article) -> Option<Correction> {
    Some(Correction {
        what: what(material, article)?,
        headline: headline_of(&article.content),
        link: article.content.url.as_deref().and_then(Link::new),
        outlet: outlet_of(article),
        time: time_of(material, article),
    })
}

fn what(material: &Material<'_>, article: &Article) -> Option<String> {
    match article.content.status {
        Status::Cancelled => return Some("taken back by its provider".to_owned()),
        Status::Withheld => return Some("withheld by its provider for now".to_owned()),
        Status::Usable => {}
    }
    let period = material.period;
    let mut replaced = article
        .revisions
        .iter()
        .filter(|revision| revision.replaced_at >= period.from && revision.replaced_at < period.to);
    // What was reported is what stood before the first change.
    let before = clean(&replaced.next()?.title);
    match before {
        before if !before.is_empty() && before != clean(&article.content.title) => {
            Some(format!("headline was “{before}”"))
        }
        _ => is_counted(&article.content).then(|| "has a new revision".to_owned()),
    }
}

fn is_counted(content: &ParsedArticle) -> bool {
    content.revision.is_some()
}
