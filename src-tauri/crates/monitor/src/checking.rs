//! How a query is understood, before anything is asked with it.

use wirewatch_library::{Library, LibraryError};
use wirewatch_query::{Context, Corpus, Description, Expr, Language, Query, QueryError, Use, Warning};

use crate::Monitor;
use crate::draft::Draft;
use crate::error::Result;

/// A query that can be used, with what there is to say about it.
#[derive(Debug)]
pub struct CheckedQuery {
    /// The query; displays as its canonical text.
    pub query: Query,
    /// What it asks for, in plain words.
    pub described: Description,
    /// What is odd about it, by itself and over this library, in the order of the text.
    pub warnings: Vec<Warning>,
}

type Checked = std::result::Result<std::result::Result<CheckedQuery, QueryError>, LibraryError>;

/// Checks what was typed in the search box or on the command line.
///
/// # Errors
/// The first error with its place.
pub fn check_search(monitor: &Monitor, text: &str) -> Checked {
    let topics = monitor.topics();
    let names = topics.names().seen_by_everybody();
    let context = Context { names: &names, languages: &Language::DEFAULT, purpose: Use::Search };
    check(monitor.library(), text, &context)
}

/// Checks the query of a topic that is being written: it must parse, and make sense in a topic
/// with the draft's word lists.
///
/// # Errors
/// If the topic that it changes is not there; inside, the query's first error with its place.
pub fn check_draft(
    library: &Library,
    draft: &Draft,
) -> Result<std::result::Result<CheckedQuery, QueryError>> {
    let placed = draft.place(library)?;
    Ok(placed.ask(|context| check(library, &draft.query, context))?)
}

fn check(library: &Library, text: &str, context: &Context<'_>) -> Checked {
    let articles = library.article_count()?;
    let checked = Query::parse(text).and_then(|query| {
        query.resolve(context.names, context.languages, context.purpose)?;
        let corpus = LibraryCorpus { library, articles };
        Ok(CheckedQuery {
            described: query.describe(context),
            warnings: query.warnings_in(context, Some(&corpus)),
            query,
        })
    });
    Ok(checked)
}

/// The library, as the linter asks it.
struct LibraryCorpus<'a> {
    library: &'a Library,
    articles: u64,
}

impl Corpus for LibraryCorpus<'_> {
    fn articles(&self) -> u64 {
        self.articles
    }

    fn reach(&self, expr: &Expr) -> Option<u64> {
        let reach = self.library.search_reach(expr);
        // A hint that cannot be given is no reason to refuse the query.
        reach.unwrap_or_else(|error| {
            tracing::warn!(%error, "the index could not be asked about a query");
            None
        })
    }
}
