//! Folders: what lies in them becomes articles, once.

use crate::world::{World, relations_clipping, sports_clipping};

#[test]
fn a_clipping_becomes_an_article_with_everything_it_says() {
    let world = World::new();
    world.drop_file("talks.md", relations_clipping(3));
    world.add_inbox();
    assert_eq!(world.check()["new"], 1);
    let article = &world.done(["articles"]).lines[0];
    assert_eq!(article["title"], "Envoys meet for the 3th time");
    assert_eq!(article["authors"][0], "Harbour Wire");
    assert_eq!(article["published"], "2025-09-03");
    assert_eq!(article["url"], "https://news.example.org/talks/3");
    assert_eq!(article["publisher"], "news.example.org");
    let text = article["text"].as_str().unwrap();
    assert!(text.starts_with("American and Russian negotiators"), "{text}");
    assert!(!text.contains("Original url"), "{text}");
}

#[test]
fn the_same_file_again_is_known() {
    let world = World::new();
    world.drop_file("a.md", relations_clipping(1));
    world.drop_file("b.md", sports_clipping(1));
    world.add_inbox();
    assert_eq!(world.check()["new"], 2);
    let again = world.check();
    assert_eq!((again["new"].as_u64(), again["known"].as_u64()), (Some(0), Some(2)));
}

#[test]
fn a_moved_file_keeps_its_article() {
    let world = World::new();
    let path = world.drop_file("a.md", relations_clipping(1));
    world.add_inbox();
    world.check();
    std::fs::create_dir(world.inbox().join("archive")).unwrap();
    std::fs::rename(path, world.inbox().join("archive/a.md")).unwrap();
    assert_eq!(world.check()["new"], 0);
    assert_eq!(world.done(["articles"]).lines.len(), 1);
}

#[test]
fn a_changed_file_is_a_revision() {
    let world = World::new();
    world.drop_file("a.md", sports_clipping(1));
    world.add_inbox();
    world.check();
    world.drop_file("a.md", sports_clipping(1).replace("a win", "a 2–1 win"));
    assert_eq!(world.check()["changed"], 1);
    let article = &world.done(["show", "1"]).lines[0];
    assert!(article["text"].as_str().unwrap().contains("2–1"));
    assert_eq!(article["revisions"].as_array().unwrap().len(), 1);
    let found = world.done(["search", "\"2 1 win\""]);
    assert_eq!(found.lines.len(), 1, "the index follows the revision");
}

#[test]
fn the_back_catalogue_alerts_only_if_asked_to() {
    for (flag, alerts) in [(None, 0), (Some("--alert-existing"), 1)] {
        let world = World::new();
        world.drop_file("a.md", relations_clipping(1));
        let inbox = world.inbox();
        let arguments = ["add", inbox.to_str().unwrap()].into_iter().chain(flag);
        world.done(arguments);
        let total = world.check();
        assert_eq!(
            (total["matches"].as_u64(), total["alerts"].as_u64()),
            (Some(1), Some(alerts)),
            "{flag:?}"
        );
        assert_eq!(world.done(["alerts"]).lines.len() as u64, alerts);
    }
}

#[test]
fn system_and_half_finished_files_are_left_alone() {
    let world = World::new();
    for name in [".DS_Store", "~$talks.docx", "talks.md.part", ".hidden.md"] {
        world.drop_file(name, relations_clipping(1));
    }
    world.add_inbox();
    let total = world.check();
    assert_eq!((total["new"].as_u64(), total["problems"].as_u64()), (Some(0), Some(0)));
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends() {
    let world = World::new();
    world.drop_file("a.md", sports_clipping(1));
    std::os::unix::fs::symlink(world.inbox(), world.inbox().join("round")).unwrap();
    world.add_inbox();
    assert_eq!(world.check()["new"], 1);
}

#[test]
fn a_removed_source_leaves_its_articles() {
    let world = World::new();
    world.drop_file("a.md", sports_clipping(1));
    world.add_inbox();
    world.check();
    world.done(["remove", "1"]);
    assert!(world.done(["sources"]).lines.is_empty());
    assert_eq!(world.done(["articles"]).lines.len(), 1);
    assert_eq!(world.run(["remove", "1"]).status, 2, "it is gone already");
}
