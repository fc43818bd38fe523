//! Proxies: the system's, that of all sources, that of one.

use crate::world::{Page, Server, World, rss};

const ROVERS: (&str, &str, &str) = ("old", "Rovers win", "A header.");
/// A name that nobody but the proxy knows (RFC 6761: `.test` is never registered).
const FAR: &str = "http://news.wirewatch.test/feed";

fn feed() -> Page {
    Page::ok("application/rss+xml", rss(&[ROVERS]))
}

/// A proxy that knows the far feed: a server that is asked for whole addresses.
fn proxy() -> Server {
    let proxy = Server::start();
    proxy.serve(FAR, feed());
    proxy
}

fn paths(server: &Server) -> Vec<String> {
    server.log().into_iter().map(|(path, _)| path).collect()
}

#[test]
fn a_source_with_a_proxy_of_its_own_is_asked_through_it_and_the_others_are_not() {
    let (world, proxy, near) = (World::new(), proxy(), Server::start());
    near.serve("/feed", feed());
    world.done(["add", "--kind", "feed", "--proxy", &proxy.url(""), FAR]);
    world.done(["add", "--kind", "feed", &near.url("/feed")]);
    assert_eq!(world.check()["problems"], 0);
    assert_eq!(paths(&proxy), [FAR]);
    assert_eq!(paths(&near), ["/feed"]);
    let shown = &world.done(["sources", "show", "1"]).lines[0];
    assert_eq!(shown["proxy"], proxy.url(""));
}

#[test]
fn the_proxy_of_all_sources_is_a_setting_and_one_source_can_do_without() {
    let (world, proxy, near) = (World::new(), proxy(), Server::start());
    near.serve("/feed", feed());
    world.done(["settings", "set", "proxy", &proxy.url("")]);
    world.done(["add", "--kind", "feed", FAR]);
    world.done(["add", "--kind", "feed", "--proxy", "direct", &near.url("/feed")]);
    assert_eq!(world.check()["problems"], 0);
    assert_eq!((paths(&proxy), paths(&near)), (vec![FAR.to_owned()], vec!["/feed".to_owned()]));
}

#[test]
fn the_systems_proxy_is_used_where_none_is_named() {
    let (world, proxy) = (World::new(), proxy());
    world.done(["add", "--kind", "feed", FAR]);
    let mut command = world.command();
    command.env("http_proxy", proxy.url("")).env_remove("no_proxy").env_remove("NO_PROXY").arg("check");
    assert!(command.output().unwrap().status.success());
    assert_eq!(paths(&proxy), [FAR]);
}

#[test]
fn a_preview_and_the_pages_of_articles_go_by_the_proxy_of_their_source() {
    let (world, proxy) = (World::new(), Server::start());
    let text = "The delegations agreed on a second round of talks in the spring. ".repeat(12);
    let item = "<rss version=\"2.0\"><channel><title>W</title><item><guid>1</guid><title>Talks</title>\
         <link>http://news.wirewatch.test/talks</link><description>They met…</description></item></channel></rss>";
    proxy.serve(FAR, Page::ok("application/rss+xml", item));
    proxy.serve(
        "http://news.wirewatch.test/talks",
        Page::ok(
            "text/html",
            format!("<html><body><article><h1>Talks</h1><p>{text}</p></article></body></html>"),
        ),
    );
    let found = world.done(["add", "--preview", "--proxy", &proxy.url(""), FAR]).lines;
    assert_eq!((found.len(), &found[0]["headlines"][0]), (1, &"Talks".into()));
    world.done(["add", "--kind", "feed", "--full-text", "--proxy", &proxy.url(""), FAR]);
    world.check();
    assert_eq!(world.done(["articles"]).lines[0]["summary_only"], false, "{:?}", proxy.log());
}

#[test]
fn what_a_far_feed_leads_to_inside_is_not_asked_of_the_proxy() {
    let (world, proxy, inside) = (World::new(), Server::start(), Server::start());
    let to = inside.url("/secret");
    proxy.serve(FAR, Page { status: 302, headers: vec![("Location", to.clone())], ..Page::default() });
    world.done(["add", "--kind", "feed", "--proxy", &proxy.url(""), FAR]);
    assert_eq!(world.check()["problems"], 1);
    let message = world.done(["sources"]).lines[0]["message"].clone();
    assert!(message.as_str().unwrap().contains("own network"), "{message}");
    assert_eq!(paths(&proxy), [FAR], "the proxy was not sent inside");
    assert!(inside.log().is_empty());
}

#[test]
fn a_proxy_that_cannot_be_used_is_refused_with_what_one_looks_like() {
    let world = World::new();
    for wrong in ["nonsense", "ftp://proxy.example.org"] {
        let ran = world.run(["add", "--kind", "feed", "--proxy", wrong, FAR]);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("http://proxy.example.org:3128"), "{}", ran.stderr);
    }
    let ran = world.run(["add", "--kind", "feed", "--proxy", "http://ann:hush@proxy.example.org", FAR]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("HTTPS_PROXY") && !ran.stderr.contains("hush"), "{}", ran.stderr);
    assert_eq!(world.run(["settings", "set", "proxy", "nonsense"]).status, 2);
    assert!(world.done(["sources"]).lines.is_empty());
}
