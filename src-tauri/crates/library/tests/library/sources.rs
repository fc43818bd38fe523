//! What is kept of sources besides their articles.

use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use wirewatch_library::{Batch, FetchState, Receipt, ReceiptFilter, ReceiptOutcome};
use wirewatch_model::{
    Health, Level, ParsedArticle, Published, SourceId, SourceOptions, SourceState, SourceWishes,
};

use crate::{World, article, news, noon};

fn receipt(path: &str, problem: Option<&str>) -> Receipt {
    Receipt {
        path: path.into(),
        size: 9,
        modified: noon(),
        read_at: noon(),
        hash: None,
        outcome: problem.map_or(ReceiptOutcome::Articles(1), |words| ReceiptOutcome::Problem(words.into())),
    }
}

fn with_receipts(world: &World) -> SourceId {
    let source = world.source("folder");
    let receipts = vec![
        receipt("/in/b.md", None),
        receipt("/in/Ёлка.md", Some("it is empty")),
        receipt("/in/a.md", Some("a PDF of scans")),
        receipt("/in/c.md", None),
    ];
    world.library.add(&Batch { source, arrivals: Vec::new(), receipts, at: noon() }).unwrap();
    source
}

#[test]
fn receipts_are_found_by_path_and_reason_whatever_the_capitals() {
    let world = World::new();
    let source = with_receipts(&world);
    for (text, only_problems, want) in [
        ("", false, &["/in/a.md", "/in/b.md", "/in/c.md", "/in/Ёлка.md"][..]),
        ("", true, &["/in/a.md", "/in/Ёлка.md"]),
        ("ёлка", false, &["/in/Ёлка.md"]),
        ("EMPTY", false, &["/in/Ёлка.md"]),
        ("b.md", true, &[]),
    ] {
        let filter = ReceiptFilter { text: text.into(), only_problems };
        let page = world.library.receipt_page(source, &filter, None, 9).unwrap();
        let paths: Vec<&str> = page.iter().map(|receipt| receipt.path.as_str()).collect();
        assert_eq!(paths, want, "{filter:?}");
        assert_eq!(world.library.receipt_count(source, &filter).unwrap(), want.len() as u64, "{filter:?}");
    }
}

#[test]
fn receipts_come_page_by_page() {
    let world = World::new();
    let source = with_receipts(&world);
    let (mut after, mut paths) = (None, Vec::new());
    loop {
        let page =
            world.library.receipt_page(source, &ReceiptFilter::default(), after.as_deref(), 3).unwrap();
        paths.extend(page.iter().map(|receipt| receipt.path.clone()));
        if page.len() < 3 {
            break;
        }
        after = page.last().map(|receipt| receipt.path.clone());
    }
    assert_eq!(paths, ["/in/a.md", "/in/b.md", "/in/c.md", "/in/Ёлка.md"]);
}

#[test]
fn a_pause_is_a_wish_that_no_finding_ends() {
    let world = World::new();
    let id = world.source("wire");
    let state = || world.library.source(id).unwrap().unwrap().health.state;
    assert!(world.library.set_source_paused(id, true).unwrap());
    let failing = Health { state: SourceState::Failing, ..Health::default() };
    world.library.set_health(id, &failing).unwrap();
    assert_eq!(state(), SourceState::Paused);
    let as_read = world.library.source(id).unwrap().unwrap().health;
    world.library.set_health(id, &as_read).unwrap();
    world.library.set_source_paused(id, false).unwrap();
    assert_eq!(state(), SourceState::Failing, "what was found meanwhile counts again");
    assert!(!world.library.set_source_paused(SourceId(99), true).unwrap());
}

#[test]
fn what_the_user_changes_is_kept_and_the_place_stays() {
    let world = World::new();
    let id = world.source("wire");
    let wishes = SourceWishes {
        name: "Wire".into(),
        label: Some("Round".into()),
        every: Some(Duration::from_secs(900)),
        full_text: true,
        level: Some(Level::Digest),
    };
    assert!(world.library.change_source(id, &wishes).unwrap());
    let options = SourceOptions { proxy: Some("direct".into()), ..SourceOptions::default() };
    world.library.set_source_options(id, &options).unwrap();
    let source = world.library.source(id).unwrap().unwrap();
    let spec = &source.spec;
    assert_eq!(
        (spec.name.as_str(), spec.label.as_deref(), spec.every),
        ("Wire", Some("Round"), wishes.every)
    );
    assert_eq!((spec.full_text, source.level), (true, Some(Level::Digest)));
    assert_eq!(spec.location, "https://wire.example/feed");
    assert_eq!(world.library.source_options(id).unwrap(), options);
}

#[test]
fn what_a_feed_says_of_its_rhythm_is_kept_with_its_validators() {
    let world = World::new();
    let id = world.source("wire");
    let state = FetchState { ttl: Some(Duration::from_secs(3600)), ..FetchState::default() };
    world.library.set_fetch_state(id, &state).unwrap();
    assert_eq!(world.library.fetch_state(id).unwrap(), state);
}

#[test]
fn problems_of_an_answer_replace_those_of_the_last_and_are_bounded() {
    let world = World::new();
    let id = world.source("wire");
    let problem = |number: usize| (format!("place {number}"), "a reason".to_owned());
    world.library.set_source_problems(id, &(0..500).map(problem).collect::<Vec<_>>()).unwrap();
    let kept = world.library.source_problems(id).unwrap();
    assert!((10..500).contains(&kept.len()) && kept[1] == problem(1), "{}", kept.len());
    world.library.set_source_problems(id, &[problem(7), problem(7)]).unwrap();
    assert_eq!(world.library.source_problems(id).unwrap(), [problem(7), problem(7)]);
}

#[test]
fn articles_are_counted_on_the_day_they_came_out() {
    let world = World::new();
    let (wire, other) = (world.source("wire"), world.source("other"));
    let on = |title: &str, days: i64| ParsedArticle {
        published: Some(Published::At(noon() - TimeDelta::days(days))),
        ..article(title, title)
    };
    for (source, title, days) in [(wire, "a", 1), (wire, "b", 1), (wire, "c", 0), (other, "d", 1)] {
        world.add(source, news(on(title, days), &[]));
    }
    let day = |back: i64| (noon() - TimeDelta::days(back)).date_naive();
    let want: Vec<(NaiveDate, u32)> = vec![(day(1), 2), (day(0), 1)];
    assert_eq!(world.library.source_days(wire, noon() - TimeDelta::days(9)).unwrap(), want);
    assert_eq!(world.library.last_arrival(wire).unwrap(), Some(noon()));
    assert_eq!(world.library.last_arrival(SourceId(99)).unwrap(), None);
}
