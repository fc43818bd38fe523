//! Going on watching: dropped files and new items are announced, once.

use std::io::Write as _;

use crate::world::{Page, Server, World, relations_clipping, rss, until};

#[test]
fn a_dropped_file_is_announced_and_found() {
    let world = World::new();
    world.add_inbox();
    let watching = world.watch();
    world.drop_file("talks.md", relations_clipping(1));
    let alert = watching.alert();
    assert_eq!(
        (alert["topic"].as_str(), alert["title"].as_str()),
        (Some("us-russia"), Some("Envoys meet for the 1th time"))
    );
    assert_eq!(world.done(["search", "negotiator"]).lines.len(), 1);
    assert!(watching.stop().is_empty(), "announced once");
}

#[test]
fn restart_repeats_no_alert() {
    let world = World::new();
    world.add_inbox();
    let watching = world.watch();
    world.drop_file("talks.md", relations_clipping(1));
    watching.alert();
    watching.stop();
    let again = world.watch();
    world.drop_file("more.md", relations_clipping(2));
    assert_eq!(again.alert()["title"], "Envoys meet for the 2th time");
    assert!(again.stop().is_empty());
    assert_eq!(world.done(["alerts"]).lines.len(), 2);
}

#[test]
fn a_half_written_file_is_not_read() {
    let world = World::new();
    world.add_inbox();
    let watching = world.watch();
    // Once this is announced the folder is being watched.
    world.drop_file("first.md", relations_clipping(1));
    watching.alert();
    let whole = relations_clipping(2);
    let (half, rest) = whole.split_at(whole.len() / 2);
    let mut file = std::fs::File::create(world.inbox().join("slow.md")).unwrap();
    file.write_all(half.as_bytes()).unwrap();
    file.sync_all().unwrap();
    // Whatever was written later and is announced earlier proves that the half was passed over.
    world.drop_file("third.md", relations_clipping(3));
    assert_eq!(watching.alert()["title"], "Envoys meet for the 3th time");
    assert_eq!(world.done(["articles"]).lines.len(), 2, "the half-written file is not read");
    file.write_all(rest.as_bytes()).unwrap();
    drop(file);
    assert_eq!(watching.alert()["title"], "Envoys meet for the 2th time");
    let slow = world.done(["search", "\"round 2\""]).lines;
    assert!(slow[0]["url"].as_str().is_some(), "it was read to its end");
}

#[test]
fn a_folder_moved_in_is_read() {
    let world = World::new();
    world.add_inbox();
    let watching = world.watch();
    world.drop_file("first.md", relations_clipping(1));
    watching.alert();
    let outside = world.path("outside");
    std::fs::create_dir(&outside).unwrap();
    std::fs::write(outside.join("inside.md"), relations_clipping(2)).unwrap();
    std::fs::rename(outside, world.inbox().join("moved")).unwrap();
    assert_eq!(watching.alert()["title"], "Envoys meet for the 2th time");
}

#[test]
fn a_feed_added_meanwhile_is_polled() {
    let (world, server) = (World::new(), Server::start());
    world.add_inbox();
    let watching = world.watch();
    server.serve("/feed", Page::ok("application/rss+xml", rss(&[("1", "Rovers win", "A header.")])));
    world.done(["add", "--every", "1", &server.url("/feed")]);
    until("the first poll", || (world.done(["articles"]).lines.len() == 1).then_some(()));
    assert!(watching.stop().is_empty(), "the back catalogue does not alert");
}
