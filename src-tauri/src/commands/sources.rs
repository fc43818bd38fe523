//! Folders, feeds and pages that are watched.

use std::collections::HashSet;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use tauri::{AppHandle, Manager as _, State};
use wirewatch_library::ReceiptFilter;
use wirewatch_model::{Source, SourceId};
use wirewatch_monitor::{Kept, Monitor, MonitorError, Wish, starter_pack, starter_packs};

use super::{Answer, aside, ask, save};
use crate::chooser::Suggestion;
use crate::shell::Shell;
use crate::wire::{
    AddedSources, AddressDraft, CommandError, FoundSource, ReceiptPage, ReceiptQuestion, ReceiptRow,
    SourceDraft, SourceRow, SourceSettings, SourceView, StarterPackRow, count, in_words,
};

/// Receipts that are listed at a time.
const RECEIPTS: u32 = 200;

/// Lists larger than this are no lists of feeds; the reader says so.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

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

/// Shows what could be watched at an address; adds nothing.
#[tauri::command]
pub(super) async fn preview_source(shell: State<'_, Shell>, draft: AddressDraft) -> Answer<Vec<FoundSource>> {
    let found = shell.monitor.preview(&draft.request()).await?;
    Ok(found.into_iter().map(FoundSource::from).collect())
}

/// Watches some places. What cannot be watched is told with the reason, and does not keep the others out.
#[tauri::command]
pub(super) async fn add_sources(shell: State<'_, Shell>, drafts: Vec<SourceDraft>) -> Answer<AddedSources> {
    let known = ask(&shell, |monitor| Ok(monitor.library().sources()?)).await?;
    let mut known: HashSet<SourceId> = known.into_iter().map(|source| source.id).collect();
    let mut added = AddedSources::default();
    for request in drafts.into_iter().map(SourceDraft::request) {
        let (location, password) = (request.location.clone(), request.password.clone());
        match shell.monitor.add(request).await {
            Ok(source) => {
                let trouble = keep_password(&shell, source.clone(), password).await?;
                added
                    .problems
                    .extend(trouble.map(|words| format!("{} is watched. {words}", source.spec.name)));
                if known.insert(source.id) {
                    added.take(source);
                } else {
                    added.known += 1;
                }
            }
            Err(MonitorError::Library(error)) => return Err(error.into()),
            Err(error) => added.problems.push(refusal(&location, &error)),
        }
    }
    Ok(added)
}

/// Why a place is not watched; most reasons name it.
fn refusal(location: &str, error: &MonitorError) -> String {
    let words = in_words(error);
    if words.contains(location) { words } else { format!("{location}: {words}") }
}

/// Keeps the password of a source; what there is to say about it.
async fn keep_password(
    shell: &State<'_, Shell>,
    source: Source,
    password: Option<String>,
) -> Answer<Option<String>> {
    let Some(password) = password else { return Ok(None) };
    ask(shell, move |monitor| {
        Ok(match monitor.keep_password(&source, &password) {
            Ok(Kept::Keyring) => None,
            Ok(Kept::Memory) => Some(
                "This system has no keyring: the password has to be given again after the next start."
                    .to_owned(),
            ),
            Err(error) => Some(in_words(&error)),
        })
    })
    .await
}

/// Asks for a list of feeds (OPML) and adds them; none if the user thought better of it.
#[tauri::command]
pub(super) async fn import_feeds(app: AppHandle) -> Answer<Option<AddedSources>> {
    aside(move || {
        let shell = app.state::<Shell>();
        let Some(path) = shell.chooser.file("Lists of feeds", &["opml", "xml"]) else { return Ok(None) };
        Ok(Some(shell.monitor.import_opml(&read_list(&path)?)?.into()))
    })
    .await
}

fn read_list(path: &Path) -> Result<Vec<u8>, MonitorError> {
    let failed = |error| MonitorError::File { path: path.to_owned(), error };
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(MOST_BYTES).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Asks where to save the watched feeds (OPML); the path that was written, none if the user thought better of it.
#[tauri::command]
pub(super) async fn export_feeds(app: AppHandle) -> Answer<Option<String>> {
    aside(move || {
        let shell = app.state::<Shell>();
        let suggestion = Suggestion { kind: "Lists of feeds", extension: "opml", name: "wirewatch.opml" };
        save(&shell, suggestion, || Ok(shell.monitor.export_opml()?.0.into_bytes()))
    })
    .await
}

/// The shipped lists of feeds.
#[tauri::command]
pub(super) async fn list_starter_packs(shell: State<'_, Shell>) -> Answer<Vec<StarterPackRow>> {
    ask(&shell, |monitor| {
        let packs = starter_packs().into_iter();
        let row = |pack| {
            let watched = monitor.watched_starters(&pack)?;
            Ok(StarterPackRow::new(pack, watched))
        };
        packs.map(row).collect()
    })
    .await
}

/// Watches the feeds of a shipped list that have these addresses.
#[tauri::command]
pub(super) async fn add_starters(
    shell: State<'_, Shell>,
    pack: String,
    addresses: Vec<String>,
) -> Answer<AddedSources> {
    ask(&shell, move |monitor| {
        let mut pack = starter_pack(&pack)?;
        pack.sources.retain(|starter| addresses.contains(&starter.address));
        Ok(monitor.add_starters(pack)?.into())
    })
    .await
}

/// One source in detail.
#[tauri::command]
pub(super) async fn source_detail(shell: State<'_, Shell>, id: i64) -> Answer<SourceView> {
    ask(&shell, move |monitor| {
        let report = monitor.report(SourceId(id))?;
        Ok(SourceView::new(report, articles(monitor, SourceId(id))?))
    })
    .await
}

/// Changes a source; a password goes to the keyring, without one the kept one stays.
#[tauri::command]
pub(super) async fn change_source(
    shell: State<'_, Shell>,
    id: i64,
    settings: SourceSettings,
    password: Option<String>,
) -> Answer<SourceRow> {
    let source =
        ask(&shell, move |monitor| Ok(monitor.change_source(SourceId(id), settings.into())?)).await?;
    if let Some(words) = keep_password(&shell, source.clone(), password).await? {
        return Err(CommandError::failed(format!("{} is changed. {words}", source.spec.name)));
    }
    ask(&shell, move |monitor| Ok(SourceRow::new(source, articles(monitor, SourceId(id))?))).await
}

fn articles(monitor: &Monitor, id: SourceId) -> Answer<u64> {
    Ok(monitor.library().articles_by_source()?.get(&id).copied().unwrap_or_default())
}

/// Asks a source no more until it is resumed.
#[tauri::command]
pub(super) async fn pause_source(shell: State<'_, Shell>, id: i64) -> Answer<()> {
    ask(&shell, move |monitor| Ok(monitor.pause_source(SourceId(id))?)).await
}

/// Lets a paused source go on.
#[tauri::command]
pub(super) async fn resume_source(shell: State<'_, Shell>, id: i64) -> Answer<()> {
    ask(&shell, move |monitor| Ok(monitor.resume_source(SourceId(id))?)).await
}

/// Stops watching a source; its articles stay.
#[tauri::command]
pub(super) async fn remove_source(shell: State<'_, Shell>, id: i64) -> Answer<()> {
    ask(&shell, move |monitor| Ok(monitor.remove_source(SourceId(id))?)).await
}

/// What became of the files of a folder.
#[tauri::command]
pub(super) async fn list_receipts(shell: State<'_, Shell>, question: ReceiptQuestion) -> Answer<ReceiptPage> {
    ask(&shell, move |monitor| {
        let (library, source) = (monitor.library(), SourceId(i64::from(question.source)));
        let filter = ReceiptFilter::from(&question);
        let after = question.after.as_deref();
        let receipts = library.receipt_page(source, &filter, after, RECEIPTS)?;
        let is_full = receipts.len() == RECEIPTS as usize;
        Ok(ReceiptPage {
            next: receipts.last().filter(|_| is_full).map(|receipt| receipt.path.clone()),
            total: match after {
                None => Some(count(library.receipt_count(source, &filter)?)),
                Some(_) => None,
            },
            rows: receipts.into_iter().map(ReceiptRow::from).collect(),
        })
    })
    .await
}

/// The proxy of all sources that have none of their own; empty for the system's.
#[tauri::command]
pub(super) async fn load_proxy(shell: State<'_, Shell>) -> Answer<String> {
    ask(&shell, |monitor| Ok(monitor.wish(Wish::Proxy)?)).await
}

/// Sets the proxy of all sources that have none of their own; it is used from the next request on.
#[tauri::command]
pub(super) async fn save_proxy(shell: State<'_, Shell>, proxy: String) -> Answer<()> {
    ask(&shell, move |monitor| Ok(monitor.set_wish(Wish::Proxy, &proxy)?)).await
}

/// Checks every source now; what comes of it is told as events.
#[tauri::command]
pub(super) fn check_now(shell: State<'_, Shell>) {
    shell.check_now();
}

/// Checks one source now, whatever its state; what comes of it is told as events.
#[tauri::command]
pub(super) fn check_source(shell: State<'_, Shell>, id: i64) -> Answer<()> {
    if shell.check_source(SourceId(id)) {
        return Ok(());
    }
    Err(CommandError::failed("Nothing is watched at the moment. Start Wirewatch again."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_is_not_watched_is_named_once() {
        let place = "https://wire.example";
        let silent = MonitorError::NotASource {
            address: "https://wire.example/".to_owned(),
            reason: "it does not answer".to_owned(),
        };
        assert_eq!(refusal(place, &silent), "https://wire.example/: it does not answer");
        let proxy = MonitorError::BadOption { reason: "\"x\" is no proxy".to_owned() };
        assert_eq!(refusal(place, &proxy), "https://wire.example: \"x\" is no proxy");
    }
}
