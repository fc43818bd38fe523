//! `templates`: how digests look, in the user's own words.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::json;
use wirewatch_digest::Template;
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
    monitor.set_template(template, &text, &press()?.maker)?;
    Ok(())
}
