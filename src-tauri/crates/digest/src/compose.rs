//! From matched articles to a digest: grouped by topic, copies folded into stories, the ledger kept.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use wirewatch_model::{
    Article, Curation, Hit, ParsedArticle, Period, Published, Source, SourceId, SourceState, StoryId,
    StoryOrder, Topic, TopicId,
};

use crate::clean::clean;
use crate::correction::corrections;
use crate::summary::{first_sentence, summary};
use crate::{Carrier, Chapter, Coverage, Digest, Gap, Link, Story};

/// Longest headline made from a text that has none, in characters.
const MADE_HEADLINE_LIMIT: usize = 100;

/// What a digest is made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The digest's name, such as `Daily digest`.
    pub name: &'a str,
    /// The time it reports on.
    pub period: Period,
    /// Now.
    pub made_at: DateTime<Utc>,
    /// The zone that times are shown in.
    pub zone: Tz,
    /// The topics in the order of the digest, without the silent ones.
    pub topics: &'a [Topic],
    /// The articles that matched in the period, newest first, with their matches.
    pub articles: &'a [Article],
    /// Articles from before the period that were changed or taken back in it, newest first, with their
    /// matches and revisions.
    pub corrected: &'a [Article],
    /// Every source, with its health.
    pub sources: &'a [Source],
    /// How many articles came in during the period, matched or not.
    pub scanned: u64,
    /// For each topic its matches a day, oldest first, the last is today; may be empty.
    pub volume: &'a [(TopicId, Vec<u32>)],
    /// At most so many stories a topic; what is left out is counted.
    pub cap: usize,
    /// Which story stands first.
    pub order: StoryOrder,
    /// The sources whose article speaks for a story, the first wish first.
    pub preferred: &'a [SourceId],
    /// What the editor wants of it.
    pub curation: &'a Curation,
}

/// Composes the digest. Equal material gives an equal digest.
///
/// A story stands where its newest article stands, unless the widest stand first. The article of a
/// preferred source speaks for it, else the one that came in first, and the others are named as
/// carriers. An article of several topics stands in each of them, with the passages that this topic
/// looked for. The editor's wishes come before any order and any cap.
pub fn compose(material: &Material<'_>) -> Digest {
    let of_topics =
        |article: &&Article| material.topics.iter().any(|topic| hits_of(article, topic).is_some());
    let matched: Vec<&Article> = material.articles.iter().filter(of_topics).collect();
    let kept = |article: &&&Article| !material.curation.dropped.contains(&article.story);
    let reported: Vec<&Article> = matched.iter().filter(kept).copied().collect();
    let date = day_of(material);
    let stories: BTreeSet<StoryId> = reported.iter().map(|article| article.story).collect();
    Digest {
        title: or(clean(material.name), "Digest"),
        made_at: material.made_at,
        date,
        day: date.format("%A, %-d %B %Y").to_string(),
        note: paragraphs(&material.curation.note),
        articles: reported.len(),
        stories: stories.len(),
        chapters: material.topics.iter().map(|topic| chapter(material, topic)).collect(),
        corrections: corrections(material),
        coverage: coverage(material, matched.len()),
    }
}

/// The local day that it is the digest of: it may be made the morning after.
fn day_of(material: &Material<'_>) -> NaiveDate {
    material.period.to.with_timezone(&material.zone).date_naive()
}

fn chapter(material: &Material<'_>, topic: &Topic) -> Chapter {
    let matching: Vec<_> = material
        .articles
        .iter()
        .filter_map(|article| Some(Telling { article, hits: hits_of(article, topic)? }))
        .collect();
    let curation = material.curation;
    let all = by_story(&matching).into_iter().filter_map(|tellings| story(material, &tellings));
    let (dropped, mut stories): (Vec<Story>, Vec<Story>) =
        all.partition(|story| curation.dropped.contains(&StoryId(story.id)));
    if material.order == StoryOrder::Widest {
        // Stable: the newest of equals stays in front.
        stories.sort_by_key(|story| std::cmp::Reverse(story.also.len()));
    }
    let place = |story: &Story| curation.place(&topic.id, StoryId(story.id));
    stories.sort_by_key(|story| place(story).unwrap_or(usize::MAX));
    let placed = stories.iter().filter(|story| place(story).is_some()).count();
    let beyond = stories.split_off(material.cap.min(stories.len()));
    Chapter {
        topic: topic.id.to_string(),
        name: or(clean(&topic.name), topic.id.as_str()),
        articles: matching
            .iter()
            .filter(|telling| !curation.dropped.contains(&telling.article.story))
            .count(),
        omitted: beyond.len(),
        placed,
        stories,
        beyond,
        dropped,
        volume: material
            .volume
            .iter()
            .find(|(id, _)| *id == topic.id)
            .map_or_else(Vec::new, |(_, days)| days.clone()),
    }
}

/// An article with what one topic found in it.
#[derive(Clone, Copy)]
struct Telling<'a> {
    article: &'a Article,
    hits: &'a [Hit],
}

fn hits_of<'a>(article: &'a Article, topic: &Topic) -> Option<&'a [Hit]> {
    article.matches.iter().find(|found| found.topic == topic.id).map(|found| found.hits.as_slice())
}

/// The articles of each story, earliest arrival first; stories in the order of their newest article.
fn by_story<'a>(newest_first: &[Telling<'a>]) -> Vec<Vec<Telling<'a>>> {
    let mut stories: Vec<Vec<Telling<'a>>> = Vec::new();
    let mut place: HashMap<StoryId, usize> = HashMap::new();
    for telling in newest_first {
        let at = *place.entry(telling.article.story).or_insert_with(|| {
            stories.push(Vec::new());
            stories.len() - 1
        });
        stories[at].push(*telling);
    }
    for tellings in &mut stories {
        tellings.sort_by_key(|telling| telling.article.id);
    }
    stories
}

/// A story as told by the first of its articles, or by the first of a preferred source; `None` if there
/// are none.
fn story(material: &Material<'_>, tellings: &[Telling<'_>]) -> Option<Story> {
    let of_source = |source: &SourceId| tellings.iter().find(|telling| telling.article.source == *source);
    let Telling { article, hits } = material.preferred.iter().find_map(of_source).or(tellings.first())?;
    let content = &article.content;
    let headline = headline_of(content);
    let outlet = outlet_of(article);
    Some(Story {
        id: article.story.0,
        link: content.url.as_deref().and_then(Link::new),
        time: time_of(material, article),
        language: content.language.clone().filter(|tag| is_language_tag(tag)),
        rtl: headline.chars().find(|c| c.is_alphabetic()).is_some_and(is_right_to_left),
        headline,
        summary: summary(content, hits),
        summary_only: content.summary_only,
        also: carriers(&outlet, tellings),
        note: material.curation.notes.get(&article.story).map_or_else(Vec::new, |note| paragraphs(note)),
        outlet,
    })
}

/// What an editor wrote, a line each, without what must not be printed.
fn paragraphs(note: &str) -> Vec<String> {
    note.lines().map(clean).filter(|line| !line.is_empty()).collect()
}

/// The headline; of an article without one its first sentence.
pub(crate) fn headline_of(content: &ParsedArticle) -> String {
    let headline = or(clean(&content.title), &first_sentence(&content.text, MADE_HEADLINE_LIMIT));
    or(headline, "(no headline)")
}

/// The outlets besides the one that speaks, each once.
fn carriers(speaker: &str, tellings: &[Telling<'_>]) -> Vec<Carrier> {
    let mut named: BTreeSet<String> = BTreeSet::from([speaker.to_lowercase()]);
    tellings
        .iter()
        .map(|copy| (outlet_of(copy.article), copy.article.content.url.as_deref()))
        .filter(|(outlet, _)| named.insert(outlet.to_lowercase()))
        .map(|(outlet, url)| Carrier { outlet, link: url.and_then(Link::new) })
        .collect()
}

/// Who published it, as far as it says; else the source that brought it.
pub(crate) fn outlet_of(article: &Article) -> String {
    or(clean(article.outlet()), "unnamed source")
}

/// When an article was published: as briefly as it stays clear beside the digest's own day.
pub(crate) fn time_of(material: &Material<'_>, article: &Article) -> String {
    let today = day_of(material);
    let at = article.content.sorting_time(article.first_seen);
    // A day without a time has no zone to be shifted to.
    let (day, clock) = match article.content.published {
        Some(Published::Day(day)) if Published::Day(day).moment() <= at => (day, None),
        _ => {
            let local = at.with_timezone(&material.zone);
            (local.date_naive(), Some(local.format("%H:%M").to_string()))
        }
    };
    match clock {
        Some(clock) if day == today => clock,
        Some(clock) if day.year() == today.year() => format!("{}, {clock}", day.format("%a %-d %b")),
        None if day.year() == today.year() => day.format("%a %-d %b").to_string(),
        _ => day.format("%-d %b %Y").to_string(),
    }
}

fn coverage(material: &Material<'_>, matched: usize) -> Coverage {
    let gaps: Vec<Gap> = material.sources.iter().filter_map(|source| gap(material, source)).collect();
    Coverage {
        from: moment(material, material.period.from),
        to: moment(material, material.period.to),
        zone: material.zone.to_string(),
        scanned: material.scanned,
        matched,
        read: material.sources.len() - gaps.len(),
        gaps,
    }
}

/// Why the digest may know too little of a source; `None` if it was read as it should.
fn gap(material: &Material<'_>, source: &Source) -> Option<Gap> {
    let health = &source.health;
    let reason = match health.state {
        SourceState::Paused => "paused".to_owned(),
        _ if health.last_checked.is_none() => "not checked yet".to_owned(),
        SourceState::New => "not read yet".to_owned(),
        SourceState::Failing => or(clean(&health.message), "did not answer as it should"),
        SourceState::Stopped => format!("stopped: {}", or(clean(&health.message), "gone for good")),
        SourceState::Ok if health.last_success < Some(material.period.from) => {
            "not read during this period".to_owned()
        }
        // It answers, and is unusually quiet.
        SourceState::Ok if !health.message.is_empty() => clean(&health.message),
        SourceState::Ok => return None,
    };
    Some(Gap {
        source: or(clean(&source.spec.name), &clean(&source.spec.location)),
        last_read: health.last_success.map(|at| moment(material, at)),
        reason,
    })
}

fn moment(material: &Material<'_>, at: DateTime<Utc>) -> String {
    at.with_timezone(&material.zone).format("%a %-d %b %Y, %H:%M").to_string()
}

fn or(text: String, fallback: &str) -> String {
    if text.is_empty() { fallback.to_owned() } else { text }
}

fn is_language_tag(tag: &str) -> bool {
    tag.len() >= 2 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Hebrew, Arabic and their neighbours, with their presentation forms.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}
