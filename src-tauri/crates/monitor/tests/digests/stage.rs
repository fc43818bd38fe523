//! A clock to be turned by hand, a mail server with moods, and a plan.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;

use chrono::{DateTime, NaiveTime, Utc};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use wirewatch_model::{DigestPlan, StoryOrder, Weekdays, WhenEmpty};
use wirewatch_monitor::{Clock, Kept, Login, MailServer, PdfMaker, Press, Secrets, Security};

/// A clock that stands until it is set.
pub(crate) struct HandClock(pub(crate) AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

pub(crate) struct NoSecrets;

impl Secrets for NoSecrets {
    fn password(&self, _: &str) -> Result<Option<String>, String> {
        Ok(None)
    }

    fn keep(&self, _: &str, _: Option<&str>) -> Result<Kept, String> {
        Ok(Kept::Memory)
    }
}

/// Dice that fall the same way in every run (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }
}

impl HandClock {
    pub(crate) fn at(now: DateTime<Utc>) -> Arc<HandClock> {
        Arc::new(HandClock(AtomicI64::new(now.timestamp_millis())))
    }

    pub(crate) fn set(&self, now: DateTime<Utc>) {
        self.0.store(now.timestamp_millis(), Ordering::Relaxed);
    }
}

/// What comes of a future that is dropped once it was polled so often. Steps and not time, so that a
/// machine that is busy plays the same month.
pub(crate) async fn killed_after<T>(mut steps: u64, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|context| {
        if steps == 0 {
            return Poll::Ready(None);
        }
        steps -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

/// What a conversation comes to.
#[derive(Clone, Copy)]
pub(crate) enum Mood {
    Takes,
    Greylists,
    HangsUpBefore,
    HangsUpAfter,
}

/// Message-ID and recipient of everything that was taken, answered for or not.
pub(crate) type Taken = Arc<Mutex<Vec<(String, String)>>>;

/// A mail server; each conversation goes as its mood is.
pub(crate) async fn serve(listener: TcpListener, taken: Taken, mut mood: impl FnMut() -> Mood) {
    loop {
        let Ok((line, _)) = listener.accept().await else { return };
        let mood = mood();
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

pub(crate) fn plan(since: DateTime<Utc>, zone: &str) -> DigestPlan {
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

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// The PDF itself is made by the program, which is not built here; its maker is any program that
/// reads a digest and writes what begins like a PDF.
pub(crate) fn press() -> Press {
    let maker = PdfMaker {
        program: "sh".into(),
        arguments: ["-c", "cat > /dev/null; printf '%%PDF-1.7'"].map(str::to_owned).to_vec(),
    };
    Press { maker, secrets: Arc::new(NoSecrets) }
}

/// The server at a port of this machine.
pub(crate) fn mail_server(port: u16) -> MailServer {
    MailServer {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        sender: "press@example.org".to_owned(),
        user: None,
        login: Login::Password,
        certificates: None,
    }
}
