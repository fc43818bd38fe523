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

#[test]
fn query_check_says_in_plain_words_what_is_asked_for() {
    let world = World::new();
    let line = &world.done(["query", "check", "US NEAR/8 russia NOT title:football"]).lines[0];
    assert_eq!(
        line["described"],
        "US as written in capitals, also U.S., within 8 words of the word russia in any form; \
         not in the title: the word football in any form"
    );
    let parts = line["outline"]["parts"].as_array().unwrap();
    assert_eq!((parts.len(), parts[1]["start"].as_u64(), parts[1]["end"].as_u64()), (2, Some(17), Some(35)));
}

#[test]
fn query_check_reads_the_queries_of_other_tools_and_says_what_changed() {
    let world = World::new();
    for (tool, query, ours, changed) in [
        ("factiva", "russia near5 sanction*", "\"russia\" NEAR/4 sanction*", "NEAR/4"),
        ("meltwater", "title:russia NEAR oil", "title:\"russia\" NEAR/4 \"oil\"", "NEAR/4"),
        ("talkwalker", "++\"US\" AND \"oil price\"~3", "'US' AND \"oil\" NEAR/3 \"price\"", "NEAR/3"),
    ] {
        let line = &world.done(["query", "check", "--from", tool, query]).lines[0];
        assert_eq!(line["parsed"], ours, "{tool}");
        let changes = line["changes"].as_array().unwrap();
        let said = |change: &serde_json::Value| change["message"].as_str().unwrap().contains(changed);
        assert!(changes.iter().any(said), "{tool}: {changes:?}");
        let again = &world.done(["query", "check", ours]).lines[0];
        assert!(again["changes"].is_null(), "nothing was imported");
    }
    let refused = world.run(["query", "check", "--from", "factiva", "russia near5 wom?n"]);
    assert_eq!((refused.status, refused.lines[0]["error"]["start"].as_u64()), (2, Some(13)));
}

#[test]
fn query_check_knows_what_the_library_holds() {
    let world = World::new();
    for number in 0..24 {
        let story = format!("# Report {number}\n\nThe port of Rotterdam said that ships wait.\n");
        world.drop_file(&format!("{number}.md"), story);
    }
    world.add_inbox();
    world.check();
    let warnings = |query: &str| world.done(["query", "check", query]).lines[0]["warnings"].to_string();
    assert!(warnings("rotterdam AND zeppelin").contains("`zeppelin` occurs in none of the 24 articles"));
    assert!(warnings("rotterdam").contains("can find 24 of the 24 articles"));
    assert_eq!(warnings("title:rotterdam"), "[]", "the word occurs, but in no headline");
}
