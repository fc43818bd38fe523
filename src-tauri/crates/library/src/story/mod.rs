//! Stories: which articles are copies of one another, found without comparing all pairs.
//!
//! An article's [`Print`](print::Print) holds its runs of four words. A few of the smallest hashes
//! of them are its keys in the [`index`]; articles that share keys are compared whole, by the rules
//! in [`same`]; what says the same word for word is found by its fingerprint. The relation is symmetric and a story is everything it connects, so the order of
//! arrival changes nothing. `table/story.rs` keeps stories, and what the user decided about them.

pub(crate) mod index;
pub(crate) mod print;
pub(crate) mod same;
mod strip;
