//! `import` and `export`.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::json;
use wirewatch_intake::MAX_BYTES;
use wirewatch_library::Selection;
use wirewatch_model::ArticleId;
use wirewatch_monitor::{ImportedFeeds, Monitor, starter_pack, write_bytes, write_whole};

use crate::arguments::{Export, Import};
use crate::export::Form;
use crate::import::Lines;
use crate::output::{Ended, Output};

/// Articles that are listed at a time.
const PAGE: usize = 500;

/// Adds feeds or articles.
pub(crate) fn import(monitor: &Monitor, wanted: &Import, output: &mut Output) -> Result<Ended> {
    if let Some(pack) = &wanted.pack {
        let imported = monitor.add_starters(starter_pack(pack)?)?;
        return tell_added(&imported, output);
    }
    // The command line insists on one of the two.
    let Some(file) = &wanted.file else { return Ok(Ended::Done) };
    let opened = File::open(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let mut reader = BufReader::new(opened);
    let first = reader.fill_buf()?.iter().copied().find(|byte| !byte.is_ascii_whitespace());
    if first == Some(b'{') {
        return articles(monitor, file, reader, output);
    }
    // One byte more than can be read, so that too much is seen to be.
    let mut list = Vec::new();
    reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut list)?;
    tell_added(&monitor.import_opml(&list)?, output)
}

fn tell_added(imported: &ImportedFeeds, output: &mut Output) -> Result<Ended> {
    for problem in &imported.problems {
        output.trouble(problem);
    }
    for source in &imported.added {
        let spec = &source.spec;
        output.record(
            || {
                json!({
                    "id": source.id.0, "kind": spec.kind.as_str(), "name": spec.name,
                    "location": spec.location, "label": spec.label,
                })
            },
            || format!("watching {} {} “{}” ({})", spec.kind, source.id, spec.name, spec.location),
        )?;
    }
    let (added, known, failed) = (imported.added.len(), imported.known, imported.problems.len());
    output.record(
        || json!({"total": {"added": added, "known": known, "problems": failed}}),
        || format!("{added} feeds added, {known} watched already, {failed} left out; they are read at the next check"),
    )?;
    Ok(Ended::partly_if(failed > 0))
}

fn articles(monitor: &Monitor, file: &Path, reader: BufReader<File>, output: &mut Output) -> Result<Ended> {
    let mut lines = Lines::new(reader);
    let tally = monitor.import_articles(file, &mut lines)?;
    for problem in &lines.problems {
        output.trouble(format!("{}: {problem}", file.display()));
    }
    let failed = lines.problems.len();
    output.record(
        || {
            json!({"total": {
                "new": tally.new, "changed": tally.changed, "known": tally.known, "matches": tally.matches,
                "problems": failed,
            }})
        },
        || {
            format!(
                "{} articles are new, {} changed, {} known, {failed} not read",
                tally.new, tally.changed, tally.known
            )
        },
    )?;
    Ok(Ended::partly_if(failed > 0))
}

/// Writes feeds and articles.
pub(crate) fn export(monitor: &Monitor, export: &Export, output: &mut Output) -> Result<Ended> {
    let targets = &export.targets;
    let forms = [
        (&targets.csv, Form::Csv),
        (&targets.jsonl, Form::JsonLines),
        (&targets.bibtex, Form::BibTex),
        (&targets.ris, Form::Ris),
    ];
    for (path, form) in forms {
        let Some(path) = path else { continue };
        let count = write_whole(path, |out| write_articles(monitor, export.query.as_deref(), form, out))?;
        told(output, path, "articles", count)?;
    }
    if let Some(path) = &targets.opml {
        let (text, count) = monitor.export_opml()?;
        write_bytes(path, text.as_bytes())?;
        told(output, path, "feeds", count)?;
    }
    Ok(Ended::Done)
}

fn told(output: &mut Output, path: &Path, what: &str, count: usize) -> std::io::Result<()> {
    output.record(
        || json!({"file": path.display().to_string(), what: count}),
        || format!("{}: {count} {what}", path.display()),
    )
}

/// Writes the articles that a query finds, or all, newest first; returns how many.
fn write_articles(monitor: &Monitor, query: Option<&str>, form: Form, out: &mut dyn Write) -> Result<usize> {
    form.begin(out)?;
    let Some(query) = query else { return write_all(monitor, form, out) };
    // Eight bytes an article; the texts are read one at a time.
    let mut ids = Vec::new();
    let expr = monitor.topics().resolve_search(query)?;
    monitor.library().search_each(&expr, monitor.now(), &mut |article, _| {
        ids.push(article.id);
        std::ops::ControlFlow::Continue(())
    })?;
    ids.iter().try_for_each(|id| write_one(monitor, *id, form, out))?;
    Ok(ids.len())
}

fn write_all(monitor: &Monitor, form: Form, out: &mut dyn Write) -> Result<usize> {
    let (mut before, mut count) = (None, 0);
    loop {
        let page = monitor.library().page(&Selection::All, before, PAGE)?;
        page.heads.iter().try_for_each(|head| write_one(monitor, head.id, form, out))?;
        count += page.heads.len();
        before = page.next;
        if before.is_none() {
            return Ok(count);
        }
    }
}

fn write_one(monitor: &Monitor, id: ArticleId, form: Form, out: &mut dyn Write) -> Result<()> {
    // One that was deleted meanwhile is not there to be exported.
    if let Some(article) = monitor.library().article(id)? {
        form.write(&article, out)?;
    }
    Ok(())
}
