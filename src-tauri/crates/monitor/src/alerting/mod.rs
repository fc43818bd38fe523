//! Which alerts are shown, which are folded into a summary, which only wait in the inbox.
//!
//! [`policy`] decides and touches nothing; `deliver.rs` asks it and does what it says.

mod logbook;
mod policy;
mod quiet;
mod rerun;
mod rules;
mod spike;

pub(crate) use logbook::Logbook;
pub(crate) use policy::{BUDGET_TIME, Folding, Past, Policy, plan, silence};
pub(crate) use quiet::QuietHours;
pub(crate) use rerun::Rerun;
