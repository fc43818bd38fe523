//! Digests by mail: a real server with TLS and a login, that takes, refuses, delays and drops.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

use crate::world::{World, relations_clipping, until};

struct MailServer {
    child: Child,
    port: u64,
    taken: Receiver<Value>,
    authority: PathBuf,
}

impl MailServer {
    fn start(world: &World, security: &str) -> MailServer {
        let (certificate, key) = certificate(world);
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/acceptance/mail_server.py");
        let mut child = Command::new(python())
            .arg(script)
            .args([Path::new(security), &certificate, &key])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port = lines.next().expect("the server says its port").parse().unwrap();
        let (send, taken) = channel();
        std::thread::spawn(move || {
            lines.for_each(|line| drop(send.send(serde_json::from_str(&line).unwrap())));
        });
        MailServer { child, port, taken, authority: certificate }
    }

    fn message(&self) -> Value {
        self.taken.recv_timeout(Duration::from_secs(60)).expect("the server took a message")
    }

    /// Tells the library of this server and of the password that the user types.
    fn set(&self, world: &World, security: &str) {
        let port = self.port.to_string();
        let mut child = world
            .command()
            .args([
                "mail",
                "set",
                "localhost",
                "--from",
                "Press office <press@example.org>",
                "--user",
                "press",
            ])
            .args(["--security", security, "--port", &port, "--certificates"])
            .arg(&self.authority)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(b"\n").unwrap();
        assert!(child.wait().unwrap().success());
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A Python that has the mail server's library (Debian: python3-aiosmtpd).
fn python() -> &'static str {
    ["python3", "/usr/bin/python3", "python"]
        .into_iter()
        .find(|python| {
            let mut probe = Command::new(python);
            probe.args(["-c", "import aiosmtpd"]).stderr(Stdio::null());
            probe.status().is_ok_and(|status| status.success())
        })
        .expect("a Python with aiosmtpd is needed for this test")
}

fn certificate(world: &World) -> (PathBuf, PathBuf) {
    let (certificate, key) = (world.path("mail.pem"), world.path("mail.key"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"])
        .args(["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-out")
        .arg(&certificate)
        .arg("-keyout")
        .arg(&key)
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(made.success(), "openssl makes a certificate");
    (certificate, key)
}

fn world() -> World {
    let world = World::new();
    world.drop_file("1.md", relations_clipping(1));
    world.done([Path::new("add"), &world.inbox(), Path::new("--alert-existing")]);
    world.check();
    world
}

/// Runs the command with the password that a machine without a keyring is given.
fn with_password(world: &World, password: &str, arguments: &[&str]) -> (i32, Value) {
    let output = world.command().env("WIREWATCH_MAIL_PASSWORD", password).args(arguments).output().unwrap();
    let line = String::from_utf8(output.stdout).unwrap();
    let line = line.lines().next().unwrap_or("null").to_owned();
    (output.status.code().unwrap(), serde_json::from_str(&line).unwrap())
}

#[test]
fn a_message_goes_out_over_both_kinds_of_private_line() {
    for security in ["starttls", "tls"] {
        let world = world();
        let server = MailServer::start(&world, security);
        server.set(&world, security);
        let (status, line) = with_password(&world, "correct horse", &["mail", "test", "ann@example.org"]);
        assert_eq!(status, 0, "{security}: {line}");
        let message = server.message();
        assert_eq!(
            (message["to"][0].as_str(), message["user"].as_str(), message["tls"].as_bool()),
            (Some("ann@example.org"), Some("press"), Some(true)),
            "{security}"
        );
    }
}

#[test]
fn what_is_wrong_is_said_in_words_that_help() {
    let world = world();
    let server = MailServer::start(&world, "starttls");
    server.set(&world, "starttls");
    let said = |password: &str, to: &str| {
        let (status, line) = with_password(&world, password, &["mail", "test", to]);
        assert_eq!(status, 1, "{line}");
        line["message"].as_str().unwrap().to_owned()
    };
    assert!(said("wrong", "ann@example.org").contains("password"));
    assert!(said("correct horse", "unknown@example.org").contains("no such user"));
    assert!(said("correct horse", "greylisted@example.org").contains("greylisted"));
    assert!(said("correct horse", "dropped@example.org").contains("may have been delivered"));

    // The server's certificate is none that the system knows.
    let port = server.port.to_string();
    let set = [
        "mail",
        "set",
        "localhost",
        "--from",
        "press@example.org",
        "--security",
        "starttls",
        "--port",
        &port,
    ];
    let output = world.command().args(set).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success());
    assert!(said("correct horse", "ann@example.org").contains("certificate"));

    drop(server);
    assert!(!said("correct horse", "ann@example.org").is_empty(), "nobody listens any more");
}

#[test]
fn an_open_line_to_another_machine_is_refused() {
    let world = World::new();
    let ran = world.run(["mail", "set", "smtp.example.org", "--from", "a@example.org", "--security", "none"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("starttls"), "it says what to use: {}", ran.stderr);
}

#[test]
fn send_now_mails_the_digest_to_its_recipients() {
    let world = world();
    let server = MailServer::start(&world, "starttls");
    server.set(&world, "starttls");
    world.done(["digests", "set", "Morning", "--to", "ann@example.org", "--to", "Боб <bob@example.org>"]);
    let (status, line) = with_password(&world, "correct horse", &["digest", "Morning", "--send"]);
    assert_eq!((status, line["sent"].as_array().map(Vec::len)), (0, Some(2)), "{line}");
    let (first, second) = (server.message(), server.message());
    assert_eq!(first["id"], second["id"], "one digest is one message, whoever gets it");
    assert!(first["size"].as_u64().unwrap() > 10_000, "the PDF is with it");
}

#[test]
fn a_digest_that_is_sent_says_who_got_it_and_who_not_and_is_kept() {
    let world = world();
    let server = MailServer::start(&world, "starttls");
    server.set(&world, "starttls");
    let names = ["ann", "unknown", "greylisted", "dropped"].map(|name| format!("{name}@example.org"));
    let to = names.iter().flat_map(|name| ["--to", name]);
    world.done(["digests", "set", "Morning"].into_iter().chain(to));
    let (status, line) = with_password(&world, "correct horse", &["digest", "Morning", "--send"]);
    assert_eq!((status, &line["sent"]), (1, &Value::from(vec!["ann@example.org"])), "{line}");
    let state = |name: &str| {
        let told = line["not_sent"].as_array().unwrap().iter();
        told.clone().find(|one| one["to"] == format!("{name}@example.org")).unwrap()["state"].clone()
    };
    assert_eq!([state("unknown"), state("greylisted"), state("dropped")], ["failed", "waiting", "uncertain"]);

    let editions = world.done(["digests", "editions", "Morning"]).lines;
    assert_eq!((editions.len(), &editions[0]["by_hand"]), (1, &Value::Bool(true)), "{editions:?}");
    assert_eq!(editions[0]["id"], line["edition"]);
    let plans = world.done(["digests", "list"]).lines;
    assert_eq!(plans[0]["last"], Value::Null, "the planned one comes all the same");

    let number = line["edition"].to_string();
    let message = world.path("sent.eml");
    world.done(["digests", "export", "Morning", &number, "--eml", message.to_str().unwrap()]);
    let message = std::fs::read_to_string(message).unwrap();
    assert!(message.contains(server.message()["id"].as_str().unwrap()), "what was sent is what is kept");
    let again = world.done(["digests", "resend", "Morning", &number]).lines;
    assert_eq!(again[0]["waiting"], 2, "what failed and what may have arrived, when the user says so");
}

#[test]
fn a_planned_digest_comes_out_once_and_reaches_those_it_can() {
    let world = world();
    let server = MailServer::start(&world, "starttls");
    server.set(&world, "starttls");
    let due = chrono::Utc::now() + chrono::TimeDelta::minutes(1);
    let folder = world.path("digests");
    let plan = [
        "digests",
        "set",
        "Morning",
        "--zone",
        "UTC",
        "--to",
        "ann@example.org",
        "--to",
        "unknown@example.org",
    ];
    world.done(
        plan.into_iter()
            .chain(["--to", "dropped@example.org", "--at", &due.format("%H:%M").to_string()])
            .chain(["--folder", folder.to_str().unwrap()]),
    );

    let run = || {
        let mut command = world.command();
        command.arg("watch").env("WIREWATCH_MAIL_PASSWORD", "correct horse").stdout(Stdio::null());
        command.spawn().unwrap()
    };
    let mut watch = run();
    let settled = || {
        let ran = world.run(["digests", "editions"]);
        let deliveries = ran.lines.first()?["deliveries"].as_array()?.clone();
        let open = |state: &Value| ["waiting", "sending"].iter().any(|open| state == open);
        let done = !deliveries.is_empty() && !deliveries.iter().any(|one| open(&one["state"]));
        done.then_some(deliveries)
    };
    let deliveries = until_due("the edition is made and sent", settled);
    let state = |to: &str| {
        deliveries.iter().find(|one| one["to"] == to).unwrap_or(&Value::Null)["state"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(state("ann@example.org"), "done");
    assert_eq!(state("unknown@example.org"), "failed");
    assert_eq!(state("dropped@example.org"), "uncertain", "never sent again unasked");
    assert_eq!(state(folder.to_str().unwrap()), "done");
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");

    // Killed and started again: nothing is made or sent twice.
    watch.kill().unwrap();
    watch.wait().unwrap();
    let mut watch = run();
    world.drop_file("2.md", relations_clipping(2));
    until("the second run has looked round", || world.run(["articles"]).lines.len().ge(&2).then_some(()));
    watch.kill().unwrap();
    watch.wait().unwrap();
    assert_eq!(world.run(["digests", "editions"]).lines.len(), 1);
    let taken: Vec<Value> = server.taken.try_iter().collect();
    let to =
        |name: &str| taken.iter().filter(|message| message["to"][0] == format!("{name}@example.org")).count();
    assert_eq!((to("ann"), to("dropped")), (1, 1), "{taken:?}");

    let date = due.format("%Y-%m-%d").to_string();
    let pdf = world.path("again.pdf");
    world.done(["digests", "export", "Morning", &date, "--pdf", pdf.to_str().unwrap()]);
    assert_eq!(std::fs::read(&pdf).unwrap(), std::fs::read(&files[0]).unwrap(), "the same, byte for byte");
}

/// As `until`, for what happens at a minute of the clock.
fn until_due<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let begin = std::time::Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(begin.elapsed() < Duration::from_secs(180), "waited too long for: {what}");
    }
}
