//! What the topic editor speaks of: word lists, versions, back-tests.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wirewatch_library::{Application, DayVolume, VersionRecord};
use wirewatch_model::{ArticleHead, TopicId};
use wirewatch_monitor::{BackTest, Difference, Draft};
use wirewatch_query::Imported;

use super::convert::{number, published};
use super::{Level, QueryRemark, TopicDraft, count, moment};

/// A word list of a topic.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub(crate) struct WordListDraft {
    /// Its name without the `@`.
    pub(crate) name: String,
    /// Its terms, as a query.
    pub(crate) query: String,
}

/// A word list that cannot be used.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ListRemark {
    /// Its name without the `@`.
    pub(crate) name: String,
    /// Why, with the place in its terms.
    pub(crate) remark: QueryRemark,
}

/// A state that a topic was in.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TopicVersionRow {
    /// Its number, from 1.
    pub(crate) number: u32,
    /// When it was saved.
    pub(crate) at: String,
    /// The query as written.
    pub(crate) query: String,
    /// How loudly it spoke.
    pub(crate) level: Level,
    /// Its own word lists.
    pub(crate) lists: Vec<WordListDraft>,
}

/// What the editor shows of a topic besides its row.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TopicDetail {
    /// Its own word lists.
    pub(crate) lists: Vec<WordListDraft>,
    /// What it was, newest first; the first is what it is.
    pub(crate) versions: Vec<TopicVersionRow>,
    /// What its last run over the library did; none if that cannot be taken back any more.
    pub(crate) applied: Option<AppliedView>,
}

/// What running a topic over the whole library did.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct AppliedView {
    /// Articles that match now and did not before.
    pub(crate) added: u32,
    /// Articles that match no longer.
    pub(crate) removed: u32,
}

/// How far a work is.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct WorkProgress {
    /// Done so far.
    pub(crate) done: u32,
    /// Of so many.
    pub(crate) total: u32,
}

/// What a query would have found in everything that is there.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct BackTestView {
    /// Articles that it finds.
    pub(crate) articles: u32,
    /// Articles that the library has in the same time.
    pub(crate) of: u32,
    /// Whether the index alone could tell.
    pub(crate) exact: bool,
    /// Days with finds, oldest first.
    pub(crate) days: Vec<TriedDay>,
    /// Alerts to expect a day.
    pub(crate) alerts_per_day: f64,
    /// Finds, spread evenly from the newest to the oldest.
    pub(crate) samples: Vec<TriedArticle>,
    /// The newest articles that fail in one clause only.
    pub(crate) near_misses: Vec<TriedArticle>,
    /// What it finds and the saved version does not.
    pub(crate) added: TriedDifference,
    /// What the saved version finds and it does not.
    pub(crate) removed: TriedDifference,
}

/// What falls on one day.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TriedDay {
    /// The day, `2019-05-14`.
    pub(crate) day: String,
    /// Articles.
    pub(crate) articles: u32,
    /// Alerts that they would have raised: copies of a story raise one.
    pub(crate) alerts: u32,
}

/// An article in a back-test.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TriedArticle {
    /// Its id.
    pub(crate) id: i32,
    /// The headline.
    pub(crate) title: String,
    /// The source's name.
    pub(crate) source: String,
    /// When it says it was published.
    pub(crate) published: Option<String>,
    /// The sentence that was hit, or the clause that it fails in; empty if neither is the point.
    pub(crate) why: String,
}

/// Articles that one version of a topic finds and another does not.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TriedDifference {
    /// How many.
    pub(crate) count: u32,
    /// The newest of them.
    pub(crate) newest: Vec<TriedArticle>,
}

/// A tool whose queries can be read.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum QueryTool {
    /// Factiva's traditional query language.
    Factiva,
    /// Meltwater's boolean search.
    Meltwater,
    /// Talkwalker's query syntax.
    Talkwalker,
}

/// Another tool's query in our language.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ImportedQuery {
    /// The query.
    pub(crate) query: String,
    /// What it says otherwise; the places are in the text that was read.
    pub(crate) changes: Vec<QueryRemark>,
}

/// The word forms of a topic that the window makes, until it asks for languages.
pub(crate) fn new_topic_languages() -> Vec<String> {
    ["en", "ru"].map(str::to_owned).to_vec()
}

impl TopicDraft {
    /// The draft as the monitor tries it.
    pub(crate) fn draft(&self) -> Draft {
        let lists = self.lists.as_ref();
        Draft {
            topic: self.id.as_deref().map(TopicId::from_name),
            query: self.query.clone(),
            // What is there keeps its own.
            languages: self.id.is_none().then(new_topic_languages),
            lists: lists.map(|lists| lists.iter().map(|one| (one.name.clone(), one.query.clone())).collect()),
        }
    }
}

impl From<VersionRecord> for TopicVersionRow {
    fn from(version: VersionRecord) -> TopicVersionRow {
        let lists = version.lists.into_iter();
        TopicVersionRow {
            number: count(version.number.0.unsigned_abs()),
            at: moment(version.at),
            query: version.query,
            level: version.level.into(),
            lists: lists.map(|(name, query)| WordListDraft { name, query }).collect(),
        }
    }
}

impl From<Application> for AppliedView {
    fn from(application: Application) -> AppliedView {
        AppliedView { added: count(application.added), removed: count(application.removed) }
    }
}

impl From<BackTest> for BackTestView {
    fn from(done: BackTest) -> BackTestView {
        BackTestView {
            articles: count(done.articles),
            of: count(done.of),
            exact: done.exact,
            days: done.per_day.into_iter().map(TriedDay::from).collect(),
            alerts_per_day: done.alerts_per_day,
            samples: done.samples.into_iter().map(|one| TriedArticle::new(one.head, one.sentence)).collect(),
            near_misses: done
                .near_misses
                .into_iter()
                .map(|one| TriedArticle::new(one.head, one.clause))
                .collect(),
            added: done.added.into(),
            removed: done.removed.into(),
        }
    }
}

impl From<DayVolume> for TriedDay {
    fn from(day: DayVolume) -> TriedDay {
        TriedDay { day: day.day.to_string(), articles: day.articles, alerts: day.stories }
    }
}

impl From<Difference> for TriedDifference {
    fn from(difference: Difference) -> TriedDifference {
        let newest = difference.newest.into_iter().map(|head| TriedArticle::new(head, String::new()));
        TriedDifference { count: count(difference.count), newest: newest.collect() }
    }
}

impl TriedArticle {
    fn new(head: ArticleHead, why: String) -> TriedArticle {
        TriedArticle {
            id: number(head.id.0),
            title: head.title,
            source: head.source_name,
            published: head.published.map(published),
            why,
        }
    }
}

impl From<QueryTool> for wirewatch_query::Tool {
    fn from(tool: QueryTool) -> wirewatch_query::Tool {
        match tool {
            QueryTool::Factiva => wirewatch_query::Tool::Factiva,
            QueryTool::Meltwater => wirewatch_query::Tool::Meltwater,
            QueryTool::Talkwalker => wirewatch_query::Tool::Talkwalker,
        }
    }
}

impl ImportedQuery {
    /// What became of `text`.
    pub(crate) fn new(text: &str, imported: &Imported) -> ImportedQuery {
        let changes = imported.changes.iter();
        ImportedQuery {
            query: imported.query.to_string(),
            changes: changes.map(|one| QueryRemark::at(text, &one.message, one.start, one.end)).collect(),
        }
    }
}
