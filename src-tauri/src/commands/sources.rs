//! Folders and feeds that are watched.

use tauri::{AppHandle, Manager as _, State};
use wirewatch_model::{SourceId, SourceKind};
use wirewatch_monitor::AddRequest;

use super::{Answer, aside, ask};
use crate::shell::Shell;
use crate::wire::{CommandError, SourceRow};

/// Asks for a folder; none if the user thought better of it.
#[tauri::command]
pub(super) async fn choose_folder(app: AppHandle) -> Answer<Option<String>> {
    aside(move || {
        match app.state::<Shell>().chooser.folder().map(|path| path.into_os_string().into_string()) {
            None => Ok(None),
            Some(Ok(path)) => Ok(Some(path)),
            Some(Err(path)) => {
                Err(CommandError::failed(format!("The name of {} cannot be read.", path.display())))
            }
        }
    })
    .await
}

/// Watches a folder.
#[tauri::command]
pub(super) async fn add_folder(
    shell: State<'_, Shell>,
    path: String,
    alert_existing: bool,
) -> Answer<SourceRow> {
    let kind = Some(SourceKind::Folder);
    add(&shell, AddRequest { location: path, kind, alert_existing, ..AddRequest::default() }).await
}

/// Watches a feed, found from the address of a site if need be.
#[tauri::command]
pub(super) async fn add_feed(shell: State<'_, Shell>, address: String) -> Answer<SourceRow> {
    add(&shell, AddRequest { location: with_scheme(&address), ..AddRequest::default() }).await
}

async fn add(shell: &State<'_, Shell>, request: AddRequest) -> Answer<SourceRow> {
    let source = shell.monitor.add(request).await?;
    ask(shell, move |monitor| {
        let articles = monitor.library().articles_by_source()?.get(&source.id).copied();
        Ok(SourceRow::new(source, articles.unwrap_or_default()))
    })
    .await
}

/// People leave the scheme out, as in every browser.
fn with_scheme(address: &str) -> String {
    let address = address.trim();
    if address.contains("://") { address.to_owned() } else { format!("https://{address}") }
}

/// Stops watching a source; its articles stay.
#[tauri::command]
pub(super) async fn remove_source(shell: State<'_, Shell>, id: i64) -> Answer<()> {
    ask(&shell, move |monitor| Ok(monitor.remove_source(SourceId(id))?)).await
}

/// Checks every source now; what comes of it is told as events.
#[tauri::command]
pub(super) fn check_now(shell: State<'_, Shell>) {
    shell.check_now();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_lack_its_scheme() {
        assert_eq!(with_scheme(" example.org/news "), "https://example.org/news");
        assert_eq!(with_scheme("http://example.org"), "http://example.org");
        assert_eq!(with_scheme("file:///etc"), "file:///etc", "refused by the monitor, not mended here");
    }
}
