use std::ops::Range;

use crate::query::lint::corpus::Corpus;
use crate::{Context, Expr, Facts, Language, Matcher, NoNames, Query, Text, Use, Warning};

type Expected<'a> = &'a [(Range<usize>, &'a str)];

fn assert_warnings(text: &str, warnings: &[Warning], expected: Expected<'_>) {
    assert_eq!(warnings.len(), expected.len(), "warnings about {text:?}: {warnings:?}");
    for (warning, (span, message)) in warnings.iter().zip(expected) {
        assert_eq!(warning.start..warning.end, *span, "the place of {warning:?} in {text:?}");
        assert!(warning.message.contains(message), "{warning:?} does not say {message:?}");
        assert!(warning.message.contains(':'), "{warning:?} does not say what to do");
    }
}

#[test]
fn warnings_say_what_may_be_meant_otherwise() {
    let cases: [(&str, Expected<'_>); 36] = [
        ("sanction AND russia", &[]),
        ("sanction russia", &[(0..15, "joined by AND")]),
        ("oil AND gas OR c", &[(0..11, "AND binds tighter")]),
        ("(oil AND gas) OR c", &[]),
        ("rus*", &[(0..4, "short")]),
        ("russ*", &[]),
        ("北*", &[]),
        ("\"cyber rus*\"", &[(0..12, "short")]),
        ("oil NEAR/40 b", &[(0..13, "NEAR/S")]),
        ("oil NEAR/30 b", &[]),
        ("oil OR b OR oil", &[(12..15, "twice")]),
        ("oil OR (b OR oil)", &[(13..16, "twice")]),
        ("oil AND (b AND oil)", &[(15..18, "twice")]),
        ("oil AND (b OR oil)", &[]),
        ("oil NOT oil", &[(4..11, "must and must not")]),
        ("Рoссия", &[(0..11, "Latin letter")]),
        ("\"вся Рoссия\"", &[(0..20, "Latin letter")]),
        ("Mоscow", &[(0..7, "Cyrillic letter")]),
        ("us", &[(0..2, "alone finds nearly everything"), (0..2, "write US")]),
        ("us AND oil", &[(0..2, "write US")]),
        ("US", &[]),
        ("SANCTIONS", &[(0..9, "small letters")]),
        ("WAR AND oil", &[(0..3, "small letters")]),
        ("NATO", &[]),
        ("SCORE/9 (oil b)", &[(0..15, "never reached")]),
        ("title:(oil OR body:b)", &[(14..20, "finds nothing")]),
        ("body:(oil OR lead:b)", &[]),
        ("title:(oil source:bbc)", &[(6..22, "joined by AND"), (11..21, "whole article")]),
        ("NOT oil", &[(0..7, "must not be there")]),
        ("oil AND (gas OR NOT coal)", &[(16..24, "nearly every article")]),
        ("said", &[(0..4, "alone finds nearly everything")]),
        ("oil OR \"the\"", &[(7..12, "alone finds nearly everything")]),
        ("title:said AND oil", &[]),
        ("russia and oil", &[(0..14, "joined by AND"), (7..10, "write AND")]),
        ("sanction OR sanctions", &[]),
        ("ATLEAST/2 said", &[]),
    ];
    for (text, expected) in cases {
        assert_warnings(text, &Query::parse(text).expect(text).warnings(), expected);
    }
}

/// Articles as a library would know them: every question is answered by the matcher.
struct Articles(Vec<String>);

impl Corpus for Articles {
    fn articles(&self) -> u64 {
        self.0.len() as u64
    }

    fn reach(&self, expr: &Expr) -> Option<u64> {
        let matcher = Matcher::new(vec![expr.clone()]);
        let text =
            |body: &'_ String| matcher.is_match(&Text { body, facts: Facts::default(), ..Text::default() });
        Some(self.0.iter().filter(|body| text(body)).count() as u64)
    }
}

/// A hundred articles: every one says something, thirty are about oil, two about wheat.
fn hundred() -> Articles {
    let about = |number: usize| match number {
        0..30 => "oil",
        30..32 => "wheat",
        _ => "weather",
    };
    Articles((0..100).map(|number| format!("They said a word about {}.", about(number))).collect())
}

#[test]
fn a_library_says_what_occurs_and_what_drowns_the_rest() {
    let cases: [(&str, Expected<'_>); 8] = [
        ("oil AND word", &[]),
        ("oil AND zeppelin", &[(8..16, "none of the 100")]),
        ("oil NOT \"hot air\"", &[(8..17, "none of the 100")]),
        ("speak OR word", &[(0..5, "none of the 100"), (0..13, "100 of the 100")]),
        ("oil OR wheat OR barley", &[(0..3, "makes 30 of the 32"), (16..22, "none of the 100")]),
        ("oil OR wheat", &[]),
        ("weather", &[(0..7, "68 of the 100")]),
        ("oil OR oils", &[(7..11, "the same words as `oil`")]),
    ];
    let context = Context { names: &NoNames, languages: &[Language::English], purpose: Use::Topic };
    for (text, expected) in cases {
        let warnings = Query::parse(text).expect(text).warnings_in(&context, Some(&hundred()));
        assert_warnings(text, &warnings, expected);
    }
}

#[test]
fn few_articles_prove_nothing() {
    let context = Context { names: &NoNames, languages: &[Language::English], purpose: Use::Topic };
    let few = Articles(vec!["Oil.".to_owned(); 5]);
    assert_eq!(Query::parse("zeppelin").expect("a query").warnings_in(&context, Some(&few)), []);
}

/// A library of which every word is in thirty articles, and that counts what it is asked.
#[derive(Default)]
struct Counting(std::cell::Cell<usize>);

impl Corpus for Counting {
    fn articles(&self) -> u64 {
        1_000
    }

    fn reach(&self, _: &Expr) -> Option<u64> {
        self.0.set(self.0.get() + 1);
        Some(30)
    }
}

#[test]
fn the_library_is_asked_once_about_a_word() {
    let context = Context { names: &NoNames, languages: &[], purpose: Use::Topic };
    for (text, questions) in [("oil", 1), ("oil OR gas OR coal", 4), ("oil AND (gas OR oil OR \"oil\")", 4)] {
        let counting = Counting::default();
        Query::parse(text).expect(text).warnings_in(&context, Some(&counting));
        assert_eq!(counting.0.get(), questions, "{text}");
    }
}

#[test]
fn questions_to_the_library_are_bounded() {
    let words: Vec<String> = (0..2_000).map(|number| format!("word{number}")).collect();
    let query = Query::parse(&words.join(" OR ")).expect("a long query");
    let context = Context { names: &NoNames, languages: &[], purpose: Use::Topic };
    let counting = Counting::default();
    query.warnings_in(&context, Some(&counting));
    assert!(counting.0.get() <= 400, "{} questions", counting.0.get());
}
