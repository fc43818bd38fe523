//! What became of each file of a folder.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use wirewatch_model::SourceId;

use super::column::{millis, time};
use crate::error::Result;

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
            "INSERT OR REPLACE INTO receipt (source, path, size, modified, read_at, articles, problem)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            source.0,
            receipt.path,
            receipt.size as i64,
            millis(receipt.modified),
            millis(receipt.read_at),
            articles,
            problem
        ])?;
    Ok(())
}

/// Every receipt of a folder, by path.
pub(crate) fn of_source(connection: &Connection, source: SourceId) -> Result<HashMap<String, Receipt>> {
    let mut statement = connection.prepare_cached(
        "SELECT path, size, modified, read_at, articles, problem FROM receipt WHERE source = ?1",
    )?;
    let receipts = statement.query_map([source.0], |row| {
        let problem: Option<String> = row.get(5)?;
        let articles = row.get(4)?;
        Ok(Receipt {
            path: row.get(0)?,
            size: row.get::<_, i64>(1)? as u64,
            modified: time(row.get(2)?),
            read_at: time(row.get(3)?),
            outcome: problem.map_or(ReceiptOutcome::Articles(articles), ReceiptOutcome::Problem),
        })
    })?;
    receipts.map(|receipt| Ok(receipt.map(|receipt| (receipt.path.clone(), receipt))?)).collect()
}
