//! What templates see of a digest: the digest itself, and what is worked out from it for showing.

use serde::Serialize;

use crate::{Digest, chart};

/// A digest with its charts. Templates reach every field of the digest by its name.
#[derive(Serialize)]
pub(crate) struct View<'a> {
    #[serde(flatten)]
    pub(crate) digest: &'a Digest,
    /// For each chapter its volume as SVG; empty if not known.
    bars: Vec<String>,
    /// For each chapter its volume in words; empty if not known.
    volumes: Vec<String>,
    /// The names of the topics without a story.
    quiet: Vec<&'a str>,
    /// For each chapter the address of its chart inside a mail; empty if there is none.
    charts: Vec<String>,
}

impl<'a> View<'a> {
    pub(crate) fn of(digest: &'a Digest) -> View<'a> {
        let chapters = &digest.chapters;
        View {
            digest,
            bars: chapters.iter().map(|chapter| chart::bars(chapter).unwrap_or_default()).collect(),
            volumes: chapters.iter().map(chart::in_words).collect(),
            charts: (0..chapters.len()).map(|index| chart::address_in_mail(digest, index)).collect(),
            quiet: chapters.iter().filter(|c| c.stories.is_empty()).map(|c| c.name.as_str()).collect(),
        }
    }
}
