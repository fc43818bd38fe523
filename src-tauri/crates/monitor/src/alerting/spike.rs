//! Spikes: a topic of which far more comes in today than usual.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use wirewatch_model::{Period, TopicId};

use crate::error::Result;
use crate::{Event, Monitor};

/// Days before today that are compared.
const PAST_DAYS: usize = 14;

/// A topic with fewer days of history has no usual volume yet.
const LEAST_DAYS: usize = 7;

/// Fewer articles than this a day are no spike, whatever is usual.
const LEAST_TODAY: f64 = 6.0;

/// Deviations above the median: three, of a median absolute deviation scaled to a standard one
/// (Rousseeuw and Croux 1993).
const DEVIATIONS: f64 = 3.0;
const SCALE: f64 = 1.4826;

/// Days of a topic that hardly varies still vary by this.
const LEAST_DEVIATION: f64 = 1.0;

/// Today must be so much more than usual, and than yesterday and the same day a week ago: what is
/// big every Monday, or since yesterday, is no spike.
const TIMES_USUAL: f64 = 2.0;
const TIMES_RECENT: f64 = 1.5;

/// A topic's volume today against what is usual.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spike {
    /// Articles today.
    pub(crate) today: u32,
    /// The median of the days before.
    pub(crate) usual: f64,
}

/// Whether the last of these days stands out; `days` holds a topic's articles a day, oldest first.
pub(crate) fn spike(days: &[u32]) -> Option<Spike> {
    let (today, past) = days.split_last()?;
    let begun = past.iter().position(|count| *count > 0)?;
    let past: Vec<f64> = past.get(begun..)?.iter().rev().take(PAST_DAYS).map(|day| f64::from(*day)).collect();
    if past.len() < LEAST_DAYS {
        return None;
    }
    let (volume, usual) = (f64::from(*today), median(past.clone()));
    let deviation = SCALE * median(past.iter().map(|day| (day - usual).abs()).collect());
    let (yesterday, week_ago) = (past.first()?, past.get(6)?);
    let stands_out = volume >= LEAST_TODAY
        && volume > usual + DEVIATIONS * deviation.max(LEAST_DEVIATION)
        && volume >= TIMES_USUAL * usual
        && volume >= TIMES_RECENT * yesterday
        && volume >= TIMES_RECENT * week_ago;
    stands_out.then_some(Spike { today: *today, usual })
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let at = |index: usize| values.get(index).copied().unwrap_or_default();
    if values.len().is_multiple_of(2) {
        f64::midpoint(at(middle.saturating_sub(1)), at(middle))
    } else {
        at(middle)
    }
}

impl Monitor {
    /// Raises an alert for each alerting topic of which far more came in today than usual; one a
    /// topic and day. Returns how many.
    ///
    /// # Errors
    /// If the library cannot be read or written.
    pub(crate) fn raise_spikes(&self) -> Result<u32> {
        let (library, now) = (self.library(), self.now());
        let zone = crate::compose::local_zone();
        let today = now.with_timezone(&zone).date_naive();
        let topics = library.topics()?;
        let mut raised = 0;
        let days = self.days_by_topic(now, zone)?;
        for topic in topics.iter().filter(|topic| topic.level.alerts()) {
            let Some(found) = days.get(&topic.id).and_then(|days| spike(days)) else { continue };
            let words = format!("{} articles today; about {:.0} are usual.", found.today, found.usual);
            raised += u32::from(library.raise_spike(&topic.id, &words, (today, now))?);
        }
        if raised > 0 {
            self.tell(Event::Alerts);
        }
        Ok(raised)
    }

    /// News a day for each topic, oldest first; the last is today.
    fn days_by_topic(&self, now: DateTime<Utc>, zone: Tz) -> Result<HashMap<TopicId, Vec<u32>>> {
        let today = now.with_timezone(&zone).date_naive();
        let period = Period {
            from: now - TimeDelta::days(PAST_DAYS as i64 + 1),
            to: now + TimeDelta::milliseconds(1),
        };
        let mut days: HashMap<TopicId, Vec<u32>> = HashMap::new();
        for (topic, at) in self.library().news_times(period)? {
            let back = (today - at.with_timezone(&zone).date_naive()).num_days();
            let counts = days.entry(topic).or_insert_with(|| vec![0; PAST_DAYS + 1]);
            let slot = usize::try_from(back).ok().and_then(|back| PAST_DAYS.checked_sub(back));
            if let Some(count) = slot.and_then(|slot| counts.get_mut(slot)) {
                *count += 1;
            }
        }
        Ok(days)
    }
}

#[cfg(test)]
mod tests {
    use wirewatch_library::AlertFilter;
    use wirewatch_model::Level;

    use super::*;
    use crate::deliver::tests::Stage;

    #[test]
    fn a_day_that_stands_out_is_told_once_and_a_back_catalogue_is_none() {
        let stage = Stage::new();
        let (monitor, day) = (&stage.monitor, TimeDelta::days(1));
        for number in 0..10 {
            stage.bring_all(number * 3..number * 3 + 3, Level::Notify, true);
            assert_eq!(monitor.raise_spikes().unwrap(), 0, "day {number} is like the others");
            stage.wait(day);
        }
        stage.bring_all(100..200, Level::Notify, false);
        assert_eq!(monitor.raise_spikes().unwrap(), 0, "a back catalogue is no news");
        stage.bring_all(200..225, Level::Notify, true);
        assert_eq!(monitor.raise_spikes().unwrap(), 1);
        assert_eq!(monitor.raise_spikes().unwrap(), 0, "told today");
        let newest = monitor.library().alerts(AlertFilter::Newest(1), monitor.now()).unwrap().remove(0);
        assert_eq!(newest.sentence, "25 articles today; about 3 are usual.");
        assert_eq!(newest.story, None);
    }

    #[test]
    fn only_what_stands_out_from_its_own_past_is_a_spike() {
        for (past, today, want, why) in [
            (vec![3, 4, 2, 5, 3, 4, 3, 2, 4, 3, 5, 3, 4, 3], 25, true, "six times the usual"),
            (vec![3, 4, 2, 5, 3, 4, 3, 2, 4, 3, 5, 3, 4, 3], 5, false, "a little more"),
            (vec![0; 14], 50, false, "a topic without a past"),
            (vec![0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 3], 50, false, "a past of three days"),
            (vec![1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 5, false, "few all the same"),
            (vec![3, 4, 2, 5, 3, 4, 3, 2, 4, 3, 5, 3, 4, 30], 31, false, "since yesterday already"),
            (vec![3, 4, 2, 5, 3, 4, 3, 30, 4, 3, 5, 3, 4, 3], 31, false, "every week on this day"),
            (vec![2, 90, 3, 1, 80, 2, 4, 3, 2, 95, 3, 2, 1, 3], 30, true, "old outliers do not hide it"),
            (vec![10, 60, 20, 70, 15, 80, 30, 60, 10, 75, 25, 65, 15, 70], 90, false, "a restless topic"),
        ] {
            let days: Vec<u32> = past.into_iter().chain([today]).collect();
            assert_eq!(spike(&days).is_some(), want, "{why}");
        }
        assert_eq!(spike(&[]), None);
    }
}
