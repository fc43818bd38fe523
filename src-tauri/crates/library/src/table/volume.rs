//! How many articles fall on each day, and how many stories they tell.

use std::collections::HashSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use rusqlite::Connection;
use wirewatch_model::ArticleId;

use super::column::millis;
use crate::error::Result;

const DAY_MS: i64 = 86_400_000;

/// A set of articles: one bit an arrival number, and these are dense.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleSet {
    bits: Vec<u64>,
    len: u64,
}

impl ArticleSet {
    /// How many there are.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether an article is in it.
    pub fn contains(&self, id: ArticleId) -> bool {
        let (word, bit) = place(id);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Its articles, newest arrival first.
    pub fn newest_first(&self) -> impl Iterator<Item = ArticleId> + '_ {
        (0..self.bits.len() as i64 * 64).rev().map(ArticleId).filter(|id| self.contains(*id))
    }

    /// What is in this set and not in `other`.
    pub fn without(&self, other: &ArticleSet) -> ArticleSet {
        let theirs = other.bits.iter().copied().chain(std::iter::repeat(0));
        ArticleSet::of(self.bits.iter().zip(theirs).map(|(mine, theirs)| mine & !theirs).collect())
    }

    /// What is in both sets.
    pub fn within(&self, other: &ArticleSet) -> ArticleSet {
        ArticleSet::of(self.bits.iter().zip(&other.bits).map(|(mine, theirs)| mine & theirs).collect())
    }

    fn of(mut bits: Vec<u64>) -> ArticleSet {
        while bits.last() == Some(&0) {
            bits.pop();
        }
        let len = bits.iter().map(|word| u64::from(word.count_ones())).sum();
        ArticleSet { bits, len }
    }
}

impl FromIterator<ArticleId> for ArticleSet {
    fn from_iter<I: IntoIterator<Item = ArticleId>>(ids: I) -> ArticleSet {
        let mut bits: Vec<u64> = Vec::new();
        for id in ids {
            let (word, bit) = place(id);
            if word >= bits.len() {
                bits.resize(word + 1, 0);
            }
            bits[word] |= bit;
        }
        ArticleSet::of(bits)
    }
}

fn place(id: ArticleId) -> (usize, u64) {
    // Arrival numbers begin at 1.
    let number = id.0.max(0) as usize;
    (number / 64, 1 << (number % 64))
}

/// What falls on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayVolume {
    /// The day in UTC of the sorting time.
    pub day: NaiveDate,
    /// Articles of the set.
    pub articles: u32,
    /// Stories that the set tells for the first time on this day: each would have raised an alert.
    pub stories: u32,
}

/// The volume of a set of articles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Volume {
    /// Days that have some, oldest first.
    pub days: Vec<DayVolume>,
    /// Days on which the library has any article at all, of the set or not.
    pub days_with_news: u32,
    /// Articles that the library has in the same time.
    pub of: u64,
    /// The sorting time of the newest of the set.
    pub newest: Option<DateTime<Utc>>,
}

/// The newest article.
pub(crate) fn newest(connection: &Connection) -> Result<Option<ArticleId>> {
    let id: Option<i64> = connection.query_row("SELECT max(id) FROM article", [], |row| row.get(0))?;
    Ok(id.map(ArticleId))
}

/// The articles whose sorting time is not before `since`.
pub(crate) fn since(connection: &Connection, since: DateTime<Utc>) -> Result<ArticleSet> {
    let mut statement = connection.prepare_cached("SELECT id FROM article WHERE sorted_at >= ?1")?;
    let ids = statement.query_map([millis(since)], |row| Ok(ArticleId(row.get(0)?)))?;
    Ok(ids.collect::<std::result::Result<_, _>>()?)
}

/// The volume of a set since a moment, or since ever. Walks one index and no rows.
pub(crate) fn volume(
    connection: &Connection,
    set: &ArticleSet,
    since: Option<DateTime<Utc>>,
) -> Result<Volume> {
    let mut statement = connection.prepare_cached(
        "SELECT sorted_at, story, id FROM article WHERE sorted_at >= ?1 ORDER BY sorted_at",
    )?;
    let mut rows = statement.query([since.map_or(i64::MIN, millis)])?;
    let mut volume = Volume::default();
    let mut told = HashSet::new();
    let mut last_day = None;
    while let Some(row) = rows.next()? {
        let at: i64 = row.get(0)?;
        let day = at.div_euclid(DAY_MS);
        volume.of += 1;
        if last_day.replace(day) != Some(day) {
            volume.days_with_news += 1;
        }
        if set.contains(ArticleId(row.get(2)?)) {
            volume.newest = DateTime::from_timestamp_millis(at);
            let is_first = told.insert(row.get::<_, i64>(1)?);
            let today = volume.on(day);
            today.articles += 1;
            today.stories += u32::from(is_first);
        }
    }
    Ok(volume)
}

impl Volume {
    /// The entry of a day, which is the last or a new one.
    fn on(&mut self, day: i64) -> &mut DayVolume {
        let day = date(day);
        if self.days.last().is_none_or(|last| last.day != day) {
            self.days.push(DayVolume { day, articles: 0, stories: 0 });
        }
        let last = self.days.len() - 1;
        &mut self.days[last]
    }
}

/// A day counted from 1970; one outside the calendar (a broken file) is 1970.
fn date(day: i64) -> NaiveDate {
    let epoch = NaiveDate::default();
    let days = Days::new(day.unsigned_abs());
    let date = if day < 0 { epoch.checked_sub_days(days) } else { epoch.checked_add_days(days) };
    date.unwrap_or(epoch)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::open_writer;
    use crate::schema::migrate;

    fn set(ids: &[i64]) -> ArticleSet {
        ids.iter().copied().map(ArticleId).collect()
    }

    #[test]
    fn sets_are_sets() {
        let (a, b) = (set(&[1, 63, 64, 200]), set(&[64, 65]));
        assert_eq!(a.len(), 4);
        assert_eq!(a.without(&b), set(&[1, 63, 200]));
        assert_eq!(a.within(&b).newest_first().collect::<Vec<_>>(), [ArticleId(64)]);
        assert_eq!(b.without(&a).newest_first().collect::<Vec<_>>(), [ArticleId(65)]);
        assert!(!a.contains(ArticleId(5_000)) && !a.contains(ArticleId(-1)));
    }

    #[test]
    fn volumes_walk_one_index_and_no_rows() {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&folder.path().join("library.sqlite")).unwrap();
        migrate(&mut connection).unwrap();
        let plan: Vec<String> = connection
            .prepare("EXPLAIN QUERY PLAN SELECT sorted_at, story, id FROM article WHERE sorted_at >= 0 ORDER BY sorted_at")
            .unwrap()
            .query_map([], |row| row.get(3))
            .unwrap()
            .collect::<std::result::Result<_, _>>()
            .unwrap();
        let plan = plan.join("; ");
        assert!(plan.contains("COVERING INDEX") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}
