//! The services that a desktop offers on the session bus, played by the test.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result};
use zbus::object_server::SignalEmitter;
use zbus::zvariant::OwnedValue;
use zbus::{Connection, connection, interface, message::Header};

use crate::wait::until;

const NOTIFICATIONS: &str = "/org/freedesktop/Notifications";

/// A notification as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    pub(crate) id: u32,
    pub(crate) title: String,
    pub(crate) body: String,
    /// Keys and labels in turn.
    pub(crate) actions: Vec<String>,
}

/// What the program did on the bus.
#[derive(Debug, Default)]
struct Seen {
    notes: Vec<Note>,
    withdrawn: Vec<u32>,
    /// The bus name of whoever put an icon into the panel.
    icon: Option<String>,
}

/// The notification service and the panel.
pub(crate) struct Bus {
    /// The connection that serves them.
    pub(crate) connection: Connection,
    seen: Arc<Mutex<Seen>>,
}

impl Bus {
    pub(crate) async fn serve(address: &str) -> Result<Bus> {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let connection = connection::Builder::address(address)?
            .serve_at(NOTIFICATIONS, Notifications(seen.clone()))?
            .serve_at("/StatusNotifierWatcher", Panel(seen.clone()))?
            .name("org.freedesktop.Notifications")?
            .name("org.kde.StatusNotifierWatcher")?
            .build()
            .await
            .context("the session bus does not answer")?;
        Ok(Bus { connection, seen })
    }

    /// The first notification that fits, once it is there.
    pub(crate) async fn note(&self, what: &str, fits: impl Fn(&Note) -> bool) -> Result<Note> {
        let found = until(what, async || Ok(self.seen().notes.iter().find(|note| fits(note)).cloned())).await;
        found.with_context(|| format!("{:#?}", self.seen().notes))
    }

    /// Waits until the program takes a notification back.
    pub(crate) async fn withdrawn(&self, id: u32) -> Result<()> {
        until("the notification to be taken back", async || {
            Ok(self.seen().withdrawn.contains(&id).then_some(()))
        })
        .await
    }

    /// Does what a click on a notification does.
    pub(crate) async fn click(&self, id: u32, action: &str) -> Result<()> {
        let service = self.connection.object_server().interface::<_, Notifications>(NOTIFICATIONS).await?;
        Ok(Notifications::action_invoked(service.signal_emitter(), id, action).await?)
    }

    /// The bus name of the program's icon, once it is in the panel.
    pub(crate) async fn icon(&self) -> Result<String> {
        until("the tray icon", async || Ok(self.seen().icon.clone())).await
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        lock(&self.seen)
    }
}

struct Notifications(Arc<Mutex<Seen>>);

#[interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[allow(clippy::too_many_arguments, reason = "the specification wants them")]
    fn notify(
        &self,
        _program: String,
        _replaces: u32,
        _icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        let mut seen = lock(&self.0);
        let id = u32::try_from(seen.notes.len()).unwrap_or(u32::MAX).saturating_add(1);
        seen.notes.push(Note { id, title, body, actions });
        id
    }

    async fn close_notification(&self, id: u32, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>) {
        lock(&self.0).withdrawn.push(id);
        /// Closed by a call, as the specification numbers it.
        const BY_CALL: u32 = 3;
        // The program may be gone already.
        let _ = Notifications::notification_closed(&emitter, id, BY_CALL).await;
    }

    fn get_capabilities(&self) -> Vec<String> {
        ["actions", "body", "body-markup", "persistence"].map(str::to_owned).to_vec()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("wirewatch tests".to_owned(), "wirewatch".to_owned(), "1".to_owned(), "1.2".to_owned())
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
}

struct Panel(Arc<Mutex<Seen>>);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Panel {
    fn register_status_notifier_item(&self, _service: String, #[zbus(header)] header: Header<'_>) {
        // The caller's own name is right whatever it says of itself.
        lock(&self.0).icon = header.sender().map(ToString::to_string);
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        lock(&self.0).icon.clone().into_iter().collect()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

fn lock(seen: &Arc<Mutex<Seen>>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}
