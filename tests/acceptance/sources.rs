//! Sources: politeness, moves, refusals, sitemaps, pages, folders that are sorted.

use std::path::Path;

use crate::world::{Page, Server, World, relations_clipping, rss, sports_clipping};

const ROVERS: (&str, &str, &str) = ("old", "Rovers win", "A header.");

fn feed(items: &[(&str, &str, &str)]) -> Page {
    Page::ok("application/rss+xml", rss(items))
}

fn redirect(status: u16, to: &str) -> Page {
    Page { status, headers: vec![("Location", to.to_owned())], ..Page::default() }
}

fn message(world: &World) -> String {
    world.done(["sources"]).lines[0]["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_feed_that_says_three_times_that_it_moved_for_good_is_moved() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/old", redirect(301, "/new"));
    server.serve("/new", feed(&[ROVERS]));
    world.done(["add", "--kind", "feed", &server.url("/old")]);
    for (pass, path) in [(1, "/old"), (2, "/old"), (3, "/new")] {
        world.check();
        assert_eq!(world.done(["sources"]).lines[0]["location"], server.url(path), "pass {pass}");
    }
    assert_eq!(world.check()["problems"], 0);
}

#[test]
fn a_passing_redirect_moves_nothing() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/old", redirect(302, "/new"));
    server.serve("/new", feed(&[ROVERS]));
    world.done(["add", "--kind", "feed", &server.url("/old")]);
    (0..4).for_each(|_| drop(world.check()));
    assert_eq!(world.done(["sources"]).lines[0]["location"], server.url("/old"));
}

#[test]
fn a_redirect_in_a_circle_or_away_from_the_web_is_said_to_be_one() {
    for (to, words) in [("/feed", "round in circles"), ("file:///etc/passwd", "only http and https")] {
        let (world, server) = (World::new(), Server::start());
        server.serve("/feed", redirect(302, to));
        world.done(["add", "--kind", "feed", &server.url("/feed")]);
        assert_eq!(world.check()["problems"], 1);
        assert!(message(&world).contains(words), "{}", message(&world));
    }
}

#[test]
fn one_feed_that_is_too_much_for_its_host_holds_the_host_back() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/a", feed(&[ROVERS]));
    server.serve("/b", Page::status(429));
    world.done(["add", "--kind", "feed", &server.url("/a")]);
    world.done(["add", "--kind", "feed", &server.url("/b")]);
    assert_eq!(world.run(["check", "2"]).status, 1);
    world.check();
    assert_eq!(server.log(), [("/b".to_owned(), 429)], "the other feed of the host waits, too");
    let listed = world.done(["sources"]).lines;
    assert!(
        listed[0]["message"].as_str().unwrap().contains("its host asked for fewer requests"),
        "{listed:?}"
    );
}

#[test]
fn it_is_the_host_that_refused_that_is_held_back() {
    let (world, server, other) = (World::new(), Server::start(), Server::start());
    server.serve("/away", redirect(302, &other.url("/busy")));
    server.serve("/a", feed(&[ROVERS]));
    other.serve("/busy", Page::status(429));
    other.serve("/b", feed(&[ROVERS]));
    for address in [server.url("/away"), server.url("/a"), other.url("/b")] {
        world.done(["add", "--kind", "feed", &address]);
    }
    assert_eq!(world.run(["check", "1"]).status, 1);
    let listed = world.done(["sources"]).lines;
    let held = |which: usize| listed[which]["message"].as_str().unwrap().contains("fewer requests when");
    assert_eq!((held(1), held(2)), (false, true), "{listed:?}");
}

#[test]
fn a_feed_that_is_gone_for_good_is_not_asked_again() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/feed", Page::status(410));
    world.done(["add", "--kind", "feed", &server.url("/feed")]);
    world.check();
    world.check();
    assert_eq!(server.log().len(), 1);
    assert_eq!(world.done(["sources"]).lines[0]["state"], "stopped");
    assert!(message(&world).contains("gone for good (410)"));
}

#[test]
fn a_login_page_is_not_taken_for_a_feed() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/feed", Page::ok("text/html", "<html><form><input type=\"password\"></form></html>"));
    world.done(["add", "--kind", "feed", &server.url("/feed")]);
    assert_eq!(world.check()["new"], 0);
    assert!(message(&world).contains("a login page came in place of the feed"), "{}", message(&world));
}

#[test]
fn a_password_in_an_address_is_refused_and_not_repeated() {
    let world = World::new();
    let ran = world.run(["add", "http://me:hush@127.0.0.1:9/feed"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("--user") && !ran.stderr.contains("hush"), "{}", ran.stderr);
}

#[test]
fn a_sitemap_of_parts_is_followed_to_the_recent_ones() {
    let (world, server) = (World::new(), Server::start());
    let index = format!(
        "<sitemapindex><sitemap><loc>{}</loc></sitemap><sitemap><loc>{}</loc><lastmod>2001-01-01</lastmod></sitemap></sitemapindex>",
        server.url("/news.xml"),
        server.url("/archive.xml")
    );
    let news = "<urlset><url><loc>https://news.example.org/envoys-meet-in-geneva</loc></url></urlset>";
    server.serve("/sitemap.xml", Page::ok("application/xml", index));
    server.serve("/news.xml", Page::ok("application/xml", news));
    let added = world.done(["add", "--kind", "sitemap", &server.url("/sitemap.xml")]);
    assert_eq!(added.lines[0]["kind"], "sitemap");
    assert_eq!(world.check()["new"], 1);
    assert_eq!(world.done(["articles"]).lines[0]["title"], "envoys meet in geneva");
    assert!(!server.log().iter().any(|(path, _)| path == "/archive.xml"), "nothing new is in the archive");
}

#[test]
fn a_list_of_sources_is_taken_in_without_asking_any_of_them() {
    let (world, server) = (World::new(), Server::start());
    let outlines: String = ["rss", "sitemap", "page"]
        .iter()
        .map(|kind| {
            format!("<outline type=\"{kind}\" text=\"{kind}\" xmlUrl=\"{}/{kind}\"/>", server.url(""))
        })
        .collect();
    let list = world.path("feeds.opml");
    std::fs::write(&list, format!("<opml version=\"2.0\"><body>{outlines}</body></opml>")).unwrap();
    world.done([Path::new("import"), &list]);
    let kinds: Vec<String> =
        world.done(["sources"]).lines.iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kinds, ["feed", "sitemap", "page"]);
    assert!(server.log().is_empty(), "{:?}", server.log());
}

#[test]
fn a_page_without_a_feed_is_watched_by_its_links() {
    let (world, server) = (World::new(), Server::start());
    let page = |extra: &str| {
        let link = |slug: &str, title: &str| format!("<li><a href='/2026/11/{slug}'>{title}</a></li>");
        let links = link("rovers-win-late-match", "Rovers win a late match")
            + &link("harbour-opens-its-gates", "Harbour opens its gates at last")
            + &link("council-votes-on-bridge", "Council votes on the old bridge");
        Page::ok(
            "text/html",
            format!("<html><title>Valley Post</title><body><ul>{extra}{links}</ul></body></html>"),
        )
    };
    server.serve("/", page(""));
    world.done(["add", "--kind", "page", &server.url("/")]);
    let total = world.check();
    assert_eq!((total["new"].as_u64(), total["alerts"].as_u64()), (Some(3), Some(0)));
    assert_eq!(world.check()["new"], 0, "unchanged");
    server.serve("/", page("<li><a href='/2026/11/envoys-resume-talks'>Washington and Moscow resume talks on U.S.-Russia relations</a></li>"));
    let total = world.check();
    assert_eq!((total["new"].as_u64(), total["alerts"].as_u64()), (Some(1), Some(1)));
}

#[test]
fn a_preview_shows_everything_that_can_be_watched_and_adds_nothing() {
    let (world, server) = (World::new(), Server::start());
    server
        .serve("/", Page::ok("text/html", "<html><body><a href=/sport.rss>RSS</a><a href=/news.rss>RSS</a>"));
    server.serve("/sport.rss", feed(&[ROVERS]));
    server.serve("/news.rss", feed(&[("a", "Envoys meet", "They met.")]));
    let shown = world.done(["add", "--preview", &server.url("/")]).lines;
    let found: Vec<&str> = shown.iter().map(|one| one["location"].as_str().unwrap()).collect();
    assert_eq!(found, [server.url("/sport.rss"), server.url("/news.rss")]);
    assert_eq!(shown[0]["headlines"][0], "Rovers win");
    assert!(world.done(["sources"]).lines.is_empty());
}

#[test]
fn folders_in_a_folder_are_labels_and_patterns_leave_out() {
    let world = World::new();
    for folder in ["politics", "drafts"] {
        std::fs::create_dir(world.inbox().join(folder)).unwrap();
        world.drop_file(&format!("{folder}/{folder}.md"), relations_clipping(folder.len()));
    }
    let inbox = world.inbox();
    world.done(["add", "--ignore", "drafts/", inbox.to_str().unwrap()]);
    assert_eq!(world.check()["new"], 1);
    let article = &world.done(["articles"]).lines[0];
    assert_eq!(article["labels"], serde_json::json!(["politics"]));
    let receipts = world.done(["sources", "--receipts", "1"]).lines;
    assert_eq!(receipts.len(), 1, "{receipts:?}");
    assert_eq!((receipts[0]["articles"].as_u64(), receipts[0]["problem"].is_null()), (Some(1), true));
}

#[test]
fn what_robots_txt_forbids_stays_a_summary() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/robots.txt", Page::ok("text/plain", "User-agent: *\nDisallow: /talks"));
    let item = format!(
        "<rss version=\"2.0\"><channel><title>W</title><item><guid>1</guid><title>Talks</title><link>{}</link>\
         <description>They met…</description></item></channel></rss>",
        server.url("/talks")
    );
    server.serve("/feed", Page::ok("application/rss+xml", item));
    world.done(["add", "--full-text", &server.url("/feed")]);
    world.check();
    let article = &world.done(["articles"]).lines[0];
    assert_eq!(article["summary_only"], true);
    assert!(article["problems"][0].as_str().unwrap().contains("robots.txt"), "{article}");
    assert!(!server.log().iter().any(|(path, _)| path == "/talks"));
}

#[test]
fn a_name_and_its_password_are_shown_to_their_own_host_only() {
    let (world, server, other) = (World::new(), Server::start(), Server::start());
    let locked = Page { wants: Some("Basic YW5uOmh1c2g="), ..feed(&[ROVERS]) };
    server.serve("/feed", locked.clone());
    server.serve("/away", redirect(302, &other.url("/feed")));
    other.serve("/feed", locked);
    for path in ["/feed", "/away"] {
        world.done(["add", "--kind", "feed", "--user", "ann", &server.url(path)]);
    }
    let ran = world.command().env("WIREWATCH_PASSWORD_127_0_0_1", "hush").arg("check").output().unwrap();
    assert_eq!(ran.status.code(), Some(1), "{ran:?}");
    let mut log = server.log();
    // Both are asked at once.
    log.sort();
    assert_eq!(log, [("/away".to_owned(), 302), ("/feed".to_owned(), 200)]);
    assert_eq!(other.log(), [("/feed".to_owned(), 401)], "another host is not shown the password");
    let listed = world.done(["sources"]).lines;
    assert_eq!(listed[0]["state"], "ok");
    assert!(listed[1]["message"].as_str().unwrap().contains("(401)"), "{listed:?}");
    let files = std::fs::read_dir(world.path("library")).unwrap().map(|entry| entry.unwrap().path());
    for file in files.filter(|path| path.is_file()) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(4).any(|four| four == b"hush"), "the password is in {}", file.display());
    }
}

#[test]
fn a_source_that_is_watched_takes_the_name_that_its_server_wants() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/feed", Page { wants: Some("Basic YW5uOmh1c2g="), ..feed(&[ROVERS]) });
    world.done(["add", "--kind", "feed", "--header", "X-Key: hush", &server.url("/feed")]);
    world.check();
    assert!(message(&world).contains("add it again with --user"), "{}", message(&world));
    world.done(["add", "--kind", "feed", "--user", "ann", &server.url("/feed")]);
    let check = || world.command().env("WIREWATCH_PASSWORD_127_0_0_1", "hush").arg("check").output().unwrap();
    assert_eq!(check().status.code(), Some(0), "it is asked again at once, with the name");
    assert_eq!(world.done(["sources"]).lines.len(), 1);
}

#[test]
fn what_is_given_for_one_server_is_not_kept_for_another_that_a_page_names() {
    let (world, server, other) = (World::new(), Server::start(), Server::start());
    let page = format!(
        "<html><head><link rel=alternate type=application/rss+xml href=\"{}\"></head><p>Hello",
        other.url("/feed")
    );
    server.serve("/", Page::ok("text/html", page));
    other.serve("/feed", feed(&[ROVERS]));
    for given in [["--user", "ann"], ["--header", "X-Key: hush"]] {
        let ran = world.run(["add", given[0], given[1], &server.url("/")]);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains("another server") && ran.stderr.contains("/feed"), "{}", ran.stderr);
    }
    assert!(world.done(["sources"]).lines.is_empty());
    world.done(["add", &server.url("/")]);
    assert_eq!(world.done(["sources"]).lines[0]["location"], other.url("/feed"), "nothing was given");
}

#[test]
fn a_source_with_a_key_is_not_moved_to_another_server() {
    let (world, server, other) = (World::new(), Server::start(), Server::start());
    server.serve("/old", redirect(301, &other.url("/new")));
    other.serve("/new", feed(&[ROVERS]));
    world.done(["add", "--kind", "feed", "--header", "X-Key: hush", &server.url("/old")]);
    (0..4).for_each(|_| drop(world.check()));
    let listed = &world.done(["sources"]).lines[0];
    assert_eq!(listed["state"], "ok");
    assert_eq!(listed["location"], server.url("/old"));
    assert!(message(&world).contains("moved for good to"), "{}", message(&world));
}

#[test]
fn a_new_file_under_an_old_name_is_no_revision_of_the_one_that_was_moved() {
    let world = World::new();
    let today = world.drop_file("today.md", sports_clipping(1));
    world.add_inbox();
    world.check();
    std::fs::create_dir(world.inbox().join("archive")).unwrap();
    std::fs::rename(&today, world.inbox().join("archive/monday.md")).unwrap();
    world.drop_file("today.md", sports_clipping(2));
    let total = world.check();
    assert_eq!((total["new"].as_u64(), total["changed"].as_u64()), (Some(1), Some(0)), "{total}");
    let receipts = world.done(["sources", "--receipts", "1"]).lines;
    let names: Vec<&str> = receipts.iter().map(|one| one["file"].as_str().unwrap()).collect();
    assert!(names.len() == 2 && names[0].ends_with("archive/monday.md"), "{names:?}");
    assert_eq!(world.check()["known"], 2);
}

#[test]
fn read_files_are_moved_where_the_user_wants_them_and_unreadable_ones_stay() {
    let world = World::new();
    let (inbox, done) = (world.inbox(), world.inbox().join("done"));
    world.drop_file("talks.md", sports_clipping(1));
    world.drop_file("empty.md", "");
    world.done([Path::new("add"), Path::new("--move-to"), &done, &inbox]);
    assert_eq!(world.check()["new"], 1);
    assert!(!inbox.join("talks.md").exists() && done.join("talks.md").exists());
    assert!(inbox.join("empty.md").exists(), "what could not be read stays");
    world.drop_file("talks.md", sports_clipping(2));
    let total = world.check();
    assert_eq!((total["new"].as_u64(), total["changed"].as_u64()), (Some(1), Some(0)), "{total}");
    assert!(done.join("talks (2).md").exists(), "nothing is overwritten");
    let around = world.run([Path::new("add"), Path::new("--move-to"), &inbox, &inbox.join("done")]);
    assert_eq!(around.status, 2);
    assert!(around.stderr.contains("cannot be moved"), "{}", around.stderr);
}

#[test]
fn pages_that_gave_no_text_are_tried_again_but_not_for_ever() {
    let (world, server) = (World::new(), Server::start());
    let item = |path: &str| {
        format!(
            "<item><guid>{path}</guid><title>Talks {path}</title><link>{}</link><description>They met…</description></item>",
            server.url(path)
        )
    };
    let list = format!(
        "<rss version=\"2.0\"><channel><title>W</title>{}{}</channel></rss>",
        item("/late"),
        item("/never")
    );
    server.serve("/feed", Page::ok("application/rss+xml", list));
    world.done(["add", "--full-text", &server.url("/feed")]);
    assert_eq!(world.check()["new"], 2);
    let text = "The delegations agreed on a second round of talks in the spring. ".repeat(12);
    let page =
        format!("<html><body><article><h1>Talks</h1><p>{text}</p><p>{text}</p></article></body></html>");
    server.serve("/late", Page::ok("text/html", page));
    assert_eq!(world.check()["changed"], 1, "the page is there now");
    (0..3).for_each(|_| drop(world.check()));
    let asked = |path: &str| server.log().iter().filter(|(asked, _)| asked == path).count();
    assert_eq!((asked("/late"), asked("/never")), (2, 3));
    let articles = world.done(["articles"]).lines;
    let whole = |title: bool| articles.iter().filter(|article| article["summary_only"] == title).count();
    assert_eq!((whole(false), whole(true)), (1, 1), "{articles:?}");
}

#[test]
fn a_site_that_cannot_show_its_robots_txt_does_not_use_up_the_tries_of_its_pages() {
    let (world, server) = (World::new(), Server::start());
    let item = format!(
        "<rss version=\"2.0\"><channel><title>W</title><item><guid>1</guid><title>Talks</title><link>{}</link>\
         <description>They met…</description></item></channel></rss>",
        server.url("/talks")
    );
    let text = "The delegations agreed on a second round of talks in the spring. ".repeat(12);
    let page =
        format!("<html><body><article><h1>Talks</h1><p>{text}</p><p>{text}</p></article></body></html>");
    server.serve("/feed", Page::ok("application/rss+xml", item));
    server.serve("/talks", Page::ok("text/html", page));
    server.serve("/robots.txt", Page::status(500));
    world.done(["add", "--full-text", &server.url("/feed")]);
    (0..4).for_each(|_| drop(world.check()));
    assert!(!server.log().iter().any(|(path, _)| path == "/talks"), "nobody said that it may be read");
    server.serve("/robots.txt", Page::status(404));
    assert_eq!(world.check()["changed"], 1, "it was never tried");
    assert_eq!(world.done(["articles"]).lines[0]["summary_only"], false);
}

#[test]
fn an_item_that_is_corrected_is_read_again_among_many_that_are_not() {
    let (world, server) = (World::new(), Server::start());
    server.serve("/feed", feed(&[("a", "Rovers win", "A header."), ("b", "Harbour opens", "Its gates.")]));
    world.done(["add", "--kind", "feed", &server.url("/feed")]);
    world.check();
    server
        .serve("/feed", feed(&[("a", "Rovers win 2-1", "A header."), ("b", "Harbour opens", "Its gates.")]));
    let total = world.check();
    assert_eq!((total["changed"].as_u64(), total["known"].as_u64()), (Some(1), Some(1)), "{total}");
    world.done(["remove", "1"]);
    world.done(["add", "--kind", "feed", &server.url("/feed")]);
    assert_eq!(world.check()["known"], 2, "a source that comes back is read anew");
}
