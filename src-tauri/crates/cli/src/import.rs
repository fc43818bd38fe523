//! Articles from JSON Lines, as `export --jsonl` and `articles --json` write them.

use std::io::{BufRead, Read as _};

use chrono::DateTime;
use serde_json::Value;
use wirewatch_intake::{MAX_BYTES, sanitise_html};
use wirewatch_model::{ParsedArticle, Status};

use crate::time;

/// The articles of a file, one line after the other; lines that are none become `problems`.
pub(crate) struct Lines<R> {
    reader: R,
    number: usize,
    /// What could not be read, with the line's number.
    pub(crate) problems: Vec<String>,
}

/// More complaints than anybody reads.
const MOST_PROBLEMS: usize = 100;

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(reader: R) -> Lines<R> {
        Lines { reader, number: 0, problems: Vec::new() }
    }

    /// The next line that is not empty; `None` at the end or where reading fails.
    fn line(&mut self) -> Option<Vec<u8>> {
        loop {
            let mut line = Vec::new();
            let read = (&mut self.reader).take(MAX_BYTES as u64).read_until(b'\n', &mut line);
            self.number += 1;
            match read {
                Err(error) => {
                    self.trouble(error);
                    return None;
                }
                Ok(0) => return None,
                Ok(length) if length == MAX_BYTES => {
                    self.trouble("the line is longer than any article; the rest was not read");
                    return None;
                }
                Ok(_) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(_) => return Some(line),
            }
        }
    }

    fn trouble(&mut self, why: impl std::fmt::Display) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(format!("line {}: {why}", self.number));
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = ParsedArticle;

    fn next(&mut self) -> Option<ParsedArticle> {
        loop {
            let line = self.line()?;
            match serde_json::from_slice(&line) {
                Err(error) => self.trouble(error),
                Ok(value) => match article(&value) {
                    Some(article) => return Some(article),
                    None => self.trouble("there is neither a title nor a text in it"),
                },
            }
        }
    }
}

fn article(value: &Value) -> Option<ParsedArticle> {
    let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
    let list = |name: &str| -> Vec<String> {
        value
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    let article = ParsedArticle {
        title: text("title").unwrap_or_default(),
        authors: list("authors"),
        publisher: text("publisher"),
        published: text("published").and_then(|at| time::published(&at)),
        updated: text("updated").and_then(|at| time::published(&at)),
        url: text("url").filter(|url| url.starts_with("http://") || url.starts_with("https://")),
        external_id: text("external_id"),
        revision: text("revision"),
        status: text("status").and_then(|name| Status::from_name(&name)).unwrap_or_default(),
        embargo: text("embargo").and_then(|at| Some(DateTime::parse_from_rfc3339(&at).ok()?.to_utc())),
        language: text("language"),
        lead: text("lead"),
        text: text("text").unwrap_or_default(),
        // A file from anywhere: whatever it claims, nothing in it may run.
        html: sanitise_html(&text("html").unwrap_or_default()),
        labels: list("labels"),
        summary_only: value.get("summary_only").and_then(Value::as_bool).unwrap_or_default(),
        ..ParsedArticle::default()
    };
    (!article.title.is_empty() || !article.text.is_empty()).then_some(article)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_exported_comes_back_as_it_was() {
        let article = crate::export::sample();
        let line = crate::json::article(&article).to_string();
        let mut lines = Lines::new(line.as_bytes());
        assert_eq!(lines.next(), Some(article.content));
        assert_eq!((lines.next(), lines.problems.len()), (None, 0));
    }

    #[test]
    fn bad_lines_are_named_and_the_others_read() {
        let text = "{\"title\":\"one\"}\n\nnonsense\n{\"a\":1}\n{\"title\":\"two\",\"html\":\"<script>x</script>\"}\n";
        let mut lines = Lines::new(text.as_bytes());
        let articles: Vec<ParsedArticle> = lines.by_ref().collect();
        let titles: Vec<&str> = articles.iter().map(|one| one.title.as_str()).collect();
        assert_eq!((titles, articles[1].html.as_str()), (vec!["one", "two"], ""));
        assert!(lines.problems[0].starts_with("line 3: "), "{:?}", lines.problems);
        assert_eq!(lines.problems[1], "line 4: there is neither a title nor a text in it");
    }
}
