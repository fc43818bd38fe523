//! A digest that comes out by itself: when, of what, and to whom.

use std::fmt;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc, Weekday};

use crate::{Period, TopicId};

/// A planned digest. Its name is its identity.
#[derive(Debug, Clone, PartialEq)]
pub struct DigestPlan {
    /// What it is called; no two have the same name.
    pub name: String,
    /// Its topics in the order of the chapters; none for all that are not silent.
    pub topics: Vec<TopicId>,
    /// The days on which it comes out.
    pub days: Weekdays,
    /// When on these days, by the clock on the wall.
    pub at: NaiveTime,
    /// The zone of that clock, such as `Europe/Berlin`; `None` for wherever the machine is.
    pub zone: Option<String>,
    /// Mail addresses, each as `name <address>` or `address`.
    pub recipients: Vec<String>,
    /// A folder that the PDF of each edition is put into.
    pub folder: Option<PathBuf>,
    /// At most so many stories a topic.
    pub cap: Option<u32>,
    /// Which story stands first.
    pub order: StoryOrder,
    /// What to do when nothing matched.
    pub when_empty: WhenEmpty,
    /// Since when it is planned: nothing before is made up for.
    pub since: DateTime<Utc>,
}

impl DigestPlan {
    /// Where its editions go.
    pub fn destinations(&self) -> Vec<Destination> {
        let mails = self.recipients.iter().cloned().map(Destination::Mail);
        mails.chain(self.folder.clone().map(Destination::Folder)).collect()
    }
}

/// A set of days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Every day.
    pub const ALL: Weekdays = Weekdays(0x7F);

    const NAMES: [(&'static str, Weekday); 7] = [
        ("mon", Weekday::Mon),
        ("tue", Weekday::Tue),
        ("wed", Weekday::Wed),
        ("thu", Weekday::Thu),
        ("fri", Weekday::Fri),
        ("sat", Weekday::Sat),
        ("sun", Weekday::Sun),
    ];

    /// Monday is bit 0; `None` for the empty set, on which nothing would ever come out.
    pub fn from_bits(bits: u8) -> Option<Weekdays> {
        let bits = bits & Weekdays::ALL.0;
        (bits != 0).then_some(Weekdays(bits))
    }

    /// Monday is bit 0.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Reads `mon,wed,fri`, ranges such as `mon-fri`, `daily`, `weekdays` and `weekends`.
    pub fn from_names(text: &str) -> Option<Weekdays> {
        let mut bits = 0;
        for part in text.to_lowercase().split([',', ' ']).filter(|part| !part.is_empty()) {
            bits |= match part {
                "daily" | "all" => Weekdays::ALL.0,
                "weekdays" => 0x1F,
                "weekends" => 0x60,
                _ => span(part)?,
            };
        }
        Weekdays::from_bits(bits)
    }

    /// Whether a day belongs to the set.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }
}

/// The bits of `mon` or `mon-fri`; a range may run over the end of the week.
fn span(text: &str) -> Option<u8> {
    let number =
        |name: &str| Weekdays::NAMES.iter().find(|(known, _)| name.starts_with(known)).map(|(_, day)| *day);
    let (first, last) = match text.split_once('-') {
        Some((first, last)) => (number(first)?, number(last)?),
        None => (number(text)?, number(text)?),
    };
    let mut bits = 1 << first.num_days_from_monday();
    let mut day = first;
    while day != last {
        day = day.succ();
        bits |= 1 << day.num_days_from_monday();
    }
    Some(bits)
}

impl fmt::Display for Weekdays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Weekdays::ALL {
            return f.write_str("daily");
        }
        let names: Vec<&str> =
            Weekdays::NAMES.iter().filter(|(_, day)| self.contains(*day)).map(|(name, _)| *name).collect();
        f.write_str(&names.join(","))
    }
}

/// Which story of a chapter stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StoryOrder {
    /// The newest.
    #[default]
    Newest,
    /// The one that most outlets carry; the newest of equals.
    Widest,
}

/// What to do when nothing matched in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WhenEmpty {
    /// Send it all the same: silence is news too, and the ledger says what was looked at.
    #[default]
    Send,
    /// Make it and keep it, but send nothing.
    Keep,
}

/// One edition of a planned digest: there is one for each local date at most.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// The number that its deliveries know it by.
    pub id: EditionId,
    /// The plan's name.
    pub digest: String,
    /// Its local date.
    pub date: NaiveDate,
    /// What became of it.
    pub state: EditionState,
    /// What it covers; where it was skipped, what it would have covered.
    pub period: Period,
    /// When it was made or given up.
    pub at: DateTime<Utc>,
    /// Made so late that its reader should know.
    pub late: bool,
    /// Sent at once by somebody, besides what is planned.
    pub by_hand: bool,
    /// How many articles it holds.
    pub articles: u32,
}

/// An edition of a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EditionId(pub i64);

/// What became of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditionState {
    /// Somebody is making it.
    Claimed,
    /// It is made and will not change any more.
    Made,
    /// It was due while the program was off, and a later one covers its period.
    Skipped,
}

/// Where an edition goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A mail address.
    Mail(String),
    /// A folder for the PDF.
    Folder(PathBuf),
}

/// An edition on its way to one destination.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// Of what.
    pub edition: EditionId,
    /// To where.
    pub destination: Destination,
    /// How far it is.
    pub state: DeliveryState,
    /// Tries so far.
    pub tries: u32,
    /// When it is tried again, if it is.
    pub next_try: Option<DateTime<Utc>>,
    /// What the other side said last, or what is wrong and what to do.
    pub message: String,
}

/// How far a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// Waits for its first or next try.
    Waiting,
    /// On its way; found so after a crash, it counts as [`Uncertain`](DeliveryState::Uncertain).
    Sending,
    /// Accepted by the other side.
    Done,
    /// Waits for the user: a password, a certificate, a setting.
    Blocked,
    /// Refused for good.
    Failed,
    /// The line broke after everything was said: it may have been delivered. Never repeated unasked.
    Uncertain,
}

macro_rules! names {
    ($type:ident: $($variant:ident = $name:literal),+) => {
        impl $type {
            /// Its name on disk and in JSON.
            pub fn as_str(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }

            /// The one of this name.
            pub fn from_name(name: &str) -> Option<$type> {
                match name { $($name => Some($type::$variant),)+ _ => None }
            }
        }
    };
}

names!(StoryOrder: Newest = "newest", Widest = "widest");
names!(WhenEmpty: Send = "send", Keep = "keep");
names!(EditionState: Claimed = "claimed", Made = "made", Skipped = "skipped");
names!(DeliveryState: Waiting = "waiting", Sending = "sending", Done = "done", Blocked = "blocked",
    Failed = "failed", Uncertain = "uncertain");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, shown) in [
            ("mon-fri", Some("mon,tue,wed,thu,fri")),
            ("weekdays", Some("mon,tue,wed,thu,fri")),
            ("Monday, Thursday", Some("mon,thu")),
            ("fri-mon", Some("mon,fri,sat,sun")),
            ("weekends weekdays", Some("daily")),
            ("", None),
            ("someday", None),
            ("mon-", None),
        ] {
            assert_eq!(Weekdays::from_names(text).map(|days| days.to_string()).as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn every_shown_set_is_read_back() {
        for bits in 1..=0x7F {
            let days = Weekdays::from_bits(bits).unwrap();
            assert_eq!(Weekdays::from_names(&days.to_string()), Some(days));
        }
        assert_eq!(Weekdays::from_bits(0x80), None, "the eighth day");
    }
}
