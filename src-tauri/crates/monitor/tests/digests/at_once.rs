//! Digests that somebody sends at once, besides the planned ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use wirewatch_model::{DeliveryState, Edition};
use wirewatch_monitor::{Edit, Monitor, SentNow};

use crate::stage::{HandClock, Mood, NoSecrets, Taken, at, killed_after, mail_server, plan, press, serve};

const EVENING: &str = "2026-11-23T20:00:00Z";
const MORNING: &str = "2026-11-24T06:31:00Z";

const ANN: &str = "ann@example.org";
const BOB: &str = "bob@example.org";
const CYD: &str = "cyd@example.org";

/// A library with a planned digest, the evening before it comes out.
struct Eve {
    _folder: tempfile::TempDir,
    clock: Arc<HandClock>,
    monitor: Monitor,
    taken: Taken,
}

impl Eve {
    fn without_a_server() -> Eve {
        let folder = tempfile::tempdir().unwrap();
        let clock = HandClock::at(at(EVENING));
        let monitor = Monitor::open(folder.path(), clock.clone()).unwrap();
        monitor.save_plan(&plan(at(EVENING), "Europe/Berlin")).unwrap();
        Eve { _folder: folder, clock, monitor, taken: Taken::default() }
    }

    /// With a server whose conversations go so, one after the other; further ones go well.
    async fn with_moods(moods: Vec<Mood>) -> Eve {
        let eve = Eve::without_a_server();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut moods = moods.into_iter();
        tokio::spawn(serve(listener, eve.taken.clone(), move || moods.next().unwrap_or(Mood::Takes)));
        eve.monitor.set_mail_server(&mail_server(port), None, &NoSecrets).unwrap();
        eve
    }

    async fn send_now(&self, to: &[&str]) -> SentNow {
        let made = self.monitor.next_digest(Some("Morning")).unwrap();
        let to: Vec<String> = to.iter().map(|to| (*to).to_owned()).collect();
        self.monitor.send_now(&made, &to, &press()).await.unwrap()
    }

    async fn send_due(&self) {
        self.monitor.send_due(&press(), &CancellationToken::new()).await.unwrap();
    }

    fn editions(&self) -> Vec<Edition> {
        self.monitor.library().editions_of("Morning", 99).unwrap()
    }

    /// How often each has got a message.
    fn times(&self) -> BTreeMap<(String, String), usize> {
        let mut times = BTreeMap::new();
        self.taken.lock().unwrap().iter().for_each(|mail| *times.entry(mail.clone()).or_default() += 1);
        times
    }
}

fn states(sent: &SentNow) -> Vec<(&str, DeliveryState)> {
    sent.answers.iter().map(|answer| (answer.to.as_str(), answer.state)).collect()
}

#[tokio::test]
async fn what_is_sent_at_once_is_kept_and_takes_nothing_from_the_planned_ones() {
    let eve = Eve::with_moods(Vec::new()).await;
    let monitor = &eve.monitor;
    monitor.curate(Some("Morning"), vec![Edit::Note("Breaking.".to_owned())]).unwrap();
    let sent = eve.send_now(&[BOB, ANN, BOB]).await;
    assert_eq!(states(&sent), [(BOB, DeliveryState::Done), (ANN, DeliveryState::Done)], "each once");
    assert!(sent.is_on_its_way());

    let id = sent.edition.unwrap();
    let [kept] = eve.editions().try_into().expect("one edition");
    assert_eq!((kept.id, kept.by_hand, kept.late), (id, true, false));
    let message = String::from_utf8(monitor.edition_message(id).unwrap()).unwrap();
    let ids: Vec<String> = eve.taken.lock().unwrap().iter().map(|(id, _)| id.clone()).collect();
    assert!(ids.iter().all(|id| message.contains(id)) && message.contains("Breaking."), "{message}");

    let plan = monitor.plan("Morning").unwrap();
    assert_eq!(monitor.standing(&plan).unwrap().last, None, "no planned edition has come out");
    eve.clock.set(at(MORNING));
    assert_eq!(monitor.make_due_editions(&press()).unwrap().len(), 1);
    let planned = monitor.library().planned_editions("Morning", 9).unwrap().remove(0);
    assert_eq!(planned.period.from, at("2026-11-23T06:30:00Z"), "its window is what it would have been");
    let html = monitor.edition_html(planned.id).unwrap();
    assert!(html.contains("Breaking."), "what was wanted is wanted of the planned one: {html}");
    assert_eq!(eve.editions().len(), 2);
}

#[tokio::test]
async fn each_recipient_is_told_of_and_what_waits_goes_out_later_and_once() {
    let eve = Eve::with_moods(vec![Mood::Takes, Mood::Greylists, Mood::HangsUpAfter]).await;
    let sent = eve.send_now(&[CYD, BOB, ANN]).await;
    let want = [(CYD, DeliveryState::Uncertain), (BOB, DeliveryState::Waiting), (ANN, DeliveryState::Done)];
    assert_eq!(states(&sent), want, "in the order in which they were named");
    assert!(sent.answers[0].words.contains("may have been delivered"), "{sent:?}");

    let mut plan = eve.monitor.plan("Morning").unwrap();
    plan.recipients = vec![ANN.to_owned()];
    eve.monitor.save_plan(&plan).unwrap();
    eve.clock.set(at(EVENING) + TimeDelta::minutes(2));
    for _ in 0..3 {
        eve.send_due().await;
    }
    let times = eve.times();
    let to: Vec<&str> = times.keys().map(|(_, to)| to.trim_matches(['<', '>'])).collect();
    assert_eq!(to, [ANN, BOB, CYD], "who was taken off the plan was sent to by hand all the same");
    assert!(times.values().all(|times| *times == 1), "{times:?}");
}

#[tokio::test]
async fn where_nothing_can_be_sent_nothing_is_kept() {
    let eve = Eve::without_a_server();
    let sent = eve.send_now(&[ANN]).await;
    assert_eq!((states(&sent), sent.edition), (vec![(ANN, DeliveryState::Blocked)], None));
    assert!(!sent.is_on_its_way() && sent.answers[0].words.contains("mail server"), "{sent:?}");
    assert_eq!(eve.editions(), []);
}

#[tokio::test]
async fn what_is_no_address_is_refused_before_anything_is_sent_or_kept() {
    let eve = Eve::with_moods(Vec::new()).await;
    let made = eve.monitor.next_digest(Some("Morning")).unwrap();
    let to = [ANN.to_owned(), "nobody".to_owned()];
    assert!(eve.monitor.send_now(&made, &to, &press()).await.is_err());
    assert_eq!((eve.editions().len(), eve.times().len()), (0, 0));
}

#[tokio::test]
async fn a_kill_at_any_step_sends_nobody_two() {
    for steps in 0..40 {
        let eve = Eve::with_moods(Vec::new()).await;
        let killed = killed_after(steps, eve.send_now(&[ANN, BOB])).await.is_none();
        // Another run of the program, when what the first one was at is nobody's any more.
        for minutes in [1, 20, 60] {
            eve.clock.set(at(EVENING) + TimeDelta::minutes(minutes));
            eve.send_due().await;
        }
        let times = eve.times();
        assert!(times.values().all(|times| *times == 1), "after {steps} steps: {times:?}");
        let editions = eve.editions();
        let deliveries: Vec<_> =
            editions.iter().flat_map(|one| eve.monitor.library().deliveries(one.id).unwrap()).collect();
        let over = [DeliveryState::Done, DeliveryState::Uncertain];
        assert!(
            deliveries.iter().all(|one| over.contains(&one.state)),
            "after {steps} steps: {deliveries:?}"
        );
        assert!(killed || deliveries.iter().all(|one| one.state == DeliveryState::Done));
    }
}
