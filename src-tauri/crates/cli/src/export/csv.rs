//! CSV (RFC 4180): UTF-8, comma, quoted where needed.

use std::io::{self, Write};

use wirewatch_model::Article;

use super::{publisher, time};
use crate::json;

const COLUMNS: [&str; 13] = [
    "id",
    "title",
    "authors",
    "publisher",
    "source",
    "published",
    "first_seen",
    "url",
    "language",
    "topics",
    "labels",
    "lead",
    "text",
];

/// The names of the columns.
pub(super) fn head(out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{}\r\n", COLUMNS.join(","))
}

/// One article.
pub(super) fn row(article: &Article, out: &mut dyn Write) -> io::Result<()> {
    let content = &article.content;
    let topics: Vec<&str> = article.matches.iter().map(|one| one.topic.as_str()).collect();
    let cells: [String; COLUMNS.len()] = [
        article.id.to_string(),
        content.title.clone(),
        content.authors.join("; "),
        publisher(article).to_owned(),
        article.source_name.clone(),
        time(content.published),
        json::time(article.first_seen),
        content.url.clone().unwrap_or_default(),
        content.language.clone().unwrap_or_default(),
        topics.join("; "),
        content.labels.join("; "),
        content.lead.clone().unwrap_or_default(),
        content.text.clone(),
    ];
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    write!(out, "{}\r\n", cells.join(","))
}

/// A cell. Spreadsheets run what begins as a formula, and headlines are written by strangers: an
/// apostrophe makes it text (OWASP, "CSV injection").
fn cell(text: &str) -> String {
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || text.starts_with(['\t', '\r', '\n']);
    let guard = if is_formula { "'" } else { "" };
    let needs_quotes = text.contains([',', '"', '\n', '\r', ';']) || text.trim() != text;
    if needs_quotes { format!("\"{guard}{}\"", text.replace('"', "\"\"")) } else { format!("{guard}{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_never_a_formula() {
        for (text, want) in [
            ("plain", "plain"),
            ("a, b", "\"a, b\""),
            ("say \"so\"", "\"say \"\"so\"\"\""),
            ("one\n\ntwo", "\"one\n\ntwo\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1", "'+1"),
            ("-5 degrees", "'-5 degrees"),
            ("@cmd", "'@cmd"),
            (" =1", "\"' =1\""),
            ("\t=1", "\"'\t=1\""),
            ("", ""),
        ] {
            assert_eq!(cell(text), want, "{text:?}");
        }
    }

    #[test]
    fn a_row_has_every_column() {
        let mut out = Vec::new();
        row(&crate::export::sample(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("7,\"Talks & \"\"terms\"\": 5% {net}\",\"Jane Roe; Max Muster\",Example,Example,2019-05-14T07:30:00Z,"), "{text}");
        assert!(text.ends_with(",\"They met.\n\nThey parted.\"\r\n"), "{text}");
    }
}
