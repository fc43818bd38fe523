//! `settings`.

use anyhow::Result;
use serde_json::json;
use wirewatch_monitor::{Monitor, Wish};

use crate::arguments::{Settings, SettingsVerb};
use crate::output::{Ended, Output};

/// Shows or changes settings.
pub(crate) fn run(monitor: &Monitor, settings: &Settings, output: &mut Output) -> Result<Ended> {
    match &settings.verb {
        SettingsVerb::Show { name: None } => {
            Wish::ALL.into_iter().try_for_each(|wish| show(monitor, wish, output))?;
        }
        SettingsVerb::Show { name: Some(name) } => show(monitor, Wish::from_name(name)?, output)?,
        SettingsVerb::Set { name, value } => {
            let wish = Wish::from_name(name)?;
            monitor.set_wish(wish, value)?;
            show(monitor, wish, output)?;
        }
    }
    Ok(Ended::Done)
}

fn show(monitor: &Monitor, wish: Wish, output: &mut Output) -> Result<()> {
    let value = monitor.wish(wish)?;
    output.record(
        || json!({"name": wish.as_str(), "value": value}),
        || format!("{} = {value}", wish.as_str()),
    )?;
    Ok(())
}
