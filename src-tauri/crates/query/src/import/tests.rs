//! What other tools' queries become, what is said about it, and what is refused.

use proptest::prelude::*;

use super::*;

/// A query, ours, and a word of each change that must be said, apart from the one about quotes.
type Case<'a> = (&'a str, &'a str, &'a [&'a str]);

fn assert_imports(tool: Tool, cases: &[Case<'_>]) {
    for (text, expected, said) in cases {
        let imported = import(tool, text).unwrap_or_else(|error| panic!("{tool} {text:?}: {error}"));
        assert_eq!(imported.query.to_string(), *expected, "{tool} {text:?}");
        let changes: Vec<&Change> =
            imported.changes.iter().filter(|change| !change.message.contains("stand in quotes")).collect();
        assert_eq!(changes.len(), said.len(), "{tool} {text:?}: {changes:?}");
        for (change, said) in changes.iter().zip(*said) {
            assert!(change.message.contains(said), "{tool} {text:?}: {change:?} does not say {said:?}");
            assert!(text.get(change.start..change.end).is_some(), "{tool} {text:?}: the place of {change:?}");
        }
    }
}

#[test]
fn factiva() {
    assert_imports(
        Tool::Factiva,
        &[
            ("russia near5 election", "\"russia\" NEAR/4 \"election\"", &["near5` becomes NEAR/4"]),
            ("Russia NEAR1 election", "\"Russia\" NEAR/0 \"election\"", &["NEAR/0"]),
            ("carrefour near5 retail sales", "\"carrefour\" NEAR/4 \"retail sales\"", &["NEAR/4", "phrase"]),
            ("world cup adj5 rugby", "\"world cup\" ONEAR/4 \"rugby\"", &["phrase", "ONEAR/4"]),
            ("president adj bush", "\"president\" ONEAR/0 \"bush\"", &["ONEAR/0"]),
            ("president w/2 bush", "\"president\" ONEAR/1 \"bush\"", &["ONEAR/1"]),
            (
                "boeing 747/N30/british airways",
                "\"boeing 747\" NEAR/29 \"british airways\"",
                &["phrase", "NEAR/29", "phrase"],
            ),
            ("toyota/F50/ and car", "\"toyota\" AND \"car\"", &["/F50/` is left out"]),
            (
                "vodafone same telecommunications",
                "\"vodafone\" NEAR/P \"telecommunications\"",
                &["one paragraph"],
            ),
            ("atleast5 microsoft", "ATLEAST/5 \"microsoft\"", &[]),
            ("hd=clinton", "title:\"clinton\"", &[]),
            (
                "hd=northern ireland and td=peace",
                "title:\"northern ireland\" AND body:\"peace\"",
                &["phrase"],
            ),
            ("hlp=merger", "title:\"merger\" OR lead:\"merger\"", &["two fields"]),
            ("lp=(merger or acquisition)", "lead:(\"merger\" OR \"acquisition\")", &[]),
            ("oil and la=EN", "\"oil\" AND lang:en", &[]),
            ("oil and la=(en or fr)", "\"oil\" AND (lang:en OR lang:fr)", &[]),
            ("oil and by=john smith", "\"oil\" AND author:\"john smith\"", &[]),
            (
                "oil and sn=(financial times or \"the guardian\")",
                "\"oil\" AND (source:\"financial times\" OR source:\"the guardian\")",
                &[],
            ),
            ("general electric and wc>1000", "\"general electric\"", &["phrase", "wc>1000` is left out"]),
            ("oil and rst=(tdjw or tnyt)", "\"oil\"", &["rst=(tdjw or tnyt)` is left out"]),
            ("oil and re=usa not ns=gsport", "\"oil\"", &["re=usa` is left out", "ns=gsport` is left out"]),
            (
                "oil and date from 20190501 to 20190531",
                "\"oil\" AND (after:2019-05-01 AND before:2019-06-01)",
                &[],
            ),
            ("oil and date after 20190501", "\"oil\" AND after:2019-05-02", &[]),
            ("update and date", "\"update\" AND \"date\"", &[]),
            ("sanction* or interfer*", "sanction* OR interfer*", &[]),
            ("cyber attack*", "\"cyber attack*\"", &["phrase"]),
            ("中国*", "中国*", &[]),
            ("\u{2033}oil price\u{ff02} and gas", "\"oil price\" AND \"gas\"", &[]),
            ("engineer$3", "engineer*", &["finds more"]),
            ("organi?ation", "organi*", &["finds more"]),
            ("president % clinton", "\"president\" ONEAR/1 \"clinton\"", &["exactly one"]),
            ("[oil or gas] not coal", "(\"oil\" OR \"gas\") AND NOT \"coal\"", &[]),
            ("oil or gas and coal", "\"oil\" OR (\"gas\" AND \"coal\")", &[]),
            ("\"peas and carrots\"", "\"peas and carrots\"", &[]),
            ("bill clinton's 'economic plan'", "\"bill clinton's economic plan\"", &["phrase"]),
            ("oil near200 gas", "\"oil\" NEAR/100 \"gas\"", &["NEAR/100, the most"]),
            ("US near5 russia", "\"US\" NEAR/4 \"russia\"", &["without quotes for the acronym", "NEAR/4"]),
            ("oil (gas or coal)", "\"oil\" ONEAR/0 (\"gas\" OR \"coal\")", &["phrase"]),
        ],
    );
}

#[test]
fn meltwater() {
    assert_imports(
        Tool::Meltwater,
        &[
            (
                "apple AND (watch OR iwatch) NOT \"apple juice\"",
                "\"apple\" AND (\"watch\" OR \"iwatch\") AND NOT \"apple juice\"",
                &[],
            ),
            ("apple and watch", "\"apple\" AND \"watch\"", &[]),
            ("Apple NEAR watch", "\"Apple\" NEAR/4 \"watch\"", &["NEAR/4"]),
            ("Apple NEAR/10 watch", "\"Apple\" NEAR/10 \"watch\"", &[]),
            ("Apple ONEAR watch", "\"Apple\" ONEAR/4 \"watch\"", &["ONEAR/4"]),
            ("Apple ONEAR/10 (watch OR phone)", "\"Apple\" ONEAR/10 (\"watch\" OR \"phone\")", &[]),
            (
                "title:apple AND ingress:(watch OR phone)",
                "title:\"apple\" AND lead:(\"watch\" OR \"phone\")",
                &[],
            ),
            ("\"apple orchard*\"", "\"apple orchard*\"", &[]),
            ("internat*", "internat*", &[]),
            ("advertis?", "advertis*", &["finds more"]),
            ("apple AND (ios OR ipad)^9", "\"apple\" AND (\"ios\" OR \"ipad\")", &["^9` is left out"]),
            (
                "#brexit OR @downingstreet",
                "\"brexit\" OR \"downingstreet\"",
                &["`#` is left out", "`@` is left out"],
            ),
            ("apple watch", "\"apple\" AND \"watch\"", &["joined by AND"]),
            ("apple -juice", "\"apple\" AND NOT \"juice\"", &[]),
            ("DC OR \"D.C.\"", "\"DC\" OR \"D.C.\"", &["acronym alone", "acronym alone"]),
            ("\"AT&T\"", "\"AT&T\"", &["acronym alone"]),
            ("apple AND reach:500", "\"apple\"", &["reach:500` is left out"]),
            ("president NEAR/500 speech", "\"president\" NEAR/100 \"speech\"", &["the most there is"]),
        ],
    );
}

#[test]
fn talkwalker() {
    assert_imports(
        Tool::Talkwalker,
        &[
            ("BMW AND bike", "\"BMW\" AND \"bike\"", &["acronym alone"]),
            ("bmw AND NOT bike", "\"bmw\" AND NOT \"bike\"", &[]),
            ("chocolate -swiss", "\"chocolate\" AND NOT \"swiss\"", &[]),
            ("++\"US\" AND russia", "'US' AND \"russia\"", &[]),
            ("++\"White House\"", "'White House'", &[]),
            ("+\"p&t\"", "\"p&t\"", &[]),
            ("\"oil price\"~5", "\"oil\" NEAR/5 \"price\"", &["~5` becomes NEAR/5"]),
            (
                "cat dog mouse bird",
                "\"cat\" NEAR/30 \"dog\" NEAR/30 \"mouse\" NEAR/30 \"bird\"",
                &["NEAR/30", "NEAR/30", "NEAR/30"],
            ),
            ("ABC", "'ABC'", &["as it is written"]),
            ("oil NEAR/5 (price OR barrel)", "\"oil\" NEAR/5 (\"price\" OR \"barrel\")", &[]),
            ("oil ONEAR/5 price", "\"oil\" ONEAR/5 \"price\"", &[]),
            ("oil SENTENCE price", "\"oil\" NEAR/S \"price\"", &["one sentence"]),
            ("title:(oil OR gas)", "title:(\"oil\" OR \"gas\")", &[]),
            ("content:oil AND lang:en", "body:\"oil\" AND lang:en", &[]),
            ("oil AND site:\"http://www.wort.lu/\"", "\"oil\" AND site:wort.lu", &[]),
            (
                "oil AND sourcecountry:us AND engagement:>100",
                "\"oil\"",
                &["sourcecountry:us` is left out", "engagement:>100` is left out"],
            ),
            (
                "oil and gas OR coal",
                "(\"oil\" AND \"and\" AND \"gas\") OR \"coal\"",
                &["joined by AND", "joined by AND"],
            ),
            ("Luxemb*", "Luxemb*", &[]),
        ],
    );
}

#[test]
fn what_cannot_be_carried_over_is_refused_with_its_place_and_the_repair() {
    let cases = [
        (Tool::Factiva, "", 0..0, "write a word"),
        (Tool::Factiva, "oil and", 4..7, "write a word after it"),
        (Tool::Factiva, "and oil", 0..3, "needs a word before it"),
        (Tool::Factiva, "(oil", 0..1, "write `)`"),
        (Tool::Factiva, "oil)", 3..4, "remove it"),
        (Tool::Factiva, "oil and ()", 8..10, "write a word inside"),
        (Tool::Factiva, "\"oil", 0..4, "write `\"`"),
        (Tool::Factiva, "oil near gas", 4..8, "write how many words"),
        (Tool::Factiva, "oil near5 not gas", 10..13, "put brackets"),
        (Tool::Factiva, "(oil and gas) near5 coal", 0..13, "joined with AND"),
        (Tool::Factiva, "w*", 0..2, "with OR"),
        (Tool::Factiva, "wom?n", 0..5, "with OR"),
        (Tool::Factiva, "wc>300", 0..6, "write a word"),
        (Tool::Factiva, "oil and la=", 8..11, "write a value"),
        (Tool::Factiva, "la=(en and fr)", 3..10, "joined by OR"),
        (Tool::Factiva, "atleast3 (oil and gas)", 9..22, "joined with AND"),
        (Tool::Meltwater, "*ism", 0..4, "with OR"),
        (Tool::Meltwater, "oil NEAR/3", 4..10, "write a word after it"),
        (Tool::Talkwalker, "oil NEAR gas", 4..8, "write how many words"),
        (Tool::Talkwalker, "oil AND NOT", 8..11, "write a word after it"),
        (Tool::Talkwalker, "lang:en NEAR/3 oil", 0..7, "joined with AND"),
    ];
    for (tool, text, span, repair) in cases {
        let error = import(tool, text).expect_err(text);
        assert_eq!(error.start..error.end, span, "{tool} {text:?}: the place of {error}");
        assert!(error.message.contains(repair), "{tool} {text:?} says {error}, not {repair:?}");
    }
}

#[test]
fn hostile_nesting_is_refused_without_a_crash() {
    let nested = ["(", "not ", "NOT ", "title:", "hd=", "atleast2 ", "a near2 (", "a NEAR/2 ("];
    let flat =
        ["a ", "a (b) ", "/", "/n5/", "a.b", "\"a\" ", "a near2 ", "a NEAR/2 ", "[]", "^", "*", "date "];
    for tool in Tool::ALL {
        for part in nested.into_iter().chain(flat) {
            // Long and strange; whether it can be read is another question.
            let _ = import(tool, &part.repeat(20_000));
        }
        assert!(import(tool, &"(".repeat(20_000)).is_err(), "{tool}: nothing but brackets");
        assert!(import(tool, &format!("{}a", "(".repeat(20_000))).is_err(), "{tool}: deep brackets");
        assert!(import(tool, &"a".repeat(300 * 1024)).is_err(), "{tool}: a text without end");
    }
    let doubling = format!("{}oil", "hlp=".repeat(40));
    let error = import(Tool::Factiva, &doubling).expect_err("it would double at every level");
    assert!(error.message.contains("take the inner fields out"), "{error}");
}

#[test]
fn what_nests_as_deep_as_ours_may_is_read() {
    let deepest = format!("{}oil{}", "(".repeat(63), ")".repeat(63));
    assert!(Query::parse(&deepest).is_ok(), "in ours");
    assert!(import(Tool::Factiva, &deepest).is_ok(), "in Factiva's");
}

/// Texts that look like other tools' queries.
fn query_like() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        6 => "[a-zA-Zа-я北é'’.&+$#@-]{1,6}",
        2 => "[a-z]{2,6}[*?]",
        5 => proptest::sample::select(vec![
            "AND", "or", "NOT", "-", "(", ")", "[", "]", "near5", "NEAR/3", "ONEAR", "w/2", "adj", "same", "SENTENCE",
            "atleast3", "hd=", "hlp=", "hlp=hlp=hlp=hlp=", "hlp=(hlp=(hlp=(", "la=en", "title:", "lang:en", "site:(a OR b)", "wc>3", "/F5/", "/n5/", "^9", "%",
            "\"a b\"", "\"a b\"~4", "++\"US\"", "+\"a&b\"", "«c»", "“e", "date after 20190101",
        ]).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec((token, prop_oneof![5 => Just(" "), 1 => Just("")]), 0..12)
        .prop_map(|tokens| tokens.into_iter().map(|(token, space)| token + space).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn any_text_is_read_or_refused_with_places_inside_it(text in prop_oneof![query_like(), any::<String>()]) {
        for tool in Tool::ALL {
            let places: Vec<(usize, usize)> = match import(tool, &text) {
                Ok(imported) => {
                    prop_assert_eq!(Query::parse(&imported.query.to_string()), Ok(imported.query));
                    imported.changes.iter().map(|change| (change.start, change.end)).collect()
                }
                Err(error) => vec![(error.start, error.end)],
            };
            for (start, end) in places {
                prop_assert!(text.get(start..end).is_some(), "{start}–{end} is no place in {text:?}");
            }
        }
    }
}
