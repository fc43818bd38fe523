//! The query language over the library, from the command line.

use crate::world::{World, relations_clipping, sports_clipping};

fn library() -> World {
    let world = World::new();
    world.drop_file("a.md", relations_clipping(1));
    world.drop_file("b.md", sports_clipping(1));
    world.add_inbox();
    world.check();
    world
}

#[test]
fn search_finds_words_forms_phrases_and_nearness() {
    let world = library();
    for (query, finds) in [
        ("negotiator", 1),
        ("\"negotiator\"", 0),
        ("US", 1),
        ("'us'", 1),
        ("russia*", 1),
        ("american NEAR/2 negotiators", 1),
        ("negotiators ONEAR/2 american", 0),
        ("(geneva OR header) AND NOT vienna", 2),
        ("title:rovers", 1),
        ("body:rovers -title:envoys", 1),
        ("source:inbox", 2),
        ("topic:us-russia", 1),
        ("is:flagged AND geneva", 1),
        ("before:2025-06-01", 1),
        ("@us AND geneva", 1),
        ("zeppelin", 0),
    ] {
        let ran = world.run(["search", query]);
        assert_eq!(ran.lines.len(), finds, "{query}: {}", ran.stderr);
        assert_eq!(ran.status, i32::from(finds == 0), "{query}");
        let count = world.run(["search", "--count", query]);
        assert_eq!(count.lines[0]["count"], finds, "{query}");
    }
}

#[test]
fn search_shows_the_passage() {
    let world = library();
    let found = world.done(["search", "delegation"]);
    assert_eq!(found.lines[0]["snippet"], "The U.S. delegation and the Russian side agreed to go on.");
    assert_eq!(found.lines[0]["topics"][0], "us-russia");
}

#[test]
fn query_check_shows_the_parse_and_hints() {
    let world = World::new();
    let ran = world.done(["query", "check", "sanction russia OR oil"]);
    assert_eq!(ran.lines[0]["ok"], true);
    assert!(!ran.lines[0]["parsed"].as_str().unwrap().is_empty());
    assert!(!ran.lines[0]["warnings"].as_array().unwrap().is_empty());
    let bad = world.run(["query", "check", "a AND"]);
    assert_eq!((bad.status, bad.lines[0]["ok"].as_bool()), (2, Some(false)));
    let unknown = world.run(["query", "check", "@nobody"]);
    assert_eq!(unknown.status, 2, "a list that is not there");
}
