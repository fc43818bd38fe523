//! When a word of a query fits a word of a text: the only definition.

use crate::words::{exact_form, fold};
use crate::{Language, Leaf};

/// From so many letters on, an acronym is also written with only its first letter capital (`Nato`).
const CAPITALISED_ACRONYM: usize = 4;

/// English words that do not begin like their stem.
const IRREGULAR_ENGLISH: [(&str, &[&str]); 5] =
    [("die", &["dying"]), ("lie", &["lying"]), ("tie", &["tying"]), ("vie", &["vying"]), ("hie", &["hying"])];

/// The forms of one surface that leaves compare, each made once.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    pub(crate) folded: String,
    pub(crate) exact: String,
    stems: Vec<(Language, String)>,
}

impl Forms {
    /// Replaces the forms by those of another surface.
    pub(crate) fn set(&mut self, surface: &str) {
        fold(surface, &mut self.folded);
        exact_form(surface, &mut self.exact);
        self.stems.clear();
    }

    /// The exact form without plus signs at the end, which acronyms compare.
    pub(crate) fn acronym(&self) -> &str {
        self.exact.trim_end_matches('+')
    }

    pub(crate) fn stem(&mut self, language: Language) -> &str {
        let known = self.stems.iter().position(|(of, _)| *of == language);
        let at = known.unwrap_or_else(|| {
            self.stems.push((language, language.stem(&self.folded).into_owned()));
            self.stems.len() - 1
        });
        &self.stems[at].1
    }
}

impl Leaf {
    /// Does this leaf fit a word with this surface form?
    ///
    /// The one definition of the language: the streaming matcher asks it of every new surface
    /// form, an index planner of the words in its vocabulary.
    ///
    /// ```
    /// use wirewatch_query::Leaf;
    ///
    /// let us = Leaf::Acronym("US".to_owned());
    /// assert!(us.matches("US") && us.matches("U.S.") && !us.matches("us"));
    /// ```
    pub fn matches(&self, surface: &str) -> bool {
        let mut forms = Forms::default();
        forms.set(surface);
        self.fits(&mut forms)
    }

    /// Does this leaf fit every word with this folded form? `None` if case or accents decide.
    pub fn matches_folded(&self, folded: &str) -> Option<bool> {
        match self {
            Leaf::Folded(word) => Some(folded == word),
            Leaf::Prefix(prefix) => Some(folded.starts_with(prefix.as_str())),
            Leaf::Stem(language, stem) => Some(self.may_stem(folded) && language.stem(folded) == *stem),
            Leaf::Exact(_) | Leaf::Acronym(_) => None,
        }
    }

    /// What every folded word that fits begins with, [`Leaf::irregular_forms`] apart: where a
    /// range scan of a vocabulary starts. Empty for leaves that case or accents decide: an index
    /// has their [folded](crate::fold) word, or its [mark](crate::capital_mark).
    ///
    /// Stemmers also change letters (`happy` has the stem `happi`), so this is the stem without
    /// its last letters. A word with the same stem and another beginning does not fit, by
    /// definition; that keeps the scan exact.
    pub fn stem_search_prefix(&self) -> &str {
        match self {
            Leaf::Folded(word) | Leaf::Prefix(word) => word,
            Leaf::Stem(language, stem) => beginning(*language, stem),
            Leaf::Exact(_) | Leaf::Acronym(_) => "",
        }
    }

    /// The folded words that fit without beginning with [`Leaf::stem_search_prefix`].
    pub fn irregular_forms(&self) -> &'static [&'static str] {
        match self {
            Leaf::Stem(Language::English, stem) => {
                let found = IRREGULAR_ENGLISH.iter().find(|(irregular, _)| irregular == stem);
                found.map_or(&[], |(_, forms)| forms)
            }
            _ => &[],
        }
    }

    /// [`Leaf::matches`] for forms that are at hand.
    pub(crate) fn fits(&self, forms: &mut Forms) -> bool {
        match self {
            Leaf::Folded(word) => forms.folded == *word,
            Leaf::Prefix(prefix) => forms.folded.starts_with(prefix.as_str()),
            Leaf::Stem(language, stem) => self.may_stem(&forms.folded) && forms.stem(*language) == stem,
            Leaf::Exact(word) => forms.exact == *word,
            Leaf::Acronym(word) => is_acronym(word, forms.acronym()),
        }
    }

    fn may_stem(&self, folded: &str) -> bool {
        folded.starts_with(self.stem_search_prefix()) || self.irregular_forms().contains(&folded)
    }
}

/// The forms of an acronym that [`Leaf::Acronym`] finds, as exact forms.
pub(crate) fn acronym_forms(acronym: &str) -> impl Iterator<Item = String> + use<> {
    let letters = acronym.chars().filter(|c| c.is_alphabetic()).count();
    let capitalised = (letters >= CAPITALISED_ACRONYM).then(|| {
        let mut chars = acronym.chars();
        let first = chars.next();
        first.into_iter().chain(chars.flat_map(char::to_lowercase)).collect()
    });
    std::iter::once(acronym.to_owned()).chain(capitalised)
}

fn is_acronym(acronym: &str, exact: &str) -> bool {
    acronym == exact || (acronym.len() == exact.len() && acronym_forms(acronym).any(|form| form == exact))
}

/// A stem without the last letters that its language's stemmer may have changed, but never
/// less than two letters. Held against the vocabularies that Snowball's authors test with: no
/// word of English, Russian, French, Spanish or Italian begins otherwise than its stem, and
/// fewer than one in a thousand of German.
fn beginning(language: Language, stem: &str) -> &str {
    let changed = match language {
        Language::Russian | Language::Ukrainian => 0,
        Language::English => 1,
        Language::German | Language::Spanish | Language::Italian => 2,
        Language::French => 3,
    };
    let letters = stem.chars().count();
    let mut kept = letters.saturating_sub(changed).max(letters.min(2));
    if language == Language::German {
        // The stemmer reads ae, oe and ue as umlauts, so what follows an a, o or u is uncertain.
        let umlaut = stem.chars().skip(1).position(|c| matches!(c, 'a' | 'o' | 'u'));
        kept = umlaut.map_or(kept, |at| kept.min(at + 2));
    }
    let end = stem.char_indices().nth(kept).map_or(stem.len(), |(at, _)| at);
    stem.get(..end).unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(language: Language, word: &str) -> Leaf {
        Leaf::Stem(language, language.stem(word).into_owned())
    }

    #[test]
    fn acronyms_never_fit_the_pronoun() {
        let us = Leaf::Acronym("US".to_owned());
        for (surface, fits) in [("US", true), ("U.S.", true), ("U.S", true), ("us", false), ("Us", false)] {
            assert_eq!(us.matches(surface), fits, "US asked of {surface}");
        }
        let nato = Leaf::Acronym("NATO".to_owned());
        for (surface, fits) in [("NATO", true), ("Nato", true), ("N.A.T.O.", true), ("nato", false)] {
            assert_eq!(nato.matches(surface), fits, "NATO asked of {surface}");
        }
    }

    #[test]
    fn exact_leaves_keep_case_and_accents() {
        let apple = Leaf::Exact("Apple".to_owned());
        assert!(apple.matches("Apple") && !apple.matches("apple") && !apple.matches("APPLE"));
        assert!(!Leaf::Exact("Élan".to_owned()).matches("Elan"));
    }

    #[test]
    fn stems_find_the_forms_of_a_word() {
        let cases = [
            (Language::English, "sanction", "sanctions Sanctioned sanctioning"),
            (Language::English, "die", "dying dies died"),
            (Language::English, "happy", "Happiness"),
            (Language::English, "agency", "agencies"),
            (Language::Russian, "санкции", "санкций санкциями Санкция"),
            (Language::Russian, "российский", "российского российские"),
            (Language::Ukrainian, "вибори", "виборів виборами"),
            (Language::German, "Präsident", "Präsidenten praesidenten"),
            (Language::German, "Wahl", "Wahlen"),
            (Language::French, "élection", "élections"),
            (Language::French, "national", "nationaux nationale"),
            (Language::Spanish, "elección", "elecciones"),
            (Language::Italian, "elezione", "elezioni"),
        ];
        let mut folded = String::new();
        for (language, word, forms) in cases {
            fold(word, &mut folded);
            let leaf = stem(language, &folded);
            for form in forms.split(' ').chain([word]) {
                assert!(leaf.matches(form), "{leaf:?} of {word} does not fit {form}");
            }
        }
    }

    #[test]
    fn scans_start_before_every_form() {
        let cases = [
            (Language::English, "agency", "agen"),
            (Language::English, "go", "go"),
            (Language::Russian, "санкции", "санкц"),
            (Language::German, "israeliten", "isra"),
            (Language::French, "nationaux", "natio"),
        ];
        for (language, word, prefix) in cases {
            assert_eq!(stem(language, word).stem_search_prefix(), prefix, "{language:?} {word}");
        }
    }
}
