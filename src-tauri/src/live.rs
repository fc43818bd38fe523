//! What happens in the library, told to the window, the tray and the notifications as it happens.

use std::time::Duration;

use tauri::{AppHandle, Manager as _};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;
use wirewatch_library::AlertFilter;
use wirewatch_model::AlertState;
use wirewatch_monitor::Event as Core;

use crate::shell::Shell;
use crate::wire::Event;
use crate::{tray, window};

/// The window is told at most ten times a second: nobody reads faster, and each time it asks again.
const BREATH: Duration = Duration::from_millis(100);

/// Alerts that are looked through for ones that were read meanwhile: more than any desktop keeps
/// notifications of.
const WITHDRAWABLE: u32 = 200;

/// Tells until the monitor is gone.
pub(crate) async fn follow(app: AppHandle, mut events: Receiver<Core>) {
    tray::refresh(&app).await;
    while let Some(gathered) = gather(&mut events).await {
        let told = Instant::now();
        if gathered.alerts || gathered.articles.is_some() {
            withdraw_read(&app).await;
        }
        tray::refresh(&app).await;
        gathered.into_events().into_iter().for_each(|event| window::tell(&app, event));
        tokio::time::sleep_until(told + BREATH).await;
    }
}

/// Waits for an event and takes along what else is there; `None` if no more will come.
async fn gather(events: &mut Receiver<Core>) -> Option<Gathered> {
    let mut gathered = Gathered::default();
    match events.recv().await {
        Ok(event) => gathered.add(event),
        Err(RecvError::Lagged(_)) => gathered.add_everything(),
        Err(RecvError::Closed) => return None,
    }
    loop {
        match events.try_recv() {
            Ok(event) => gathered.add(event),
            Err(tokio::sync::broadcast::error::TryRecvError::Lagged(_)) => gathered.add_everything(),
            Err(_) => return Some(gathered),
        }
    }
}

/// Many events as few.
#[derive(Debug, Default)]
struct Gathered {
    articles: Option<u32>,
    alerts: bool,
    topics: bool,
    sources: bool,
    digests: bool,
    /// The last word on each work, in the order in which they began.
    progress: Vec<(String, u32, u32)>,
}

impl Gathered {
    fn add(&mut self, event: Core) {
        match event {
            Core::Articles { new } => {
                self.articles = Some(self.articles.unwrap_or_default().saturating_add(new));
            }
            Core::Alerts => self.alerts = true,
            Core::Topics => self.topics = true,
            Core::Sources => self.sources = true,
            Core::Digests => self.digests = true,
            Core::Progress { label, done, total } => {
                match self.progress.iter_mut().find(|(known, ..)| *known == label) {
                    Some(known) => (known.1, known.2) = (done, total),
                    None => self.progress.push((label, done, total)),
                }
            }
        }
    }

    /// Some events were missed: anything may have changed.
    fn add_everything(&mut self) {
        [Core::Articles { new: 0 }, Core::Alerts, Core::Topics, Core::Sources, Core::Digests]
            .into_iter()
            .for_each(|event| self.add(event));
    }

    fn into_events(self) -> Vec<Event> {
        let flags = [
            (self.alerts, Core::Alerts),
            (self.topics, Core::Topics),
            (self.sources, Core::Sources),
            (self.digests, Core::Digests),
        ];
        let articles = self.articles.map(|new| Core::Articles { new });
        let progress =
            self.progress.into_iter().map(|(label, done, total)| Core::Progress { label, done, total });
        articles
            .into_iter()
            .chain(flags.into_iter().filter(|(told, _)| *told).map(|(_, event)| event))
            .chain(progress)
            .map(Event::from)
            .collect()
    }
}

/// Takes back the notifications of alerts that the user has read in the window.
async fn withdraw_read(app: &AppHandle) {
    let app = app.clone();
    let looked = tauri::async_runtime::spawn_blocking(move || {
        let shell = app.state::<Shell>();
        let monitor = &shell.monitor;
        match monitor.library().alerts(AlertFilter::Newest(WITHDRAWABLE), monitor.now()) {
            Ok(alerts) => {
                let read = alerts.iter().filter(|alert| alert.state == AlertState::Read);
                shell.notifier.withdraw(&read.map(|alert| alert.id).collect::<Vec<_>>());
            }
            Err(error) => tracing::warn!(%error, "notifications cannot be withdrawn"),
        }
    });
    if let Err(error) = looked.await {
        tracing::error!(%error, "withdrawing notifications died");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_told_as_few_events() {
        let mut gathered = Gathered::default();
        let progress = |label: &str, done| Core::Progress { label: label.to_owned(), done, total: 9 };
        for event in [
            Core::Articles { new: 2 },
            progress("reading", 1),
            Core::Alerts,
            Core::Articles { new: 3 },
            progress("fetching", 1),
            progress("reading", 8),
            Core::Alerts,
        ] {
            gathered.add(event);
        }
        let told = format!("{:?}", gathered.into_events());
        assert_eq!(
            told,
            r#"[Articles { new: 5 }, Alerts, Progress { label: "reading", done: 8, total: 9 }, Progress { label: "fetching", done: 1, total: 9 }]"#
        );
    }

    #[tokio::test]
    async fn missed_events_stand_for_all() {
        let (sender, mut receiver) = tokio::sync::broadcast::channel(1);
        sender.send(Core::Alerts).unwrap();
        sender.send(Core::Topics).unwrap();
        let gathered = gather(&mut receiver).await.unwrap();
        assert!(gathered.alerts && gathered.topics && gathered.sources && gathered.articles == Some(0));
        drop(sender);
        assert!(gather(&mut receiver).await.is_none(), "the monitor is gone");
    }
}
