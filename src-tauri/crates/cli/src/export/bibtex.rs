//! BibTeX: an `@misc` an article, so that any style prints it.

use std::io::{self, Write};

use chrono::Datelike as _;
use wirewatch_model::Article;

use super::{line, publisher, time};

/// One article.
pub(super) fn entry(article: &Article, out: &mut dyn Write) -> io::Result<()> {
    let content = &article.content;
    writeln!(out, "@misc{{wirewatch{},", article.id)?;
    field(out, "title", &format!("{{{}}}", escape(&content.title)))?;
    // Braces keep a name whole: an agency has no first name.
    let authors: Vec<String> = content.authors.iter().map(|name| escape(name)).collect();
    field(out, "author", &authors.join(" and "))?;
    field(out, "howpublished", &escape(publisher(article)))?;
    if let Some(at) = content.published {
        field(out, "year", &at.moment().year().to_string())?;
        field(out, "month", &at.moment().month().to_string())?;
        field(out, "date", time(content.published).get(..10).unwrap_or_default())?;
    }
    field(out, "url", &content.url.as_deref().unwrap_or_default().replace(['{', '}', '\\'], ""))?;
    field(out, "language", content.language.as_deref().unwrap_or_default())?;
    field(out, "abstract", &escape(content.lead.as_deref().unwrap_or_default()))?;
    writeln!(out, "}}\n")
}

fn field(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    if value.is_empty() || value == "{}" { Ok(()) } else { writeln!(out, "  {name} = {{{value}}},") }
}

/// A text in which no character means anything to TeX.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_means_nothing_to_tex() {
        let mut out = Vec::new();
        entry(&crate::export::sample(), &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "@misc{wirewatch7,\n  title = {{Talks \\& \"terms\": 5\\% \\{net\\}}},\n  author = {Jane Roe and Max Muster},\n  \
             howpublished = {Example},\n  year = {2019},\n  month = {5},\n  date = {2019-05-14},\n  \
             url = {https://example.org/a_b?x=1&y=2},\n}\n\n"
        );
    }
}
