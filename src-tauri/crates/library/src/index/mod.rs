//! The full-text index: its tokenizer, the planner, and search.

pub(crate) mod extension;
mod places;
mod placing;
pub(crate) mod plan;
pub(crate) mod question;
mod relax;
pub(crate) mod search;
pub(crate) mod sweep;
pub(crate) mod tokenizer;
pub(crate) mod vocabulary;

use rusqlite::{Connection, OptionalExtension, params};
use wirewatch_model::ParsedArticle;

use crate::error::Result;
use crate::table::{body, setting, story};
use vocabulary::KnownWords;

/// The setting that holds the version of the tokenizer that the index was built with.
const WORDS_VERSION_KEY: &str = "words-version";

/// Puts an article into the index. Its words are kept apart: see [`KnownWords`].
pub(crate) fn insert(connection: &Connection, id: i64, article: &ParsedArticle) -> Result<()> {
    let [title, lead, body] = texts(article);
    connection
        .prepare_cached("INSERT INTO article_index (rowid, title, lead, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![id, title, lead, body])?;
    Ok(())
}

/// Keeps the words of an article that is in the index for the planner.
pub(crate) fn keep_words(
    connection: &Connection,
    article: &ParsedArticle,
    known: &mut KnownWords,
) -> Result<()> {
    known.keep(connection, texts(article))
}

/// What of an article is in the index, by its columns.
fn texts(article: &ParsedArticle) -> [&str; 3] {
    [&article.title, article.lead.as_deref().unwrap_or(""), &article.text]
}

/// Takes an article out of the index.
pub(crate) fn remove(connection: &Connection, id: i64) -> Result<()> {
    connection.prepare_cached("DELETE FROM article_index WHERE rowid = ?1")?.execute([id])?;
    Ok(())
}

/// Indexes every article again if the index was built by another version of the tokenizer, and prints
/// again what copies are found by.
pub(crate) fn rebuild_if_words_changed(connection: &mut Connection, version: u32) -> Result<()> {
    let built: Option<u32> = setting::get(connection, WORDS_VERSION_KEY)?.and_then(|text| text.parse().ok());
    if built == Some(version) {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    transaction.execute("DELETE FROM article_index", [])?;
    transaction.execute("DELETE FROM word", [])?;
    let mut known = KnownWords::default();
    let mut id = 0;
    while let Some((next, title)) = transaction
        .prepare_cached("SELECT id, title FROM article WHERE id > ?1 ORDER BY id LIMIT 1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
    {
        id = next;
        let body = body::load_text(&transaction, id)?;
        let article = ParsedArticle { title, lead: body.lead, text: body.text, ..ParsedArticle::default() };
        insert(&transaction, id, &article)?;
        keep_words(&transaction, &article, &mut known)?;
    }
    story::rebuild(&transaction)?;
    setting::put(&transaction, WORDS_VERSION_KEY, &version.to_string())?;
    transaction.commit()?;
    Ok(())
}
