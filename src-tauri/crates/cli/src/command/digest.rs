//! `digest`, and the child process that makes its PDF.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use anyhow::{Result, bail};
use serde_json::{Value, json};
use wirewatch_digest::{Chapter, pdf_from_job};
use wirewatch_model::{Curation, DeliveryState, DigestPlan, EditionId};
use wirewatch_monitor::{Answer, DAILY, DigestFiles, MadeDigest, Monitor, SentNow};

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
        true => Some(monitor.send_now(&made, &recipients, &press).await?),
        false => None,
    };
    let is_used = !written.is_empty() || sent.as_ref().is_some_and(SentNow::is_on_its_way);
    // A look at a period of one's own does not move the daily one on.
    if order.from.is_none() && order.to.is_none() && is_used {
        monitor.record_digest(&made)?;
    }
    let report = Report { made, written, sent: sent.unwrap_or_default() };
    output.record(|| report.json(), || report.text())?;
    let (name, edition) = (report.made.name.as_str(), report.sent.edition);
    report.not_sent().for_each(|answer| output.trouble(not_sent_text(answer, name, edition)));
    Ok(Ended::partly_if(report.not_sent().count() > 0))
}

/// What was made, and where it is.
struct Report {
    made: MadeDigest,
    written: Vec<PathBuf>,
    sent: SentNow,
}

impl Report {
    fn got_it(&self) -> impl Iterator<Item = &str> {
        let done = self.sent.answers.iter().filter(|answer| answer.state == DeliveryState::Done);
        done.map(|answer| answer.to.as_str())
    }

    fn not_sent(&self) -> impl Iterator<Item = &Answer> {
        self.sent.answers.iter().filter(|answer| answer.state != DeliveryState::Done)
    }

    fn json(&self) -> Value {
        let chapters = self.made.digest.chapters.iter();
        let topic = |one: &Chapter| json!({"id": one.topic, "name": one.name, "articles": one.articles});
        let refused = |answer: &Answer| json!({"to": answer.to, "state": answer.state.as_str(), "message": answer.words});
        json!({
            "from": json::time(self.made.period.from), "to": json::time(self.made.period.to),
            "articles": self.made.digest.articles, "topics": chapters.map(topic).collect::<Vec<_>>(),
            "files": self.written, "sent": self.got_it().collect::<Vec<_>>(),
            "not_sent": self.not_sent().map(refused).collect::<Vec<_>>(),
            "edition": self.sent.edition.map(|edition| edition.0),
        })
    }

    fn text(&self) -> String {
        let (digest, period) = (&self.made.digest, self.made.period);
        let (from, to) = (json::time(period.from), json::time(period.to));
        let mut lines = vec![format!("{from} – {to}: {} articles", digest.articles)];
        lines.extend(digest.chapters.iter().map(|one| format!("    {}: {}", one.name, one.articles)));
        lines.extend(self.written.iter().map(|path| format!("written: {}", path.display())));
        lines.extend(self.got_it().map(|to| format!("sent: {to}")));
        lines.join("\n")
    }
}

/// Who did not get it, why, and what becomes of it.
fn not_sent_text(answer: &Answer, name: &str, edition: Option<EditionId>) -> String {
    let then = match (answer.state, edition) {
        (_, None) => "; nothing was sent or kept".to_owned(),
        (DeliveryState::Waiting, _) => "; `wirewatch watch` or the window tries again".to_owned(),
        (DeliveryState::Blocked, _) => "; it goes out when that is mended".to_owned(),
        // Its number: several can be sent by hand on one date.
        (DeliveryState::Uncertain | DeliveryState::Failed, Some(EditionId(number))) => {
            format!("; `wirewatch digests resend {name:?} {number}` sends it again")
        }
        (DeliveryState::Done | DeliveryState::Sending, _) => String::new(),
    };
    format!("not sent to {}: {}{then}", answer.to, answer.words)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_did_not_get_it_is_told_with_what_to_do() {
        let answer = |state| Answer { to: "ann@example.org".to_owned(), state, words: "unknown".to_owned() };
        let text = not_sent_text(&answer(DeliveryState::Failed), "Morning press", Some(EditionId(7)));
        assert!(text.ends_with("`wirewatch digests resend \"Morning press\" 7` sends it again"), "{text}");
        let text = not_sent_text(&answer(DeliveryState::Failed), "Morning press", None);
        assert!(text.ends_with("nothing was sent or kept"), "{text}");
    }
}
