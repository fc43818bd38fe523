use chrono::NaiveDate;
use wirewatch_digest::{Material, compose};
use wirewatch_model::{Published, SourceState, StoryId};

use crate::sample::{Night, article, at, copy, night, source, topic};

fn one_topic(articles: Vec<wirewatch_model::Article>) -> Night {
    let empty = Night { sources: Vec::new(), volume: Vec::new(), scanned: 0, ..night() };
    Night { topics: vec![topic("Talks")], articles, ..empty }
}

#[test]
fn a_story_is_told_once_by_its_first_article() {
    let first = article(1, "First", "Talks began.", &["Talks"], &["Talks"]);
    let other = article(4, "Other", "Talks ended.", &["Talks"], &[]);
    let copies = [copy(&first, 3, "Herald"), copy(&first, 2, "MORNING WIRE")];
    let digest = compose(&one_topic([vec![other], copies.to_vec(), vec![first]].concat()).material());

    assert_eq!((digest.articles, digest.stories), (4, 2));
    let told: Vec<_> = digest.chapters[0]
        .stories
        .iter()
        .map(|story| {
            (story.headline.as_str(), story.also.iter().map(|c| c.outlet.as_str()).collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(
        told,
        [("Other", vec![]), ("First", vec!["Herald"])],
        "an outlet does not carry its own story too"
    );
}

#[test]
fn an_article_of_two_topics_counts_once_and_stands_in_both() {
    let both = article(1, "Both", "Talks and raids.", &["Talks", "Raids"], &["Talks"]);
    let night =
        Night { topics: vec![topic("Raids"), topic("Talks"), topic("Quiet")], ..one_topic(vec![both]) };
    let digest = compose(&night.material());
    assert_eq!((digest.articles, digest.coverage.matched), (1, 1));
    let chapters: Vec<_> = digest.chapters.iter().map(|c| (c.topic.as_str(), c.stories.len())).collect();
    assert_eq!(
        chapters,
        [("raids", 1), ("talks", 1), ("quiet", 0)],
        "in the order asked for, the empty one too"
    );
}

#[test]
fn articles_of_topics_that_were_left_out_are_left_out() {
    let silent = article(1, "Silent", "Text.", &["Gossip"], &[]);
    let digest = compose(&one_topic(vec![silent]).material());
    assert_eq!((digest.articles, digest.stories), (0, 0));
}

#[test]
fn times_are_local_and_as_brief_as_is_clear() {
    let day = |y, m, d| Published::Day(NaiveDate::from_ymd_opt(y, m, d).unwrap());
    for (published, want) in [
        (Published::At(at("2026-11-24T05:12:00Z")), "06:12"),
        (Published::At(at("2026-11-23T23:30:00Z")), "00:30"),
        (Published::At(at("2026-11-23T20:05:00Z")), "Mon 23 Nov, 21:05"),
        (Published::At(at("2019-05-14T10:00:00Z")), "14 May 2019"),
        (day(2026, 11, 23), "Mon 23 Nov"),
        (day(2019, 5, 14), "14 May 2019"),
        // Not believed: so the time it was first seen.
        (Published::At(at("2031-01-01T00:00:00Z")), "06:14"),
        (day(2031, 1, 1), "06:14"),
    ] {
        let mut dated = article(20, "Dated", "Text.", &["Talks"], &[]);
        dated.content.published = Some(published);
        let digest = compose(&one_topic(vec![dated]).material());
        assert_eq!(digest.chapters[0].stories[0].time, want, "{published:?}");
    }
}

#[test]
fn what_an_article_lacks_is_made_up_for() {
    let mut bare = article(1, " \u{feff} ", "The minister spoke. Then he left.", &["Talks"], &[]);
    bare.content.publisher = None;
    bare.content.url = Some("file:///etc/passwd".into());
    bare.content.language = Some("en\" onload=x".into());
    let digest = compose(&one_topic(vec![bare.clone()]).material());
    let story = &digest.chapters[0].stories[0];
    assert_eq!(story.headline, "The minister spoke.");
    assert_eq!(story.outlet, "Morning Wire", "the source that brought it");
    assert_eq!((story.link.as_ref(), story.language.as_ref()), (None, None));

    bare.content.text.clear();
    let digest = compose(&one_topic(vec![bare]).material());
    assert_eq!(digest.chapters[0].stories[0].headline, "(no headline)");
}

#[test]
fn the_ledger_names_every_source_that_was_not_read() {
    let night = Night {
        sources: vec![
            source(1, "Good", SourceState::Ok, Some("2026-11-24T06:00:00Z"), ""),
            source(2, "Down", SourceState::Failing, Some("2026-11-24T01:00:00Z"), "connection\nrefused"),
            source(3, "Gone", SourceState::Stopped, Some("2026-10-01T00:00:00Z"), "410 Gone"),
            source(4, "Slept", SourceState::Ok, Some("2026-11-22T06:00:00Z"), ""),
            source(5, "", SourceState::New, None, ""),
        ],
        ..one_topic(Vec::new())
    };
    let coverage = compose(&Material { scanned: 77, ..night.material() }).coverage;
    assert_eq!((coverage.read, coverage.scanned), (1, 77));
    let gaps: Vec<_> = coverage
        .gaps
        .iter()
        .map(|gap| (gap.source.as_str(), gap.reason.as_str(), gap.last_read.as_deref()))
        .collect();
    assert_eq!(
        gaps,
        [
            ("Down", "connection refused", Some("Tue 24 Nov 2026, 02:00")),
            ("Gone", "stopped: 410 Gone", Some("Thu 1 Oct 2026, 02:00")),
            ("Slept", "not read during this period", Some("Sun 22 Nov 2026, 07:00")),
            ("https://5.example/feed", "not checked yet", None),
        ]
    );
}

#[test]
fn equal_material_gives_an_equal_digest() {
    assert_eq!(compose(&night().material()), compose(&night().material()));
    let mut split = night();
    split.articles.iter_mut().for_each(|article| article.story = StoryId(article.id.0));
    assert_ne!(compose(&split.material()), compose(&night().material()));
}
