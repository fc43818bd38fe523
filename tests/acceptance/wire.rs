//! What agencies send: corrections, withdrawals, embargoes.

use serde_json::json;

use crate::world::World;

fn item(version: u32, facts: &[(&str, &str)], text: &str) -> String {
    let mut item = json!({
        "uri": "urn:newsml:example.org:20190514:1", "type": "text", "version": version.to_string(),
        "versioncreated": "2019-05-14T07:30:00Z", "headline": "Talks begin", "language": "en",
        "source": "Example Press", "body_text": text,
    });
    for (name, value) in facts {
        item[*name] = json!(value);
    }
    item.to_string()
}

fn world() -> World {
    let world = World::new();
    world.done(["topics", "add", "Talks", "--query", "Geneva", "--level", "notify"]);
    world.add_inbox();
    world.check();
    world
}

#[test]
fn a_correction_in_another_file_replaces_and_an_older_one_does_not() {
    let world = world();
    world.drop_file("2.json", item(2, &[], "They met in Geneva."));
    assert_eq!(world.check()["new"], 1);
    world.drop_file("3.json", item(3, &[], "They met in Geneva at last."));
    assert_eq!(world.check()["changed"], 1);
    world.drop_file("1.json", item(1, &[], "They may meet in Geneva."));
    world.check();
    let articles = world.done(["articles"]).lines;
    assert_eq!(articles.len(), 1);
    assert_eq!(
        (&articles[0]["text"], &articles[0]["revision"]),
        (&json!("They met in Geneva at last."), &json!("3"))
    );
}

#[test]
fn a_withdrawn_article_is_marked_and_a_withheld_one_raises_no_alert() {
    let world = world();
    world.drop_file("1.json", item(1, &[("pubstatus", "withheld")], "They met in Geneva."));
    assert_eq!((&world.check()["new"], world.done(["alerts"]).lines.len()), (&json!(1), 0));
    world.drop_file("2.json", item(2, &[("pubstatus", "canceled")], ""));
    world.check();
    let article = world.done(["show", "1"]).lines.remove(0);
    assert_eq!((&article["status"], &article["text"]), (&json!("cancelled"), &json!("They met in Geneva.")));
    assert!(article["problems"].to_string().contains("withdrawn"), "{}", article["problems"]);
}

#[test]
fn an_alert_under_embargo_waits_in_the_outbox() {
    let world = world();
    world.drop_file("1.json", item(1, &[("embargoed", "2199-01-01T00:00:00Z")], "They met in Geneva."));
    assert_eq!(world.check()["alerts"], 1, "it is raised");
    assert_eq!(world.done(["alerts"]).lines.len(), 0, "and told nowhere before its time");
    assert_eq!(world.done(["show", "1"]).lines[0]["embargo"], "2199-01-01T00:00:00Z");
    world.drop_file("2.json", item(2, &[("embargoed", "2020-01-01T00:00:00Z")], "They met in Geneva."));
    world.check();
    assert_eq!(
        world.done(["alerts"]).lines[0]["state"],
        "delivered",
        "the embargo was shortened, and is over"
    );
}
