//! Notifications over the session bus (Desktop Notifications Specification 1.2, freedesktop.org),
//! on one connection that also hears what is clicked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::StreamExt as _;
use tauri::async_runtime;
use wirewatch_model::AlertId;
use zbus::proxy::SignalStream;
use zbus::zvariant::Value;
use zbus::{Connection, Proxy, connection};

use super::{Answer, Notice, Notifier, Opens};

const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// A desktop that does not answer within this time shows nothing; alerts go on without it.
const PATIENCE: Duration = Duration::from_secs(5);

/// The action of a click on the notification itself.
const DEFAULT: &str = "default";
const MARK_READ: &str = "mark-read";
const SNOOZE: &str = "snooze";

/// How urgent a notification is, as the specification numbers it. A critical one stays until it is
/// looked at.
const NORMAL: u8 = 1;
const CRITICAL: u8 = 2;

/// `-1` leaves it to the desktop how long a notification stays.
const DESKTOP_DECIDES: i32 = -1;

/// The notifications that are on the desktop now, by the number that it gave them.
type Shown = Arc<Mutex<HashMap<u32, Notice>>>;

/// The desktop's notification service.
pub(super) struct SessionBus {
    service: Option<Proxy<'static>>,
    /// Whether it reads `<b>` and `&amp;`.
    markup: bool,
    shown: Shown,
}

impl SessionBus {
    /// Connects, and hands on what the user does. Without a session bus nothing will be shown.
    pub(super) fn connect(obey: impl Fn(Answer) + Send + 'static) -> SessionBus {
        SessionBus::on(connection::Builder::session(), obey)
    }

    fn on(
        bus: zbus::Result<connection::Builder<'static>>,
        obey: impl Fn(Answer) + Send + 'static,
    ) -> SessionBus {
        let shown = Shown::default();
        let connected = async_runtime::block_on(async {
            let service = service(bus?).await?;
            let abilities: Vec<String> = service.call("GetCapabilities", &()).await.unwrap_or_default();
            let signals = Signals::of(&service).await;
            async_runtime::spawn(listen(signals, shown.clone(), obey));
            zbus::Result::Ok((service, abilities.iter().any(|ability| ability == "body-markup")))
        });
        match connected {
            Ok((service, markup)) => SessionBus { service: Some(service), markup, shown },
            Err(error) => {
                tracing::warn!(%error, "no session bus, so no notifications");
                SessionBus { service: None, markup: false, shown }
            }
        }
    }
}

impl Notifier for SessionBus {
    fn show(&self, notice: Notice) {
        let Some(service) = &self.service else { return };
        // Held while the desktop answers, so that a click cannot be heard before its notice is known.
        let mut known = lock(&self.shown);
        let shown = async_runtime::block_on(async {
            let actions = actions(&notice);
            let mut hints = HashMap::from([
                ("desktop-entry", Value::from("wirewatch-desktop")),
                ("urgency", Value::from(if notice.urgent { CRITICAL } else { NORMAL })),
            ]);
            if notice.urgent {
                hints.insert("sound-name", Value::from("message-new-instant"));
            }
            let body = body(&notice, self.markup);
            let (program, icon, replaces) = ("Wirewatch", "wirewatch-desktop", number(&notice));
            let asked = (program, replaces, icon, &notice.title, body, actions, hints, DESKTOP_DECIDES);
            service.call::<_, _, u32>("Notify", &asked).await
        });
        match shown {
            Ok(id) => {
                known.insert(id, notice);
            }
            Err(error) => tracing::warn!(%error, "notification not shown"),
        }
    }

    fn withdraw(&self, alerts: &[AlertId]) {
        let Some(service) = &self.service else { return };
        let told: Vec<u32> = lock(&self.shown)
            .iter()
            .filter(|(_, notice)| notice.alerts.iter().all(|alert| alerts.contains(alert)))
            .map(|(id, _)| *id)
            .collect();
        for id in told {
            lock(&self.shown).remove(&id);
            // One that the user has closed already is no trouble.
            let _ = async_runtime::block_on(service.call::<_, _, ()>("CloseNotification", &(id,)));
        }
    }
}

/// The number that a notice asks for. It stays the same if a kill makes us show it once more, so that
/// the second takes the place of the first where the desktop goes by the specification; others give
/// it a new number. Far from the small numbers that desktops count up from.
fn number(notice: &Notice) -> u32 {
    let first = notice.alerts.first().map_or(0, |alert| alert.0.unsigned_abs() & 0x00ff_ffff);
    0x5700_0000 | u32::try_from(first).unwrap_or_default()
}

async fn service(bus: connection::Builder<'static>) -> zbus::Result<Proxy<'static>> {
    let bus: Connection = bus.method_timeout(PATIENCE).build().await?;
    Proxy::new_owned(bus, SERVICE, PATH, SERVICE).await
}

/// What the desktop tells of notifications.
struct Signals {
    clicks: SignalStream<'static>,
    closings: SignalStream<'static>,
}

impl Signals {
    async fn of(service: &Proxy<'static>) -> zbus::Result<Signals> {
        Ok(Signals {
            clicks: service.receive_signal("ActionInvoked").await?,
            closings: service.receive_signal("NotificationClosed").await?,
        })
    }
}

/// Hears what becomes of notifications as long as there is a session bus.
async fn listen(signals: zbus::Result<Signals>, shown: Shown, obey: impl Fn(Answer)) {
    let Signals { clicks, closings } = match signals {
        Ok(signals) => signals,
        Err(error) => {
            tracing::warn!(%error, "clicks on notifications are not heard");
            return;
        }
    };
    let mut signals = futures_util::stream::select(clicks, closings);
    while let Some(signal) = signals.next().await {
        let body = signal.body();
        if let Ok((id, action)) = body.deserialize::<(u32, String)>() {
            // Kept until it is closed: some desktops let the user click again.
            let notice = lock(&shown).get(&id).cloned();
            if let Some(notice) = notice {
                obey(answer(&action, notice));
            }
        } else if let Ok((id, _reason)) = body.deserialize::<(u32, u32)>() {
            lock(&shown).remove(&id);
        }
    }
}

/// Keys and labels in turn, as the specification has them.
fn actions(notice: &Notice) -> Vec<&'static str> {
    let mut actions = vec![DEFAULT, "Open"];
    if matches!(notice.opens, Opens::Article(_)) {
        actions.extend([MARK_READ, "Mark read"]);
    }
    if notice.topic.is_some() {
        actions.extend([SNOOZE, "Snooze topic till tomorrow"]);
    }
    actions
}

/// What an action of a notification means; a desktop that makes one up opens it.
fn answer(action: &str, notice: Notice) -> Answer {
    match (action, notice.opens, notice.topic) {
        (MARK_READ, Opens::Article(article), _) => Answer::MarkRead(article),
        (SNOOZE, _, Some(topic)) => Answer::Snooze(topic),
        (_, opens, _) => Answer::Open(opens),
    }
}

fn body(notice: &Notice, markup: bool) -> String {
    let text = |line: &String| if markup { escaped(line) } else { line.clone() };
    let bold = |line: &String| if markup { format!("<b>{}</b>", escaped(line)) } else { line.clone() };
    let lines = notice.headline.iter().map(bold).chain(notice.lines.iter().map(text));
    lines.collect::<Vec<_>>().join("\n")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn lock(shown: &Shown) -> MutexGuard<'_, HashMap<u32, Notice>> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
