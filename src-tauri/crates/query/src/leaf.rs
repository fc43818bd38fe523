//! When a word of a query fits a word of a text: the only definition.

use crate::words::fold;
use crate::{Language, Leaf};

impl Leaf {
    /// Does this leaf fit a word with this surface form?
    ///
    /// The one definition of the language: the streaming matcher asks it of every new surface
    /// form, an index planner of the words in its vocabulary.
    pub fn matches(&self, surface: &str) -> bool {
        let mut folded = String::new();
        fold(surface, &mut folded);
        self.matches_folded(&folded).unwrap_or(false)
    }

    /// Does this leaf fit every word with this folded form? `None` if case or accents decide.
    pub fn matches_folded(&self, folded: &str) -> Option<bool> {
        match self {
            Leaf::Folded(word) => Some(folded == word),
            Leaf::Prefix(prefix) => Some(folded.starts_with(prefix)),
            Leaf::Stem(language, stem) => Some(language.stem(folded) == *stem),
            Leaf::Exact(_) | Leaf::Acronym(_) => None,
        }
    }

    /// What every folded word that fits begins with, [`Leaf::irregular_forms`] apart: where a
    /// range scan of a vocabulary starts. Empty if nothing is known.
    pub fn stem_search_prefix(&self) -> &str {
        match self {
            Leaf::Folded(word) | Leaf::Prefix(word) => word,
            Leaf::Stem(_, stem) => stem,
            Leaf::Exact(_) | Leaf::Acronym(_) => "",
        }
    }

    /// The folded words that fit without beginning with [`Leaf::stem_search_prefix`].
    pub fn irregular_forms(&self) -> &'static [&'static str] {
        match self {
            Leaf::Stem(Language::English, stem) if stem == "die" => &["dying"],
            _ => &[],
        }
    }
}
