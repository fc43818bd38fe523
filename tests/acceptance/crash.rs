//! Killed at any moment, nothing is lost and nothing happens twice.

use std::collections::HashSet;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::world::{World, relations_clipping, sports_clipping};

const CLIPPINGS: usize = 5_000;

#[test]
fn kill_nine_during_a_check_loses_and_doubles_nothing() {
    let world = World::new();
    for number in 0..CLIPPINGS {
        let clipping = if number % 10 == 0 { relations_clipping(number) } else { sports_clipping(number) };
        world.drop_file(&format!("{number}.md"), clipping);
    }
    let inbox = world.inbox();
    world.done(["add", "--alert-existing", inbox.to_str().unwrap()]);
    let mut kills = 0;
    for round in 1..=6_u64 {
        let mut child =
            world.command().arg("check").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // A different moment each time; the pass takes longer than the first of them.
        let moment = Instant::now() + Duration::from_millis(1_500 + 220 * round);
        while Instant::now() < moment && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        kills += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(kills > 0, "the pass was over before it could be killed");
    world.check();
    let ran = world.done(["articles"]);
    let titles: HashSet<&str> = ran.lines.iter().map(|article| article["title"].as_str().unwrap()).collect();
    assert_eq!((ran.lines.len(), titles.len()), (CLIPPINGS, CLIPPINGS), "every article once");
    let alerts = world.done(["alerts"]);
    let articles: HashSet<i64> =
        alerts.lines.iter().map(|alert| alert["article"].as_i64().unwrap()).collect();
    assert_eq!((alerts.lines.len(), articles.len()), (CLIPPINGS / 10, CLIPPINGS / 10), "every alert once");
    let count = world.done(["search", "--count", "rover"]);
    assert_eq!(count.lines[0]["count"], CLIPPINGS - CLIPPINGS / 10, "index and articles agree");
    assert_eq!(world.check()["known"], CLIPPINGS);
}
