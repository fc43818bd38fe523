//! Times as typed.

use anyhow::{Result, bail};
use chrono::{DateTime, Local, NaiveDate, NaiveTime, TimeDelta, Utc};
use wirewatch_model::Published;

/// A moment: RFC 3339, a day (its beginning here), or back from now (`24h`, `7d`, `30m`).
pub(crate) fn moment(text: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(at.to_utc());
    }
    if let Ok(day) = text.parse::<NaiveDate>() {
        // A day whose midnight a clock change skips begins an hour later.
        let midnight = day.and_time(NaiveTime::MIN);
        let begin = midnight.and_local_timezone(Local).earliest();
        let begin = begin.or_else(|| (midnight + TimeDelta::hours(1)).and_local_timezone(Local).earliest());
        if let Some(at) = begin {
            return Ok(at.to_utc());
        }
    }
    if let Some(back) = span(text) {
        return Ok(now - back);
    }
    bail!("{text:?} is no time; write 2019-05-14, 2019-05-14T07:30:00Z, or 24h or 7d for back from now")
}

/// When something was published: RFC 3339, or a day such as `2019-05-14`.
pub(crate) fn published(text: &str) -> Option<Published> {
    let moment = DateTime::parse_from_rfc3339(text).ok().map(|at| Published::At(at.to_utc()));
    moment.or_else(|| text.parse::<NaiveDate>().ok().map(Published::Day))
}

/// A span of time: `90m`, `24h`, `7d`.
pub(crate) fn span(text: &str) -> Option<TimeDelta> {
    let unit = text.chars().last()?;
    let number: i64 = text.strip_suffix(unit)?.parse().ok().filter(|number| *number >= 0)?;
    match unit {
        'm' => TimeDelta::try_minutes(number),
        'h' => TimeDelta::try_hours(number),
        'd' => TimeDelta::try_days(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_form_or_refused() {
        let now = DateTime::parse_from_rfc3339("2026-11-24T10:00:00Z").unwrap().to_utc();
        assert_eq!(
            moment("2026-11-23T10:00:00+01:00", now).unwrap().to_rfc3339(),
            "2026-11-23T09:00:00+00:00"
        );
        assert_eq!(moment("24h", now).unwrap(), now - TimeDelta::hours(24));
        assert_eq!(moment("7d", now).unwrap(), now - TimeDelta::days(7));
        assert!(moment("2019-05-14", now).is_ok());
        for bad in ["", "yesterday", "-3d", "d", "99999999999999999d", "2019-13-40"] {
            assert!(moment(bad, now).is_err(), "{bad:?}");
        }
    }
}
