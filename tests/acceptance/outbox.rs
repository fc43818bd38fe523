//! Killed at any moment, `watch` loses no alert and shows none twice.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::world::{World, relations_clipping, until};

/// Kills, unless `WIREWATCH_KILLS` says how many.
const KILLS: usize = 8;

/// The longest that a watch lives before it is killed: long enough to start, read and show.
const LONGEST_LIFE: u64 = 2_500;

/// A clipping is dropped so often.
const PACE: Duration = Duration::from_millis(30);

/// Moments that look drawn, the same each time.
fn moments(count: usize) -> impl Iterator<Item = Duration> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        Duration::from_millis(state % LONGEST_LIFE)
    })
    .take(count)
}

#[test]
fn kill_nine_during_a_watch_loses_no_alert_and_shows_none_twice() {
    let kills = std::env::var("WIREWATCH_KILLS").map_or(KILLS, |number| number.parse().unwrap());
    let world = World::new();
    world.add_inbox();
    let mut shown: Vec<Value> = Vec::new();
    let mut dropped = 0;
    for life in moments(kills) {
        let (watching, end) = (world.watch(), Instant::now() + life);
        while Instant::now() < end {
            world.drop_file(&format!("{dropped}.md"), relations_clipping(dropped));
            dropped += 1;
            let next = Instant::now() + PACE;
            while let Some(alert) = watching.alert_within(next.saturating_duration_since(Instant::now())) {
                shown.push(alert);
            }
        }
        shown.extend(watching.kill());
    }
    let watching = world.watch();
    until("every alert is settled", || {
        let alerts = world.done(["alerts"]).lines;
        let settled = alerts.iter().filter(|alert| !alert["fate"].is_null()).count();
        (settled == dropped).then_some(())
    });
    shown.extend(watching.stop());
    let ids: HashSet<i64> = shown.iter().map(|alert| alert["id"].as_i64().unwrap()).collect();
    let titles: HashSet<&str> = shown.iter().map(|alert| alert["title"].as_str().unwrap()).collect();
    assert_eq!((ids.len(), titles.len()), (dropped, dropped), "every alert was shown");
    assert_eq!(shown.len(), dropped, "none was shown twice in {kills} kills");
}
