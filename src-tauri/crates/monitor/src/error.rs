//! What can go wrong with a request to the monitor. Trouble with a source or a document is no
//! error: it becomes a state of the source or a receipt that the user sees.

use std::path::PathBuf;

use wirewatch_digest::DigestError;
use wirewatch_library::LibraryError;
use wirewatch_model::{StoryId, TopicId};
use wirewatch_query::QueryError;

use crate::packs::PackError;
use crate::plans::PlanFault;
use crate::post::MailFault;

/// Why a request could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum MonitorError {
    /// The library refused.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// A query cannot be used.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A topic's word list cannot be used.
    #[error("word list @{name}: {error} (characters {}–{} of the list)", error.start, error.end)]
    WordList {
        /// Its name without the `@`.
        name: String,
        /// Where in its terms and why.
        error: QueryError,
    },
    /// A topic pack cannot be used.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// A topic was changed or removed while it was applied; nothing of it was applied.
    #[error("topic {0} was changed meanwhile; apply it again")]
    TopicChanged(TopicId),
    /// Nothing that a topic's last application did can be taken back.
    #[error("there is nothing to take back: topic {0} was not applied since it was last changed")]
    NothingToTakeBack(TopicId),
    /// A setting cannot be used: what is wrong with it, and how it is written.
    #[error("{0}")]
    Wish(String),
    /// Nobody can be told of alerts any more.
    #[error("alerts cannot be shown")]
    Announce(#[source] std::io::Error),
    /// The digest could not be written.
    #[error(transparent)]
    Digest(#[from] DigestError),
    /// The child process that makes the PDF failed.
    #[error("the PDF could not be made: {0}")]
    Pdf(String),
    /// A planned digest that cannot be carried out.
    #[error("digest {name:?}: {fault}")]
    Plan {
        /// Its name.
        name: String,
        /// Where it is wrong, and what to write instead.
        fault: PlanFault,
    },
    /// Settings of the mail server that cannot be used.
    #[error("mail server: {0}")]
    MailServer(MailFault),
    /// Settings of the mail server that cannot be read back; why.
    #[error("mail server: {0}; set it again")]
    MailServerUnreadable(String),
    /// The keyring is there but does not do what it is asked; its words.
    #[error("{0}")]
    Keyring(String),
    /// A path that is not there.
    #[error("no such file or folder: {}", .0.display())]
    NoSuchPath(PathBuf),
    /// A location that is neither a path nor a web address.
    #[error("{location:?} is no web address that can be watched: {reason}")]
    BadAddress {
        /// As it was given.
        location: String,
        /// Why not.
        reason: String,
    },
    /// A password that could not be kept.
    #[error("the password of {name:?} is not kept: {reason}")]
    Password {
        /// The source's name.
        name: String,
        /// Why not, in plain words.
        reason: String,
    },
    /// A wish for a source that cannot be met.
    #[error("{reason}")]
    BadOption {
        /// What was wished, and what is wrong with it.
        reason: String,
    },
    /// A web address that does not answer with anything that can be watched.
    #[error("{address}: {reason}")]
    NotASource {
        /// The address.
        address: String,
        /// What it answered, in plain words, and what to do.
        reason: String,
    },
    /// What was named is not there.
    #[error("no {what} {id:?} in the library")]
    Missing {
        /// The kind of thing.
        what: &'static str,
        /// Its name or number.
        id: String,
    },
    /// An editor wants something of a story that the next edition does not have.
    #[error(
        "the next edition has no story {story}{}; `wirewatch digests next` lists what it has",
        in_chapter(chapter)
    )]
    NotInNextEdition {
        /// Its number.
        story: StoryId,
        /// The chapter that it was looked for in, if in one only.
        chapter: Option<TopicId>,
    },
    /// A file could not be written or read.
    #[error("{}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        error: std::io::Error,
    },
    /// The folder watcher of the system could not be started.
    #[error("the system does not watch folders: {0}")]
    Watcher(#[from] notify::Error),
    /// The HTTP client could not be made.
    #[error("no connection can be made from this machine: {0}")]
    Client(String),
    /// A background task died.
    #[error("a background task ended unexpectedly")]
    Task(#[from] tokio::task::JoinError),
}

pub(crate) type Result<T> = std::result::Result<T, MonitorError>;

fn in_chapter(chapter: &Option<TopicId>) -> String {
    chapter.as_ref().map_or_else(String::new, |topic| format!(" in the chapter {:?}", topic.as_str()))
}
