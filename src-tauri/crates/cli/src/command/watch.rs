//! `check` and `watch`.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use anyhow::Result;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use wirewatch_model::{Alert, AlertState, Fate, SourceId};
use wirewatch_monitor::{Announcement, Announcer, Monitor, Occasion, Tally};

use super::press::press;
use crate::output::{Ended, Output};
use crate::{json, progress};

/// One pass over the sources.
pub(crate) async fn check(monitor: &Monitor, ids: &[i64], output: &mut Output) -> Result<Ended> {
    let ids: Vec<SourceId> = ids.iter().copied().map(SourceId).collect();
    let stop = CancellationToken::new();
    let interrupt = stop.clone();
    tokio::spawn(async move {
        interrupted().await;
        interrupt.cancel();
    });
    let progress = tokio::spawn(progress::show(monitor.listen()));
    let mut tallies: Vec<Tally> = Vec::new();
    let mut closed = Ok(());
    monitor
        .check(&ids, &stop, |tally| {
            for (place, reason) in &tally.problems {
                output.trouble(format!("{place}: {reason}"));
            }
            if closed.is_ok() {
                closed = output.record(|| json::tally(tally), || text(tally));
            }
            tallies.push(tally.clone());
        })
        .await?;
    progress.abort();
    closed?;
    monitor.deliver(&Remarks { output: *output }, Occasion::Usual)?;
    let sum = |count: fn(&Tally) -> u32| tallies.iter().map(count).sum::<u32>();
    let problems: usize = tallies.iter().map(|tally| tally.problems.len()).sum();
    output.record(
        || {
            json!({"total": {
                "new": sum(|tally| tally.new), "changed": sum(|tally| tally.changed),
                "known": sum(|tally| tally.known), "problems": problems,
                "matches": sum(|tally| tally.matches), "alerts": sum(|tally| tally.alerts),
            }})
        },
        || format!("{} sources, {} new, {problems} problems", tallies.len(), sum(|tally| tally.new)),
    )?;
    Ok(Ended::partly_if(problems > 0 || stop.is_cancelled()))
}

/// Goes on watching until interrupted.
pub(crate) async fn watch(monitor: &Monitor, output: &mut Output) -> Result<Ended> {
    let sources = monitor.library().sources()?.len();
    output.remark(format!("watching; sources: {sources}; alerts follow, Ctrl-C stops"))?;
    let mut handle = monitor.watch(Arc::new(Terminal { output: *output }))?;
    let mut publishing = monitor.publish(press()?);
    let ended = tokio::select! {
        () = interrupted() => Ok(()),
        ended = handle.ended() => ended,
    };
    let stopped = handle.stop().await;
    publishing.stop().await;
    ended?;
    stopped?;
    Ok(Ended::Done)
}

/// Prints each alert as a line, and of those beyond a budget or held back meanwhile how many there are.
struct Terminal {
    output: Output,
}

impl Announcer for Terminal {
    fn announce(&self, announcement: Announcement<'_>, note: &mut dyn FnMut()) -> io::Result<()> {
        let Announcement::One(alert) = announcement else {
            let line = announced(announcement);
            note();
            return self.output.remark(line);
        };
        // Whoever reads the line has been told.
        let told = Alert { state: AlertState::Delivered, fate: Some(Fate::Shown), ..alert.clone() };
        let line = self.output.line(|| json::alert(&told), || alert_text(&told));
        // A line cannot be taken back; and between these two nothing may take time.
        note();
        self.output.put(&line)
    }

    fn folds_bursts(&self) -> bool {
        false
    }
}

/// Shows people what a pass raised. Programs read in its tally how many there are, and ask for them.
struct Remarks {
    output: Output,
}

impl Announcer for Remarks {
    fn announce(&self, announcement: Announcement<'_>, note: &mut dyn FnMut()) -> io::Result<()> {
        let line = announced(announcement);
        note();
        self.output.remark(line)
    }

    fn folds_bursts(&self) -> bool {
        false
    }
}

/// An announcement for people.
fn announced(announcement: Announcement<'_>) -> String {
    match announcement {
        Announcement::One(alert) => alert_text(alert),
        Announcement::Summary(alerts) => summary_text(alerts),
        Announcement::Meanwhile(alerts) => meanwhile_text(alerts),
    }
}

/// What a budget leaves in the inbox, for people.
fn summary_text(alerts: &[Alert]) -> String {
    let mut topics: Vec<&str> = alerts.iter().map(|alert| alert.topic_name.as_str()).collect();
    topics.sort_unstable();
    topics.dedup();
    format!("{} more in the inbox, beyond the hourly budget ({})", alerts.len(), topics.join(", "))
}

/// What quiet hours or a pause left in the inbox, for people.
fn meanwhile_text(alerts: &[Alert]) -> String {
    let mut topics: BTreeMap<&str, usize> = BTreeMap::new();
    alerts.iter().for_each(|alert| *topics.entry(&alert.topic_name).or_default() += 1);
    let topics: Vec<String> = topics.iter().map(|(topic, count)| format!("{topic}: {count}")).collect();
    format!(
        "{} came in while alerts were held back ({}); `wirewatch alerts` lists them",
        alerts.len(),
        topics.join(", ")
    )
}

/// An alert for people.
pub(crate) fn alert_text(alert: &Alert) -> String {
    let at = alert.at.with_timezone(&chrono::Local).format("%Y-%m-%d %H:%M");
    let title = if alert.title.is_empty() { "(no headline)" } else { &alert.title };
    let outlets = if alert.outlets > 1 { format!(", {} outlets", alert.outlets) } else { String::new() };
    let held = match alert.fate {
        Some(fate @ Fate::Held(_)) => format!("  [{}]", fate.as_str()),
        _ => String::new(),
    };
    format!(
        "{at}  {}  {title}  ({}{outlets}, article {}){held}\n    {}",
        alert.topic_name, alert.source, alert.article, alert.sentence
    )
}

fn text(tally: &Tally) -> String {
    format!(
        "{}: {} new, {} changed, {} known, {} problems; {} matches, {} alerts",
        tally.name,
        tally.new,
        tally.changed,
        tally.known,
        tally.problems.len(),
        tally.matches,
        tally.alerts
    )
}

/// Waits for Ctrl-C or a request to end.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a handler the system's own way of ending a program remains.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
