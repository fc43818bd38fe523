//! A topic as it is being written, and what its query means.

use wirewatch_library::{Library, WordList};
use wirewatch_model::{ParsedArticle, TopicId};
use wirewatch_query::{Context, Explanation, Expr, Language, Query, QueryError, Use, explain};

use chrono::{DateTime, Utc};

use crate::error::Result;
use crate::life::topic_missing;
use crate::topics::{Names, languages, with_text};

/// A topic as it is being written: what is left out is as it was saved.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The topic that is changed; none for a new one.
    pub topic: Option<TopicId>,
    /// The query.
    pub query: String,
    /// The languages of its word forms, as tags.
    pub languages: Option<Vec<String>>,
    /// Its own word lists: name and terms.
    pub lists: Option<Vec<(String, String)>>,
}

/// The id under which the word lists of a new topic are kept while it is written.
const UNSAVED: &str = "being-written";

/// A draft among the topics and word lists of a library.
pub(crate) struct Placed<'a> {
    draft: &'a Draft,
    id: TopicId,
    names: Names,
    languages: Vec<Language>,
}

impl Draft {
    /// The word lists that cannot be used, with the reason.
    pub fn broken_lists(&self) -> Vec<(String, QueryError)> {
        broken_lists(&self.own_lists(&self.id()))
    }

    fn id(&self) -> TopicId {
        self.topic.clone().unwrap_or_else(|| TopicId::from_name(UNSAVED))
    }

    fn own_lists(&self, topic: &TopicId) -> Vec<WordList> {
        let own = |(name, query): &(String, String)| WordList {
            topic: Some(topic.clone()),
            name: name.clone(),
            query: query.clone(),
        };
        self.lists.iter().flatten().map(own).collect()
    }

    /// Puts the draft among what the library has.
    ///
    /// # Errors
    /// If the topic that it changes is not there.
    pub(crate) fn place(&self, library: &Library) -> Result<Placed<'_>> {
        let topics = library.topics()?;
        let mut lists = library.word_lists()?;
        let saved = match &self.topic {
            Some(id) => Some(topics.iter().find(|topic| topic.id == *id).ok_or_else(|| topic_missing(id))?),
            None => None,
        };
        let id = self.id();
        if self.lists.is_some() {
            lists.retain(|list| list.topic.as_ref() != Some(&id));
            lists.extend(self.own_lists(&id));
        }
        let tags = self.languages.as_deref().or(saved.map(|topic| topic.languages.as_slice()));
        let languages = languages(tags.unwrap_or_default());
        Ok(Placed { draft: self, id, names: Names::new(&topics, &lists), languages })
    }
}

impl Placed<'_> {
    /// What the query means.
    ///
    /// # Errors
    /// The first error with its place.
    pub(crate) fn resolve(&self) -> std::result::Result<Expr, QueryError> {
        self.ask(|context| {
            Query::parse(&self.draft.query)?.resolve(context.names, context.languages, context.purpose)
        })
    }

    /// Explains what an article makes of the query.
    ///
    /// # Errors
    /// As [`Placed::resolve`].
    pub(crate) fn explain(
        &self,
        article: &ParsedArticle,
        source: &str,
        now: DateTime<Utc>,
    ) -> std::result::Result<Explanation, QueryError> {
        let query = Query::parse(&self.draft.query)?;
        self.ask(|context| with_text(article, source, now, |text| explain(&query, context, text)))
    }

    /// Hands out everything that decides what the query means.
    pub(crate) fn ask<T>(&self, ask: impl FnOnce(&Context<'_>) -> T) -> T {
        let names = self.names.seen_by(&self.id);
        ask(&Context { names: &names, languages: &self.languages, purpose: Use::Topic })
    }
}

/// The word lists that cannot be used: their names, and why.
pub(crate) fn broken_lists(lists: &[WordList]) -> Vec<(String, QueryError)> {
    let fault = |(at, list): (usize, &WordList)| {
        let twice = lists[..at].iter().any(|earlier| earlier.name == list.name);
        let error = if twice {
            about_name(format!("there are two lists @{}; give one of them another name", list.name))
        } else {
            fault_of_name(&list.name).or_else(|| Query::parse(&list.query).err())?
        };
        Some((list.name.clone(), error))
    };
    lists.iter().enumerate().filter_map(fault).collect()
}

/// Why a list of this name could never be used.
fn fault_of_name(name: &str) -> Option<QueryError> {
    let can_be_named = Query::parse(&format!("@{name}")).is_ok_and(|query| query.lists() == [name]);
    let advice = "a word list needs a name of letters, digits, - or _, as in @us-officials";
    (!can_be_named).then(|| about_name(advice.to_owned()))
}

/// An error that is not in the terms but in the name.
fn about_name(message: String) -> QueryError {
    QueryError { message, start: 0, end: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_list_that_cannot_be_used_is_told_with_its_repair() {
        let draft = |lists: &[(&str, &str)]| Draft {
            lists: Some(lists.iter().map(|(name, terms)| ((*name).into(), (*terms).into())).collect()),
            ..Draft::default()
        };
        for (lists, expected) in [
            (&[("us", "US OR Washington"), ("eu-2", "EU")][..], None),
            (&[("us", "US OR (")], Some(("us", 6..7))),
            (&[("white house", "a")], Some(("white house", 0..0))),
            (&[("", "a")], Some(("", 0..0))),
            (&[("a OR b", "a")], Some(("a OR b", 0..0))),
            (&[("us", "a"), ("us", "b")], Some(("us", 0..0))),
        ] {
            let broken = draft(lists).broken_lists();
            let found = broken.first().map(|(name, error)| (name.as_str(), error.start..error.end));
            assert_eq!(found, expected, "{lists:?}: {broken:?}");
        }
    }
}
