//! What an editor wants of a digest before it goes out.

use std::collections::{BTreeMap, BTreeSet};

use crate::{StoryId, TopicId};

/// What is to be different in the next edition of a digest. It is used up by that edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Curation {
    /// Words on top of it; empty for none.
    pub note: String,
    /// Stories that are left out.
    pub dropped: BTreeSet<StoryId>,
    /// Stories that stand in front of the others of every chapter, in this order.
    pub first: Vec<StoryId>,
    /// The same for single chapters; there it holds in place of `first`. None of them is empty.
    pub orders: BTreeMap<TopicId, Vec<StoryId>>,
    /// Words under a story; none of them is empty.
    pub notes: BTreeMap<StoryId, String>,
}

impl Curation {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Curation::default()
    }

    /// Puts words under a story in place of those it has; empty ones take them away.
    pub fn annotate(&mut self, story: StoryId, words: &str) {
        match words.trim() {
            "" => self.notes.remove(&story),
            words => self.notes.insert(story, words.to_owned()),
        };
    }

    /// Lets these stand in front in every chapter; what was said of single ones before is over.
    pub fn put_first(&mut self, stories: Vec<StoryId>) {
        self.first = stories;
        self.orders.clear();
    }

    /// Lets these stand in front in one chapter; none leaves it to what is said of every chapter.
    pub fn order(&mut self, topic: TopicId, stories: Vec<StoryId>) {
        match stories.is_empty() {
            true => self.orders.remove(&topic),
            false => self.orders.insert(topic, stories),
        };
    }

    /// Where a story stands in a chapter, if it was given a place there.
    pub fn place(&self, topic: &TopicId, story: StoryId) -> Option<usize> {
        self.orders.get(topic).unwrap_or(&self.first).iter().position(|first| *first == story)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_back_leaves_nothing() {
        let mut curation = Curation::default();
        let talks = TopicId::from_name("talks");
        curation.annotate(StoryId(1), " ours ");
        curation.order(talks.clone(), vec![StoryId(3)]);
        assert_eq!(curation.notes[&StoryId(1)], "ours");
        curation.annotate(StoryId(1), "  ");
        curation.order(talks, Vec::new());
        assert!(curation.is_empty());
    }

    #[test]
    fn stories_in_front_have_places_and_one_chapter_can_have_its_own() {
        let (talks, oil) = (TopicId::from_name("talks"), TopicId::from_name("oil"));
        let mut curation = Curation { first: vec![StoryId(7), StoryId(3)], ..Curation::default() };
        curation.order(oil.clone(), vec![StoryId(3)]);
        let places = |topic| [7, 3, 1].map(|story| curation.place(topic, StoryId(story)));
        assert_eq!(places(&talks), [Some(0), Some(1), None]);
        assert_eq!(places(&oil), [None, Some(0), None]);
        curation.put_first(vec![StoryId(1)]);
        assert_eq!(curation.place(&oil, StoryId(1)), Some(0), "the newest wish is for every chapter");
    }
}
