//! What the system has to have, and getting it where that can be done.

use std::path::Path;

use anyhow::{Result, bail};

use crate::steps::{cargo, npm, program, say, step, succeeds};

/// What the desktop program is built with on Linux.
const BUILD_PACKAGES: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "libxdo-dev",
    "libssl-dev",
    "libdbus-1-dev",
];

/// What the tests need besides: a display, a bus, a driver for the web view, readers of PDF.
const TEST_PACKAGES: &[&str] = &[
    "xvfb",
    "dbus",
    "webkit2gtk-driver",
    "x11-utils",
    "xdotool",
    "fonts-noto-core",
    "poppler-utils",
    "qpdf",
    "python3",
    "python3-aiosmtpd",
    "openssl",
];

/// The bridge between WebDriver and the window; pinned, since the window tests are written for it.
const DRIVER_VERSION: &str = "2.1.0";

/// What a command is going to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Build and start the desktop program.
    Build,
    /// Run every test.
    Test,
}

/// Installs what is missing on Debian and its kin; elsewhere says what has to be there.
///
/// # Errors
/// If something is missing and cannot be installed from here.
pub(crate) fn prepare(purpose: Purpose) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let wanted = match purpose {
        Purpose::Build => BUILD_PACKAGES.to_vec(),
        Purpose::Test => [BUILD_PACKAGES, TEST_PACKAGES].concat(),
    };
    if !Path::new("/etc/debian_version").exists() {
        return check_by_name(&wanted);
    }
    let missing: Vec<&str> = wanted.into_iter().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    say(&format!("== installing: {}", missing.join(" ")));
    let administrator = succeeds(program("test", ["-w", "/var/lib/dpkg/lock"]));
    let apt = |arguments: &[&str]| {
        let mut command = match administrator {
            true => program("apt-get", arguments),
            false => program("sudo", [&["DEBIAN_FRONTEND=noninteractive", "apt-get"], arguments].concat()),
        };
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    step("list of packages", apt(&["update", "-qq"]))?;
    let install = [&["install", "-qq", "-y", "--no-install-recommends"], missing.as_slice()].concat();
    step("packages", apt(&install))
}

/// Installs the driver of the window tests if it is not there.
///
/// # Errors
/// If it cannot be built.
pub(crate) fn prepare_driver() -> Result<()> {
    if succeeds(program("tauri-driver", ["--help"])) {
        return Ok(());
    }
    step(
        "tauri-driver",
        cargo(["install", "--quiet", "--locked", "tauri-driver", "--version", DRIVER_VERSION]),
    )
}

/// Installs the window's packages, if they are not there as the lock file has them.
///
/// # Errors
/// If npm is missing or fails.
pub(crate) fn prepare_ui() -> Result<()> {
    if !succeeds(npm(["--version"])) {
        bail!("npm is not there; install Node.js 20.19 or newer (https://nodejs.org)");
    }
    // npm writes this file last, so an interrupted installation is done again.
    let age = |path: &str| std::fs::metadata(path).and_then(|facts| facts.modified()).ok();
    let installed = age("ui/node_modules/.package-lock.json");
    if installed.is_none() || installed < age("ui/package-lock.json") {
        step("window: packages", npm(["ci", "--no-audit", "--no-fund"]))?;
    }
    Ok(())
}

fn is_installed(package: &str) -> bool {
    let mut query = program("dpkg-query", ["--show", "--showformat=${db:Status-Status}", package]);
    query.output().is_ok_and(|answer| answer.stdout == b"installed")
}

/// Without dpkg the libraries are asked for by what the build asks for.
fn check_by_name(debian_names: &[&str]) -> Result<()> {
    let libraries = ["webkit2gtk-4.1", "ayatana-appindicator3-0.1", "librsvg-2.0", "dbus-1"];
    let missing: Vec<&str> =
        libraries.into_iter().filter(|name| !succeeds(program("pkg-config", ["--exists", name]))).collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "missing: {}. Install your system's packages for them and try again; Debian calls what is needed: {}",
        missing.join(", "),
        debian_names.join(" ")
    );
}
