//! A bounded memory of surface forms, so that a word is folded and stemmed once and not every time.
//!
//! A word's hash alone decides where it may lie, and of the words that may lie there the two last
//! seen stay. That bounds the memory without bookkeeping, and words are so unevenly frequent that
//! the losers are rare ones. Keys are kept whole: a wrong match is worse than a slow one.

use rustc_hash::FxHashMap;

use super::program::Slot;
use super::vocabulary::Vocabulary;
use crate::leaf::Forms;

/// Entries of a new table: about the words of one article, since many matchers see no more.
const FIRST_ENTRIES: usize = 1 << 9;
/// Entries of the largest table (5 MB): about the words of a month of news.
const MOST_ENTRIES: usize = 1 << 17;
/// Longer surfaces are looked up anew each time: 31 bytes are 15 Cyrillic letters.
const LONGEST_KEY: usize = 31;

/// The surface padded with zeros, its length in the last byte; zeros where no word is yet.
type Key = [u64; 4];

pub(super) struct Surfaces {
    /// Pairs of entries: a key, and which of the lists.
    table: Vec<(Key, usize)>,
    /// Words that were not in the table since it last grew.
    misses: usize,
    /// The distinct lists of slots; the first is empty.
    lists: Vec<Box<[Slot]>>,
    numbers: FxHashMap<Box<[Slot]>, usize>,
    forms: Forms,
    found: Vec<Slot>,
}

impl Surfaces {
    pub(super) fn new() -> Surfaces {
        Surfaces {
            table: vec![(Key::default(), 0); FIRST_ENTRIES],
            misses: 0,
            lists: vec![Box::default()],
            numbers: FxHashMap::from_iter([(Box::default(), 0)]),
            forms: Forms::default(),
            found: Vec::new(),
        }
    }

    /// The slots that a surface satisfies, ascending.
    pub(super) fn slots(&mut self, surface: &str, vocabulary: &Vocabulary) -> &[Slot] {
        let Some(key) = key(surface) else {
            vocabulary.slots(surface, &mut self.forms, &mut self.found);
            return &self.found;
        };
        let pair = self.pair(&key);
        let list = match (&self.table[pair], &self.table[pair + 1]) {
            ((found, list), _) | (_, (found, list)) if *found == key => *list,
            _ => self.remember(surface, key, vocabulary),
        };
        &self.lists[list]
    }

    /// The first of the two entries where a key may lie.
    fn pair(&self, key: &Key) -> usize {
        let bits = self.table.len().trailing_zeros();
        (hash(key) >> (64 - bits)) as usize & !1
    }

    #[cold]
    fn remember(&mut self, surface: &str, key: Key, vocabulary: &Vocabulary) -> usize {
        vocabulary.slots(surface, &mut self.forms, &mut self.found);
        let list = match self.numbers.get(self.found.as_slice()) {
            Some(list) => *list,
            None => {
                self.lists.push(self.found.as_slice().into());
                self.numbers.insert(self.found.as_slice().into(), self.lists.len() - 1);
                self.lists.len() - 1
            }
        };
        self.misses += 1;
        if self.misses > self.table.len() / 2 && self.table.len() < MOST_ENTRIES {
            self.grow();
        }
        self.insert((key, list));
        list
    }

    fn insert(&mut self, entry: (Key, usize)) {
        let pair = self.pair(&entry.0);
        self.table[pair + 1] = self.table[pair];
        self.table[pair] = entry;
    }

    fn grow(&mut self) {
        let larger = vec![(Key::default(), 0); self.table.len() * 2];
        for entry in std::mem::replace(&mut self.table, larger).into_iter().rev() {
            if entry.0 != Key::default() {
                self.insert(entry);
            }
        }
        self.misses = 0;
    }
}

fn key(surface: &str) -> Option<Key> {
    let bytes = surface.as_bytes();
    if bytes.len() > LONGEST_KEY {
        return None;
    }
    let mut padded = [0; LONGEST_KEY + 1];
    padded[..bytes.len()].copy_from_slice(bytes);
    padded[LONGEST_KEY] = bytes.len() as u8;
    let mut key = Key::default();
    for (word, eight) in key.iter_mut().zip(padded.chunks_exact(8)) {
        *word = eight.try_into().map_or(0, u64::from_le_bytes);
    }
    Some(key)
}

/// The mixing step of FxHash; the upper bits are the good ones.
fn hash(key: &Key) -> u64 {
    const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
    key.iter().fold(0u64, |hash, word| (hash.rotate_left(5) ^ word).wrapping_mul(SEED))
}
