use crate::query::{Context, Lookup, Use};
use crate::{Language, Query};

struct Lists(Query);

impl Lookup for Lists {
    fn list(&self, name: &str) -> Option<&Query> {
        (name == "us").then_some(&self.0)
    }

    fn topic(&self, _: &str) -> Option<&Query> {
        None
    }
}

fn described(text: &str, purpose: Use) -> super::Description {
    let names = Lists(Query::parse("US OR Washington OR \"White House\"").expect("a list"));
    let context = Context { names: &names, languages: &[Language::English], purpose };
    Query::parse(text).expect(text).describe(&context)
}

#[test]
fn queries_are_told_in_plain_words() {
    let cases = [
        ("sanction", "the word sanction in any form"),
        ("\"sanctions\"", "the word “sanctions” in this form only"),
        ("\"troll farm\"", "the phrase “troll farm”"),
        ("\"cyber attack*\"", "the phrase “cyber attack*” with any ending at the star"),
        ("US", "US as written in capitals, also U.S."),
        ("U.S.", "US as written in capitals, also U.S."),
        ("NATO", "NATO as written in capitals, also N.A.T.O. or Nato"),
        ("AT&T", "AT&T as written in capitals"),
        ("us", "the word us in any form"),
        ("2016", "the word 2016"),
        ("'Apple'", "‘Apple’ exactly as written"),
        ("Interfer*", "words beginning with interfer"),
        ("counter-terrorism", "counter-terrorism in any form, as separate words or as one"),
        ("北京", "the words 北京 side by side"),
        ("北京*", "the words 北京* side by side, with any ending at the star"),
        ("@us", "a word of the list @us (US, Washington or \"White House\")"),
        ("@nobody", "a word of the list @nobody"),
        ("russia OR moscow", "russia or moscow in any form"),
        (
            "US OR russia OR \"White House\"",
            "US (as written in capitals, also U.S.), russia (in any form) or the phrase “White House”",
        ),
        ("a AND b NOT c", "the word a in any form; the word b in any form; not the word c in any form"),
        (
            "sanction NEAR/8 (Russia OR Moscow)",
            "the word sanction in any form, within 8 words of Russia or Moscow in any form",
        ),
        ("2016 NEAR/1 2017", "the word 2016, within 1 word of the word 2017"),
        ("2016 ONEAR/0 2017", "the word 2016, directly followed by the word 2017"),
        ("2016 ONEAR/3 2017", "the word 2016, followed within 3 words by the word 2017"),
        ("2016 NEAR/S 2017", "the word 2016, in one sentence with the word 2017"),
        (
            "2016 NEAR/P (2017 NEAR/0 2018)",
            "the word 2016, in one paragraph with (the word 2017, side by side with the word 2018)",
        ),
        ("ATLEAST/3 (1 OR 2)", "at least 3 times the word 1 or the word 2"),
        (
            "SCORE/6 (meddl*^3 \"troll farm\"^4)",
            "a score of 6 or more, where words beginning with meddl counts 3 and the phrase “troll farm” counts 4, \
             each up to three times",
        ),
        ("1 NOT title:2", "the word 1; not in the title: the word 2"),
        ("1 NOT (2 OR 3)", "the word 1; none of these: the word 2 or the word 3"),
        ("lead:(1 2)", "in the lead: (the word 1 and the word 2)"),
        ("1 OR (2 3)", "the word 1 or (the word 2 and the word 3)"),
        ("1 source:bbc", "the word 1; from a source with “bbc” in its name"),
        (
            "1 site:bbc.co.uk author:Jones",
            "the word 1; from the site bbc.co.uk; by an author with “Jones” in the name",
        ),
        ("1 lang:en lang:en-GB", "the word 1; in English; in the language en-GB"),
        (
            "1 after:2019-05-01 before:2019-05-02T10:30:00Z",
            "the word 1; from 1 May 2019 on; before 2 May 2019, 10:30 UTC",
        ),
        ("1 newer:7d newer:1h", "the word 1; of the last 7 days; of the last hour"),
        ("1 is:unread topic:x", "the word 1; not read yet; flagged with the topic x"),
    ];
    for (text, expected) in cases {
        assert_eq!(described(text, Use::Search).text, expected, "{text}");
    }
    assert_eq!(described("topic:x", Use::Topic).text, "what the topic x asks for");
}

#[test]
fn the_outline_has_the_place_of_every_part() {
    let text = "(US NEAR/3 russia OR title:oil) AND NOT football";
    let whole = described(text, Use::Topic);
    let mut lines = Vec::new();
    outline(&whole, text, 0, &mut lines);
    assert_eq!(
        lines,
        [
            "all of these | (US NEAR/3 russia OR title:oil) AND NOT football",
            "  any of these | (US NEAR/3 russia OR title:oil)",
            "    within 3 words of each other | US NEAR/3 russia",
            "      US as written in capitals, also U.S. | US",
            "      the word russia in any form | russia",
            "    in the title | title:oil",
            "      the word oil in any form | oil",
            "  not | NOT football",
            "    the word football in any form | football",
        ]
    );
}

fn outline(part: &super::Description, text: &str, depth: usize, into: &mut Vec<String>) {
    let shown = if part.heading.is_empty() { &part.text } else { &part.heading };
    into.push(format!("{}{shown} | {}", "  ".repeat(depth), &text[part.start..part.end]));
    part.parts.iter().for_each(|inner| outline(inner, text, depth + 1, into));
}
