//! The words of the index in a table of their own: kept as articles come in, read by the planner.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use rusqlite::Connection;
use rustc_hash::FxHashMap;
use wirewatch_query::{Leaf, fold, words};

use crate::error::Result;
use crate::table::column::list;

/// A stem or prefix that stands for more words than this is not spelled out: its query is widened.
const MOST_WORDS: usize = 4_000;

/// The words that the index holds. What was asked is remembered, since a query is planned twice.
pub(crate) struct Vocabulary<'a> {
    connection: &'a Connection,
    asked: RefCell<FxHashMap<Leaf, Option<Rc<[String]>>>>,
}

impl<'a> Vocabulary<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Vocabulary<'a> {
        Vocabulary { connection, asked: RefCell::default() }
    }

    /// The words that a stem or prefix fits, irregular forms apart; `None` if they are too many.
    pub(super) fn words(&self, leaf: &Leaf) -> Result<Option<Rc<[String]>>> {
        let known = self.asked.borrow().get(leaf).cloned();
        if let Some(words) = known {
            return Ok(words);
        }
        let words = self.read(leaf)?;
        self.asked.borrow_mut().insert(leaf.clone(), words.clone());
        Ok(words)
    }

    fn read(&self, leaf: &Leaf) -> Result<Option<Rc<[String]>>> {
        let prefix = leaf.stem_search_prefix();
        let mut statement =
            self.connection.prepare_cached("SELECT word FROM word WHERE word >= ?1 AND word < ?2")?;
        let mut rows = statement.query([prefix, &format!("{prefix}\u{10FFFF}")])?;
        let mut words = Vec::new();
        while let Some(row) = rows.next()? {
            let word = row.get_ref(0)?.as_str().unwrap_or_default();
            if leaf.matches_folded(word) == Some(true) {
                if words.len() == MOST_WORDS {
                    return Ok(None);
                }
                words.push(word.to_owned());
            }
        }
        Ok(Some(words.into()))
    }
}

/// Words that are in the table for sure and need not be written again. Once what was written is rolled
/// back, they must be forgotten.
#[derive(Debug, Default)]
pub(crate) struct KnownWords(HashSet<Box<str>>);

/// Words that are known at most, a few megabytes. The first so many hold nearly all that are frequent.
const MOST_KNOWN: usize = 1 << 16;

/// Words of more bytes than this are rare, and not known.
const LONGEST_KNOWN: usize = 48;

impl KnownWords {
    /// Keeps the words of texts for the planner. A word stays when its last article goes: a query that
    /// spells it out finds nothing more by it.
    pub(crate) fn keep(&mut self, connection: &Connection, texts: [&str; 3]) -> Result<()> {
        let new = self.new_in(texts);
        if new.is_empty() {
            return Ok(());
        }
        // One statement for all: asking for each costs more.
        connection
            .prepare_cached("INSERT OR IGNORE INTO word (word) SELECT value FROM json_each(?1)")?
            .execute([list(&new)])?;
        let room = MOST_KNOWN.saturating_sub(self.0.len());
        let short = new.into_iter().filter(|word| word.len() <= LONGEST_KNOWN);
        self.0.extend(short.take(room).map(String::into_boxed_str));
        Ok(())
    }

    /// The words of texts that are not known, in order.
    fn new_in(&self, texts: [&str; 3]) -> Vec<String> {
        let mut new = BTreeSet::new();
        let mut folded = String::new();
        for text in texts {
            for word in words(text) {
                fold(&text[word.start..word.end], &mut folded);
                if !self.0.contains(folded.as_str()) && !new.contains(&folded) {
                    new.insert(folded.clone());
                }
            }
        }
        new.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::open_writer;
    use crate::schema::migrate;

    #[test]
    fn words_are_written_once_and_again_after_they_were_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&folder.path().join("library.sqlite")).unwrap();
        migrate(&mut connection).unwrap();
        let mut known = KnownWords::default();
        known.keep(&connection, ["Oil and oil", "", "The port"]).unwrap();
        assert_eq!(known.new_in(["oil", "PORT", "zinc"]), ["zinc"], "case does not matter");
        let written = |prefix: &str| {
            let vocabulary = Vocabulary::new(&connection);
            let found = vocabulary.words(&Leaf::Prefix(prefix.to_owned())).unwrap().unwrap();
            found.to_vec()
        };
        assert_eq!(written("p"), ["port"]);
        connection.execute("DELETE FROM word", []).unwrap();
        known.keep(&connection, ["port", "", ""]).unwrap();
        assert!(written("p").is_empty(), "it is known");
        KnownWords::default().keep(&connection, ["port", "", ""]).unwrap();
        assert_eq!(written("p"), ["port"]);
    }

    #[test]
    fn what_is_known_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&folder.path().join("library.sqlite")).unwrap();
        migrate(&mut connection).unwrap();
        let mut known = KnownWords::default();
        let many: String = (0..MOST_KNOWN + 9).map(|number| format!("w{number} ")).collect();
        let long = "x".repeat(LONGEST_KNOWN + 1);
        known.keep(&connection, [&long, "", ""]).unwrap();
        known.keep(&connection, ["", "", &many]).unwrap();
        assert_eq!(known.0.len(), MOST_KNOWN);
        assert_eq!(known.new_in([&long, "", ""]), [long.as_str()]);
    }
}
