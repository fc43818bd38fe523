//! A feed that suddenly sends everything under new ids brings no news.

use chrono::{DateTime, TimeDelta, Utc};

/// Fewer items than this say nothing about a feed.
const LEAST_ITEMS: usize = 8;

/// News may be this much older than the last look at the feed: publishers hold items back.
const LATE: TimeDelta = TimeDelta::hours(24);

/// Whether an item of a feed is news after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rerun {
    /// The feed goes on as before.
    No,
    /// Nothing in the feed was known, so only what was published since is news.
    Since(DateTime<Utc>),
}

impl Rerun {
    /// What a feed's answer is, of which so many items are known already.
    pub(crate) fn of(items: usize, known: usize, last_success: Option<DateTime<Utc>>) -> Rerun {
        match last_success {
            Some(last) if known == 0 && items >= LEAST_ITEMS => Rerun::Since(last - LATE),
            _ => Rerun::No,
        }
    }

    /// Whether an item that was published then is news.
    pub(crate) fn is_news(self, published: Option<DateTime<Utc>>) -> bool {
        match self {
            Rerun::No => true,
            Rerun::Since(since) => published.is_some_and(|at| at >= since),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fresh_items_of_a_feed_that_knows_none_of_its_past_are_news() {
        let last: DateTime<Utc> = "2026-11-24T10:00:00Z".parse().unwrap();
        let (old, fresh) = (Some(last - TimeDelta::days(3)), Some(last + TimeDelta::hours(1)));
        for (items, known, last_success, published, want, why) in [
            (20, 19, Some(last), old, true, "an old item in a feed as usual"),
            (20, 0, Some(last), old, false, "everything is new, and old"),
            (20, 0, Some(last), None, false, "everything is new and undated"),
            (20, 0, Some(last), fresh, true, "a busy feed after a sleep"),
            (3, 0, Some(last), old, true, "a small feed"),
            (20, 0, None, old, true, "never read before: priming decides"),
        ] {
            assert_eq!(Rerun::of(items, known, last_success).is_news(published), want, "{why}");
        }
    }
}
