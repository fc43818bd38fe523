//! RIS (Research Information Systems, 2001): tagged lines that every reference manager reads.

use std::io::{self, Write};

use wirewatch_model::Article;

use super::{line, publisher, time};

/// One article.
pub(super) fn record(article: &Article, out: &mut dyn Write) -> io::Result<()> {
    let content = &article.content;
    let day = time(content.published).get(..10).unwrap_or_default().replace('-', "/");
    tag(out, "TY", "NEWS")?;
    tag(out, "ID", &format!("wirewatch{}", article.id))?;
    tag(out, "TI", &content.title)?;
    for author in &content.authors {
        tag(out, "AU", author)?;
    }
    tag(out, "PB", publisher(article))?;
    tag(out, "PY", day.get(..4).unwrap_or_default())?;
    tag(out, "DA", &day)?;
    tag(out, "UR", content.url.as_deref().unwrap_or_default())?;
    tag(out, "LA", content.language.as_deref().unwrap_or_default())?;
    for label in &content.labels {
        tag(out, "KW", label)?;
    }
    tag(out, "AB", content.lead.as_deref().unwrap_or_default())?;
    write!(out, "ER  - \r\n\r\n")
}

/// A line; one without a value is left out.
fn tag(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    let value = line(value);
    if value.is_empty() { Ok(()) } else { write!(out, "{name}  - {value}\r\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_has_the_tags_of_the_format() {
        let mut out = Vec::new();
        record(&crate::export::sample(), &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "TY  - NEWS\r\nID  - wirewatch7\r\nTI  - Talks & \"terms\": 5% {net}\r\nAU  - Jane Roe\r\nAU  - Max Muster\r\n\
             PB  - Example\r\nPY  - 2019\r\nDA  - 2019/05/14\r\nUR  - https://example.org/a_b?x=1&y=2\r\nER  - \r\n\r\n"
        );
    }
}
