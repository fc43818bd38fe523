//! Every row of `LANGUAGE.md` holds.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{Facts, Language, Lookup, Matcher, Query, Text, Tool, Use, import};

const PAGE: &str = include_str!("../LANGUAGE.md");
/// The languages of the examples, as a topic would have them.
const LANGUAGES: [Language; 2] = [Language::English, Language::Russian];

/// The rows of a section's table, cell by cell.
fn rows(section: &str) -> Vec<Vec<&'static str>> {
    let start = PAGE.find(&format!("\n## {section}\n")).expect(section);
    let text = PAGE[start + 4..].split("\n## ").next().expect("a section");
    let cells = |line: &'static str| line.trim_matches('|').split(" | ").map(str::trim).collect();
    let rows: Vec<_> = text.lines().filter(|line| line.starts_with("| ")).skip(2).map(cells).collect();
    assert!(rows.len() > 1, "the table of {section}");
    rows
}

/// What stands between the marks of a cell.
fn marked(cell: &str, mark: char) -> Vec<&str> {
    cell.split(mark).skip(1).step_by(2).collect()
}

struct Lists(Vec<(&'static str, Query)>);

impl Lists {
    fn of_the_page() -> Lists {
        let block = PAGE.split("```lists\n").nth(1).and_then(|rest| rest.split("```").next()).expect("lists");
        let list = |line: &'static str| {
            let (name, query) = line.split_once(" = ").expect(line);
            (name, Query::parse(query).expect(line))
        };
        Lists(block.lines().map(list).collect())
    }
}

impl Lookup for Lists {
    fn list(&self, name: &str) -> Option<&Query> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, query)| query)
    }

    fn topic(&self, _: &str) -> Option<&Query> {
        None
    }
}

fn matcher(query: &str) -> Matcher {
    let parsed = Query::parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let expr = parsed.resolve(&Lists::of_the_page(), &LANGUAGES, Use::Search);
    Matcher::new(vec![expr.unwrap_or_else(|error| panic!("{query}: {error}"))])
}

/// Asks the queries of a row of its examples.
fn check(row: &[&str], finds: impl Fn(&Matcher, &str) -> bool) {
    let [write, _, found, not] = row else { panic!("{row:?} has not four cells") };
    let queries = marked(write, '`');
    assert!(!queries.is_empty() && !marked(found, '*').is_empty(), "{row:?} has an example");
    for query in queries {
        let matcher = matcher(query);
        for example in marked(found, '*') {
            assert!(finds(&matcher, example), "{query} does not find {example:?}");
        }
        for example in marked(not, '*') {
            assert!(!finds(&matcher, example), "{query} finds {example:?}");
        }
    }
}

#[test]
fn words_are_found_as_the_page_says() {
    let sections = ["Words", "Joining", "Nearness", "Places in the article", "Word lists and topics"];
    for row in sections.into_iter().flat_map(rows) {
        check(&row, |matcher, example| {
            let (title, body) = example.split_once(" — ").unwrap_or(("", example));
            matcher.is_match(&Text { title, body, ..Text::default() })
        });
    }
}

#[test]
fn filters_hold_as_the_page_says() {
    for row in rows("Filters") {
        check(&row, |matcher, example| with_facts(example, |text| matcher.is_match(text)));
    }
}

/// An article with the fact that an example names.
fn with_facts(example: &str, ask: impl Fn(&Text<'_>) -> bool) -> bool {
    let (name, value) = example.split_once('=').expect(example);
    let day = |text: &str| -> DateTime<Utc> {
        let day: NaiveDate = text.parse().expect(text);
        day.and_hms_opt(0, 0, 0).expect("midnight").and_utc()
    };
    let one = |wanted: &str| if name == wanted { vec![value.to_owned()] } else { Vec::new() };
    let (authors, labels, topics) =
        (one("author"), one("label"), if name == "topic" { vec![value] } else { vec![] });
    let facts = Facts {
        source: if name == "source" { value } else { "" },
        site: (name == "site").then_some(value),
        authors: &authors,
        labels: &labels,
        language: (name == "lang").then_some(value),
        at: (name == "date").then(|| day(value)),
        now: Some(day("2019-06-01")),
        topics: &topics,
        unread: example == "state=unread",
        starred: example == "state=starred",
    };
    ask(&Text { facts, ..Text::default() })
}

#[test]
fn mistakes_and_hints_are_said_as_the_page_says() {
    for row in rows("Mistakes") {
        let error = Query::parse(marked(row[0], '`')[0]).expect_err(row[0]);
        assert_eq!(error.message, row[1], "{}", row[0]);
    }
    for row in rows("Hints") {
        let warnings = Query::parse(marked(row[0], '`')[0]).expect(row[0]).warnings();
        assert!(warnings.iter().any(|warning| warning.message == row[1]), "{}: {warnings:?}", row[0]);
    }
}

#[test]
fn other_tools_queries_become_what_the_page_says() {
    for row in rows("From other tools") {
        let tool = Tool::ALL.into_iter().find(|tool| tool.to_string() == row[0]).expect(row[0]);
        let imported = import(tool, marked(row[1], '`')[0]).expect(row[1]);
        assert_eq!(imported.query.to_string(), marked(row[2], '`')[0], "{}", row[1]);
    }
}
