//! What waits for the user, and what the user takes back.

use std::sync::Arc;

use chrono::TimeDelta;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use wirewatch_model::{DeliveryState, Destination, EditionId};
use wirewatch_monitor::{Edit, Monitor};

use crate::stage::{HandClock, Mood, NoSecrets, Taken, at, mail_server, plan, press, serve};

const EVENING: &str = "2026-11-23T20:00:00Z";
const MORNING: &str = "2026-11-24T06:31:00Z";

/// A library whose digest has just come out, with no mail server to send it.
struct Waiting {
    _folder: tempfile::TempDir,
    clock: Arc<HandClock>,
    monitor: Monitor,
    edition: EditionId,
}

impl Waiting {
    async fn for_a_server() -> Waiting {
        let folder = tempfile::tempdir().unwrap();
        let clock = HandClock::at(at(EVENING));
        let monitor = Monitor::open(folder.path(), clock.clone()).unwrap();
        monitor.save_plan(&plan(at(EVENING), "Europe/Berlin")).unwrap();
        clock.set(at(MORNING));
        let edition = monitor.make_due_editions(&press()).unwrap()[0];
        let waiting = Waiting { _folder: folder, clock, monitor, edition };
        waiting.send().await;
        assert_eq!(waiting.states(), [DeliveryState::Blocked; 2], "there is no server yet");
        waiting
    }

    async fn send(&self) {
        self.monitor.send_due(&press(), &CancellationToken::new()).await.unwrap();
    }

    fn states(&self) -> Vec<DeliveryState> {
        let deliveries = self.monitor.library().deliveries(self.edition).unwrap();
        deliveries.iter().map(|delivery| delivery.state).collect()
    }

    /// Sets a server that takes everything; what it takes.
    async fn set_server(&self) -> Taken {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Taken::default();
        tokio::spawn(serve(listener, taken.clone(), || Mood::Takes));
        self.monitor.set_mail_server(&mail_server(port), None, &NoSecrets).unwrap();
        taken
    }
}

#[tokio::test]
async fn what_waited_for_a_server_goes_out_as_a_mail_and_not_as_a_draft() {
    let waiting = Waiting::for_a_server().await;
    let taken = waiting.set_server().await;
    waiting.send().await;
    assert_eq!(waiting.states(), [DeliveryState::Done; 2]);
    let taken = taken.lock().unwrap();
    assert!(taken.iter().all(|(id, _)| id.ends_with("@wirewatch.app>")), "{taken:?}");
    let sent = waiting.monitor.edition_message(waiting.edition).unwrap();
    let sent = String::from_utf8(sent).unwrap();
    assert!(sent.contains("From: press@example.org") && !sent.contains("X-Unsent"), "what is kept was sent");
}

#[tokio::test]
async fn what_waited_too_long_is_no_news_any_more() {
    let waiting = Waiting::for_a_server().await;
    waiting.clock.set(at(MORNING) + TimeDelta::days(2));
    let taken = waiting.set_server().await;
    waiting.send().await;
    assert_eq!((waiting.states(), taken.lock().unwrap().len()), (vec![DeliveryState::Failed; 2], 0));
}

#[tokio::test]
async fn nothing_goes_to_a_recipient_who_was_taken_off() {
    let waiting = Waiting::for_a_server().await;
    let mut plan = plan(at(EVENING), "Europe/Berlin");
    plan.recipients.retain(|to| to.starts_with("ann"));
    waiting.monitor.save_plan(&plan).unwrap();
    let taken = waiting.set_server().await;
    waiting.send().await;
    assert_eq!(waiting.states(), [DeliveryState::Done, DeliveryState::Failed]);
    assert_eq!(taken.lock().unwrap().len(), 1);

    waiting.monitor.remove_plan("Morning").unwrap();
    assert_eq!(waiting.monitor.library().editions_of("Morning", 9).unwrap().len(), 1, "it was made");
}

#[tokio::test]
async fn what_failed_is_sent_again_when_the_user_says_so() {
    let waiting = Waiting::for_a_server().await;
    let taken = waiting.set_server().await;
    assert_eq!(waiting.monitor.resend(waiting.edition).unwrap(), 0, "it is on its way already");
    waiting.send().await;
    assert_eq!((waiting.monitor.resend(waiting.edition).unwrap(), taken.lock().unwrap().len()), (0, 2));
}

#[tokio::test]
async fn one_recipient_is_sent_to_again_and_the_others_are_left_alone() {
    let waiting = Waiting::for_a_server().await;
    let ann = Destination::Mail("ann@example.org".to_owned());
    assert!(waiting.monitor.resend_to(waiting.edition, &ann).unwrap());
    assert_eq!(waiting.states(), [DeliveryState::Waiting, DeliveryState::Blocked]);
    let taken = waiting.set_server().await;
    waiting.send().await;
    assert!(!waiting.monitor.resend_to(waiting.edition, &ann).unwrap(), "it has arrived");
    waiting.send().await;
    assert_eq!(taken.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_plan_tells_what_ails_it_until_it_is_mended() {
    let waiting = Waiting::for_a_server().await;
    let plan = waiting.monitor.plan("Morning").unwrap();
    let standing = waiting.monitor.standing(&plan).unwrap();
    let (edition, delivery) = standing.trouble.expect("nothing went out");
    assert_eq!((edition.id, delivery.state), (waiting.edition, DeliveryState::Blocked));
    assert_eq!(standing.last.map(|(edition, deliveries)| (edition, deliveries.len())), Some((edition, 2)));
    assert_eq!(standing.next, at("2026-11-25T06:30:00Z"));

    waiting.set_server().await;
    waiting.send().await;
    assert_eq!(waiting.monitor.standing(&plan).unwrap().trouble, None);

    let next = waiting.monitor.next_order(&plan).unwrap();
    assert_eq!((next.from, next.to), (Some(at("2026-11-24T06:30:00Z")), Some(at(MORNING))));
}

#[tokio::test]
async fn what_is_wanted_while_an_edition_is_made_is_wanted_of_the_next_one() {
    let waiting = Waiting::for_a_server().await;
    let monitor = &waiting.monitor;
    let plan = monitor.plan("Morning").unwrap();
    let order = monitor.next_order(&plan).unwrap();
    let made = monitor.compose_digest(&order).unwrap();
    monitor.curate(Some("Morning"), vec![Edit::Note("Breaking.".to_owned())]).unwrap();
    monitor.record_digest(&made).unwrap();
    assert_eq!(monitor.next_order(&plan).unwrap().curation.note, "Breaking.");
    waiting.clock.set(at("2026-11-25T06:31:00Z"));
    assert_eq!(monitor.make_due_editions(&press()).unwrap().len(), 1);
    assert!(monitor.next_order(&plan).unwrap().curation.is_empty(), "the edition used it up");
}
