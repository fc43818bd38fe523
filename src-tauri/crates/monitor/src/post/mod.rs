//! Mail on its way: the server's settings, one try at sending, and what came of it.

mod outcome;
mod server;
mod smtp;

pub(crate) use outcome::Outcome;
pub use server::{Login, MailServer, Security};
pub(crate) use smtp::{Letter, send};
