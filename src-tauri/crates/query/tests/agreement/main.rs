//! The matcher against an oracle that is nothing but the definitions, on random queries over
//! random articles of so few words that everything coincides.
//!
//! `AGREEMENT_CASES` sets how many pairs of query and article are tried, `AGREEMENT_SEED` where to
//! start.

mod dice;
mod oracle;

use dice::Dice;
use oracle::Oracle;
use wirewatch_query::{Expr, Facts, Language, Lookup, Matcher, Query, Text, Use};

const CASES: u64 = 20_000;
const QUERIES_A_SET: usize = 6;
const ARTICLES_A_SET: usize = 4;

const WORDS: &[&str] = &[
    "us",
    "US",
    "U.S.",
    "Us",
    "russia",
    "Russia",
    "Russian",
    "RUSSIA",
    "hack",
    "hacked",
    "Hacking",
    "vote",
    "votes",
    "VOTE",
    "voter",
    "Trump's",
    "d’hack",
    "AT&T",
    "hack-vote",
    "hackvote",
    "санкции",
    "санкций",
    "САНКЦИИ",
    "Россия",
    "России",
    "ёлка",
    "елки",
    "北京",
    "京",
    "北",
    "Élan",
    "elan",
    "NATO",
    "Nato",
    "nato",
];

const TERMS: &[&str] = &[
    "us",
    "US",
    "U.S.",
    "russia",
    "Russia",
    "hack",
    "hacking",
    "vote",
    "voters",
    "hack-vote",
    "US-russia",
    "us-hack",
    "votes-us-russia",
    "trump",
    "санкция",
    "россия",
    "ёлка",
    "北京",
    "京",
    "rus*",
    "vot*",
    "hack-vot*",
    "сан*",
    "'Russia'",
    "=US",
    "'AT&T'",
    "AT&T",
    "'Élan'",
    "elan",
    "NATO",
    "\"us\"",
    "\"hack votes\"",
    "\"russia vot*\"",
    "\"us us\"",
    "\"'US' hack\"",
    "\"санкции россия\"",
    "\"北京\"",
    "@few",
    "@many",
];

const SEPARATORS: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    ", ",
    ". ",
    "! ",
    "-",
    "/",
    "\n",
    "\n\n",
    "。",
    " \u{200b}",
    " Mr. ",
    " $ ",
    "? \"",
    " (",
    "; ",
    "\" ",
];

#[test]
fn matcher_and_oracle_agree() {
    let setting = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    let cases: u64 = setting("AGREEMENT_CASES").unwrap_or(CASES);
    let mut dice = Dice::new(setting("AGREEMENT_SEED").unwrap_or(1));
    let names = Names::new();
    let (mut tried, mut matched) = (0, 0);
    while tried < cases {
        let queries: Vec<(String, Expr)> = (0..QUERIES_A_SET).map(|_| query(&mut dice, &names)).collect();
        let matcher = Matcher::new(queries.iter().map(|(_, expr)| expr.clone()).collect());
        for _ in 0..ARTICLES_A_SET {
            let (title, lead, body) = (article(&mut dice, 4), article(&mut dice, 5), article(&mut dice, 24));
            let facts = Facts { source: if dice.one_in(2) { "BBC" } else { "" }, ..Facts::default() };
            let text = Text { title: &title, lead: &lead, body: &body, facts };
            let oracle = Oracle::new(&text);
            let mut found = matcher.matches(&text).into_iter().peekable();
            for (index, (query, expr)) in queries.iter().enumerate() {
                let actual = found.next_if(|found| found.index == index).map(|found| found.hits);
                let expected = oracle.hits(expr);
                matched += u64::from(expected.is_some());
                assert_eq!(actual, expected, "{query}\nof {text:?}\nresolved {expr:?}");
                tried += 1;
            }
        }
    }
    assert!(matched * 10 > tried, "only {matched} of {tried} pairs matched: the dice are loaded");
}

/// The word lists of the test.
struct Names {
    few: Query,
    many: Query,
}

impl Names {
    fn new() -> Names {
        let query = |text| Query::parse(text).expect(text);
        Names {
            few: query("US OR moscow"),
            many: query("@few OR \"hack vote\" OR vot* OR 京 OR (russia NEAR/1 hack)"),
        }
    }
}

impl Lookup for Names {
    fn list(&self, name: &str) -> Option<&Query> {
        match name {
            "few" => Some(&self.few),
            "many" => Some(&self.many),
            _ => None,
        }
    }

    fn topic(&self, _: &str) -> Option<&Query> {
        None
    }
}

fn article(dice: &mut Dice, most: usize) -> String {
    let mut text = String::new();
    for _ in 0..dice.below(most + 1) {
        text.push_str(dice.pick(WORDS));
        text.push_str(dice.pick(SEPARATORS));
    }
    text
}

/// A query with its text; those without a positive part are thrown again.
fn query(dice: &mut Dice, names: &Names) -> (String, Expr) {
    loop {
        let text = clause(dice, 3);
        let query = Query::parse(&text).expect(&text);
        let languages = [Language::English, Language::Russian, Language::French];
        let languages = &languages[..=dice.below(2)];
        if let Ok(expr) = query.resolve(names, languages, Use::Topic) {
            return (text, expr);
        }
    }
}

fn clause(dice: &mut Dice, depth: usize) -> String {
    if depth == 0 {
        return positional(dice, 0);
    }
    let part = |dice: &mut Dice| clause(dice, depth - 1);
    match dice.below(12) {
        0 | 1 => format!("({}) AND ({})", part(dice), part(dice)),
        2 => format!("({}) OR ({})", part(dice), part(dice)),
        3 => format!("({}) AND NOT ({})", part(dice), part(dice)),
        4 => format!("{}:({})", dice.pick(&["title", "lead", "body"]), part(dice)),
        5 => format!("ATLEAST/{} ({})", 1 + dice.below(4), positional(dice, depth)),
        6 => {
            let term = |dice: &mut Dice| format!("({})^{}", positional(dice, depth - 1), 1 + dice.below(3));
            format!("SCORE/{} ({} {} {})", 1 + dice.below(9), term(dice), term(dice), term(dice))
        }
        7 => format!("({}) source:bbc", part(dice)),
        8 => format!("({}) OR NOT ({})", part(dice), part(dice)),
        _ => positional(dice, depth),
    }
}

fn positional(dice: &mut Dice, depth: usize) -> String {
    if depth == 0 || dice.one_in(3) {
        return dice.pick(TERMS).to_owned();
    }
    let part = |dice: &mut Dice| positional(dice, depth - 1);
    match dice.below(6) {
        0 => format!("({} OR {})", part(dice), part(dice)),
        1 => format!("{}:({})", dice.pick(&["title", "lead", "body"]), part(dice)),
        _ => {
            let order = dice.pick(&["", "O"]);
            let within = dice.pick(&["0", "1", "3", "8", "S", "P"]);
            format!("(({}) {order}NEAR/{within} ({}))", part(dice), part(dice))
        }
    }
}
