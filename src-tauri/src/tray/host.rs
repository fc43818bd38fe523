//! Whether a Linux desktop has a place for tray icons: some never have, and panels come and go.

use futures_util::StreamExt as _;
use tauri::AppHandle;
use zbus::Connection;
use zbus::fdo::DBusProxy;

use super::set_place;

/// The name that a panel takes on the session bus if it shows icons (StatusNotifierItem
/// specification, freedesktop.org).
const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// Follows the panel's coming and going as long as there is a session bus.
pub(super) async fn follow(app: AppHandle) {
    if let Err(error) = follow_name(&app).await {
        tracing::warn!(%error, "no session bus, so no tray icon");
    }
}

async fn follow_name(app: &AppHandle) -> zbus::Result<()> {
    let bus = Connection::session().await?;
    let names = DBusProxy::new(&bus).await?;
    // Listen first and look then, so that nothing falls between the two.
    let mut changes = names.receive_name_owner_changed_with_args(&[(0, WATCHER)]).await?;
    let watcher = WATCHER.try_into()?;
    change_place(app, names.name_has_owner(watcher).await?).await;
    while let Some(change) = changes.next().await {
        change_place(app, change.args()?.new_owner().is_some()).await;
    }
    Ok(())
}

async fn change_place(app: &AppHandle, has_place: bool) {
    let app = app.clone();
    // Building an icon waits for the main thread.
    let changed = tauri::async_runtime::spawn_blocking(move || set_place(&app, has_place));
    if let Err(error) = changed.await {
        tracing::error!(%error, "the tray died");
    }
}
