//! The topics of a library, compiled to be matched in one pass.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use url::Url;
use wirewatch_library::{Library, LibraryError, TopicMatch, WordList};
use wirewatch_model::{Field, Hit, Match, ParsedArticle, Topic, TopicId};
use wirewatch_query::{
    Context, Expr, Facts, Language, Lookup, Matcher, Query, QueryError, Text, Use, sentence_at,
};

/// Every topic that can be used, compiled; and those that cannot, with the reason.
#[derive(Default)]
pub struct Topics {
    topics: Vec<Topic>,
    matcher: Option<Matcher>,
    names: Names,
    broken: Vec<(TopicId, QueryError)>,
}

impl Topics {
    /// Compiles the topics of a library.
    ///
    /// # Errors
    /// If the library cannot be read. A bad topic is no error: see [`Topics::broken`].
    pub fn load(library: &Library) -> Result<Topics, LibraryError> {
        Ok(Topics::compile(library.topics()?, &library.word_lists()?))
    }

    /// Compiles topics; one that cannot be used does not stop the others.
    pub fn compile(topics: Vec<Topic>, lists: &[WordList]) -> Topics {
        let names = Names::new(&topics, lists);
        let mut usable = Vec::new();
        let mut exprs = Vec::new();
        let mut broken = Vec::new();
        for topic in topics {
            match names.resolve_topic(&topic.id, &topic.query, &topic.languages) {
                Ok(expr) => {
                    exprs.push(expr);
                    usable.push(topic);
                }
                Err(error) => broken.push((topic.id, error)),
            }
        }
        Topics { topics: usable, matcher: Some(Matcher::new(exprs)), names, broken }
    }

    /// The topics that cannot be used, with the place of the error in their query.
    pub fn broken(&self) -> &[(TopicId, QueryError)] {
        &self.broken
    }

    /// One usable topic.
    pub fn get(&self, id: &TopicId) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == *id)
    }

    /// Resolves what is searched for, with the word lists and topics that it names.
    ///
    /// # Errors
    /// The first error with its place.
    pub fn resolve_search(&self, query: &str) -> Result<Expr, QueryError> {
        Query::parse(query)?.resolve(&self.names.seen_by_everybody(), &Language::DEFAULT, Use::Search)
    }

    /// Resolves what can be read of a search that is still being typed. Reads nothing but the text: it
    /// is asked with every letter.
    pub fn resolve_typed(&self, text: &str) -> Typed {
        let (read_as, errors) = Query::parse_lenient(text);
        let mut error = errors.into_iter().next();
        let mut expr = None;
        if !read_as.is_empty() {
            match read_as.resolve(&self.names.seen_by_everybody(), &Language::DEFAULT, Use::Search) {
                Ok(resolved) => expr = Some(resolved),
                Err(unusable) => error = error.or(Some(unusable)),
            }
        }
        Typed { expr, read_as, error }
    }

    /// Word lists and topics by name.
    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    /// The topics that an article matches, with the passages and the sentence that tells best why.
    pub fn match_article(
        &self,
        article: &ParsedArticle,
        source: &str,
        now: DateTime<Utc>,
    ) -> Vec<TopicMatch> {
        let Some(matcher) = &self.matcher else { return Vec::new() };
        with_text(article, source, now, |text| {
            matcher
                .matches(text)
                .into_iter()
                .filter_map(|found| {
                    let topic = self.topics.get(found.index)?;
                    Some(TopicMatch { found: to_match(topic, text, found.hits), level: topic.level })
                })
                .collect()
        })
    }

    /// Explains what an article makes of a topic.
    ///
    /// # Errors
    /// If the topic's query cannot be used.
    pub fn explain(
        &self,
        topic: &Topic,
        article: &ParsedArticle,
        source: &str,
        now: DateTime<Utc>,
    ) -> Result<wirewatch_query::Explanation, QueryError> {
        let query = Query::parse(&topic.query)?;
        let names = self.names.seen_by(&topic.id);
        let context = Context { names: &names, languages: &languages(&topic.languages), purpose: Use::Topic };
        with_text(article, source, now, |text| wirewatch_query::explain(&query, &context, text))
    }
}

/// A match of a topic, with the sentence that tells best why: the one that holds most of the
/// passages, the earliest of these, body and lead before the headline that the reader sees anyway.
pub(crate) fn to_match(topic: &Topic, text: &Text<'_>, hits: Vec<Hit>) -> Match {
    let sentence = best_sentence(text, &hits).unwrap_or_default();
    Match { topic: topic.id.clone(), version: topic.version, hits, sentence }
}

/// Hands out an article as the query language sees it.
pub(crate) fn with_text<T>(
    article: &ParsedArticle,
    source: &str,
    now: DateTime<Utc>,
    ask: impl FnOnce(&Text<'_>) -> T,
) -> T {
    let url = article.url.as_deref().and_then(|url| Url::parse(url).ok());
    let site = url.as_ref().and_then(Url::host_str).map(|host| host.trim_start_matches("www."));
    ask(&Text {
        title: &article.title,
        lead: article.lead.as_deref().unwrap_or_default(),
        body: &article.text,
        facts: Facts {
            source,
            site,
            authors: &article.authors,
            labels: &article.labels,
            language: article.language.as_deref(),
            at: Some(article.sorting_time(now)),
            now: Some(now),
            topics: &[],
            unread: true,
            starred: false,
        },
    })
}

/// The sentence around a passage, white space evened out.
pub(crate) fn sentence(text: &Text<'_>, hit: Hit) -> String {
    let field = text.field(hit.field);
    let range = sentence_at(field, hit.start, hit.end);
    field.get(range).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentence that tells best why: see [`to_match`].
pub(crate) fn best_sentence(text: &Text<'_>, hits: &[Hit]) -> Option<String> {
    let mut counts: Vec<((Field, usize), usize, Hit)> = Vec::new();
    for hit in hits {
        let place = (hit.field, sentence_at(text.field(hit.field), hit.start, hit.end).start);
        match counts.iter_mut().find(|(known, ..)| *known == place) {
            Some((_, count, _)) => *count += 1,
            None => counts.push((place, 1, *hit)),
        }
    }
    let rank = |((field, _), count, _): &((Field, usize), usize, Hit)| (*field != Field::Title, *count);
    let best = counts.iter().rev().max_by_key(|one| rank(one))?;
    Some(sentence(text, best.2))
}

/// What was typed so far in a box that searches with every letter.
#[derive(Debug)]
pub struct Typed {
    /// What can be searched for; none if nothing can.
    pub expr: Option<Expr>,
    /// The part of the text that could be read, as a query.
    pub read_as: Query,
    /// What is wrong with the text, if anything is.
    pub error: Option<QueryError>,
}

/// Word lists and topics by name, parsed. What does not parse is not there.
#[derive(Default)]
pub(crate) struct Names {
    lists: HashMap<(Option<TopicId>, String), Query>,
    topics: HashMap<String, Query>,
}

impl Names {
    pub(crate) fn new(topics: &[Topic], lists: &[WordList]) -> Names {
        Names {
            lists: lists
                .iter()
                .filter_map(|list| {
                    Some(((list.topic.clone(), list.name.clone()), Query::parse(&list.query).ok()?))
                })
                .collect(),
            topics: topics
                .iter()
                .filter_map(|topic| Some((topic.id.as_str().to_owned(), Query::parse(&topic.query).ok()?)))
                .collect(),
        }
    }

    /// Resolves the query of a topic.
    pub(crate) fn resolve_topic(
        &self,
        id: &TopicId,
        query: &str,
        tags: &[String],
    ) -> Result<Expr, QueryError> {
        Query::parse(query)?.resolve(&self.seen_by(id), &languages(tags), Use::Topic)
    }

    /// The names as a topic sees them: its own lists before those that everybody may use.
    pub(crate) fn seen_by<'a>(&'a self, topic: &'a TopicId) -> impl Lookup + 'a {
        Seen { names: self, topic: Some(topic) }
    }

    /// The names as a search sees them.
    pub(crate) fn seen_by_everybody(&self) -> impl Lookup + '_ {
        Seen { names: self, topic: None }
    }
}

struct Seen<'a> {
    names: &'a Names,
    topic: Option<&'a TopicId>,
}

impl Lookup for Seen<'_> {
    fn list(&self, name: &str) -> Option<&Query> {
        let lists = &self.names.lists;
        let own = self.topic.and_then(|topic| lists.get(&(Some(topic.clone()), name.to_owned())));
        // A search may use a topic's list if only one topic has one of this name.
        let only = || {
            let mut all = lists.iter().filter(|((_, known), _)| known == name).map(|(_, query)| query);
            all.next().filter(|_| self.topic.is_none() && all.next().is_none())
        };
        own.or_else(|| lists.get(&(None, name.to_owned()))).or_else(only)
    }

    fn topic(&self, name: &str) -> Option<&Query> {
        self.names.topics.get(name)
    }
}

/// The languages of these tags; English if none is known.
pub(crate) fn languages(tags: &[String]) -> Vec<Language> {
    let known: Vec<Language> = tags.iter().filter_map(|tag| Language::from_tag(tag)).collect();
    if known.is_empty() { vec![Language::English] } else { known }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirewatch_model::{Level, TopicVersion};

    fn topic(id: &str, query: &str) -> Topic {
        Topic {
            id: TopicId::from_name(id),
            name: id.into(),
            query: query.into(),
            level: Level::Notify,
            languages: vec!["en".into()],
            version: TopicVersion(1),
            matches: 0,
        }
    }

    fn list(topic: Option<&str>, name: &str, query: &str) -> WordList {
        WordList { topic: topic.map(TopicId::from_name), name: name.into(), query: query.into() }
    }

    fn article(title: &str, text: &str) -> ParsedArticle {
        ParsedArticle { title: title.into(), text: text.into(), ..ParsedArticle::default() }
    }

    #[test]
    fn the_sentence_with_most_passages_tells_why() {
        let topics = Topics::compile(vec![topic("oil", "oil OR tanker OR port")], &[]);
        let text = "Oil was cheap. A tanker with oil left the port. The crew was well.";
        let found = topics.match_article(&article("Oil again", text), "", Utc::now());
        assert_eq!(found[0].found.sentence, "A tanker with oil left the port.");
        let headline_only = topics.match_article(&article("Oil again", "Nothing."), "", Utc::now());
        assert_eq!(headline_only[0].found.sentence, "Oil again");
    }

    #[test]
    fn a_topics_own_list_comes_before_everybodys() {
        let lists = [list(None, "fuel", "coal"), list(Some("one"), "fuel", "oil")];
        let topics = Topics::compile(vec![topic("one", "@fuel"), topic("two", "@fuel")], &lists);
        let matched = |text: &str| -> Vec<String> {
            let found = topics.match_article(&article("", text), "", Utc::now());
            found.iter().map(|one| one.found.topic.to_string()).collect()
        };
        assert_eq!(matched("They burn oil."), ["one"]);
        assert_eq!(matched("They burn coal."), ["two"]);
    }

    #[test]
    fn a_search_uses_the_lists_that_are_compiled_with_the_topics() {
        let topics = Topics::compile(vec![topic("one", "@fuel")], &[list(Some("one"), "fuel", "oil")]);
        assert_eq!(topics.resolve_search("@fuel"), topics.resolve_search("oil"));
        assert!(topics.resolve_search("@nobody").is_err());
        let typed = topics.resolve_typed("@fuel AND");
        assert_eq!(typed.read_as.to_string(), "@fuel", "what can be read of it is searched for");
        assert!(typed.expr.is_some() && typed.error.is_some(), "{typed:?}");
        let typed = topics.resolve_typed("@nobody");
        assert!(typed.expr.is_none() && typed.error.is_some(), "{typed:?}");
    }

    #[test]
    fn a_broken_topic_stops_no_other() {
        let topics = Topics::compile(vec![topic("bad", "oil AND ("), topic("good", "oil")], &[]);
        assert_eq!(topics.broken().len(), 1);
        assert_eq!(topics.match_article(&article("", "Oil."), "", Utc::now()).len(), 1);
    }

    #[test]
    fn topics_that_name_each_other_in_a_circle_are_refused() {
        let topics =
            Topics::compile(vec![topic("a", "topic:b"), topic("b", "topic:a"), topic("c", "oil")], &[]);
        assert_eq!(topics.broken().len(), 2);
    }
}
