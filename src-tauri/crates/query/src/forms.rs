//! Which leaves find a bare word and its forms.
//!
//! A word is stemmed in the languages of the query that are written in its script and with its
//! letters: `élection` is no English word, whatever the query's languages. The first of them gives
//! all forms. Any other gives only those whose stem is long enough to be told from a stranger's:
//! French takes `area` and `are` for forms of one word, and `form` and `former`, but of stems of six
//! letters and more it hardly confuses two in a vocabulary of news.
//!
//! | word | languages of the query | finds | not |
//! |---|---|---|---|
//! | `area` | en, fr | area, areas | are |
//! | `summit` | en, fr | summits | summer |
//! | `Ermittlung` | en, de | Ermittlungen | |
//! | `élection` | en, fr | élections | elected |
//! | `Wahl` | en, de | Wahl; `Wahl*` for its forms | |
//! | `американец`, `попытка`, `Китай` | ru | американцы, попыток, Китая | |

use crate::language::Script;
use crate::words::{exact_form, fold};
use crate::{Language, Leaf, Term};

/// The fewest letters of a stem in a language that is not the first one of its script. Of 3,600
/// words of English news, French and German confuse seven pairs at six letters and more, nineteen at
/// five, sixty-one at four.
const STEM_IN_ANOTHER_LANGUAGE: usize = 6;
/// The fewest letters of a Russian stem whose last vowel may come and go: `банк` has no `банок`.
const FLEETING_STEM: usize = 5;

/// The forms of a word in the languages of a query.
pub(crate) fn forms(surface: &str, languages: &[Language]) -> Term {
    let mut folded = String::new();
    fold(surface, &mut folded);
    let mut leaves = Vec::new();
    for (rank, language) in languages_of(surface, &folded, languages).into_iter().enumerate() {
        let stem = language.stem(&folded).into_owned();
        if rank == 0 || stem.chars().count() >= STEM_IN_ANOTHER_LANGUAGE {
            leaves.extend(further(language, &folded, &stem));
            leaves.insert(leaves.len().min(rank), Leaf::Stem(language, stem));
        }
    }
    // A word fits itself, whatever a stemmer makes of it.
    if !leaves.iter().any(|leaf: &Leaf| leaf.matches_folded(&folded) == Some(true)) {
        leaves.push(Leaf::Folded(folded));
    }
    Term(leaves)
}

/// The languages that a word may be in: those of its script that write all of its letters, or all
/// of its script if none does.
fn languages_of(surface: &str, folded: &str, languages: &[Language]) -> Vec<Language> {
    let Some(script) = script_of(folded) else { return Vec::new() };
    let mut of_script: Vec<Language> =
        languages.iter().copied().filter(|language| language.script() == script).collect();
    if of_script.is_empty() && script == Script::Cyrillic {
        of_script.push(Language::Russian);
    }
    let mut letters = String::new();
    exact_form(surface, &mut letters);
    let letters = letters.to_lowercase();
    let writes = |language: &Language| letters.chars().all(|letter| language.writes(letter));
    let writing: Vec<Language> = of_script.iter().copied().filter(writes).collect();
    if writing.is_empty() { of_script } else { writing }
}

/// The script of a folded word whose languages have forms; none for numbers and signs.
fn script_of(folded: &str) -> Option<Script> {
    let mut script = None;
    for c in folded.chars() {
        let of = match c {
            'a'..='z' => Script::Latin,
            '\u{400}'..='\u{52f}' => Script::Cyrillic,
            '&' => return None,
            _ => continue,
        };
        script.get_or_insert(of);
    }
    script
}

/// Forms that Snowball's Russian stemmer does not bring together.
fn further(language: Language, folded: &str, stem: &str) -> Vec<Leaf> {
    if language != Language::Russian {
        return Vec::new();
    }
    if let Some(root) = folded.strip_suffix('й').filter(|root| *root == stem) {
        // Китай, случай: the stem of their other cases has lost its vowel too.
        return ["я", "ю"].map(|ending| Leaf::Folded(format!("{root}{ending}"))).to_vec();
    }
    // Санкция, конференция: only before ы does a vowel come and go.
    if folded.strip_prefix(stem).is_some_and(|ending| stem.ends_with('ц') && ending.starts_with('и')) {
        return Vec::new();
    }
    fleeting(stem).map(|stem| Leaf::Stem(language, stem)).into_iter().collect()
}

/// A Russian stem with its fleeting vowel if it stands without, and without if it stands with.
fn fleeting(stem: &str) -> Option<String> {
    const VOWELS: &str = "аеиоуыэюя";
    if stem.chars().count() < FLEETING_STEM {
        return None;
    }
    let vowel = |root: &str| root.ends_with(|c| VOWELS.contains(c));
    if let Some(root) = stem.strip_suffix("ец") {
        return Some(format!("{root}{}ц", if vowel(root) { "й" } else { "" }));
    }
    if let Some(root) = stem.strip_suffix("ок") {
        return (!vowel(root)).then(|| format!("{root}к"));
    }
    if let Some(root) = stem.strip_suffix('ц').filter(|root| !vowel(root)) {
        return Some(format!("{}ец", root.strip_suffix('й').unwrap_or(root)));
    }
    let root = stem.strip_suffix('к').filter(|root| !vowel(root))?;
    let soft = root.strip_suffix(['й', 'ь']);
    let fill = if soft.is_some() || root.ends_with(['ж', 'ш', 'ч']) { "ек" } else { "ок" };
    Some(format!("{}{fill}", soft.unwrap_or(root)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_finds_its_forms_and_no_namesakes_of_other_languages() {
        use Language::{English, French, German, Italian, Russian, Spanish, Ukrainian};
        let western = [English, German, French, Spanish, Italian];
        let cases: &[(&str, &[Language], &str, &str)] = &[
            ("area", &western, "area areas", "are"),
            ("summit", &western, "summit summits", "summer"),
            ("form", &western, "forms formed", "former"),
            ("police", &western, "police", "policies"),
            ("Russia", &western, "Russia", "Russian"),
            ("sanction", &western, "sanctions sanctioned", "sanctuary"),
            ("Ermittlung", &western, "Ermittlung Ermittlungen", ""),
            ("négociation", &western, "négociations negociation", "negotiation"),
            ("élection", &[English, French], "élection élections election", "elected"),
            ("élire", &[English, French], "élire", "elite"),
            ("Präsident", &western, "Präsidenten praesident", ""),
            ("Wahl", &[English, German], "Wahl wahl", "Wahlen"),
            ("Wahl", &[German, English], "Wahl Wahlen", ""),
            ("café", &[English], "cafe cafés", ""),
            ("санкции", &[Russian, Ukrainian], "санкций санкциями", ""),
            ("вибори", &[Ukrainian], "виборів", ""),
            ("американец", &[Russian], "американец американцы американцами", "американка"),
            ("американцы", &[Russian], "американец", ""),
            ("европеец", &[Russian], "европейцы", ""),
            ("рынок", &[Russian], "рынка рынков", ""),
            ("попытка", &[Russian], "попыток попытками", ""),
            ("девушка", &[Russian], "девушек", ""),
            ("Китай", &[Russian], "Китай Китая Китаю Китаем", "кит кита"),
            ("банк", &[Russian], "банка банки", "банок"),
        ];
        for (word, languages, fitting, strange) in cases {
            let term = forms(word, languages);
            let fits = |surface: &str| term.0.iter().any(|leaf| leaf.matches(surface));
            for surface in fitting.split_whitespace() {
                assert!(fits(surface), "{word} finds {surface} in {languages:?}: {term:?}");
            }
            for surface in strange.split_whitespace() {
                assert!(!fits(surface), "{word} does not find {surface} in {languages:?}: {term:?}");
            }
        }
    }
}
