//! The values of filters, read and written.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::token::Key;
use crate::{Filter, State};

/// The units of `newer:`, in seconds, largest first.
const UNITS: [(char, i64); 3] = [('w', 7 * 24 * 3600), ('d', 24 * 3600), ('h', 3600)];
/// The furthest that `newer:` looks back: a century.
const FURTHEST: i64 = 100 * 366 * 24 * 3600;

/// The filter with a value, or why there is none.
pub(super) fn filter(key: Key, value: &str) -> Result<Filter, String> {
    let text = || value.to_owned();
    Ok(match key {
        Key::Source => Filter::Source(text()),
        Key::Site => Filter::Site(text()),
        Key::Author => Filter::Author(text()),
        Key::Label => Filter::Label(text()),
        Key::Topic => Filter::Topic(text()),
        Key::Language => Filter::Language(language(value)?),
        Key::After => Filter::After(date(value)?),
        Key::Before => Filter::Before(date(value)?),
        Key::Newer => Filter::Newer(span(value)?),
        Key::Is => Filter::Is(state(value)?),
    })
}

fn language(value: &str) -> Result<String, String> {
    if value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Ok(value.to_owned());
    }
    Err(format!("`{value}` is no language: write its tag, as in lang:en"))
}

/// A day, or a moment by RFC 3339; days begin at midnight UTC.
fn date(value: &str) -> Result<DateTime<Utc>, String> {
    let day = NaiveDate::parse_from_str(value, "%Y-%m-%d").map(|day| day.and_time(NaiveTime::MIN).and_utc());
    let moment = || DateTime::parse_from_rfc3339(value).map(|moment| moment.to_utc());
    day.or_else(|_| moment())
        .map_err(|_| format!("`{value}` is no date: write year-month-day, as in 2019-05-01"))
}

fn span(value: &str) -> Result<i64, String> {
    let seconds = || {
        let unit = value.chars().last()?;
        let (_, seconds) = UNITS.iter().find(|(name, _)| *name == unit)?;
        let number: i64 = value.strip_suffix(unit)?.parse().ok()?;
        number.checked_mul(*seconds).filter(|seconds| (1..=FURTHEST).contains(seconds))
    };
    seconds()
        .ok_or_else(|| format!("`{value}` is no span of time: write hours, days or weeks, as in newer:7d"))
}

fn state(value: &str) -> Result<State, String> {
    match value {
        "unread" => Ok(State::Unread),
        "starred" => Ok(State::Starred),
        "flagged" => Ok(State::Flagged),
        _ => Err(format!("`{value}` is no state: write is:unread, is:starred or is:flagged")),
    }
}

/// Writes a filter as a query has it.
pub(super) fn write_filter(filter: &Filter, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match filter {
        Filter::Source(value) => write_value(f, "source", value),
        Filter::Site(value) => write_value(f, "site", value),
        Filter::Author(value) => write_value(f, "author", value),
        Filter::Label(value) => write_value(f, "label", value),
        Filter::Topic(value) => write_value(f, "topic", value),
        Filter::Language(value) => write_value(f, "lang", value),
        Filter::After(moment) => write!(f, "after:{}", written(moment)),
        Filter::Before(moment) => write!(f, "before:{}", written(moment)),
        Filter::Newer(seconds) => {
            let (unit, size) = UNITS.iter().find(|(_, size)| seconds % size == 0).unwrap_or(&('h', 3600));
            write!(f, "newer:{}{unit}", seconds / size)
        }
        Filter::Is(State::Unread) => f.write_str("is:unread"),
        Filter::Is(State::Starred) => f.write_str("is:starred"),
        Filter::Is(State::Flagged) => f.write_str("is:flagged"),
    }
}

fn write_value(f: &mut fmt::Formatter<'_>, key: &str, value: &str) -> fmt::Result {
    let plain = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':'));
    if plain { write!(f, "{key}:{value}") } else { write!(f, "{key}:\"{value}\"") }
}

fn written(moment: &DateTime<Utc>) -> String {
    if moment.time() == NaiveTime::MIN {
        moment.format("%Y-%m-%d").to_string()
    } else {
        moment.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
    }
}
