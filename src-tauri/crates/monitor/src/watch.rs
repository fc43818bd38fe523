//! Going on watching: folders by the system's events, feeds when they are due, alerts at once.

mod folders;
mod handle;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use notify::RecommendedWatcher;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use wirewatch_model::{Source, SourceId, SourceKind};

use self::folders::Home;
pub use self::handle::WatchHandle;
use crate::error::Result;
use crate::rhythm::is_due;
use crate::settling::Settling;
use crate::waking::Waking;
use crate::{Announcer, Event, Monitor, Occasion, Tally};

/// Reports of the system that may wait; if more come, the folders are swept instead.
const BACKLOG: usize = 8_192;

/// How often due feeds, other processes' changes and the wall clock are looked at. Short, since a
/// look costs microseconds; the wall clock is compared rather than slept for, so that a sleep of
/// the machine delays nothing.
const TICK: Duration = Duration::from_secs(1);

/// How often folders are swept besides the events, for what the system did not report.
const SWEEP_EVERY: Duration = Duration::from_secs(10 * 60);

/// Sources that are begun by themselves while so many are under way wait for the next look: after
/// a sleep of the machine everything is due at once.
const MOST_AT_A_TIME: usize = 32;

/// Sources that are begun by themselves at one look, a second: what is due all at once after a sleep
/// is spread over a minute.
const MOST_BEGUN: usize = 10;

/// After a start or a sleep alerts gather until every source has been looked at, but no longer than
/// this: one summary instead of one for each source.
const GATHER: Duration = Duration::from_secs(90);

/// How often volumes are compared with the usual ones.
const SPIKES_EVERY: Duration = Duration::from_secs(10 * 60);

/// More than anybody asks for before the watch gets to it.
const MOST_ORDERS: usize = 64;

/// What the user wants checked now.
#[derive(Debug, Clone, Copy)]
enum Order {
    /// Every source that is not stopped or paused.
    Everything,
    /// This one, whatever its state.
    One(SourceId),
}

/// The sources that are checked because the user asked for it.
#[derive(Default)]
struct Round {
    open: HashSet<SourceId>,
    total: u32,
}

struct Watch {
    monitor: Monitor,
    announcer: Arc<dyn Announcer>,
    stop: CancellationToken,
    /// What the user wants checked now, and where that is said.
    orders: mpsc::Receiver<Order>,
    counter: mpsc::Sender<Order>,
    round: Round,
    watcher: RecommendedWatcher,
    reports: mpsc::Receiver<notify::Event>,
    /// The system reported more than could wait, or says that it lost reports.
    overflow: Arc<AtomicBool>,
    /// The folders that the system watches for us.
    folders: HashMap<SourceId, Home>,
    settling: Settling,
    /// Sources that are being checked now.
    busy: JoinSet<(SourceId, Result<Tally>)>,
    checking: HashSet<SourceId>,
    /// Of those, the ones that have to be checked again, since something happened meanwhile.
    again: HashSet<SourceId>,
    /// Folders that the system would not watch, and when they are tried again.
    unwatched: HashMap<SourceId, Instant>,
    swept: Instant,
    waking: Waking,
    foreign_changes: i64,
    /// Until when alerts gather, after a start or a sleep.
    gathering: Option<Instant>,
    /// Whether sources are due that were not begun yet.
    behind: bool,
    /// When volumes were compared last.
    compared: Option<Instant>,
}

impl Watch {
    fn new(monitor: Monitor, announcer: Arc<dyn Announcer>, stop: CancellationToken) -> Result<Watch> {
        let (sender, reports) = mpsc::channel(BACKLOG);
        let overflow = Arc::new(AtomicBool::new(false));
        let lost = overflow.clone();
        let watcher = notify::recommended_watcher(move |report: notify::Result<notify::Event>| {
            let complete = match report {
                Ok(event) if event.need_rescan() => false,
                Ok(event) => sender.try_send(event).is_ok(),
                Err(_) => false,
            };
            if !complete {
                lost.store(true, Ordering::Relaxed);
            }
        })?;
        let (counter, orders) = mpsc::channel(MOST_ORDERS);
        let foreign_changes = monitor.library().foreign_changes()?;
        let waking = Waking::new(monitor.now(), Instant::now());
        Ok(Watch {
            monitor,
            announcer,
            stop,
            orders,
            counter,
            round: Round::default(),
            watcher,
            reports,
            overflow,
            folders: HashMap::new(),
            settling: Settling::default(),
            busy: JoinSet::new(),
            checking: HashSet::new(),
            again: HashSet::new(),
            unwatched: HashMap::new(),
            swept: Instant::now(),
            waking,
            foreign_changes,
            gathering: Some(Instant::now() + GATHER),
            behind: false,
            compared: None,
        })
    }

    async fn run(mut self) -> Result<()> {
        self.look_round()?;
        // What an earlier run committed and did not show any more.
        self.deliver().await?;
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let settled = self.settling.next().map(tokio::time::Instant::from_std);
            tokio::select! {
                biased;
                () = self.stop.cancelled() => break,
                Some(report) = self.reports.recv() => self.note(&report),
                () = tokio::time::sleep_until(settled.unwrap_or_else(tokio::time::Instant::now)), if settled.is_some() => {
                    self.read_settled().await?;
                }
                Some(done) = self.busy.join_next(), if !self.busy.is_empty() => {
                    let (source, tally) = done?;
                    self.finished(source, tally?).await?;
                }
                Some(order) = self.orders.recv() => self.begin_ordered(order)?,
                _ = tick.tick() => {
                    self.look_round()?;
                    // An embargo may have ended, or nothing more gathers.
                    self.deliver().await?;
                }
            }
        }
        // Checks that were begun notice the token; what they read so far is committed.
        while let Some(done) = self.busy.join_next().await {
            done?.1?;
        }
        self.checking.clear();
        self.behind = false;
        self.deliver().await
    }

    fn begin(&mut self, source: Source) {
        if !self.checking.insert(source.id) {
            // A file may have come after the sweep went by; a feed that is being asked is not asked twice.
            if source.spec.kind == SourceKind::Folder {
                self.again.insert(source.id);
            }
            return;
        }
        let unfinished = match source.spec.kind {
            SourceKind::Folder => self.settling.unfinished(),
            SourceKind::Feed | SourceKind::Sitemap | SourceKind::Page => HashSet::new(),
        };
        let (monitor, stop) = (self.monitor.clone(), self.stop.clone());
        self.busy.spawn(async move { (source.id, monitor.check_source(source, unfinished, &stop).await) });
    }

    fn begin_ordered(&mut self, order: Order) -> Result<()> {
        let library = self.monitor.library();
        let sources: Vec<Source> = match order {
            Order::Everything => {
                let sources = library.sources()?.into_iter();
                sources.filter(|source| source.health.state.is_watched()).collect()
            }
            Order::One(id) => library.source(id)?.into_iter().collect(),
        };
        for source in sources {
            // One that is being checked anyway counts as well.
            self.round.total += u32::from(self.round.open.insert(source.id));
            self.begin(source);
        }
        self.tell_round();
        Ok(())
    }

    fn tell_round(&mut self) {
        let open = u32::try_from(self.round.open.len()).unwrap_or(u32::MAX);
        let total = self.round.total;
        let done = total.saturating_sub(open);
        self.monitor.tell(Event::Progress { label: "Checking sources".to_owned(), done, total });
        if open == 0 {
            self.round = Round::default();
        }
    }

    async fn finished(&mut self, source: SourceId, tally: Tally) -> Result<()> {
        self.checking.remove(&source);
        if self.round.open.remove(&source) {
            self.tell_round();
        }
        if self.again.remove(&source)
            && let Some(source) = self.monitor.library().source(source)?
        {
            self.begin(source);
        }
        for (place, reason) in &tally.problems {
            tracing::warn!(place, reason, "not read");
        }
        self.deliver().await
    }

    /// What is due, what another process changed, what the system did not report.
    fn look_round(&mut self) -> Result<()> {
        let changes = self.monitor.library().foreign_changes()?;
        let changed = changes != self.foreign_changes;
        if changed {
            self.foreign_changes = changes;
            self.monitor.reload_topics()?;
            self.monitor.tell(Event::Sources);
            self.monitor.tell(Event::Articles { new: 0 });
            self.monitor.tell(Event::Alerts);
        }
        let mut sources = self.monitor.library().sources()?;
        sources.retain(|source| source.health.state.is_watched());
        self.refresh_sources(&sources)?;
        if changed {
            self.refresh_patterns()?;
        }
        let now = self.monitor.now();
        let woke = self.waking.look(now, Instant::now());
        let lost = self.overflow.swap(false, Ordering::Relaxed);
        let sweep = woke || lost || self.swept.elapsed() > SWEEP_EVERY;
        if sweep {
            self.swept = Instant::now();
            let folders: Vec<Source> = self.folders.values().map(|home| home.source.clone()).collect();
            folders.into_iter().for_each(|source| self.begin(source));
        }
        self.look_at_remote();
        if woke {
            self.gathering = Some(Instant::now() + GATHER);
        }
        match self.waking.is_on_network(Instant::now()) {
            true => self.begin_due(sources, now),
            false => self.behind = true,
        }
        Ok(())
    }

    /// Begins the sources on the web that are due, not more at a time than is polite to the line.
    fn begin_due(&mut self, mut due: Vec<Source>, now: DateTime<Utc>) {
        let free = MOST_AT_A_TIME.saturating_sub(self.checking.len()).min(MOST_BEGUN);
        due.retain(|source| {
            source.spec.kind != SourceKind::Folder
                && is_due(source.health.next_check, now)
                && !self.checking.contains(&source.id)
        });
        // Who has waited longest comes first, so that none starves.
        due.sort_by_key(|source| source.health.next_check);
        self.behind = due.len() > free;
        due.into_iter().take(free).for_each(|source| self.begin(source));
    }

    /// Shows what is to be shown; while alerts gather, what is urgent.
    async fn deliver(&mut self) -> Result<()> {
        let gathers = |until: Instant| self.announcer.folds_bursts() && Instant::now() < until;
        let occasion = match self.gathering {
            Some(until) if (self.behind || !self.checking.is_empty()) && gathers(until) => {
                Occasion::Gathering
            }
            Some(_) => Occasion::Return,
            None => Occasion::Usual,
        };
        if occasion == Occasion::Return {
            self.gathering = None;
        }
        let compares = self.compared.is_none_or(|compared| compared.elapsed() > SPIKES_EVERY);
        if compares {
            self.compared = Some(Instant::now());
        }
        let (monitor, announcer) = (self.monitor.clone(), self.announcer.clone());
        tokio::task::spawn_blocking(move || {
            if compares {
                monitor.raise_spikes()?;
            }
            monitor.deliver(&*announcer, occasion)
        })
        .await?
    }
}
