//! A bounded memory of surface forms, so that a word is folded and stemmed once and not every time.
//!
//! A word's place in the table is decided by its hash alone, and the newer word takes it. That
//! bounds the memory without bookkeeping, and the words of a language are so unevenly frequent
//! that the losers are rare ones. Keys are kept whole: a wrong match is worse than a slow one.

use rustc_hash::FxHashMap;

use super::program::Slot;
use super::vocabulary::Vocabulary;
use crate::leaf::Forms;

/// The table has 2^17 entries of 40 bytes: about the words of a month of news.
const BITS: u32 = 17;
/// Longer surfaces are looked up anew each time: 31 bytes are 15 Cyrillic letters.
const LONGEST_KEY: usize = 31;

/// The surface padded with zeros, its length in the last byte.
type Key = [u64; 4];

pub(super) struct Surfaces {
    /// Key and which of the lists; zeros where no word is yet.
    table: Vec<[u64; 5]>,
    /// The distinct lists of slots; the first is empty.
    lists: Vec<Box<[Slot]>>,
    numbers: FxHashMap<Box<[Slot]>, u32>,
    forms: Forms,
    found: Vec<Slot>,
}

impl Surfaces {
    pub(super) fn new() -> Surfaces {
        Surfaces {
            table: vec![[0; 5]; 1 << BITS],
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
        let place = hash(&key) >> (64 - BITS);
        let [a, b, c, d, list] = self.table[place as usize];
        let list =
            if [a, b, c, d] == key { list as usize } else { self.remember(surface, key, place, vocabulary) };
        &self.lists[list]
    }

    #[cold]
    fn remember(&mut self, surface: &str, key: Key, place: u64, vocabulary: &Vocabulary) -> usize {
        vocabulary.slots(surface, &mut self.forms, &mut self.found);
        let list = match self.numbers.get(self.found.as_slice()) {
            Some(list) => *list,
            None => {
                let list = self.lists.len() as u32;
                self.lists.push(self.found.as_slice().into());
                self.numbers.insert(self.found.as_slice().into(), list);
                list
            }
        };
        let [a, b, c, d] = key;
        self.table[place as usize] = [a, b, c, d, u64::from(list)];
        list as usize
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
    let mut key = [0; 4];
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
