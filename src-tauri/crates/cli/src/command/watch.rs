//! `check` and `watch`.

use std::sync::Arc;

use anyhow::Result;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use wirewatch_model::{Alert, AlertState, SourceId};
use wirewatch_monitor::{Announcement, Announcer, Monitor, Tally};

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
    tell_alerts(monitor, output)?;
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
    let (sender, mut printer) = tokio::sync::mpsc::channel(1);
    let mut handle = monitor.watch(Arc::new(Terminal { sender }))?;
    let mut publishing = monitor.publish(press()?);
    let ended = {
        let stop = interrupted();
        tokio::pin!(stop);
        loop {
            tokio::select! {
                biased;
                Some(job) = printer.recv() => print(job, output)?,
                () = &mut stop => break Ok(()),
                ended = handle.ended() => break ended,
            }
        }
    };
    // What is still to be shown is shown while the watch comes to its end.
    let stopping = handle.stop();
    tokio::pin!(stopping);
    loop {
        tokio::select! {
            biased;
            Some(job) = printer.recv() => print(job, output)?,
            stopped = &mut stopping => {
                stopped?;
                break;
            }
        }
    }
    publishing.stop().await;
    ended?;
    Ok(Ended::Done)
}

/// Alerts to print, and whom to tell when they are printed.
type PrintJob = (Vec<Alert>, std::sync::mpsc::Sender<()>);

/// Hands alerts to the thread that prints, and waits until they are printed.
struct Terminal {
    sender: tokio::sync::mpsc::Sender<PrintJob>,
}

impl Announcer for Terminal {
    fn announce(&self, announcement: Announcement<'_>) {
        let mut alerts = match announcement {
            Announcement::One(alert) => vec![alert.clone()],
            Announcement::Many(alerts) => alerts.to_vec(),
        };
        // Whoever reads the line has been told.
        alerts.iter_mut().for_each(|alert| alert.state = AlertState::Delivered);
        let (done, printed) = std::sync::mpsc::channel();
        if self.sender.blocking_send((alerts, done)).is_ok() {
            // An error means that the printing side is gone, and the program with it.
            let _ = printed.recv();
        }
    }

    fn folds_bursts(&self) -> bool {
        false
    }
}

/// After a pass the user has been told how many alerts there are; people see them, too.
fn tell_alerts(monitor: &Monitor, output: &mut Output) -> Result<()> {
    let pending = monitor.due_alerts()?;
    for alert in &pending {
        output.remark(alert_text(alert))?;
    }
    let ids: Vec<_> = pending.iter().map(|alert| alert.id).collect();
    monitor.library().advance_alerts(&ids, AlertState::Delivered)?;
    Ok(())
}

fn print((alerts, done): PrintJob, output: &mut Output) -> std::io::Result<()> {
    alerts.iter().try_for_each(|alert| output.record(|| json::alert(alert), || alert_text(alert)))?;
    // The monitor marks them as shown only after this; if it is gone, nobody needs to know.
    let _ = done.send(());
    Ok(())
}

/// An alert for people.
pub(crate) fn alert_text(alert: &Alert) -> String {
    let at = alert.at.with_timezone(&chrono::Local).format("%Y-%m-%d %H:%M");
    let title = if alert.title.is_empty() { "(no headline)" } else { &alert.title };
    format!(
        "{at}  {}  {title}  ({}, article {})\n    {}",
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
