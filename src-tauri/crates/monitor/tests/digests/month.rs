//! A month of digests on a clock that is turned by hand: sleep, off, both clock changes, a journey,
//! kills at any await, and a mail server that refuses, greylists and drops.

// Helpers are tests, too, but the lint only knows functions that are marked.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use wirewatch_model::{DeliveryState, DigestPlan, Edition, EditionState, StoryOrder, Weekdays, WhenEmpty};
use wirewatch_monitor::{Clock, Kept, Login, MailServer, Monitor, PdfMaker, Press, Secrets, Security};

/// A clock that stands until it is set.
struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

struct NoSecrets;

impl Secrets for NoSecrets {
    fn password(&self, _: &str) -> Result<Option<String>, String> {
        Ok(None)
    }

    fn keep(&self, _: &str, _: Option<&str>) -> Result<Kept, String> {
        Ok(Kept::Memory)
    }
}

/// Dice that fall the same way in every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// What a conversation comes to.
#[derive(Clone, Copy)]
enum Mood {
    Takes,
    Greylists,
    HangsUpBefore,
    HangsUpAfter,
}

/// Message-ID and recipient of everything that was taken, answered for or not.
type Taken = Arc<Mutex<Vec<(String, String)>>>;

async fn serve(listener: TcpListener, taken: Taken, dice: Arc<Mutex<Dice>>) {
    loop {
        let Ok((line, _)) = listener.accept().await else { return };
        let mood = match dice.lock().unwrap().below(10) {
            0..=1 => Mood::Greylists,
            2 => Mood::HangsUpBefore,
            3 => Mood::HangsUpAfter,
            _ => Mood::Takes,
        };
        // A client that is killed breaks the line; that is its business.
        let _ = converse(line, mood, &taken).await;
    }
}

async fn converse(line: TcpStream, mood: Mood, taken: &Taken) -> std::io::Result<()> {
    let mut line = BufReader::new(line);
    line.write_all(b"220 mail.example\r\n").await?;
    let (mut recipient, mut words) = (String::new(), String::new());
    loop {
        words.clear();
        if line.read_line(&mut words).await? == 0 {
            return Ok(());
        }
        let verb = words.get(..4).unwrap_or_default().to_uppercase();
        match (verb.as_str(), mood) {
            ("RCPT", Mood::Greylists) => line.write_all(b"451 4.7.1 not now\r\n").await?,
            ("RCPT", Mood::HangsUpBefore) => return Ok(()),
            ("DATA", _) => {
                line.write_all(b"354 go on\r\n").await?;
                let id = message_id(&mut line).await?;
                taken.lock().unwrap().push((id, recipient.clone()));
                if matches!(mood, Mood::HangsUpAfter) {
                    return Ok(());
                }
                line.write_all(b"250 taken\r\n").await?;
            }
            ("QUIT", _) => return line.write_all(b"221 bye\r\n").await,
            (verb, _) => {
                if verb == "RCPT" {
                    recipient = words.trim_end().trim_start_matches("RCPT TO:").to_owned();
                }
                line.write_all(b"250 ok\r\n").await?;
            }
        }
    }
}

/// Reads a message to its final dot.
async fn message_id(line: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let (mut id, mut words) = (String::new(), String::new());
    loop {
        words.clear();
        if line.read_line(&mut words).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if words == ".\r\n" {
            return Ok(id);
        }
        if let Some(value) = words.strip_prefix("Message-ID: ") {
            id = value.trim().to_owned();
        }
    }
}

fn plan(since: DateTime<Utc>, zone: &str) -> DigestPlan {
    DigestPlan {
        name: "Morning".to_owned(),
        topics: Vec::new(),
        days: Weekdays::ALL,
        at: NaiveTime::from_hms_opt(7, 30, 0).unwrap(),
        zone: Some(zone.to_owned()),
        recipients: vec!["ann@example.org".to_owned(), "bob@example.org".to_owned()],
        folder: None,
        cap: None,
        order: StoryOrder::Newest,
        when_empty: WhenEmpty::Send,
        since,
    }
}

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// The PDF itself is made by the program, which is not built here; its maker is any program that
/// reads a digest and writes what begins like a PDF.
fn press() -> Press {
    let maker = PdfMaker {
        program: "sh".into(),
        arguments: ["-c", "cat > /dev/null; printf '%%PDF-1.7'"].map(str::to_owned).to_vec(),
    };
    Press { maker, secrets: Arc::new(NoSecrets) }
}

/// One look as the program looks, killed at some await or not at all.
async fn look(monitor: &Monitor, press: &Press, dice: &mut Dice) {
    monitor.make_due_editions(press).unwrap();
    let patience = match dice.below(4) {
        0 => Duration::from_millis(dice.below(4)),
        _ => Duration::from_secs(60),
    };
    if let Ok(sent) = tokio::time::timeout(patience, monitor.send_due(press)).await {
        sent.unwrap();
    }
}

async fn play(seed: u64, begin: &str, clock_change: NaiveDate) {
    let folder = tempfile::tempdir().unwrap();
    let begin = at(begin);
    let clock = Arc::new(HandClock(AtomicI64::new(begin.timestamp_millis())));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let taken = Taken::default();
    let server = tokio::spawn(serve(listener, taken.clone(), Arc::new(Mutex::new(Dice(seed ^ 7)))));
    let (press, mut dice) = (press(), Dice(seed));

    let mut monitor = Monitor::open(folder.path(), clock.clone()).unwrap();
    monitor
        .set_mail_server(Some(&MailServer {
            host: "127.0.0.1".to_owned(),
            port,
            security: Security::None,
            sender: "press@example.org".to_owned(),
            user: None,
            login: Login::Password,
            certificates: None,
        }))
        .unwrap();
    monitor.save_plan(&plan(begin, "Europe/Berlin")).unwrap();

    let mut now = begin;
    while now < begin + TimeDelta::days(31) {
        // Mostly minutes pass; at times the machine sleeps for hours, or is off for days.
        now += match dice.below(40) {
            0 => TimeDelta::hours(9),
            1 => TimeDelta::days(2),
            _ => TimeDelta::minutes(20 + dice.below(60) as i64),
        };
        clock.0.store(now.timestamp_millis(), Ordering::Relaxed);
        if dice.below(60) == 0 {
            let zone = ["Europe/Berlin", "America/New_York", "Asia/Tokyo"][dice.below(3) as usize];
            monitor.save_plan(&plan(begin, zone)).unwrap();
        }
        look(&monitor, &press, &mut dice).await;
        if dice.below(20) == 0 {
            // Set back for a moment, and right again.
            clock.0.store((now - TimeDelta::days(2)).timestamp_millis(), Ordering::Relaxed);
            look(&monitor, &press, &mut dice).await;
            clock.0.store(now.timestamp_millis(), Ordering::Relaxed);
        }
        if dice.below(15) == 0 {
            monitor = Monitor::open(folder.path(), clock.clone()).unwrap();
        }
    }
    server.abort();
    let mut editions = monitor.library().editions(Some("Morning"), 1_000).unwrap();
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
