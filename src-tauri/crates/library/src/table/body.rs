//! The texts of articles, apart from the rows that lists read.

use rusqlite::{Connection, OptionalExtension, params};
use wirewatch_model::{ArticleId, ParsedArticle};
use wirewatch_query::Text;

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

/// Nothing of an article but its words.
#[derive(Debug)]
pub(crate) struct Words {
    title: String,
    lead: String,
    body: String,
}

impl Words {
    /// The words of an article; `None` if it is not there.
    pub(crate) fn load(connection: &Connection, id: ArticleId) -> Result<Option<Words>> {
        let mut statement = connection.prepare_cached(
            "SELECT article.title, body.lead, body.text FROM article
             JOIN body ON body.article = article.id WHERE article.id = ?1",
        )?;
        let mut rows = statement.query([id.0])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let lead: Option<String> = row.get(1)?;
        let stored = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        Ok(Some(Words { title: row.get(0)?, lead: lead.unwrap_or_default(), body: decompress(stored)? }))
    }

    /// The words of an article that is at hand.
    pub(crate) fn of(article: ParsedArticle) -> Words {
        Words { title: article.title, lead: article.lead.unwrap_or_default(), body: article.text }
    }

    /// As the query language sees them, without facts.
    pub(crate) fn text(&self) -> Text<'_> {
        Text { title: &self.title, lead: &self.lead, body: &self.body, ..Text::default() }
    }
}
