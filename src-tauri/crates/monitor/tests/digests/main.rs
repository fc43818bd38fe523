//! Planned digests on a clock that is turned by hand.

// Helpers are tests, too, but the lint only knows functions that are marked.
#![allow(clippy::unwrap_used)]

mod at_once;
mod month;
mod outbox;
mod plans;
mod stage;
