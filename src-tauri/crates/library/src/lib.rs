//! Everything that ever arrived, in one SQLite file: articles, topics, matches, alerts, sources,
//! receipts, digests, and a full-text index that answers the query language.
//!
//! [`Library`] is the only way in. What must follow from an article (its matches, the alerts it
//! raises, its place in the index, the receipt of its file) is written in the article's own
//! transaction, so a kill at any moment leaves all of it or nothing.
//!
//! Not in here: parsing, matching of what arrives, clocks, networks. Times are handed in.
//!
//! ```
//! # fn main() -> Result<(), wirewatch_library::LibraryError> {
//! # let folder = tempfile::tempdir().map_err(wirewatch_library::LibraryError::Folder)?;
//! let library = wirewatch_library::Library::open(folder.path())?;
//! assert!(library.topics()?.is_empty());
//! # Ok(())
//! # }
//! ```

mod connection;
mod error;
mod index;
mod library;
mod schema;
mod story;
mod table;

pub use error::LibraryError;
pub use index::search::{Look, SearchOrder, SearchRequest};
pub use index::sweep::{Finds, Watch};
pub use library::{Counts, Library};
pub use table::alert::{AlertFilter, Told};
pub use table::application::{Application, NewMatches};
pub use table::arrival::{Added, Arrival, Batch, Outcome, TopicMatch};
pub use table::article::{Page, Selection};
pub use table::digest::DigestRecord;
pub use table::edition::{EditionContent, MadeEdition, NewEdition};
pub use table::fetch::FetchState;
pub use table::receipt::{Receipt, ReceiptFilter, ReceiptOutcome};
pub use table::rule::TopicRule;
pub use table::topic::{TopicChange, WordList};
pub use table::version::VersionRecord;
pub use table::volume::{ArticleSet, DayVolume, Volume};
