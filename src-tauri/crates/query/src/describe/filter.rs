//! Filters in plain words.

use chrono::{DateTime, NaiveTime, Utc};

use crate::{Filter, Language, State, Use};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

pub(super) fn words(filter: &Filter, purpose: Use) -> String {
    match filter {
        Filter::Source(name) => format!("from a source with “{name}” in its name"),
        Filter::Site(site) => format!("from the site {site}"),
        Filter::Author(name) => format!("by an author with “{name}” in the name"),
        Filter::Label(name) => format!("labelled “{name}”"),
        Filter::Language(tag) => format!("in {}", language(tag)),
        Filter::After(moment) => format!("from {} on", day(moment)),
        Filter::Before(moment) => format!("before {}", day(moment)),
        Filter::Newer(seconds) => format!("of the last {}", span(*seconds)),
        Filter::Topic(name) if purpose == Use::Topic => format!("what the topic {name} asks for"),
        Filter::Topic(name) => format!("flagged with the topic {name}"),
        Filter::Is(State::Unread) => "not read yet".to_owned(),
        Filter::Is(State::Starred) => "starred".to_owned(),
        Filter::Is(State::Flagged) => "flagged with any topic".to_owned(),
    }
}

fn language(tag: &str) -> String {
    // A variety is named by its tag: `en` finds en-GB, but `en-GB` does not find all English.
    let known = Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(tag));
    known.map_or_else(|| format!("the language {tag}"), |language| format!("{language:?}"))
}

fn day(moment: &DateTime<Utc>) -> String {
    let day = moment.format("%-d %B %Y");
    if moment.time() == NaiveTime::MIN {
        day.to_string()
    } else {
        format!("{day}, {} UTC", moment.format("%H:%M"))
    }
}

fn span(seconds: i64) -> String {
    let (count, unit) = if seconds % DAY == 0 { (seconds / DAY, "day") } else { (seconds / HOUR, "hour") };
    if count == 1 { unit.to_owned() } else { format!("{count} {unit}s") }
}
