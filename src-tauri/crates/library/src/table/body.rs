//! The texts of articles, apart from the rows that lists read.

use rusqlite::{Connection, OptionalExtension, params};
use wirewatch_model::ParsedArticle;

use super::column::{compress, decompress};
use crate::error::Result;

/// The texts of one article.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) lead: Option<String>,
    pub(crate) text: String,
    pub(crate) html: String,
}

/// Writes or overwrites the texts of an article.
pub(crate) fn store(connection: &Connection, id: i64, article: &ParsedArticle) -> Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO body (article, lead, text, html) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![id, article.lead, compress(&article.text)?, compress(&article.html)?])?;
    Ok(())
}

/// The texts of an article; empty ones if it has none.
pub(crate) fn load(connection: &Connection, id: i64) -> Result<Body> {
    let row: Option<(Option<String>, Vec<u8>, Vec<u8>)> = connection
        .prepare_cached("SELECT lead, text, html FROM body WHERE article = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((lead, text, html)) = row else { return Ok(Body::default()) };
    Ok(Body { lead, text: decompress(&text)?, html: decompress(&html)? })
}

/// The texts of an article without its HTML.
pub(crate) fn load_text(connection: &Connection, id: i64) -> Result<Body> {
    let row: Option<(Option<String>, Vec<u8>)> = connection
        .prepare_cached("SELECT lead, text FROM body WHERE article = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((lead, text)) = row else { return Ok(Body::default()) };
    Ok(Body { lead, text: decompress(&text)?, html: String::new() })
}
