//! The languages whose word forms we know, and their stemmers.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

/// A language whose word forms the stemmer knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    English,
    /// Russian.
    Russian,
    /// Ukrainian.
    Ukrainian,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Italian.
    Italian,
}

/// The writing systems that tell which languages a word of a query can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    Cyrillic,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Language; 7] = [
        Language::English,
        Language::Russian,
        Language::Ukrainian,
        Language::German,
        Language::French,
        Language::Spanish,
        Language::Italian,
    ];

    /// The languages of a search for which nothing else was chosen.
    pub const DEFAULT: [Language; 2] = [Language::English, Language::Russian];

    /// The language of a tag like `en` or `en-GB`.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The two-letter tag (ISO 639-1).
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Russian => "ru",
            Language::Ukrainian => "uk",
            Language::German => "de",
            Language::French => "fr",
            Language::Spanish => "es",
            Language::Italian => "it",
        }
    }

    /// The Snowball stem of a folded word.
    pub fn stem(self, folded: &str) -> Cow<'_, str> {
        Stemmer::new(self.algorithm()).stem(folded)
    }

    /// Whether words of the language are written with a letter (small, composed). Letters without
    /// marks are written by every language of their script.
    pub(crate) fn writes(self, letter: char) -> bool {
        let own = match self {
            Language::English => "",
            Language::German => "äöüß",
            Language::French => "àâæçèéêëîïôœùûüÿ",
            Language::Spanish => "áéíñóúü",
            Language::Italian => "àèéìíîòóùú",
            Language::Russian => "ёъыэ",
            Language::Ukrainian => "ґєії",
        };
        let of_one = matches!(letter, 'ё' | 'ъ' | 'ы' | 'э' | 'ґ' | 'є' | 'і' | 'ї')
            || (!letter.is_ascii() && self.script() == Script::Latin);
        !of_one || own.contains(letter)
    }

    pub(crate) fn script(self) -> Script {
        match self {
            Language::Russian | Language::Ukrainian => Script::Cyrillic,
            _ => Script::Latin,
        }
    }

    fn algorithm(self) -> Algorithm {
        match self {
            Language::English => Algorithm::English,
            Language::Russian => Algorithm::Russian,
            Language::Ukrainian => Algorithm::Ukrainian,
            Language::German => Algorithm::German,
            Language::French => Algorithm::French,
            Language::Spanish => Algorithm::Spanish,
            Language::Italian => Algorithm::Italian,
        }
    }
}
