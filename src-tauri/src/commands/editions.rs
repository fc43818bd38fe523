//! Editions that came out, and where they went.

use tauri::{AppHandle, Manager as _, State};
use wirewatch_model::{Edition, EditionId};
use wirewatch_monitor::{Monitor, MonitorError};

use super::digest::{Ending, ending, named};
use super::{Answer, aside, ask, save};
use crate::chooser::Suggestion;
use crate::handover::hand_over;
use crate::shell::Shell;
use crate::wire::{
    CommandError, Destination, DigestFormat, DigestPreview, EditionRow, HandedOver, count, moment,
};

/// Editions that are listed; some years of a daily one.
const LISTED: u32 = 1_000;

/// The editions of a digest or of all, newest first, with where they went.
#[tauri::command]
pub(super) async fn list_editions(
    shell: State<'_, Shell>,
    digest: Option<String>,
) -> Answer<Vec<EditionRow>> {
    ask(&shell, move |monitor| {
        let library = monitor.library();
        let editions = match &digest {
            Some(name) => library.editions_of(name, LISTED)?,
            None => library.editions(LISTED)?,
        };
        let mut rows = Vec::with_capacity(editions.len());
        for edition in editions {
            let deliveries = library.deliveries(edition.id)?;
            rows.push(EditionRow::new(edition, deliveries));
        }
        Ok(rows)
    })
    .await
}

/// An edition to be looked at, as it was made.
#[tauri::command]
pub(super) async fn read_edition(shell: State<'_, Shell>, id: i64) -> Answer<DigestPreview> {
    ask(&shell, move |monitor| {
        let edition = edition(monitor, id)?;
        Ok(DigestPreview {
            from: moment(edition.period.from),
            to: moment(edition.period.to),
            articles: count(edition.articles.into()),
            html: monitor.edition_html(edition.id)?,
        })
    })
    .await
}

/// Asks where to, writes an edition there as it was kept, and answers with the path.
#[tauri::command]
pub(super) async fn export_edition(app: AppHandle, id: i64, format: DigestFormat) -> Answer<Option<String>> {
    aside(move || {
        let shell = app.state::<Shell>();
        let edition = edition(&shell.monitor, id)?;
        let Ending { kind, extension } = ending(format);
        let name = named(&edition.digest, edition.date, extension);
        save(&shell, Suggestion { kind, extension, name: &name }, || {
            Ok(bytes(&shell.monitor, edition.id, format)?)
        })
    })
    .await
}

/// Opens an edition in the program that the system has for its format.
#[tauri::command]
pub(super) async fn open_edition(app: AppHandle, id: i64, format: DigestFormat) -> Answer<HandedOver> {
    aside(move || {
        let monitor = &app.state::<Shell>().monitor;
        let edition = edition(monitor, id)?;
        let name = named(&edition.digest, edition.date, ending(format).extension);
        hand_over(&app, &name, &bytes(monitor, edition.id, format)?)
    })
    .await
}

/// Sends an edition again to where it did not arrive; without a destination, to all of these.
#[tauri::command]
pub(super) async fn send_again(
    shell: State<'_, Shell>,
    id: i64,
    destination: Option<Destination>,
) -> Answer<u32> {
    ask(&shell, move |monitor| {
        Ok(match destination {
            Some(destination) => monitor.resend_to(EditionId(id), &destination.into()).map(u32::from)?,
            None => monitor.resend(EditionId(id))?,
        })
    })
    .await
}

fn edition(monitor: &Monitor, id: i64) -> Answer<Edition> {
    monitor.library().edition(EditionId(id))?.ok_or_else(|| CommandError::missing("edition"))
}

/// The PDF and the message byte for byte, the other formats from what the edition was made of.
fn bytes(monitor: &Monitor, id: EditionId, format: DigestFormat) -> Result<Vec<u8>, MonitorError> {
    Ok(match format {
        DigestFormat::Pdf => monitor.edition_pdf(id)?,
        DigestFormat::Eml => monitor.edition_message(id)?,
        DigestFormat::Html => monitor.edition_html(id)?.into_bytes(),
        DigestFormat::Md => monitor.edition_markdown(id)?.into_bytes(),
    })
}
