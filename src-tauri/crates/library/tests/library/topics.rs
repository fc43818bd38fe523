//! Topics: their versions, applying them to the whole library, and what a query would find.

use std::ops::ControlFlow;

use chrono::TimeDelta;
use wirewatch_library::{Added, Application, ArticleSet, Look, NewMatches, TopicChange, WordList};
use wirewatch_model::{ArticleId, Level, Match, ParsedArticle, Published, TopicId, TopicVersion};
use wirewatch_query::{Expr, Language, NoNames, Query, Use};

use crate::{World, article, news, noon};

fn change(query: &str, level: Level) -> TopicChange {
    TopicChange {
        id: TopicId::from_name("oil"),
        name: "Oil".into(),
        query: query.into(),
        level,
        languages: vec!["en".into()],
    }
}

fn expr(query: &str) -> Expr {
    Query::parse(query).unwrap().resolve(&NoNames, &[Language::English], Use::Search).unwrap()
}

fn on(_: u64, _: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

#[test]
fn whatever_decides_what_a_topic_finds_or_how_loudly_makes_a_version() {
    let world = World::new();
    let list = |query: &str| {
        [WordList { topic: Some(TopicId::from_name("oil")), name: "fuel".into(), query: query.into() }]
    };
    let save = |query, level, lists: Option<&[WordList]>| {
        world.library.save_topic(&change(query, level), lists, noon()).unwrap().version.0
    };
    assert_eq!(save("@fuel", Level::Notify, Some(&list("oil"))), 1);
    assert_eq!(save("@fuel", Level::Notify, None), 1, "nothing changed, and its lists stay");
    assert_eq!(save("@fuel", Level::Notify, Some(&list("oil OR coal"))), 2, "a list");
    assert_eq!(save("@fuel", Level::Urgent, None), 3, "the level");
    assert_eq!(save("@fuel AND port", Level::Urgent, None), 4, "the query");
    let versions = world.library.topic_versions(&TopicId::from_name("oil")).unwrap();
    let told: Vec<_> = versions
        .iter()
        .map(|one| (one.number.0, one.level, one.query.as_str(), one.lists[0].1.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (4, Level::Urgent, "@fuel AND port", "oil OR coal"),
            (3, Level::Urgent, "@fuel", "oil OR coal"),
            (2, Level::Notify, "@fuel", "oil OR coal"),
            (1, Level::Notify, "@fuel", "oil"),
        ]
    );
}

#[test]
fn a_topic_that_comes_back_goes_on_counting() {
    let world = World::new();
    let id = TopicId::from_name("oil");
    world.library.save_topic(&change("oil", Level::Notify), None, noon()).unwrap();
    world.library.remove_topic(&id).unwrap();
    let same = world.library.save_topic(&change("oil", Level::Notify), None, noon()).unwrap();
    assert_eq!(same.version.0, 1, "it is what it was");
    world.library.remove_topic(&id).unwrap();
    let other = world.library.save_topic(&change("coal", Level::Notify), None, noon()).unwrap();
    assert_eq!(other.version.0, 2, "matches of version 1 meant another query");
}

/// An item that its source sends again under the same name when it says something else.
fn item(number: i64, text: &str) -> ParsedArticle {
    ParsedArticle { external_id: Some(format!("n{number}")), ..article(&format!("N{number}"), text) }
}

/// Four articles; the topic matches 1 and 2 in version 1.
fn applied_once() -> (World, TopicId) {
    let world = World::new();
    let wire = world.source("wire");
    for number in 1..=4 {
        world.add(wire, news(item(number, "Oil."), &[]));
    }
    let topic = TopicId::from_name("oil");
    world.library.save_topic(&change("oil", Level::Notify), None, noon()).unwrap();
    apply(&world, &topic, 1, &[1, 2]);
    (world, topic)
}

/// The topic in version 2.
fn change_it(world: &World) {
    world.library.save_topic(&change("oil OR coal", Level::Notify), None, noon()).unwrap();
}

fn apply(world: &World, topic: &TopicId, version: i64, ids: &[i64]) -> Application {
    try_to_apply(world, topic, version, ids).expect("the topic is at this version")
}

fn try_to_apply(world: &World, topic: &TopicId, version: i64, ids: &[i64]) -> Option<Application> {
    let found = Match {
        topic: topic.clone(),
        version: TopicVersion(version),
        hits: Vec::new(),
        sentence: format!("As of {version}."),
    };
    let matches: Vec<_> = ids.iter().map(|id| (ArticleId(*id), found.clone())).collect();
    let later = noon() + TimeDelta::hours(1);
    let (version, up_to) = (TopicVersion(version), ArticleId(4));
    let new = NewMatches { topic, version, matches: &matches, up_to, since: later };
    world.library.apply_matches(&new, later).unwrap()
}

fn matched(world: &World) -> Vec<(i64, i64, String)> {
    let articles = (1..=9).filter_map(|id| world.library.article(ArticleId(id)).unwrap());
    let told = articles.flat_map(|article| {
        let id = article.id.0;
        article.matches.into_iter().map(move |one| (id, one.version.0, one.sentence))
    });
    told.collect()
}

#[test]
fn an_application_is_taken_back_as_one_step() {
    let (world, topic) = applied_once();
    let before = matched(&world);
    change_it(&world);
    let done = apply(&world, &topic, 2, &[2, 3]);
    assert_eq!((done.added, done.removed), (1, 1));
    let now: Vec<_> = matched(&world).into_iter().map(|(id, version, _)| (id, version)).collect();
    assert_eq!(now, [(2, 2), (3, 2)], "what stays carries the new version");
    assert_eq!(world.library.last_application(&topic).unwrap(), Some(done));
    assert_eq!(world.library.undo_application(&topic).unwrap(), Some(done));
    assert_eq!(matched(&world), before, "with version and sentence");
    assert_eq!(world.library.undo_application(&topic).unwrap(), None, "only once");
}

#[test]
fn what_came_or_changed_meanwhile_is_left_alone() {
    let (world, topic) = applied_once();
    let wire = world.source("wire");
    // Article 5 comes after the search began, with a match of its own.
    world.add(wire, news(article("N5", "Oil."), &["oil"]));
    change_it(&world);
    let done = apply(&world, &topic, 2, &[1, 5]);
    assert_eq!((done.added, done.removed), (0, 1));
    let sentences: Vec<_> = matched(&world).into_iter().map(|(id, _, why)| (id, why)).collect();
    assert_eq!(sentences, [(1, "As of 2.".to_owned()), (5, "Why.".to_owned())]);
    world.library.undo_application(&topic).unwrap();
    assert_eq!(matched(&world).len(), 3, "the new one stays when the rest is taken back");
}

#[test]
fn what_an_older_version_found_is_not_applied_any_more() {
    let (world, topic) = applied_once();
    change_it(&world);
    let done = apply(&world, &topic, 2, &[2, 3]);
    let before = matched(&world);
    assert_eq!(try_to_apply(&world, &topic, 1, &[1, 4]), None, "its search took longer");
    assert_eq!(matched(&world), before);
    assert_eq!(world.library.last_application(&topic).unwrap(), Some(done), "and can be taken back still");
    world.library.remove_topic(&topic).unwrap();
    assert_eq!(try_to_apply(&world, &topic, 2, &[2, 3]), None);
    assert!(matched(&world).is_empty(), "a topic that is gone matches nothing");
}

#[test]
fn what_was_revised_since_keeps_what_it_matches_now() {
    let (world, topic) = applied_once();
    let wire = world.source("wire");
    change_it(&world);
    // It takes 1 away, which comes to say nothing of oil, and adds 3, which goes on about it.
    apply(&world, &topic, 2, &[2, 3]);
    for (number, text, topics) in [(1, "Wheat.", Vec::new()), (3, "Oil again.", vec!["oil"])] {
        let added = world.add(wire, news(item(number, text), &topics)).added;
        assert_eq!(added, Added::Changed(ArticleId(number)));
    }
    world.library.undo_application(&topic).unwrap();
    let sentences: Vec<_> = matched(&world).into_iter().map(|(id, _, why)| (id, why)).collect();
    assert_eq!(sentences, [(2, "As of 1.".to_owned()), (3, "Why.".to_owned())]);
}

#[test]
fn what_an_application_does_not_change_is_not_written() {
    let (world, topic) = applied_once();
    let before = matched(&world);
    let done = apply(&world, &topic, 1, &[1, 2, 3]);
    assert_eq!((done.added, done.removed), (1, 0));
    let file = rusqlite::Connection::open(world.library.folder().join("library.sqlite")).unwrap();
    let kept: i64 = file.query_row("SELECT count(*) FROM application_undo", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 1, "of 1 and 2 there is nothing to take back");
    assert_eq!(world.library.undo_application(&topic).unwrap(), Some(done));
    assert_eq!(matched(&world), before);
}

#[test]
fn the_next_change_of_what_it_finds_ends_the_undo() {
    let (world, topic) = applied_once();
    world.library.save_topic(&change("oil", Level::Notify), None, noon()).unwrap();
    assert!(world.library.last_application(&topic).unwrap().is_some(), "nothing changed");
    world.library.save_topic(&change("oil", Level::Urgent), None, noon()).unwrap();
    assert!(world.library.last_application(&topic).unwrap().is_some(), "its level finds nothing");
    world.library.save_topic(&change("coal", Level::Urgent), None, noon()).unwrap();
    assert_eq!(world.library.undo_application(&topic).unwrap(), None);
    assert_eq!(matched(&world).len(), 2);
}

#[test]
fn versions_that_differ_in_their_level_find_alike() {
    let world = World::new();
    let id = TopicId::from_name("oil");
    let fuel = [WordList { topic: Some(id.clone()), name: "fuel".into(), query: "oil".into() }];
    let german = TopicChange { languages: vec!["de".into()], ..change("oil", Level::Urgent) };
    let mut before = None;
    for (change, lists, alike) in [
        (change("oil", Level::Notify), None, false),
        (change("oil", Level::Urgent), None, true),
        (german.clone(), None, false),
        (german, Some(&fuel[..]), false),
        (change("coal", Level::Urgent), None, false),
        (change("coal", Level::Urgent), None, true),
    ] {
        let now = world.library.save_topic(&change, lists, noon()).unwrap().version;
        let answer = world.library.versions_find_alike(&id, before, now).unwrap();
        assert_eq!(answer, alike, "{change:?} with {lists:?}");
        before = Some(now);
    }
}

#[test]
fn finds_are_those_of_the_search_whether_exact_or_verified() {
    let world = World::new();
    let wire = world.source("wire");
    for number in 0..700 {
        let text = match number % 3 {
            0 => "Oil left the port.",
            1 => "The port had oil.",
            _ => "Nothing.",
        };
        world.add(wire, news(article(&format!("n{number}"), text), &[]));
    }
    for (query, exact, count) in [
        ("oil AND port", true, 467),
        ("oil ONEAR/9 port", true, 234),
        ("oil NEAR/S port", false, 467),
        ("zinc", true, 0),
        ("NOT oil lang:en", false, 0),
    ] {
        let found = world.library.finds(&expr(query), noon(), &on).unwrap().unwrap();
        assert_eq!((found.exact, found.articles.len()), (exact, count), "{query}");
        assert_eq!(world.library.search_count(&expr(query), noon(), 9_999).unwrap(), count, "{query}");
        let made = world
            .library
            .make_of_finds(&expr(query), noon(), &on, &|article, hits| (article.id, hits.len()))
            .unwrap()
            .unwrap();
        let ids: Vec<ArticleId> = made.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids, found.articles.newest_first().collect::<Vec<_>>(), "{query}: newest first");
    }
}

#[test]
fn a_search_through_everything_can_be_stopped() {
    let world = World::new();
    let wire = world.source("wire");
    for number in 0..300 {
        world.add(wire, news(article(&format!("n{number}"), "oil, then the port"), &[]));
    }
    let told = std::sync::Mutex::new(Vec::new());
    let stop = |done, of| {
        told.lock().unwrap().push((done, of));
        ControlFlow::Break(())
    };
    assert!(world.library.finds(&expr("oil NEAR/S port"), noon(), &stop).unwrap().is_none());
    let told = told.into_inner().unwrap();
    assert!(!told.is_empty() && told.iter().all(|(done, of)| *done > 0 && *of == 300), "{told:?}");
}

#[test]
fn a_search_can_be_stopped_while_the_index_names_what_may_be_found() {
    let world = World::new();
    let wire = world.source("wire");
    for number in 0..600 {
        world.add(wire, news(article(&format!("n{number}"), "oil, then the port"), &[]));
    }
    // The places of the words decide: of the second query nothing is a find.
    for query in ["oil", "oil ONEAR/1 port"] {
        let told = std::sync::Mutex::new(Vec::new());
        let stop = |done, of| {
            told.lock().unwrap().push((done, of));
            ControlFlow::Break(())
        };
        assert!(world.library.finds(&expr(query), noon(), &stop).unwrap().is_none(), "{query}");
        assert_eq!(told.into_inner().unwrap(), [(511, 600)], "{query}");
        let looked = std::cell::Cell::new(0);
        let goes_on = || -> ControlFlow<()> {
            looked.set(looked.get() + 1);
            ControlFlow::Break(())
        };
        let look = Look { but_for: &ArticleSet::default(), most: usize::MAX, goes_on: &goes_on };
        let mut found = 0;
        world
            .library
            .look(&expr(query), noon(), look, &mut |_, _| {
                found += 1;
                ControlFlow::Continue(())
            })
            .unwrap();
        assert_eq!((looked.get(), found), (1, if query == "oil" { 511 } else { 0 }), "{query}");
    }
}

#[test]
fn volumes_count_a_story_once() {
    let world = World::new();
    let day = |days: i64| Some(Published::At(noon() - TimeDelta::days(days)));
    let on_day =
        |days, title: &str| ParsedArticle { published: day(days), ..article(title, "Oil left the port.") };
    for (source, days, title) in
        [("one", 9, "Old"), ("one", 2, "Oil"), ("two", 1, "Oil"), ("three", 1, "Else"), ("one", 0, "Not")]
    {
        world.add(world.source(source), news(on_day(days, title), &[]));
    }
    let set: ArticleSet = (1..=4).map(ArticleId).collect();
    let volume = world.library.volume(&set, None).unwrap();
    let days: Vec<_> = volume.days.iter().map(|day| (day.articles, day.stories)).collect();
    assert_eq!(days, [(1, 1), (1, 1), (2, 1)], "the copy of the second day raises no alert");
    assert_eq!((volume.days_with_news, volume.of), (4, 5));
    assert_eq!(volume.newest, Some(noon() - TimeDelta::days(1)));
    let since = noon() - TimeDelta::days(3);
    let recent = world.library.volume(&set, Some(since)).unwrap();
    assert_eq!((recent.days.len(), recent.of), (2, 4));
    assert_eq!(world.library.articles_since(since).unwrap().len(), 4);
}
