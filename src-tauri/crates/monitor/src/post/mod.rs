//! Mail on its way: the server's settings, one try at sending, and what came of it.

mod counter;
mod outcome;
mod server;
mod smtp;

pub use counter::Answers;
pub(crate) use counter::{Counter, draft};
pub(crate) use outcome::Outcome;
pub use server::{Login, MailServer, Security};
pub(crate) use smtp::Letter;
