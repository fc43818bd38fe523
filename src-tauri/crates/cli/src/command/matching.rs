//! `match` and `explain`.

use std::io::{self, BufRead, BufReader};
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use wirewatch_library::TopicMatch;
use wirewatch_model::{ArticleId, ParsedArticle, Topic, TopicId};
use wirewatch_monitor::{Clock as _, Monitor, SystemClock, Topics, read_packs};
use wirewatch_query::{Clause, Explanation, Hit, sentence_at};

use super::input::{Unreadable, read_and_parse};
use super::missing;
use crate::arguments::Match;
use crate::output::{Ended, Output};
use crate::{json, time};

/// The longest line of a JSON Lines file that is read, in bytes.
const LONGEST_LINE: usize = 64 << 20;

/// Matches with topics from files.
pub(crate) fn with_files(arguments: &Match, output: &mut Output) -> Result<Ended> {
    let mut topics = Vec::new();
    let mut lists = Vec::new();
    for file in &arguments.topics {
        for pack in read_packs(&file.to_string_lossy(), &read_text(file)?)? {
            topics.push(pack.topic());
            lists.extend(pack.lists());
        }
    }
    run(&Topics::compile(topics, &lists), arguments, output)
}

/// Matches with the library's topics.
pub(crate) fn with_library(monitor: &Monitor, arguments: &Match, output: &mut Output) -> Result<Ended> {
    run(&monitor.topics(), arguments, output)
}

fn run(topics: &Topics, arguments: &Match, output: &mut Output) -> Result<Ended> {
    for (topic, error) in topics.broken() {
        output.trouble(format!(
            "topic {topic} cannot be used: {error} (characters {}–{})",
            error.start, error.end
        ));
    }
    let mut run = Run { topics, output, found: false, failed: !topics.broken().is_empty() };
    match &arguments.jsonl {
        Some(file) => run.lines(file)?,
        None => arguments.paths.iter().try_for_each(|path| run.file(path))?,
    }
    Ok(if run.failed || !run.found { Ended::Partly } else { Ended::Done })
}

struct Run<'a> {
    topics: &'a Topics,
    output: &'a mut Output,
    found: bool,
    failed: bool,
}

impl Run<'_> {
    fn file(&mut self, path: &str) -> Result<()> {
        let parsed = match read_and_parse(path, None) {
            Ok(parsed) => parsed,
            Err(Unreadable::Missing(message)) => bail!(message),
            Err(Unreadable::Failed(message)) => {
                self.output.trouble(message);
                self.failed = true;
                return Ok(());
            }
        };
        for problem in &parsed.problems {
            self.output.trouble(format!("{path}: {problem}"));
            self.failed = true;
        }
        parsed.articles.iter().try_for_each(|article| self.article(("file", path.into()), article, ""))
    }

    fn lines(&mut self, file: &str) -> Result<()> {
        let input: Box<dyn BufRead> = match file {
            "-" => Box::new(BufReader::new(io::stdin())),
            _ => Box::new(BufReader::new(std::fs::File::open(file).with_context(|| file.to_owned())?)),
        };
        for (number, line) in (1..).zip(bounded_lines(input)) {
            let line = line.with_context(|| file.to_owned())?;
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            match serde_json::from_slice::<Value>(&line)
                .map_err(|error| error.to_string())
                .and_then(|v| from_json(&v))
            {
                Ok((id, article, source)) => self.article(("id", id), &article, &source)?,
                Err(reason) => {
                    self.output.trouble(format!("{file}, line {number}: {reason}"));
                    self.failed = true;
                }
            }
        }
        Ok(())
    }

    fn article(&mut self, name: (&str, Value), article: &ParsedArticle, source: &str) -> Result<()> {
        let matches = self.topics.match_article(article, source, SystemClock.now());
        self.found |= !matches.is_empty();
        let (key, name) = name;
        self.output.record(
            || {
                let topics: Vec<Value> = matches.iter().map(|one| matched(article, one)).collect();
                json!({key: name, "topics": topics})
            },
            || text(&name, article, &matches),
        )?;
        Ok(())
    }
}

fn matched(article: &ParsedArticle, one: &TopicMatch) -> Value {
    let hits = one.found.hits.iter().map(|hit| json::hit(article, *hit, &sentence(article, *hit)));
    json!({"topic": one.found.topic.as_str(), "hits": hits.collect::<Vec<_>>()})
}

fn text(name: &Value, article: &ParsedArticle, matches: &[TopicMatch]) -> String {
    let name = name.as_str().map_or_else(|| name.to_string(), str::to_owned);
    let mut lines = vec![format!("{name}: {}", article.title)];
    if matches.is_empty() {
        lines.push("    no topic".to_owned());
    }
    for one in matches {
        lines.push(format!("    {}: {}", one.found.topic, one.found.sentence));
    }
    lines.join("\n")
}

/// `{"id","title","text","source"?,"author"?,"date"?,"language"?}`.
fn from_json(value: &Value) -> Result<(Value, ParsedArticle, String), String> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let id = value.get("id").filter(|id| !id.is_null()).ok_or("the line has no \"id\"")?;
    let article = ParsedArticle {
        title: text("title").unwrap_or_default().to_owned(),
        text: text("text").ok_or("the line has no \"text\"")?.to_owned(),
        lead: text("lead").map(str::to_owned),
        authors: text("author").map(str::to_owned).into_iter().collect(),
        published: text("date").and_then(time::published),
        url: text("url").map(str::to_owned),
        language: text("language").map(str::to_owned),
        ..ParsedArticle::default()
    };
    Ok((id.clone(), article, text("source").unwrap_or_default().to_owned()))
}

fn bounded_lines(mut input: Box<dyn BufRead>) -> impl Iterator<Item = io::Result<Vec<u8>>> {
    std::iter::from_fn(move || {
        let mut line = Vec::new();
        match io::Read::take(&mut input, LONGEST_LINE as u64).read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(_) => Some(Ok(line)),
            Err(error) => Some(Err(error)),
        }
    })
}

/// Says why a topic matches an article, or what keeps it from matching.
pub(crate) fn explain(monitor: &Monitor, topic: &str, article: &str, output: &mut Output) -> Result<Ended> {
    let id = TopicId::from_name(topic);
    let topic = monitor.library().topic(&id)?.ok_or_else(|| missing("topic", &id))?;
    let (article, source) = load(monitor, article)?;
    let explanation = monitor.topics().explain(&topic, &article, &source, monitor.now())?;
    output.record(
        || explained(&topic, &article, &explanation),
        || explained_text(&topic, &article, &explanation),
    )?;
    Ok(Ended::partly_if(!explanation.matches))
}

/// An article of the library by its number, or a file.
fn load(monitor: &Monitor, name: &str) -> Result<(ParsedArticle, String)> {
    if let Ok(number) = name.parse()
        && let Some(article) = monitor.library().article(ArticleId(number))?
    {
        return Ok((article.content, article.source_name));
    }
    match read_and_parse(name, None) {
        Ok(parsed) => match parsed.articles.into_iter().next() {
            Some(article) => Ok((article, String::new())),
            None => bail!("{name}: {}", parsed.problems.first().map_or("no article in it", |p| &p.message)),
        },
        Err(Unreadable::Missing(_)) => {
            bail!("there is neither an article {name} in the library nor such a file")
        }
        Err(Unreadable::Failed(message)) => bail!(message),
    }
}

fn explained(topic: &Topic, article: &ParsedArticle, explanation: &Explanation) -> Value {
    let clauses: Vec<Value> =
        explanation.clauses.iter().map(|clause| explained_clause(article, clause)).collect();
    let wording = |at: usize| explanation.clauses.get(at).map(|clause| clause.clause.as_str());
    json!({
        "topic": topic.id.as_str(),
        "version": topic.version.0,
        "query": topic.query,
        "matches": explanation.matches,
        "clauses": clauses,
        "missing": explanation.missing.iter().filter_map(|at| wording(*at)).collect::<Vec<_>>(),
        "failing": explanation.failing().and_then(wording),
    })
}

fn explained_clause(article: &ParsedArticle, clause: &Clause) -> Value {
    let hits = clause.hits.iter().map(|hit| json::hit(article, *hit, &sentence(article, *hit)));
    json!({
        "clause": clause.clause, "described": clause.described, "true": clause.is_true, "depth": clause.depth,
        "start": clause.span.as_ref().map(|span| span.start), "end": clause.span.as_ref().map(|span| span.end),
        "hits": hits.collect::<Vec<_>>(),
    })
}

fn explained_text(topic: &Topic, article: &ParsedArticle, explanation: &Explanation) -> String {
    let verdict = if explanation.matches { "matches" } else { "does not match" };
    let mut lines = vec![format!("{verdict} {}, version {}", topic.id, topic.version)];
    for clause in &explanation.clauses {
        let mark = if clause.is_true { "yes" } else { "no " };
        let indent = "  ".repeat(clause.depth);
        lines.push(format!("{mark} {indent}{}", clause.clause));
        if let Some(hit) = clause.hits.first() {
            let passage = json::passage(article, *hit);
            let field = json::field_name(hit.field);
            lines.push(format!("    {indent}“{passage}” in {field}: {}", sentence(article, *hit)));
        }
    }
    lines.extend(missing_text(explanation));
    lines.join("\n")
}

/// What would have to be otherwise, for a query that does not match.
fn missing_text(explanation: &Explanation) -> Option<String> {
    let described = |at: &usize| explanation.clauses.get(*at).map(|clause| clause.described.as_str());
    let missing: Vec<&str> = explanation.missing.iter().filter_map(described).collect();
    match (explanation.failing(), &missing[..]) {
        (_, []) => None,
        (Some(_), [only]) => Some(format!("all of it is there but: {only}")),
        _ => Some(format!("what is missing: {}", missing.join("; "))),
    }
}

/// The sentence around a passage, white space evened out.
fn sentence(article: &ParsedArticle, hit: Hit) -> String {
    let field = json::field(article, hit.field);
    even_spaces(field.get(sentence_at(field, hit.start, hit.end)).unwrap_or_default())
}

fn even_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read_text(file: &PathBuf) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| file.display().to_string())
}
