//! Feeds over a real server.

use crate::world::{Page, Server, World, rss};

const TALKS: (&str, &str, &str) = (
    "talks",
    "Washington and Moscow resume talks",
    "American and Russian negotiators met for talks on U.S.-Russia relations.",
);

#[test]
fn a_site_address_is_searched_for_its_feed() {
    let (world, server) = (World::new(), Server::start());
    let page = "<html><head><link rel=alternate type=application/rss+xml href=/news.xml></head><p>Hello";
    server.serve("/", Page::ok("text/html", page));
    server.serve("/news.xml", Page::ok("application/rss+xml", rss(&[TALKS])));
    let added = world.done(["add", &server.url("/")]);
    assert_eq!(added.lines[0]["kind"], "feed");
    assert_eq!(added.lines[0]["location"], server.url("/news.xml"));
    assert_eq!(added.lines[0]["name"], "Harbour Wire");
}

#[test]
fn a_new_item_is_found_at_the_next_poll_and_alerts() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/feed", Page::ok("application/rss+xml", rss(&[("old", "Rovers win", "A header.")])));
    world.done(["add", &server.url("/feed")]);
    assert_eq!(world.check()["new"], 1);
    server.serve("/feed", Page::ok("application/rss+xml", rss(&[TALKS, ("old", "Rovers win", "A header.")])));
    let total = world.check();
    assert_eq!(
        (total["new"].as_u64(), total["known"].as_u64(), total["alerts"].as_u64()),
        (Some(1), Some(1), Some(1))
    );
    let alert = &world.done(["alerts"]).lines[0];
    assert_eq!((alert["topic"].as_str(), alert["title"].as_str()), (Some("us-russia"), Some(TALKS.1)));
    assert!(alert["sentence"].as_str().unwrap().contains("Russian negotiators"));
}

#[test]
fn the_first_fetch_never_alerts() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/feed", Page::ok("application/rss+xml", rss(&[TALKS])));
    world.done(["add", &server.url("/feed")]);
    let total = world.check();
    assert_eq!((total["matches"].as_u64(), total["alerts"].as_u64()), (Some(1), Some(0)));
}

#[test]
fn an_unchanged_feed_costs_the_server_nothing() {
    let (world, server) = (World::new(), Server::start());
    let mut page = Page::ok("application/rss+xml", rss(&[TALKS]));
    page.headers.push(("ETag", "\"v1\"".to_owned()));
    server.serve("/feed", page);
    world.done(["add", "--kind", "feed", &server.url("/feed")]);
    world.check();
    world.check();
    let statuses: Vec<u16> = server.log().into_iter().map(|(_, status)| status).collect();
    assert_eq!(statuses, [200, 304]);
}

#[test]
fn a_server_that_asks_for_patience_is_left_alone() {
    let (world, server) = (World::new(), Server::start());
    let mut page = Page::status(429);
    page.headers.push(("Retry-After", "3600".to_owned()));
    server.serve("/feed", page);
    world.done(["add", "--kind", "feed", &server.url("/feed")]);
    world.run(["check"]);
    world.run(["check"]);
    assert_eq!(server.log().len(), 1, "it was asked once");
}

#[test]
fn atom_and_json_feeds_are_read() {
    let (world, server) = (World::new(), Server::start());
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom Wire</title><id>a</id><updated>2025-01-01T00:00:00Z</updated>
        <entry><id>1</id><title>One</title><updated>2025-01-01T00:00:00Z</updated><link href="https://e.org/1"/><content type="html">&lt;p&gt;First.&lt;/p&gt;</content></entry></feed>"#;
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"JSON Wire","items":[{"id":"2","url":"https://e.org/2","title":"Two","content_html":"<p>Second.</p>"}]}"#;
    server.serve("/atom", Page::ok("application/atom+xml", atom));
    server.serve("/json", Page::ok("application/feed+json", json));
    world.done(["add", &server.url("/atom")]);
    world.done(["add", &server.url("/json")]);
    assert_eq!(world.check()["new"], 2);
    let mut texts: Vec<String> = world
        .done(["articles"])
        .lines
        .iter()
        .map(|article| article["text"].as_str().unwrap().to_owned())
        .collect();
    texts.sort();
    assert_eq!(texts, ["First.", "Second."]);
}

#[test]
fn a_shortened_item_is_completed_from_its_page_if_wished() {
    let (world, server) = (World::new(), Server::start());
    let page = format!(
        "<html><head><title>Talks resume</title></head><body><nav>Home Sport Shop</nav><article><h1>Talks resume</h1>{}</article></body></html>",
        "<p>The delegations of both countries met in a hotel on the lake and went through the list of open \
         questions one by one before they parted late in the evening.</p>"
            .repeat(6)
    );
    server.serve("/talks", Page::ok("text/html", page));
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>Wire</title><item><guid>1</guid><title>Talks resume</title>\
         <link>{}</link><description>The delegations met…</description></item>\
         <item><guid>2</guid><title>Gone</title><link>{}</link><description>Only this…</description></item></channel></rss>",
        server.url("/talks"),
        server.url("/gone")
    );
    server.serve("/feed", Page::ok("application/rss+xml", feed));
    world.done(["add", "--full-text", &server.url("/feed")]);
    world.check();
    let articles = world.done(["articles"]).lines;
    let whole = articles.iter().find(|article| article["title"] == "Talks resume").unwrap();
    assert!(whole["text"].as_str().unwrap().contains("hotel on the lake"), "{whole}");
    assert!(!whole["text"].as_str().unwrap().contains("Sport"), "{whole}");
    assert_eq!(whole["summary_only"], false);
    let summary = articles.iter().find(|article| article["title"] == "Gone").unwrap();
    assert_eq!(summary["summary_only"], true);
    assert!(summary["problems"][0].as_str().unwrap().contains("404"), "{summary}");
}
