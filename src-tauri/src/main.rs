//! Wirewatch on the desktop: a window, a tray icon and notifications around the monitor.
//!
//! The only room that knows Tauri. What the window asks is answered in [`commands`], what happens
//! is told it by [`live`]; both speak the types of [`wire`]. Everything that watches, matches and
//! composes is in `wirewatch-monitor`, which runs the same without this program.
//!
//! Not in here: anything that a command line would want as well.

// A console window of its own would pop up beside the program on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod alerting;
mod arguments;
mod chooser;
mod commands;
mod handover;
mod live;
mod notify;
mod settings;
mod setup;
mod shell;
mod tray;
mod window;
mod wire;

use std::io::{self, Read as _, Write as _};
use std::process::ExitCode;

use tracing_subscriber::EnvFilter;
use wirewatch_digest::pdf_from_job;

use crate::arguments::Invocation;

fn main() -> ExitCode {
    let done = match Invocation::read(std::env::args_os().skip(1)) {
        Invocation::RenderPdf => render_pdf(),
        Invocation::Version => writeln!(io::stdout(), "Wirewatch {}", env!("CARGO_PKG_VERSION")),
        Invocation::Run(launch) => {
            log_to_standard_error();
            return setup::run(launch);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Whoever started this reads the reason here; if it does not listen, so be it.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn render_pdf() -> io::Result<()> {
    let mut encoded = Vec::new();
    io::stdin().read_to_end(&mut encoded)?;
    let pdf = pdf_from_job(&encoded).map_err(io::Error::other)?;
    io::stdout().write_all(&pdf)
}

/// Warnings and worse, unless `RUST_LOG` asks for more.
fn log_to_standard_error() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
}
