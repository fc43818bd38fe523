//! Running programs one after the other, and saying so.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

/// The top of the checkout.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// Tells the user, on standard error, where the programs that are run write as well.
pub(crate) fn say(text: &str) {
    // Nobody can be told that standard error is closed.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// A program with its arguments.
pub(crate) fn program<S: AsRef<OsStr>>(name: &str, arguments: impl IntoIterator<Item = S>) -> Command {
    // On Windows npm and npx are scripts that only the shell's rules find.
    let name =
        if cfg!(windows) && matches!(name, "npm" | "npx") { format!("{name}.cmd") } else { name.to_owned() };
    let mut command = Command::new(name);
    command.args(arguments);
    command
}

/// Cargo, the same that runs this.
pub(crate) fn cargo<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    program(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()), arguments)
}

/// npm in the folder of the window's sources.
pub(crate) fn npm<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = program("npm", arguments);
    command.current_dir("ui");
    command
}

/// Runs a step to its end; its output goes through.
///
/// # Errors
/// If the program is not there or fails.
pub(crate) fn step(title: &str, mut command: Command) -> Result<()> {
    say(&format!("== {title}"));
    let begin = Instant::now();
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("{name} cannot be started; is it installed?"))?;
    if !status.success() {
        bail!("{title}: {name} failed ({status})");
    }
    say(&format!("== {title}: done in {} s", begin.elapsed().as_secs()));
    Ok(())
}

/// Whether a program runs and succeeds; it says nothing.
pub(crate) fn succeeds(mut command: Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
