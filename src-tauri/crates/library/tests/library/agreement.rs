//! One meaning, two evaluators: what the index finds is what the matcher finds.

use proptest::prelude::*;
use wirewatch_library::{SearchOrder, SearchRequest};
use wirewatch_model::ArticleId;
use wirewatch_query::{Language, Matcher, NoNames, Query, Text, Use};

use crate::{World, article, news, noon};

/// Few words, so that coincidences are frequent: forms of one stem, an acronym and its pronoun,
/// two scripts, one that is written without spaces.
const WORDS: &[&str] = &[
    "oil",
    "oils",
    "US",
    "us",
    "U.S.",
    "Nato",
    "NATO",
    "talk",
    "talks",
    "talking",
    "война",
    "войны",
    "北",
    "京",
    "oil-talks",
];

fn text() -> impl Strategy<Value = String> {
    let separators = prop::sample::select(vec![" ", " ", " ", ", ", ". ", "\n\n", "-"]);
    prop::collection::vec((prop::sample::select(WORDS), separators), 0..12)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

fn query() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => prop::sample::select(WORDS).prop_map(str::to_owned),
        1 => prop::sample::select(WORDS).prop_map(|word| format!("\"{word}\"")),
        1 => prop::sample::select(vec!["\"oil talks\"", "\"us oil\"", "'US'", "=us", "'Nato'", "tal*", "вой*", "北京"])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} AND {b})")),
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} OR {b})")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} AND NOT {b})")),
            1 => (prop::sample::select(WORDS), prop::sample::select(WORDS), 0..4_u8, any::<bool>())
                .prop_map(|(a, b, n, ordered)| format!("({a} {}NEAR/{n} {b})", if ordered { "O" } else { "" })),
            1 => (prop::sample::select(WORDS), prop::sample::select(WORDS), prop::sample::select(WORDS))
                .prop_map(|(a, b, c)| format!("(({a} OR {b}) NEAR/2 {c})")),
            2 => (near(), prop::sample::select(WORDS)).prop_map(|(a, b)| format!("({a} AND NOT {b})")),
            1 => (near(), near()).prop_map(|(a, b)| format!("({a} OR {b})")),
            1 => near().prop_map(|a| format!("lead:{a}")),
            1 => near().prop_map(|a| format!("title:{a}")),
            1 => near().prop_map(|a| format!("ATLEAST/2 {a}")),
            1 => (prop::sample::select(WORDS), prop::sample::select(WORDS), 1..6_u8)
                .prop_map(|(a, b, n)| format!("SCORE/{n} ({a}^2 {b})")),
            1 => inner.clone().prop_map(|a| format!("title:({a})")),
            1 => inner.clone().prop_map(|a| format!("lead:({a})")),
            1 => inner.prop_map(|a| format!("body:({a})")),
            1 => (prop::sample::select(WORDS), prop::sample::select(WORDS))
                .prop_map(|(a, b)| format!("ATLEAST/2 ({a} OR {b})")),
        ]
    })
}

/// A word, one of several, or several side by side.
fn operand() -> impl Strategy<Value = String> {
    let word = prop::sample::select(WORDS);
    prop_oneof![
        3 => word.clone().prop_map(str::to_owned),
        2 => (word.clone(), word.clone()).prop_map(|(a, b)| format!("({a} OR {b})")),
        1 => (word.clone(), word).prop_map(|(a, b)| format!("(\"{a} {b}\" OR {a})")),
        1 => prop::sample::select(vec!["tal*", "вой*", "'Nato'", "=us"]).prop_map(str::to_owned),
    ]
}

/// Proximities in and beside one another.
fn near() -> impl Strategy<Value = String> {
    let near = prop_oneof![
        4 => (0..4_u8, any::<bool>()).prop_map(|(n, ordered)| format!("{}NEAR/{n}", if ordered { "O" } else { "" })),
        1 => Just("NEAR/S".to_owned()),
        1 => Just("NEAR/P".to_owned()),
    ];
    (operand(), near.clone(), operand(), near, operand())
        .prop_map(|(a, one, b, other, c)| format!("(({a} {one} {b}) {other} {c})"))
}

#[test]
fn a_word_that_must_not_stand_in_the_lead_may_stand_below_it() {
    let world = World::new();
    world.add(world.source("wire"), news(article("", "US oil\n\ntalks"), &[]));
    let query = Query::parse("lead:(US AND NOT talks)").unwrap();
    let expr = query.resolve(&NoNames, &[Language::English], Use::Search).unwrap();
    assert_eq!(world.library.search_count(&expr, noon(), 10).unwrap(), 1);
}

#[test]
fn a_query_may_nest_deeper_and_exclude_more_than_the_index_takes() {
    let world = World::new();
    let wire = world.source("wire");
    let many = |before: &str| (0..300).map(|number| format!("{before}w{number}")).collect::<String>();
    let all = many(" ");
    for (title, text) in [("a", "Oil left the port."), ("b", "Oil, w7"), ("c", "Zinc."), ("d", all.as_str())]
    {
        world.add(wire, news(article(title, text), &[]));
    }
    let but_for = many(" AND NOT ");
    let nested = |innermost: &str| {
        (0..28).fold(innermost.to_owned(), |inner, _| format!("(zinc OR (oil AND {inner}))"))
    };
    let excluding = |depth| {
        (0..depth).fold("port".to_owned(), |inner, _| format!("(oil AND NOT zinc AND NOT (w1 OR {inner}))"))
    };
    let nested_exclusions = (1..=18).map(|depth| (excluding(depth), 1));
    let queries = [
        (format!("oil{but_for}"), 1),
        (format!("oil ONEAR/9 port{but_for}"), 1),
        (format!("oil ONEAR/9 left{but_for}"), 1),
        (nested("port"), 2),
        (nested("(oil ONEAR/9 port)"), 2),
        (nested("(port ONEAR/9 oil)"), 1),
        (nested("(port AND NOT left)"), 1),
    ];
    for (query, count) in nested_exclusions.chain(queries) {
        let read = Query::parse(&query).unwrap();
        let expr = read.resolve(&NoNames, &[Language::English], Use::Search).unwrap();
        assert_eq!(world.library.search_count(&expr, noon(), 10).unwrap(), count, "{query}");
    }
}

/// How many libraries are made; `AGREEMENT_CASES` takes another number.
fn cases() -> u32 {
    std::env::var("AGREEMENT_CASES").ok().and_then(|number| number.parse().ok()).unwrap_or(60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn index_and_matcher_find_the_same(
        articles in prop::collection::vec((text(), text()), 1..12),
        queries in prop::collection::vec(query(), 30),
    ) {
        let world = World::new();
        let source = world.source("wire");
        for (number, (title, body)) in articles.iter().enumerate() {
            // The number keeps equal ones apart.
            world.add(source, news(article(&format!("{title} n{number}"), body), &[]));
        }
        for text in queries {
            let Ok(query) = Query::parse(&text) else { continue };
            // What makes no sense, such as a bare NOT, is refused alike everywhere.
            let Ok(expr) = query.resolve(&NoNames, &[Language::English, Language::Russian], Use::Search) else { continue };
            let matcher = Matcher::new(vec![expr.clone()]);
            let is_true = |(number, (title, body)): &(usize, &(String, String))| {
                let title = format!("{title} n{number}");
                !matcher.matches(&Text { title: &title, body, ..Text::default() }).is_empty()
            };
            let streamed: Vec<ArticleId> = articles
                .iter()
                .enumerate()
                .filter(is_true)
                .map(|(number, _)| ArticleId(number as i64 + 1))
                .rev()
                .collect();
            let request =
                SearchRequest { expr: &expr, before: None, limit: 100, order: SearchOrder::Newest, now: noon() };
            let found: Vec<ArticleId> =
                world.library.search(&request).unwrap().into_iter().map(|head| head.id).collect();
            prop_assert_eq!(&found, &streamed, "{} over {:?}", text, articles);
            let count = world.library.search_count(&expr, noon(), 1_000).unwrap();
            prop_assert_eq!(count as usize, streamed.len(), "count of {} over {:?}", text, articles);
            let reach = world.library.search_reach(&expr).unwrap();
            prop_assert!(reach.is_none_or(|reach| reach >= count), "{text} reaches {reach:?}, finds {count}");
        }
    }
}
