//! An article's print: its runs of words as hashes, and the few of them that stand in the index.

use wirewatch_model::ParsedArticle;
use wirewatch_query::{fold, words};

use super::strip;

/// Words a run; with four, quoted phrases are shared by strangers now and then, whole runs hardly.
const RUN: usize = 4;

/// Signs a run in scripts that are written without spaces, where a sign is a word.
const RUN_OF_SIGNS: usize = 8;

/// Words that are looked at; a copy of a longer text gives itself away within these.
const MOST_WORDS: usize = 4_000;

/// Runs that count as the opening.
const OPENING: usize = 48;

/// Keys from the whole text, and from its opening: a stump of a long text shares the latter.
const KEYS: usize = 24;
const OPENING_KEYS: usize = 8;

/// A shorter headline names too many stories to lead from one to the other.
const SHORTEST_TITLE: usize = 5;

/// What is compared of a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Print {
    /// Hashes of the runs, in their order in the text.
    runs: Vec<u64>,
    /// The same, ascending and each once.
    set: Vec<u64>,
    /// Hashes of the words with digits, ascending and each once.
    numbers: Vec<u64>,
}

impl Print {
    /// The print of what an article tells; of its lead where it has no text.
    pub(crate) fn of(article: &ParsedArticle) -> Print {
        Print::of_texts(article.lead.as_deref(), &article.text)
    }

    /// The print of a text; of the lead where the text is empty.
    pub(crate) fn of_texts(lead: Option<&str>, text: &str) -> Print {
        let told = if text.trim().is_empty() { lead.unwrap_or_default() } else { text };
        let read = Read::of(told);
        let run = if read.signs * 2 > read.words.len() { RUN_OF_SIGNS } else { RUN };
        let runs: Vec<u64> = read.words.windows(run).map(hash_of_run).collect();
        Print { set: ascending(runs.clone()), runs, numbers: ascending(read.numbers) }
    }

    /// How many different runs it has.
    pub(super) fn len(&self) -> usize {
        self.set.len()
    }

    /// How many different runs two texts share.
    pub(super) fn common(&self, other: &Print) -> usize {
        common(&self.set, &other.set)
    }

    /// The share of the numbers of the one with fewer that the other has too; `None` if it has none.
    pub(super) fn common_numbers(&self, other: &Print) -> Option<f64> {
        let fewer = self.fewer_numbers(other);
        (fewer > 0).then(|| common(&self.numbers, &other.numbers) as f64 / fewer as f64)
    }

    /// How many different numbers the text with fewer has.
    pub(super) fn fewer_numbers(&self, other: &Print) -> usize {
        self.numbers.len().min(other.numbers.len())
    }

    /// The share of the first `length` runs that are among the first `reach` of the other text.
    pub(super) fn front_in(&self, length: usize, other: &Print, reach: usize) -> f64 {
        let front = self.runs.get(..length).unwrap_or(&self.runs);
        let place = ascending(other.runs.iter().take(reach).copied().collect());
        let found = front.iter().filter(|run| place.binary_search(run).is_ok()).count();
        found as f64 / front.len().max(1) as f64
    }

    /// The hashes by which copies find each other, each once.
    pub(crate) fn keys(&self) -> Vec<u32> {
        let opening = ascending(self.runs.iter().take(OPENING).copied().collect());
        let smallest = self.set.iter().take(KEYS).chain(opening.iter().take(OPENING_KEYS));
        let mut keys: Vec<u32> = smallest.map(|hash| short(*hash)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// A hash of a headline's folded words; `None` if it is too short to mean anything.
pub(crate) fn title_key(title: &str) -> Option<u64> {
    let mut folded = String::new();
    let mut hash = hash_of("title");
    let mut count = 0;
    for word in words(title) {
        fold(&title[word.start..word.end], &mut folded);
        hash = mix(hash ^ hash_of(&folded));
        count += 1;
    }
    (count >= SHORTEST_TITLE).then_some(hash)
}

/// Hashes of the words with digits in a headline, ascending.
pub(crate) fn title_numbers(title: &str) -> Vec<u64> {
    ascending(Read::of(title).numbers)
}

/// A hash of a canonical address that leads to a page of its own.
pub(crate) fn address_key(canonical: &str) -> Option<u64> {
    let path = canonical.strip_prefix("https://").and_then(|rest| rest.split_once('/'))?.1;
    (!path.is_empty()).then(|| mix(hash_of("address") ^ hash_of(canonical)))
}

/// The part of a hash that stands in the index.
pub(crate) fn short(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[derive(Default)]
struct Read {
    words: Vec<u64>,
    numbers: Vec<u64>,
    signs: usize,
}

impl Read {
    fn of(text: &str) -> Read {
        let mut read = Read::default();
        let mut folded = String::new();
        'text: for paragraph in strip::told(text) {
            for word in words(paragraph) {
                fold(&paragraph[word.start..word.end], &mut folded);
                read.take(&folded);
                if read.words.len() == MOST_WORDS {
                    break 'text;
                }
            }
        }
        read
    }

    fn take(&mut self, folded: &str) {
        let hash = hash_of(folded);
        self.words.push(hash);
        if folded.contains(|c: char| c.is_ascii_digit()) {
            self.numbers.push(hash);
        }
        self.signs += usize::from(is_sign(folded));
    }
}

/// A word of one character of a script without spaces: Han, kana, Thai, Lao, Khmer, Burmese.
fn is_sign(folded: &str) -> bool {
    let mut characters = folded.chars();
    let first = characters.next().unwrap_or_default();
    let spaceless = matches!(first, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    spaceless && characters.next().is_none()
}

fn hash_of_run(run: &[u64]) -> u64 {
    mix(run.iter().fold(0_u64, |hash, word| hash.rotate_left(17) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// FNV-1a, finished by [`mix`]. It is stored, so it must stay as it is whatever the platform.
fn hash_of(word: &str) -> u64 {
    mix(word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    }))
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): makes the smallest hashes a fair sample.
fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

fn ascending(mut hashes: Vec<u64>) -> Vec<u64> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn common(one: &[u64], other: &[u64]) -> usize {
    let (few, many) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let mut rest = many;
    few.iter()
        .filter(|hash| {
            let at = rest.partition_point(|known| known < hash);
            rest = rest.get(at..).unwrap_or_default();
            rest.first() == Some(hash)
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(text: &str) -> Print {
        Print::of_texts(None, text)
    }

    #[test]
    fn runs_are_of_words_or_of_signs() {
        for (text, runs) in [
            ("one two three", 0),
            ("one two three four five", 2),
            ("北京大学今天宣布新计划", 4),
            ("서울 시청 앞에서 오늘 집회가 열렸다", 3),
        ] {
            assert_eq!(print(text).len(), runs, "{text}");
        }
    }

    #[test]
    fn case_accents_and_marks_do_not_tell_copies_apart() {
        let one = print("The Müller cabinet met – at last – in Köln today.");
        assert_eq!(one, print("THE MULLER CABINET met at last, in Koln today"));
        assert!(one.len() > 4);
    }

    #[test]
    fn keys_of_a_stump_are_among_those_of_the_whole() {
        let words: Vec<String> = (0..600).map(|number| format!("word{}", number * 7_919 % 1_009)).collect();
        let (whole, stump) = (print(&words.join(" ")), print(&words[..70].join(" ")));
        let shared = stump.keys().iter().filter(|key| whole.keys().contains(key)).count();
        assert!(shared >= OPENING_KEYS, "{shared} shared");
        assert!(whole.keys().len() <= KEYS + OPENING_KEYS);
    }

    #[test]
    fn short_headlines_and_front_pages_lead_nowhere() {
        assert_eq!(title_key("Morning briefing"), None);
        assert_eq!(
            title_key("Envoys meet in Geneva for talks"),
            title_key("ENVOYS MEET in Geneva for talks!")
        );
        assert_eq!(address_key("https://example.org"), None);
        assert!(address_key("https://example.org/a/1").is_some());
    }

    #[test]
    fn hashes_are_those_that_older_libraries_hold() {
        assert_eq!(
            print("Envoys met in Geneva.").keys(),
            [0xf856ace],
            "raise no hash without emptying story_print"
        );
    }
}
