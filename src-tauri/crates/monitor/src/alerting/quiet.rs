//! Hours in which only urgent alerts are shown.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;

/// A span of every day, in the time of a place; it may reach over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct QuietHours {
    from: NaiveTime,
    to: NaiveTime,
    zone: Tz,
}

impl QuietHours {
    /// Reads `22:00-07:00` or `22:00-07:00 Europe/Berlin`; without a zone that of this machine.
    /// `None` if nothing is written.
    ///
    /// # Errors
    /// In plain words, what is wrong and how it is written.
    pub(crate) fn parse(text: &str) -> Result<Option<QuietHours>, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let (span, zone) = text.split_once(' ').unwrap_or((text, ""));
        let wrong = || format!("{span:?} are no hours; write for example: 22:00-07:00 Europe/Berlin");
        let (from, to) = span.split_once(['-', '–']).ok_or_else(wrong)?;
        let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| wrong());
        let (from, to) = (time(from)?, time(to)?);
        if from == to {
            return Err("quiet hours that begin when they end would never be or never end".to_owned());
        }
        let zone = match zone.trim() {
            "" => crate::compose::local_zone(),
            name => name
                .parse()
                .map_err(|_| format!("there is no time zone {name:?}; write for example Europe/Berlin"))?,
        };
        Ok(Some(QuietHours { from, to, zone }))
    }

    /// Whether it is quiet at this moment. The clock on the wall counts: where it is turned back
    /// an hour comes twice.
    pub(crate) fn contain(&self, now: DateTime<Utc>) -> bool {
        let clock = now.with_timezone(&self.zone).time();
        match self.from < self.to {
            true => self.from <= clock && clock < self.to,
            false => self.from <= clock || clock < self.to,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_follow_the_clock_on_the_wall() {
        for (hours, now, want) in [
            ("22:00-07:00 UTC", "2026-11-24T23:00:00Z", true),
            ("22:00-07:00 UTC", "2026-11-24T06:59:59Z", true),
            ("22:00-07:00 UTC", "2026-11-24T07:00:00Z", false),
            ("22:00-07:00 Europe/Berlin", "2026-11-24T21:30:00Z", true),
            ("22:00-07:00 Europe/Berlin", "2026-07-24T20:30:00Z", true),
            ("22:00-07:00 Europe/Berlin", "2026-11-24T20:30:00Z", false),
            ("12:00–13:30 Asia/Kolkata", "2026-11-24T07:00:00Z", true),
            ("12:00-13:30 Asia/Kolkata", "2026-11-24T08:00:00Z", false),
        ] {
            let hours = QuietHours::parse(hours).unwrap().unwrap();
            assert_eq!(hours.contain(now.parse().unwrap()), want, "{hours:?} {now}");
        }
    }

    #[test]
    fn what_is_no_span_is_refused() {
        assert_eq!(QuietHours::parse(" "), Ok(None));
        for bad in ["22", "22:00", "22-7", "25:00-07:00", "22:00-22:00", "22:00-07:00 Berlin", "x-y"] {
            assert!(QuietHours::parse(bad).is_err(), "{bad}");
        }
    }
}
