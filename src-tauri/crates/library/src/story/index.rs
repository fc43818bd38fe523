//! The articles of the window by their keys, in memory: a look-up is a few dozen steps however many
//! there are. The table `story_print` is what it is filled from.

use rustc_hash::FxHashMap;

/// Articles that hang on one key and are looked at, newest first. A phrase that more share than this
/// says nothing; the copies of a story share other keys.
const LONGEST_CHAIN: usize = 2_000;

/// Keys that two articles must share to be compared: one is a phrase in both.
const LEAST_SHARED: u32 = 2;

/// The end of a chain.
const END: u32 = u32::MAX;

/// Which articles have which keys.
#[derive(Debug, Default)]
pub(crate) struct StoryIndex {
    /// The article of each slot; `None` once it has been put in again.
    articles: Vec<Option<i64>>,
    slots: FxHashMap<i64, u32>,
    heads: FxHashMap<u32, u32>,
    /// Slot, and the next link of the same key.
    links: Vec<(u32, u32)>,
    /// The last row of the table that is in it.
    pub(crate) filled_to: i64,
    /// When it was filled; rows are dropped by filling it anew.
    pub(crate) filled_at: Option<i64>,
}

impl StoryIndex {
    /// Forgets everything, so that it is filled from the table again.
    pub(crate) fn clear(&mut self) {
        *self = StoryIndex::default();
    }

    /// Puts an article in; what was known of it before is forgotten.
    pub(crate) fn insert(&mut self, article: i64, keys: impl IntoIterator<Item = u32>) {
        // Links are counted in 32 bits: at forty an article that is a hundred million articles.
        let slot = u32::try_from(self.articles.len()).unwrap_or(END);
        self.articles.push(Some(article));
        if let Some(old) = self.slots.insert(article, slot)
            && let Some(entry) = self.articles.get_mut(old as usize)
        {
            *entry = None;
        }
        for key in keys {
            let link = u32::try_from(self.links.len()).unwrap_or(END);
            let next = self.heads.insert(key, link).unwrap_or(END);
            self.links.push((slot, next));
        }
    }

    /// The articles that share keys, those with most first; of equal ones the earliest.
    pub(crate) fn candidates(&self, keys: &[u32], strong: &[u32]) -> Vec<i64> {
        let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
        for (key, weight) in
            keys.iter().map(|key| (key, 1)).chain(strong.iter().map(|key| (key, LEAST_SHARED)))
        {
            for slot in self.chain(*key) {
                *shared.entry(slot).or_default() += weight;
            }
        }
        let mut found: Vec<(u32, i64)> = shared
            .into_iter()
            .filter(|(_, count)| *count >= LEAST_SHARED)
            .filter_map(|(slot, count)| Some((count, (*self.articles.get(slot as usize)?)?)))
            .collect();
        found.sort_unstable_by_key(|(count, article)| (std::cmp::Reverse(*count), *article));
        found.into_iter().map(|(_, article)| article).collect()
    }

    fn chain(&self, key: u32) -> impl Iterator<Item = u32> {
        let mut link = self.heads.get(&key).copied().unwrap_or(END);
        std::iter::from_fn(move || {
            let (slot, next) = *self.links.get(link as usize)?;
            link = next;
            Some(slot)
        })
        .take(LONGEST_CHAIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_that_share_keys_are_found_those_with_most_first() {
        let mut index = StoryIndex::default();
        index.insert(1, [10, 11, 12]);
        index.insert(2, [10, 11, 12, 13]);
        index.insert(3, [10, 99]);
        index.insert(4, [77]);
        assert_eq!(index.candidates(&[10, 11, 12, 13], &[]), [2, 1], "one shared key is no sign");
        assert_eq!(index.candidates(&[], &[77]), [4], "a headline is one by itself");
        index.insert(2, [50, 51]);
        assert_eq!(index.candidates(&[10, 11, 12, 13], &[]), [1], "what it said before is forgotten");
        assert_eq!(index.candidates(&[50, 51], &[]), [2]);
    }
}
