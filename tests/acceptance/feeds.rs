//! Feeds over a real server.

use encoding_rs::{Encoding, KOI8_R, KOI8_U, WINDOWS_1251};

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

const HEADLINE: &str = "Переговоры в Женеве возобновились";
const STORY: &str = "Делегации обсудили объём поставок и выборы, а потом разошлись до весны.";

/// A feed with an address relative to its own and a date in Russian words.
fn russian(prolog: &str) -> String {
    format!(
        "{prolog}<rss version=\"2.0\"><channel><title>Северный вестник</title><item><guid>1</guid>\
         <title>{HEADLINE}</title><link>news/1?a=1&b=2</link><pubDate>Вт, 14 мая 2019 10:00:00 +0300</pubDate>\
         <description>{STORY}</description></item></channel></rss>"
    )
}

fn declared(encoding: &str) -> String {
    russian(&format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>"))
}

fn in_bytes(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

fn in_utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn russian_feeds_are_readable_however_their_server_labels_them() {
    let plain = "application/rss+xml";
    let cases: Vec<(&str, &str, Vec<u8>)> = vec![
        ("the prolog is right", plain, in_bytes(&declared("windows-1251"), WINDOWS_1251)),
        ("the header is right", "text/xml; charset=windows-1251", in_bytes(&russian(""), WINDOWS_1251)),
        ("KOI8-R", plain, in_bytes(&declared("koi8-r"), KOI8_R)),
        ("KOI8-U", plain, in_bytes(&declared("koi8-u"), KOI8_U)),
        ("nobody says anything", "text/xml", in_bytes(&russian(""), WINDOWS_1251)),
        ("nobody says KOI8-R", "text/xml", in_bytes(&russian(""), KOI8_R)),
        ("the prolog says UTF-8", plain, in_bytes(&declared("utf-8"), WINDOWS_1251)),
        (
            "the header says UTF-8",
            "text/xml; charset=utf-8",
            in_bytes(&declared("windows-1251"), WINDOWS_1251),
        ),
        ("the prolog says windows-1251 of UTF-8", plain, declared("windows-1251").into_bytes()),
        ("the header says Latin-1", "text/xml; charset=iso-8859-1", declared("utf-8").into_bytes()),
        ("the prolog names no encoding", plain, declared("x-nonsense").into_bytes()),
        ("UTF-16 with a mark", plain, in_utf16(&format!("\u{feff}{}", declared("utf-16")), u16::to_le_bytes)),
        ("UTF-16 without a mark", plain, in_utf16(&declared("utf-16"), u16::to_be_bytes)),
        ("UTF-8 left over from UTF-16", plain, declared("utf-16").into_bytes()),
    ];
    let (world, server) = (World::new(), Server::start());
    for (number, (name, content_type, body)) in cases.iter().enumerate() {
        server.serve(&format!("/{number}/feed"), Page::ok(content_type, body.clone()));
        world.done(["add", "--kind", "feed", "--name", name, &server.url(&format!("/{number}/feed"))]);
    }
    let total = world.check();
    assert_eq!((total["new"].as_u64(), total["problems"].as_u64()), (Some(cases.len() as u64), Some(0)));
    for article in world.done(["articles"]).lines {
        let name = article["source"].as_str().unwrap();
        assert_eq!((&article["title"], &article["text"]), (&HEADLINE.into(), &STORY.into()), "{name}");
        let number = cases.iter().position(|(known, ..)| *known == name).unwrap();
        assert_eq!(article["url"], server.url(&format!("/{number}/news/1?a=1&b=2")), "{name}");
        assert_eq!(article["published"], "2019-05-14T07:00:00Z", "{name}");
    }
}

#[test]
fn a_page_in_an_old_encoding_gives_headlines_that_can_be_read() {
    let (world, server) = (World::new(), Server::start());
    let link = |slug: &str, title: &str| format!("<li><a href='/2019/05/{slug}'>{title}</a></li>");
    let links = link("talks-resume-in-geneva", HEADLINE)
        + &link("harbour-opens-its-gates", "Порт открывает ворота после долгой зимы")
        + &link("council-votes-on-bridge", "Совет голосует о старом мосте");
    let page = format!("<html><head><title>Вестник</title></head><body><ul>{links}</ul></body></html>");
    server.serve("/", Page::ok("text/html; charset=windows-1251", in_bytes(&page, WINDOWS_1251)));
    let found = world.done(["add", "--preview", "--select", "li a", &server.url("/")]).lines;
    assert_eq!(found[0]["headlines"][0], HEADLINE);
    world.done(["add", "--kind", "page", &server.url("/")]);
    world.check();
    let titles: Vec<_> =
        world.done(["articles"]).lines.iter().map(|article| article["title"].clone()).collect();
    assert!(titles.contains(&HEADLINE.into()), "{titles:?}");
}

#[test]
fn what_a_feed_says_of_its_rhythm_outlasts_an_unchanged_answer() {
    let (world, server) = (World::new(), Server::start());
    let slow = rss(&[TALKS]).replace("<item>", "<ttl>1380</ttl><item>");
    let mut page = Page::ok("application/rss+xml", slow);
    page.headers.push(("ETag", "\"v1\"".to_owned()));
    server.serve("/feed", page);
    world.done(["add", "--kind", "feed", &server.url("/feed")]);
    let hours_to_next = || {
        world.done(["check", "1"]);
        let source = &world.done(["sources"]).lines[0];
        let at = |name: &str| {
            chrono::DateTime::parse_from_rfc3339(source[name].as_str().unwrap()).unwrap().to_utc()
        };
        (at("next_check") - at("last_checked")).num_hours()
    };
    assert!(hours_to_next() >= 23, "the feed asks for a day");
    assert!(hours_to_next() >= 23, "it said so before, and has not changed");
    let statuses: Vec<u16> = server.log().into_iter().map(|(_, status)| status).collect();
    assert_eq!(statuses, [200, 304]);
}
