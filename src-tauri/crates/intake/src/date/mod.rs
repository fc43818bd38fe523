//! Dates, however they are written: one module for feeds, pages, mail and clippings.
//!
//! It reads RFC 822 with any zone name, the ISO 8601 variants (week and ordinal dates too), and
//! free text with month names in a dozen languages. It is strict: every token of the text must
//! belong to the date, so a sentence that mentions one is none. It invents nothing: a day without
//! a time stays a day, a month without a day is no date, and `05/06/2019`, which is June to one
//! half of the world and May to the other, is left unread. A time without a zone counts as UTC.

mod lex;
mod words;
mod zone;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc, Weekday};
use wirewatch_model::Published;

use lex::{Clock, Token};
use zone::Zone;

/// A date line longer than this is prose.
const LONGEST: usize = 120;

/// Years that news is dated in; anything else is a misreading.
const YEARS: std::ops::RangeInclusive<i32> = 1600..=2200;

/// Reads a text that is a date and nothing else.
pub(crate) fn parse(text: &str) -> Option<Published> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if let Some(at) = unix_time(text) {
        return Some(Published::At(at));
    }
    parts(&lex::tokens(text)?)?.resolve()
}

/// Seconds or milliseconds since 1970, in the figures that they have from 2001 to 2286.
fn unix_time(text: &str) -> Option<DateTime<Utc>> {
    let number: i64 = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    match text.len() {
        10 => DateTime::from_timestamp(number, 0),
        13 => DateTime::from_timestamp_millis(number),
        _ => None,
    }
}

/// Whether a word in lower case names a month or a weekday.
pub(crate) fn is_calendar_word(lower: &str) -> bool {
    words::month(lower).is_some() || words::is_weekday(lower)
}

/// What the tokens of a date say, each at most once.
#[derive(Debug, Default)]
struct Parts {
    day: Option<NaiveDate>,
    month: Option<u32>,
    numbers: Vec<(u32, usize)>,
    clock: Option<Clock>,
    /// What a half of the day before the time says of it, as Koreans write.
    half: Option<bool>,
    zone: Option<Zone>,
    /// The zone if none is named.
    usual_zone: Option<Zone>,
}

fn parts(tokens: &[Token]) -> Option<Parts> {
    let mut parts = Parts::default();
    for token in tokens {
        match *token {
            Token::Filler => {}
            Token::Day(day) => set(&mut parts.day, day)?,
            Token::MonthOrWeekday(_) if names_month(tokens) => {}
            Token::Month(month) | Token::MonthOrWeekday(month) => set(&mut parts.month, month)?,
            Token::Clock(clock) => set(&mut parts.clock, clock)?,
            Token::Korean => parts.usual_zone = Some(Zone::SEOUL),
            Token::Afternoon(pm) if parts.clock.is_none() => set(&mut parts.half, pm)?,
            Token::Afternoon(pm) => parts.clock = Some(parts.clock?.on_the_twelve_hour_dial(pm)?),
            // `GMT+2`: the offset refines the name.
            Token::Zone(zone) => parts.zone = Some(zone),
            // A stray zone name that no table has; only believable right behind a time.
            Token::Capitals if parts.clock.is_some() && parts.zone.is_none() => parts.zone = Some(Zone::UTC),
            Token::Capitals => return None,
            Token::Number { value, digits } => parts.numbers.push((value, digits)),
        }
    }
    if let Some(pm) = parts.half {
        parts.clock = Some(parts.clock?.on_the_twelve_hour_dial(pm)?);
    }
    Some(parts)
}

fn names_month(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| matches!(token, Token::Month(_)))
}

fn set<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    if slot.is_some() {
        return None;
    }
    *slot = Some(value);
    Some(())
}

impl Parts {
    fn resolve(self) -> Option<Published> {
        let day = match (self.day, self.month) {
            (Some(day), None) if self.numbers.is_empty() => day,
            (None, Some(month)) => named_month(month, &self.numbers)?,
            _ => return None,
        };
        if !YEARS.contains(&chrono::Datelike::year(&day)) {
            return None;
        }
        let Some(clock) = self.clock else { return Some(Published::Day(day)) };
        let local: NaiveDateTime = day.and_time(clock.time) + chrono::TimeDelta::days(clock.days_over);
        Some(Published::At(self.zone.or(self.usual_zone).unwrap_or(Zone::UTC).to_utc(local)?))
    }
}

/// Day and year beside a month's name, in either order: the year is the one with four digits, or
/// the second of two short ones (`14 May 19`).
fn named_month(month: u32, numbers: &[(u32, usize)]) -> Option<NaiveDate> {
    let (year, day) = match *numbers {
        [(year, 4), (day, 1 | 2)] | [(day, 1 | 2), (year, 4)] => (year, day),
        [(day, 1 | 2), (year, 2)] => (full_year(year), day),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// The year that two digits mean (RFC 2822, section 4.3, with the turn at 70 as POSIX has it).
pub(crate) fn full_year(short: u32) -> u32 {
    if short < 70 { 2000 + short } else { 1900 + short }
}

/// Three numbers with the same separator; `None` where day and month cannot be told apart.
fn numeric(
    first: (u32, usize),
    second: (u32, usize),
    third: (u32, usize),
    separator: char,
) -> Option<NaiveDate> {
    let (year, month, day) = match (first, second, third) {
        ((year, 4), (month, 1 | 2), (day, 1 | 2)) => (year, month, day),
        ((a, 1 | 2), (b, 1 | 2), (year, digits @ (2 | 4))) => {
            let year = if digits == 2 { full_year(year) } else { year };
            match separator {
                '.' => (year, b, a),
                _ if a > 12 || a == b => (year, b, a),
                _ if b > 12 => (year, a, b),
                _ => return None,
            }
        }
        _ => return None,
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// `2019-W20-2`.
fn week_date(year: u32, week: u32, weekday: u32) -> Option<NaiveDate> {
    let weekday = Weekday::try_from(u8::try_from(weekday.checked_sub(1)?).ok()?).ok()?;
    NaiveDate::from_isoywd_opt(i32::try_from(year).ok()?, week, weekday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(published: Option<Published>) -> String {
        match published {
            None => "-".to_owned(),
            Some(Published::Day(day)) => day.to_string(),
            Some(Published::At(at)) => at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        }
    }

    #[test]
    fn days_are_read_in_many_layouts_and_languages() {
        for text in [
            "May 14, 2019",
            "14 May 2019",
            "14 May, 2019",
            "Tuesday, May 14, 2019",
            "Tue 14 May 2019",
            "14th of May 2019",
            "May 14th, 2019",
            "2019-05-14",
            "2019/05/14",
            "2019.05.14",
            "20190514",
            "14.05.2019",
            "14.5.2019",
            "14.05.19",
            "14/05/2019",
            "05/14/2019",
            "14-05-2019",
            "14-May-2019",
            "14. Mai 2019",
            "Dienstag, 14. Mai 2019",
            "14 mai 2019",
            "mardi 14 mai 2019",
            "le 14 mai 2019",
            "14 de mayo de 2019",
            "martes, 14 de mayo de 2019",
            "14 мая 2019",
            "14 мая 2019 г.",
            "14 мая 2019 года",
            "Вторник, 14 мая 2019",
            "14 травня 2019",
            "14 maggio 2019",
            "14 de maio de 2019",
            "14 maja 2019",
            "14 mei 2019",
            "14 maj 2019",
            "14 Μαΐου 2019",
            "2019年5月14日",
            "2019년 5월 14일",
            "2019-W20-2",
            "2019-134",
            "14 May 19",
            "(May 14, 2019)",
            "MAY 14, 2019",
            "2019 May 14",
            "2019-május-14",
            "14. května 2019",
            "14 Mayıs 2019",
            "14. toukokuuta 2019",
            "14 mai 2019",
            "14 مايو 2019",
            "14 Μάι 2019",
            "mar., 14 mai 2019",
            "mar, 14 de mayo de 2019",
        ] {
            assert_eq!(show(parse(text)), "2019-05-14", "{text}");
        }
    }

    #[test]
    fn moments_are_read_with_their_zone() {
        for (text, want) in [
            ("Tue, 14 May 2019 09:30:00 GMT", "2019-05-14T09:30:00Z"),
            ("Tue, 14 May 2019 09:30:00 +0200", "2019-05-14T07:30:00Z"),
            ("Tue, 14 May 19 09:30 EST", "2019-05-14T14:30:00Z"),
            ("Tue, 14 May 2019 09:30:00 ET", "2019-05-14T13:30:00Z"),
            ("Mon, 14 Jan 2019 09:30:00 ET", "2019-01-14T14:30:00Z"),
            ("14 May 2019 09:30 MESZ", "2019-05-14T07:30:00Z"),
            ("14 May 2019 09:30 MEST", "2019-05-14T07:30:00Z"),
            ("14 May 2019 09:30 Europe/Brussels", "2019-05-14T07:30:00Z"),
            ("14 May 2019 09:30 XYZT", "2019-05-14T09:30:00Z"),
            ("Tue May 14 09:30:00 2019", "2019-05-14T09:30:00Z"),
            ("Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z"),
            ("Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z"),
            ("2018-10-23 04:07:42 +00:00", "2018-10-23T04:07:42Z"),
            ("2019-05-14T09:30:00Z", "2019-05-14T09:30:00Z"),
            ("2019-05-14T09:30:00.123+02:00", "2019-05-14T07:30:00Z"),
            ("2019-05-14T09:30:00+0200", "2019-05-14T07:30:00Z"),
            ("2019-05-14T09:30+02", "2019-05-14T07:30:00Z"),
            ("20190514T093000Z", "2019-05-14T09:30:00Z"),
            ("2019-05-14 09:30", "2019-05-14T09:30:00Z"),
            ("2019-05-14T24:00:00Z", "2019-05-15T00:00:00Z"),
            ("May 14, 2019 at 9:30 PM", "2019-05-14T21:30:00Z"),
            ("May 14, 2019, 9:30 p.m. ET", "2019-05-15T01:30:00Z"),
            ("May 14, 2019 12:05 am UTC", "2019-05-14T00:05:00Z"),
            ("9:30 am, May 14, 2019", "2019-05-14T09:30:00Z"),
            ("14. Mai 2019, 09:30 Uhr", "2019-05-14T09:30:00Z"),
            ("14.05.2019 09:30", "2019-05-14T09:30:00Z"),
            ("14 mai 2019 à 9h30", "2019-05-14T09:30:00Z"),
            ("14 мая 2019 в 09:30 МСК", "2019-05-14T06:30:00Z"),
            ("09:30, 14 мая 2019", "2019-05-14T09:30:00Z"),
            ("2019-05-14 오후 9:30:00", "2019-05-14T12:30:00Z"),
            ("2019년 5월 14일 09:30:00", "2019-05-14T00:30:00Z"),
            ("2019-május-14T9:30-05:00", "2019-05-14T14:30:00Z"),
            ("Τρι, 14 Μαΐ 2019 09:30:00 EST", "2019-05-14T14:30:00Z"),
            ("14 May 2019 09:30 AT", "2019-05-14T12:30:00Z"),
            ("May 14, 2019, 9 pm", "2019-05-14T21:00:00Z"),
            ("14.05.2019, 9.30 Uhr", "2019-05-14T09:30:00Z"),
            ("2019-05-14T09:30:00+00:0", "2019-05-14T09:30:00Z"),
            ("1557826200", "2019-05-14T09:30:00Z"),
            ("1557826200000", "2019-05-14T09:30:00Z"),
            ("Tue, 14 May 2019 09:30:00 GMT+2", "2019-05-14T07:30:00Z"),
            ("Tue, 14 May 2019 09:30:00 -0700 (PDT)", "2019-05-14T16:30:00Z"),
        ] {
            assert_eq!(show(parse(text)), want, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_could_be_two_is_left_unread() {
        for text in [
            "",
            "May 2019",
            "2019",
            "14 May",
            "05/06/2019",
            "yesterday",
            "2 hours ago",
            "31 February 2019",
            "03-12-11",
            "190514",
            "2019-05",
            "99.99.2019",
            "On May 14, 2019 the ministers met in Geneva",
            "Section 14, 2019",
            "14 May 9999",
            "14:30",
            "12345678901",
            "May 14, 2019 May 15, 2019",
            "25:99 May 14, 2019",
            "2019-05-14T09:30:61Z",
            "2019-13-01",
            "2019-W60-1",
            "2019-400",
            "☃",
        ] {
            assert_eq!(show(parse(text)), "-", "{text}");
        }
    }
}
