//! What an editor wants of a digest before it goes out.

use std::collections::{BTreeMap, BTreeSet};

use crate::StoryId;

/// What is to be different in the next edition of a digest. It is used up by that edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Curation {
    /// Words on top of it; empty for none.
    pub note: String,
    /// Stories that are left out.
    pub dropped: BTreeSet<StoryId>,
    /// Stories that stand in front of the others of their chapter, in this order.
    pub first: Vec<StoryId>,
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

    /// Where a story stands: those that were put in front have their places, and all others follow.
    pub fn place(&self, story: StoryId) -> usize {
        self.first.iter().position(|first| *first == story).unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_back_leaves_nothing() {
        let mut curation = Curation::default();
        curation.annotate(StoryId(1), " ours ");
        assert_eq!(curation.notes[&StoryId(1)], "ours");
        curation.annotate(StoryId(1), "  ");
        assert!(curation.is_empty());
    }

    #[test]
    fn stories_in_front_have_places_and_others_follow() {
        let curation = Curation { first: vec![StoryId(7), StoryId(3)], ..Curation::default() };
        let mut stories = [StoryId(1), StoryId(3), StoryId(2), StoryId(7)];
        stories.sort_by_key(|story| curation.place(*story));
        assert_eq!(stories, [7, 3, 1, 2].map(StoryId));
    }
}
