//! `digest`, and the child process that makes its PDF.

use std::io::{Read as _, Write as _};

use anyhow::{Context as _, Result};
use serde_json::json;
use wirewatch_digest::pdf_from_encoded;
use wirewatch_monitor::{DigestFiles, DigestOrder, Monitor, PdfMaker};

use crate::arguments::Digest;
use crate::output::{Ended, Output};
use crate::{json, time};

/// Makes a digest and writes it to files.
pub(crate) fn make(monitor: &Monitor, digest: &Digest, output: &mut Output) -> Result<Ended> {
    let moment =
        |text: &Option<String>| text.as_deref().map(|text| time::moment(text, monitor.now())).transpose();
    let order =
        DigestOrder { name: digest.name.clone(), from: moment(&digest.from)?, to: moment(&digest.to)? };
    let made = monitor.compose_digest(&order)?;
    let files = DigestFiles {
        pdf: digest.pdf.clone(),
        html: digest.html.clone(),
        markdown: digest.md.clone(),
        mail: digest.eml.clone(),
    };
    let program = std::env::current_exe().context("the program does not find itself")?;
    let maker = PdfMaker { program, arguments: vec!["render-pdf".to_owned()] };
    let written = monitor.write_digest(&made, &files, &maker)?;
    // A look at a period of one's own does not move the daily one on.
    if order.from.is_none() && order.to.is_none() && !written.is_empty() {
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
                "files": written, "sent": [],
            })
        },
        || {
            let mut lines = vec![format!("{from} – {to}: {} articles", made.digest.articles)];
            lines.extend(topics.clone().map(|chapter| format!("    {}: {}", chapter.name, chapter.articles)));
            lines.extend(written.iter().map(|path| format!("written: {}", path.display())));
            lines.join("\n")
        },
    )?;
    Ok(Ended::Done)
}

/// Makes a PDF of an encoded digest.
pub(crate) fn render_pdf() -> Result<Ended> {
    let mut encoded = Vec::new();
    std::io::stdin().read_to_end(&mut encoded)?;
    std::io::stdout().write_all(&pdf_from_encoded(&encoded)?)?;
    Ok(Ended::Done)
}
