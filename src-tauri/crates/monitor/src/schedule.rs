//! When a planned digest is due: a comparison of the wall clock with what was made, nothing that
//! sleeps. So a sleep of the machine, a restart, a clock change and a journey are no special cases.
//!
//! - The due date is the latest planned local date whose moment has come.
//! - What is written down for a date is never due again, nor is a date before it: a clock that was
//!   set back, or a journey, brings nothing twice.
//! - What a clock that ran ahead wrote down is not believed before its time.
//! - A missed edition is made up for once, the newest only; its period begins where the last made
//!   one ended, so that windows join whatever was missed.
//! - An edition that was not made at its time ends when it is made. What came out during a night in
//!   which the machine slept is first seen when it wakes; ending at the planned time would leave the
//!   reader of that morning without it and keep it for the next day. Windows join all the same.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use wirewatch_model::{Edition, EditionState, Period, Weekdays};

/// What came in before the moment is in the library by then: an article may wait for its transaction
/// after it was stamped, though not longer than a transaction waits for another.
pub(crate) const SETTLE: TimeDelta = TimeDelta::seconds(30);

/// A program that is running and awake makes an edition within this after its time.
const PROMPT: TimeDelta = TimeDelta::minutes(2);

/// An edition that comes later than this says so.
const LATE: TimeDelta = TimeDelta::minutes(15);

/// An edition is made up for at least so long after its time.
const CATCH_UP: TimeDelta = TimeDelta::hours(12);

/// What was written down more than this from now was written by a clock that ran ahead, and is not
/// believed. Less may just as well be a clock that was set back, which must bring nothing twice.
const CLOCK_SLACK: TimeDelta = TimeDelta::days(7);

/// At most so many missed dates are written down one by one.
const MOST_MISSED: usize = 31;

/// Days of the week, a time on the wall, and a zone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schedule {
    pub(crate) days: Weekdays,
    pub(crate) at: NaiveTime,
    pub(crate) zone: Tz,
}

/// What is to be done now.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Due {
    /// Nothing.
    Nothing,
    /// An edition; the dates that were missed are to be written down as skipped.
    Make(Making),
    /// The time of these has passed too long ago; the next edition covers them.
    Skip { missed: Vec<NaiveDate> },
}

/// An edition that is to be made.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Making {
    /// Its local date.
    pub(crate) date: NaiveDate,
    /// What it covers.
    pub(crate) period: Period,
    /// So late that its reader should know.
    pub(crate) late: bool,
    /// Not at its time: the machine was off or asleep.
    pub(crate) catches_up: bool,
    /// The dates before it that were missed.
    pub(crate) missed: Vec<NaiveDate>,
}

impl Schedule {
    /// The moment of the edition of a local date. A time that a clock change skips comes when the
    /// clock has jumped; one that it repeats comes the first time.
    pub(crate) fn moment(&self, date: NaiveDate) -> DateTime<Utc> {
        let local = date.and_time(self.at);
        // No clock was ever put forward by more than a day (Samoa, 2011).
        (0..=24 * 60)
            .find_map(|minutes| {
                (local + TimeDelta::minutes(minutes)).and_local_timezone(self.zone).earliest()
            })
            .map_or_else(|| local.and_utc(), |at| at.to_utc())
    }

    /// What is due now, for a plan that exists since `since` and has these editions.
    pub(crate) fn due(&self, since: DateTime<Utc>, editions: &[Edition], now: DateTime<Utc>) -> Due {
        let believed: Vec<&Edition> = editions.iter().filter(|edition| is_believed(edition, now)).collect();
        let Some(date) = self.latest(now - SETTLE) else { return Due::Nothing };
        let last = believed.iter().map(|edition| edition.date).max();
        if self.moment(date) < since || last.is_some_and(|last| last >= date) {
            return self.unfinished(&believed, date, now).unwrap_or(Due::Nothing);
        }
        let mut missed = self.between(last, since, date);
        let lateness = now - self.moment(date);
        if lateness > CATCH_UP.max((self.next(now) - self.moment(date)) / 2) {
            missed.push(date);
            return Due::Skip { missed };
        }
        let catches_up = lateness > PROMPT;
        let to = if catches_up { now - SETTLE } else { self.moment(date) };
        let period = self.period(since, &believed, (date, to));
        Due::Make(Making { date, period, late: lateness > LATE, catches_up, missed })
    }

    /// The edition of today that somebody began and did not finish; the claim says whether it may
    /// be taken over.
    fn unfinished(&self, believed: &[&Edition], date: NaiveDate, now: DateTime<Utc>) -> Option<Due> {
        let claimed = |edition: &&&Edition| edition.state == EditionState::Claimed && edition.date == date;
        let edition = believed.iter().find(claimed)?;
        let late = now - self.moment(date) > LATE;
        let (period, catches_up, missed) = (edition.period, false, Vec::new());
        Some(Due::Make(Making { date, period, late, catches_up, missed }))
    }

    /// From the end of the last edition that was made, or the moment before this one.
    fn period(
        &self,
        since: DateTime<Utc>,
        believed: &[&Edition],
        (date, to): (NaiveDate, DateTime<Utc>),
    ) -> Period {
        let made = believed.iter().filter(|edition| edition.state == EditionState::Made);
        // What an earlier plan of this name made is no beginning.
        let from = made.map(|edition| edition.period.to).filter(|to| *to >= since).max();
        let day_before = || self.moment(date) - TimeDelta::days(1);
        let before = || self.before(date).map_or_else(day_before, |date| self.moment(date));
        // Travelling east over the date line, a day's moment may come before the last one's.
        let from = from.unwrap_or_else(before);
        Period { from, to: to.max(from) }
    }

    /// The latest planned date whose moment has come.
    fn latest(&self, now: DateTime<Utc>) -> Option<NaiveDate> {
        let today = now.with_timezone(&self.zone).date_naive();
        self.planned_back(today).find(|date| self.moment(*date) <= now)
    }

    /// What the next edition covers.
    pub(crate) fn next_period(
        &self,
        since: DateTime<Utc>,
        editions: &[Edition],
        now: DateTime<Utc>,
    ) -> Period {
        let believed: Vec<&Edition> = editions.iter().filter(|edition| is_believed(edition, now)).collect();
        let date = self.next(now).with_timezone(&self.zone).date_naive();
        self.period(since, &believed, (date, self.moment(date)))
    }

    /// The next moment after now.
    pub(crate) fn next(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let today = now.with_timezone(&self.zone).date_naive();
        (0..=8)
            .filter_map(|days| today.checked_add_days(Days::new(days)))
            .filter(|date| self.days.contains(date.weekday()))
            .map(|date| self.moment(date))
            .find(|moment| *moment > now)
            // Only at the end of the calendar.
            .unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    fn before(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.planned_back(date.pred_opt()?).next()
    }

    /// The planned dates up to this one, latest first.
    fn planned_back(&self, from: NaiveDate) -> impl Iterator<Item = NaiveDate> + use<> {
        let days = self.days;
        std::iter::successors(Some(from), NaiveDate::pred_opt)
            .take(7 * MOST_MISSED)
            .filter(move |date| days.contains(date.weekday()))
    }

    /// The planned dates after the last one written down and before this one, earliest first.
    fn between(&self, last: Option<NaiveDate>, since: DateTime<Utc>, date: NaiveDate) -> Vec<NaiveDate> {
        let Some(before) = date.pred_opt() else { return Vec::new() };
        let mut missed: Vec<NaiveDate> = self
            .planned_back(before)
            .take_while(|date| last.is_none_or(|last| *date > last) && self.moment(*date) >= since)
            .take(MOST_MISSED)
            .collect();
        missed.reverse();
        missed
    }
}

fn is_believed(edition: &Edition, now: DateTime<Utc>) -> bool {
    edition.at <= now + CLOCK_SLACK
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirewatch_model::EditionId;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn daily(time: &str, zone: Tz) -> Schedule {
        Schedule { days: Weekdays::ALL, at: time.parse().unwrap(), zone }
    }

    fn made(date: &str, to: &str) -> Edition {
        let to = at(to);
        Edition {
            id: EditionId(1),
            digest: "Morning".into(),
            date: day(date),
            state: EditionState::Made,
            period: Period { from: to - TimeDelta::days(1), to },
            at: to,
            late: false,
            by_hand: false,
            articles: 0,
        }
    }

    const LONG_AGO: &str = "2026-01-01T00:00:00Z";

    #[test]
    fn the_moment_of_a_date_is_right_over_both_clock_changes() {
        let berlin = Tz::Europe__Berlin;
        for (time, date, moment) in [
            ("07:30:00", "2026-03-28", "2026-03-28T06:30:00Z"),
            ("07:30:00", "2026-03-29", "2026-03-29T05:30:00Z"),
            ("02:30:00", "2026-03-29", "2026-03-29T01:00:00Z"),
            ("02:30:00", "2026-10-25", "2026-10-25T00:30:00Z"),
            ("07:30:00", "2026-10-25", "2026-10-25T06:30:00Z"),
        ] {
            assert_eq!(daily(time, berlin).moment(day(date)), at(moment), "{date} {time}");
        }
        let samoa = daily("07:30:00", Tz::Pacific__Apia).moment(day("2011-12-30"));
        assert_eq!(samoa, at("2011-12-30T10:00:00Z"), "a day that never was comes when the next one begins");
    }

    #[test]
    fn what_is_due_follows_from_the_clock_and_what_is_written_down() {
        let berlin = daily("07:30:00", Tz::Europe__Berlin);
        let monday = made("2026-11-23", "2026-11-23T06:30:00Z");
        let end = "2026-11-23T06:30:00Z";
        let make = |date: &str, to: &str, late, missed: &[&str]| {
            let catches_up = at(to) != berlin.moment(day(date));
            let period = Period { from: at(end), to: at(to) };
            let missed = missed.iter().map(|date| day(date)).collect();
            Due::Make(Making { date: day(date), period, late, catches_up, missed })
        };
        for (what, now, want) in [
            ("a second early", "2026-11-24T06:30:29Z", Due::Nothing),
            ("on time", "2026-11-24T06:30:30Z", make("2026-11-24", "2026-11-24T06:30:00Z", false, &[])),
            (
                "switched on just after",
                "2026-11-24T06:40:00Z",
                make("2026-11-24", "2026-11-24T06:39:30Z", false, &[]),
            ),
            ("woke late", "2026-11-24T10:02:00Z", make("2026-11-24", "2026-11-24T10:01:30Z", true, &[])),
            (
                "off for five days",
                "2026-11-28T07:00:00Z",
                make(
                    "2026-11-28",
                    "2026-11-28T06:59:30Z",
                    true,
                    &["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"],
                ),
            ),
            ("made already", "2026-11-23T12:00:00Z", Due::Nothing),
            ("clock set back two days", "2026-11-21T12:00:00Z", Due::Nothing),
            ("set back, before the time", "2026-11-23T06:00:00Z", Due::Nothing),
            ("woke too late", "2026-11-24T19:00:00Z", Due::Skip { missed: vec![day("2026-11-24")] }),
        ] {
            let editions = std::slice::from_ref(&monday);
            assert_eq!(berlin.due(at(LONG_AGO), editions, at(now)), want, "{what}");
        }
    }

    #[test]
    fn a_new_plan_makes_up_for_nothing() {
        let berlin = daily("07:30:00", Tz::Europe__Berlin);
        let since = at("2026-11-24T09:00:00Z");
        assert_eq!(berlin.due(since, &[], since), Due::Nothing);
        let first = berlin.due(since, &[], at("2026-11-25T06:30:30Z"));
        let period = Period { from: at("2026-11-24T06:30:00Z"), to: at("2026-11-25T06:30:00Z") };
        let (date, missed) = (day("2026-11-25"), vec![]);
        assert_eq!(first, Due::Make(Making { date, period, late: false, catches_up: false, missed }));
    }

    #[test]
    fn a_weekly_digest_is_made_up_for_longer_than_a_daily_one() {
        let weekly = Schedule { days: Weekdays::from_names("mon").unwrap(), ..daily("07:30:00", Tz::UTC) };
        let editions = [made("2026-11-16", "2026-11-16T07:30:00Z")];
        let due = weekly.due(at(LONG_AGO), &editions, at("2026-11-25T09:00:00Z"));
        assert!(matches!(due, Due::Make(Making { late: true, .. })), "{due:?}");
        let due = weekly.due(at(LONG_AGO), &editions, at("2026-11-28T09:00:00Z"));
        assert!(matches!(due, Due::Skip { .. }), "{due:?}");
    }

    #[test]
    fn a_journey_brings_nothing_twice() {
        let berlin_made = made("2026-11-24", "2026-11-24T06:30:00Z");
        let new_york = daily("07:30:00", Tz::America__New_York);
        let due = new_york.due(at(LONG_AGO), std::slice::from_ref(&berlin_made), at("2026-11-24T12:30:00Z"));
        assert_eq!(due, Due::Nothing, "the same date in New York");
        let tokyo = daily("07:30:00", Tz::Asia__Tokyo);
        let due = tokyo.due(at(LONG_AGO), &[berlin_made], at("2026-11-24T22:30:30Z"));
        assert!(matches!(due, Due::Make(Making { date, .. }) if date == day("2026-11-25")), "{due:?}");
    }

    #[test]
    fn a_clock_that_ran_ahead_burns_no_date() {
        let plan = daily("07:30:00", Tz::UTC);
        let right = made("2026-11-23", "2026-11-23T07:30:00Z");
        let ahead = made("2027-01-01", "2027-01-01T07:30:00Z");
        let due = plan.due(at(LONG_AGO), &[ahead, right], at("2026-11-24T07:31:00Z"));
        assert!(
            matches!(due, Due::Make(Making { date, period, .. })
                if date == day("2026-11-24") && period.from == at("2026-11-23T07:30:00Z")),
            "{due:?}"
        );
    }
}
