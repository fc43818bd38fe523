//! Against a notification service on a bus of the test's own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};

use wirewatch_model::{ArticleId, TopicId};
use zbus::interface;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::OwnedValue;

use super::*;

fn notice(alert: i64, urgent: bool) -> Notice {
    Notice {
        title: "Elections".to_owned(),
        headline: Some("<img src=x> & more".to_owned()),
        lines: vec!["The Courier".to_owned()],
        opens: Opens::Article(ArticleId(alert)),
        topic: Some(TopicId::from_name("elections")),
        alerts: vec![AlertId(alert)],
        urgent,
    }
}

#[test]
fn a_headline_cannot_speak_markup() {
    let told = body(&notice(1, false), true);
    assert_eq!(told, "<b>&lt;img src=x&gt; &amp; more</b>\nThe Courier");
    assert_eq!(body(&notice(1, false), false), "<img src=x> & more\nThe Courier");
}

#[test]
fn a_repeated_notice_asks_for_the_place_of_the_first() {
    assert_eq!(number(&notice(7, false)), number(&notice(7, true)));
    assert_ne!(number(&notice(7, false)), number(&notice(8, false)));
}

/// What the service was asked to do.
#[derive(Debug)]
enum Asked {
    Show { number: u32, title: String, body: String, actions: Vec<String>, urgency: u8, sound: bool },
    Close(u32),
}

/// A notification service that says what it was asked.
struct Service(Sender<Asked>);

#[interface(name = "org.freedesktop.Notifications")]
impl Service {
    #[allow(clippy::too_many_arguments, reason = "the specification wants them")]
    fn notify(
        &self,
        _program: String,
        replaces: u32,
        _icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        let urgency = hints.get("urgency").and_then(|value| u8::try_from(value).ok()).unwrap_or(u8::MAX);
        let sound = hints.contains_key("sound-name");
        self.0.send(Asked::Show { number: replaces, title, body, actions, urgency, sound }).unwrap();
        replaces
    }

    fn close_notification(&self, id: u32) {
        self.0.send(Asked::Close(id)).unwrap();
    }

    fn get_capabilities(&self) -> Vec<String> {
        ["actions", "body", "body-markup"].map(str::to_owned).to_vec()
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
}

/// A bus with a notification service on it, and our side of it.
struct Desk {
    daemon: Child,
    bus: SessionBus,
    service: Connection,
    asked: Receiver<Asked>,
    answers: Receiver<Answer>,
}

impl Desk {
    fn set() -> Desk {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon starts; `apt-get install dbus` brings it");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        let (tell, asked) = channel();
        let service = async_runtime::block_on(async {
            let builder = connection::Builder::address(address.as_str()).unwrap();
            builder.serve_at(PATH, Service(tell)).unwrap().name(SERVICE).unwrap().build().await.unwrap()
        });
        let (hear, answers) = channel();
        let ours = connection::Builder::address(address.as_str());
        let bus = SessionBus::on(ours, move |answer| hear.send(answer).unwrap());
        Desk { daemon, bus, service, asked, answers }
    }

    fn asked(&self) -> Asked {
        self.asked.recv_timeout(PATIENCE).expect("the service was asked")
    }

    /// Does what a click of the user does.
    fn click(&self, id: u32, action: &str) -> Answer {
        self.signal(async |emitter| Service::action_invoked(&emitter, id, action).await);
        self.answers.recv_timeout(PATIENCE).expect("the click was heard")
    }

    fn signal(&self, send: impl AsyncFnOnce(SignalEmitter<'_>) -> zbus::Result<()>) {
        async_runtime::block_on(send(SignalEmitter::new(&self.service, PATH).unwrap())).unwrap();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

#[test]
fn a_notice_is_shown_answered_and_withdrawn() {
    let desk = Desk::set();
    desk.bus.show(notice(7, true));
    let Asked::Show { number, title, body, actions, urgency, sound } = desk.asked() else {
        panic!("nothing was shown")
    };
    assert_eq!((title.as_str(), urgency, sound), ("Elections", CRITICAL, true));
    assert!(body.contains("&lt;img") && body.contains("The Courier"), "{body}");
    let keys: Vec<&str> = actions.iter().step_by(2).map(String::as_str).collect();
    assert_eq!(keys, [DEFAULT, MARK_READ, SNOOZE]);

    assert_eq!(desk.click(number, DEFAULT), Answer::Open(Opens::Article(ArticleId(7))));
    assert_eq!(desk.click(number, MARK_READ), Answer::MarkRead(ArticleId(7)));
    assert_eq!(desk.click(number, SNOOZE), Answer::Snooze(TopicId::from_name("elections")));

    desk.bus.withdraw(&[AlertId(7)]);
    assert!(matches!(desk.asked(), Asked::Close(closed) if closed == number));
}

#[test]
fn an_ordinary_notice_makes_no_sound_and_a_closed_one_is_forgotten() {
    let desk = Desk::set();
    desk.bus.show(notice(7, false));
    let Asked::Show { number: first, urgency, sound, .. } = desk.asked() else { panic!("nothing was shown") };
    assert_eq!((urgency, sound), (NORMAL, false));
    desk.bus.show(notice(8, false));
    let Asked::Show { number: second, .. } = desk.asked() else { panic!("nothing was shown") };
    desk.signal(async |emitter| Service::notification_closed(&emitter, first, 2).await);
    // Signals come in order, so the closing was heard when this is answered.
    desk.click(second, DEFAULT);
    desk.bus.withdraw(&[AlertId(7), AlertId(8)]);
    assert!(matches!(desk.asked(), Asked::Close(closed) if closed == second), "the first is closed already");
    assert!(desk.asked.try_recv().is_err());
}
