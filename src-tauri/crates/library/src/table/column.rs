//! How values are stored: times as milliseconds, lists as JSON, long texts compressed.

use std::cell::RefCell;

use chrono::{DateTime, Utc};
use rusqlite::Row;
use wirewatch_model::Published;
use zstd::bulk::Decompressor;

use crate::LibraryError;
use crate::error::Result;

/// zstd's own default: news text shrinks to about 45 % and decompresses faster than SQLite reads it.
const COMPRESSION_LEVEL: i32 = 3;

/// A text whose stored form claims to be longer than this is broken.
const LONGEST_TEXT: usize = 256 << 20;

thread_local! {
    /// Making one takes longer than reading an article with it.
    static DECOMPRESSOR: RefCell<Decompressor<'static>> = RefCell::default();
}

pub(crate) fn millis(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// A stored time; one outside the calendar (a broken file) reads as 1970.
pub(crate) fn time(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

pub(crate) fn published(row: &Row<'_>, at: &str, is_day: &str) -> rusqlite::Result<Option<Published>> {
    let moment: Option<i64> = row.get(at)?;
    let is_day: bool = row.get(is_day)?;
    Ok(moment.map(time).map(|at| if is_day { Published::Day(at.date_naive()) } else { Published::At(at) }))
}

pub(crate) fn list(texts: &[String]) -> String {
    serde_json::Value::from(texts).to_string()
}

pub(crate) fn read_list(what: &'static str, json: &str) -> Result<Vec<String>> {
    serde_json::from_str(json).map_err(|error| LibraryError::stored(what, error))
}

/// Length as a little-endian u32, then the zstd frame.
pub(crate) fn compress(text: &str) -> Result<Vec<u8>> {
    let frame = zstd::bulk::compress(text.as_bytes(), COMPRESSION_LEVEL)
        .map_err(|error| LibraryError::stored("text", error))?;
    let length = u32::try_from(text.len()).map_err(|error| LibraryError::stored("text", error))?;
    Ok([&length.to_le_bytes()[..], &frame].concat())
}

pub(crate) fn decompress(stored: &[u8]) -> Result<String> {
    let broken = || LibraryError::stored("text", "its length is missing or absurd");
    let (length, frame) = stored.split_first_chunk::<4>().ok_or_else(broken)?;
    let length = u32::from_le_bytes(*length) as usize;
    if length > LONGEST_TEXT {
        return Err(broken());
    }
    let bytes = DECOMPRESSOR
        .with_borrow_mut(|decompressor| decompressor.decompress(frame, length))
        .map_err(|error| LibraryError::stored("text", error))?;
    String::from_utf8(bytes).map_err(|error| LibraryError::stored("text", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_survive_compression() {
        for text in ["", "a", "Москва и Вашингтон ".repeat(500).as_str()] {
            assert_eq!(decompress(&compress(text).unwrap()).unwrap(), text);
        }
    }

    #[test]
    fn broken_text_is_an_error_not_a_panic() {
        for stored in [&b""[..], b"abc", b"\xff\xff\xff\xff1234", b"\x05\0\0\0nonsense"] {
            assert!(decompress(stored).is_err(), "{stored:?}");
        }
    }
}
