//! Digests in the window: one is planned, and a mail server that does not answer is told of.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::desktop::Desktop;
use crate::driver::Window;

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_is_planned_and_a_silent_mail_server_is_told_of() -> Result<()> {
    let desktop = Desktop::start().await?;
    let window = Window::open(&desktop).await?;
    let gone = an_evening(&window).await;
    if gone.is_err() {
        // What it looked like then; there may be no window any more.
        let _ = window.picture("failed-digests").await;
    }
    gone
}

async fn an_evening(window: &Window) -> Result<()> {
    fault_is_told_under_its_field(window).await?;
    digest_is_planned_and_listed(window).await?;
    next_edition_is_looked_at_story_by_story(window).await?;
    template_is_tried_as_it_is_typed(window).await?;
    mail_server_is_set_and_tried(window).await
}

async fn fault_is_told_under_its_field(window: &Window) -> Result<()> {
    window.click("nav-digest").await?;
    window.click("plan-digest").await?;
    window.types("plan-name", "Morning press").await?;
    window.types("plan-zone", "Middle Earth").await?;
    window.click("plan-save").await?;
    window.sees("plan-form", "is no time zone; write one such as Europe/Berlin").await?;
    window.picture("digest-fault").await
}

async fn digest_is_planned_and_listed(window: &Window) -> Result<()> {
    window.types("plan-zone", "Asia/Tok").await?;
    window.click_where("plan-form", "Asia/Tokyo", "[role=option]").await?;
    window.types("plan-at", "06:45").await?;
    window.types("plan-recipients", "Ann Lee <ann@example.org>, bob@example.org").await?;
    window.click("plan-save").await?;
    window.sees("plan-row", "Morning press").await?;
    window.sees("plan-row", "Every day at 06:45, Asia/Tokyo").await?;
    window.sees("plan-row", "no edition yet").await?;
    window.picture("digests").await?;

    let plans = window.run("return window.__TAURI_INTERNALS__.invoke('list_plans')").await?;
    let plan = &plans[0]["plan"];
    ensure!(
        plan["recipients"] == Value::from(vec!["Ann Lee <ann@example.org>", "bob@example.org"]),
        "{plan}"
    );
    ensure!(plans[0]["next"].as_str().is_some_and(|next| next.contains("T21:45:00")), "in Tokyo: {plans}");
    Ok(())
}

async fn next_edition_is_looked_at_story_by_story(window: &Window) -> Result<()> {
    window.click_where("digest-look", "Stories", "label:last-of-type").await?;
    window.sees("curate", "Nothing to report yet").await?;
    let next = window
        .run(
            "return window.__TAURI_INTERNALS__.invoke('curate', { name: 'Morning press', \
            edits: [{ kind: 'note', words: 'A quiet night.' }] })",
        )
        .await?;
    ensure!(next["curation"]["note"] == "A quiet night." && next["curated"] == true, "{next}");
    window.picture("digest-stories").await
}

async fn template_is_tried_as_it_is_typed(window: &Window) -> Result<()> {
    window.click("digest-templates").await?;
    window.types("template-text", "<h1>{{ titel }}</h1>").await?;
    window.sees("template-verdict", "Line 1: `titel` is undefined").await?;
    window.picture("template-fault").await?;
    window.types("template-text", "<h1>{{ title }}</h1>").await?;
    window.sees("template-verdict", "It can be used.").await?;
    window.click("template-save").await?;
    window.sees("toast", "Digests look so from now on").await?;
    window.click("template-reset").await?;
    window.sees("toast", "is as it comes again").await?;
    window.picture("templates").await
}

async fn mail_server_is_set_and_tried(window: &Window) -> Result<()> {
    window.click("nav-settings").await?;
    window.click("mail-settings").await?;
    window.types("mail-host", "no server").await?;
    window.types("mail-sender", "press@example.org").await?;
    window.click("mail-save").await?;
    window.sees("mail-form", "is no server's name").await?;
    // Nobody listens at this port.
    window.types("mail-host", "localhost").await?;
    window.types("mail-port", "1").await?;
    window.click("mail-save").await?;
    window.sees("toast", "Mail server saved").await?;
    window.types("mail-test-to", "ann@example.org").await?;
    window.click("mail-test").await?;
    window.sees("mail-answer", "Not sent.").await?;
    window.picture("mail").await
}
