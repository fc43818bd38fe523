//! The outbox: alerts that are committed and not settled yet are shown, folded or held, and the inbox
//! is told what was done with each.
//!
//! One process shows alerts at a time, and settles each after the fact. What was shown and, because of
//! a kill, not settled stands in the [`Logbook`]: it is settled and not shown again.

use std::io;

use wirewatch_library::AlertFilter;
use wirewatch_model::{Alert, AlertId, Fate, Level};

use crate::alerting::{BUDGET_TIME, Folding, Logbook, Past, Policy, plan, silence};
use crate::error::{MonitorError, Result};
use crate::{Event, Monitor};

/// What is to be shown.
#[derive(Debug, Clone, Copy)]
pub enum Announcement<'a> {
    /// One alert.
    One(&'a Alert),
    /// A summary of these.
    Summary(&'a [Alert]),
    /// A summary of what quiet hours or a pause held back that is over now; each is in the inbox already.
    Meanwhile(&'a [Alert]),
}

/// Shows alerts: a desktop notification, a line in a terminal.
pub trait Announcer: Send + Sync {
    /// Shows them, at once and on this thread, and calls `note` once: what is noted is not shown again,
    /// whatever happens to this process. An announcer whose repeat takes the place of the first notes
    /// after it has shown, so that none is missed; one that cannot take anything back notes at the last
    /// moment before, so that none is shown twice.
    ///
    /// # Errors
    /// If nobody can be told any more; they are kept for the next time.
    fn announce(&self, announcement: Announcement<'_>, note: &mut dyn FnMut()) -> io::Result<()>;

    /// Whether the user wants to be shown nothing; alerts are left in the inbox then.
    fn is_muted(&self) -> bool {
        false
    }

    /// Whether many alerts at once are to be folded into one summary.
    fn folds_bursts(&self) -> bool {
        true
    }
}

/// Why alerts are delivered now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// Something came in.
    Usual,
    /// The program started, or the machine woke up, and not every source has been looked at: only what
    /// is urgent does not wait.
    Gathering,
    /// Every source has been looked at since: what gathered is one summary.
    Return,
}

impl Monitor {
    /// Does with every alert that is not settled yet what the user's rules say; nothing if another
    /// process is about it.
    ///
    /// # Errors
    /// If the library cannot be read or written, or the announcer fails.
    pub fn deliver(&self, announcer: &dyn Announcer, occasion: Occasion) -> Result<()> {
        if self.pending(occasion)?.is_empty() && self.held_back(announcer, occasion)?.is_empty() {
            return Ok(());
        }
        let failed = |error| MonitorError::File { path: self.library().folder().to_owned(), error };
        let Some(logbook) = Logbook::take(self.library().folder()).map_err(failed)? else { return Ok(()) };
        let mut delivery = Delivery { monitor: self, announcer, logbook };
        let delivered = delivery.settle_shown().and_then(|()| delivery.carry_out(occasion));
        self.tell(Event::Alerts);
        delivered
    }

    /// The alerts that are not settled and do not wait for another occasion.
    fn pending(&self, occasion: Occasion) -> Result<Vec<Alert>> {
        let mut pending = self.library().alerts(AlertFilter::Pending, self.now())?;
        pending.retain(|alert| occasion != Occasion::Gathering || alert.level == Level::Urgent);
        Ok(pending)
    }

    /// The alerts that quiet hours or a pause held back, and that may be told of now.
    fn held_back(&self, announcer: &dyn Announcer, occasion: Occasion) -> Result<Vec<Alert>> {
        let now = self.now();
        let mut held = self.library().alerts(AlertFilter::HeldBack, now)?;
        if held.is_empty() || occasion == Occasion::Gathering {
            return Ok(Vec::new());
        }
        let policy = self.policy_of(announcer)?;
        held.retain(|alert| silence(&policy, alert, now).is_none());
        Ok(held)
    }

    fn policy_of(&self, announcer: &dyn Announcer) -> Result<Policy> {
        Ok(Policy { muted: announcer.is_muted(), ..self.policy()? })
    }
}

/// One delivery; nobody else delivers meanwhile.
struct Delivery<'a> {
    monitor: &'a Monitor,
    announcer: &'a dyn Announcer,
    logbook: Logbook,
}

impl Delivery<'_> {
    /// Settles what a process showed that was killed before it could.
    fn settle_shown(&mut self) -> Result<()> {
        let entries = self.logbook.entries().unwrap_or_else(|error| {
            tracing::warn!(%error, "the logbook of alerts cannot be read");
            Vec::new()
        });
        if entries.is_empty() {
            return Ok(());
        }
        // Whatever waits now was not made to wait when it was shown.
        let pending = self.monitor.pending(Occasion::Usual)?;
        let shown = pending
            .iter()
            .filter_map(|alert| Some((alert.id, entries.iter().find(|entry| entry.is_of(alert))?.fate)));
        self.settle_each(shown)?;
        let held = self.monitor.library().alerts(AlertFilter::HeldBack, self.monitor.now())?;
        let told = held.iter().filter(|alert| entries.iter().any(|entry| entry.is_of(alert)));
        self.settle_told(told)?;
        self.clear_logbook();
        Ok(())
    }

    fn carry_out(&mut self, occasion: Occasion) -> Result<()> {
        let (monitor, now) = (self.monitor, self.monitor.now());
        let folding = match (self.announcer.folds_bursts(), occasion) {
            (false, _) => Folding::Never,
            (true, Occasion::Usual | Occasion::Gathering) => Folding::Bursts,
            (true, Occasion::Return) => Folding::Gathered,
        };
        let held_back = monitor.held_back(self.announcer, occasion)?;
        if !held_back.is_empty() {
            self.show(Announcement::Meanwhile(&held_back))?;
        }
        let past = Past::of(&monitor.library().told_since(now - BUDGET_TIME)?);
        let plan = plan(&monitor.policy_of(self.announcer)?, past, monitor.pending(occasion)?, folding, now);
        self.settle_each(plan.held.iter().map(|(alert, why)| (alert.id, Fate::Held(*why))))?;
        for alert in &plan.alone {
            self.show(Announcement::One(alert))?;
        }
        if !plan.together.is_empty() {
            self.show(Announcement::Summary(&plan.together))?;
        }
        self.clear_logbook();
        Ok(())
    }

    fn show(&mut self, announcement: Announcement<'_>) -> Result<()> {
        let (alerts, fate) = match announcement {
            Announcement::One(alert) => (std::slice::from_ref(alert), Fate::Shown),
            Announcement::Summary(alerts) | Announcement::Meanwhile(alerts) => (alerts, Fate::Summarised),
        };
        let logbook = &mut self.logbook;
        let mut note = || {
            if let Err(error) = logbook.note(alerts, fate) {
                tracing::warn!(%error, "the logbook of alerts cannot be written");
            }
        };
        if let Err(error) = self.announcer.announce(announcement, &mut note) {
            // Whatever was noted, it was not shown; what was shown before is settled.
            self.clear_logbook();
            return Err(MonitorError::Announce(error));
        }
        if matches!(announcement, Announcement::Meanwhile(_)) {
            return self.settle_told(alerts.iter());
        }
        let ids: Vec<AlertId> = alerts.iter().map(|alert| alert.id).collect();
        self.settle(&ids, fate)
    }

    /// Settles that a summary told of alerts that were held back; why they were stays known.
    fn settle_told<'b>(&self, alerts: impl Iterator<Item = &'b Alert>) -> Result<()> {
        let ids: Vec<AlertId> = alerts.map(|alert| alert.id).collect();
        Ok(self.monitor.library().set_alerts_told(&ids, self.monitor.now())?)
    }

    /// Settles alerts, those of one fate at once.
    fn settle_each(&self, fates: impl Iterator<Item = (AlertId, Fate)>) -> Result<()> {
        let mut settled: Vec<(Fate, Vec<AlertId>)> = Vec::new();
        for (id, fate) in fates {
            match settled.iter_mut().find(|(known, _)| *known == fate) {
                Some((_, ids)) => ids.push(id),
                None => settled.push((fate, vec![id])),
            }
        }
        settled.iter().try_for_each(|(fate, ids)| self.settle(ids, *fate))
    }

    fn settle(&self, ids: &[AlertId], fate: Fate) -> Result<()> {
        Ok(self.monitor.library().settle_alerts(ids, fate, self.monitor.now())?)
    }

    fn clear_logbook(&mut self) {
        if let Err(error) = self.logbook.clear() {
            tracing::warn!(%error, "the logbook of alerts cannot be emptied");
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::ops::Range;
    use std::sync::{Arc, Mutex};

    use chrono::{DateTime, TimeDelta, Utc};
    use tempfile::TempDir;
    use wirewatch_library::{Arrival, Batch, TopicMatch};
    use wirewatch_model::{
        AlertState, Hold, Match, NewSource, ParsedArticle, SourceId, SourceKind, TopicId, TopicVersion,
    };

    use super::*;
    use crate::{Clock, Wish};

    /// Nothing was shown.
    const NONE: [usize; 0] = [];

    struct Fixed(Mutex<DateTime<Utc>>);

    impl Clock for Fixed {
        fn now(&self) -> DateTime<Utc> {
            *self.0.lock().unwrap()
        }
    }

    /// Writes down what was shown: how many alerts each time.
    struct Recorder {
        folds: bool,
        muted: bool,
        shown: Mutex<Vec<usize>>,
        /// How many were told of afterwards, each time.
        meanwhile: Mutex<Vec<usize>>,
        broken: Mutex<bool>,
    }

    impl Announcer for Recorder {
        fn announce(&self, announcement: Announcement<'_>, note: &mut dyn FnMut()) -> io::Result<()> {
            note();
            if *self.broken.lock().unwrap() {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            let (told, count) = match announcement {
                Announcement::One(_) => (&self.shown, 1),
                Announcement::Summary(alerts) => (&self.shown, alerts.len()),
                Announcement::Meanwhile(alerts) => (&self.meanwhile, alerts.len()),
            };
            told.lock().unwrap().push(count);
            Ok(())
        }

        fn is_muted(&self) -> bool {
            self.muted
        }

        fn folds_bursts(&self) -> bool {
            self.folds
        }
    }

    /// A library with a feed, and a clock that is turned by hand.
    pub(crate) struct Stage {
        pub(crate) monitor: Monitor,
        clock: Arc<Fixed>,
        source: SourceId,
        recorder: Recorder,
        _folder: TempDir,
    }

    impl Stage {
        pub(crate) fn new() -> Stage {
            let folder = TempDir::new().unwrap();
            let noon = "2026-11-24T12:00:00Z".parse().unwrap();
            let clock = Arc::new(Fixed(Mutex::new(noon)));
            let monitor = Monitor::open(folder.path(), clock.clone()).unwrap();
            let new = NewSource {
                kind: SourceKind::Feed,
                name: "wire".into(),
                location: "https://wire.example/feed".into(),
                label: None,
                every: None,
                full_text: false,
                alert_existing: false,
            };
            let source = monitor.library().add_source(&new, noon).unwrap().id;
            let recorder = Recorder {
                folds: true,
                muted: false,
                shown: Mutex::default(),
                meanwhile: Mutex::default(),
                broken: Mutex::default(),
            };
            Stage { monitor, clock, source, recorder, _folder: folder }
        }

        /// Takes in so many articles that raise an alert each.
        fn bring(&self, first: usize, count: usize, level: Level) {
            self.bring_all(first..first + count, level, true);
        }

        /// Takes in these articles; a back catalogue is no news.
        pub(crate) fn bring_all(&self, numbers: Range<usize>, level: Level, news: bool) {
            let arrival = |number: usize| Arrival {
                article: ParsedArticle {
                    title: format!("Talks {number}"),
                    text: format!("Round {number}."),
                    ..ParsedArticle::default()
                },
                file: None,
                matches: vec![TopicMatch {
                    found: Match {
                        topic: TopicId::from_name("us-russia"),
                        version: TopicVersion(1),
                        hits: Vec::new(),
                        sentence: "Why.".into(),
                    },
                    level,
                }],
                news,
            };
            let arrivals = numbers.map(arrival).collect();
            let (source, at) = (self.source, self.monitor.now());
            self.monitor.library().add(&Batch { source, arrivals, receipts: Vec::new(), at }).unwrap();
        }

        fn deliver(&self, occasion: Occasion) -> Vec<usize> {
            self.monitor.deliver(&self.recorder, occasion).unwrap();
            std::mem::take(&mut *self.recorder.shown.lock().unwrap())
        }

        /// How many were told of since the last time, of those that were held back.
        fn meanwhile(&self) -> Vec<usize> {
            std::mem::take(&mut *self.recorder.meanwhile.lock().unwrap())
        }

        pub(crate) fn wait(&self, time: TimeDelta) {
            *self.clock.0.lock().unwrap() += time;
        }

        fn fates(&self) -> Vec<Option<Fate>> {
            let alerts = self.monitor.library().alerts(AlertFilter::Newest(99), self.monitor.now()).unwrap();
            alerts.iter().rev().map(|alert| alert.fate).collect()
        }
    }

    #[test]
    fn a_few_are_shown_singly_a_burst_and_what_gathered_as_one() {
        let stage = Stage::new();
        stage.bring(0, 3, Level::Notify);
        assert_eq!(stage.deliver(Occasion::Usual), [1, 1, 1]);
        assert_eq!(stage.deliver(Occasion::Usual), NONE, "shown once");
        stage.bring(10, 20, Level::Notify);
        assert_eq!(stage.deliver(Occasion::Usual), [20]);
        stage.bring(100, 3, Level::Notify);
        assert_eq!(stage.deliver(Occasion::Return), [3]);
        let states = stage.monitor.library().alerts(AlertFilter::Newest(99), stage.monitor.now()).unwrap();
        assert!(states.iter().all(|alert| alert.state == AlertState::Delivered));
    }

    #[test]
    fn what_is_urgent_does_not_wait_for_what_gathers() {
        let stage = Stage::new();
        stage.bring(0, 3, Level::Notify);
        stage.bring(10, 1, Level::Urgent);
        assert_eq!(stage.deliver(Occasion::Gathering), [1]);
        assert_eq!(stage.deliver(Occasion::Return), [3]);
    }

    #[test]
    fn a_budget_lasts_an_hour_and_overflows_into_one_summary_and_then_the_inbox() {
        let stage = Stage::new();
        stage.monitor.set_wish(Wish::HourlyBudget, "2").unwrap();
        stage.bring(0, 4, Level::Notify);
        assert_eq!(stage.deliver(Occasion::Usual), [1, 1, 2]);
        stage.bring(10, 1, Level::Notify);
        assert_eq!(stage.deliver(Occasion::Usual), NONE, "it waits for the digest");
        assert_eq!(stage.fates().last(), Some(&Some(Fate::Held(Hold::OverBudget))));
        stage.bring(20, 1, Level::Urgent);
        assert_eq!(stage.deliver(Occasion::Usual), [1], "urgent all the same");
        stage.wait(TimeDelta::minutes(61));
        stage.bring(30, 1, Level::Notify);
        assert_eq!(stage.deliver(Occasion::Usual), [1], "another hour");
        let talks = TopicId::from_name("us-russia");
        stage.monitor.set_topic_budget(&talks, Some(9)).unwrap();
        stage.bring(40, 4, Level::Notify);
        assert_eq!(stage.deliver(Occasion::Usual), [1, 1, 1, 1], "a budget of its own");
    }

    #[test]
    fn a_pause_a_snooze_and_quiet_hours_leave_alerts_in_the_inbox_and_one_summary_tells_of_them() {
        let stage = Stage::new();
        let (talks, hour) = (TopicId::from_name("us-russia"), TimeDelta::hours(1));
        let monitor = &stage.monitor;
        monitor.pause_alerts(Some(monitor.now() + hour)).unwrap();
        stage.bring(0, 1, Level::Urgent);
        assert_eq!(stage.deliver(Occasion::Usual), NONE);
        stage.wait(hour);
        monitor.snooze_topic(&talks, Some(monitor.now() + hour)).unwrap();
        stage.bring(1, 1, Level::Notify);
        assert_eq!(stage.deliver(Occasion::Usual), NONE);
        assert_eq!(stage.meanwhile(), NONE, "the pause is over, but the topic is snoozed");
        monitor.snooze_topic(&talks, None).unwrap();
        monitor.set_wish(Wish::QuietHours, "12:00-18:00 UTC").unwrap();
        stage.bring(2, 1, Level::Notify);
        stage.bring(3, 1, Level::Urgent);
        assert_eq!(stage.deliver(Occasion::Usual), [1], "urgent breaks quiet hours");
        assert_eq!(stage.meanwhile(), [1], "so does what was urgent in the pause; a snooze is told of never");
        stage.wait(hour * 9);
        assert_eq!(stage.deliver(Occasion::Usual), NONE);
        assert_eq!(stage.meanwhile(), [1], "of the quiet hours");
        assert_eq!((stage.deliver(Occasion::Usual), stage.meanwhile()), (vec![], vec![]), "once");
        let held = [Hold::Paused, Hold::Snoozed, Hold::QuietHours].map(Fate::Held).map(Some);
        assert_eq!(stage.fates(), [held[0], held[1], held[2], Some(Fate::Shown)]);
        assert!(monitor.snooze_topic(&TopicId::from_name("none"), None).is_err());
    }

    #[test]
    fn what_a_killed_process_showed_is_settled_and_not_shown_again() {
        let stage = Stage::new();
        stage.bring(0, 3, Level::Notify);
        let pending = stage.monitor.pending(Occasion::Usual).unwrap();
        let mut logbook = Logbook::take(stage.monitor.library().folder()).unwrap().unwrap();
        logbook.note(&pending[..1], Fate::Shown).unwrap();
        assert_eq!(stage.deliver(Occasion::Usual), NONE, "the other one is still about it");
        drop(logbook);
        assert_eq!(stage.deliver(Occasion::Usual), [1, 1]);
        assert_eq!(stage.fates(), [Some(Fate::Shown); 3]);
    }

    #[test]
    fn what_nobody_could_be_told_is_kept_for_the_next_time() {
        let stage = Stage::new();
        stage.bring(0, 2, Level::Notify);
        *stage.recorder.broken.lock().unwrap() = true;
        assert!(stage.monitor.deliver(&stage.recorder, Occasion::Usual).is_err());
        *stage.recorder.broken.lock().unwrap() = false;
        assert_eq!(stage.deliver(Occasion::Usual), [1, 1]);
    }

    #[test]
    fn a_summary_that_a_killed_process_showed_is_not_shown_again() {
        let stage = Stage::new();
        let monitor = &stage.monitor;
        monitor.pause_alerts(Some(monitor.now() + TimeDelta::hours(1))).unwrap();
        stage.bring(0, 3, Level::Notify);
        assert_eq!(stage.deliver(Occasion::Usual), NONE);
        stage.wait(TimeDelta::hours(2));
        let held = monitor.library().alerts(AlertFilter::HeldBack, monitor.now()).unwrap();
        let mut logbook = Logbook::take(monitor.library().folder()).unwrap().unwrap();
        logbook.note(&held[..2], Fate::Summarised).unwrap();
        drop(logbook);
        assert_eq!((stage.deliver(Occasion::Usual), stage.meanwhile()), (vec![], vec![1]));
        assert_eq!(stage.fates(), [Some(Fate::Held(Hold::Paused)); 3], "why they were held stays known");
    }

    #[test]
    fn what_was_held_waits_for_what_gathers_after_a_sleep() {
        let stage = Stage::new();
        let monitor = &stage.monitor;
        monitor.pause_alerts(Some(monitor.now() + TimeDelta::hours(1))).unwrap();
        stage.bring(0, 2, Level::Notify);
        stage.deliver(Occasion::Usual);
        stage.wait(TimeDelta::hours(2));
        stage.bring(10, 1, Level::Urgent);
        assert_eq!((stage.deliver(Occasion::Gathering), stage.meanwhile()), (vec![1], vec![]));
        assert_eq!((stage.deliver(Occasion::Return), stage.meanwhile()), (vec![], vec![2]));
    }

    #[test]
    fn without_notifications_alerts_are_left_in_the_inbox_and_not_said_to_be_shown() {
        let mut stage = Stage::new();
        stage.recorder.muted = true;
        stage.bring(0, 2, Level::Urgent);
        assert_eq!(stage.deliver(Occasion::Usual), NONE);
        assert_eq!(stage.fates(), [Some(Fate::Held(Hold::Muted)); 2]);
        stage.recorder.muted = false;
        assert_eq!((stage.deliver(Occasion::Usual), stage.meanwhile()), (vec![], vec![]), "nor afterwards");
    }

    #[test]
    fn a_burst_and_what_is_urgent_leave_the_budget_as_it_was() {
        let stage = Stage::new();
        stage.monitor.set_wish(Wish::HourlyBudget, "2").unwrap();
        stage.bring(0, 20, Level::Notify);
        assert_eq!(stage.deliver(Occasion::Usual), [20], "a burst");
        // What was told at the same moment, was told in one delivery.
        stage.wait(TimeDelta::minutes(1));
        stage.bring(20, 3, Level::Urgent);
        assert_eq!(stage.deliver(Occasion::Usual), [1, 1, 1]);
        stage.bring(30, 2, Level::Notify);
        assert_eq!(stage.deliver(Occasion::Usual), [1, 1], "the budget is whole");
        stage.bring(40, 2, Level::Notify);
        assert_eq!(stage.deliver(Occasion::Usual), [2], "the first beyond it is told");
        stage.bring(50, 1, Level::Notify);
        assert_eq!(stage.deliver(Occasion::Usual), NONE);
    }

    #[test]
    fn a_terminal_is_told_every_one() {
        let mut stage = Stage::new();
        stage.recorder.folds = false;
        stage.bring(0, 20, Level::Notify);
        assert_eq!(stage.deliver(Occasion::Return), [1; 20]);
    }
}
