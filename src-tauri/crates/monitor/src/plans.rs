//! Planned digests as the user keeps them.

use std::fmt;

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use lettre::message::Mailbox;
use wirewatch_model::{
    Delivery, DeliveryState, DigestPlan, Edition, Period, StoryOrder, Weekdays, WhenEmpty,
};

use crate::compose::{DigestOrder, local_zone, zone_of};
use crate::error::{MonitorError, Result};
use crate::schedule::Schedule;
use crate::{Event, Monitor};

/// When a digest comes out if nothing is said.
const USUAL_TIME: NaiveTime = NaiveTime::from_hms_opt(7, 30, 0).expect("half past seven");

/// Longest name, in characters: it becomes the name of a file.
const LONGEST_NAME: usize = 100;

/// As many editions are looked through for trouble; what went wrong before is history.
const REMEMBERED: u32 = 10;

/// A part of a plan that somebody fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanPart {
    /// What it is called.
    Name,
    /// Its topics.
    Topics,
    /// The zone of its time.
    Zone,
    /// Who gets it.
    Recipients,
    /// The folder for its PDF.
    Folder,
}

/// Why a plan cannot be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFault {
    /// Where.
    pub part: PlanPart,
    /// What is wrong, and what to write instead.
    pub words: String,
}

impl fmt::Display for PlanFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

/// How a planned digest stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Its newest edition and where that went.
    pub last: Option<(Edition, Vec<Delivery>)>,
    /// When the next one comes out.
    pub next: DateTime<Utc>,
    /// What went wrong last and is not mended.
    pub trouble: Option<(Edition, Delivery)>,
    /// Why the next edition could not be made so far, if it was tried.
    pub not_made: Option<String>,
}

impl Monitor {
    /// A plan of this name as it is before anything is said: every day, of every topic, to nobody.
    pub fn fresh_plan(&self, name: &str) -> DigestPlan {
        DigestPlan {
            name: name.to_owned(),
            topics: Vec::new(),
            days: Weekdays::ALL,
            at: USUAL_TIME,
            zone: None,
            recipients: Vec::new(),
            folder: None,
            cap: None,
            order: StoryOrder::default(),
            when_empty: WhenEmpty::default(),
            since: self.now(),
        }
    }

    /// The plan of this name.
    ///
    /// # Errors
    /// If there is none.
    pub fn plan(&self, name: &str) -> Result<DigestPlan> {
        let plans = self.library().plans()?;
        plans.into_iter().find(|plan| plan.name == name).ok_or_else(|| missing(name))
    }

    /// Saves a plan in place of the one of its name. What waits for a recipient or folder that is
    /// not in it any more is not sent.
    ///
    /// # Errors
    /// In words, if it cannot be carried out: an unknown topic or zone, an address that is none.
    pub fn save_plan(&self, plan: &DigestPlan) -> Result<()> {
        if let Some(fault) = self.plan_faults(plan)?.into_iter().next() {
            return Err(MonitorError::Plan { name: plan.name.clone(), fault });
        }
        let mut plan = plan.clone();
        plan.recipients.sort();
        plan.recipients.dedup();
        self.library().save_plan(&plan)?;
        self.tell(Event::Digests);
        Ok(())
    }

    /// Saves a plan that is not there yet.
    ///
    /// # Errors
    /// As [`Monitor::save_plan`], and if there is one of its name.
    pub fn add_plan(&self, plan: &DigestPlan) -> Result<()> {
        if let Some(fault) = self.name_taken(&plan.name)? {
            return Err(MonitorError::Plan { name: plan.name.clone(), fault });
        }
        self.save_plan(plan)
    }

    /// Why a new plan cannot have this name: another one has it.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn name_taken(&self, name: &str) -> Result<Option<PlanFault>> {
        let taken = self.library().plans()?.iter().any(|plan| plan.name == name);
        let words = || format!("there is a digest {name:?} already; choose another name");
        Ok(taken.then(|| PlanFault { part: PlanPart::Name, words: words() }))
    }

    /// Removes a plan with what waits to be sent of it; its editions stay.
    ///
    /// # Errors
    /// If there is none of this name.
    pub fn remove_plan(&self, name: &str) -> Result<()> {
        if !self.library().remove_plan(name)? {
            return Err(missing(name));
        }
        self.tell(Event::Digests);
        Ok(())
    }

    /// When a plan's next edition comes out.
    pub fn next_edition(&self, plan: &DigestPlan) -> DateTime<Utc> {
        schedule_of(plan).next(self.now())
    }

    /// What a plan's next edition would hold if it came out now, as its editor wants it.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn next_order(&self, plan: &DigestPlan) -> Result<DigestOrder> {
        let editions = self.library().planned_editions(&plan.name, REMEMBERED)?;
        let Period { from, .. } = schedule_of(plan).next_period(plan.since, &editions, self.now());
        let curation = self.library().curation(&plan.name)?;
        Ok(DigestOrder { from: Some(from), to: Some(self.now()), curation, ..DigestOrder::from(plan) })
    }

    /// How a plan stands: its last and next edition, and what is wrong.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn standing(&self, plan: &DigestPlan) -> Result<Standing> {
        let library = self.library();
        let last = match library.planned_editions(&plan.name, 1)?.into_iter().next() {
            Some(edition) => Some((edition.clone(), library.deliveries(edition.id)?)),
            None => None,
        };
        let not_made = library.plan_trouble(&plan.name)?;
        Ok(Standing { last, next: self.next_edition(plan), trouble: self.trouble(plan)?, not_made })
    }

    /// What went wrong last and is not mended, be it planned or sent by hand to one of the plan's.
    fn trouble(&self, plan: &DigestPlan) -> Result<Option<(Edition, Delivery)>> {
        for edition in self.library().editions_of(&plan.name, REMEMBERED)? {
            let deliveries = self.library().deliveries(edition.id)?;
            if let Some(delivery) = worst(plan, &deliveries) {
                return Ok(Some((edition, delivery.clone())));
            }
        }
        Ok(None)
    }

    /// Everything that keeps a plan from being carried out, in the order in which it is filled in.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn plan_faults(&self, plan: &DigestPlan) -> Result<Vec<PlanFault>> {
        let known = self.library().topics()?;
        let unknown = plan.topics.iter().find(|id| known.iter().all(|topic| topic.id != **id));
        let zone = plan.zone.as_ref().filter(|zone| zone.parse::<Tz>().is_err());
        let address = plan.recipients.iter().find(|address| address.parse::<Mailbox>().is_err());
        let folder = plan.folder.as_ref().filter(|folder| !folder.is_absolute());
        let faults = [
            (PlanPart::Name, name_fault(&plan.name)),
            (PlanPart::Topics, unknown.map(|id| format!("there is no topic {id}; name the topics anew"))),
            (
                PlanPart::Zone,
                zone.map(|zone| format!("{zone:?} is no time zone; write one such as Europe/Berlin")),
            ),
            (PlanPart::Recipients, address.map(|address| no_address(address))),
            (
                PlanPart::Folder,
                folder.map(|folder| format!("{} is no whole path; choose the folder", folder.display())),
            ),
        ];
        let found = faults.into_iter().filter_map(|(part, words)| Some(PlanFault { part, words: words? }));
        Ok(found.collect())
    }
}

fn name_fault(name: &str) -> Option<String> {
    if name.trim().is_empty() {
        return Some("it needs a name".to_owned());
    }
    (name.chars().count() > LONGEST_NAME)
        .then(|| format!("the name is longer than {LONGEST_NAME} characters; shorten it"))
}

pub(crate) fn no_address(text: &str) -> String {
    format!("{text:?} is no mail address; write ann@example.org")
}

/// The delivery that most needs somebody, among those that the plan still has.
fn worst<'a>(plan: &DigestPlan, deliveries: &'a [Delivery]) -> Option<&'a Delivery> {
    let wanted = plan.destinations();
    let ails = |delivery: &&Delivery| wanted.contains(&delivery.destination) && urgency(delivery) > 0;
    deliveries.iter().filter(ails).max_by_key(|delivery| urgency(delivery))
}

/// How much a delivery needs somebody; 0 for not at all.
fn urgency(delivery: &Delivery) -> u8 {
    match delivery.state {
        DeliveryState::Done | DeliveryState::Sending => 0,
        DeliveryState::Waiting => u8::from(delivery.tries > 0),
        DeliveryState::Failed => 2,
        DeliveryState::Uncertain => 3,
        DeliveryState::Blocked => 4,
    }
}

/// The names of all time zones, in order.
pub fn time_zones() -> impl Iterator<Item = &'static str> {
    chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
}

/// The time zone of the machine.
pub fn system_zone() -> &'static str {
    local_zone().name()
}

pub(crate) fn schedule_of(plan: &DigestPlan) -> Schedule {
    Schedule { days: plan.days, at: plan.at, zone: zone_of(plan) }
}

pub(crate) fn missing(name: &str) -> MonitorError {
    MonitorError::Missing { what: "digest", id: name.to_owned() }
}
