//! Digests: what they report, when they come out, and where they go.

use chrono::{DateTime, TimeDelta, Utc};
use wirewatch_model::{
    Article, Curation, Delivery, DeliveryState, DigestPlan, Edition, EditionId, Period, TopicId,
};

use super::Library;
use crate::error::Result;
use crate::table::digest::{self, DigestRecord};
use crate::table::edition::{self, EditionContent, MadeEdition, NewEdition};
use crate::table::{article, curation, matching, plan};

impl Library {
    /// The articles first seen in a period that at least one topic matches, newest arrival first.
    pub fn matched_in(&self, period: Period) -> Result<Vec<Article>> {
        self.read(|c| article::matched_in(c, period))
    }

    /// The articles seen before a period, though not longer than `reach` before, that were changed or
    /// taken back in it and that at least one topic matches; newest arrival first.
    pub fn corrected_in(&self, period: Period, reach: TimeDelta) -> Result<Vec<Article>> {
        self.read(|c| article::corrected_in(c, period, reach))
    }

    /// How many articles were first seen in a period.
    pub fn seen_in(&self, period: Period) -> Result<u64> {
        self.read(|c| article::seen_in(c, period))
    }

    /// When each match of a period was first seen, by topic: the stuff of volume charts.
    pub fn match_times(&self, period: Period) -> Result<Vec<(TopicId, DateTime<Utc>)>> {
        self.read(|c| matching::times(c, period))
    }

    /// When each match of a period that was news was first seen, by topic: what volumes are compared by.
    pub fn news_times(&self, period: Period) -> Result<Vec<(TopicId, DateTime<Utc>)>> {
        self.read(|c| matching::news_times(c, period))
    }

    /// Notes that a digest was made; what was wanted of it is used up.
    pub fn record_digest(&self, record: &DigestRecord) -> Result<()> {
        self.write(|c| digest::record(c, record))
    }

    /// Where the last digest of this name ended.
    pub fn last_digest_end(&self, name: &str) -> Result<Option<DateTime<Utc>>> {
        self.read(|c| digest::last_end(c, name))
    }

    /// Every planned digest, by name.
    pub fn plans(&self) -> Result<Vec<DigestPlan>> {
        self.read(plan::all)
    }

    /// Saves a plan in place of the one of its name.
    pub fn save_plan(&self, plan: &DigestPlan) -> Result<()> {
        self.write(|c| plan::save(c, plan))
    }

    /// Removes a plan with what waits to be sent of it; its editions stay. False if there is none of this name.
    pub fn remove_plan(&self, name: &str) -> Result<bool> {
        self.write(|c| plan::remove(c, name))
    }

    /// Writes down why the next edition of a plan could not be made.
    pub fn set_plan_trouble(&self, name: &str, words: &str) -> Result<()> {
        self.write(|c| plan::set_trouble(c, name, words))
    }

    /// Why the next edition of a plan could not be made, if something is wrong.
    pub fn plan_trouble(&self, name: &str) -> Result<Option<String>> {
        self.read(|c| plan::trouble(c, name))
    }

    /// What is wanted of the next edition of a digest.
    pub fn curation(&self, digest: &str) -> Result<Curation> {
        self.read(|c| curation::get(c, digest))
    }

    /// Changes what is wanted of the next edition of a digest; answers with all that is wanted by now.
    pub fn change_curation(&self, digest: &str, change: impl FnOnce(&mut Curation)) -> Result<Curation> {
        self.write(|c| {
            let mut wanted = curation::get(c, digest)?;
            change(&mut wanted);
            curation::save(c, digest, &wanted)?;
            Ok(wanted)
        })
    }

    /// Takes an edition for making; `None` if it is made, given up or being made by somebody else.
    pub fn claim_edition(&self, new: &NewEdition<'_>, now: DateTime<Utc>) -> Result<Option<EditionId>> {
        self.write(|c| edition::claim(c, new, now))
    }

    /// Notes that an edition is not made; `None` if it is there already.
    pub fn skip_edition(&self, new: &NewEdition<'_>, now: DateTime<Utc>) -> Result<Option<EditionId>> {
        self.write(|c| edition::skip(c, new, now))
    }

    /// Keeps a claimed edition and opens its deliveries; what was wanted of it is used up. False if the
    /// claim was lost meanwhile.
    pub fn finish_edition(&self, id: EditionId, made: &MadeEdition<'_>, now: DateTime<Utc>) -> Result<bool> {
        self.write(|c| edition::finish(c, id, made, now))
    }

    /// Keeps an edition that somebody sends at once, and opens its deliveries. Planned editions and what is
    /// wanted of them stay as they are.
    pub fn keep_by_hand(
        &self,
        new: &NewEdition<'_>,
        made: &MadeEdition<'_>,
        now: DateTime<Utc>,
    ) -> Result<EditionId> {
        self.write(|c| edition::keep_by_hand(c, new, made, now))
    }

    /// Keeps the message of an edition unless there is one already; gives the one that is kept.
    pub fn freeze_mail(&self, id: EditionId, mail: &[u8]) -> Result<Vec<u8>> {
        self.write(|c| edition::freeze_mail(c, id, mail))
    }

    /// The newest editions of every digest, by date.
    pub fn editions(&self, limit: u32) -> Result<Vec<Edition>> {
        self.read(|c| edition::newest(c, limit))
    }

    /// The newest editions of one digest, by date; those that were sent at once too.
    pub fn editions_of(&self, digest: &str, limit: u32) -> Result<Vec<Edition>> {
        self.read(|c| edition::of_digest(c, digest, limit))
    }

    /// The newest editions of one digest that came out by its plan, by date.
    pub fn planned_editions(&self, digest: &str, limit: u32) -> Result<Vec<Edition>> {
        self.read(|c| edition::planned(c, digest, limit))
    }

    /// One edition.
    pub fn edition(&self, id: EditionId) -> Result<Option<Edition>> {
        self.read(|c| edition::get(c, id))
    }

    /// What an edition consists of; `None` if it was not made.
    pub fn edition_content(&self, id: EditionId) -> Result<Option<EditionContent>> {
        self.read(|c| edition::content(c, id))
    }

    /// Where an edition goes, and how far it is.
    pub fn deliveries(&self, id: EditionId) -> Result<Vec<Delivery>> {
        self.read(|c| edition::deliveries(c, id))
    }

    /// The deliveries that are to be tried now.
    pub fn due_deliveries(&self, now: DateTime<Utc>) -> Result<Vec<Delivery>> {
        self.read(|c| edition::due(c, now))
    }

    /// Writes down how far a delivery is; false if it is not in the state `from` any more.
    pub fn advance_delivery(&self, from: DeliveryState, delivery: &Delivery) -> Result<bool> {
        self.write(|c| edition::advance(c, from, delivery))
    }

    /// Finds the deliveries whose sender died.
    pub fn recover_deliveries(&self, now: DateTime<Utc>) -> Result<()> {
        if self.read(|c| edition::any_stranded(c, now))? {
            self.write(|c| edition::recover(c, now))?;
        }
        Ok(())
    }

    /// Tries again what waits for the user; for when a password or setting was mended.
    pub fn retry_blocked(&self, now: DateTime<Utc>) -> Result<()> {
        self.write(|c| edition::retry_blocked(c, now))
    }
}
