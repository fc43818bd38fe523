//! Feeds and articles from and for other programs.

use std::path::Path;

use serde_json::Value;

use crate::world::World;

const LIST: &str = "<opml><body><outline text='News & views'>\
    <outline text='One' xmlUrl='https://one.example/feed?a=1&b=2'/>\
    <outline text='Again' xmlUrl='http://www.one.example/feed?a=1&amp;b=2&amp;utm_source=x'/></outline>\
    <outline text='Two' xmlUrl='https://two.example/feed'/>\
    <outline text='Odd' xmlUrl='file:///etc/passwd'/></body></opml>";

fn names(lines: &[Value]) -> Vec<(String, Option<String>)> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    lines.iter().filter_map(|line| Some((text(&line["location"])?, text(&line["label"])))).collect()
}

#[test]
fn a_list_of_feeds_is_added_without_the_network_and_written_again() {
    let world = World::new();
    let list = world.path("list.opml");
    std::fs::write(&list, LIST).unwrap();
    let ran = world.run([Path::new("import"), &list]);
    assert_eq!(ran.status, 1, "one address was no web address: {}", ran.stderr);
    assert!(ran.stderr.contains("file:///etc/passwd"), "{}", ran.stderr);
    assert_eq!(
        names(&ran.lines),
        [
            ("https://one.example/feed?a=1&b=2".to_owned(), Some("News & views".to_owned())),
            ("https://two.example/feed".to_owned(), None)
        ]
    );
    assert_eq!(ran.lines.last().unwrap()["total"]["known"], 1, "the same feed under another address");
    let again = world.run([Path::new("import"), &list]);
    assert_eq!(again.lines.last().unwrap()["total"]["added"], 0);

    let out = world.path("out.opml");
    world.done([Path::new("export"), Path::new("--opml"), &out]);
    let other = World::new();
    let ran = other.done([Path::new("import"), &out]);
    assert_eq!(ran.lines.last().unwrap()["total"]["added"], 2);
    assert_eq!(names(&ran.lines).len(), 2);
    assert_eq!(world.done(["sources"]).lines.len(), 2);
}

#[test]
fn what_is_no_list_is_refused_with_the_repair() {
    let world = World::new();
    let list = world.path("list.opml");
    std::fs::write(&list, "nothing of the kind").unwrap();
    let ran = world.run([Path::new("import"), &list]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("export OPML from the feed reader"), "{}", ran.stderr);
    assert_eq!(world.run(["import", "no-such-file"]).status, 2);
    assert_eq!(world.run(["export"]).status, 2, "nothing was asked for");
}

fn with_articles() -> World {
    let world = World::new();
    world.drop_file(
        "talks.md",
        "# =Talks begin\n\nBy Jane Roe\n\n2019-05-14\n\nThey met in Geneva, and parted.",
    );
    world.drop_file("rain.md", "# Rain\n\nIt rained.");
    world.add_inbox();
    world.check();
    world
}

#[test]
fn articles_go_out_in_every_form() {
    let world = with_articles();
    let path = |name: &str| world.path(name).display().to_string();
    let arguments =
        ["export", "--csv", &path("a.csv"), "--bibtex", &path("a.bib"), "--ris", &path("a.ris"), "Geneva"];
    let ran = world.done(arguments);
    assert!(ran.lines.iter().all(|line| line["articles"] == 1), "{:?}", ran.lines);
    let read = |name: &str| std::fs::read_to_string(world.path(name)).unwrap();
    let csv = read("a.csv");
    assert!(csv.starts_with("id,title,"), "{csv}");
    assert!(csv.contains(",'=Talks begin,") && !csv.contains("Rain"), "a headline is no formula: {csv}");
    assert!(read("a.bib").contains("title = {{=Talks begin}}"), "{}", read("a.bib"));
    assert!(read("a.ris").contains("DA  - 2019/05/14"), "{}", read("a.ris"));
    assert!(!world.path("a.csv.part").exists());
    assert_eq!(world.run(["export", "--csv", "/no/such/folder/a.csv"]).status, 2);
    assert_eq!(world.run(["export", "--csv", &path("b.csv"), "("]).status, 2);
    assert!(
        !world.path("b.csv").exists() && !world.path("b.csv.part").exists(),
        "a bad query leaves nothing"
    );
}

#[test]
fn articles_that_went_out_as_json_lines_come_in_again() {
    let world = with_articles();
    let file = world.path("all.jsonl");
    world.done([Path::new("export"), Path::new("--jsonl"), &file]);
    let other = World::new();
    let total =
        |world: &World| world.done([Path::new("import"), &file]).lines.last().unwrap()["total"].clone();
    assert_eq!(total(&other)["new"], 2);
    assert_eq!(total(&other)["known"], 2, "once is enough");
    let found = other.done(["search", "Geneva"]).lines;
    assert_eq!((found.len(), &found[0]["published"]), (1, &Value::from("2019-05-14")));
    assert!(other.done(["sources"]).lines.is_empty(), "the file is not watched");

    std::fs::write(&file, "{\"title\":\"One\"}\nnonsense\n").unwrap();
    let ran = other.run([Path::new("import"), &file]);
    assert_eq!((ran.status, &ran.lines.last().unwrap()["total"]["new"]), (1, &Value::from(1)));
    assert!(ran.stderr.contains("line 2"), "{}", ran.stderr);
}
