//! What a feed's server said last, for the conditional request.

use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use wirewatch_model::SourceId;

use super::column::{millis, time};
use crate::error::Result;

/// Validators and the hash of the last body.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FetchState {
    /// `ETag` of the last full answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the last full answer.
    pub last_modified: Option<String>,
    /// When the last full answer came.
    pub validated_at: Option<DateTime<Utc>>,
    /// Hash of the last body.
    pub body_hash: Option<[u8; 16]>,
    /// The marks of the entries that are taken in.
    pub entries: Vec<u64>,
    /// How long the feed says that it stays as it is.
    pub ttl: Option<Duration>,
}

pub(crate) fn get(connection: &Connection, source: SourceId) -> Result<FetchState> {
    Ok(connection
        .prepare_cached(
            "SELECT etag, last_modified, validated_at, body_hash, entries, ttl_seconds FROM source WHERE id = ?1",
        )?
        .query_row([source.0], |row| {
            Ok(FetchState {
                etag: row.get(0)?,
                last_modified: row.get(1)?,
                validated_at: row.get::<_, Option<i64>>(2)?.map(time),
                body_hash: row.get(3)?,
                entries: marks(&row.get::<_, Option<Vec<u8>>>(4)?.unwrap_or_default()),
                ttl: row.get::<_, Option<i64>>(5)?.map(|seconds| Duration::from_secs(seconds.unsigned_abs())),
            })
        })?)
}

pub(crate) fn put(connection: &Connection, source: SourceId, state: &FetchState) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE source SET etag = ?2, last_modified = ?3, validated_at = ?4, body_hash = ?5, entries = ?6,
                 ttl_seconds = ?7
             WHERE id = ?1",
        )?
        .execute(params![
            source.0,
            state.etag,
            state.last_modified,
            state.validated_at.map(millis),
            state.body_hash,
            state.entries.iter().flat_map(|mark| mark.to_le_bytes()).collect::<Vec<u8>>(),
            state.ttl.map(|ttl| i64::try_from(ttl.as_secs()).unwrap_or(i64::MAX))
        ])?;
    Ok(())
}

fn marks(bytes: &[u8]) -> Vec<u64> {
    bytes.as_chunks().0.iter().map(|chunk| u64::from_le_bytes(*chunk)).collect()
}
