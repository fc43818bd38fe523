//! Topic packs: topics as plain TOML files, with examples that prove them.
//!
//! A file holds one pack: `id`, `name`, `languages`, `level`, `query`, word lists under `[lists]`,
//! `[[must_hit]]` and `[[must_not_hit]]` examples (`title`, `text`), and a `changelog`.

use serde::{Deserialize, Serialize};
use wirewatch_library::{TopicChange, WordList};
use wirewatch_model::{Level, ParsedArticle, Topic, TopicId, TopicVersion};
use wirewatch_query::{Query, QueryError};

use crate::{Clock, SystemClock, Topics};

const SHIPPED: &[(&str, &str)] = &[
    ("us-russia.toml", include_str!("../packs/us-russia.toml")),
    ("election-interference.toml", include_str!("../packs/election-interference.toml")),
    ("counter-terrorism.toml", include_str!("../packs/counter-terrorism.toml")),
];

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Not TOML, or not a pack.
    #[error("{file} is no topic pack: {source}")]
    Format {
        /// The file.
        file: String,
        /// Where and why.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// No such level.
    #[error("{file}: level {level:?} is none of silent, digest, notify, urgent")]
    Level {
        /// The file.
        file: String,
        /// As written.
        level: String,
    },
    /// A query or word list that cannot be used.
    #[error("{file}, {part}: {error} (characters {}–{})", error.start, error.end)]
    Query {
        /// The file.
        file: String,
        /// `query` or the list's name.
        part: String,
        /// Where and why.
        error: QueryError,
    },
    /// A pack could not be written as TOML.
    #[error("the topics cannot be written as TOML: {0}")]
    Export(#[from] toml::ser::Error),
}

/// A topic with its word lists and examples.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    topic: Topic,
    lists: Vec<(String, String)>,
    must_hit: Vec<Example>,
    must_not_hit: Vec<Example>,
}

/// What the examples of a pack showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackReport {
    /// The topic.
    pub topic: TopicId,
    /// How many examples were tried.
    pub examples: usize,
    /// Those that should have hit and did not.
    pub missed: Vec<String>,
    /// Those that hit and should not have.
    pub wrong: Vec<String>,
}

impl Pack {
    /// The topic as the library saves it.
    pub fn change(&self) -> TopicChange {
        TopicChange {
            id: self.topic.id.clone(),
            name: self.topic.name.clone(),
            query: self.topic.query.clone(),
            level: self.topic.level,
            languages: self.topic.languages.clone(),
        }
    }

    /// Its word lists.
    pub fn lists(&self) -> Vec<WordList> {
        self.lists
            .iter()
            .map(|(name, query)| WordList {
                topic: Some(self.topic.id.clone()),
                name: name.clone(),
                query: query.clone(),
            })
            .collect()
    }

    /// The pack as a topic, for matching without a library.
    pub fn topic(&self) -> Topic {
        self.topic.clone()
    }

    /// Runs the examples.
    pub fn test(&self) -> PackReport {
        let topics = Topics::compile(vec![self.topic()], &self.lists());
        let hits = |example: &Example| {
            let article = ParsedArticle {
                title: example.title.clone(),
                text: example.text.clone(),
                ..ParsedArticle::default()
            };
            !topics.match_article(&article, "", SystemClock.now()).is_empty()
        };
        let names = |examples: &[Example], wanted: bool| {
            examples.iter().filter(|example| hits(example) != wanted).map(Example::name).collect()
        };
        PackReport {
            topic: self.topic.id.clone(),
            examples: self.must_hit.len() + self.must_not_hit.len(),
            missed: names(&self.must_hit, true),
            wrong: names(&self.must_not_hit, false),
        }
    }
}

/// The packs that come with Wirewatch.
///
/// # Errors
/// Never in a build that passed its tests.
pub fn shipped() -> Result<Vec<Pack>, PackError> {
    SHIPPED
        .iter()
        .map(|(file, text)| read(file, text))
        .collect::<Result<Vec<_>, _>>()
        .map(|packs| packs.concat())
}

/// Reads the packs in a file: one, or several under `[[topic]]` as [`export`] writes them.
///
/// # Errors
/// If it is no pack, or one of its queries cannot be used; with file and place.
pub fn read(file: &str, text: &str) -> Result<Vec<Pack>, PackError> {
    let format = |source| PackError::Format { file: file.to_owned(), source: Box::new(source) };
    let table: toml::Table = toml::from_str(text).map_err(format)?;
    let packs = match table.contains_key("topic") {
        true => toml::from_str::<PackList>(text).map_err(format)?.topic,
        false => vec![toml::from_str::<PackFile>(text).map_err(format)?],
    };
    packs.into_iter().map(|pack| check(file, pack)).collect()
}

/// Writes topics with their word lists as one file that [`read`] reads.
///
/// # Errors
/// If TOML cannot hold them.
pub fn export(topics: &[Topic], lists: &[WordList]) -> Result<String, PackError> {
    let pack = |topic: &Topic| PackFile {
        id: Some(topic.id.to_string()),
        name: topic.name.clone(),
        languages: topic.languages.clone(),
        level: topic.level.to_string(),
        query: topic.query.clone(),
        lists: lists
            .iter()
            .filter(|list| list.topic.as_ref() == Some(&topic.id))
            .map(|list| (list.name.clone(), toml::Value::String(list.query.clone())))
            .collect(),
        must_hit: Vec::new(),
        must_not_hit: Vec::new(),
        changelog: Vec::new(),
    };
    Ok(toml::to_string_pretty(&PackList { topic: topics.iter().map(pack).collect() })?)
}

fn check(file: &str, pack: PackFile) -> Result<Pack, PackError> {
    let level = Level::from_name(&pack.level)
        .ok_or_else(|| PackError::Level { file: file.to_owned(), level: pack.level.clone() })?;
    let lists: Vec<(String, String)> = pack
        .lists
        .into_iter()
        .map(|(name, query)| (name, query.as_str().unwrap_or_default().to_owned()))
        .collect();
    let parts = lists.iter().map(|(name, query)| (format!("list @{name}"), query.as_str()));
    for (part, query) in parts.chain([("query".to_owned(), pack.query.as_str())]) {
        Query::parse(query).map_err(|error| PackError::Query { file: file.to_owned(), part, error })?;
    }
    let topic = Topic {
        id: TopicId::from_name(pack.id.as_deref().unwrap_or(&pack.name)),
        name: pack.name,
        query: pack.query,
        level,
        languages: pack.languages,
        version: TopicVersion(1),
        matches: 0,
    };
    let checked = Pack { topic, lists, must_hit: pack.must_hit, must_not_hit: pack.must_not_hit };
    match Topics::compile(vec![checked.topic()], &checked.lists()).broken() {
        // Another topic that it names may be in the library; that is seen when it is saved.
        [(_, error)] if !checked.topic.query.contains("topic:") => {
            Err(PackError::Query { file: file.to_owned(), part: "query".to_owned(), error: error.clone() })
        }
        _ => Ok(checked),
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct PackList {
    topic: Vec<PackFile>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    id: Option<String>,
    name: String,
    #[serde(default)]
    languages: Vec<String>,
    #[serde(default = "default_level")]
    level: String,
    query: String,
    #[serde(default)]
    lists: toml::Table,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    must_hit: Vec<Example>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    must_not_hit: Vec<Example>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    changelog: Vec<String>,
}

fn default_level() -> String {
    Level::Notify.to_string()
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    #[serde(default)]
    title: String,
    text: String,
}

impl Example {
    fn name(&self) -> String {
        if self.title.is_empty() { self.text.chars().take(80).collect() } else { self.title.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_packs_pass_their_own_examples() {
        for pack in shipped().unwrap() {
            let report = pack.test();
            assert!(report.examples >= 10, "{}: too few examples", report.topic);
            assert!(report.missed.is_empty() && report.wrong.is_empty(), "{report:#?}");
        }
    }

    #[test]
    fn exported_topics_read_back() {
        let packs = shipped().unwrap();
        let topics: Vec<Topic> = packs.iter().map(Pack::topic).collect();
        let lists: Vec<WordList> = packs.iter().flat_map(Pack::lists).collect();
        let back = read("export.toml", &export(&topics, &lists).unwrap()).unwrap();
        assert_eq!(
            back.iter().map(Pack::change).collect::<Vec<_>>(),
            packs.iter().map(Pack::change).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_bad_pack_says_where() {
        for (text, want) in [
            ("name = ", "no topic pack"),
            ("name = \"x\"\nquery = \"a\"\nlevel = \"loud\"", "\"loud\" is none of"),
            ("name = \"x\"\nquery = \"a AND (b\"", "query"),
            ("name = \"x\"\nquery = \"a\"\ncolour = \"red\"", "colour"),
        ] {
            let error = read("bad.toml", text).unwrap_err().to_string();
            assert!(error.contains(want) && error.contains("bad.toml"), "{error}");
        }
    }
}
