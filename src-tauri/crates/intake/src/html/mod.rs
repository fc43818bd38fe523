//! Web pages and fragments of them.

mod blocks;
mod bound;
mod metadata;
mod page;
mod surroundings;

pub(crate) use blocks::{blocks, open_forms};
pub(crate) use bound::bound;
pub(crate) use page::read;
