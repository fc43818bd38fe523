//! What the user wants of alerts: every one is in the inbox, and says what was done with it.

use serde_json::Value;

use crate::world::{Page, Server, World, relations_clipping, rss, until};

/// Drops clippings under a running watch; gives what it printed, and what the inbox says became of each,
/// oldest first.
fn fates(world: &World, count: usize) -> (Vec<Value>, Vec<String>) {
    let watching = world.watch();
    for number in 1..=count {
        world.drop_file(&format!("{number}.md"), relations_clipping(number));
    }
    until("every alert is settled", || {
        let alerts = world.done(["alerts"]).lines;
        let settled = alerts.iter().filter(|alert| !alert["fate"].is_null()).count();
        (settled == count).then_some(())
    });
    let printed = watching.stop();
    let alerts = world.done(["alerts"]).lines;
    let fates = alerts.iter().rev().map(|alert| alert["fate"].as_str().unwrap().to_owned());
    (printed, fates.collect())
}

#[test]
fn rules_hold_alerts_back_and_the_inbox_says_why() {
    for (commands, want) in [
        (vec![], "shown"),
        (vec![vec!["alerts", "pause", "1h"]], "paused"),
        (vec![vec!["alerts", "pause", "tomorrow"], vec!["alerts", "resume"]], "shown"),
        (vec![vec!["alerts", "snooze", "us-russia", "2h"]], "snoozed"),
        (vec![vec!["alerts", "snooze", "us-russia"], vec!["alerts", "snooze", "us-russia", "off"]], "shown"),
        (vec![vec!["settings", "set", "quiet-hours", "00:00-23:59 UTC"]], "quiet-hours"),
        (
            vec![
                vec!["settings", "set", "quiet-hours", "00:00-23:59 UTC"],
                vec!["topics", "set", "us-russia", "--level", "urgent"],
            ],
            "shown",
        ),
        (
            vec![
                vec!["settings", "set", "quiet-hours", "00:00-23:59 UTC"],
                vec!["alerts", "override", "1", "urgent"],
            ],
            "shown",
        ),
    ] {
        let world = World::new();
        world.add_inbox();
        for command in &commands {
            world.done(command);
        }
        let (printed, fates) = fates(&world, 1);
        assert_eq!(fates, [want], "{commands:?}");
        assert_eq!(printed.len(), usize::from(want == "shown"), "{commands:?}");
    }
}

#[test]
fn when_a_pause_or_quiet_hours_end_one_summary_tells_what_came_in() {
    for (hold, end) in [
        (vec!["alerts", "pause", "1h"], vec!["alerts", "resume"]),
        (
            vec!["settings", "set", "quiet-hours", "00:00-23:59 UTC"],
            vec!["settings", "set", "quiet-hours", ""],
        ),
    ] {
        let world = World::new();
        world.add_inbox();
        world.done(&hold);
        let (printed, _) = fates(&world, 3);
        assert!(printed.is_empty(), "{hold:?}: {printed:?}");
        assert!(!world.said(["check"]).contains("came in"), "{hold:?} is not over");
        world.done(&end);
        let said = world.said(["check"]);
        assert!(said.contains("3 came in while alerts were held back (U.S."), "{hold:?}: {said}");
        assert!(!world.said(["check"]).contains("came in"), "once: {hold:?}");
        let alerts = world.done(["alerts"]).lines;
        assert!(alerts.iter().all(|alert| alert["fate"] != "shown"), "why they were held stays known");
    }
}

#[test]
fn what_is_urgent_leaves_the_budget_of_its_topic_to_the_others() {
    let world = World::new();
    world.add_inbox();
    world.done(["topics", "set", "us-russia", "--budget", "1"]);
    world.done(["topics", "set", "us-russia", "--level", "urgent"]);
    let (printed, _) = fates(&world, 3);
    assert_eq!(printed.len(), 3, "urgent ones are shown whatever the budget: {printed:?}");
    world.done(["topics", "set", "us-russia", "--level", "notify"]);
    let watching = world.watch();
    world.drop_file("usual.md", relations_clipping(9));
    assert_eq!(watching.alert()["fate"], "shown", "the budget is whole");
}

#[test]
fn a_muted_source_raises_no_alert_and_lets_others_speak() {
    let world = World::new();
    world.add_inbox();
    world.done(["alerts", "mute", "1"]);
    world.drop_file("talks.md", relations_clipping(1));
    let total = world.check();
    assert_eq!((&total["matches"], &total["alerts"]), (&1.into(), &0.into()), "matched, and no more");
    assert_eq!(world.done(["sources"]).lines[0]["level"], "silent");

    let other = world.path("other");
    std::fs::create_dir(&other).unwrap();
    world.done(["add", other.to_str().unwrap()]);
    std::fs::write(other.join("talks.md"), relations_clipping(1)).unwrap();
    assert_eq!(world.check()["alerts"], 1, "the same story from one that is not muted");

    world.done(["alerts", "unmute", "1"]);
    world.drop_file("more.md", relations_clipping(2));
    assert_eq!(world.check()["alerts"], 1);
}

#[test]
fn a_budget_shows_so_many_and_folds_the_rest() {
    let world = World::new();
    world.add_inbox();
    world.done(["topics", "set", "us-russia", "--budget", "2"]);
    let (printed, fates) = fates(&world, 6);
    assert_eq!(printed.len(), 2, "{printed:?}");
    assert_eq!(fates.iter().filter(|fate| *fate == "shown").count(), 2, "{fates:?}");
    assert!(fates.iter().any(|fate| fate == "summary"), "{fates:?}");
    let state = world.done(["alerts", "state"]).lines.remove(0);
    assert_eq!(state["topics"][0]["budget"], 2);
    let topic = world.done(["topics", "set", "us-russia", "--budget", "default"]).lines.remove(0);
    assert_eq!(topic["budget"], Value::Null);
}

#[test]
fn a_feed_that_sends_its_past_under_new_names_raises_no_alert() {
    let (world, server) = (World::new(), Server::start());
    let items = |first: usize| -> Vec<(String, String, String)> {
        (first..first + 10)
            .map(|number| {
                let title = format!("Envoys meet for the {number}th time");
                let text =
                    format!("American and Russian negotiators met for talks on relations, round {number}.");
                (number.to_string(), title, text)
            })
            .collect()
    };
    let serve = |items: &[(String, String, String)]| {
        let items: Vec<(&str, &str, &str)> =
            items.iter().map(|(id, title, text)| (id.as_str(), title.as_str(), text.as_str())).collect();
        server.serve("/feed", Page::ok("application/rss+xml", rss(&items)));
    };
    serve(&items(1));
    world.done(["add", &server.url("/feed")]);
    let first = world.check();
    assert_eq!((&first["new"], &first["alerts"]), (&10.into(), &0.into()), "a back catalogue");
    let mut grown = items(1);
    grown.extend(items(100).into_iter().take(1));
    serve(&grown);
    assert_eq!(world.check()["alerts"], 1, "one more, however old it says it is");
    serve(&items(200));
    let again = world.check();
    assert_eq!((&again["new"], &again["alerts"]), (&10.into(), &0.into()), "all of it new, all of it old");
}

#[test]
fn what_cannot_be_set_is_refused_with_the_way_to_write_it() {
    let world = World::new();
    for (command, hint) in [
        (vec!["settings", "set", "quiet-hours", "22-7"], "22:00-07:00"),
        (vec!["settings", "set", "hourly-budget", "few"], "20"),
        (vec!["settings", "set", "volume", "11"], "quiet-hours"),
        (vec!["alerts", "pause", "soon"], "tomorrow"),
        (vec!["alerts", "pause", "99999999999d"], "calendar"),
        (vec!["alerts", "mute", "99"], "99"),
        (vec!["alerts", "snooze", "no-such-topic"], "no-such-topic"),
        (vec!["topics", "set", "us-russia", "--budget", "few"], "default"),
        (vec!["stories", "show", "999"], "999"),
        (vec!["stories", "split", "999"], "999"),
    ] {
        let ran = world.run(&command);
        assert_eq!(ran.status, 2, "{command:?}");
        assert!(ran.stderr.contains(hint), "{command:?}: {}", ran.stderr);
    }
}

#[test]
fn settings_can_be_read_back_and_taken_away() {
    let world = World::new();
    world.done(["settings", "set", "quiet-hours", "22:00-07:00 Europe/Berlin"]);
    let value = || world.done(["settings", "show", "quiet-hours"]).lines[0]["value"].clone();
    assert_eq!(value(), "22:00-07:00 Europe/Berlin");
    assert_eq!(world.done(["alerts", "state"]).lines[0]["quiet_hours"], value());
    world.done(["settings", "set", "quiet-hours", ""]);
    assert_eq!(value(), "");
    assert_eq!(world.done(["settings", "show"]).lines.len(), 4);
}
