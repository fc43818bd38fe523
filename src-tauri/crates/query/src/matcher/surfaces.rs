//! A bounded memory of surface forms, so that a word is folded and stemmed once and not every time.

use rustc_hash::FxHashMap;

use super::program::Slot;
use super::vocabulary::Vocabulary;
use crate::leaf::Forms;
use crate::words::Word;

/// Surface forms and the slots that they satisfy; short ones apart, since most words are short and
/// small tables stay in the caches.
pub(super) struct Surfaces {
    short: Table<2>,
    long: Table<4>,
    lists: Lists,
}

impl Surfaces {
    pub(super) fn new() -> Surfaces {
        Surfaces { short: Table::new(), long: Table::new(), lists: Lists::new() }
    }

    /// The slots that a word of a text satisfies, ascending.
    pub(super) fn slots(&mut self, text: &str, word: Word, vocabulary: &Vocabulary) -> &[Slot] {
        let lists = &mut self.lists;
        let mut make = || lists.make(text, word, vocabulary);
        let length = word.end - word.start;
        let list = if length <= Table::<2>::LONGEST {
            self.short.get(key(text.as_bytes(), word), make)
        } else if length <= Table::<4>::LONGEST {
            self.long.get(key(text.as_bytes(), word), make)
        } else {
            // Fourteen Cyrillic letters fit; what is longer is rare enough to be worked out anew.
            make()
        };
        self.lists.list(list)
    }
}

/// A surface padded with zeros, in all but the last four bytes. Keys are kept whole: a wrong match
/// is worse than a slow one.
type Key<const N: usize> = [u64; N];

/// The four bytes of the last part of an entry that are no key.
const LIST: u32 = 32;

/// A key, and in its last four bytes a list; zero where no word is yet.
#[derive(Clone, Copy)]
struct Entry<const N: usize>(Key<N>);

impl<const N: usize> Entry<N> {
    const NONE: Entry<N> = Entry([0; N]);

    fn new(mut key: Key<N>, list: u32) -> Entry<N> {
        key[N - 1] |= u64::from(list) << LIST;
        Entry(key)
    }

    fn key(self) -> Key<N> {
        let mut key = self.0;
        key[N - 1] &= (1 << LIST) - 1;
        key
    }

    fn list(self) -> u32 {
        (self.0[N - 1] >> LIST) as u32
    }
}

/// A table of surfaces. The hash alone decides where a word may lie, and of the words that may lie
/// there the last seen stay. That bounds the memory without bookkeeping, and words are so unevenly
/// frequent that the losers are rare ones.
struct Table<const N: usize> {
    /// The words of the moment, each in one place: small enough for the fastest cache.
    front: Vec<Entry<N>>,
    /// All words, each in one of four places.
    back: Vec<Bucket<N>>,
    /// Words that were not there since the table last grew.
    misses: usize,
}

/// Places side by side in memory.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Bucket<const N: usize>([Entry<N>; 4]);

/// Buckets of a new table: about the words of one article, since many matchers see no more.
const FIRST_BUCKETS: usize = 1 << 7;
/// Buckets of the largest table: the words of weeks of news, 6 MB in both.
const MOST_BUCKETS: usize = 1 << 15;
/// Buckets to which the front grows too.
const FRONT_BUCKETS: usize = 1 << 11;

impl<const N: usize> Table<N> {
    /// The most bytes of a key.
    const LONGEST: usize = 8 * N - 4;

    fn new() -> Table<N> {
        Table::of(FIRST_BUCKETS)
    }

    fn of(buckets: usize) -> Table<N> {
        Table {
            front: vec![Entry::NONE; 4 * buckets.min(FRONT_BUCKETS)],
            back: vec![Bucket([Entry::NONE; 4]); buckets],
            misses: 0,
        }
    }

    /// The list of a key, made if it is not there.
    fn get(&mut self, key: Key<N>, make: impl FnOnce() -> u32) -> u32 {
        let hash = hash(&key);
        let known = self.front[place(hash, self.front.len())];
        if known.key() == key {
            return known.list();
        }
        let entry = self.fetch(key, hash, make);
        let at = place(hash, self.front.len());
        self.front[at] = entry;
        entry.list()
    }

    /// An entry from the back.
    fn fetch(&mut self, key: Key<N>, hash: u64, make: impl FnOnce() -> u32) -> Entry<N> {
        let mut found = Entry::NONE;
        // In which of the places a word lies cannot be foretold, so all are looked at.
        for entry in &self.back[place(hash, self.back.len())].0 {
            if entry.key() == key {
                found = *entry;
            }
        }
        if found.key() == key { found } else { self.remember(Entry::new(key, make())) }
    }

    #[cold]
    fn remember(&mut self, entry: Entry<N>) -> Entry<N> {
        self.misses += 1;
        if self.misses > self.back.len() * 2 && self.back.len() < MOST_BUCKETS {
            self.grow();
        }
        self.insert(entry);
        entry
    }

    fn insert(&mut self, entry: Entry<N>) {
        let place = place(hash(&entry.key()), self.back.len());
        let Bucket(entries) = &mut self.back[place];
        entries.rotate_right(1);
        entries[0] = entry;
    }

    fn grow(&mut self) {
        let small = std::mem::replace(self, Table::of(self.back.len() * 2));
        let entries = small.back.iter().flat_map(|bucket| bucket.0.iter().rev());
        entries.filter(|entry| entry.key() != [0; N]).for_each(|entry| self.insert(*entry));
    }
}

/// The distinct lists of slots. A list is told by where its length stands, with its slots after it.
struct Lists {
    numbers: Vec<u32>,
    known: FxHashMap<Box<[Slot]>, u32>,
    forms: Forms,
    found: Vec<Slot>,
}

impl Lists {
    fn new() -> Lists {
        Lists { numbers: Vec::new(), known: FxHashMap::default(), forms: Forms::default(), found: Vec::new() }
    }

    fn list(&self, at: u32) -> &[Slot] {
        let start = at as usize + 1;
        &self.numbers[start..start + self.numbers[start - 1] as usize]
    }

    /// The list of a word that is not remembered.
    fn make(&mut self, text: &str, word: Word, vocabulary: &Vocabulary) -> u32 {
        let surface = text.get(word.start..word.end).unwrap_or_default();
        vocabulary.slots(surface, &mut self.forms, &mut self.found);
        if let Some(list) = self.known.get(self.found.as_slice()) {
            return *list;
        }
        let list = self.numbers.len() as u32;
        self.numbers.push(self.found.len() as u32);
        self.numbers.extend(&self.found);
        self.known.insert(self.found.as_slice().into(), list);
        list
    }
}

/// The key of a word that is short enough, read eight bytes at a time.
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

/// The place of a hash in a list whose length is a power of two.
fn place(hash: u64, length: usize) -> usize {
    (hash >> (64 - length.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_never_takes_one_word_for_another() {
        let mut table = Table::<2>::new();
        let words =
            || (1..400_000u32).map(|number| ([u64::from(number) << 7, u64::from(number % 3)], number));
        for (key, list) in words().chain(words()) {
            assert_eq!(table.get(key, || list), list, "what is forgotten is made again");
        }
        assert_eq!(table.back.len(), MOST_BUCKETS, "a table stops growing");
    }
}
