//! Which articles become one story, and what the user may do about it.

use chrono::TimeDelta;
use wirewatch_library::{Added, AlertFilter, Arrival, Batch};
use wirewatch_model::{AlertState, ArticleId, Fate, ParsedArticle, SourceId, StoryId};

use crate::{World, article, news, noon};

/// Numbers that look drawn, the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

const NOUNS: &[&str] = &[
    "minister",
    "harbour",
    "treaty",
    "budget",
    "court",
    "union",
    "pipeline",
    "senator",
    "tariff",
    "envoy",
    "bridge",
    "election",
    "witness",
    "regulator",
    "ferry",
    "archive",
    "refinery",
    "parliament",
    "inquiry",
    "border",
];
const VERBS: &[&str] = &[
    "rejected",
    "postponed",
    "approved",
    "criticised",
    "inspected",
    "reopened",
    "defended",
    "disclosed",
    "halted",
    "funded",
    "reviewed",
    "visited",
    "sued",
    "warned",
    "signed",
];
const ENDS: &[&str] = &[
    "after weeks of talks",
    "despite protests",
    "in a closed session",
    "without giving details",
    "as costs rose again",
    "before the summer recess",
    "under heavy guard",
    "following an audit",
    "at the request of residents",
    "to the surprise of allies",
    "for a second time",
    "amid doubts",
];

/// An invented story: paragraphs of three sentences each.
fn story(seed: u64, paragraphs: usize) -> Vec<String> {
    let mut dice = Dice(seed.wrapping_mul(7_919) + 17);
    let mut word = |list: &'static [&str]| list[dice.below(list.len())];
    (0..paragraphs)
        .map(|_| {
            (0..3)
                .map(|_| {
                    format!(
                        "The {} {} the {} and the {} {} a {} {}.",
                        word(NOUNS),
                        word(VERBS),
                        word(NOUNS),
                        word(NOUNS),
                        word(VERBS),
                        word(NOUNS),
                        word(ENDS)
                    )
                })
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

/// What an outlet makes of a wire story.
fn variant(wire: &[String], number: usize, dice: &mut Dice) -> String {
    let mut told = wire.to_vec();
    match number % 6 {
        0 => told.truncate(told.len() / 3),
        1 => told.insert(0, format!("By Staff Reporter {number}")),
        2 => {
            let half = told.len() / 2;
            told.rotate_left(half);
        }
        3 => told = told.iter().map(|paragraph| edited(paragraph, dice)).collect(),
        4 => told.insert(1, story(90_000 + number as u64, 1).remove(0)),
        _ => told[0] = format!("GENEVA, Nov 24 (Harbour Wire) - {}", told[0]),
    }
    told.push(format!("© 2026 The Courier No. {number}. All rights reserved."));
    told.join("\n\n")
}

/// One word of twenty replaced.
fn edited(paragraph: &str, dice: &mut Dice) -> String {
    let words = paragraph.split(' ').map(|word| if dice.below(20) == 0 { "reportedly" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

fn published(outlet: usize, headline: &str, text: String) -> ParsedArticle {
    ParsedArticle { publisher: Some(format!("Outlet {outlet}")), ..article(headline, &text) }
}

/// Every story as the sorted headlines of its articles.
fn partition(world: &World) -> Vec<Vec<String>> {
    let mut stories: Vec<Vec<String>> = world
        .library
        .shared_stories(u32::MAX, &[])
        .unwrap()
        .into_iter()
        .map(|story| {
            let mut titles: Vec<String> = story.versions.into_iter().map(|one| one.title).collect();
            titles.sort();
            titles
        })
        .collect();
    stories.sort();
    stories
}

fn add_all(world: &World, source: SourceId, articles: Vec<ParsedArticle>, topics: &[&str]) -> u32 {
    let arrivals = articles.into_iter().map(|article| news(article, topics)).collect();
    let batch = Batch { source, arrivals, receipts: Vec::new(), at: noon() };
    world.library.add(&batch).unwrap().iter().map(|outcome| outcome.alerts).sum()
}

#[test]
fn five_hundred_copies_in_sixty_outlets_are_one_story_and_one_alert() {
    let world = World::new();
    let (wire, mut dice) = (story(1, 15), Dice(3));
    let mut alerts = 0;
    for outlet in 0..60 {
        let source = world.source(&format!("outlet{outlet}"));
        for copy in (0..500).filter(|copy| copy % 60 == outlet) {
            let text = variant(&wire, copy, &mut dice);
            // A headline of its own, and no number in it: those are parts of a series.
            let words = story(30_000 + copy as u64, 1).remove(0);
            let headline = words.split(' ').take(9).collect::<Vec<_>>().join(" ");
            alerts += add_all(&world, source, vec![published(outlet, &headline, text)], &["talks"]);
        }
    }
    let stories = world.library.shared_stories(10, &[]).unwrap();
    let sizes: Vec<usize> = stories.iter().map(|story| story.versions.len()).collect();
    assert_eq!(sizes, [500], "all copies are one story");
    let raised = world.library.alerts(AlertFilter::Newest(10), noon()).unwrap();
    assert_eq!((alerts, raised.len(), raised[0].outlets), (1, 1, 60));
    assert_eq!(world.library.outlets(stories[0].id).unwrap().len(), 60);
}

#[test]
fn three_hundred_stories_stay_apart() {
    let world = World::new();
    let source = world.source("wire");
    let articles =
        (0..300).map(|n| article(&format!("Story {n}"), &story(1_000 + n, 12).join("\n\n"))).collect();
    add_all(&world, source, articles, &["talks"]);
    assert_eq!(partition(&world), Vec::<Vec<String>>::new());
    assert_eq!(world.library.alerts(AlertFilter::Newest(u32::MAX), noon()).unwrap().len(), 300);
}

#[test]
fn reports_from_a_template_stay_apart() {
    let world = World::new();
    let (source, other) = (world.source("exchange"), world.source("courier"));
    let report = |day: usize| {
        format!(
            "The Harbour Exchange closed {}.{} percent higher at {} points in moderate trading, dealers said on day {day}. \
             Turnover came to {} million crowns. The crown stood at {}.{} to the dollar, against {}.{} a day before. \
             Analysts expect trading to stay calm until the central bank meets next month.",
            day % 3,
            day * 7 % 10,
            7_000 + day * 13,
            300 + day * 11,
            8 + day % 2,
            day * 3 % 100,
            9,
            day * 17 % 100
        )
    };
    for day in 1..40 {
        let from = if day % 2 == 0 { source } else { other };
        let headline = "Harbour Exchange closes higher in moderate trading";
        add_all(&world, from, vec![article(headline, &report(day))], &[]);
    }
    assert_eq!(partition(&world), Vec::<Vec<String>>::new());
}

#[test]
fn the_order_of_arrival_changes_nothing() {
    let mut dice = Dice(11);
    let mut articles: Vec<ParsedArticle> = Vec::new();
    for group in 0..12 {
        let wire = story(500 + group, 12);
        let copies = (0..(group as usize % 5 + 1)).map(|copy| variant(&wire, copy, &mut dice));
        articles.extend(copies.enumerate().map(|(copy, text)| article(&format!("{group}/{copy}"), &text)));
    }
    let told = |articles: Vec<ParsedArticle>| {
        let world = World::new();
        let source = world.source("wire");
        add_all(&world, source, articles, &[]);
        partition(&world)
    };
    let first = told(articles.clone());
    assert!(first.len() >= 9, "{first:?}");
    for _ in 0..5 {
        dice.shuffle(&mut articles);
        assert_eq!(told(articles.clone()), first);
    }
}

#[test]
fn an_article_that_connects_two_stories_joins_them_and_their_alerts() {
    let world = World::new();
    let (one, two, three) = (world.source("one"), world.source("two"), world.source("three"));
    let (wire, other) = (story(7, 8), story(70, 7));
    let second = [&wire[..1], &other[..]].concat();
    add_all(&world, one, vec![article("One development", &wire.join("\n\n"))], &["talks"]);
    add_all(&world, two, vec![article("Another", &second.join("\n\n"))], &["talks", "oil"]);
    assert_eq!(world.library.alerts(AlertFilter::Newest(10), noon()).unwrap().len(), 3, "strangers so far");
    let ids: Vec<_> =
        world.library.alerts(AlertFilter::Pending, noon()).unwrap().iter().map(|one| one.id).collect();
    world.library.settle_alerts(&ids, Fate::Shown, noon()).unwrap();
    let raised = add_all(
        &world,
        three,
        vec![article("Both", &[wire, other].concat().join("\n\n"))],
        &["talks", "oil"],
    );
    assert_eq!(raised, 0);
    let alerts = world.library.alerts(AlertFilter::Newest(10), noon()).unwrap();
    let seen: Vec<(&str, u32, AlertState)> =
        alerts.iter().map(|alert| (alert.topic.as_str(), alert.outlets, alert.state)).collect();
    assert_eq!(seen, [("oil", 3, AlertState::Delivered), ("talks", 3, AlertState::Delivered)]);
}

#[test]
fn what_was_split_by_hand_stays_apart_until_it_is_merged() {
    let world = World::new();
    let (one, two, three) = (world.source("one"), world.source("two"), world.source("three"));
    let wire = story(8, 10);
    let text = wire.join("\n\n");
    add_all(&world, one, vec![article("A", &text)], &["talks"]);
    add_all(&world, two, vec![article("B", &text)], &["talks"]);
    let library = &world.library;
    let made = library.split_story(&[ArticleId(2)]).unwrap();
    assert_eq!(made, StoryId(2));
    add_all(&world, three, vec![article("C", &text)], &["talks"]);
    let story_of = |id| library.head(ArticleId(id)).unwrap().unwrap().story;
    assert_eq!((story_of(1), story_of(2), story_of(3)), (StoryId(1), StoryId(2), StoryId(1)));
    assert_eq!(library.merge_stories(&[StoryId(2), StoryId(1)]).unwrap(), StoryId(1));
    assert_eq!((story_of(1), story_of(2), story_of(3)), (StoryId(1), StoryId(1), StoryId(1)));
    assert_eq!(library.outlets(StoryId(1)).unwrap(), ["one", "two", "three"]);
    assert_eq!(library.alerts(AlertFilter::Newest(9), noon()).unwrap()[0].outlets, 3);
    assert!(library.merge_stories(&[StoryId(1), StoryId(99)]).is_err(), "no story 99");
    assert!(library.split_story(&[ArticleId(99)]).is_err(), "no article 99");
}

#[test]
fn the_first_article_of_a_story_may_be_split_off() {
    let world = World::new();
    let text = story(9, 10).join("\n\n");
    for name in ["one", "two", "three"] {
        add_all(&world, world.source(name), vec![article(name, &text)], &["talks"]);
    }
    assert_eq!(world.library.split_story(&[ArticleId(1)]).unwrap(), StoryId(1));
    let story = world.library.story(StoryId(2), &[]).unwrap().unwrap();
    assert_eq!(story.versions.iter().map(|one| one.article.0).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn a_changed_article_may_come_to_tell_a_story() {
    let world = World::new();
    let (one, two) = (world.source("one"), world.source("two"));
    let text = story(10, 10).join("\n\n");
    let flash = |text: &str| ParsedArticle { external_id: Some("7".into()), ..article("Flash", text) };
    add_all(&world, one, vec![article("Wire", &text)], &["talks"]);
    add_all(&world, two, vec![flash("More follows.")], &[]);
    let changed = world.add(two, news(flash(&text), &["talks"]));
    assert_eq!((changed.added, changed.alerts), (Added::Changed(ArticleId(2)), 0));
    assert_eq!(world.library.alerts(AlertFilter::Newest(9), noon()).unwrap()[0].outlets, 2);
}

#[test]
fn a_copy_after_a_fortnight_is_a_story_of_its_own() {
    let world = World::new();
    let text = story(12, 10).join("\n\n");
    add_all(&world, world.source("one"), vec![article("Then", &text)], &[]);
    let late = Batch {
        source: world.source("two"),
        arrivals: vec![news(article("Now", &text), &[])],
        receipts: Vec::new(),
        at: noon() + TimeDelta::days(15),
    };
    world.library.add(&late).unwrap();
    assert_eq!(partition(&world), Vec::<Vec<String>>::new());
}

#[test]
fn another_program_s_articles_are_found_and_a_new_start_remembers() {
    let world = World::new();
    let text = story(13, 10).join("\n\n");
    add_all(&world, world.source("one"), vec![article("Here", &text)], &[]);
    let other = wirewatch_library::Library::open(world.library.folder()).unwrap();
    let there = Arrival { ..news(article("There", &text), &[]) };
    let batch =
        Batch { source: world.source("two"), arrivals: vec![there], receipts: Vec::new(), at: noon() };
    other.add(&batch).unwrap();
    add_all(&world, world.source("three"), vec![article("Here again", &text)], &[]);
    assert_eq!(partition(&world), [["Here", "Here again", "There"]]);
}

#[test]
fn the_order_of_arrival_changes_nothing_for_short_copies_either() {
    let told = |order: [usize; 3]| {
        let world = World::new();
        for number in order {
            let days = [0, 13, 26][number];
            let copy = ParsedArticle {
                published: Some(wirewatch_model::Published::At(noon() - TimeDelta::days(26 - days))),
                ..article("Talks", "They met.")
            };
            add_all(&world, world.source(&format!("outlet{number}")), vec![copy], &[]);
        }
        world
            .library
            .shared_stories(9, &[])
            .unwrap()
            .iter()
            .map(|story| story.versions.len())
            .collect::<Vec<_>>()
    };
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0], [0, 2, 1]] {
        assert_eq!(told(order), [3], "{order:?}: the middle one connects the others");
    }
}

#[test]
fn what_an_editor_wants_of_a_story_is_wanted_of_the_one_that_it_joins() {
    let world = World::new();
    let (one, two) = (world.source("one"), world.source("two"));
    add_all(&world, one, vec![article("A", &story(8, 10).join("\n\n"))], &["talks"]);
    add_all(&world, two, vec![article("B", &story(9, 10).join("\n\n"))], &["talks"]);
    let library = &world.library;
    library
        .change_curation("daily", |wanted| {
            wanted.dropped.insert(StoryId(2));
        })
        .unwrap();
    library.merge_stories(&[StoryId(1), StoryId(2)]).unwrap();
    assert_eq!(library.curation("daily").unwrap().dropped, [StoryId(1)].into());
}
