//! The next edition as its editor sees it, and what the editor wants of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wirewatch_digest::{Chapter, Story};
use wirewatch_model::{Curation, StoryId, TopicId};
use wirewatch_monitor::{Edit, MadeDigest};

use super::convert::{count, moment, number};

/// The next edition of a digest, as it would be now.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct NextEdition {
    /// The digest's name.
    pub(crate) name: String,
    /// First moment of its period.
    pub(crate) from: String,
    /// One past the last moment.
    pub(crate) to: String,
    /// Its stories by topic, in order.
    pub(crate) chapters: Vec<NextChapter>,
    /// What is wanted of it.
    pub(crate) curation: CurationDraft,
    /// Whether anything is.
    pub(crate) curated: bool,
}

/// A chapter of the next edition.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct NextChapter {
    /// The topic's id.
    pub(crate) topic: String,
    /// Its name.
    pub(crate) name: String,
    /// Its stories in order, those beyond the cap too.
    pub(crate) stories: Vec<NextStory>,
    /// Of these the first so many come out.
    pub(crate) shown: u32,
    /// Of these the first so many stand where they were put.
    pub(crate) placed: u32,
    /// The stories that are left out.
    pub(crate) dropped: Vec<NextStory>,
}

/// A story of the next edition.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct NextStory {
    /// Its id.
    pub(crate) id: i32,
    /// The headline.
    pub(crate) headline: String,
    /// Who published it.
    pub(crate) outlet: String,
    /// When, as the digest says it.
    pub(crate) time: String,
    /// How many other outlets carried it.
    pub(crate) also: u32,
    /// The gist.
    pub(crate) summary: String,
    /// Words under it; empty for none.
    pub(crate) note: String,
}

/// What is wanted of the next edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub(crate) struct CurationDraft {
    /// Words on top of it; empty for none.
    pub(crate) note: String,
    /// Stories that are left out.
    pub(crate) dropped: Vec<i32>,
    /// Stories that stand in front of every chapter.
    pub(crate) first: Vec<i32>,
    /// Chapters with an order of their own.
    pub(crate) orders: Vec<ChapterOrder>,
    /// Words under stories.
    pub(crate) notes: Vec<StoryNote>,
}

/// The stories that stand in front in one chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub(crate) struct ChapterOrder {
    /// The topic.
    pub(crate) topic: String,
    /// The stories, in order.
    pub(crate) stories: Vec<i32>,
}

/// Words under a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub(crate) struct StoryNote {
    /// The story.
    pub(crate) story: i32,
    /// The words.
    pub(crate) words: String,
}

/// One change to the next edition.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum CurationEdit {
    /// Leave a story out.
    Drop {
        /// The story.
        story: i32,
    },
    /// Take a story in again.
    Restore {
        /// The story.
        story: i32,
    },
    /// Let these stand in front in one chapter.
    Order {
        /// The topic.
        topic: String,
        /// The stories, in order; none leaves it as it comes.
        stories: Vec<i32>,
    },
    /// Put words under a story.
    Annotate {
        /// The story.
        story: i32,
        /// The words; empty ones take them away.
        words: String,
    },
    /// Put words on top.
    Note {
        /// The words; empty ones take them away.
        words: String,
    },
    /// Want this and nothing else.
    All {
        /// What is wanted.
        curation: CurationDraft,
    },
}

impl NextEdition {
    /// What was composed, with what is wanted of it.
    pub(crate) fn new(made: &MadeDigest) -> NextEdition {
        let (chapters, curation) = (made.digest.chapters.iter(), made.wanted());
        NextEdition {
            name: made.name.clone(),
            from: moment(made.period.from),
            to: moment(made.period.to),
            chapters: chapters.map(|chapter| NextChapter::new(chapter, curation)).collect(),
            curation: curation.into(),
            curated: !curation.is_empty(),
        }
    }
}

impl NextChapter {
    fn new(chapter: &Chapter, curation: &Curation) -> NextChapter {
        let told = |story: &Story| NextStory::new(story, curation);
        NextChapter {
            topic: chapter.topic.clone(),
            name: chapter.name.clone(),
            stories: chapter.stories.iter().chain(&chapter.beyond).map(told).collect(),
            shown: count(chapter.stories.len() as u64),
            placed: count(chapter.placed as u64),
            dropped: chapter.dropped.iter().map(told).collect(),
        }
    }
}

impl NextStory {
    fn new(story: &Story, curation: &Curation) -> NextStory {
        NextStory {
            id: number(story.id),
            headline: story.headline.clone(),
            outlet: story.outlet.clone(),
            time: story.time.clone(),
            also: count(story.also.len() as u64),
            summary: story.summary.iter().map(|run| run.text.as_str()).collect(),
            note: curation.notes.get(&StoryId(story.id)).cloned().unwrap_or_default(),
        }
    }
}

impl From<&Curation> for CurationDraft {
    fn from(curation: &Curation) -> CurationDraft {
        let orders = curation.orders.iter();
        let notes = curation.notes.iter();
        CurationDraft {
            note: curation.note.clone(),
            dropped: numbers(&curation.dropped),
            first: numbers(&curation.first),
            orders: orders
                .map(|(topic, stories)| ChapterOrder { topic: topic.to_string(), stories: numbers(stories) })
                .collect(),
            notes: notes
                .map(|(story, words)| StoryNote { story: number(story.0), words: words.clone() })
                .collect(),
        }
    }
}

impl From<CurationDraft> for Curation {
    fn from(draft: CurationDraft) -> Curation {
        let mut curation = Curation {
            note: draft.note.trim().to_owned(),
            dropped: stories(&draft.dropped).collect(),
            first: stories(&draft.first).collect(),
            orders: BTreeMap::new(),
            notes: BTreeMap::new(),
        };
        for ChapterOrder { topic, stories: ids } in draft.orders {
            curation.order(TopicId::from_name(&topic), stories(&ids).collect());
        }
        for StoryNote { story, words } in draft.notes {
            curation.annotate(StoryId(story.into()), &words);
        }
        curation
    }
}

impl From<CurationEdit> for Edit {
    fn from(edit: CurationEdit) -> Edit {
        let id = |story: i32| StoryId(story.into());
        match edit {
            CurationEdit::Drop { story } => Edit::Drop(id(story)),
            CurationEdit::Restore { story } => Edit::Restore(id(story)),
            CurationEdit::Order { topic, stories: ids } => {
                Edit::Order(TopicId::from_name(&topic), stories(&ids).collect())
            }
            CurationEdit::Annotate { story, words } => Edit::Annotate(id(story), words),
            CurationEdit::Note { words } => Edit::Note(words),
            CurationEdit::All { curation } => Edit::All(curation.into()),
        }
    }
}

fn numbers<'a>(stories: impl IntoIterator<Item = &'a StoryId>) -> Vec<i32> {
    stories.into_iter().map(|story| number(story.0)).collect()
}

fn stories(numbers: &[i32]) -> impl Iterator<Item = StoryId> {
    numbers.iter().map(|story| StoryId((*story).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_comes_back_from_the_window_as_it_went() {
        let mut curation = Curation {
            note: "A quiet night.".to_owned(),
            dropped: [StoryId(4)].into(),
            first: vec![StoryId(9), StoryId(2)],
            ..Curation::default()
        };
        curation.order(TopicId::from_name("oil"), vec![StoryId(2)]);
        curation.annotate(StoryId(9), "Ours.\nSee page 4.");
        assert_eq!(Curation::from(CurationDraft::from(&curation)), curation);
        let all = CurationEdit::All { curation: (&Curation::default()).into() };
        assert_eq!(Edit::from(all), Edit::All(Curation::default()));
    }
}
