//! Sources that are watched: changed, paused, looked at closely; and the packs to begin with.

use std::path::Path;

use serde_json::Value;

use crate::world::{Page, Server, World, rss, sports_clipping};

const ROVERS: (&str, &str, &str) = ("old", "Rovers win", "A header.");

fn feed() -> Page {
    Page::ok("application/rss+xml", rss(&[ROVERS]))
}

fn only_source(world: &World) -> Value {
    world.done(["sources", "show", "1"]).lines[0].clone()
}

#[test]
fn a_paused_source_is_left_alone_until_it_is_resumed_or_named() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/feed", feed());
    world.done(["add", "--kind", "feed", &server.url("/feed")]);
    let paused = world.done(["sources", "pause", "1"]).lines;
    assert_eq!(paused[0]["state"], "paused");
    world.check();
    assert!(server.log().is_empty(), "{:?}", server.log());
    world.done(["check", "1"]);
    assert_eq!(server.log().len(), 1, "the user named it");
    assert_eq!(world.done(["sources"]).lines[0]["state"], "paused", "and it is paused all the same");
    world.done(["sources", "resume", "1"]);
    world.check();
    assert_eq!((server.log().len(), &only_source(&world)["state"]), (2, &Value::from("ok")));
    for verb in [&["sources", "pause", "9"][..], &["sources", "--receipts", "9"], &["alerts", "mute", "9"]] {
        let ran = world.run(verb);
        let told = "in the library; `wirewatch sources` lists what is there";
        assert!(ran.status == 2 && ran.stderr.contains(told), "{verb:?}: {}", ran.stderr);
    }
}

#[test]
fn a_paused_folder_is_not_read() {
    let world = World::new();
    world.add_inbox();
    world.done(["sources", "pause", "1"]);
    world.drop_file("rovers.md", sports_clipping(1));
    assert_eq!(world.check()["new"], 0);
    world.done(["sources", "resume", "1"]);
    assert_eq!(world.check()["new"], 1);
}

#[test]
fn a_source_is_changed_piece_by_piece() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/new", feed());
    world.done(["add", "--kind", "feed", "--level", "urgent", "--every", "5", &server.url("/old")]);
    assert_eq!(only_source(&world)["level"], "urgent");
    assert_eq!(world.check()["problems"], 1, "there is nothing");
    let set = |arguments: &[&str]| world.done([&["sources", "set", "1"][..], arguments].concat());
    set(&["--location", &server.url("/new"), "--name", "Harbour", "--label", "Harbours", "--every", "auto"]);
    let changed = only_source(&world);
    assert_eq!((&changed["name"], &changed["every"]), (&Value::from("Harbour"), &Value::Null));
    assert_eq!((&changed["level"], &changed["state"]), (&Value::from("urgent"), &Value::from("new")));
    assert_eq!(world.check()["new"], 1, "what was said of the old place does not hold for the new one");
    assert_eq!(world.done(["articles"]).lines.len(), 1);
    set(&["--level", "topics", "--label", "", "--header", "X-Key: hush"]);
    let changed = only_source(&world);
    assert_eq!((&changed["level"], &changed["label"]), (&Value::Null, &Value::Null));
    assert_eq!(changed["headers"], serde_json::json!(["X-Key"]));
    assert!(!changed.to_string().contains("hush"), "the value of a header is a secret");
    let said = world.said(["sources", "show", "1"]);
    assert!(said.contains("headers: X-Key") && !said.contains("hush"), "{said}");
    set(&["--header", "", "--select", "li a", "--proxy", "direct"]);
    let changed = only_source(&world);
    assert_eq!((&changed["headers"], &changed["proxy"]), (&serde_json::json!([]), &Value::from("direct")));
    set(&["--select", "", "--proxy", ""]);
    let changed = only_source(&world);
    assert_eq!((&changed["select"], &changed["proxy"]), (&Value::Null, &Value::Null));
    for (option, wrong, way) in [("--every", "0", "auto"), ("--level", "loud", "topics")] {
        let ran = world.run(["sources", "set", "1", option, wrong]);
        assert!(ran.status == 2 && ran.stderr.contains(way), "{option}: {}", ran.stderr);
    }
    assert_eq!(world.run(["sources", "set", "1"]).status, 2, "nothing was to be changed");
    assert_eq!(world.run(["sources", "set", "1", "--proxy", "nonsense"]).status, 2);
}

#[test]
fn a_source_shows_its_days_its_files_and_what_was_wrong() {
    let world = World::new();
    world.drop_file("rovers.md", sports_clipping(1));
    world.drop_file("empty.md", "");
    world.add_inbox();
    world.check();
    let folder = only_source(&world);
    assert_eq!((&folder["files"], &folder["files_without_result"]), (&2.into(), &1.into()));
    assert_eq!(folder["days"].as_array().unwrap().len(), 30);

    let server = Server::start();
    let broken = rss(&[ROVERS]).replace("</channel></rss>", "");
    server.serve("/feed", Page::ok("application/rss+xml", broken));
    world.done(["add", "--kind", "feed", &server.url("/feed")]);
    world.run(["check", "2"]);
    let problems = || world.done(["sources", "show", "2"]).lines[0]["problems"].clone();
    assert!(problems()[0].as_str().unwrap().contains("breaks off"), "{}", problems());
    world.run(["check", "2"]);
    assert!(!problems().as_array().unwrap().is_empty(), "an unchanged answer is no better than it was");
    server.serve("/feed", feed());
    world.done(["check", "2"]);
    assert_eq!(problems(), serde_json::json!([]), "it was mended");
}

#[test]
fn a_starter_pack_is_added_once_and_asks_nobody() {
    let world = World::new();
    let packs = world.done(["sources", "packs"]).lines;
    assert!(packs.len() >= 5, "{packs:?}");
    let first = packs[0]["pack"].as_str().unwrap();
    let feeds = world.done(["sources", "packs", first]).lines;
    assert!(feeds.iter().all(|feed| feed["watched"] == false));
    let total =
        |world: &World| world.done(["import", "--pack", first]).lines.last().unwrap()["total"].clone();
    assert_eq!(total(&world)["added"], feeds.len());
    assert_eq!((&total(&world)["added"], &total(&world)["known"]), (&0.into(), &feeds.len().into()));
    let sources = world.done(["sources"]).lines;
    assert!(sources.iter().all(|source| source["last_checked"].is_null() && source["state"] == "new"));
    assert!(world.done(["sources", "packs", first]).lines.iter().all(|feed| feed["watched"] == true));
    let unknown = world.run(["import", "--pack", "nonsense"]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.stderr.contains(first), "it names those that there are: {}", unknown.stderr);
    assert_eq!(world.run(["import"]).status, 2);
    assert_eq!(
        world.run([Path::new("import"), Path::new("--pack"), Path::new(first), Path::new("x")]).status,
        2
    );
}

#[test]
fn a_preview_knows_what_is_watched_and_looks_with_what_is_given() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/feed", Page { wants: Some("Basic YW5uOmh1c2g="), ..feed() });
    let preview = || {
        let mut command = world.command();
        command.env("WIREWATCH_PASSWORD_127_0_0_1", "hush");
        command.args(["add", "--preview", "--user", "ann", &server.url("/feed")]).output().unwrap()
    };
    let said = |output: std::process::Output| -> Value { serde_json::from_slice(&output.stdout).unwrap() };
    assert_eq!(world.run(["add", "--preview", &server.url("/feed")]).status, 1, "it is locked");
    let found = said(preview());
    assert_eq!((&found["articles"], &found["watched"]), (&1.into(), &false.into()));
    assert!(world.done(["sources"]).lines.is_empty(), "a preview adds nothing");
    world.done(["add", "--kind", "feed", "--user", "ann", &server.url("/feed")]);
    assert_eq!(said(preview())["watched"], true);
}
