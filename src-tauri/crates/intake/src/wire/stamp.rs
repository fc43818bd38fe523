//! Times as agencies write them: ISO 8601 whole or compact, and the day-time group of a teletype.

use chrono::{DateTime, Datelike as _, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use wirewatch_model::Published;

use crate::date;

/// Agencies that stamp their teletype messages in local time and name no zone.
const LOCAL: &[(&str, Tz)] = &[("dpa", Tz::Europe__Berlin)];

/// Reads a time; NITF and NewsML 1 write it without separators.
pub(super) use crate::date::parse as stamp;

/// As [`stamp`], if it names a moment.
pub(super) fn moment(text: &str) -> Option<DateTime<Utc>> {
    match stamp(text)? {
        Published::At(at) => Some(at),
        Published::Day(_) => None,
    }
}

/// The day-time group behind the text of an IPTC 7901 message: `251037 Sep 24`,
/// `141230 GMT May 2019`. `provider` tells the zone where none is given.
pub(super) fn day_time_group(text: &str, provider: Option<&str>) -> Option<Published> {
    let mut words = text.split_whitespace();
    let group = words.next().filter(|group| group.len() >= 6)?;
    let (day, hour, minute) = (group.get(..2)?, group.get(2..4)?, group.get(4..6)?);
    if !group.get(..6)?.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let attached = group.get(6..).filter(|zone| !zone.is_empty());
    let rest: Vec<&str> = words.take(3).collect();
    let (named, month, year) = match rest.as_slice() {
        [zone, month, year] => (Some(*zone), *month, *year),
        [month, year] => (None, *month, *year),
        _ => return None,
    };
    let year = if year.len() == 2 { format!("20{year}") } else { year.to_owned() };
    let zone = attached.or(named);
    let read = date::parse(&format!("{day} {month} {year} {hour}:{minute} {}", zone.unwrap_or("UTC")))?;
    match (zone, read) {
        (None, Published::At(at)) => Some(Published::At(in_zone_of(provider, at.naive_utc())?)),
        _ => Some(read),
    }
}

fn in_zone_of(provider: Option<&str>, local: NaiveDateTime) -> Option<DateTime<Utc>> {
    let zone = LOCAL
        .iter()
        .find(|(name, _)| provider.is_some_and(|provider| name.eq_ignore_ascii_case(provider)))
        .map_or(Tz::UTC, |(_, zone)| *zone);
    zone.from_local_datetime(&local).earliest().map(|at| at.to_utc())
}

/// The stamp that ends an ANPA message: `AP-NY-05-14-19 0730GMT`.
pub(super) fn anpa(footer: &str) -> Option<DateTime<Utc>> {
    let words: Vec<&str> = footer.split_whitespace().collect();
    words.windows(2).find_map(|pair| {
        let [day, clock] = pair else { return None };
        let parts: Vec<u32> = day.rsplit('-').take(3).filter_map(|part| part.parse().ok()).collect();
        let [year, day, month] = parts.as_slice() else { return None };
        let year = if *year < 100 { date::full_year(*year) } else { *year };
        let (hour, minute) = (clock.get(..2)?, clock.get(2..4)?);
        moment(&format!("{year}-{month:02}-{day:02} {hour}:{minute} {}", zone(clock.get(4..)?)))
    })
}

/// The zone behind a time of day; without one it is Greenwich's.
fn zone(text: &str) -> String {
    let zone = text.trim_end_matches(['<', '\u{3}', '\u{4}']);
    let is_name = (1..=5).contains(&zone.len()) && zone.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_name { zone.to_ascii_uppercase() } else { "UTC".to_owned() }
}

/// The day of a time, as ISO 8601.
pub(super) fn day(published: Published) -> String {
    let at = published.moment();
    format!("{:04}-{:02}-{:02}", at.year(), at.month(), at.day())
}

/// A time as a revision that can be compared.
pub(super) fn as_revision(published: Published) -> String {
    published.moment().format("%Y%m%d%H%M%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(published: Option<Published>) -> String {
        match published {
            Some(Published::At(at)) => at.to_rfc3339(),
            Some(Published::Day(day)) => day.to_string(),
            None => String::new(),
        }
    }

    #[test]
    fn stamps_of_every_vocabulary_are_read() {
        for (text, want) in [
            ("20190514T093000+0200", "2019-05-14T07:30:00+00:00"),
            ("20190514T093000Z", "2019-05-14T09:30:00+00:00"),
            ("20190514T093000", "2019-05-14T09:30:00+00:00"),
            ("20190514T0930-0500", "2019-05-14T14:30:00+00:00"),
            ("20190514t093000.5Z", "2019-05-14T09:30:00+00:00"),
            ("20190514", "2019-05-14"),
            ("2019-05-14T09:30:00+02:00", "2019-05-14T07:30:00+00:00"),
            ("2019-05-14", "2019-05-14"),
            ("20191399T000000Z", ""),
            ("", ""),
            ("soon", ""),
        ] {
            assert_eq!(show(stamp(text)), want, "{text}");
        }
    }

    #[test]
    fn a_day_time_group_is_in_its_zone_or_the_agencys() {
        for (text, provider, want) in [
            ("251037 Sep 24", Some("dpa"), "2024-09-25T08:37:00+00:00"),
            ("251037 Jan 24", Some("dpa"), "2024-01-25T09:37:00+00:00"),
            ("251037 Jan 24", Some("DPA"), "2024-01-25T09:37:00+00:00"),
            ("062130 Okt 24", Some("dpa"), "2024-10-06T19:30:00+00:00"),
            ("251037 GMT Sep 2024", Some("dpa"), "2024-09-25T10:37:00+00:00"),
            ("251037GMT Sep 24", None, "2024-09-25T10:37:00+00:00"),
            ("251037 Sep 24", None, "2024-09-25T10:37:00+00:00"),
            ("999999 Sep 24", None, ""),
            ("2510", None, ""),
        ] {
            assert_eq!(show(day_time_group(text, provider)), want, "{text}");
        }
    }

    #[test]
    fn the_stamp_of_an_anpa_message_is_greenwich_time_unless_it_says_otherwise() {
        for (text, want) in [
            ("XX-NY-05-14-19 0730GMT<", "2019-05-14T07:30:00+00:00"),
            ("XX-NY-05-14-19 0730EDT", "2019-05-14T11:30:00+00:00"),
            ("XX-CH-05-14-19 0730CDT", "2019-05-14T12:30:00+00:00"),
            ("XX-LA-01-14-2019 0730PST", "2019-01-14T15:30:00+00:00"),
            ("XX-NY-05-14-19 0730edt", "2019-05-14T11:30:00+00:00"),
            ("XX-NY-05-14-19 0730", "2019-05-14T07:30:00+00:00"),
            ("XX-NY-05-14-19 0730+x", "2019-05-14T07:30:00+00:00"),
            ("XX-NY-13-44-19 0730GMT", ""),
            ("nothing", ""),
        ] {
            assert_eq!(show(anpa(text).map(Published::At)), want, "{text}");
        }
    }
}
