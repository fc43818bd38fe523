//! Digests: planned ones, their editions, and where these go.

use chrono::{DateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wirewatch_model as model;
use wirewatch_model::{DigestPlan, Edition, TopicId, Weekdays};
use wirewatch_monitor::{PlanFault, PlanPart, Standing};

use super::convert::{moment, number, sentence};
use super::{Field, FieldFault};

/// Which digest is meant.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum DigestChoice {
    /// One of the moment, with every topic that is not silent.
    Recent {
        /// Of the last so many hours; none for since the last one.
        hours: Option<u32>,
    },
    /// The next edition of a planned one, as it would be if it came out now.
    Planned {
        /// The plan's name.
        name: String,
    },
}

/// A planned digest as it stands.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct PlanRow {
    /// The plan itself.
    pub(crate) plan: PlanDraft,
    /// When its next edition comes out.
    pub(crate) next: String,
    /// Its newest edition.
    pub(crate) last: Option<EditionRow>,
    /// What went wrong last and is not mended.
    pub(crate) trouble: Option<DigestTrouble>,
    /// Why the next edition could not be made so far; none if nothing is wrong.
    pub(crate) not_made: Option<String>,
}

/// What went wrong with an edition.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct DigestTrouble {
    /// The local date of the edition.
    pub(crate) date: String,
    /// The delivery that went wrong.
    pub(crate) delivery: DeliveryRow,
}

/// A plan as it is edited. Its name is its identity.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub(crate) struct PlanDraft {
    /// What it is called.
    pub(crate) name: String,
    /// Its topics in the order of the chapters; none for all that are not silent.
    pub(crate) topics: Vec<String>,
    /// The days on which it comes out.
    pub(crate) days: Vec<Day>,
    /// When on these days, such as `07:30`.
    pub(crate) at: String,
    /// The zone of that time; none for wherever the machine is.
    pub(crate) zone: Option<String>,
    /// Mail addresses, each as `name <address>` or `address`.
    pub(crate) recipients: Vec<String>,
    /// A folder for the PDF of each edition.
    pub(crate) folder: Option<String>,
    /// At most so many stories a topic; none for all.
    pub(crate) cap: Option<u32>,
    /// Which story stands first.
    pub(crate) order: StoryOrder,
    /// What to do when nothing matched.
    pub(crate) when_empty: WhenEmpty,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub(crate) enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// Which story of a chapter stands first.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StoryOrder {
    /// The newest.
    Newest,
    /// The one that most outlets carry.
    Widest,
}

/// What to do when nothing matched.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum WhenEmpty {
    /// Send it all the same.
    Send,
    /// Make it and keep it, but send nothing.
    Keep,
}

/// What the editor shows beside a plan as it is filled in.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct PlanCheck {
    /// When it would come out next; none if that cannot be told yet.
    pub(crate) next: Option<String>,
    /// What keeps it from being carried out.
    pub(crate) faults: Vec<FieldFault>,
}

/// The time zones that a plan can name.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TimeZones {
    /// The machine's own.
    pub(crate) system: String,
    /// All of them, in order.
    pub(crate) names: Vec<String>,
}

/// A piece of what was typed as mail addresses.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TypedAddress {
    /// The address as it is kept; none if it is none.
    pub(crate) address: Option<String>,
    /// Why it is none; empty if it is one.
    pub(crate) message: String,
}

/// An edition and where it went.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct EditionRow {
    /// Its id.
    pub(crate) id: i32,
    /// The digest's name.
    pub(crate) digest: String,
    /// Its local date.
    pub(crate) date: String,
    /// What became of it.
    pub(crate) state: EditionState,
    /// First moment of its period.
    pub(crate) from: String,
    /// One past the last moment.
    pub(crate) to: String,
    /// When it was made or given up.
    pub(crate) at: String,
    /// Made so late that its reader should know.
    pub(crate) late: bool,
    /// Sent at once by somebody, besides what is planned.
    pub(crate) by_hand: bool,
    /// Articles in it.
    pub(crate) articles: u32,
    /// Where it went.
    pub(crate) deliveries: Vec<DeliveryRow>,
}

/// What became of an edition.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum EditionState {
    /// It is being made.
    Claimed,
    /// It is made and will not change any more.
    Made,
    /// It was due while the program was off, and a later one covers its period.
    Skipped,
}

/// An edition on its way to one destination.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct DeliveryRow {
    /// To where.
    pub(crate) destination: Destination,
    /// How far it is.
    pub(crate) state: DeliveryState,
    /// Tries so far.
    pub(crate) tries: u32,
    /// When it is tried again, if it is.
    pub(crate) next_try: Option<String>,
    /// What the other side said last, or what is wrong and what to do.
    pub(crate) message: String,
}

/// Where an edition goes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "kind", content = "to", rename_all = "lowercase")]
pub(crate) enum Destination {
    /// A mail address.
    Mail(String),
    /// A folder for the PDF.
    Folder(String),
}

/// How far a delivery is.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DeliveryState {
    /// Waits for its first or next try.
    Waiting,
    /// On its way.
    Sending,
    /// Accepted by the other side.
    Done,
    /// Waits for the user: a password, a certificate, a setting.
    Blocked,
    /// Refused for good.
    Failed,
    /// It may have been delivered.
    Uncertain,
}

impl PlanRow {
    /// A plan with how it stands.
    pub(crate) fn new(plan: DigestPlan, standing: Standing) -> PlanRow {
        PlanRow {
            plan: plan.into(),
            next: moment(standing.next),
            not_made: standing.not_made.as_deref().map(sentence),
            last: standing.last.map(|(edition, deliveries)| EditionRow::new(edition, deliveries)),
            trouble: standing.trouble.map(|(edition, delivery)| DigestTrouble {
                date: edition.date.to_string(),
                delivery: delivery.into(),
            }),
        }
    }
}

impl From<DigestPlan> for PlanDraft {
    fn from(plan: DigestPlan) -> PlanDraft {
        PlanDraft {
            name: plan.name,
            topics: plan.topics.iter().map(ToString::to_string).collect(),
            days: Day::ALL.into_iter().filter(|day| plan.days.bits() & day.bit() != 0).collect(),
            at: plan.at.format("%H:%M").to_string(),
            zone: plan.zone,
            recipients: plan.recipients,
            folder: plan.folder.map(|folder| folder.to_string_lossy().into_owned()),
            cap: plan.cap,
            order: match plan.order {
                model::StoryOrder::Newest => StoryOrder::Newest,
                model::StoryOrder::Widest => StoryOrder::Widest,
            },
            when_empty: match plan.when_empty {
                model::WhenEmpty::Send => WhenEmpty::Send,
                model::WhenEmpty::Keep => WhenEmpty::Keep,
            },
        }
    }
}

impl PlanDraft {
    /// The plan, made at this moment.
    ///
    /// # Errors
    /// What keeps it from being one at all: no days, a time that is none.
    pub(crate) fn into_plan(self, now: DateTime<Utc>) -> Result<DigestPlan, FieldFault> {
        let days = Weekdays::from_bits(self.days.iter().fold(0, |bits, day| bits | day.bit()));
        let at = NaiveTime::parse_from_str(&self.at, "%H:%M");
        Ok(DigestPlan {
            name: self.name.trim().to_owned(),
            topics: self.topics.iter().map(|id| TopicId::from_name(id)).collect(),
            days: days.ok_or_else(|| FieldFault::new(Field::Days, "Choose a day at least."))?,
            at: at.map_err(|_| FieldFault::new(Field::At, "Write a time such as 07:30."))?,
            zone: self.zone,
            recipients: self.recipients,
            folder: self.folder.map(Into::into),
            cap: self.cap.filter(|cap| *cap > 0),
            order: match self.order {
                StoryOrder::Newest => model::StoryOrder::Newest,
                StoryOrder::Widest => model::StoryOrder::Widest,
            },
            when_empty: match self.when_empty {
                WhenEmpty::Send => model::WhenEmpty::Send,
                WhenEmpty::Keep => model::WhenEmpty::Keep,
            },
            since: now,
        })
    }
}

impl Day {
    const ALL: [Day; 7] = [Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri, Day::Sat, Day::Sun];

    /// Its bit in a set of days.
    fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl From<PlanFault> for FieldFault {
    fn from(fault: PlanFault) -> FieldFault {
        let field = match fault.part {
            PlanPart::Name => Field::Name,
            PlanPart::Topics => Field::Topics,
            PlanPart::Zone => Field::Zone,
            PlanPart::Recipients => Field::Recipients,
            PlanPart::Folder => Field::Folder,
        };
        FieldFault::new(field, &fault.words)
    }
}

impl EditionRow {
    /// An edition with its deliveries.
    pub(crate) fn new(edition: Edition, deliveries: Vec<model::Delivery>) -> EditionRow {
        EditionRow {
            id: number(edition.id.0),
            digest: edition.digest,
            date: edition.date.to_string(),
            state: match edition.state {
                model::EditionState::Claimed => EditionState::Claimed,
                model::EditionState::Made => EditionState::Made,
                model::EditionState::Skipped => EditionState::Skipped,
            },
            from: moment(edition.period.from),
            to: moment(edition.period.to),
            at: moment(edition.at),
            late: edition.late,
            by_hand: edition.by_hand,
            articles: edition.articles,
            deliveries: deliveries.into_iter().map(DeliveryRow::from).collect(),
        }
    }
}

impl From<model::Delivery> for DeliveryRow {
    fn from(delivery: model::Delivery) -> DeliveryRow {
        DeliveryRow {
            destination: delivery.destination.into(),
            state: delivery.state.into(),
            tries: delivery.tries,
            next_try: delivery.next_try.map(moment),
            message: sentence(&delivery.message),
        }
    }
}

impl From<model::DeliveryState> for DeliveryState {
    fn from(state: model::DeliveryState) -> DeliveryState {
        match state {
            model::DeliveryState::Waiting => DeliveryState::Waiting,
            model::DeliveryState::Sending => DeliveryState::Sending,
            model::DeliveryState::Done => DeliveryState::Done,
            model::DeliveryState::Blocked => DeliveryState::Blocked,
            model::DeliveryState::Failed => DeliveryState::Failed,
            model::DeliveryState::Uncertain => DeliveryState::Uncertain,
        }
    }
}

impl From<model::Destination> for Destination {
    fn from(destination: model::Destination) -> Destination {
        match destination {
            model::Destination::Mail(address) => Destination::Mail(address),
            model::Destination::Folder(folder) => Destination::Folder(folder.to_string_lossy().into_owned()),
        }
    }
}

impl From<Destination> for model::Destination {
    fn from(destination: Destination) -> model::Destination {
        match destination {
            Destination::Mail(address) => model::Destination::Mail(address),
            Destination::Folder(folder) => model::Destination::Folder(folder.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> DigestPlan {
        DigestPlan {
            name: "Morning".to_owned(),
            topics: vec![TopicId::from_name("us-russia")],
            days: Weekdays::from_names("mon-fri").unwrap(),
            at: NaiveTime::from_hms_opt(7, 5, 0).unwrap(),
            zone: Some("Europe/Berlin".to_owned()),
            recipients: vec!["Ann <ann@example.org>".to_owned()],
            folder: Some("/press".into()),
            cap: Some(12),
            order: model::StoryOrder::Widest,
            when_empty: model::WhenEmpty::Keep,
            since: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_plan_comes_back_from_the_window_as_it_went() {
        let draft = PlanDraft::from(plan());
        assert_eq!((draft.at.as_str(), draft.days.len(), draft.days[4]), ("07:05", 5, Day::Fri));
        assert_eq!(draft.into_plan(DateTime::UNIX_EPOCH).unwrap(), plan());
    }

    #[test]
    fn what_is_no_plan_is_said_where_it_is_wrong() {
        let draft = PlanDraft::from(plan());
        let fault = |draft: PlanDraft| draft.into_plan(DateTime::UNIX_EPOCH).unwrap_err().field;
        assert_eq!(fault(PlanDraft { days: Vec::new(), ..draft.clone() }), Field::Days);
        for at in ["", "25:00", "half past seven"] {
            assert_eq!(fault(PlanDraft { at: at.to_owned(), ..draft.clone() }), Field::At, "{at}");
        }
        let named = PlanDraft { name: " Morning ".to_owned(), cap: Some(0), ..draft };
        let plan = named.into_plan(DateTime::UNIX_EPOCH).unwrap();
        assert_eq!((plan.name.as_str(), plan.cap), ("Morning", None), "none is all, not nothing");
    }
}
