//! Acceptance tests: the real command on real files and real servers, as a user would have it.

// Helpers are tests, too, but the lint only knows functions that are marked.
#![allow(clippy::unwrap_used, clippy::panic)]

mod alerting;
mod bad_input;
mod changes;
mod crash;
mod curation;
mod digest;
mod exchange;
mod feeds;
mod folders;
mod house;
mod mail;
mod outbox;
mod proxies;
mod queries;
mod sources;
mod stories;
mod topics;
mod watch;
mod wire;
mod world;
