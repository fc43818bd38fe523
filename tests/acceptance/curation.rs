//! The next digest as its editor wants it, and digests in the user's own looks.

use crate::world::World;

fn world() -> World {
    let world = World::new();
    for (name, subject) in [("herring", "herring"), ("grain", "grain"), ("gas", "gas")] {
        let text = format!(
            "# Talks about {subject}\n\nMay 14, 2019\n\nAmerican and Russian negotiators met for talks on \
             U.S.-Russia relations; this time the {subject} trade kept {name} people busy.\n"
        );
        world.drop_file(&format!("{name}.md"), text);
    }
    world.add_inbox();
    world.check();
    world
}

/// The number of the story with this word in its headline.
fn story(world: &World, word: &str) -> String {
    let next = world.done(["digests", "next"]);
    let told = next.lines.iter().find(|line| line["headline"].as_str().unwrap().contains(word)).unwrap();
    told["story"].to_string()
}

/// The digest in Markdown.
fn markdown(world: &World, more: &[&str]) -> String {
    let file = world.path("digest.md");
    let mut arguments = vec!["digest", "--md", file.to_str().unwrap()];
    arguments.extend(more);
    world.done(arguments);
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn stories_are_left_out_moved_and_annotated_once() {
    let world = world();
    let (gas, herring) = (story(&world, "gas"), story(&world, "herring"));
    let note = format!("{herring}=We are quoted.");
    let ran = world.done([
        "digests",
        "curate",
        "Daily digest",
        "--drop",
        &gas,
        "--first",
        &herring,
        "--annotate",
        &note,
        "--note",
        "A quiet night.",
    ]);
    let dropped: Vec<_> = ran.lines.iter().filter(|line| line["dropped"] == true).collect();
    assert!(
        !dropped.is_empty() && dropped.iter().all(|line| line["story"] == dropped[0]["story"]),
        "{dropped:?}"
    );
    assert_eq!(dropped[0]["story"].to_string(), gas);

    let looked = markdown(&world, &["--from", "24h"]);
    assert!(looked.contains("gas") && !looked.contains("quoted"), "another period is shown as it is");

    let text = markdown(&world, &[]);
    assert!(text.contains("> A quiet night.") && text.contains("> We are quoted."), "{text}");
    assert!(!text.contains("about gas"), "{text}");
    assert!(text.find("about herring").unwrap() < text.find("about grain").unwrap(), "{text}");

    world.drop_file(
        "late.md",
        "# Late talks about gas\n\nMay 14, 2019\n\nAmerican and Russian negotiators met again over U.S.-Russia \
         relations, and this time somebody brought maps of every pipeline.\n",
    );
    world.check();
    let text = markdown(&world, &[]);
    assert!(text.contains("Late talks") && !text.contains("quiet night"), "wishes are used up: {text}");
}

#[test]
fn a_chapter_is_ordered_by_itself_and_what_does_not_fit_can_be_chosen() {
    let world = world();
    world.done(["digests", "set", "Short", "--topic", "us-russia", "--cap", "1"]);
    let next = || world.done(["digests", "next", "Short"]).lines;
    let shown = || {
        let shown: Vec<_> = next().into_iter().filter(|line| line["beyond"] == false).collect();
        assert_eq!(shown.len(), 1, "{shown:?}");
        shown[0]["story"].to_string()
    };
    let usual = shown();
    let other = next().into_iter().find(|line| line["beyond"] == true).unwrap()["story"].to_string();
    let order = format!("us-russia={other},{usual}");
    world.done(["digests", "curate", "Short", "--order", &order]);
    assert_eq!(shown(), other, "it was put where it fits");
    world.done(["digests", "curate", "Short", "--order", "us-russia="]);
    assert_eq!(shown(), usual, "and left to the digest's own order again");
    let ran = world.run(["digests", "curate", "Short", "--order", "us-russia=many"]);
    assert!(ran.status == 2 && ran.stderr.contains("us-russia=12,7"), "{}", ran.stderr);
}

#[test]
fn a_wish_for_a_story_that_is_not_there_is_refused() {
    let world = world();
    let ran = world.run(["digests", "curate", "Daily digest", "--drop", "999"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("999") && ran.stderr.contains("digests next"), "{}", ran.stderr);
    let gas = story(&world, "gas");
    let ran = world.run(["digests", "curate", "Daily digest", "--order", &format!("no-such-topic={gas}")]);
    assert!(ran.status == 2 && ran.stderr.contains("no-such-topic"), "{}", ran.stderr);
}

#[test]
fn a_digest_that_nobody_planned_cannot_be_curated() {
    let ran = world().run(["digests", "curate", "Dayly digest", "--note", "Nothing."]);
    assert!(ran.status == 2 && ran.stderr.contains("Dayly digest"), "{}", ran.stderr);
}

#[test]
fn what_is_left_out_has_matched_all_the_same() {
    let world = world();
    for subject in ["herring", "grain", "gas"] {
        world.done(["digests", "curate", "Daily digest", "--drop", &story(&world, subject)]);
    }
    let said = world.said(["digests", "next"]);
    assert!(said.contains("(left out)") && !said.contains("nothing has matched"), "{said}");
}

#[test]
fn what_is_taken_back_leaves_the_digest_as_it_was() {
    let world = world();
    let gas = story(&world, "gas");
    world.done(["digests", "curate", "Daily digest", "--drop", &gas, "--note", "Nothing."]);
    world.done(["digests", "curate", "Daily digest", "--reset"]);
    let text = markdown(&world, &[]);
    assert!(text.contains("about gas") && !text.contains("Nothing."), "{text}");
}

#[test]
fn digests_look_as_the_user_wants_and_there_is_a_way_back() {
    let world = world();
    let own = world.path("own.md");
    std::fs::write(&own, "{{ title }}: {{ stories }}\n").unwrap();
    world.done(["templates", "set", "digest.md", own.to_str().unwrap()]);
    assert_eq!(markdown(&world, &["--from", "24h"]), "Daily digest: 3\n");
    std::fs::write(&own, "{{ title }}\n{{ storys }}\n").unwrap();
    let ran = world.run(["templates", "set", "digest.md", own.to_str().unwrap()]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("digest.md:2:4: `storys` is undefined"), "{}", ran.stderr);
    assert_eq!(markdown(&world, &["--from", "24h"]), "Daily digest: 3\n", "the one that there was stays");
    world.done(["templates", "reset", "digest.md"]);
    assert!(markdown(&world, &["--from", "24h"]).starts_with("# Daily digest"));
}

#[test]
fn a_pdf_template_is_tried_out_before_it_is_taken() {
    let world = world();
    let own = world.path("own.typ");
    std::fs::write(&own, "#let d = json(\"/digest.json\")\n#d.titel\n").unwrap();
    let ran = world.run(["templates", "set", "digest.typ", own.to_str().unwrap()]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("digest.typ:2:"), "{}", ran.stderr);
    std::fs::write(&own, "").unwrap();
    let ran = world.run(["templates", "set", "digest.typ", own.to_str().unwrap()]);
    assert!(ran.status == 2 && ran.stderr.contains("empty"), "{}", ran.stderr);
    let ours = world.done(["templates", "show", "digest.typ"]);
    std::fs::write(&own, ours.lines[0]["text"].as_str().unwrap()).unwrap();
    world.done(["templates", "set", "digest.typ", own.to_str().unwrap()]);
    let listed = world.done(["templates", "list"]);
    assert!(listed.lines.iter().any(|line| line["name"] == "digest.typ" && line["own"] == true));
}
