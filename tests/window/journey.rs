//! A working day in the window: a folder, a clipping, its alert, a search, a feed, the digest.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::desktop::Desktop;
use crate::driver::Window;
use crate::program;
use crate::screen::Screen;
use crate::site::Site;
use crate::tray::Tray;
use crate::wait::until;

/// A clipping that the topic on the United States and Russia watches for.
const CLIPPING: &str = "envoys-reopen-arms-talks.md";
const HEADLINE: &str = "Envoys Reopen Arms Talks";
const TOPIC: &str = "Russia";

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_clipping_is_announced_read_found_and_digested() -> Result<()> {
    let desktop = Desktop::start().await?;
    let window = Window::open(&desktop).await?;
    let gone = a_day(&desktop, &window).await;
    if gone.is_err() {
        // What it looked like then; there may be no window any more.
        let _ = window.picture("failed").await;
    }
    gone
}

async fn a_day(desktop: &Desktop, window: &Window) -> Result<()> {
    topics_are_shipped(window).await?;
    folder_is_watched(window).await?;
    clipping_appears(desktop, window).await?;
    alert_is_announced_and_opens(desktop, window).await?;
    search_finds_it(window).await?;
    feed_is_added_by_its_site(window).await?;
    digest_is_exported(desktop, window).await?;
    looks_are_pictured(window).await?;
    window_closes_and_the_program_stays(desktop, window).await
}

async fn topics_are_shipped(window: &Window) -> Result<()> {
    window.click("nav-topics").await?;
    window.counts("topic-row", 3).await?;
    window.picture("topics").await
}

async fn folder_is_watched(window: &Window) -> Result<()> {
    window.click("nav-sources").await?;
    window.click("add-folder").await?;
    window.sees("source-row", "watched").await?;
    // What is in a folder at its first reading is no news; what is dropped after it is.
    until("the folder's first reading", async || {
        let overview = window.run("return window.__TAURI_INTERNALS__.invoke('overview')").await?;
        Ok((overview["sources"][0]["state"] == "ok").then_some(()))
    })
    .await
}

async fn clipping_appears(desktop: &Desktop, window: &Window) -> Result<()> {
    window.click("nav-inbox").await?;
    desktop.drop_sample(CLIPPING)?;
    window.sees("article-row", HEADLINE).await?;
    window.sees("topic-chip", TOPIC).await
}

async fn alert_is_announced_and_opens(desktop: &Desktop, window: &Window) -> Result<()> {
    let note = desktop.bus.note("the notification", |note| note.title.contains(TOPIC)).await?;
    ensure!(note.body.contains(HEADLINE), "no headline: {note:?}");
    ensure!(note.body.contains("watched") && note.body.contains('“'), "no outlet or sentence: {note:?}");
    let keys: Vec<&str> = note.actions.iter().step_by(2).map(String::as_str).collect();
    ensure!(keys == ["default", "mark-read", "snooze"], "actions: {note:?}");

    let tray = Tray::find(&desktop.bus).await?;
    until("the alert in the tray", async || Ok(tray.title().await?.contains("(1)").then_some(()))).await?;
    ensure!(tray.tooltip().await?.contains("1 new alert"), "{}", tray.tooltip().await?);
    let labels: Vec<String> = tray.entries().await?.into_iter().map(|entry| entry.label).collect();
    ensure!(labels.iter().any(|label| label.contains(HEADLINE)), "the hit is in the menu: {labels:?}");

    window.click("nav-alerts").await?;
    window.sees("alert-row", HEADLINE).await?;
    window.picture("alerts").await?;

    topic_is_snoozed_by_a_click(desktop, window, note.id).await?;
    desktop.bus.click(note.id, "default").await?;
    window.sees("article-title", HEADLINE).await?;
    let hits = window.texts("hit").await?;
    ensure!(!hits.is_empty() && hits.iter().all(|hit| !hit.is_empty()), "hits are marked: {hits:?}");
    window.sees("why-panel", TOPIC).await?;
    window.picture("article").await?;

    // It was read now: the desktop needs not say it any more.
    desktop.bus.withdrawn(note.id).await?;
    until("the tray to be calm", async || Ok((tray.title().await? == "Wirewatch").then_some(()))).await
}

async fn topic_is_snoozed_by_a_click(desktop: &Desktop, window: &Window, note: u32) -> Result<()> {
    desktop.bus.click(note, "snooze").await?;
    until("the topic to be snoozed", async || {
        let overview = window.run("return window.__TAURI_INTERNALS__.invoke('overview')").await?;
        let topics = overview["topics"].as_array().cloned().unwrap_or_default();
        Ok(topics.iter().any(|topic| topic["snoozed_until"].is_string()).then_some(()))
    })
    .await?;
    window.sees("alert-row", HEADLINE).await
}

async fn search_finds_it(window: &Window) -> Result<()> {
    window.click("nav-inbox").await?;
    window.types("search-box", "warheads").await?;
    window.sees("article-row", HEADLINE).await?;
    window.types("search-box", "penguins").await?;
    window.counts("article-row", 0).await?;
    window.types("search-box", "(warheads").await?;
    window.sees("search-error", "").await?;
    window.picture("search-error").await?;
    window.types("search-box", "").await?;
    window.sees("article-row", HEADLINE).await
}

async fn feed_is_added_by_its_site(window: &Window) -> Result<()> {
    let site = Site::open()?;
    window.click("nav-sources").await?;
    window.click("add-feed").await?;
    window.types("feed-address", &site.address).await?;
    window.click("feed-submit").await?;
    window.sees("found-row", "Ferries stay in port").await?;
    window.picture("found-sources").await?;
    window.click("found-add").await?;
    window.sees("source-row", "The Harbour Wire").await?;
    window.click("nav-inbox").await?;
    window.sees("article-row", "Ferries stay in port").await?;
    window.click("nav-sources").await?;
    window.picture("sources").await
}

async fn digest_is_exported(desktop: &Desktop, window: &Window) -> Result<()> {
    window.click("nav-digest").await?;
    until("the preview of the digest", async || {
        let seen = window
            .run("return document.querySelector('[data-testid=digest-preview]')?.srcdoc.includes('Envoys')")
            .await?;
        Ok((seen == true).then_some(()))
    })
    .await?;
    window.picture("digest").await?;
    window.click("export-pdf").await?;
    let pdf = until("the PDF", async || {
        let found = std::fs::read_dir(desktop.saved())?.filter_map(Result::ok).map(|entry| entry.path());
        Ok(found.filter(|path| path.extension().is_some_and(|ending| ending == "pdf")).last())
    })
    .await?;
    window.sees("toast", "pdf").await?;
    let read = Command::new("pdftotext")
        .args([pdf.as_os_str(), "-".as_ref()])
        .output()
        .context("pdftotext does not start; `apt-get install poppler-utils` brings it")?;
    let text = String::from_utf8(read.stdout)?;
    ensure!(text.contains(HEADLINE), "the headline is in the PDF: {text}");
    Ok(())
}

/// Pictures to be looked at: both themes, and a narrow window.
async fn looks_are_pictured(window: &Window) -> Result<()> {
    window.click("nav-inbox").await?;
    window.click_where("article-row", HEADLINE, "button").await?;
    window.sees("article-title", HEADLINE).await?;
    window.picture("light").await?;
    window.run("document.documentElement.dataset.theme = 'dark'").await?;
    window.picture("dark").await?;
    window.resize(480, 800).await?;
    until("the narrow window", async || Ok((window.run("return innerWidth").await? == 480).then_some(())))
        .await?;
    window.picture("narrow").await?;
    window.resize(1180, 800).await
}

async fn window_closes_and_the_program_stays(desktop: &Desktop, window: &Window) -> Result<()> {
    let screen = Screen::open(&desktop.display)?;
    let tray = Tray::find(&desktop.bus).await?;
    let process = tray.process().await?;

    screen.ask_to_close()?;
    window.sees("close-keep", "").await?;
    window.picture("closing").await?;
    window.click("close-keep").await?;
    screen.window_goes().await?;
    ensure!(program::is_alive(process), "it goes on without a window");

    program::start_again(desktop).await?;
    screen.window_appears().await?;
    screen.ask_to_close()?;
    screen.window_goes().await?;
    ensure!(program::is_alive(process), "it was asked once and for all");

    tray.choose("Quit").await?;
    program::ended(process).await
}
