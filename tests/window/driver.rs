//! The window, driven through WebDriver as a user would.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::desktop::{Desktop, Ended, root};
use crate::program::program;
use crate::wait::until;

/// The driver of WebKitGTK, where Debian puts it.
const WEBKIT_DRIVER: &str = "/usr/bin/WebKitWebDriver";

/// A program whose window is driven.
pub(crate) struct Window {
    client: Client,
    _driver: Ended,
}

impl Window {
    /// Starts the program with its window.
    pub(crate) async fn open(desktop: &Desktop) -> Result<Window> {
        if !Path::new(WEBKIT_DRIVER).exists() {
            bail!("{WEBKIT_DRIVER} is not there; `apt-get install webkit2gtk-driver` brings it");
        }
        let (port, native_port) = free_ports()?;
        let mut command = Command::new("tauri-driver");
        command
            .args(["--port", &port.to_string(), "--native-port", &native_port.to_string()])
            .args(["--native-driver", WEBKIT_DRIVER])
            .stdout(Stdio::null());
        desktop.furnish(&mut command);
        let driver = command.spawn().context(
            "tauri-driver does not start; `cargo install tauri-driver --version 2.1.0 --locked` brings it",
        )?;
        let driver = Ended(driver);
        let wanted = [
            ("browserName".to_owned(), json!("wry")),
            ("tauri:options".to_owned(), json!({ "application": program()? })),
        ];
        let address = format!("http://127.0.0.1:{port}");
        let client = until("a WebDriver session", async || {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(wanted.clone().into_iter().collect());
            Ok(Some(builder.connect(&address).await?))
        })
        .await?;
        Ok(Window { client, _driver: driver })
    }

    /// The texts of everything that bears a test id, top to bottom.
    pub(crate) async fn texts(&self, id: &str) -> Result<Vec<String>> {
        const SCRIPT: &str =
            "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText)";
        let texts = self.client.execute(SCRIPT, vec![Value::from(selector(id))]).await?;
        Ok(serde_json::from_value(texts)?)
    }

    /// Waits until something that bears a test id has a text in it.
    pub(crate) async fn sees(&self, id: &str, text: &str) -> Result<()> {
        let seen = until(&format!("{text:?} in {id:?}"), async || {
            Ok(self.texts(id).await?.iter().any(|found| found.contains(text)).then_some(()))
        })
        .await;
        match seen {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("{:#?}", self.texts(id).await))),
        }
    }

    /// Waits until there are so many of a test id.
    pub(crate) async fn counts(&self, id: &str, wanted: usize) -> Result<()> {
        until(&format!("{wanted} of {id:?}"), async || {
            Ok((self.texts(id).await?.len() == wanted).then_some(()))
        })
        .await
    }

    /// Clicks the first of a test id, once it is there.
    pub(crate) async fn click(&self, id: &str) -> Result<()> {
        self.click_within(id, "").await
    }

    /// Clicks what a selector finds in the first of a test id, once it is there.
    pub(crate) async fn click_within(&self, id: &str, inner: &str) -> Result<()> {
        let css = format!("{} {inner}", selector(id));
        until(&format!("a click on {css}"), async || {
            // A list that is drawn anew between the two is no trouble: it is tried again.
            self.client.find(Locator::Css(css.trim())).await?.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Clicks the first of a test id that has a text in it, or what a selector finds in it.
    pub(crate) async fn click_where(&self, id: &str, text: &str, inner: &str) -> Result<()> {
        const SCRIPT: &str = "const one = [...document.querySelectorAll(arguments[0])]
            .find((one) => one.innerText.includes(arguments[1]));
            const target = arguments[2] ? one?.querySelector(arguments[2]) : one;
            target?.click(); return Boolean(target)";
        let arguments = vec![Value::from(selector(id)), Value::from(text), Value::from(inner)];
        until(&format!("a click on {id:?} with {text:?}"), async || {
            let clicked = self.client.execute(SCRIPT, arguments.clone()).await?;
            Ok((clicked == Value::Bool(true)).then_some(()))
        })
        .await
    }

    /// Types into the first of a test id, in place of what is there.
    pub(crate) async fn types(&self, id: &str, text: &str) -> Result<()> {
        let field = until(&format!("the field {id:?}"), async || {
            Ok(Some(self.client.find(Locator::Css(&selector(id))).await?))
        })
        .await?;
        // The driver takes a field for visible of which only the edge is.
        let script = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })";
        self.client.execute(script, vec![Value::from(selector(id))]).await?;
        field.click().await?;
        // Typed over what is selected: clearing a field tells its page nothing in WebKit.
        let script = "document.querySelector(arguments[0]).select()";
        self.client.execute(script, vec![Value::from(selector(id))]).await?;
        const BACKSPACE: &str = "\u{E003}";
        field.send_keys(if text.is_empty() { BACKSPACE } else { text }).await?;
        Ok(())
    }

    /// Runs a script and answers with what it returns.
    pub(crate) async fn run(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    pub(crate) async fn resize(&self, width: u32, height: u32) -> Result<()> {
        Ok(self.client.set_window_size(width, height).await?)
    }

    /// Leaves a picture of the window among the artefacts, as it looks once it is drawn.
    pub(crate) async fn picture(&self, name: &str) -> Result<()> {
        // The first frame draws what changed, the second begins when that is done.
        const DRAWN: &str = "return new Promise((done) =>
            requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
        self.run(DRAWN).await?;
        let folder = artefacts()?;
        Ok(std::fs::write(folder.join(format!("{name}.png")), self.client.screenshot().await?)?)
    }
}

/// Where pictures are left.
fn artefacts() -> Result<PathBuf> {
    let folder = root().join("tests/artefacts");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn selector(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}

/// Two ports that nobody uses now.
fn free_ports() -> Result<(u16, u16)> {
    let (one, other) = (TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?);
    Ok((one.local_addr()?.port(), other.local_addr()?.port()))
}
