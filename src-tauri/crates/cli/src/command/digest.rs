//! `digest`, and the child process that makes its PDF.

use std::io::{Read as _, Write as _};

use anyhow::{Result, bail};
use serde_json::json;
use wirewatch_digest::pdf_from_job;
use wirewatch_model::{Curation, DigestPlan};
use wirewatch_monitor::{DAILY, DigestFiles, Monitor};

use super::press::press;
use crate::arguments::Digest;
use crate::output::{Ended, Output};
use crate::{json, time};

/// Makes a digest and writes it to files.
pub(crate) async fn make(monitor: &Monitor, digest: &Digest, output: &mut Output) -> Result<Ended> {
    let moment =
        |text: &Option<String>| text.as_deref().map(|text| time::moment(text, monitor.now())).transpose();
    let plan = monitor.library().plans()?.into_iter().find(|plan| Some(&plan.name) == digest.name.as_ref());
    let mut order = monitor.curated_order(digest.name.as_deref())?;
    (order.from, order.to) = (moment(&digest.from)?, moment(&digest.to)?);
    if order.from.is_some() || order.to.is_some() {
        // What is wanted is wanted of the next one.
        order.curation = Curation::default();
    }
    let recipients = match digest.send {
        true => recipients(plan.as_ref(), digest)?,
        false => Vec::new(),
    };
    let made = monitor.compose_digest(&order)?;
    let files = DigestFiles {
        pdf: digest.pdf.clone(),
        html: digest.html.clone(),
        markdown: digest.md.clone(),
        mail: digest.eml.clone(),
    };
    let press = press()?;
    let written = monitor.write_digest(&made, &files, &press.maker)?;
    let sent = match digest.send {
        true => monitor.send_now(&made, &recipients, &press).await?,
        false => Vec::new(),
    };
    let refused = sent.iter().filter_map(|(to, answer)| Some((to, answer.as_ref().err()?)));
    refused.clone().for_each(|(to, words)| output.trouble(format!("{to}: {words}")));
    let trouble = refused.count() > 0;
    let sent: Vec<String> = sent.into_iter().filter(|(_, answer)| answer.is_ok()).map(|(to, _)| to).collect();
    // A look at a period of one's own does not move the daily one on.
    if order.from.is_none() && order.to.is_none() && (!written.is_empty() || !sent.is_empty()) {
        monitor.record_digest(&made)?;
    }
    let topics = made.digest.chapters.iter();
    let (from, to) = (json::time(made.period.from), json::time(made.period.to));
    output.record(
        || {
            json!({
                "from": from, "to": to, "articles": made.digest.articles,
                "topics": topics.clone().map(|chapter| json!({
                    "id": chapter.topic, "name": chapter.name, "articles": chapter.articles,
                })).collect::<Vec<_>>(),
                "files": written, "sent": sent,
            })
        },
        || {
            let mut lines = vec![format!("{from} – {to}: {} articles", made.digest.articles)];
            lines.extend(topics.clone().map(|chapter| format!("    {}: {}", chapter.name, chapter.articles)));
            lines.extend(written.iter().map(|path| format!("written: {}", path.display())));
            lines.extend(sent.iter().map(|to| format!("sent: {to}")));
            lines.join("\n")
        },
    )?;
    Ok(Ended::partly_if(trouble))
}

/// The recipients of the planned digest of this name.
fn recipients(plan: Option<&DigestPlan>, digest: &Digest) -> Result<Vec<String>> {
    match plan.map(|plan| plan.recipients.clone()).filter(|recipients| !recipients.is_empty()) {
        Some(recipients) => Ok(recipients),
        None => bail!(
            "nobody to send {:?} to; `wirewatch digests set NAME --to ADDRESS` names recipients",
            digest.name.as_deref().unwrap_or(DAILY)
        ),
    }
}

/// Makes a PDF of an encoded digest.
pub(crate) fn render_pdf() -> Result<Ended> {
    let mut encoded = Vec::new();
    std::io::stdin().read_to_end(&mut encoded)?;
    std::io::stdout().write_all(&pdf_from_job(&encoded)?)?;
    Ok(Ended::Done)
}
