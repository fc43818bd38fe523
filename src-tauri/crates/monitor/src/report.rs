//! What there is to know of one source.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use wirewatch_library::ReceiptFilter;
use wirewatch_model::{Source, SourceId, SourceKind};

use crate::error::Result;
use crate::rhythm::{self, RHYTHM_ARTICLES};
use crate::{Monitor, SourceChange};

/// Days that the chart of a source shows.
const DAYS: u64 = 30;

/// A source with how it fares in detail.
#[derive(Debug, Clone)]
pub struct SourceReport {
    /// The source; of one that is unusually quiet the message says so.
    pub source: Source,
    /// What the user may change of it.
    pub change: SourceChange,
    /// How often it brings something, if that can be told.
    pub rhythm: Option<Rhythm>,
    /// When its newest article came out.
    pub newest: Option<DateTime<Utc>>,
    /// Articles of the last thirty days by the day (UTC) on which they came out, every day, oldest first.
    pub days: Vec<(NaiveDate, u32)>,
    /// What was wrong with the last answer that was read: places and reasons.
    pub problems: Vec<(String, String)>,
    /// Of a folder: files that were read, and how many of them gave nothing.
    pub files: Option<(u64, u64)>,
}

/// How often a source brings something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    /// The usual gap between two articles, in words.
    pub usual: String,
    /// A silence longer than this is unusual, in words.
    pub unusual: String,
}

impl Monitor {
    /// What there is to know of one source.
    ///
    /// # Errors
    /// If there is none of this id, or the library cannot be read.
    pub fn report(&self, id: SourceId) -> Result<SourceReport> {
        let library = self.library();
        let mut source = self.source(id)?;
        self.mention_silence(&mut source)?;
        let times = library.recent_times(id, RHYTHM_ARTICLES)?;
        Ok(SourceReport {
            change: SourceChange::of(&source, library.source_options(id)?),
            rhythm: rhythm::habit(&times).map(|(usual, unusual)| Rhythm {
                usual: rhythm::in_words(usual),
                unusual: rhythm::in_words(unusual),
            }),
            newest: times.first().copied(),
            days: self.days(id)?,
            problems: library.source_problems(id)?,
            files: self.files(&source)?,
            source,
        })
    }

    fn days(&self, id: SourceId) -> Result<Vec<(NaiveDate, u32)>> {
        let today = self.now().date_naive();
        let found = self.library().source_days(id, self.now() - TimeDelta::days(DAYS as i64))?;
        let on = |day| found.iter().find(|(found, _)| *found == day).map_or(0, |(_, articles)| *articles);
        Ok((0..DAYS)
            .rev()
            .filter_map(|back| today.checked_sub_days(Days::new(back)))
            .map(|day| (day, on(day)))
            .collect())
    }

    fn files(&self, source: &Source) -> Result<Option<(u64, u64)>> {
        if source.spec.kind != SourceKind::Folder {
            return Ok(None);
        }
        let count = |only_problems| {
            self.library()
                .receipt_count(source.id, &ReceiptFilter { only_problems, ..ReceiptFilter::default() })
        };
        Ok(Some((count(false)?, count(true)?)))
    }
}
