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
    stems: Vec<(Language, FxHashMap<String, u32>)>,
    exact: FxHashMap<String, u32>,
    acronyms: FxHashMap<String, Vec<u32>>,
    prefixes: FxHashMap<String, u32>,
    /// The lengths of prefixes in bytes, ascending.
    prefix_lengths: Vec<usize>,
}

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
                let known = self.stems.iter().position(|(of, _)| of == language);
                let at = known.unwrap_or_else(|| {
                    self.stems.push((*language, FxHashMap::default()));
                    self.stems.len() - 1
                });
                self.stems[at].1.insert(stem.clone(), id);
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
        for (language, stems) in &self.stems {
            if let Some(id) = stems.get(forms.stem(*language)) {
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
