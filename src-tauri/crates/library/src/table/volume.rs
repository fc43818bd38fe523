//! How many articles fall on each day, and how many stories they tell.

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
        let words = self.bits.iter().enumerate().rev().filter(|(_, bits)| **bits != 0);
        words.flat_map(|(word, bits)| {
            let places = (0..64).rev().filter(move |place| bits >> place & 1 == 1);
            places.map(move |place| ArticleId((word * 64 + place) as i64))
        })
    }

    /// Puts an article into it; false if it is there already.
    pub(crate) fn insert(&mut self, id: ArticleId) -> bool {
        let (word, bit) = place(id);
        if word >= self.bits.len() {
            self.bits.resize(word + 1, 0);
        }
        let is_new = self.bits[word] & bit == 0;
        self.bits[word] |= bit;
        self.len += u64::from(is_new);
        is_new
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
        let mut set = ArticleSet::default();
        for id in ids {
            set.insert(id);
        }
        set
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

/// The volume of a set since a moment, or since ever.
pub(crate) fn volume(
    connection: &Connection,
    set: &ArticleSet,
    since: Option<DateTime<Utc>>,
) -> Result<Volume> {
    let since = since.map_or(i64::MIN, millis);
    let of = articles_since(connection, since)?;
    let mut volume = Volume { of, days_with_news: days_since(connection, since)?, ..Volume::default() };
    let mut told = ArticleSet::default();
    for Find { at, story } in in_order(connection, set, (since, of))? {
        volume.newest = DateTime::from_timestamp_millis(at);
        let is_first = told.insert(story);
        let today = volume.on(at.div_euclid(DAY_MS));
        today.articles += 1;
        today.stories += u32::from(is_first);
    }
    Ok(volume)
}

/// What a volume needs of an article.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Find {
    at: i64,
    /// A story has the number of its first article.
    story: ArticleId,
}

/// Walking the index by time costs a ninth of looking an article up, for each that there is.
const WALKED_PER_LOOK_UP: u64 = 9;

/// The articles of a set that are not before `since`, oldest first.
fn in_order(connection: &Connection, set: &ArticleSet, (since, of): (i64, u64)) -> Result<Vec<Find>> {
    let mut finds = Vec::with_capacity(set.len() as usize);
    if set.len().saturating_mul(WALKED_PER_LOOK_UP) > of {
        let mut statement = connection.prepare_cached(BY_TIME)?;
        let mut rows = statement.query([since])?;
        while let Some(row) = rows.next()? {
            if set.contains(ArticleId(row.get(2)?)) {
                finds.push(Find { at: row.get(0)?, story: ArticleId(row.get(1)?) });
            }
        }
        return Ok(finds);
    }
    let mut statement = connection.prepare_cached("SELECT sorted_at, story FROM article WHERE id = ?1")?;
    for id in set.newest_first() {
        let mut rows = statement.query([id.0])?;
        if let Some(row) = rows.next()? {
            finds.push(Find { at: row.get(0)?, story: ArticleId(row.get(1)?) });
        }
    }
    finds.retain(|find| find.at >= since);
    finds.sort_unstable();
    Ok(finds)
}

/// Walks one index and no rows.
const BY_TIME: &str = "SELECT sorted_at, story, id FROM article WHERE sorted_at >= ?1 ORDER BY sorted_at";

fn articles_since(connection: &Connection, since: i64) -> Result<u64> {
    let mut statement = connection.prepare_cached("SELECT count(*) FROM article WHERE sorted_at >= ?1")?;
    Ok(statement.query_row([since], |row| row.get::<_, i64>(0))?.unsigned_abs())
}

/// On how many days anything arrived: one look into the index a day.
fn days_since(connection: &Connection, since: i64) -> Result<u32> {
    let mut statement =
        connection.prepare_cached("SELECT min(sorted_at) FROM article WHERE sorted_at >= ?1")?;
    let (mut days, mut from) = (0, since);
    while let Some(at) = statement.query_row([from], |row| row.get::<_, Option<i64>>(0))? {
        days += 1;
        from = (at.div_euclid(DAY_MS) + 1).saturating_mul(DAY_MS);
    }
    Ok(days)
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
            .prepare(&format!("EXPLAIN QUERY PLAN {BY_TIME}"))
            .unwrap()
            .query_map([0], |row| row.get(3))
            .unwrap()
            .collect::<std::result::Result<_, _>>()
            .unwrap();
        let plan = plan.join("; ");
        assert!(plan.contains("COVERING INDEX") && !plan.contains("TEMP B-TREE"), "{plan}");
    }

    #[test]
    fn looking_up_and_walking_give_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&folder.path().join("library.sqlite")).unwrap();
        migrate(&mut connection).unwrap();
        connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        let ids: Vec<i64> = (1..=200).collect();
        for id in &ids {
            // Three articles a story, in no order of time.
            connection
                .execute(
                    "INSERT INTO article (id, source, story, first_seen, sorted_at, title, authors, labels, snippet,
                     fingerprint) VALUES (?1, 1, ?2, 0, ?3, '', '[]', '[]', '', x'')",
                    [*id, (id - 1) / 3 * 3 + 1, id * 7_919 % 200 * 3_600_000],
                )
                .unwrap();
        }
        for (step, since) in [(1, 0), (40, 0), (1, 3 * DAY_MS), (40, 3 * DAY_MS)] {
            let some: Vec<i64> = ids.iter().copied().step_by(step).collect();
            let mut expected: Vec<(i64, i64)> = some
                .iter()
                .map(|id| (id * 7_919 % 200 * 3_600_000, (id - 1) / 3 * 3 + 1))
                .filter(|(at, _)| *at >= since)
                .collect();
            expected.sort_unstable();
            for of in [1, u64::MAX] {
                let finds = in_order(&connection, &set(&some), (since, of)).unwrap();
                let finds: Vec<_> = finds.iter().map(|find| (find.at, find.story.0)).collect();
                assert_eq!(finds, expected, "every {step}. article since {since}, of {of}");
            }
        }
        assert_eq!(days_since(&connection, i64::MIN).unwrap(), 9, "200 hours begin 9 days");
        assert_eq!(days_since(&connection, 3 * DAY_MS).unwrap(), 6);
    }
}
