//! The JSON form of things, as the command line's contract has it.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use wirewatch_library::TopicRule;
use wirewatch_model::{
    Alert, Article, ArticleHead, Fate, Field, Hit, Level, Match, ParsedArticle, Published, Source, Story,
    Topic,
};
use wirewatch_monitor::{SourceReport, Tally};

/// RFC 3339 in UTC, to the second.
pub(crate) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A moment as RFC 3339, a day as `2019-05-14`.
pub(crate) fn published(published: Option<Published>) -> Value {
    match published {
        None => Value::Null,
        Some(Published::Day(day)) => day.to_string().into(),
        Some(Published::At(at)) => time(at).into(),
    }
}

/// What `parse` shows of an article.
pub(crate) fn parsed(file: &str, format: &str, article: &ParsedArticle) -> Value {
    let mut object = Map::new();
    object.insert("file".into(), file.into());
    object.insert("format".into(), format.into());
    object.extend(content(article));
    object.into()
}

/// A story with its articles.
pub(crate) fn story(story: &Story) -> Value {
    let versions = story.versions.iter().map(|one| {
        json!({
            "article": one.article.0, "title": some_text(&one.title), "outlet": one.outlet,
            "url": one.url, "first_seen": time(one.first_seen),
        })
    });
    json!({
        "id": story.id.0,
        "title": story.spoken().map(|version| some_text(&version.title)),
        "article": story.speaker.0,
        "outlets": story.outlets(),
        "articles": versions.collect::<Vec<_>>(),
    })
}

/// An article whole, with the other outlets that carried its story.
pub(crate) fn article_in(article: &Article, also: &[String]) -> Value {
    let mut object = whole(article);
    object.insert("also_in".into(), also.into());
    object.into()
}

/// An article whole.
pub(crate) fn article(article: &Article) -> Value {
    whole(article).into()
}

fn whole(article: &Article) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("id".into(), article.id.0.into());
    object.extend(content(&article.content));
    object.insert("first_seen".into(), time(article.first_seen).into());
    object.insert("source".into(), article.source_name.clone().into());
    object.insert("story".into(), article.story.0.into());
    object.insert("topics".into(), article.matches.iter().map(|one| one.topic.as_str()).collect());
    object.insert("matches".into(), article.matches.iter().map(|one| stored_match(article, one)).collect());
    let revisions = article.revisions.iter().map(|revision| {
        json!({"replaced_at": time(revision.replaced_at), "title": revision.title, "text": revision.text})
    });
    object.insert("revisions".into(), revisions.collect());
    object.insert("read".into(), article.read.into());
    object.insert("starred".into(), article.starred.into());
    object
}

fn content(article: &ParsedArticle) -> Map<String, Value> {
    let object = json!({
        "title": some_text(&article.title),
        "authors": article.authors,
        "publisher": article.publisher,
        "published": published(article.published),
        "updated": published(article.updated),
        "url": article.url,
        "external_id": article.external_id,
        "revision": article.revision,
        "status": article.status.as_str(),
        "embargo": article.embargo.map(time),
        "language": article.language,
        "lead": article.lead,
        "text": article.text,
        "html": article.html,
        "labels": article.labels,
        "summary_only": article.summary_only,
        "problems": article.problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(),
    });
    match object {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn stored_match(article: &Article, one: &Match) -> Value {
    let hits: Vec<Value> =
        one.hits.iter().map(|found| hit(&article.content, *found, &one.sentence)).collect();
    json!({"topic": one.topic.as_str(), "version": one.version.0, "sentence": one.sentence, "hits": hits})
}

/// A passage; `start` and `end` are byte offsets in its field.
pub(crate) fn hit(article: &ParsedArticle, hit: Hit, sentence: &str) -> Value {
    json!({
        "field": field_name(hit.field),
        "start": hit.start,
        "end": hit.end,
        "text": passage(article, hit),
        "sentence": sentence,
    })
}

/// The text of a passage.
pub(crate) fn passage(article: &ParsedArticle, hit: Hit) -> &str {
    field(article, hit.field).get(hit.start..hit.end).unwrap_or_default()
}

/// The text of a field.
pub(crate) fn field(article: &ParsedArticle, field: Field) -> &str {
    match field {
        Field::Title => &article.title,
        Field::Lead => article.lead.as_deref().unwrap_or_default(),
        Field::Body => &article.text,
    }
}

/// A field's name.
pub(crate) fn field_name(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Lead => "lead",
        Field::Body => "body",
    }
}

/// What a list shows of an article.
pub(crate) fn head(head: &ArticleHead) -> Value {
    json!({
        "id": head.id.0,
        "title": some_text(&head.title),
        "source": head.source_name,
        "published": published(head.published),
        "url": head.url,
        "topics": head.topics.iter().map(|topic| topic.as_str()).collect::<Vec<_>>(),
        "snippet": head.snippet,
        "first_seen": time(head.first_seen),
        "story": head.story.0,
        "read": head.read,
        "starred": head.starred,
    })
}

/// A source with its health.
pub(crate) fn source(source: &Source, articles: u64) -> Value {
    let health = &source.health;
    json!({
        "id": source.id.0,
        "kind": source.spec.kind.as_str(),
        "name": source.spec.name,
        "location": source.spec.location,
        "articles": articles,
        "last_checked": health.last_checked.map(time),
        "last_success": health.last_success.map(time),
        "next_check": health.next_check.map(time),
        "level": source.level.map(Level::as_str),
        "state": health.state.as_str(),
        "message": health.message,
    })
}

/// A source with its rhythm and settings; of headers the names only, since their values are secrets.
pub(crate) fn report(report: &SourceReport, articles: u64) -> Value {
    let mut object = source(&report.source, articles);
    let (wishes, options) = (&report.change.wishes, &report.change.options);
    let more = json!({
        "label": wishes.label,
        "every": wishes.every.map(|every| every.as_secs() / 60),
        "full_text": wishes.full_text,
        "select": options.selector,
        "ignore": options.ignore,
        "move_to": options.move_to,
        "user": options.user,
        "headers": options.headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        "proxy": options.proxy,
        "usual_gap": report.rhythm.as_ref().map(|rhythm| rhythm.usual.as_str()),
        "quiet_after": report.rhythm.as_ref().map(|rhythm| rhythm.unusual.as_str()),
        "newest": report.newest.map(time),
        "days": report.days.iter().map(|(day, articles)| json!({"day": day.to_string(), "articles": articles}))
            .collect::<Vec<_>>(),
        "files": report.files.map(|(files, _)| files),
        "files_without_result": report.files.map(|(_, problems)| problems),
        "problems": report.problems.iter().map(|(place, why)| format!("{place}: {why}")).collect::<Vec<_>>(),
    });
    if let (Value::Object(object), Value::Object(more)) = (&mut object, more) {
        object.extend(more);
    }
    object
}

/// A topic, with what the user wants of its alerts.
pub(crate) fn topic(topic: &Topic, rule: TopicRule) -> Value {
    json!({
        "id": topic.id.as_str(),
        "name": topic.name,
        "query": topic.query,
        "level": topic.level.as_str(),
        "budget": rule.budget,
        "snoozed_until": rule.snoozed_until.map(time),
        "languages": topic.languages,
        "version": topic.version.0,
        "matches": topic.matches,
    })
}

/// An alert in the inbox, with the other outlets that carried its story by now.
pub(crate) fn alert_in(told: &Alert, also: &[String]) -> Value {
    let mut object = alert(told);
    if let Value::Object(map) = &mut object {
        map.insert("also_in".into(), also.into());
    }
    object
}

/// An alert.
pub(crate) fn alert(alert: &Alert) -> Value {
    json!({
        "id": alert.id.0,
        "topic": alert.topic.as_str(),
        "article": alert.article.0,
        "title": some_text(&alert.title),
        "source": alert.source,
        "outlet": alert.outlet,
        "sentence": alert.sentence,
        "at": time(alert.at),
        "level": alert.level.as_str(),
        "outlets": alert.outlets,
        "state": alert.state.as_str(),
        "story": alert.story.map(|story| story.0),
        "fate": alert.fate.map(Fate::as_str),
    })
}

/// What one pass over a source brought.
pub(crate) fn tally(tally: &Tally) -> Value {
    let mut object = counts(tally);
    object.insert(
        "messages".into(),
        tally.problems.iter().map(|(place, why)| format!("{place}: {why}")).collect(),
    );
    let mut whole = Map::new();
    whole.insert("source".into(), tally.source.0.into());
    whole.insert("name".into(), tally.name.clone().into());
    whole.extend(object);
    whole.into()
}

/// The numbers of a pass.
pub(crate) fn counts(tally: &Tally) -> Map<String, Value> {
    let object = json!({
        "new": tally.new,
        "changed": tally.changed,
        "known": tally.known,
        "problems": tally.problems.len(),
        "matches": tally.matches,
        "alerts": tally.alerts,
    });
    match object {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// A text; null where there is none.
pub(crate) fn some_text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}
