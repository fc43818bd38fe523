//! `digests`: the planned ones.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use wirewatch_model::{Delivery, Destination, DigestPlan, Edition, EditionState, TopicId};
use wirewatch_monitor::{Monitor, Standing, write_bytes};

use super::curate;
use crate::arguments::{Digests, DigestsVerb, PlanWishes, WhichEdition};
use crate::json;
use crate::output::{Ended, Output};

/// Editions that are listed.
const LISTED: u32 = 100;

/// Lists and changes planned digests.
pub(crate) fn run(monitor: &Monitor, digests: &Digests, output: &mut Output) -> Result<Ended> {
    match &digests.verb {
        DigestsVerb::List => list(monitor, output),
        DigestsVerb::Set(wishes) => set(monitor, wishes, output),
        DigestsVerb::Remove { name } => {
            monitor.remove_plan(name)?;
            Ok(Ended::Done)
        }
        DigestsVerb::Editions { name } => editions(monitor, name.as_deref(), output),
        DigestsVerb::Next { name } => curate::next(monitor, name.as_deref(), output),
        DigestsVerb::Curate(wishes) => curate::curate(monitor, wishes, output),
        DigestsVerb::Export { name, edition, pdf, eml, html, md } => {
            let files = [(Form::Pdf, pdf), (Form::Mail, eml), (Form::Page, html), (Form::Markdown, md)];
            export(monitor, &find_edition(monitor, name, *edition)?, files)
        }
        DigestsVerb::Resend { name, edition } => {
            resend(monitor, &find_edition(monitor, name, *edition)?, output)
        }
    }
}

fn list(monitor: &Monitor, output: &mut Output) -> Result<Ended> {
    let plans = monitor.library().plans()?;
    if plans.is_empty() {
        output
            .remark("no digest is planned; `wirewatch digests set NAME --at 07:30 --to ADDRESS` plans one")?;
    }
    plans.iter().try_for_each(|plan| tell(monitor, plan, output))?;
    Ok(Ended::Done)
}

fn set(monitor: &Monitor, wishes: &PlanWishes, output: &mut Output) -> Result<Ended> {
    let known = monitor.library().plans()?.into_iter().find(|plan| plan.name == wishes.name);
    let plan = with(known.unwrap_or_else(|| monitor.fresh_plan(&wishes.name)), wishes)?;
    monitor.save_plan(&plan)?;
    tell(monitor, &plan, output)?;
    Ok(Ended::Done)
}

/// The word that takes a wish back.
const NONE: &str = "none";

fn with(mut plan: DigestPlan, wishes: &PlanWishes) -> Result<DigestPlan> {
    plan.at = wishes.at.unwrap_or(plan.at);
    plan.days = wishes.days.unwrap_or(plan.days);
    plan.order = wishes.order.unwrap_or(plan.order);
    plan.when_empty = wishes.when_empty.unwrap_or(plan.when_empty);
    if let Some(cap) = wishes.cap {
        plan.cap = Some(cap).filter(|cap| *cap > 0);
    }
    if let Some(folder) = &wishes.folder {
        let named = (folder.as_os_str() != NONE).then_some(folder);
        // The digest may come out of a program that was started elsewhere.
        plan.folder = named.map(std::path::absolute).transpose()?;
    }
    if let Some(zone) = &wishes.zone {
        plan.zone = (zone != "system").then(|| zone.clone());
    }
    if !wishes.to.is_empty() {
        plan.recipients = wishes.to.iter().filter(|to| *to != NONE).cloned().collect();
    }
    if !wishes.topics.is_empty() {
        let named = wishes.topics.iter().filter(|id| *id != NONE);
        plan.topics = named.map(|id| TopicId::from_name(id)).collect();
    }
    Ok(plan)
}

fn tell(monitor: &Monitor, plan: &DigestPlan, output: &mut Output) -> Result<()> {
    let standing = monitor.standing(plan)?;
    output.record(|| plan_json(plan, &standing), || plan_text(plan, &standing))?;
    Ok(())
}

fn plan_json(plan: &DigestPlan, standing: &Standing) -> Value {
    json!({
        "name": plan.name, "at": plan.at.format("%H:%M").to_string(), "days": plan.days.to_string(),
        "zone": plan.zone, "to": plan.recipients, "folder": plan.folder, "cap": plan.cap,
        "topics": plan.topics.iter().map(TopicId::as_str).collect::<Vec<_>>(),
        "order": plan.order.as_str(), "when_empty": plan.when_empty.as_str(),
        "next": json::time(standing.next),
        "last": standing.last.as_ref().map(|(edition, _)| edition.date.to_string()),
        "not_made": standing.not_made,
        "trouble": standing.trouble.as_ref().map(|(edition, delivery)| json!({
            "date": edition.date.to_string(), "to": to(&delivery.destination),
            "state": delivery.state.as_str(), "message": delivery.message,
        })),
    })
}

fn plan_text(plan: &DigestPlan, standing: &Standing) -> String {
    let last = standing.last.as_ref().map_or("none yet".to_owned(), |(edition, _)| edition.date.to_string());
    let mut text = format!(
        "{}: {} at {}, next {}; last edition: {last}; to: {}",
        plan.name,
        plan.days,
        plan.at.format("%H:%M"),
        standing.next.with_timezone(&chrono::Local).format("%a %-d %b %Y, %H:%M"),
        if plan.recipients.is_empty() { "nobody".to_owned() } else { plan.recipients.join(", ") },
    );
    if let Some(words) = &standing.not_made {
        text.push_str(&format!("\n    the next one could not be made: {words}"));
    }
    if let Some((edition, delivery)) = &standing.trouble {
        let (to, state) = (to(&delivery.destination), delivery.state.as_str());
        text.push_str(&format!("\n    {} to {to}: {state} {}", edition.date, delivery.message));
    }
    text
}

fn editions(monitor: &Monitor, name: Option<&str>, output: &mut Output) -> Result<Ended> {
    let editions = match name {
        Some(name) => monitor.library().editions_of(name, LISTED)?,
        None => monitor.library().editions(LISTED)?,
    };
    for edition in &editions {
        let deliveries = monitor.library().deliveries(edition.id)?;
        output.record(|| edition_json(edition, &deliveries), || edition_text(edition, &deliveries))?;
    }
    Ok(Ended::partly_if(editions.is_empty()))
}

fn edition_json(edition: &Edition, deliveries: &[Delivery]) -> Value {
    json!({
        "id": edition.id.0, "digest": edition.digest, "date": edition.date.to_string(),
        "state": edition.state.as_str(), "by_hand": edition.by_hand,
        "from": json::time(edition.period.from), "to": json::time(edition.period.to),
        "at": json::time(edition.at), "late": edition.late, "articles": edition.articles,
        "deliveries": deliveries.iter().map(|delivery| json!({
            "to": to(&delivery.destination), "state": delivery.state.as_str(), "tries": delivery.tries,
            "next_try": delivery.next_try.map(json::time), "message": delivery.message,
        })).collect::<Vec<_>>(),
    })
}

fn edition_text(edition: &Edition, deliveries: &[Delivery]) -> String {
    let late = if edition.late && edition.state == EditionState::Made { ", late" } else { "" };
    let by_hand =
        if edition.by_hand { format!(" (sent by hand, number {})", edition.id.0) } else { String::new() };
    let mut lines = vec![format!(
        "{} {}{by_hand}: {}{late}, {} articles",
        edition.digest,
        edition.date,
        edition.state.as_str(),
        edition.articles
    )];
    lines.extend(deliveries.iter().map(|delivery| {
        format!("    {}: {} {}", to(&delivery.destination), delivery.state.as_str(), delivery.message)
    }));
    lines.join("\n")
}

fn to(destination: &Destination) -> String {
    match destination {
        Destination::Mail(address) => address.clone(),
        Destination::Folder(folder) => folder.display().to_string(),
    }
}

/// Of those of a date the planned one, or the last that was sent by hand.
fn find_edition(monitor: &Monitor, name: &str, which: WhichEdition) -> Result<Edition> {
    let mut editions = monitor.library().editions_of(name, u32::MAX)?;
    // Stable: the newest of equals stays in front.
    editions.sort_by_key(|edition| edition.by_hand);
    editions
        .into_iter()
        .find(|edition| which.is(edition))
        .with_context(|| format!("{name:?} has no edition {which}; `wirewatch digests editions` lists them"))
}

/// What an edition can be written as.
enum Form {
    Pdf,
    Mail,
    Page,
    Markdown,
}

fn export(monitor: &Monitor, edition: &Edition, files: [(Form, &Option<PathBuf>); 4]) -> Result<Ended> {
    if files.iter().all(|(_, path)| path.is_none()) {
        bail!("say what to write: --pdf, --eml, --html or --md FILE");
    }
    if edition.state != EditionState::Made {
        bail!("the edition of {} was not made: {}", edition.date, edition.state.as_str());
    }
    for (form, path) in files {
        let Some(path) = path else { continue };
        let bytes = match form {
            Form::Pdf => monitor.edition_pdf(edition.id)?,
            Form::Mail => monitor.edition_message(edition.id)?,
            Form::Page => monitor.edition_html(edition.id)?.into_bytes(),
            Form::Markdown => monitor.edition_markdown(edition.id)?.into_bytes(),
        };
        write_bytes(path, &bytes)?;
    }
    Ok(Ended::Done)
}

fn resend(monitor: &Monitor, edition: &Edition, output: &mut Output) -> Result<Ended> {
    let again = monitor.resend(edition.id)?;
    output.record(
        || json!({"digest": edition.digest, "date": edition.date.to_string(), "waiting": again}),
        || format!("{again} will be sent again by `wirewatch watch` or the window"),
    )?;
    Ok(Ended::partly_if(again == 0))
}
