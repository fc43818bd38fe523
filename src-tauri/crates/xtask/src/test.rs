//! `cargo xtask test` and `cargo xtask bench`.

use anyhow::Result;

use crate::steps::{cargo, npm, step};
use crate::system::{Purpose, prepare, prepare_driver, prepare_ui};

/// Everything that must hold before a change lands, cheapest first.
///
/// # Errors
/// The first step that fails.
pub(crate) fn test() -> Result<()> {
    step("format", cargo(["fmt", "--all", "--check"]))?;
    prepare(Purpose::Test)?;
    prepare_ui()?;
    step("window: types and rules", npm(["run", "--silent", "check"]))?;
    step("window: tests", npm(["run", "--silent", "test"]))?;
    step("window: build", npm(["run", "--silent", "build"]))?;
    // The same packages and targets each time: another choice would unify other features and
    // build the heavy dependencies again.
    let everything = match cfg!(target_os = "linux") {
        true => vec!["--workspace"],
        // The window tests play a Linux desktop.
        false => vec!["--workspace", "--exclude", "wirewatch-window-tests"],
    };
    let on_everything = |verb: &str, rest: &[&str]| cargo([&[verb], everything.as_slice(), rest].concat());
    step("lints", on_everything("clippy", &["--all-targets", "--", "--deny", "warnings"]))?;
    if cfg!(target_os = "linux") {
        prepare_driver()?;
    }
    step("programs", on_everything("build", &["--all-targets"]))?;
    step("tests", on_everything("test", &[]))?;
    Ok(())
}

/// The benchmarks; each prints its figures beside a baseline of the same run.
///
/// # Errors
/// The first that fails.
pub(crate) fn bench() -> Result<()> {
    step("matching", cargo(["bench", "--package", "wirewatch-query"]))?;
    step("searching, stories", cargo(["bench", "--package", "wirewatch-library"]))?;
    step("taking in", cargo(["bench", "--package", "wirewatch-monitor"]))
}
