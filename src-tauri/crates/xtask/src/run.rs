//! `cargo xtask run` and `cargo xtask package`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::steps::{cargo, npm, program, say, step};
use crate::system::{Purpose, prepare, prepare_ui};

/// What makes installers; fetched when it is needed, since nothing else is.
const BUNDLER: &str = "@tauri-apps/cli@2.12.5";

/// Sets up, builds and starts Wirewatch.
///
/// # Errors
/// If something is missing, does not build, or the program fails.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    if !has_display() {
        return run_headless(arguments);
    }
    prepare(Purpose::Build)?;
    prepare_ui()?;
    step("window: build", npm(["run", "--silent", "build"]))?;
    let run = ["run", "--package", "wirewatch-desktop", "--"].map(str::to_owned);
    step("Wirewatch", cargo(run.iter().chain(arguments)))
}

/// Builds the installers of this platform.
///
/// # Errors
/// If something is missing or does not build.
pub(crate) fn package() -> Result<()> {
    prepare(Purpose::Build)?;
    prepare_ui()?;
    let mut tauri = program("npx", ["--yes", BUNDLER, "build"]);
    tauri.current_dir("src-tauri");
    step("installers", tauri)
}

fn run_headless(arguments: &[String]) -> Result<()> {
    say("== there is no display here, so no window: starting the headless monitor (wirewatch watch)");
    step("command: build", cargo(["build", "--package", "wirewatch-cli"]))?;
    let wirewatch = |verb: &[&str]| {
        let mut command = cargo(["run", "--quiet", "--package", "wirewatch-cli", "--"]);
        command.args(arguments).args(verb);
        command
    };
    let sources = wirewatch(&["--json", "sources"]).output().context("the command does not start")?;
    if sources.status.success() && sources.stdout.is_empty() {
        let sample = sample_folder()?;
        say(&format!("== the library is empty: watching sample clippings in {}", sample.display()));
        say("   drop a clipping into that folder, or add your own: wirewatch add FOLDER-OR-ADDRESS");
        step(
            "sample",
            wirewatch(&["add", "--name", "Sample clippings", "--alert-existing", &sample.to_string_lossy()]),
        )?;
    }
    step("monitor", wirewatch(&["watch"]))
}

/// A folder of the user's own with the sample clippings in it, so that dropping a file there does
/// not change the checkout.
fn sample_folder() -> Result<PathBuf> {
    let target = Path::new("target/sample-clippings");
    std::fs::create_dir_all(target)?;
    for entry in std::fs::read_dir("tests/fixtures/sample")? {
        let entry = entry?;
        let copy = target.join(entry.file_name());
        if !copy.exists() {
            std::fs::copy(entry.path(), &copy).with_context(|| copy.display().to_string())?;
        }
    }
    Ok(std::path::absolute(target)?)
}

fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
