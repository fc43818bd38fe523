//! Planned digests as the user keeps them.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use lettre::message::Mailbox;
use wirewatch_model::DigestPlan;

use crate::compose::zone_of;
use crate::error::{MonitorError, Result};
use crate::schedule::Schedule;
use crate::{Event, Monitor};

impl Monitor {
    /// Saves a plan in place of the one of its name. What waits for a recipient or folder that is
    /// not in it any more is not sent.
    ///
    /// # Errors
    /// In words, if it cannot be carried out: an unknown topic or zone, an address that is none.
    pub fn save_plan(&self, plan: &DigestPlan) -> Result<()> {
        if let Some(fault) = self.fault(plan)? {
            return Err(MonitorError::Plan { name: plan.name.clone(), fault });
        }
        let mut plan = plan.clone();
        plan.recipients.sort();
        plan.recipients.dedup();
        self.library().save_plan(&plan)?;
        self.tell(Event::Digests);
        Ok(())
    }

    /// Removes a plan with what waits to be sent of it; its editions stay.
    ///
    /// # Errors
    /// If there is none of this name.
    pub fn remove_plan(&self, name: &str) -> Result<()> {
        if !self.library().remove_plan(name)? {
            return Err(MonitorError::Missing { what: "digest", id: name.to_owned() });
        }
        self.tell(Event::Digests);
        Ok(())
    }

    /// When a plan's next edition comes out.
    pub fn next_edition(&self, plan: &DigestPlan) -> DateTime<Utc> {
        schedule_of(plan).next(self.now())
    }

    fn fault(&self, plan: &DigestPlan) -> Result<Option<String>> {
        if plan.name.trim().is_empty() {
            return Ok(Some("it needs a name".to_owned()));
        }
        if let Some(zone) = plan.zone.as_ref().filter(|zone| zone.parse::<Tz>().is_err()) {
            return Ok(Some(format!("{zone:?} is no time zone; write one such as Europe/Berlin")));
        }
        let wrong = |address: &&String| address.parse::<Mailbox>().is_err();
        if let Some(address) = plan.recipients.iter().find(wrong) {
            return Ok(Some(format!("{address:?} is no mail address; write ann@example.org")));
        }
        let known = self.library().topics()?;
        let unknown = plan.topics.iter().find(|id| known.iter().all(|topic| topic.id != **id));
        Ok(unknown.map(|id| format!("there is no topic {id}; name the topics anew")))
    }
}

pub(crate) fn schedule_of(plan: &DigestPlan) -> Schedule {
    Schedule { days: plan.days, at: plan.at, zone: zone_of(plan) }
}
