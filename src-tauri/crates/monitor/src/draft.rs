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
    pub fn broken_lists(&self) -> Vec<(&str, QueryError)> {
        let lists = self.lists.iter().flatten();
        lists.filter_map(|(name, terms)| Some((name.as_str(), Query::parse(terms).err()?))).collect()
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
        let id = saved.map_or_else(|| TopicId::from_name(UNSAVED), |topic| topic.id.clone());
        if let Some(own) = &self.lists {
            lists.retain(|list| list.topic.as_ref() != Some(&id));
            lists.extend(own.iter().map(|(name, query)| WordList {
                topic: Some(id.clone()),
                name: name.clone(),
                query: query.clone(),
            }));
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
