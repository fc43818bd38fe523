//! The schema and its migrations: ordered, additive, each in one transaction, run on the writer
//! before any reader opens.

use rusqlite::Connection;
use wirewatch_query::WORDS_VERSION;

use crate::LibraryError;
use crate::error::Result;
use crate::index;

/// Every migration ever released, oldest first; never edited, only appended to.
const MIGRATIONS: &[&str] = &[
    include_str!("schema/0001_first.sql"),
    include_str!("schema/0002_wire.sql"),
    include_str!("schema/0003_stories.sql"),
    include_str!("schema/0004_editions.sql"),
];

/// Brings the file up to the newest schema, and its index up to today's tokenizer.
pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    let known = MIGRATIONS.len() as u32;
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(LibraryError::Newer { found, known });
    }
    for version in found..known {
        // Immediate: two programs that open a new library at once take turns.
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let now: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if now <= version {
            transaction.execute_batch(MIGRATIONS[version as usize])?;
            transaction.pragma_update(None, "user_version", version + 1)?;
        }
        transaction.commit()?;
    }
    index::rebuild_if_words_changed(connection, WORDS_VERSION)
}
