//! A month of digests: sleep, off, both clock changes, a journey, kills at any await, and a mail
//! server that refuses, greylists and drops.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, TimeDelta};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use wirewatch_model::{DeliveryState, Edition, EditionState};
use wirewatch_monitor::{Monitor, Press};

use crate::stage::{
    Dice, HandClock, Mood, NoSecrets, Taken, at, killed_after, mail_server, plan, press, serve,
};

/// One look as the program looks, killed at some await or not at all.
async fn look(monitor: &Monitor, press: &Press, dice: &mut Dice) {
    monitor.make_due_editions(press).unwrap();
    let steps = match dice.below(4) {
        0 => dice.below(8),
        _ => u64::MAX,
    };
    let stop = CancellationToken::new();
    if let Some(sent) = killed_after(steps, monitor.send_due(press, &stop)).await {
        sent.unwrap();
    }
}

/// Mostly the server takes what it is given.
fn moods(mut dice: Dice) -> impl FnMut() -> Mood {
    move || match dice.below(10) {
        0..=1 => Mood::Greylists,
        2 => Mood::HangsUpBefore,
        3 => Mood::HangsUpAfter,
        _ => Mood::Takes,
    }
}

async fn play(seed: u64, begin: &str, clock_change: NaiveDate) {
    let folder = tempfile::tempdir().unwrap();
    let begin = at(begin);
    let clock = HandClock::at(begin);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let taken = Taken::default();
    let server = tokio::spawn(serve(listener, taken.clone(), moods(Dice(seed ^ 7))));
    let (press, mut dice) = (press(), Dice(seed));

    let mut monitor = Monitor::open(folder.path(), clock.clone()).unwrap();
    monitor.set_mail_server(&mail_server(port), None, &NoSecrets).unwrap();
    monitor.save_plan(&plan(begin, "Europe/Berlin")).unwrap();

    let mut now = begin;
    while now < begin + TimeDelta::days(31) {
        // Mostly minutes pass; at times the machine sleeps for hours, or is off for days.
        now += match dice.below(40) {
            0 => TimeDelta::hours(9),
            1 => TimeDelta::days(2),
            _ => TimeDelta::minutes(20 + dice.below(60) as i64),
        };
        clock.set(now);
        if dice.below(60) == 0 {
            let zone = ["Europe/Berlin", "America/New_York", "Asia/Tokyo"][dice.below(3) as usize];
            monitor.save_plan(&plan(begin, zone)).unwrap();
        }
        look(&monitor, &press, &mut dice).await;
        if dice.below(20) == 0 {
            // Set back for a moment, and right again.
            clock.set(now - TimeDelta::days(2));
            look(&monitor, &press, &mut dice).await;
            clock.set(now);
        }
        if dice.below(15) == 0 {
            monitor = Monitor::open(folder.path(), clock.clone()).unwrap();
        }
    }
    server.abort();
    let mut editions = monitor.library().editions_of("Morning", 1_000).unwrap();
    editions.reverse();
    every_date_once(&editions, begin.date_naive(), now.date_naive());
    windows_join(&editions);
    assert!(editions.iter().any(|edition| edition.date == clock_change), "the clock change was played");
    nothing_twice(&monitor, &editions, &taken.lock().unwrap());
}

fn every_date_once(editions: &[Edition], first: NaiveDate, last: NaiveDate) {
    let dates: Vec<NaiveDate> = editions.iter().map(|edition| edition.date).collect();
    let mut want = dates[0];
    for date in &dates {
        assert_eq!(*date, want, "each date once, in order: {dates:?}");
        want = want.checked_add_days(Days::new(1)).unwrap();
    }
    assert!(dates[0] - first <= TimeDelta::days(2), "begins at once: {dates:?}");
    assert!(last - dates[dates.len() - 1] <= TimeDelta::days(3), "goes on to the end: {dates:?}");
    assert!(editions.iter().all(|edition| edition.state != EditionState::Claimed), "none half-made");
}

fn windows_join(editions: &[Edition]) {
    let made: Vec<&Edition> = editions.iter().filter(|one| one.state == EditionState::Made).collect();
    assert!(made.len() > 15, "most days are made: {}", made.len());
    for pair in made.windows(2) {
        assert_eq!(pair[0].period.to, pair[1].period.from, "{} and {}", pair[0].date, pair[1].date);
    }
}

fn nothing_twice(monitor: &Monitor, editions: &[Edition], taken: &[(String, String)]) {
    let mut times: BTreeMap<&(String, String), usize> = BTreeMap::new();
    taken.iter().for_each(|message| *times.entry(message).or_default() += 1);
    assert!(times.values().all(|times| *times == 1), "no mail is sent twice: {times:?}");
    let deliveries: Vec<_> =
        editions.iter().flat_map(|edition| monitor.library().deliveries(edition.id).unwrap()).collect();
    let done = deliveries.iter().filter(|one| one.state == DeliveryState::Done).count();
    let maybe = [DeliveryState::Uncertain, DeliveryState::Sending];
    let uncertain = deliveries.iter().filter(|one| maybe.contains(&one.state)).count();
    assert!(done <= taken.len() && taken.len() <= done + uncertain, "{done} {uncertain} {}", taken.len());
    assert!(done * 2 > deliveries.len(), "most arrive");
}

#[tokio::test]
async fn spring_and_autumn_of_digests() {
    for seed in 0..4 {
        play(seed, "2026-03-10T12:00:00Z", NaiveDate::from_ymd_opt(2026, 3, 29).unwrap()).await;
        play(seed + 100, "2026-10-10T12:00:00Z", NaiveDate::from_ymd_opt(2026, 10, 25).unwrap()).await;
    }
}
