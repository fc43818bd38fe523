//! From parsed articles to the library: label, match, add.

use wirewatch_library::{Added, Arrival, Batch, Outcome, Receipt};
use wirewatch_model::{ParsedArticle, Source};

use crate::error::Result;
use crate::{Event, Monitor, Tally, Topics};

/// An article that a reader gave, and what is known about its arrival.
pub(crate) struct Candidate {
    pub(crate) article: ParsedArticle,
    pub(crate) file: Option<(String, u32)>,
    pub(crate) news: bool,
}

impl Candidate {
    /// Puts the source's label on the article and matches it against every topic; if the source has a
    /// level of its own, they speak at that.
    pub(crate) fn match_topics(mut self, monitor: &Monitor, topics: &Topics, source: &Source) -> Arrival {
        if let Some(label) = &source.spec.label
            && !self.article.labels.contains(label)
        {
            self.article.labels.push(label.clone());
        }
        let mut matches = topics.match_article(&self.article, &source.spec.name, monitor.now());
        if let Some(level) = source.level {
            matches.iter_mut().for_each(|one| one.level = level);
        }
        Arrival { article: self.article, file: self.file, matches, news: self.news }
    }
}

impl Monitor {
    /// Takes arrivals of one source in, with the receipts of their files, in one transaction.
    pub(crate) fn take_in(
        &self,
        source: &Source,
        mut arrivals: Vec<Arrival>,
        receipts: Vec<Receipt>,
        tally: &mut Tally,
    ) -> Result<()> {
        let now = self.now();
        // Arrival numbers follow time, so that newest first is newest first within a batch too.
        arrivals.sort_by_key(|arrival| arrival.article.sorting_time(now));
        let outcomes = self.library().add(&Batch { source: source.id, arrivals, receipts, at: now })?;
        let before = tally.new + tally.changed;
        outcomes.iter().for_each(|outcome| tally.count(outcome));
        if tally.new + tally.changed > before {
            self.tell(Event::Articles { new: tally.new });
        }
        Ok(())
    }
}

impl Tally {
    fn count(&mut self, outcome: &Outcome) {
        match outcome.added {
            Added::New(_) => self.new += 1,
            Added::Changed(_) => self.changed += 1,
            Added::Known(_) | Added::SameAs(_) | Added::Buried => self.known += 1,
        }
        self.matches += outcome.matches;
        self.alerts += outcome.alerts;
    }
}
