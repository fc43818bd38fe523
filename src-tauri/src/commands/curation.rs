//! The next edition of a digest, as its editor wants it.

use tauri::State;
use wirewatch_monitor::{Edit, Monitor};

use super::{Answer, ask};
use crate::shell::Shell;
use crate::wire::{CurationEdit, NextEdition};

/// The stories of the next edition as it would be now; without a name, of the digest of the moment.
#[tauri::command]
pub(super) async fn next_edition(shell: State<'_, Shell>, name: Option<String>) -> Answer<NextEdition> {
    ask(&shell, move |monitor| next(monitor, name.as_deref())).await
}

/// Wants all of these of the next edition, or none of them; answers with what it has become.
#[tauri::command]
pub(super) async fn curate(
    shell: State<'_, Shell>,
    name: Option<String>,
    edits: Vec<CurationEdit>,
) -> Answer<NextEdition> {
    ask(&shell, move |monitor| {
        monitor.curate(name.as_deref(), edits.into_iter().map(Edit::from).collect())?;
        next(monitor, name.as_deref())
    })
    .await
}

fn next(monitor: &Monitor, name: Option<&str>) -> Answer<NextEdition> {
    Ok(NextEdition::new(&monitor.next_digest(name)?))
}
