//! The readers of wire formats on messages of our own, written after the specifications.

use proptest::prelude::*;
use wirewatch_model::{ParsedArticle, Published, Status};

use crate::format::Format;
use crate::{Hint, Parsed, parse};

const IPTC: &[u8] = include_bytes!("fixtures/talks.iptc");
const LATIN: &[u8] = include_bytes!("fixtures/latin.iptc");
const ANPA: &[u8] = include_bytes!("fixtures/talks.anpa");
const ANPA_LEAD: &[u8] = include_bytes!("fixtures/talks-lead.anpa");
const ANPA_KILL: &[u8] = include_bytes!("fixtures/talks-kill.anpa");
const ANPA_ADD: &[u8] = include_bytes!("fixtures/talks-add.anpa");
const ANPA_JOINED: &[u8] = include_bytes!("fixtures/talks-with-add.anpa");
const NITF: &[u8] = include_bytes!("fixtures/talks.nitf");
const G2: &[u8] = include_bytes!("fixtures/talks-g2.xml");
const G2_CANCELLED: &[u8] = include_bytes!("fixtures/talks-g2-cancelled.xml");
const NEWSML: &[u8] = include_bytes!("fixtures/talks-newsml.xml");
const NINJS_1: &[u8] = include_bytes!("fixtures/talks-ninjs1.json");
const NINJS_3: &[u8] = include_bytes!("fixtures/talks-ninjs3.json");

const ALL: &[(&[u8], Format)] = &[
    (IPTC, Format::Iptc7901),
    (LATIN, Format::Iptc7901),
    (ANPA, Format::Anpa1312),
    (ANPA_LEAD, Format::Anpa1312),
    (ANPA_KILL, Format::Anpa1312),
    (ANPA_JOINED, Format::Anpa1312),
    (NITF, Format::Nitf),
    (G2, Format::NewsMlG2),
    (G2_CANCELLED, Format::NewsMlG2),
    (NEWSML, Format::NewsMl),
    (NINJS_1, Format::Ninjs),
    (NINJS_3, Format::Ninjs),
];

fn read(bytes: &[u8]) -> Parsed {
    parse(bytes, &Hint::named("message.xml"))
}

fn one(bytes: &[u8]) -> ParsedArticle {
    let parsed = read(bytes);
    assert_eq!(parsed.articles.len(), 1, "{:?}", parsed.problems);
    parsed.articles.into_iter().next().unwrap()
}

fn at(published: Option<Published>) -> String {
    match published {
        Some(Published::At(at)) => at.format("%Y-%m-%dT%H:%MZ").to_string(),
        Some(Published::Day(day)) => day.to_string(),
        None => String::new(),
    }
}

#[test]
fn every_format_is_known_by_its_content_whatever_the_name() {
    for (bytes, format) in ALL {
        for name in ["message.xml", "message.json", "message.txt"] {
            assert_eq!(parse(bytes, &Hint::named(name)).format, *format, "{format:?} as {name}");
        }
    }
}

#[test]
fn the_same_story_is_the_same_article_in_every_format_with_an_id() {
    for (bytes, revision) in [(G2, "3"), (NEWSML, "2"), (NINJS_1, "2"), (NINJS_3, "2")] {
        let article = one(bytes);
        let format = read(bytes).format;
        assert_eq!(
            article.external_id.as_deref(),
            Some("urn:newsml:example.org:20190514:0815"),
            "{format:?}"
        );
        assert_eq!(article.revision.as_deref(), Some(revision), "{format:?}");
        assert_eq!(article.title, "Talks begin by the lake", "{format:?}");
        assert_eq!(article.authors, ["Jane Roe"], "{format:?}");
        assert_eq!(article.publisher.as_deref(), Some("Example Press"), "{format:?}");
        assert_eq!(at(article.published), "2019-05-14T07:00Z", "{format:?}");
        assert_eq!(at(article.updated), "2019-05-14T07:30Z", "{format:?}");
        assert_eq!(at(article.embargo.map(Published::At)), "2019-05-14T18:00Z", "{format:?}");
        assert!(article.text.starts_with("Geneva"), "{format:?}: {}", article.text);
        assert!(
            article.text.ends_with("The delegations met by the lake on Tuesday."),
            "{format:?}: {}",
            article.text
        );
        assert!(!article.html.contains("Call Jane") && !article.text.contains("Not for you"), "{format:?}");
        for label in ["TALKS", "urgency 2"] {
            assert!(article.labels.iter().any(|one| one == label), "{format:?}: {:?}", article.labels);
        }
        let said = article
            .problems
            .iter()
            .any(|problem| problem.message.contains("embargoed until 2019-05-14 18:00"));
        assert!(said, "{format:?}: {:?}", article.problems);
    }
}

#[test]
fn what_is_in_a_message_beside_articles_is_a_problem_that_says_so() {
    let problems: Vec<String> = read(G2).problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "urn:newsml:example.org:20190514:0816: it is of class “picture”, not an article",
            "urn:newsml:example.org:20190514:0817: it is a package that only refers to other items, not an article",
        ]
    );
    for json in [
        r#"{"uri":"x:1","type":"picture","headline":"Lake"}"#,
        r#"{"uri":"x:1","type":"video","versioncreated":"2019"}"#,
    ] {
        let parsed = read(json.as_bytes());
        assert_eq!(
            (parsed.format, parsed.articles.len(), parsed.problems.len()),
            (Format::Ninjs, 0, 1),
            "{json}"
        );
    }
}

#[test]
fn a_notice_takes_an_item_back_without_text() {
    let notice = one(G2_CANCELLED);
    assert_eq!((notice.status, notice.revision.as_deref()), (Status::Cancelled, Some("4")));
    assert!(
        notice.problems.iter().any(|problem| problem.message.contains("withdrawn")),
        "{:?}",
        notice.problems
    );
}

#[test]
fn nitf_is_read_with_its_head_and_without_notes() {
    let article = one(NITF);
    assert_eq!(article.title, "Talks begin by the lake");
    assert_eq!(article.authors, ["Jane Roe"]);
    assert_eq!(article.publisher.as_deref(), Some("Example Press"));
    assert_eq!(article.lead.as_deref(), Some("Two delegations met again."));
    assert_eq!(
        article.text,
        "GENEVA – The delegations met by the lake on Tuesday.\n\nWhat comes next\n\nThe talks go on for a week."
    );
    assert_eq!(at(article.published), "2019-05-14T07:30Z");
    assert_eq!(at(article.embargo.map(Published::At)), "2019-05-14T18:00Z");
    assert_eq!(article.external_id.as_deref(), Some("EX-0815"));
    assert_eq!(article.language.as_deref(), Some("en"));
    assert_eq!(article.labels, ["talks", "Diplomacy", "11002000", "urgency 3"]);
}

#[test]
fn iptc_7901_is_read_with_its_head_and_without_notes() {
    let article = one(IPTC);
    assert_eq!(article.title, "Talks on the lake begin in Geneva");
    assert_eq!(article.authors, ["Jane Roe", "Max Muster", "EX"]);
    assert_eq!(article.publisher.as_deref(), Some("EX"));
    assert_eq!(article.lead.as_deref(), Some("Two delegations met for the first time in three years."));
    assert_eq!(
        article.text,
        "Geneva (EX) - The delegations met in a café by the lake on Tuesday. A spokeswoman called the mood friendly.\n\n\
         The talks go on for a week.\n\n| Monday | plenary |\n\n| Tuesday | rest |"
    );
    assert_eq!(at(article.published), "2019-05-14T07:30Z");
    assert_eq!(article.external_id.as_deref(), Some("EX:exa0815:2019-05-14"));
    for label in ["Politics", "Talks", "pl", "urgency 2", "Summary"] {
        assert!(article.labels.iter().any(|one| one == label), "{label}: {:?}", article.labels);
    }
    assert_eq!(one(LATIN).title, "Lane closed near Zürich", "windows-1252 where it is no UTF-8");
    assert!(one(LATIN).text.contains("closed – for a day"));
}

#[test]
fn an_agency_is_known_by_the_dateline() {
    for (paragraph, want) in [
        ("Geneva (EX) - They met.", Some("EX")),
        ("Peine (ex/lni) – They met.", Some("ex")),
        ("They (all of them) met.", None),
        ("They met.", None),
    ] {
        assert_eq!(super::credited(paragraph).as_deref(), want, "{paragraph}");
    }
}

#[test]
fn the_service_beside_an_agency_and_the_party_of_a_speaker_change_neither_time_nor_publisher() {
    let text = String::from_utf8_lossy(IPTC);
    let (head, rest) = text.split_once('\u{2}').unwrap();
    let (_, end) = rest.split_once('\u{3}').unwrap();
    let head = head.replace(" ex ", " dpa-spe ");
    let body =
        "Talks begin =\r\n\r\n  One.\r\n  Two.\r\n  Three.\r\n  Angela Muster (CDU) - she spoke last.\r\n";
    let end = end.replace(" GMT", "");
    let article = one(format!("{head}\u{2}{body}\u{3}{end}").as_bytes());
    assert_eq!(article.publisher.as_deref(), Some("dpa"), "{head}");
    assert_eq!(at(article.published), "2019-05-14T05:30Z", "{end}: Berlin's time");
}

#[test]
fn anpa_1312_is_read_with_its_head_and_without_notes() {
    let article = one(ANPA);
    assert_eq!(article.title, "Talks begin by the lake");
    assert_eq!(article.authors, ["JANE ROE"]);
    assert_eq!(article.publisher.as_deref(), Some("EX"));
    assert_eq!(
        article.text,
        "GENEVA (EX) – Two delegations met on Tuesday, and “the mood was friendly,” a spokeswoman said.\n\n\
         What comes next\n\nThe talks go on for a week."
    );
    assert_eq!(at(article.published), "2019-05-14T07:30Z");
}

#[test]
fn leads_replace_additions_join_and_a_kill_takes_back() {
    let (first, lead, kill) = (one(ANPA), one(ANPA_LEAD), one(ANPA_KILL));
    assert!(first.external_id.is_some());
    assert_eq!((&first.external_id, &first.external_id), (&lead.external_id, &kill.external_id));
    let numbers: Vec<Option<&str>> = [&first, &lead, &kill].map(|one| one.revision.as_deref()).to_vec();
    assert_eq!(numbers, [Some("0"), Some("1"), Some("1000")]);
    assert_eq!(kill.status, Status::Cancelled);
    assert!(one(ANPA_JOINED).text.ends_with("for a week.\n\nA second round follows in June."));
    let add = one(ANPA_ADD);
    assert_ne!(add.external_id, first.external_id, "alone it is an item of its own");
    assert!(
        add.problems.iter().any(|problem| problem.message.contains("take 2 of “EU--Talks”")),
        "{:?}",
        add.problems
    );
}

#[test]
fn a_message_that_breaks_off_is_read_and_said_to_be() {
    let cut = &IPTC[..IPTC.len() - 160];
    let article = one(cut);
    assert_eq!(article.title, "Talks on the lake begin in Geneva");
    assert!(
        article.problems.iter().any(|problem| problem.message.contains("broke off")),
        "{:?}",
        article.problems
    );
}

#[test]
fn what_only_claims_to_be_a_message_gives_a_problem() {
    for (bytes, name, file_type) in [
        (&b"plain text"[..], "a.iptc", Some("iptc")),
        (b"{\"uri\": \"x\", oops", "a.ninjs", None),
        (b"<nitf><head/></nitf>", "a.nitf", None),
        (b"<newsItem/>", "a.xml", None),
        (b"<NewsML></NewsML>", "a.xml", None),
    ] {
        let parsed = parse(bytes, &Hint { file_type, ..Hint::named(name) });
        let trouble =
            parsed.problems.len() + parsed.articles.iter().map(|one| one.problems.len()).sum::<usize>();
        assert!(trouble > 0, "{name}: {parsed:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_damage_to_a_message_panics(
        which in 0..ALL.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let (bytes, format) = ALL[which];
        let mut bytes = bytes.to_vec();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes.truncate(cut.index(bytes.len() * 2));
        read(&bytes);
        crate::wire::read(&String::from_utf8_lossy(&bytes), format, &Hint::default());
    }
}
