//! A library, a folder and a server of a test's own.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// Nothing here takes longer unless it hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// How a machine may be set, and no test depend on: its proxy would be asked for the test's own server.
const SURROUNDINGS: [&str; 7] =
    ["RUST_LOG", "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

/// A place of a test's own.
pub(crate) struct World {
    folder: TempDir,
}

/// What a command said and how it ended.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) lines: Vec<Value>,
    pub(crate) stderr: String,
}

impl World {
    pub(crate) fn new() -> World {
        let world = World { folder: TempDir::new().unwrap() };
        std::fs::create_dir(world.inbox()).unwrap();
        world
    }

    /// The watched folder.
    pub(crate) fn inbox(&self) -> PathBuf {
        self.path("inbox")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file into the watched folder, finished at once.
    pub(crate) fn drop_file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.inbox().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Runs `wirewatch --json` with the test's library.
    pub(crate) fn run<S: AsRef<std::ffi::OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ran {
        let output = self.command().args(arguments).output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        let lines = stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
            .collect();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        Ran { status: output.status.code().unwrap_or(-1), lines, stderr }
    }

    /// Runs it and insists that it did what it was asked.
    pub(crate) fn done<S: AsRef<std::ffi::OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        ran
    }

    /// What it says to people, where it does what it was asked.
    pub(crate) fn said<S: AsRef<std::ffi::OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> String {
        let output = self.spoken().args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Watches the folder.
    pub(crate) fn add_inbox(&self) {
        self.done([Path::new("add"), &self.inbox()]);
    }

    /// One pass; its totals.
    pub(crate) fn check(&self) -> Value {
        let ran = self.run(["check"]);
        assert!(ran.status <= 1, "{}", ran.stderr);
        ran.lines.last().unwrap()["total"].clone()
    }

    /// Starts `watch` and reads its alerts as they come.
    pub(crate) fn watch(&self) -> Watching {
        let mut child = self.command().arg("watch").stdout(Stdio::piped()).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (send, alerts) = channel();
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                let _ = send.send(serde_json::from_str(&line).unwrap());
            }
        });
        Watching { child, alerts }
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = self.spoken();
        command.arg("--json");
        command
    }

    /// The command as people type it.
    fn spoken(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wirewatch"));
        command.arg("--library").arg(self.path("library"));
        for name in SURROUNDINGS {
            command.env_remove(name);
        }
        command
    }
}

/// A running `watch`; killed when dropped.
pub(crate) struct Watching {
    child: Child,
    alerts: Receiver<Value>,
}

impl Watching {
    /// The next alert.
    pub(crate) fn alert(&self) -> Value {
        self.alerts.recv_timeout(PATIENCE).expect("an alert was raised")
    }

    /// An alert, if one is raised within this time.
    pub(crate) fn alert_within(&self, time: Duration) -> Option<Value> {
        self.alerts.recv_timeout(time).ok()
    }

    /// Kills it, and gives what it had said by then.
    pub(crate) fn kill(mut self) -> Vec<Value> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.alerts.iter().collect()
    }

    /// Ends it as a user does, and gives what it still had to say.
    pub(crate) fn stop(mut self) -> Vec<Value> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        assert!(self.child.wait().unwrap().success(), "watch stops cleanly");
        self.alerts.iter().collect()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until something holds.
pub(crate) fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(begin.elapsed() < PATIENCE, "waited too long for: {what}");
        std::thread::yield_now();
    }
}

/// What a server answers at a path.
#[derive(Clone, Default)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// The `Authorization` without which it is not given.
    pub(crate) wants: Option<&'static str>,
}

impl Page {
    pub(crate) fn ok(content_type: &str, body: impl Into<Vec<u8>>) -> Page {
        let headers = vec![("Content-Type", content_type.to_owned())];
        Page { status: 200, headers, body: body.into(), ..Page::default() }
    }

    pub(crate) fn status(status: u16) -> Page {
        Page { status, ..Page::default() }
    }
}

/// A real HTTP server on loopback with a log of what it was asked.
pub(crate) struct Server {
    address: String,
    pages: Arc<Mutex<HashMap<String, Page>>>,
    log: Arc<Mutex<Vec<(String, u16)>>>,
    server: Arc<tiny_http::Server>,
}

impl Server {
    pub(crate) fn start() -> Server {
        let server = Arc::new(tiny_http::Server::http("127.0.0.1:0").unwrap());
        let address = format!("http://{}", server.server_addr().to_ip().unwrap());
        let pages: Arc<Mutex<HashMap<String, Page>>> = Arc::default();
        let log: Arc<Mutex<Vec<(String, u16)>>> = Arc::default();
        let (served, seen, answering) = (pages.clone(), log.clone(), server.clone());
        std::thread::spawn(move || {
            for request in answering.incoming_requests() {
                let page =
                    served.lock().unwrap().get(request.url()).cloned().unwrap_or_else(|| Page::status(404));
                let page = match page {
                    page if is_locked(&request, &page) => Page::status(401),
                    page if is_unchanged(&request, &page) => Page::status(304),
                    page => page,
                };
                seen.lock().unwrap().push((request.url().to_owned(), page.status));
                let mut response = tiny_http::Response::from_data(page.body).with_status_code(page.status);
                for (name, value) in page.headers {
                    response.add_header(tiny_http::Header::from_bytes(name, value).unwrap());
                }
                // The other side may have hung up.
                let _ = request.respond(response);
            }
        });
        Server { address, pages, log, server }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    pub(crate) fn serve(&self, path: &str, page: Page) {
        self.pages.lock().unwrap().insert(path.to_owned(), page);
    }

    /// Every request so far: path and status.
    pub(crate) fn log(&self) -> Vec<(String, u16)> {
        self.log.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.server.unblock();
    }
}

fn is_locked(request: &tiny_http::Request, page: &Page) -> bool {
    let shown = request.headers().iter().find(|header| header.field.equiv("Authorization"));
    page.wants.is_some() && shown.map(|header| header.value.as_str()) != page.wants
}

fn is_unchanged(request: &tiny_http::Request, page: &Page) -> bool {
    let etag = page.headers.iter().find(|(name, _)| *name == "ETag").map(|(_, value)| value);
    let asked = request.headers().iter().find(|header| header.field.equiv("If-None-Match"));
    etag.is_some() && asked.map(|header| header.value.as_str()) == etag.map(String::as_str)
}

/// A clipping that the shipped topic `us-russia` flags.
pub(crate) fn relations_clipping(number: usize) -> String {
    format!(
        "# Envoys meet for the {number}th time\n\nBy [Harbour Wire](#)\n\nSeptember 3, 2025\n\n\
         American and Russian negotiators met in Geneva for talks on relations between Washington and Moscow, \
         round {number}.\n\nThe U.S. delegation and the Russian side agreed to go on.\n\n\
         Original url:\n\n<https://news.example.org/talks/{number}>\n"
    )
}

/// A clipping that no shipped topic flags.
pub(crate) fn sports_clipping(number: usize) -> String {
    format!(
        "# Rovers win match {number}\n\nBy [Tom Ashe](#)\n\nApril 12, 2025\n\n\
         A header in the last minute of match {number} gave the Rovers a win. \"They made us work for it,\" said \
         their captain.\n"
    )
}

/// An RSS feed of these items: guid, title, text.
pub(crate) fn rss(items: &[(&str, &str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(id, title, text)| {
            format!(
                "<item><guid isPermaLink=\"false\">{id}</guid><title>{title}</title>\
                 <link>https://news.example.org/{id}</link><pubDate>Tue, 14 May 2019 10:00:00 GMT</pubDate>\
                 <description>{text}</description></item>"
            )
        })
        .collect();
    format!(
        "<rss version=\"2.0\"><channel><title>Harbour Wire</title><link>https://news.example.org/</link>{items}</channel></rss>"
    )
}
