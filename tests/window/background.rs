//! Without a window: started hidden, it watches from the tray, and the window comes when it is
//! wanted.

use anyhow::{Result, ensure};

use crate::desktop::Desktop;
use crate::program;
use crate::screen::Screen;
use crate::tray::Tray;
use crate::wait::until;

#[tokio::test(flavor = "multi_thread")]
async fn hidden_it_watches_and_a_click_on_the_tray_shows_it() -> Result<()> {
    let desktop = Desktop::start().await?;
    let screen = Screen::open(&desktop.display)?;
    let _program = program::start(&desktop, &["--hidden"])?;
    let tray = Tray::find(&desktop.bus).await?;
    let process = tray.process().await?;
    ensure!(!screen.has_window()?, "hidden is hidden");

    let entries = tray.entries().await?;
    let labels: Vec<&str> = entries.iter().map(|entry| entry.label.as_str()).collect();
    ensure!(
        labels
            == [
                "No new alerts · nothing is watched yet",
                "Open Wirewatch",
                "Check now",
                "Pause alerts for an hour",
                "Pause alerts till tomorrow",
                "Digest now…",
                "Quit",
            ],
        "{labels:?}"
    );
    ensure!(!entries[0].enabled && entries[1].enabled, "the first line says how things stand: {entries:?}");

    tray.choose("Pause alerts for an hour").await?;
    until("the pause", async || Ok(tray.tooltip().await?.starts_with("Alerts paused until").then_some(())))
        .await?;
    tray.choose("Resume alerts").await?;
    until("alerts to go on", async || Ok(tray.tooltip().await?.starts_with("No new").then_some(()))).await?;

    tray.activate().await?;
    screen.window_appears().await?;
    tray.choose("Quit").await?;
    program::ended(process).await
}
