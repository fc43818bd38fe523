//! Mail on its way: the server's settings, one try at sending, and what came of it.

mod counter;
mod outcome;
mod server;
mod settings;
mod smtp;

pub(crate) use counter::{Counter, draft};
pub(crate) use outcome::Outcome;
pub use server::{Login, MailFault, MailPart, MailServer, Security};
pub(crate) use smtp::Letter;
