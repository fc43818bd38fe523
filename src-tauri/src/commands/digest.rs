//! The digest: looked at in the window, written to a file.

use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use tauri::{AppHandle, Manager as _, State};
use wirewatch_digest::to_html;
use wirewatch_monitor::{DigestFiles, DigestOrder, Monitor, MonitorError};

use super::{Answer, aside, ask};
use crate::chooser::Suggestion;
use crate::shell::Shell;
use crate::wire::{DigestFormat, DigestPreview, count, moment};

/// The digest of the last so many hours, or since the last one.
#[tauri::command]
pub(super) async fn preview_digest(shell: State<'_, Shell>, hours: Option<u32>) -> Answer<DigestPreview> {
    ask(&shell, move |monitor| {
        let made = monitor.compose_digest(&order(monitor, hours))?;
        Ok(DigestPreview {
            from: moment(made.period.from),
            to: moment(made.period.to),
            articles: count(made.digest.articles as u64),
            html: to_html(&made.digest).map_err(MonitorError::from)?,
        })
    })
    .await
}

/// Asks where to, writes the digest there, and answers with the path. Looking at a digest in any
/// form is not sending it: the next one does not begin where this one ends.
#[tauri::command]
pub(super) async fn export_digest(
    app: AppHandle,
    hours: Option<u32>,
    format: DigestFormat,
) -> Answer<Option<String>> {
    aside(move || {
        let shell = app.state::<Shell>();
        let monitor = &shell.monitor;
        let made = monitor.compose_digest(&order(monitor, hours))?;
        let (kind, extension) = ending(format);
        let name = format!("Wirewatch {}.{extension}", made.period.to.format("%Y-%m-%d"));
        let Some(path) = shell.chooser.save(Suggestion { kind, extension, name: &name }) else {
            return Ok(None);
        };
        let written = monitor.write_digest(&made, &files(format, &path), &shell.pdf_maker)?;
        Ok(written.first().map(|path| path.display().to_string()))
    })
    .await
}

fn order(monitor: &Monitor, hours: Option<u32>) -> DigestOrder {
    let from = hours.map(|hours| monitor.now() - TimeDelta::hours(i64::from(hours)));
    DigestOrder { from, ..DigestOrder::default() }
}

fn ending(format: DigestFormat) -> (&'static str, &'static str) {
    match format {
        DigestFormat::Pdf => ("PDF", "pdf"),
        DigestFormat::Html => ("Web page", "html"),
        DigestFormat::Md => ("Markdown", "md"),
        DigestFormat::Eml => ("E-mail", "eml"),
    }
}

fn files(format: DigestFormat, path: &Path) -> DigestFiles {
    let path = Some(PathBuf::from(path));
    match format {
        DigestFormat::Pdf => DigestFiles { pdf: path, ..DigestFiles::default() },
        DigestFormat::Html => DigestFiles { html: path, ..DigestFiles::default() },
        DigestFormat::Md => DigestFiles { markdown: path, ..DigestFiles::default() },
        DigestFormat::Eml => DigestFiles { mail: path, ..DigestFiles::default() },
    }
}
