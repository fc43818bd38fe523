//! The schema and its migrations: ordered, additive, each in one transaction, run on the writer
//! before any reader opens.

use rusqlite::Connection;
use wirewatch_query::WORDS_VERSION;

use crate::LibraryError;
use crate::error::Result;
use crate::index;
use crate::table::story;

/// Every migration ever released, oldest first; never edited, only appended to.
const MIGRATIONS: &[&str] = &[
    include_str!("schema/0001_first.sql"),
    include_str!("schema/0002_wire.sql"),
    include_str!("schema/0003_stories.sql"),
    include_str!("schema/0004_alerting.sql"),
    include_str!("schema/0005_editions.sql"),
    include_str!("schema/0006_sources.sql"),
    include_str!("schema/0007_levels.sql"),
    include_str!("schema/0008_topic_life.sql"),
    include_str!("schema/0009_reading.sql"),
    include_str!("schema/0010_curation.sql"),
    include_str!("schema/0011_words.sql"),
    include_str!("schema/0012_sources.sql"),
    include_str!("schema/0013_by_hand.sql"),
];

/// The migration that brings stories, after which the articles that are here already get their prints.
const STORIES: u32 = 2;

/// Brings the file up to the newest schema, and its index up to today's tokenizer.
pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    let known = MIGRATIONS.len() as u32;
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(LibraryError::Newer { found, known });
    }
    for version in found..known {
        // Immediate: two programs that open a new library at once take turns.
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let now: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if now <= version {
            transaction.execute_batch(MIGRATIONS[version as usize])?;
            if version == STORIES {
                story::rebuild(&transaction)?;
            }
            transaction.pragma_update(None, "user_version", version + 1)?;
        }
        transaction.commit()?;
    }
    index::rebuild_if_words_changed(connection, WORDS_VERSION)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use tempfile::TempDir;
    use wirewatch_model::{
        ArticleId, Fingerprint, Level, Match, NewSource, ParsedArticle, Published, SourceId, SourceKind,
        TopicId, TopicVersion,
    };
    use wirewatch_query::{Language, NoNames, Query, Use};

    use super::*;
    use crate::connection::open_writer;
    use crate::table::column::{compress, millis};
    use crate::{
        Added, AlertFilter, Arrival, Batch, Library, Outcome, SearchOrder, SearchRequest, TopicMatch,
    };

    /// Long enough to be known by its runs of words.
    const TEXT: &str = "Delegations from both shores sat down in the old customs house on Tuesday morning and \
        talked for six hours about herring, dredging and the price of pilots. Neither side gave way on dredging. \
        A second round was called for the spring, when the ice has left the outer harbour and the fleet is back.";

    fn then() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    fn told(title: &str, text: &str) -> ParsedArticle {
        ParsedArticle {
            title: title.into(),
            text: text.into(),
            published: Some(Published::At(then())),
            external_id: Some("a".into()),
            ..ParsedArticle::default()
        }
    }

    /// A library as the first release left it, with an article that matched and alerted.
    fn first_library() -> TempDir {
        let folder = TempDir::new().unwrap();
        let file = open_writer(&folder.path().join("library.sqlite")).unwrap();
        file.execute_batch(MIGRATIONS[0]).unwrap();
        let at = millis(then());
        file.execute(
            "INSERT INTO source (kind, name, location, added_at, primed)
             VALUES ('feed', 'wire', 'https://wire.example/feed', ?1, 1)",
            [at],
        )
        .unwrap();
        file.execute(
            "INSERT INTO article (source, story, first_seen, sorted_at, title, authors, labels, external_id, snippet,
                 fingerprint)
             VALUES (1, 1, ?1, ?1, 'Talks', '[]', '[]', 'a', 'Delegations', ?2)",
            rusqlite::params![at, Fingerprint::of(&told("Talks", TEXT)).0],
        )
        .unwrap();
        file.execute(
            "INSERT INTO body (article, text, html) VALUES (1, ?1, ?2)",
            [compress(TEXT).unwrap(), compress("").unwrap()],
        )
        .unwrap();
        file.execute_batch(
            "INSERT INTO article_key VALUES ('external', 1, 'a', 1);
             INSERT INTO match VALUES (1, 'talks', 1, '[]', 'Why.');",
        )
        .unwrap();
        file.execute(
            "INSERT INTO alert (topic, story, article, at, level, sentence, outlets, state)
             VALUES ('talks', 1, 1, ?1, 'notify', 'Why.', 1, 'delivered')",
            [at],
        )
        .unwrap();
        file.execute(
            "INSERT INTO article_index (rowid, title, lead, body) VALUES (1, 'Talks', '', ?1)",
            [TEXT],
        )
        .unwrap();
        file.execute("INSERT INTO setting VALUES ('words-version', ?1)", [WORDS_VERSION.to_string()])
            .unwrap();
        file.pragma_update(None, "user_version", 1).unwrap();
        folder
    }

    fn add(library: &Library, source: SourceId, article: ParsedArticle, topics: &[&str]) -> Outcome {
        let matches = topics.iter().map(|topic| TopicMatch {
            found: Match {
                topic: TopicId::from_name(topic),
                version: TopicVersion(1),
                hits: Vec::new(),
                sentence: "Because.".into(),
            },
            level: Level::Notify,
        });
        let arrivals = vec![Arrival { article, file: None, matches: matches.collect(), news: true }];
        let at = then() + TimeDelta::days(1);
        library.add(&Batch { source, arrivals, receipts: Vec::new(), at }).unwrap()[0]
    }

    fn courier(library: &Library) -> SourceId {
        let new = NewSource {
            kind: SourceKind::Feed,
            name: "courier".into(),
            location: "https://courier.example/feed".into(),
            label: None,
            every: None,
            full_text: false,
            alert_existing: false,
        };
        library.add_source(&new, then()).unwrap().id
    }

    /// A library that was made with one of these must find it as it was.
    #[test]
    fn what_was_released_is_not_edited() {
        const RELEASED: [&str; 10] = [
            "90b3e860539d1200",
            "063011518c3a30b9",
            "c30147e90bbaed86",
            "0421f30e9fee1783",
            "e53a6b3cbfadb39e",
            "7c28b887ede77b87",
            "cbcda3eca85e6691",
            "e77012f458d274ad",
            "f9e209c41d019c7a",
            "c03446c9ba02e242",
        ];
        for (migration, hash) in MIGRATIONS.iter().zip(RELEASED) {
            let now = blake3::hash(migration.as_bytes()).to_hex();
            assert_eq!(&now[..16], hash, "append a migration instead of editing this one: {migration}");
        }
    }

    #[test]
    fn a_library_of_the_first_release_is_opened_revised_joined_and_alerts() {
        let folder = first_library();
        let library = Library::open(folder.path()).unwrap();
        let kept = library.article(ArticleId(1)).unwrap().unwrap();
        assert_eq!((kept.content.text.as_str(), kept.matches.len()), (TEXT, 1));
        let revised = add(&library, SourceId(1), told("Talks go on", TEXT), &["talks", "herring"]);
        assert_eq!((revised.added, revised.alerts), (Added::Changed(ArticleId(1)), 1), "herring is new");
        let joined = add(&library, courier(&library), told("At the customs house", TEXT), &["talks", "ice"]);
        assert_eq!((joined.added, joined.alerts), (Added::New(ArticleId(2)), 1), "only the ice is news");
        assert_eq!(library.head(ArticleId(2)).unwrap().unwrap().story.0, 1);
        let alerts = library.alerts(AlertFilter::Newest(9), then() + TimeDelta::days(1)).unwrap();
        assert!(alerts.iter().all(|alert| alert.outlets == 2), "{alerts:?}");
    }

    #[test]
    fn the_words_of_an_old_library_are_known_to_searches() {
        let folder = first_library();
        let library = Library::open(folder.path()).unwrap();
        // The planner has to find `delegations` among the words.
        let query = Query::parse("delegation").unwrap();
        let expr = query.resolve(&NoNames, &[Language::English], Use::Search).unwrap();
        let request =
            SearchRequest { expr: &expr, before: None, limit: 9, order: SearchOrder::Newest, now: then() };
        assert_eq!(library.search(&request).unwrap().len(), 1);
        let passages = library.passages(&expr, then(), &[ArticleId(1)]).unwrap();
        assert!(passages[0].1.starts_with("Delegations from both shores"), "{passages:?}");
    }

    #[test]
    fn copies_of_what_an_old_library_holds_are_no_news() {
        let folder = first_library();
        let library = Library::open(folder.path()).unwrap();
        let copy = told("At the customs house", &format!("{TEXT} The courier was there, too."));
        let outcome = add(&library, courier(&library), copy, &["talks"]);
        assert_eq!((outcome.added, outcome.alerts), (Added::New(ArticleId(2)), 0), "it was told yesterday");
    }

    #[test]
    fn prints_are_made_anew_when_words_are_read_otherwise() {
        let folder = first_library();
        drop(Library::open(folder.path()).unwrap());
        let mut file = open_writer(&folder.path().join("library.sqlite")).unwrap();
        let keys = |file: &Connection| -> Vec<u8> {
            file.query_row("SELECT keys FROM story_print WHERE article = 1", [], |row| row.get(0)).unwrap()
        };
        let right = keys(&file);
        file.execute("UPDATE story_print SET keys = x'00000000'", []).unwrap();
        index::rebuild_if_words_changed(&mut file, WORDS_VERSION + 1).unwrap();
        assert_eq!(keys(&file), right);
    }

    #[test]
    fn prints_are_forgotten_after_the_window_and_their_numbers_not_given_again() {
        let folder = first_library();
        let library = Library::open(folder.path()).unwrap();
        let late = |title: &str, days| Batch {
            source: SourceId(1),
            arrivals: vec![Arrival {
                article: ParsedArticle { external_id: None, ..told(title, title) },
                file: None,
                matches: Vec::new(),
                news: true,
            }],
            receipts: Vec::new(),
            at: then() + TimeDelta::days(days),
        };
        library.add(&late("Another", 15)).unwrap();
        let file = open_writer(&folder.path().join("library.sqlite")).unwrap();
        let prints: Vec<(i64, i64)> = file
            .prepare("SELECT number, article FROM story_print")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<std::result::Result<_, _>>()
            .unwrap();
        assert_eq!(prints, [(2, 2)], "the first is out of the window");
        let plan: String =
            file.query_row(&format!("EXPLAIN QUERY PLAN {}", story::FORGET), [1], |row| row.get(3)).unwrap();
        assert!(plan.contains("story_print_by_time"), "{plan}");
    }
}
