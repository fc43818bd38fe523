//! How digests look, in the user's own words.

use tauri::{AppHandle, Manager as _, State};
use wirewatch_digest::Template;
use wirewatch_monitor::{Monitor, MonitorError, PdfMaker, Trial, Tried};

use super::{Answer, aside, ask};
use crate::handover::hand_over;
use crate::shell::Shell;
use crate::wire::{CommandError, HandedOver, TemplateTrial, TemplateView, sentence, template};

/// What a PDF on trial is called.
const TRIAL: &str = "Template on trial.pdf";

/// Every template as it stands.
#[tauri::command]
pub(super) async fn list_templates(shell: State<'_, Shell>) -> Answer<Vec<TemplateView>> {
    ask(&shell, |monitor| {
        let templates = monitor.templates()?;
        Ok(Template::ALL.map(|template| TemplateView::new(template, &templates)).to_vec())
    })
    .await
}

/// Tries a text out on made-up digests; nothing is kept.
#[tauri::command]
pub(super) async fn try_template(
    shell: State<'_, Shell>,
    name: String,
    text: String,
) -> Answer<TemplateTrial> {
    tried(&shell, name, text, Monitor::try_template).await
}

/// Opens the PDF that a text makes of a made-up digest.
#[tauri::command]
pub(super) async fn open_template_trial(app: AppHandle, text: String) -> Answer<HandedOver> {
    aside(move || {
        let shell = app.state::<Shell>();
        match shell.monitor.try_template(Template::Pdf, &text, &shell.press.maker)? {
            Ok(Trial::Pdf(pdf)) => hand_over(&app, TRIAL, &pdf),
            Ok(_) => Err(CommandError::failed("This template makes no PDF.")),
            Err(fault) => Err(CommandError::failed(sentence(&fault.words))),
        }
    })
    .await
}

/// Takes a text for a template if it can be used; says what is wrong with it if not.
#[tauri::command]
pub(super) async fn save_template(
    shell: State<'_, Shell>,
    name: String,
    text: String,
) -> Answer<TemplateTrial> {
    tried(&shell, name, text, Monitor::take_template).await
}

/// What the monitor does with a text on trial.
type Trying = fn(&Monitor, Template, &str, &PdfMaker) -> Result<Tried, MonitorError>;

async fn tried(
    shell: &State<'_, Shell>,
    name: String,
    text: String,
    trying: Trying,
) -> Answer<TemplateTrial> {
    let maker = shell.press.maker.clone();
    ask(shell, move |monitor| {
        let tried = trying(monitor, template(&name)?, &text, &maker)?;
        Ok(TemplateTrial::new(&text, tried))
    })
    .await
}

/// Goes back to the template that came with the program.
#[tauri::command]
pub(super) async fn reset_template(shell: State<'_, Shell>, name: String) -> Answer<TemplateView> {
    ask(&shell, move |monitor| {
        let template = template(&name)?;
        monitor.reset_template(template)?;
        Ok(TemplateView::new(template, &monitor.templates()?))
    })
    .await
}
