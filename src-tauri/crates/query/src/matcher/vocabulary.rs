//! From a surface form to the slots that it satisfies.

use rustc_hash::FxHashMap;

use super::program::Slot;
use crate::leaf::{Forms, acronym_forms};
use crate::{Language, Leaf};

/// The leaves of all queries. The maps only tell which leaves to ask; [`Leaf`] decides.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    leaves: Vec<(Leaf, Vec<Slot>)>,
    ids: FxHashMap<Leaf, u32>,
    folded: FxHashMap<String, u32>,
    stems: Vec<Stems>,
    exact: FxHashMap<String, u32>,
    acronyms: FxHashMap<String, Vec<u32>>,
    prefixes: FxHashMap<String, u32>,
    /// The lengths of prefixes in bytes, ascending.
    prefix_lengths: Vec<usize>,
}

/// The stems of one language.
#[derive(Debug)]
struct Stems {
    language: Language,
    ids: FxHashMap<String, u32>,
    beginnings: Beginnings,
}

/// The first two bytes of the words that may have one of the stems, as a small Bloom filter.
/// Stemming is the dearest step, and most words of a text begin like no stem of the queries.
#[derive(Debug, Default)]
struct Beginnings([u64; 4]);

impl Vocabulary {
    /// Lets a leaf satisfy a slot.
    pub(super) fn add(&mut self, leaf: &Leaf, slot: Slot) {
        let id = match self.ids.get(leaf) {
            Some(id) => *id,
            None => self.register(leaf),
        };
        self.leaves[id as usize].1.push(slot);
    }

    fn register(&mut self, leaf: &Leaf) -> u32 {
        let id = self.leaves.len() as u32;
        self.leaves.push((leaf.clone(), Vec::new()));
        self.ids.insert(leaf.clone(), id);
        match leaf {
            Leaf::Folded(word) => {
                self.folded.insert(word.clone(), id);
            }
            Leaf::Stem(language, stem) => {
                let known = self.stems.iter().position(|stems| stems.language == *language);
                let at = known.unwrap_or_else(|| {
                    self.stems.push(Stems::new(*language));
                    self.stems.len() - 1
                });
                self.stems[at].ids.insert(stem.clone(), id);
                self.stems[at].beginnings.add(leaf.stem_search_prefix());
                leaf.irregular_forms().iter().for_each(|word| self.stems[at].beginnings.add(word));
            }
            Leaf::Exact(word) => {
                self.exact.insert(word.clone(), id);
            }
            Leaf::Acronym(word) => {
                for form in acronym_forms(word) {
                    self.acronyms.entry(form).or_default().push(id);
                }
            }
            Leaf::Prefix(prefix) => {
                self.prefixes.insert(prefix.clone(), id);
                if let Err(at) = self.prefix_lengths.binary_search(&prefix.len()) {
                    self.prefix_lengths.insert(at, prefix.len());
                }
            }
        }
        id
    }

    /// The slots that a surface satisfies, ascending, into a list that is cleared first.
    pub(super) fn slots(&self, surface: &str, forms: &mut Forms, into: &mut Vec<Slot>) {
        into.clear();
        forms.set(surface);
        let mut ask = |id: u32, forms: &mut Forms| {
            let (leaf, slots) = &self.leaves[id as usize];
            if leaf.fits(forms) {
                into.extend(slots);
            }
        };
        if let Some(id) = self.folded.get(&forms.folded) {
            ask(*id, forms);
        }
        for stems in &self.stems {
            if stems.beginnings.may_hold(&forms.folded)
                && let Some(id) = stems.ids.get(forms.stem(stems.language))
            {
                ask(*id, forms);
            }
        }
        if let Some(id) = self.exact.get(&forms.exact) {
            ask(*id, forms);
        }
        if let Some(ids) = self.acronyms.get(forms.acronym()) {
            ids.iter().for_each(|id| ask(*id, forms));
        }
        for length in &self.prefix_lengths {
            let prefix = forms.folded.get(..*length);
            if let Some(id) = prefix.and_then(|prefix| self.prefixes.get(prefix)) {
                ask(*id, forms);
            }
        }
        into.sort_unstable();
        into.dedup();
    }
}

impl Stems {
    fn new(language: Language) -> Stems {
        Stems { language, ids: FxHashMap::default(), beginnings: Beginnings::default() }
    }
}

impl Beginnings {
    fn add(&mut self, beginning: &str) {
        match *beginning.as_bytes() {
            [a, b, ..] => self.0[Self::word(a, b)] |= Self::bit(a, b),
            // A beginning of one byte leaves the second open.
            _ => self.0 = [u64::MAX; 4],
        }
    }

    /// False only if no word that was added begins like this one.
    fn may_hold(&self, word: &str) -> bool {
        match *word.as_bytes() {
            [a, b, ..] => self.0[Self::word(a, b)] & Self::bit(a, b) != 0,
            _ => true,
        }
    }

    fn word(a: u8, b: u8) -> usize {
        usize::from(a ^ b.rotate_left(3)) & 3
    }

    fn bit(a: u8, b: u8) -> u64 {
        1 << (a.wrapping_mul(37).wrapping_add(b) & 63)
    }
}
