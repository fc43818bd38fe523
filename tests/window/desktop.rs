//! A desktop of a test's own: a display, a session bus, folders, and the services on the bus.

use std::io::{BufRead as _, BufReader, Read};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;

use crate::bus::Bus;

/// Everything around the program. Dropping it ends what it started.
pub(crate) struct Desktop {
    /// The notification service and the panel.
    pub(crate) bus: Bus,
    /// The name of the display.
    pub(crate) display: String,
    bus_address: String,
    folder: TempDir,
    _bus_daemon: Ended,
    _display_server: Ended,
}

/// A program that ends with the test.
pub(crate) struct Ended(pub(crate) Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // One that ended by itself cannot be ended again.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Desktop {
    pub(crate) async fn start() -> Result<Desktop> {
        let folder = tempfile::tempdir()?;
        for name in ["runtime", "data", "cache", "config", "home", "watched", "saved"] {
            std::fs::create_dir(folder.path().join(name))?;
        }
        let private = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(folder.path().join("runtime"), private)?;

        // Each says on its standard output where it can be reached once it can be reached.
        let (display_server, number) =
            start("Xvfb", "xvfb", &["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"])?;
        let (bus_daemon, bus_address) =
            start("dbus-daemon", "dbus", &["--session", "--nofork", "--print-address=1"])?;
        Ok(Desktop {
            bus: Bus::serve(&bus_address).await?,
            display: format!(":{number}"),
            bus_address,
            folder,
            _bus_daemon: bus_daemon,
            _display_server: display_server,
        })
    }

    /// The watched folder.
    pub(crate) fn watched(&self) -> PathBuf {
        self.folder.path().join("watched")
    }

    /// Where the program saves what is exported.
    pub(crate) fn saved(&self) -> PathBuf {
        self.folder.path().join("saved")
    }

    /// The library.
    pub(crate) fn library(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    /// Puts a clipping of the samples into the watched folder.
    pub(crate) fn drop_sample(&self, name: &str) -> Result<()> {
        let sample = root().join("tests/fixtures/sample").join(name);
        std::fs::copy(&sample, self.watched().join(name)).with_context(|| sample.display().to_string())?;
        Ok(())
    }

    /// Has a program run on this desktop.
    pub(crate) fn furnish(&self, command: &mut Command) {
        let place = |name: &str| self.folder.path().join(name);
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus_address)
            .env("GDK_BACKEND", "x11")
            .env("XDG_SESSION_TYPE", "x11")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            // No accessibility bus: there is none here, and waiting for it takes seconds.
            .env("NO_AT_BRIDGE", "1")
            .env("HOME", place("home"))
            .env("XDG_RUNTIME_DIR", place("runtime"))
            .env("XDG_DATA_HOME", place("data"))
            .env("XDG_CACHE_HOME", place("cache"))
            .env("XDG_CONFIG_HOME", place("config"))
            .env("WIREWATCH_LIBRARY", self.library())
            .env("WIREWATCH_TEST_FOLDER", self.watched())
            .env("WIREWATCH_TEST_SAVE_DIR", self.saved());
    }
}

/// The top of the checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Starts a service and reads the line that says where it is.
fn start(program: &str, package: &str, arguments: &[&str]) -> Result<(Ended, String)> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{program} does not start; `apt-get install {package}` brings it"))?;
    let said = child.stdout.take().map(first_line).transpose()?.unwrap_or_default();
    let started = Ended(child);
    if said.is_empty() {
        bail!("{program} ended without a word; is another one in its way?");
    }
    Ok((started, said))
}

fn first_line(output: impl Read) -> Result<String> {
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
