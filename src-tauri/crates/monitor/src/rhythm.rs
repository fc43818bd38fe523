//! When a source is due again, and when its silence is a sign. Pure: times are handed in.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use wirewatch_model::SourceId;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// How often a source is asked whose rhythm is not known yet.
const UNKNOWN_RHYTHM: Duration = Duration::from_secs(30 * MINUTE);

/// No source is asked more often than this unless the user says so.
const FLOOR: Duration = Duration::from_secs(10 * MINUTE);

/// A source that brings little is asked this often all the same: news must not wait.
const SLOWEST_BY_RHYTHM: Duration = Duration::from_secs(2 * HOUR);

/// Some servers say of every answer that it holds for a year.
const LONGEST_FRESHNESS: Duration = Duration::from_secs(5 * HOUR);

/// The first wait after a failure; it doubles with each further one.
const FIRST_BACKOFF: Duration = Duration::from_secs(5 * MINUTE);

/// No source is left alone for longer.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(24 * HOUR);

/// The user may ask for a check a week and no less.
const FURTHEST_CHECK: TimeDelta = TimeDelta::days(8);

/// A host that cannot be reached is tried this often all the same: a night without a network must not
/// cost the morning's news, and a request that nobody gets bothers nobody.
pub(crate) const LONGEST_UNREACHED: Duration = Duration::from_secs(HOUR);

/// Waits are stretched by up to a tenth, so that sources that were added together part.
const JITTER_PARTS: u64 = 10;

/// With fewer articles a source has no rhythm to speak of.
const FEWEST_FOR_RHYTHM: usize = 8;

/// A silence shorter than this is a weekend.
pub(crate) const SHORTEST_SILENCE: TimeDelta = TimeDelta::days(2);

/// The newest articles that tell a rhythm.
pub(crate) const RHYTHM_ARTICLES: u32 = 60;

/// What is known when the next poll is planned.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wishes {
    /// The user's interval.
    pub(crate) user: Option<Duration>,
    /// The feed's `ttl`.
    pub(crate) ttl: Option<Duration>,
    /// The server's `max-age`.
    pub(crate) fresh_for: Option<Duration>,
}

/// The user's interval as it is; else half the usual gap between two articles, or longer if feed
/// or server wish it.
pub(crate) fn next_wait(
    wishes: Wishes,
    times: &[DateTime<Utc>],
    seed: (SourceId, DateTime<Utc>),
) -> Duration {
    if let Some(every) = wishes.user {
        return every;
    }
    let rhythm = match usual_gap(times) {
        Some(gap) => (gap / 2).clamp(FLOOR, SLOWEST_BY_RHYTHM),
        None => UNKNOWN_RHYTHM,
    };
    let fresh = wishes.fresh_for.unwrap_or_default().min(LONGEST_FRESHNESS);
    jittered(rhythm.max(wishes.ttl.unwrap_or_default()).max(fresh), seed)
}

/// Whether a source is due. A moment that lies further ahead than any wait was written by a clock
/// that has been set back since.
pub(crate) fn is_due(next_check: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    next_check.is_none_or(|next| next <= now || next > now + FURTHEST_CHECK)
}

/// The wait after so many failures in a row.
pub(crate) fn backoff(failures: u32, seed: (SourceId, DateTime<Utc>)) -> Duration {
    jittered(FIRST_BACKOFF.saturating_mul(1 << failures.min(10)), seed)
}

/// Stretched by up to a tenth, and never longer than a day.
fn jittered(wait: Duration, seed: (SourceId, DateTime<Utc>)) -> Duration {
    let mut hasher = DefaultHasher::new();
    (seed.0.0, seed.1.timestamp_millis()).hash(&mut hasher);
    let share = (hasher.finish() % 1_000) as u32;
    let most = wait / JITTER_PARTS as u32;
    (wait + most * share / 1_000).min(LONGEST_WAIT)
}

fn gaps(times: &[DateTime<Utc>]) -> Option<Vec<TimeDelta>> {
    if times.len() < FEWEST_FOR_RHYTHM {
        return None;
    }
    let mut gaps: Vec<TimeDelta> = times.windows(2).map(|pair| pair[0] - pair[1]).collect();
    gaps.sort_unstable();
    Some(gaps)
}

/// The median gap between two articles; `times` newest first.
fn usual_gap(times: &[DateTime<Utc>]) -> Option<Duration> {
    let gaps = gaps(times)?;
    gaps.get(gaps.len() / 2)?.to_std().ok()
}

/// How long a source has been quiet, if that is unusual for it: more than three times the gap that
/// nineteen of twenty of its gaps are shorter than, and more than a weekend. `times` newest first.
pub(crate) fn unusual_silence(times: &[DateTime<Utc>], now: DateTime<Utc>) -> Option<(TimeDelta, TimeDelta)> {
    let (usual, unusual) = habit(times)?;
    let silence = now - *times.first()?;
    (silence > unusual).then_some((silence, usual))
}

/// The usual gap between two articles, and the silence from which on it is unusual; `None` with too few
/// articles to tell. `times` newest first.
pub(crate) fn habit(times: &[DateTime<Utc>]) -> Option<(TimeDelta, TimeDelta)> {
    let gaps = gaps(times)?;
    let long = *gaps.get((gaps.len() * 95).div_ceil(100).saturating_sub(1))?;
    let usual = *gaps.get(gaps.len() / 2)?;
    Some((usual, (long * 3).max(SHORTEST_SILENCE)))
}

/// A length of time as people say it, in its largest unit.
pub(crate) fn in_words(length: TimeDelta) -> String {
    let of = |count: i64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    match length {
        length if length.num_days() >= 2 => of(length.num_days(), "day"),
        length if length.num_hours() >= 2 => of(length.num_hours(), "hour"),
        length => of(length.num_minutes().max(1), "minute"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::parse_from_rfc3339("2026-11-24T10:00:00Z").unwrap().to_utc()
    }

    const SEED: SourceId = SourceId(7);

    /// Articles with this gap, the newest so long ago.
    fn times(count: i32, gap: TimeDelta, ago: TimeDelta) -> Vec<DateTime<Utc>> {
        (0..count).map(|number| now() - ago - gap * number).collect()
    }

    fn minutes(wishes: Wishes, times: &[DateTime<Utc>]) -> u64 {
        next_wait(wishes, times, (SEED, now())).as_secs() / 60
    }

    #[test]
    fn a_source_is_asked_in_its_own_rhythm_within_bounds() {
        let none = TimeDelta::zero();
        for (what, times, least) in [
            ("unknown", Vec::new(), 30),
            ("too few to tell", times(7, TimeDelta::minutes(1), none), 30),
            ("a ticker", times(20, TimeDelta::minutes(1), none), 10),
            ("hourly", times(20, TimeDelta::minutes(60), none), 30),
            ("weekly", times(20, TimeDelta::days(7), none), 120),
        ] {
            let got = minutes(Wishes::default(), &times);
            assert!((least..=least + least / 10).contains(&got), "{what}: {got}");
        }
    }

    #[test]
    fn feed_and_server_may_wish_for_patience_but_not_without_end() {
        let hours = |hours| Some(Duration::from_secs(hours * HOUR));
        let got = minutes(Wishes { ttl: hours(3), ..Wishes::default() }, &[]);
        assert!((180..=198).contains(&got), "{got}");
        let got = minutes(Wishes { fresh_for: hours(9_999), ..Wishes::default() }, &[]);
        assert!((300..=330).contains(&got), "{got}");
        assert_eq!(minutes(Wishes { ttl: hours(99), ..Wishes::default() }, &[]), 24 * 60);
        let user = Wishes { user: Some(Duration::from_secs(120)), ttl: hours(9), fresh_for: hours(9) };
        assert_eq!(minutes(user, &[]), 2, "the user knows better");
    }

    #[test]
    fn what_a_clock_that_ran_ahead_wrote_is_due() {
        for (next, due) in
            [(None, true), (Some(0), true), (Some(1), false), (Some(7), false), (Some(400), true)]
        {
            assert_eq!(is_due(next.map(|days| now() + TimeDelta::days(days)), now()), due, "{next:?}");
        }
    }

    #[test]
    fn waits_double_and_end_at_a_day() {
        for (failures, least) in [5, 10, 20, 40, 80, 160, 320, 640].into_iter().enumerate() {
            let got = backoff(failures as u32, (SEED, now())).as_secs() / 60;
            assert!((least..=least + least / 10).contains(&got), "{failures}: {got}");
        }
        assert_eq!(backoff(40, (SEED, now())), LONGEST_WAIT);
    }

    #[test]
    fn sources_that_were_added_together_part() {
        let waits: std::collections::HashSet<Duration> =
            (0..50).map(|id| next_wait(Wishes::default(), &[], (SourceId(id), now()))).collect();
        assert!(waits.len() > 40, "{}", waits.len());
    }

    #[test]
    fn silence_is_measured_by_the_sources_own_rhythm() {
        let (hour, day) = (TimeDelta::hours(1), TimeDelta::days(1));
        for (what, times, quiet) in [
            ("an hourly source after a day", times(20, hour, day), false),
            ("an hourly source after three days", times(20, hour, day * 3), true),
            ("a weekly source after three days", times(20, day * 7, day * 3), false),
            ("a weekly source after a month", times(20, day * 7, day * 30), true),
            ("too few articles to tell", times(7, hour, day * 90), false),
        ] {
            assert_eq!(unusual_silence(&times, now()).is_some(), quiet, "{what}");
        }
    }

    #[test]
    fn lengths_of_time_are_said_in_one_unit() {
        assert_eq!(in_words(TimeDelta::days(3)), "3 days");
        assert_eq!(in_words(TimeDelta::hours(30)), "30 hours");
        assert_eq!(in_words(TimeDelta::seconds(90)), "1 minute");
    }
}
