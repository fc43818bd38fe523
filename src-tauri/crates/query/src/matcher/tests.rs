//! What analysts expect of a match.

use proptest::prelude::*;

use super::*;
use crate::{Field, Language, NoNames, Query, Use};

const LANGUAGES: [Language; 4] = [Language::English, Language::Russian, Language::German, Language::French];

fn compiled(query: &str) -> Matcher {
    let query = Query::parse(query).expect(query);
    Matcher::new(vec![
        query.resolve(&NoNames, &LANGUAGES, Use::Search).expect("a query with a positive part"),
    ])
}

/// The passages of a body that make a query true; none if it is not.
fn found<'a>(query: &str, body: &'a str) -> Option<Vec<&'a str>> {
    let matched = compiled(query).matches(&Text { body, ..Text::default() });
    matched.first().map(|matched| matched.hits.iter().map(|hit| &body[hit.start..hit.end]).collect())
}

#[test]
fn a_text_made_to_hurt_is_not_matched_without_a_passage() {
    let body = format!("{}bravo {}", "alpha ".repeat(700), "charlie ".repeat(700));
    let query = "(alpha NEAR/P bravo) NEAR/P (charlie NEAR/P bravo)";
    assert_eq!(found(query, &body), None, "both sides share the only bravo");
}

const TIES: &str = "Ties between the two countries have been poisoned by allegations, which Moscow denies, that Russia \
                    tried to influence the results of the 2016 U.S. presidential election in favor of Donald Trump.";

#[test]
fn sentences_of_the_trade_are_found() {
    let cases: [(&str, Option<&[&str]>); 12] = [
        ("influence NEAR/8 election", Some(&["influence", "election"])),
        ("influence NEAR/6 election", None),
        ("election ONEAR/8 influence", None),
        ("US NEAR/3 election", Some(&["U.S.", "election"])),
        ("russia AND (meddl* OR influenc*)", Some(&["Russia", "influence"])),
        ("\"presidential election\" NEAR/S allegation", Some(&["allegations", "presidential election"])),
        ("elections", Some(&["election"])),
        ("\"elections\"", None),
        ("ATLEAST/2 (russia OR moscow)", Some(&["Moscow", "Russia"])),
        ("ATLEAST/3 (russia OR moscow)", None),
        ("SCORE/5 (influenc*^3 moscow^2 hack*)", Some(&["Moscow", "influence"])),
        ("russia NOT trump", None),
    ];
    for (query, expected) in cases {
        assert_eq!(found(query, TIES).as_deref(), expected, "{query}");
    }
}

#[test]
fn acronyms_are_not_pronouns() {
    for body in ["They told us.", "Us and them.", "Bus stops."] {
        assert_eq!(found("US", body), None, "{body}");
    }
    for body in ["The US said", "the U.S.'s envoy", "U.S.-led talks", "a US$5bn loan", "the U.S"] {
        assert!(found("U.S.", body).is_some(), "{body}");
    }
    assert!(found("NATO", "Nato said").is_some() && found("us", "The US said").is_some());
}

#[test]
fn compounds_are_found_however_they_are_written() {
    for body in [
        "counter-terrorism",
        "counter terrorism",
        "counterterrorism",
        "counter\u{2011}terrorism",
        "Counter/terrorism",
    ] {
        assert!(found("counter-terrorism", body).is_some(), "{body}");
    }
    assert!(found("US-Russia", "U.S.–Russia talks").is_some());
    assert!(found("us-außenminister", "Der US-Außenminister kam").is_some());
    assert!(found("élection", "la tentative d’élection").is_some());
    assert!(found("российско-американские", "российско-американских отношений").is_some());
    assert_eq!(found("北京", "我爱北京大学"), Some(vec!["北京"]));
}

#[test]
fn nothing_spans_two_fields() {
    let text =
        Text { title: "Russia sanctions", lead: "Talks begin", body: "Election day", ..Text::default() };
    for query in
        ["sanctions NEAR/5 talks", "\"sanctions talks\"", "talks NEAR/P election", "begin NEAR/S election"]
    {
        assert!(!compiled(query).is_match(&text), "{query}");
    }
    assert!(compiled("sanctions AND talks AND election").is_match(&text));
}

#[test]
fn scopes_look_at_their_part_only() {
    let text = Text {
        title: "Title word",
        lead: "Lead word",
        body: "First paragraph.\nStill first.\n\nSecond paragraph.",
        ..Text::default()
    };
    let cases = [
        ("title:word", true),
        ("title:lead", false),
        ("lead:word", true),
        ("lead:first", true),
        ("lead:still", true),
        ("lead:second", false),
        ("lead:(word AND first)", true),
        ("body:second", true),
        ("body:word", false),
        ("title:body:word", false),
        ("lead:body:first", true),
        ("lead:body:word", false),
        ("body:ATLEAST/2 paragraph", true),
        ("lead:ATLEAST/2 paragraph", false),
        ("title:(word NEAR/0 title)", true),
    ];
    for (query, expected) in cases {
        assert_eq!(compiled(query).is_match(&text), expected, "{query}");
    }
    let hits = compiled("lead:first").matches(&text).remove(0).hits;
    assert_eq!(hits.len(), 2, "both places of the first paragraph are marked: {hits:?}");
    assert!(hits.iter().all(|hit| hit.field == Field::Body));
}

#[test]
fn sentences_and_paragraphs_bound_a_near() {
    let body = "Russia voted. The U.S. election came.\n\nTrump won.";
    for (query, expected) in [
        ("russia NEAR/S voted", true),
        ("russia NEAR/S election", false),
        ("russia NEAR/P election", true),
        ("election ONEAR/P russia", false),
        ("election NEAR/P trump", false),
    ] {
        assert_eq!(found(query, body).is_some(), expected, "{query}");
    }
}

#[test]
fn a_third_word_may_stand_between_two() {
    let body = "The US talks with Russia went on. China waited.";
    for (query, expected) in [
        ("(us NEAR/S russia) NEAR/S talks", true),
        ("(us NEAR/P russia) NEAR/P talks", true),
        ("(us NEAR/8 russia) NEAR/2 talks", true),
        ("talks NEAR/0 (us NEAR/8 russia)", true),
        ("(us NEAR/S russia) NEAR/S china", false),
        ("(us NEAR/8 russia) NEAR/2 china", true),
        ("(us NEAR/8 russia) NEAR/1 china", false),
        ("(us NEAR/8 russia) ONEAR/8 talks", false),
        ("(us NEAR/8 russia) ONEAR/8 went", true),
        // One word never serves two operands.
        ("(us NEAR/S russia) NEAR/S us", false),
        ("(us NEAR/S russia) NEAR/S rus*", false),
        ("\"us talks\" NEAR/S talks", false),
        ("(\"us talks\" NEAR/S russia) NEAR/S talks", false),
        ("(us NEAR/S russia) NEAR/S (talks NEAR/S went)", true),
        ("(us NEAR/S russia) NEAR/S (talks NEAR/S russia)", false),
    ] {
        assert_eq!(found(query, body).is_some(), expected, "{query}");
    }
    assert_eq!(found("(us NEAR/S russia) NEAR/S talks", body).unwrap(), ["US", "talks", "Russia"]);
}

#[test]
fn hits_that_overlap_count_once() {
    for (query, body, count) in [
        ("russia OR \"russia hack\"", "Russia hack", 1),
        ("russia OR hack", "Russia hack", 2),
        ("\"us us\"", "US US US", 1),
        ("\"us us\"", "US US US US", 2),
        ("us NEAR/S russia", "US US Russia Russia", 1),
        ("us NEAR/S russia", "US, Russia, Russia, US", 2),
        ("us NEAR/5 russia", "US Russia US Russia US", 2),
        ("us NEAR/S russia", "US Russia. US Russia. US.", 2),
    ] {
        let at_least = |count| found(&format!("ATLEAST/{count} ({query})"), body).is_some();
        assert!(at_least(count) && !at_least(count + 1), "{query} has {count} hits in {body:?}");
        let scores = |count| found(&format!("SCORE/{} (({query})^2)", 2 * count), body).is_some();
        assert!(scores(count) && !scores(count + 1), "{query} has {count} hits in {body:?}");
    }
}

#[test]
fn compounds_stay_within_a_clause() {
    for body in
        ["the US, Russia and", "the US. Russia", "the US (Russia", "US: Russia", "the U.S. \n\nRussia"]
    {
        assert_eq!(found("US-Russia", body), None, "{body}");
        assert!(found("\"us russia\"", body).is_some(), "quotes ignore punctuation: {body}");
    }
    for body in ["US–Russia", "US / Russia", "the “US” Russia", "US\nRussia\n\nTalks", "U.S. Russia talks"]
    {
        assert!(found("US-Russia", body).is_some(), "{body}");
    }
    assert_eq!(found("left-the", "He left. The"), None);
    assert_eq!(found("us-the", "in the U.S. The"), None, "an acronym may end its sentence");
    assert_eq!(found("北京", "北，京"), None);
    assert!(found("北京", "北京").is_some());
    assert!(found("example.com", "see example.com").is_some());
}

#[test]
fn filters_alone_match_without_hits() {
    let matched = compiled("source:bbc")
        .matches(&Text { facts: crate::Facts { source: "BBC", ..Default::default() }, ..Text::default() });
    assert_eq!(matched, [Matched { index: 0, hits: Vec::new() }]);
}

#[test]
fn a_set_answers_for_each_of_its_queries() {
    let exprs = ["russia", "china", "russia OR china", "rus* NOT china"];
    let resolve = |query: &&str| {
        Query::parse(query).expect(query).resolve(&NoNames, &LANGUAGES, Use::Topic).expect(query)
    };
    let matcher = Matcher::new(exprs.iter().map(resolve).collect());
    let indices = |body| {
        matcher
            .matches(&Text { body, ..Text::default() })
            .iter()
            .map(|matched| matched.index)
            .collect::<Vec<_>>()
    };
    assert_eq!(indices("Russia"), [0, 2, 3]);
    assert_eq!(indices("Russian China"), [1, 2]);
    assert_eq!(indices(""), Vec::<usize>::new());
    assert_eq!(matcher.len(), 4);
}

#[test]
fn one_matcher_serves_many_threads() {
    let matcher = compiled("russia NEAR/3 election");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                assert_eq!(matcher.matches(&Text { body: "Russia's election", ..Text::default() }).len(), 1)
            });
        }
    });
}

#[test]
fn a_text_made_to_hurt_is_answered() {
    let body = "a ".repeat(20_000);
    let text = Text { body: &body, ..Text::default() };
    assert!(compiled("(a NEAR/P a) NEAR/P (a NEAR/100 a)").is_match(&text));
    assert!(!compiled("(a NEAR/P a) NEAR/S b").is_match(&text));
}

proptest! {
    #[test]
    fn any_text_is_read_and_hits_lie_inside_it(title in any::<String>(), body in "(?s)[aAé'’. \n北жЖ&+.\u{ad}]{0,60}") {
        let text = Text { title: &title, body: &body, ..Text::default() };
        for query in ["a OR 北 OR ж", "lead:(a NEAR/S ж)", "title:(a OR b OR c) OR NOT x source:y", "'A' NEAR/P é"] {
            for matched in compiled(query).matches(&text) {
                for hit in matched.hits {
                    prop_assert!(text.field(hit.field).get(hit.start..hit.end).is_some(), "{query} found {hit:?}");
                }
            }
        }
    }
}
