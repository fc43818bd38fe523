//! Bad input: a clear message each, the others go on, the exit status says so.

use crate::world::{Page, Server, World, relations_clipping};

#[test]
fn bad_files_say_what_is_wrong_and_stop_nobody() {
    let world = World::new();
    world.drop_file("good.md", relations_clipping(1));
    world.drop_file("empty.md", "");
    world.drop_file("picture.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    std::fs::File::create(world.inbox().join("huge.txt")).unwrap().set_len(100 << 20).unwrap();
    world.add_inbox();
    let ran = world.run(["check"]);
    assert_eq!(ran.status, 1, "some input failed");
    let total = &ran.lines.last().unwrap()["total"];
    assert_eq!((total["new"].as_u64(), total["problems"].as_u64()), (Some(1), Some(3)));
    for (file, words) in [("empty.md", "empty"), ("picture.md", "PNG"), ("huge.txt", "100 MB")] {
        let line = ran.stderr.lines().find(|line| line.contains(file));
        assert!(line.is_some_and(|line| line.contains(words)), "{file}: {}", ran.stderr);
    }
}

#[test]
fn a_broken_feed_says_so_and_the_others_go_on() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/broken.xml", Page::ok("application/rss+xml", "<rss version=\"2.0\"><chan"));
    server.serve("/page.html", Page::ok("text/html", "<html><title>Shop</title><p>Buy now."));
    server.serve(
        "/good.xml",
        Page::ok("application/rss+xml", crate::world::rss(&[("1", "Rovers win", "A header.")])),
    );
    for path in ["/broken.xml", "/page.html", "/missing.xml", "/good.xml"] {
        world.done(["add", "--kind", "feed", &server.url(path)]);
    }
    let ran = world.run(["check"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.lines.last().unwrap()["total"]["new"], 1);
    assert!(ran.stderr.contains("404"), "{}", ran.stderr);
    let states: Vec<String> = world
        .done(["sources"])
        .lines
        .iter()
        .map(|source| source["state"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(states, ["failing", "failing", "failing", "ok"]);
    let messages = world.done(["sources"]).lines;
    assert!(messages.iter().take(3).all(|source| !source["message"].as_str().unwrap().is_empty()));
}

#[test]
fn what_cannot_be_added_is_refused_with_a_reason() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/", Page::ok("text/html", "<html><p>No feed here."));
    for (location, status, words) in [
        ("/no/such/folder".to_owned(), 2, "no such file"),
        ("ftp://example.org/feed".to_owned(), 2, "http and https"),
        ("http://".to_owned(), 2, "web address"),
        (server.url("/"), 1, "no feed"),
        (server.url("/missing"), 1, "404"),
        ("http://127.0.0.1:1/feed".to_owned(), 1, "no connection"),
    ] {
        let ran = world.run(["add", &location]);
        assert_eq!(ran.status, status, "{location}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{location}: {}", ran.stderr);
    }
    assert!(world.done(["sources"]).lines.is_empty());
}

#[test]
fn a_bad_query_names_the_place() {
    let world = World::new();
    let ran = world.run(["search", "russia AND (sanction"]);
    assert_eq!(ran.status, 2);
    let error = &ran.lines[0]["error"];
    assert!(error["start"].as_u64().is_some() && error["end"].as_u64().is_some(), "{error}");
    assert!(!error["message"].as_str().unwrap().is_empty());
    assert_eq!(world.run(["topics", "add", "x", "--query", "\"unclosed"]).status, 2);
    assert_eq!(world.done(["topics", "list"]).lines.len(), 3, "nothing was saved");
}

#[test]
fn wrong_usage_is_status_two() {
    let world = World::new();
    for arguments in [&["frobnicate"][..], &["show", "abc"], &["show", "99"], &["match"], &["check", "77"]] {
        assert_eq!(world.run(arguments).status, 2, "{arguments:?}");
    }
    let missing = world.path("missing.md");
    assert_eq!(world.run(["parse", missing.to_str().unwrap()]).status, 2);
}
