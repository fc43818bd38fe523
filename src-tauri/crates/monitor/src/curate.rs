//! The next edition of a digest, as its editor wants it.

use wirewatch_digest::Chapter;
use wirewatch_model::{Curation, StoryId, TopicId};

use crate::compose::{DigestOrder, MadeDigest};
use crate::error::{MonitorError, Result};
use crate::plans::missing;
use crate::{Event, Monitor};

/// What every digest is called that has no name.
pub const DAILY: &str = "Daily digest";

/// One change to the next edition of a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Leave a story out.
    Drop(StoryId),
    /// Take a story in again.
    Restore(StoryId),
    /// Let these stand in front of the others of every chapter, in this order.
    First(Vec<StoryId>),
    /// The same in one chapter; none leaves it as it comes.
    Order(TopicId, Vec<StoryId>),
    /// Put words under a story; empty ones take them away.
    Annotate(StoryId, String),
    /// Put words on top; empty ones take them away.
    Note(String),
    /// Want this and nothing else.
    All(Curation),
}

impl Monitor {
    /// How the next edition of a digest is made: as planned, if there is a plan of this name, and as its
    /// editor wants it.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn curated_order(&self, name: Option<&str>) -> Result<DigestOrder> {
        let name = name.unwrap_or(DAILY);
        match self.library().plans()?.iter().find(|plan| plan.name == name) {
            Some(plan) => self.next_order(plan),
            None => Ok(DigestOrder {
                name: Some(name.to_owned()),
                curation: self.library().curation(name)?,
                ..DigestOrder::default()
            }),
        }
    }

    /// What the next edition would be now, with the stories that were left out.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn next_digest(&self, name: Option<&str>) -> Result<MadeDigest> {
        self.compose_digest(&self.curated_order(name)?)
    }

    /// Wants all of these of the next edition of a digest, or none of them; answers with what is wanted by
    /// now.
    ///
    /// # Errors
    /// If no digest has this name, a story is not in the next edition, or the library cannot be written.
    pub fn curate(&self, name: Option<&str>, edits: Vec<Edit>) -> Result<Curation> {
        self.know_digest(name.unwrap_or(DAILY))?;
        self.know_stories(name, &edits)?;
        let wanted = self.library().change_curation(name.unwrap_or(DAILY), |curation| {
            edits.into_iter().for_each(|edit| apply(edit, curation));
        })?;
        self.tell(Event::Digests);
        Ok(wanted)
    }

    /// A mistyped name must not be taken for a digest.
    fn know_digest(&self, name: &str) -> Result<()> {
        if name == DAILY || self.library().plans()?.iter().any(|plan| plan.name == name) {
            return Ok(());
        }
        Err(missing(name))
    }

    /// Nor a mistyped number for a wish. What is taken back need not be there any more.
    fn know_stories(&self, name: Option<&str>, edits: &[Edit]) -> Result<()> {
        if edits.iter().all(|edit| asks_for(edit).is_empty()) {
            return Ok(());
        }
        let next = self.next_digest(name)?;
        for edit in edits {
            let wanted = chapter_of(edit);
            let within =
                |chapter: &&Chapter| wanted.as_ref().is_none_or(|topic| chapter.topic == topic.as_str());
            let told: Vec<StoryId> = next
                .digest
                .chapters
                .iter()
                .filter(within)
                .flat_map(Chapter::all)
                .map(|told| StoryId(told.id))
                .collect();
            if let Some(story) = asks_for(edit).iter().find(|story| !told.contains(story)) {
                return Err(MonitorError::NotInNextEdition { story: *story, chapter: wanted });
            }
        }
        Ok(())
    }
}

/// The chapter that an edit is about, if it is about one.
fn chapter_of(edit: &Edit) -> Option<TopicId> {
    match edit {
        Edit::Order(topic, _) => Some(topic.clone()),
        _ => None,
    }
}

/// The stories that must be there for this.
fn asks_for(edit: &Edit) -> &[StoryId] {
    match edit {
        Edit::Annotate(_, words) if words.trim().is_empty() => &[],
        Edit::Drop(story) | Edit::Annotate(story, _) => std::slice::from_ref(story),
        Edit::First(stories) | Edit::Order(_, stories) => stories,
        Edit::Restore(_) | Edit::Note(_) | Edit::All(_) => &[],
    }
}

fn apply(edit: Edit, curation: &mut Curation) {
    match edit {
        Edit::Drop(story) => drop(curation.dropped.insert(story)),
        Edit::Restore(story) => drop(curation.dropped.remove(&story)),
        Edit::First(stories) => curation.put_first(stories),
        Edit::Order(topic, stories) => curation.order(topic, stories),
        Edit::Annotate(story, words) => curation.annotate(story, &words),
        Edit::Note(words) => curation.note = words.trim().to_owned(),
        Edit::All(wanted) => *curation = wanted,
    }
}
