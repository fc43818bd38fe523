//! What became of each file of a folder.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use wirewatch_model::SourceId;

use super::column::{millis, time};
use crate::error::Result;

const COLUMNS: &str = "path, size, modified, read_at, articles, problem, hash";

/// Files of one size and moment that are compared; more are made by a program, and alike.
const MOST_ALIKE: u32 = 16;

/// A file as it was when it was last read.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// Absolute path.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// When the file was last changed.
    pub modified: DateTime<Utc>,
    /// When it was read.
    pub read_at: DateTime<Utc>,
    /// What the file held; `None` if it was not read whole.
    pub hash: Option<[u8; 16]>,
    /// What came of it.
    pub outcome: ReceiptOutcome,
}

/// What came of reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceiptOutcome {
    /// So many articles.
    Articles(u32),
    /// Nothing, for this reason.
    Problem(String),
}

/// Writes a receipt in place of the file's last one.
pub(crate) fn store(connection: &Connection, source: SourceId, receipt: &Receipt) -> Result<()> {
    let (articles, problem) = match &receipt.outcome {
        ReceiptOutcome::Articles(number) => (*number, None),
        ReceiptOutcome::Problem(reason) => (0, Some(reason)),
    };
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO receipt (source, path, size, modified, read_at, articles, problem, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            source.0,
            receipt.path,
            receipt.size as i64,
            millis(receipt.modified),
            millis(receipt.read_at),
            articles,
            problem,
            receipt.hash
        ])?;
    Ok(())
}

/// Every receipt of a folder, by path.
pub(crate) fn of_source(connection: &Connection, source: SourceId) -> Result<HashMap<String, Receipt>> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM receipt WHERE source = ?1"))?;
    let receipts = statement.query_map([source.0], decode)?;
    receipts.map(|receipt| Ok(receipt.map(|receipt| (receipt.path.clone(), receipt))?)).collect()
}

/// Which receipts of a folder are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReceiptFilter {
    /// In the path, or in the reason why nothing came of it; capitals do not count.
    pub text: String,
    /// Only of files that nothing came of.
    pub only_problems: bool,
}

impl ReceiptFilter {
    /// `text` is folded already.
    fn lets_through(&self, receipt: &Receipt, text: &str) -> bool {
        let holds = |place: &str| place.to_lowercase().contains(text);
        match &receipt.outcome {
            ReceiptOutcome::Articles(_) => !self.only_problems && holds(&receipt.path),
            ReceiptOutcome::Problem(reason) => holds(&receipt.path) || holds(reason),
        }
    }
}

/// So many receipts that a filter lets through, by path, beginning after one.
pub(crate) fn page(
    connection: &Connection,
    source: SourceId,
    filter: &ReceiptFilter,
    (after, limit): (Option<&str>, u32),
) -> Result<Vec<Receipt>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM receipt WHERE source = ?1 AND path > ?2 ORDER BY path"
    ))?;
    let text = filter.text.to_lowercase();
    // The fold of capitals is ours: the database knows those of English only.
    let receipts = statement.query_map(params![source.0, after.unwrap_or_default()], decode)?;
    let wanted = receipts.filter(|receipt| match receipt {
        Ok(receipt) => filter.lets_through(receipt, &text),
        Err(_) => true,
    });
    Ok(wanted.take(limit as usize).collect::<std::result::Result<_, _>>()?)
}

/// How many receipts of a folder a filter lets through.
pub(crate) fn count(connection: &Connection, source: SourceId, filter: &ReceiptFilter) -> Result<u64> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM receipt WHERE source = ?1"))?;
    let text = filter.text.to_lowercase();
    let mut found = 0;
    for receipt in statement.query_map([source.0], decode)? {
        found += u64::from(filter.lets_through(&receipt?, &text));
    }
    Ok(found)
}

/// The receipt of one file.
pub(crate) fn get(connection: &Connection, source: SourceId, path: &str) -> Result<Option<Receipt>> {
    Ok(connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM receipt WHERE source = ?1 AND path = ?2"))?
        .query_row(params![source.0, path], decode)
        .optional()?)
}

/// Receipts of files that were as large and as old as this: perhaps it, under another name.
pub(crate) fn like(
    connection: &Connection,
    source: SourceId,
    size: u64,
    modified: DateTime<Utc>,
) -> Result<Vec<Receipt>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM receipt WHERE source = ?1 AND size = ?2 AND modified = ?3 LIMIT {MOST_ALIKE}"
    ))?;
    let receipts = statement.query_map(params![source.0, size as i64, millis(modified)], decode)?;
    Ok(receipts.collect::<std::result::Result<_, _>>()?)
}

/// A file has another name now: its receipt and its articles go with it.
pub(crate) fn rename(connection: &Connection, source: SourceId, from: &str, to: &str) -> Result<()> {
    connection
        .prepare_cached("UPDATE OR REPLACE receipt SET path = ?3 WHERE source = ?1 AND path = ?2")?
        .execute(params![source.0, from, to])?;
    // The keys of a file are its path, a hash sign and a number; the range ends behind the digits.
    let (first, end) = (format!("{from}#"), format!("{from}#:"));
    connection
        .prepare_cached(
            "UPDATE OR REPLACE article_key SET key = ?1 || substr(key, length(?2) + 1)
             WHERE kind = 'file' AND source = 0 AND key >= ?2 AND key < ?3
                 AND substr(key, length(?2) + 1) NOT GLOB '*[^0-9]*'",
        )?
        .execute(params![format!("{to}#"), first, end])?;
    Ok(())
}

fn decode(row: &Row<'_>) -> rusqlite::Result<Receipt> {
    let problem: Option<String> = row.get(5)?;
    let articles = row.get(4)?;
    Ok(Receipt {
        path: row.get(0)?,
        size: row.get::<_, i64>(1)? as u64,
        modified: time(row.get(2)?),
        read_at: time(row.get(3)?),
        hash: row.get(6)?,
        outcome: problem.map_or(ReceiptOutcome::Articles(articles), ReceiptOutcome::Problem),
    })
}
