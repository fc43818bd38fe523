//! `templates`: how digests look, in the user's own words.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde_json::json;
use wirewatch_digest::{Fault, Template};
use wirewatch_monitor::Monitor;

use super::press::press;
use crate::arguments::{Templates, TemplatesVerb};
use crate::output::{Ended, Output};

/// Shows and changes templates.
pub(crate) fn run(monitor: &Monitor, templates: &Templates, output: &mut Output) -> Result<Ended> {
    match &templates.verb {
        TemplatesVerb::List => list(monitor, output)?,
        TemplatesVerb::Show { name } => show(monitor, *name, output)?,
        TemplatesVerb::Set { name, file } => set(monitor, *name, file)?,
        TemplatesVerb::Reset { name } => monitor.reset_template(*name)?,
    }
    Ok(Ended::Done)
}

fn list(monitor: &Monitor, output: &mut Output) -> Result<()> {
    let templates = monitor.templates()?;
    for template in Template::ALL {
        let (name, own) = (template.name(), templates.own(template).is_some());
        output.record(
            || json!({"name": name, "own": own}),
            || format!("{name}: {}", if own { "your own" } else { "as it comes" }),
        )?;
    }
    Ok(())
}

fn show(monitor: &Monitor, template: Template, output: &mut Output) -> Result<()> {
    let templates = monitor.templates()?;
    let text = templates.text(template);
    output.record(|| json!({"name": template.name(), "text": text}), || text.to_owned())?;
    Ok(())
}

fn set(monitor: &Monitor, template: Template, file: &Path) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    match monitor.take_template(template, &text, &press()?.maker)? {
        Ok(_) => Ok(()),
        Err(fault) => bail!("{}{}: {}", template.name(), place(&fault, &text), fault.words),
    }
}

/// Line and column as editors take them, such as `:3:7`.
fn place(fault: &Fault, text: &str) -> String {
    let Some(line) = fault.line else { return String::new() };
    let before = fault.place.as_ref().and_then(|place| text.get(..place.start));
    match before.map(|before| before.rsplit('\n').next().unwrap_or(before).chars().count() + 1) {
        Some(column) => format!(":{line}:{column}"),
        None => format!(":{line}"),
    }
}
