//! What the window may ask. Each command is thin: it asks the monitor or the library off the main
//! thread, and turns the answer into the wire's types.

mod alerts;
mod articles;
mod curation;
mod digest;
mod editions;
mod mail;
mod plans;
mod program;
mod sources;
mod stories;
mod templates;
mod topics;

use tauri::State;
use tauri::ipc::Invoke;
use wirewatch_monitor::{Monitor, write_bytes};

use crate::chooser::Suggestion;
use crate::shell::Shell;
use crate::wire::CommandError;

pub(crate) use topics::{BackTests, Removed};

/// What a command answers.
type Answer<T> = Result<T, CommandError>;

/// Every command of the window.
pub(crate) fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        alerts::list_alerts,
        alerts::load_alert_rules,
        alerts::pause_alerts,
        alerts::save_alert_rules,
        alerts::see_alerts,
        alerts::set_source_level,
        alerts::set_topic_budget,
        alerts::snooze_topic,
        articles::found_passages,
        articles::list_articles,
        articles::mark_read,
        articles::open_in_browser,
        articles::read_article,
        articles::star,
        curation::curate,
        curation::next_edition,
        digest::export_digest,
        digest::mail_digest,
        digest::preview_digest,
        digest::send_digest,
        editions::export_edition,
        editions::list_editions,
        editions::open_edition,
        editions::read_edition,
        editions::send_again,
        mail::choose_certificates,
        mail::forget_mail,
        mail::load_mail,
        mail::password_place,
        mail::save_mail,
        mail::send_test,
        plans::check_plan,
        plans::fresh_plan,
        plans::list_plans,
        plans::read_addresses,
        plans::remove_plan,
        plans::save_plan,
        plans::time_zones,
        program::hide_window,
        program::load_settings,
        program::overview,
        program::quit,
        program::save_settings,
        program::window_listens,
        sources::add_sources,
        sources::add_starters,
        sources::change_source,
        sources::check_now,
        sources::check_source,
        sources::choose_folder,
        sources::export_feeds,
        sources::import_feeds,
        sources::list_receipts,
        sources::list_starter_packs,
        sources::load_proxy,
        sources::pause_source,
        sources::preview_source,
        sources::remove_source,
        sources::resume_source,
        sources::save_proxy,
        sources::source_detail,
        stories::merge_stories,
        stories::split_story,
        templates::list_templates,
        templates::open_template_trial,
        templates::reset_template,
        templates::save_template,
        templates::try_template,
        topics::apply_topic,
        topics::back_test,
        topics::check_query,
        topics::import_query,
        topics::remove_topic,
        topics::save_topic,
        topics::stop_back_test,
        topics::topic_detail,
        topics::undo_topic,
    ]
}

/// Asks the monitor on a thread that may block.
async fn ask<T: Send + 'static>(
    shell: &State<'_, Shell>,
    question: impl FnOnce(&Monitor) -> Answer<T> + Send + 'static,
) -> Answer<T> {
    let monitor = shell.monitor.clone();
    aside(move || question(&monitor)).await
}

/// Asks where to save a file and writes it there, as it was named: the dialog has asked whether a file that
/// is there may be replaced. The path; none if the user thought better of it.
fn save(
    shell: &Shell,
    suggestion: Suggestion<'_>,
    bytes: impl FnOnce() -> Answer<Vec<u8>>,
) -> Answer<Option<String>> {
    let Some(path) = shell.chooser.save(suggestion) else { return Ok(None) };
    write_bytes(&path, &bytes()?)?;
    Ok(Some(path.display().to_string()))
}

/// Does something that blocks on a thread that may.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    let done = tauri::async_runtime::spawn_blocking(work).await;
    done.unwrap_or_else(|error| {
        Err(CommandError::failed(format!("This went wrong inside Wirewatch: {error}")))
    })
}
