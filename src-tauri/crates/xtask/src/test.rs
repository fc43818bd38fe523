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
    step("lints", cargo(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]))?;
    step("tests", cargo(["test"]))?;
    if cfg!(target_os = "linux") {
        prepare_driver()?;
        step("program", cargo(["build", "--package", "wirewatch-desktop"]))?;
        step("window tests", cargo(["test", "--package", "wirewatch-desktop", "--package", "wirewatch-window-tests"]))?;
    }
    Ok(())
}

/// The benchmarks; each prints its figures beside a baseline of the same run.
///
/// # Errors
/// The first that fails.
pub(crate) fn bench() -> Result<()> {
    step("matching", cargo(["bench", "--package", "wirewatch-query"]))?;
    step("taking in, searching", cargo(["bench", "--package", "wirewatch-monitor"]))
}
