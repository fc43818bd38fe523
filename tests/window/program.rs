//! The program under test.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::desktop::{Desktop, Ended};
use crate::wait::until;

/// The program: the one that is named, or the one that was built beside this test.
pub(crate) fn program() -> Result<PathBuf> {
    let named = std::env::var_os("WIREWATCH_PROGRAM").map(PathBuf::from);
    let built = || -> Result<PathBuf> {
        // target/debug/deps/window-… → target/debug
        let this = std::env::current_exe()?;
        let folder = this.ancestors().nth(2).context("the test has no folder")?;
        Ok(folder.join("wirewatch-desktop"))
    };
    let path = named.map_or_else(built, Ok)?;
    if !path.exists() {
        bail!("{} is not there; `cargo build -p wirewatch-desktop` makes it", path.display());
    }
    Ok(path)
}

/// Starts the program on a desktop, without a driver.
pub(crate) fn start(desktop: &Desktop, arguments: &[&str]) -> Result<Ended> {
    let mut command = Command::new(program()?);
    desktop.furnish(command.args(arguments));
    Ok(Ended(command.spawn()?))
}

/// Starts the program a second time, which must end soon and well.
pub(crate) async fn start_again(desktop: &Desktop) -> Result<()> {
    let mut second = start(desktop, &[])?;
    let status = until("the second start to end", async || Ok(second.0.try_wait()?)).await?;
    if !status.success() {
        bail!("the second start ended with {status}");
    }
    Ok(())
}

/// Whether a process is alive.
pub(crate) fn is_alive(process: u32) -> bool {
    let state = std::fs::read_to_string(Path::new("/proc").join(process.to_string()).join("stat"));
    // Third field, after the name in parentheses; Z has ended and waits to be fetched.
    state.is_ok_and(|state| state.rsplit(')').next().is_some_and(|rest| !rest.trim_start().starts_with('Z')))
}

/// Waits until a process has ended.
pub(crate) async fn ended(process: u32) -> Result<()> {
    until("the program to end", async || Ok((!is_alive(process)).then_some(()))).await
}
