//! Has the machine slept? Told by a wall clock that went on while this program did not.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

/// Between two looks a second passes; a busy machine makes it a few.
const LONGEST_PAUSE: TimeDelta = TimeDelta::seconds(30);

/// After waking, a machine needs so long to be on its network again.
const GRACE: Duration = Duration::from_secs(8);

/// Looks at the clocks.
#[derive(Debug)]
pub(crate) struct Waking {
    looked: DateTime<Utc>,
    on_network_at: Instant,
}

impl Waking {
    pub(crate) fn new(wall: DateTime<Utc>, now: Instant) -> Waking {
        Waking { looked: wall, on_network_at: now }
    }

    /// Whether the machine slept, or its clock was set, since the last look.
    pub(crate) fn look(&mut self, wall: DateTime<Utc>, now: Instant) -> bool {
        let passed = (wall - self.looked).abs();
        self.looked = wall;
        let woke = passed > LONGEST_PAUSE;
        if woke {
            self.on_network_at = now + GRACE;
        }
        woke
    }

    /// Whether it has had the time to be on its network again.
    pub(crate) fn is_on_network(&self, now: Instant) -> bool {
        now >= self.on_network_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleep_is_noticed_once_and_the_network_given_time() {
        let (wall, start) = (DateTime::<Utc>::from_timestamp(1_700_000_000, 0).unwrap(), Instant::now());
        let second = Duration::from_secs(1);
        let mut waking = Waking::new(wall, start);
        assert!(!waking.look(wall + TimeDelta::seconds(1), start + second), "an ordinary look");
        assert!(waking.is_on_network(start + second));
        assert!(waking.look(wall + TimeDelta::hours(8), start + 2 * second), "a night");
        assert!(!waking.is_on_network(start + 3 * second));
        assert!(!waking.look(wall + TimeDelta::hours(8), start + 3 * second), "once");
        assert!(waking.is_on_network(start + 2 * second + GRACE));
        assert!(waking.look(wall, start + 4 * second), "the clock was set back");
    }
}
