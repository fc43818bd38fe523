//! Hands the configuration to Tauri, and says so in time if the window was not built.

use std::path::Path;

/// Where the window's files lie, seen from here; `tauri.conf.json` says the same.
const WINDOW: &str = "../ui/dist";

fn main() {
    println!("cargo:rerun-if-changed={WINDOW}");
    assert!(
        Path::new(WINDOW).join("index.html").exists(),
        "the window is not built: run `npm --prefix ui ci && npm --prefix ui run build` first"
    );
    tauri_build::build();
}
