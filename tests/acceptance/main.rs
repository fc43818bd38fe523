//! Acceptance tests: the real command on real files and real servers, as a user would have it.

mod bad_input;
mod crash;
mod digest;
mod feeds;
mod folders;
mod house;
mod queries;
mod topics;
mod watch;
mod world;
