//! Documents: one article each.

mod front_matter;
mod markdown;
mod text;

pub(crate) use markdown::{merge, read as markdown};
pub(crate) use text::read as text;
