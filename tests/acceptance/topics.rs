//! Topics: shipped, changed, matched, explained.

use serde_json::Value;

use crate::world::{World, relations_clipping};

fn topics_of(world: &World, title: &str, text: &str) -> Vec<String> {
    let line = serde_json::json!({"id": 1, "title": title, "text": text}).to_string();
    let file = world.path("articles.jsonl");
    std::fs::write(&file, line).unwrap();
    let ran = world.run(["match", "--jsonl", file.to_str().unwrap()]);
    assert!(ran.status <= 1, "{}", ran.stderr);
    let topics = ran.lines[0]["topics"].as_array().unwrap();
    topics.iter().map(|topic| topic["topic"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn shipped_topics_flag_what_they_are_for() {
    let world = World::new();
    for (topic, title, text) in [
        (
            "us-russia",
            "Talks resume",
            "Washington and Moscow resumed talks on U.S.–Russia relations on Monday.",
        ),
        (
            "election-interference",
            "Report",
            "Hackers tried to influence the outcome of the presidential election.",
        ),
        (
            "counter-terrorism",
            "Raids",
            "Counterterrorism police arrested nine people on suspicion of planning attacks.",
        ),
    ] {
        assert_eq!(topics_of(&world, title, text), [topic], "{text}");
    }
}

#[test]
fn what_only_looks_like_a_topic_is_not_flagged() {
    let world = World::new();
    for (why, title, text) in [
        ("sports", "Rovers win", "A header in the last minute gave the Rovers a win over United."),
        (
            "Russia without the U.S.",
            "Harvest",
            "Russia expects a record wheat harvest this year, the ministry said.",
        ),
        ("an election without interference", "Vote", "Voters in the state elect a new governor on Tuesday."),
        (
            "the pronoun",
            "Letters",
            "Russia gave us its best writers, and they still move us, the critic wrote.",
        ),
    ] {
        assert!(topics_of(&world, title, text).is_empty(), "{why}: {text}");
    }
}

#[test]
fn hits_are_byte_ranges_of_their_field() {
    let world = World::new();
    let text = "Überraschung: U.S. envoys met Russian diplomats – «наконец» – for talks on relations.";
    let file = world.path("a.jsonl");
    std::fs::write(&file, serde_json::json!({"id": "x", "title": "", "text": text}).to_string()).unwrap();
    let ran = world.done(["match", "--jsonl", file.to_str().unwrap()]);
    let hits = ran.lines[0]["topics"][0]["hits"].as_array().unwrap();
    assert!(!hits.is_empty());
    for hit in hits {
        let range = hit["start"].as_u64().unwrap() as usize..hit["end"].as_u64().unwrap() as usize;
        assert_eq!(text.get(range), hit["text"].as_str(), "{hit}");
        assert_eq!(hit["field"], "body");
    }
}

#[test]
fn a_new_topic_is_matched_against_the_whole_library() {
    let world = World::new();
    world.drop_file("a.md", relations_clipping(1));
    world.add_inbox();
    world.check();
    let topic = &world.done(["topics", "add", "Geneva", "--query", "geneva AND delegation"]).lines[0];
    assert_eq!((topic["id"].as_str(), topic["matches"].as_u64()), (Some("geneva"), Some(1)));
    let changed = &world.done(["topics", "set", "geneva", "--query", "vienna"]).lines[0];
    assert_eq!((changed["version"].as_u64(), changed["matches"].as_u64()), (Some(2), Some(0)));
    world.done(["topics", "remove", "geneva"]);
    assert_eq!(world.run(["topics", "show", "geneva"]).status, 2);
    assert!(world.done(["alerts"]).lines.is_empty(), "none of that is news");
}

#[test]
fn explain_shows_the_passage_and_what_is_missing() {
    let world = World::new();
    world.drop_file("a.md", relations_clipping(1));
    world.add_inbox();
    world.check();
    world.done(["topics", "add", "Both", "--query", "delegation AND vienna", "--level", "silent"]);
    let hit = &world.done(["explain", "us-russia", "1"]).lines[0];
    assert_eq!(hit["matches"], true);
    let clauses = hit["clauses"].as_array().unwrap();
    assert!(clauses.iter().any(|clause| !clause["hits"].as_array().unwrap().is_empty()));
    let miss = world.run(["explain", "both", "1"]);
    assert_eq!((miss.status, &miss.lines[0]["matches"]), (1, &Value::Bool(false)));
    let truth = |name: &str| {
        let clauses = miss.lines[0]["clauses"].as_array().unwrap();
        clauses.iter().find(|clause| clause["clause"] == name).unwrap()["true"].as_bool().unwrap()
    };
    assert_eq!((truth("delegation"), truth("vienna")), (true, false));
    let line = &miss.lines[0];
    assert_eq!((&line["failing"], &line["missing"][0]), (&"vienna".into(), &"vienna".into()));
    assert_eq!((&line["topic"], line["version"].as_u64()), (&"both".into(), Some(1)));
    world.done(["topics", "set", "both", "--query", "delegation AND geneva NOT header"]);
    let hit = world.run(["explain", "both", "1"]);
    assert_eq!((hit.status, hit.lines[0]["version"].as_u64()), (0, Some(2)), "the version that was asked");
}

#[test]
fn packs_go_out_and_come_back() {
    let world = World::new();
    let file = world.path("topics.toml");
    world.done(["topics", "export", file.to_str().unwrap()]);
    let other = World::new();
    other.done(["topics", "remove", "us-russia"]);
    other.done(["topics", "import", file.to_str().unwrap()]);
    assert_eq!(other.done(["topics", "list"]).lines.len(), 3);
    assert!(
        !topics_of(&other, "", "Washington and Moscow resumed talks on U.S.–Russia relations.").is_empty()
    );
}

#[test]
fn removed_shipped_topics_stay_away() {
    let world = World::new();
    world.done(["topics", "remove", "us-russia"]);
    assert_eq!(world.done(["topics", "list"]).lines.len(), 2);
}

#[test]
fn a_back_test_shows_what_a_query_would_have_found() {
    let world = World::new();
    let clipping = |title: &str, day: u32, text: &str| {
        format!("# {title}\n\nBy [Wire](https://wire.example/)\n\nMay {day}, 2019\n\n{text}\n")
    };
    for (name, title, day, text) in [
        (
            "a.md",
            "Strike begins",
            14,
            "Dockers began a strike at the harbour on Tuesday. The mayor was silent.",
        ),
        ("b.md", "Strike goes on", 15, "The strike at the harbour goes on, the dockers said."),
        ("c.md", "Miners, too", 15, "Miners began a strike on Wednesday, far from any coast."),
        ("d.md", "Quiet", 16, "At the harbour nothing happened on Thursday."),
    ] {
        world.drop_file(name, clipping(title, day, text));
    }
    world.add_inbox();
    world.check();
    world.done(["topics", "add", "Strikes", "--query", "strike", "--level", "silent"]);
    let query = "strike AND harbour";
    let tried = &world.done(["backtest", "--query", query, "--topic", "strikes"]).lines[0];
    assert_eq!((tried["articles"].as_u64(), tried["of"].as_u64()), (Some(2), Some(4)), "{tried}");
    assert_eq!(tried["exact"], true);
    let days: Vec<_> =
        tried["per_day"].as_array().unwrap().iter().map(|day| day["articles"].as_u64()).collect();
    assert_eq!(days, [Some(1), Some(1)], "{tried}");
    assert_eq!((tried["added"].as_u64(), tried["removed"].as_u64()), (Some(0), Some(1)));
    assert_eq!(tried["removed_articles"][0]["title"], "Miners, too");
    let samples = tried["samples"].as_array().unwrap();
    assert_eq!(samples.len(), 2);
    assert!(samples.iter().all(|one| one["sentence"].as_str().unwrap().contains("harbour")), "{tried}");
    let missed: Vec<_> = tried["near_misses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["title"].as_str().unwrap(), one["clause"].as_str().unwrap()))
        .collect();
    assert_eq!(missed.len(), 2, "{tried}");
    assert!(missed.contains(&("Miners, too", "harbour")) && missed.contains(&("Quiet", "strike")), "{tried}");
    let recent = &world.done(["backtest", "--query", query, "--days", "30"]).lines[0];
    assert_eq!((recent["articles"].as_u64(), recent["of"].as_u64()), (Some(0), Some(0)), "2019 is long ago");
    let bad = world.run(["backtest", "--query", "strike AND ("]);
    assert_eq!((bad.status, bad.lines[0]["error"]["start"].as_u64()), (2, Some(11)), "{}", bad.stderr);
    assert_eq!(world.run(["backtest", "--query", "a", "--topic", "nobody"]).status, 2);
    assert_eq!(world.done(["topics", "show", "strikes"]).lines[0]["version"], 1, "nothing was stored");
}

#[test]
fn a_topic_has_versions_and_what_was_applied_is_taken_back() {
    let world = World::new();
    world.drop_file("a.md", relations_clipping(1));
    world.add_inbox();
    world.check();
    let matches = || world.done(["topics", "show", "geneva"]).lines[0]["matches"].as_u64();
    world.done(["topics", "add", "Geneva", "--query", "geneva"]);
    world.done(["topics", "set", "geneva", "--query", "vienna", "--level", "urgent"]);
    assert_eq!(matches(), Some(0));
    let undone = &world.done(["topics", "undo", "geneva"]).lines[0];
    assert_eq!((undone["taken_back"].as_u64(), undone["brought_back"].as_u64()), (Some(0), Some(1)));
    assert_eq!(matches(), Some(1), "the match is back");
    assert_eq!(
        world.done(["show", "1"]).lines[0]["matches"][0]["version"],
        1,
        "with the version that matched"
    );
    assert_eq!(world.run(["topics", "undo", "geneva"]).status, 2, "only once");
    let applied = &world.done(["topics", "apply", "geneva"]).lines[0];
    assert_eq!((applied["added"].as_u64(), applied["removed"].as_u64()), (Some(0), Some(1)));
    let versions = world.done(["topics", "versions", "geneva"]).lines;
    let told: Vec<_> = versions
        .iter()
        .map(|one| (one["version"].as_u64(), one["query"].as_str(), one["level"].as_str()))
        .collect();
    assert_eq!(told, [(Some(2), Some("vienna"), Some("urgent")), (Some(1), Some("geneva"), Some("notify"))]);
    let restored = &world.done(["topics", "restore", "geneva", "1"]).lines[0];
    assert_eq!((restored["version"].as_u64(), restored["matches"].as_u64()), (Some(3), Some(1)));
    assert_eq!(world.run(["topics", "restore", "geneva", "9"]).status, 2);
    assert!(world.done(["alerts"]).lines.is_empty(), "none of that is news");
}

#[test]
fn a_topic_that_only_gets_louder_is_not_run_again() {
    let world = World::new();
    world.drop_file("a.md", relations_clipping(1));
    world.add_inbox();
    world.check();
    world.done(["topics", "add", "Geneva", "--query", "geneva"]);
    world.done(["topics", "set", "geneva", "--query", "vienna"]);
    let louder = &world.done(["topics", "set", "geneva", "--level", "urgent"]).lines[0];
    assert_eq!((louder["version"].as_u64(), louder["matches"].as_u64()), (Some(3), Some(0)));
    let undone = &world.done(["topics", "undo", "geneva"]).lines[0];
    assert_eq!(undone["brought_back"], 1, "what the last run did can be taken back still: {undone}");
    let quieter = &world.done(["topics", "set", "geneva", "--level", "silent"]).lines[0];
    assert_eq!(quieter["matches"], 1, "and stays so: {quieter}");
}
