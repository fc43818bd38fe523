//! A bounded memory of surface forms, so that a word is folded and stemmed once and not every time.

use rustc_hash::FxHashMap;

use super::program::Slot;
use super::vocabulary::Vocabulary;
use crate::leaf::Forms;
use crate::words::Word;

/// Surface forms and the slots that they satisfy; short ones apart, since most words are short and
/// small tables stay in the caches.
pub(super) struct Surfaces {
    short: Table<1>,
    middle: Table<2>,
    long: Table<4>,
    lists: Lists,
}

impl Surfaces {
    pub(super) fn new() -> Surfaces {
        Surfaces { short: Table::new(), middle: Table::new(), long: Table::new(), lists: Lists::new() }
    }

    /// The slots that a word of a text satisfies, ascending.
    pub(super) fn slots(&mut self, text: &str, word: Word, vocabulary: &Vocabulary) -> &[Slot] {
        let lists = &mut self.lists;
        let bytes = text.as_bytes();
        let number = match word.end - word.start {
            0..=8 => self.short.get(key(bytes, word), || lists.make(text, word, vocabulary)),
            9..=16 => self.middle.get(key(bytes, word), || lists.make(text, word, vocabulary)),
            17..=32 => self.long.get(key(bytes, word), || lists.make(text, word, vocabulary)),
            // Sixteen Cyrillic letters fit; what is longer is rare enough to be worked out anew.
            _ => lists.make(text, word, vocabulary),
        };
        &self.lists.lists[number as usize]
    }
}

/// A surface padded with zeros. Keys are kept whole: a wrong match is worse than a slow one.
type Key<const N: usize> = [u64; N];

/// A table of surfaces. The hash alone decides where a word may lie, and of the words that may lie
/// there the two last seen stay. That bounds the memory without bookkeeping, and words are so
/// unevenly frequent that the losers are rare ones.
struct Table<const N: usize> {
    /// Pairs of entries: a key and the number of a list; the key is zero where no word is yet.
    entries: Vec<(Key<N>, u32)>,
    /// Words that were not there since the table last grew.
    misses: usize,
}

/// Entries of a new table: about the words of one article, since many matchers see no more.
const FIRST_ENTRIES: usize = 1 << 9;
/// Entries of the largest table: the words of weeks of news, 5 MB in all three.
const MOST_ENTRIES: usize = 1 << 16;

impl<const N: usize> Table<N> {
    fn new() -> Table<N> {
        Table { entries: vec![([0; N], 0); FIRST_ENTRIES], misses: 0 }
    }

    /// The list of a key, made if it is not there.
    fn get(&mut self, key: Key<N>, make: impl FnOnce() -> u32) -> u32 {
        let pair = self.pair(&key);
        match (&self.entries[pair], &self.entries[pair + 1]) {
            ((found, list), _) | (_, (found, list)) if *found == key => *list,
            _ => self.remember(key, make()),
        }
    }

    /// The first of the two entries where a key may lie.
    fn pair(&self, key: &Key<N>) -> usize {
        let bits = self.entries.len().trailing_zeros();
        (hash(key) >> (64 - bits)) as usize & !1
    }

    #[cold]
    fn remember(&mut self, key: Key<N>, list: u32) -> u32 {
        self.misses += 1;
        if self.misses > self.entries.len() / 2 && self.entries.len() < MOST_ENTRIES {
            self.grow();
        }
        self.insert((key, list));
        list
    }

    fn insert(&mut self, entry: (Key<N>, u32)) {
        let pair = self.pair(&entry.0);
        self.entries[pair + 1] = self.entries[pair];
        self.entries[pair] = entry;
    }

    fn grow(&mut self) {
        let larger = vec![([0; N], 0); self.entries.len() * 2];
        for entry in std::mem::replace(&mut self.entries, larger).into_iter().rev() {
            if entry.0 != [0; N] {
                self.insert(entry);
            }
        }
        self.misses = 0;
    }
}

/// The distinct lists of slots, by number.
struct Lists {
    lists: Vec<Box<[Slot]>>,
    numbers: FxHashMap<Box<[Slot]>, u32>,
    forms: Forms,
    found: Vec<Slot>,
}

impl Lists {
    fn new() -> Lists {
        Lists { lists: Vec::new(), numbers: FxHashMap::default(), forms: Forms::default(), found: Vec::new() }
    }

    /// The number of the list of a word that is not remembered.
    fn make(&mut self, text: &str, word: Word, vocabulary: &Vocabulary) -> u32 {
        let surface = text.get(word.start..word.end).unwrap_or_default();
        vocabulary.slots(surface, &mut self.forms, &mut self.found);
        if let Some(number) = self.numbers.get(self.found.as_slice()) {
            return *number;
        }
        let number = self.lists.len() as u32;
        self.lists.push(self.found.as_slice().into());
        self.numbers.insert(self.found.as_slice().into(), number);
        number
    }
}

/// The key of a word of at most `8 * N` bytes, read eight bytes at a time.
fn key<const N: usize>(bytes: &[u8], word: Word) -> Key<N> {
    let mut key = [0; N];
    for (at, part) in (word.start..word.end).step_by(8).zip(&mut key) {
        let length = (word.end - at).min(8);
        *part = match bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
            Some(eight) => u64::from_le_bytes(eight) & (u64::MAX >> (64 - 8 * length)),
            // The last word of a text.
            None => bytes[at..word.end].iter().rev().fold(0, |part, byte| part << 8 | u64::from(*byte)),
        };
    }
    key
}

/// The mixing step of FxHash; the upper bits are the good ones.
fn hash<const N: usize>(key: &Key<N>) -> u64 {
    const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
    key.iter().fold(0u64, |hash, part| (hash.rotate_left(5) ^ part).wrapping_mul(SEED))
}
