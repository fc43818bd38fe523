//! A digest before it comes out: looked at in the window, written to a file, sent.

use chrono::{NaiveDate, TimeDelta};
use tauri::{AppHandle, Manager as _, State};
use wirewatch_digest::file_name;
use wirewatch_monitor::{DigestOrder, MadeDigest, Monitor, MonitorError, Press};

use super::{Answer, aside, ask, save};
use crate::chooser::Suggestion;
use crate::handover::hand_over;
use crate::shell::Shell;
use crate::wire::{DigestChoice, DigestFormat, DigestPreview, HandedOver, SentDigest, count, moment};

/// A digest to be looked at.
#[tauri::command]
pub(super) async fn preview_digest(shell: State<'_, Shell>, choice: DigestChoice) -> Answer<DigestPreview> {
    ask(&shell, move |monitor| {
        let Draft { made, .. } = compose(monitor, &choice)?;
        Ok(DigestPreview {
            from: moment(made.period.from),
            to: moment(made.period.to),
            articles: count(made.digest.articles as u64),
            html: made.html()?,
        })
    })
    .await
}

/// Asks where to, writes the digest there, and answers with the path. Looking at a digest in any
/// form is not sending it: the next one does not begin where this one ends.
#[tauri::command]
pub(super) async fn export_digest(
    app: AppHandle,
    choice: DigestChoice,
    format: DigestFormat,
) -> Answer<Option<String>> {
    aside(move || {
        let shell = app.state::<Shell>();
        let draft = compose(&shell.monitor, &choice)?;
        let Ending { kind, extension } = ending(format);
        let suggestion = Suggestion { kind, extension, name: &draft.named(extension) };
        save(&shell, suggestion, || Ok(draft.bytes(&shell, format)?))
    })
    .await
}

/// Opens the digest as a mail in the user's own mail program, ready to be sent from there.
#[tauri::command]
pub(super) async fn mail_digest(app: AppHandle, choice: DigestChoice) -> Answer<HandedOver> {
    aside(move || {
        let shell = app.state::<Shell>();
        let draft = compose(&shell.monitor, &choice)?;
        hand_over(&app, &draft.named("eml"), &draft.bytes(&shell, DigestFormat::Eml)?)
    })
    .await
}

/// Sends the digest at once, to each of these by itself, and keeps it among the editions. The plan's next
/// edition comes all the same.
#[tauri::command]
pub(super) async fn send_digest(
    shell: State<'_, Shell>,
    choice: DigestChoice,
    to: Vec<String>,
) -> Answer<SentDigest> {
    let made = ask(&shell, move |monitor| Ok((compose(monitor, &choice)?.made, choice))).await;
    let (made, choice) = made?;
    let made = with_pdf(made, shell.press.clone()).await?;
    let sent = shell.monitor.send_now(&made, &to, &shell.press).await?;
    // What somebody has read is not news in the next one "since the last".
    if matches!(choice, DigestChoice::Recent { hours: None }) && sent.is_on_its_way() {
        ask(&shell, move |monitor| Ok(monitor.record_digest(&made)?)).await?;
    }
    Ok(sent.into())
}

/// A digest with its PDF made, on a thread that may block.
async fn with_pdf(made: MadeDigest, press: Press) -> Answer<MadeDigest> {
    aside(move || {
        made.pdf(&press.maker)?;
        Ok(made)
    })
    .await
}

/// A digest that was composed, and for whom it would be.
struct Draft {
    made: MadeDigest,
    recipients: Vec<String>,
}

fn compose(monitor: &Monitor, choice: &DigestChoice) -> Answer<Draft> {
    let (order, recipients) = match choice {
        DigestChoice::Recent { hours: None } => (monitor.curated_order(None)?, Vec::new()),
        DigestChoice::Recent { hours: Some(hours) } => {
            let from = Some(monitor.now() - TimeDelta::hours(i64::from(*hours)));
            (DigestOrder { from, ..DigestOrder::default() }, Vec::new())
        }
        DigestChoice::Planned { name } => {
            let plan = monitor.plan(name)?;
            (monitor.next_order(&plan)?, plan.recipients)
        }
    };
    Ok(Draft { made: monitor.compose_digest(&order)?, recipients })
}

impl Draft {
    fn named(&self, extension: &str) -> String {
        named(&self.made.name, self.made.digest.date, extension)
    }

    fn bytes(&self, shell: &Shell, format: DigestFormat) -> Result<Vec<u8>, MonitorError> {
        Ok(match format {
            DigestFormat::Pdf => self.made.pdf(&shell.press.maker)?.to_vec(),
            DigestFormat::Html => self.made.html()?.into_bytes(),
            DigestFormat::Md => self.made.markdown()?.into_bytes(),
            DigestFormat::Eml => {
                shell.monitor.draft_mail(&self.made, &self.recipients, &shell.press.maker)?
            }
        })
    }
}

/// What the file of a digest is called.
pub(super) fn named(title: &str, date: NaiveDate, extension: &str) -> String {
    let pdf = file_name(title, date);
    format!("{}{extension}", pdf.strip_suffix("pdf").unwrap_or(&pdf))
}

/// A format as the dialog for saving names it.
pub(super) struct Ending {
    /// For people.
    pub(super) kind: &'static str,
    /// Of the file's name.
    pub(super) extension: &'static str,
}

pub(super) fn ending(format: DigestFormat) -> Ending {
    let (kind, extension) = match format {
        DigestFormat::Pdf => ("PDF", "pdf"),
        DigestFormat::Html => ("Web page", "html"),
        DigestFormat::Md => ("Markdown", "md"),
        DigestFormat::Eml => ("E-mail", "eml"),
    };
    Ending { kind, extension }
}
