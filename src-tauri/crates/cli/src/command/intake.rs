//! `parse`.

use anyhow::Result;
use serde_json::json;
use wirewatch_model::{ParsedArticle, Published};

use super::input::{Unreadable, read_and_parse};
use crate::arguments::Parse;
use crate::json;
use crate::output::{Ended, Output};

/// Shows what intake sees in files.
pub(crate) fn parse(arguments: &Parse, output: &mut Output) -> Result<Ended> {
    let mut ended = Ended::Done;
    for path in &arguments.paths {
        let parsed = match read_and_parse(path, arguments.file_type.as_deref()) {
            Ok(parsed) => parsed,
            Err(Unreadable::Missing(message)) => {
                output.trouble(message);
                ended = Ended::Refused;
                continue;
            }
            Err(Unreadable::Failed(message)) => {
                output.trouble(message);
                ended = worse(ended);
                continue;
            }
        };
        for problem in &parsed.problems {
            output.trouble(format!("{path}: {problem}"));
            ended = worse(ended);
        }
        let format = parsed.format.as_str();
        for article in &parsed.articles {
            output.record(|| json::parsed(path, format, article), || text(path, format, article))?;
        }
        if parsed.articles.is_empty() && !parsed.problems.is_empty() {
            let problems: Vec<String> = parsed.problems.iter().map(ToString::to_string).collect();
            let empty = ParsedArticle::default();
            output.record(
                || {
                    let mut value = json::parsed(path, format, &empty);
                    value["problems"] = json!(problems);
                    value
                },
                || format!("{path}: nothing could be read"),
            )?;
        }
    }
    Ok(ended)
}

fn worse(ended: Ended) -> Ended {
    if ended == Ended::Refused { ended } else { Ended::Partly }
}

fn text(path: &str, format: &str, article: &ParsedArticle) -> String {
    let published = article.published.map(|published| match published {
        Published::Day(day) => day.to_string(),
        Published::At(at) => json::time(at),
    });
    let facts = [
        ("file", Some(format!("{path} ({format})"))),
        ("title", Some(article.title.clone())),
        ("authors", (!article.authors.is_empty()).then(|| article.authors.join(", "))),
        ("publisher", article.publisher.clone()),
        ("published", published),
        ("url", article.url.clone()),
        ("language", article.language.clone()),
        ("labels", (!article.labels.is_empty()).then(|| article.labels.join(", "))),
        ("lead", article.lead.clone()),
    ];
    let mut lines: Vec<String> = facts
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name:<10} {value}")))
        .collect();
    lines.extend(article.problems.iter().map(|problem| format!("problem    {problem}")));
    lines.push(String::new());
    lines.push(article.text.clone());
    lines.push(String::new());
    lines.join("\n")
}
