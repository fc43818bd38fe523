//! Any query over any article, parted by NUL: hits lie inside it, a query answers the same alone
//! and among others, and the explanation agrees with the match.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wirewatch_query::{Context, Hit, Language, Matcher, NoNames, Query, Text, Use, explain};

fuzz_target!(|input: &str| {
    let mut parts = input.splitn(4, '\0');
    let mut next = || parts.next().unwrap_or_default();
    let (query, title, lead, body) = (next(), next(), next(), next());
    let text = Text { title, lead, body, ..Text::default() };
    let Ok(query) = Query::parse(query) else { return };
    let languages = &Language::ALL;
    let Ok(expr) = query.resolve(&NoNames, languages, Use::Search) else { return };
    let other = Query::parse("a OR ATLEAST/2 (the NEAR/S of)").expect("a query");
    let other = other.resolve(&NoNames, languages, Use::Search).expect("a query");

    let alone = Matcher::new(vec![expr.clone()]);
    let found = alone.matches(&text).pop().map(|matched| matched.hits);
    for hit in found.iter().flatten() {
        let passage = text.field(hit.field).get(hit.start..hit.end);
        assert!(passage.is_some_and(|passage| !passage.is_empty()), "{hit:?} is no place");
    }
    assert_eq!(alone.is_match(&text), found.is_some(), "asked whether and where");
    let set = Matcher::new(vec![other, expr]);
    let among: Option<Vec<Hit>> =
        set.matches(&text).into_iter().find(|matched| matched.index == 1).map(|matched| matched.hits);
    assert_eq!(among, found, "a query answers the same alone and among others");

    let context = Context { names: &NoNames, languages, purpose: Use::Search };
    let explanation = explain(&query, &context, &text).expect("a query that resolves");
    assert_eq!(explanation.matches, found.is_some(), "the explanation agrees");
});
