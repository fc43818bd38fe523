//! Texts, what they parse to, and what is said of broken ones.

use proptest::prelude::*;

use super::*;
use crate::{Leaf, Term};

fn printed(text: &str) -> String {
    Query::parse(text).map_or_else(|error| format!("error: {error}"), |query| query.to_string())
}

#[test]
fn queries_print_in_canonical_form() {
    let cases = [
        ("sanction", "sanction"),
        ("a b", "a AND b"),
        ("a AND b OR c", "(a AND b) OR c"),
        ("a OR b c", "a OR (b AND c)"),
        ("a NOT b", "a AND NOT b"),
        ("a AND NOT b -c -\"d e\" -(f g)", "a AND NOT b AND NOT c AND NOT \"d e\" AND NOT (f AND g)"),
        ("NOT a NEAR/3 b", "NOT a NEAR/3 b"),
        ("a NEAR b", "a NEAR/5 b"),
        ("a NEAR/8 b NEAR/2 c", "a NEAR/8 b NEAR/2 c"),
        ("a NEAR/8 (b NEAR/2 c)", "a NEAR/8 (b NEAR/2 c)"),
        ("(a OR b) ONEAR/3 \"c d\"", "(a OR b) ONEAR/3 \"c d\""),
        ("a NEAR/S b OR a ONEAR/P b", "a NEAR/S b OR a ONEAR/P b"),
        ("ATLEAST/3 (a OR b)", "ATLEAST/3 (a OR b)"),
        ("SCORE/6 (meddl*^3 \"troll farm\"^4 hacker^1)", "SCORE/6 (meddl*^3 \"troll farm\"^4 hacker)"),
        ("title:sanctions lead:(a OR b)", "title:sanctions AND lead:(a OR b)"),
        ("title: sanctions", "title:sanctions"),
        ("title:\"a b\" NEAR/3 c", "title:\"a b\" NEAR/3 c"),
        ("=Apple 'AT&T' 'O’Brien’ ‘x’", "'Apple' AND 'AT&T' AND 'O’Brien' AND 'x'"),
        ("“curly quotes” «and angles» „unten“", "\"curly quotes\" AND \"and angles\" AND \"unten\""),
        ("\"'US' troop* – home\"", "\"'US' troop* home\""),
        ("interfer* counter-terror*", "interfer* AND counter-terror*"),
        ("O’Brien d’élection п'ять", "O’Brien AND d’élection AND п'ять"),
        ("and or not near", "and AND or AND not AND near"),
        ("@us russia # a comment\n# another\nOR \"x\"", "(@us AND russia) OR \"x\""),
        (
            "source:\"BBC News\" site:bbc.co.uk author:O'Brien label:x lang:en",
            "source:\"BBC News\" AND site:bbc.co.uk AND author:\"O'Brien\" AND label:x AND lang:en",
        ),
        ("source:(bbc OR \"The Guardian\")", "source:bbc OR source:\"The Guardian\""),
        (
            "after:2019-05-01 before:2019-05-01T10:00:00+02:00",
            "after:2019-05-01 AND before:2019-05-01T08:00:00Z",
        ),
        ("newer:7d newer:36h newer:2w", "newer:1w AND newer:36h AND newer:2w"),
        ("topic:us-russia is:unread", "topic:us-russia AND is:unread"),
        ("北京*", "北京*"),
        ("Note: x", "Note: AND x"),
    ];
    for (text, expected) in cases {
        let canonical = printed(text);
        assert_eq!(canonical, expected, "canonical text of {text:?}");
        assert_eq!(printed(&canonical), canonical, "canonical text of {canonical:?}");
    }
}

#[test]
fn errors_name_the_place_and_the_repair() {
    let cases = [
        ("", 0..0, "write a word"),
        ("   # only a comment", 0..19, "write a word"),
        ("a AND", 2..5, "write a word after it"),
        ("a AND OR b", 6..8, "write one or remove it"),
        ("OR b", 0..2, "write one or remove it"),
        ("(a OR b", 0..1, "write `)`"),
        ("a)", 1..2, "remove it"),
        ("a ()", 2..4, "write a word inside"),
        ("(a OR )", 3..5, "write a word after it"),
        ("\"a b", 0..4, "write `\"`"),
        ("'a b", 0..2, "write `'`"),
        ("\"-\"", 0..3, "write a word"),
        ("a || b", 2..4, "write OR"),
        ("a && b", 2..4, "write AND"),
        ("a - b", 2..3, "write NOT"),
        ("!a", 0..2, "write NOT"),
        ("in*", 0..3, "at least 3 letters"),
        ("*ism", 0..4, "OR instead"),
        ("colo?r", 0..6, "with OR"),
        ("a*b", 0..3, "OR instead"),
        ("\"a b\"~5", 5..7, "NEAR/5"),
        ("a NEAR/500 b", 2..10, "NEAR/0 to NEAR/100"),
        ("a NEAR/x b", 2..8, "NEAR/P"),
        ("(a AND b) NEAR/3 c", 0..9, "take it out"),
        ("a NEAR/3 (NOT b)", 9..16, "take it out"),
        ("a NEAR/3 NOT b", 9..12, "NOT cannot stand here"),
        ("a NEAR/3 source:bbc", 9..19, "take it out"),
        ("ATLEAST a", 0..7, "ATLEAST/3"),
        ("ATLEAST/0 a", 0..9, "from 1"),
        ("ATLEAST/2 (a AND b)", 10..19, "take it out"),
        ("SCORE/3 a", 0..7, "brackets"),
        ("SCORE/3 (a OR b)", 11..13, "remove it"),
        ("SCORE/3 ()", 0..10, "write some"),
        ("a^3", 1..3, "remove it"),
        ("foo:bar", 0..7, "quote it"),
        ("source:", 0..7, "needs a value"),
        ("after:yesterday", 6..15, "year-month-day"),
        ("newer:7x", 6..8, "newer:7d"),
        ("is:read", 3..7, "is:unread"),
        ("lang:?", 5..6, "lang:en"),
        ("@ us", 0..1, "@us"),
        ("= x", 0..1, "=Apple"),
        ("a AND NOT", 6..9, "write a word after it"),
        ("AND", 0..3, "write one or remove it"),
        ("a NEAR/3", 2..8, "write a word after it"),
        ("a ONEAR/3 OR b", 10..12, "write one or remove it"),
        ("title:", 0..6, "write a word after it"),
        ("title:)", 0..6, "write a word after it"),
        ("source:(bbc, cnn)", 0..7, "joined by OR"),
        ("source:(bbc", 0..7, "joined by OR"),
        ("SCORE/3 (a b", 0..7, "write `)`"),
        ("SCORE/3 (a^x)", 10..12, "write a number after `^`"),
        ("SCORE/0 (a)", 0..7, "from 1"),
        ("«a b", 0..5, "write `\"`"),
        ("\"cyber c*d\"", 0..11, "OR instead"),
        ("a NOT (b", 6..7, "write `)`"),
        ("newer:0d", 6..8, "newer:7d"),
    ];
    for (text, span, repair) in cases {
        let error = Query::parse(text).expect_err(text);
        assert_eq!(error.start..error.end, span, "the place of the error in {text:?}: {error}");
        assert!(error.message.contains(repair), "{text:?} says {error}, not {repair:?}");
    }
}

#[test]
fn hostile_nesting_is_refused_without_a_crash() {
    for open in ["(", "NOT ", "-", "title:", "ATLEAST/2 ", "a NEAR/2 (", "SCORE/2 ("] {
        let text = format!("{}a", open.repeat(20_000));
        assert!(Query::parse(&text).is_err(), "{open:?} repeated");
    }
    let chain = format!("a{}", " NEAR/2 a".repeat(10_000));
    assert!(Query::parse(&chain).expect_err("a chain").message.contains("levels"), "long chains nest too");
    assert!(Query::parse(&"a ".repeat(200_000)).is_err(), "a text without end");
    assert!(Query::parse(&"a OR ".repeat(20_000)).is_err(), "no word at the end");
}

#[test]
fn lenient_reading_keeps_what_it_can() {
    let cases = [
        ("", "", 1),
        ("russia AND", "russia", 1),
        ("russia AND (election", "russia AND election", 1),
        ("\"white hou", "\"white hou\"", 1),
        ("a OR OR b)", "a OR b", 2),
        ("a NEAR/ b", "a AND b", 1),
        ("a NEAR/3", "a", 1),
        ("a NEAR/3 (", "a", 2),
        ("NEAR/3 b", "b", 1),
        ("a AND (b OR (c", "a AND (b OR c)", 2),
        ("a AND NOT", "a", 1),
        ("a -", "a", 1),
        ("title:", "", 1),
        ("a title:", "a", 1),
        ("ATLEAST/", "", 1),
        ("ATLEAST/2", "", 1),
        ("SCORE/3 (a^2 b", "SCORE/3 (a^2 b)", 1),
        ("SCORE/3 (a^", "SCORE/3 (a)", 2),
        ("source:(bbc OR ", "source:bbc", 2),
        ("source:", "", 1),
        ("a after:2019-", "a", 1),
        ("a 'b", "a", 1),
        ("a @", "a", 1),
        ("a in*", "a", 1),
        ("((((", "", 5),
        (")))) a", "a", 4),
        ("a AND AND AND b", "a AND b", 2),
    ];
    for (text, expected, problems) in cases {
        let (query, errors) = Query::parse_lenient(text);
        assert_eq!(query.to_string(), expected, "what is left of {text:?}");
        assert_eq!(errors.len(), problems, "problems of {text:?}: {errors:?}");
    }
}

struct Named(Vec<(&'static str, Query)>);

impl Lookup for Named {
    fn list(&self, name: &str) -> Option<&Query> {
        self.topic(name)
    }

    fn topic(&self, name: &str) -> Option<&Query> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, query)| query)
    }
}

fn named(queries: &[(&'static str, &str)]) -> Named {
    Named(queries.iter().map(|(name, text)| (*name, Query::parse(text).expect("a query"))).collect())
}

fn resolved(text: &str, purpose: Use) -> Result<Expr, QueryError> {
    let names = named(&[
        ("us", "US OR Washington"),
        ("deep", "@us OR NATO"),
        ("all", "a AND b"),
        ("round", "a OR @about"),
        ("about", "@round"),
        ("ring", "a topic:ring"),
        ("russia", "russia"),
        ("void", "NOT a"),
    ]);
    Query::parse(text).expect(text).resolve(&names, &Language::DEFAULT, purpose)
}

#[test]
fn words_resolve_to_the_forms_of_their_script() {
    let stem = |language, stem: &str| Leaf::Stem(language, stem.to_owned());
    let one = |leaf| Expr::Term(Term(vec![leaf]));
    let cases = [
        ("sanctions", one(stem(Language::English, "sanction"))),
        ("санкции", one(stem(Language::Russian, "санкц"))),
        ("us", one(stem(Language::English, "us"))),
        ("US", one(Leaf::Acronym("US".to_owned()))),
        ("U.S.", one(Leaf::Acronym("US".to_owned()))),
        ("AT&T", one(Leaf::Acronym("AT&T".to_owned()))),
        ("2016", one(Leaf::Folded("2016".to_owned()))),
        ("Αθήνα", one(Leaf::Folded("αθηνα".to_owned()))),
        ("\"Sanctions\"", one(Leaf::Folded("sanctions".to_owned()))),
        ("=Apple", one(Leaf::Exact("Apple".to_owned()))),
        ("Interfér*", one(Leaf::Prefix("interfer".to_owned()))),
    ];
    for (text, expected) in cases {
        assert_eq!(resolved(text, Use::Search), Ok(expected), "the meaning of {text:?}");
    }
}

#[test]
fn compounds_find_their_parts_and_the_joined_word() {
    let stem = |stem: &str| Term(vec![Leaf::Stem(Language::English, stem.to_owned())]);
    let expected = Expr::Or(vec![
        Expr::Compound(vec![stem("counter"), stem("terror")]),
        Expr::Term(stem("counterterror")),
    ]);
    assert_eq!(resolved("counter-terrorism", Use::Topic), Ok(expected.clone()));
    assert_eq!(resolved("counter–terrorism", Use::Topic), Ok(expected));
    assert!(
        matches!(resolved("d’élection", Use::Topic), Ok(Expr::Compound(_))),
        "elisions have no joined form"
    );
    assert!(
        matches!(resolved("北京", Use::Topic), Ok(Expr::Compound(_))),
        "Han words are phrases of characters"
    );
}

#[test]
fn names_are_put_in_place() {
    assert_eq!(resolved("@us", Use::Search), resolved("US OR Washington", Use::Search));
    assert!(resolved("@deep NEAR/3 a", Use::Search).is_ok(), "lists name lists and stand beside NEAR");
    assert_eq!(resolved("topic:russia", Use::Topic), resolved("russia", Use::Topic));
    assert_eq!(resolved("topic:russia", Use::Search), Ok(Expr::Filter(Filter::Topic("russia".to_owned()))));
}

#[test]
fn what_makes_no_sense_is_refused_with_its_place() {
    let cases = [
        ("a AND @nobody", Use::Search, 6..13, "no word list"),
        ("a AND @all", Use::Search, 6..10, "joined by OR"),
        ("a AND @round", Use::Search, 6..12, "(@round → @about → @round): take it out"),
        ("a topic:ring", Use::Topic, 2..12, "(topic:ring → topic:ring): take it out"),
        ("a topic:nobody", Use::Topic, 2..14, "no topic"),
        ("a is:unread", Use::Topic, 2..11, "remove it"),
        ("NOT a", Use::Topic, 0..5, "must be"),
        ("a OR NOT b", Use::Topic, 0..10, "must be"),
        ("NOT a", Use::Search, 0..5, "must be"),
        ("topic:void", Use::Topic, 0..10, "must be"),
    ];
    for (text, purpose, span, message) in cases {
        let error = resolved(text, purpose).expect_err(text);
        assert_eq!(error.start..error.end, span, "the place of the error in {text:?}: {error}");
        assert!(error.message.contains(message), "{text:?} says {error}, not {message:?}");
    }
    for text in ["NOT a source:bbc", "is:unread", "a NOT b"] {
        assert!(resolved(text, Use::Search).is_ok(), "{text:?} is a search");
    }
}

#[test]
fn topics_that_double_at_every_name_are_refused() {
    let names: Vec<(&'static str, String)> = ["a", "b", "c", "d", "e", "f", "g", "h"]
        .windows(2)
        .map(|pair| (pair[0], vec![format!("topic:{}", pair[1]); 9].join(" OR ")))
        .chain([("h", "word".to_owned())])
        .collect();
    let names: Vec<(&'static str, &str)> = names.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let query = Query::parse("topic:a").expect("a query");
    let error = query.resolve(&named(&names), &[], Use::Topic).expect_err("nine to the seventh words");
    assert!(error.message.contains("parts"), "{error}");
}

/// Texts that look like queries.
fn query_like() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        8 => "[a-zа-яA-Z北é'’.&+-]{1,6}",
        2 => "[a-z]{2,5}\\*",
        2 => proptest::sample::select(vec![
            "AND", "OR", "NOT", "-", "(", ")", "NEAR/3", "ONEAR/2", "NEAR/S", "NEAR", "ATLEAST/2", "SCORE/4 (", "^2",
        ]).prop_map(String::from),
        1 => proptest::sample::select(vec![
            "title:", "lead:", "source:bbc", "source:(a OR \"b c\")", "after:2019-05-01", "newer:3d", "@us", "topic:x",
            "is:unread", "# x\n", "=Apple", "'AT&T'", "\"a b*\"", "«c 'D'»", "“e", "*", "^", "|",
        ]).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec((token, prop_oneof![4 => Just(" "), 1 => Just("")]), 0..14)
        .prop_map(|tokens| tokens.into_iter().map(|(token, space)| token + space).collect())
}

fn check_text(text: &str) -> Result<(), TestCaseError> {
    let (query, errors) = Query::parse_lenient(text);
    let spans = errors.iter().map(|error| error.start..error.end);
    let context = Context { names: &NoNames, languages: &Language::DEFAULT, purpose: Use::Search };
    let warnings = query.warnings_in(&context, None);
    let spans = spans.chain(warnings.into_iter().map(|warning| warning.start..warning.end));
    let described = query.describe(&context);
    prop_assert!(!described.text.is_empty(), "no words for {text:?}");
    let spans = spans.chain(std::iter::once(described.start..described.end));
    for span in spans.collect::<Vec<_>>() {
        prop_assert!(text.get(span.clone()).is_some(), "{span:?} is no place in {text:?}");
    }
    if errors.is_empty() {
        let canonical = query.to_string();
        prop_assert_eq!(Query::parse(&canonical), Ok(query), "parsing {}", canonical);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn any_text_is_read_and_printing_is_identity(text in any::<String>()) {
        check_text(&text)?;
    }

    #[test]
    fn any_query_is_read_and_printing_is_identity(text in query_like()) {
        check_text(&text)?;
    }
}
