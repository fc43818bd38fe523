//! When an alert is raised, for whom it waits, and which article speaks in it.

use chrono::{DateTime, TimeDelta, Utc};
use wirewatch_library::{Added, AlertFilter, Arrival, Batch, Told, TopicRule};
use wirewatch_model::{
    Alert, ArticleId, Fate, Hold, Level, ParsedArticle, Period, SourceId, Status, TopicId,
};

use crate::{World, article, news, noon};

/// A revision of an agency's item.
fn revision(number: u32, text: &str) -> ParsedArticle {
    ParsedArticle {
        external_id: Some("urn:x:1".into()),
        revision: Some(number.to_string()),
        ..article("Talks", text)
    }
}

fn withheld(article: ParsedArticle) -> ParsedArticle {
    ParsedArticle { status: Status::Withheld, ..article }
}

fn until(embargo: DateTime<Utc>, article: ParsedArticle) -> ParsedArticle {
    ParsedArticle { embargo: Some(embargo), ..article }
}

fn add_at(world: &World, source: SourceId, article: ParsedArticle, at: DateTime<Utc>) -> u32 {
    let batch = Batch { source, arrivals: vec![news(article, &["talks"])], receipts: Vec::new(), at };
    world.library.add(&batch).unwrap()[0].alerts
}

/// The alerts that may be shown at a time.
fn due(world: &World, now: DateTime<Utc>) -> Vec<Alert> {
    world.library.alerts(AlertFilter::Pending, now).unwrap()
}

fn speakers(alerts: &[Alert]) -> Vec<ArticleId> {
    alerts.iter().map(|alert| alert.article).collect()
}

#[test]
fn what_was_withheld_at_first_raises_its_alert_when_it_is_released() {
    let world = World::new();
    let wire = world.source("wire");
    assert_eq!(add_at(&world, wire, withheld(revision(1, "They met.")), noon()), 0);
    assert_eq!(add_at(&world, wire, revision(2, "They met."), noon()), 1, "nobody was told yet");
    assert_eq!(add_at(&world, wire, revision(3, "They met again."), noon()), 0, "now they were");
}

#[test]
fn what_was_withheld_for_a_while_is_told_once_at_most() {
    let world = World::new();
    let wire = world.source("wire");
    assert_eq!(add_at(&world, wire, revision(1, "They met."), noon()), 1);
    add_at(&world, wire, withheld(revision(2, "")), noon());
    assert!(due(&world, noon()).is_empty());
    assert_eq!(add_at(&world, wire, revision(3, "They met."), noon()), 1, "it was never shown");
    let shown: Vec<_> = due(&world, noon()).iter().map(|alert| alert.id).collect();
    world.library.settle_alerts(&shown, Fate::Shown, noon()).unwrap();
    add_at(&world, wire, withheld(revision(4, "")), noon());
    assert_eq!(add_at(&world, wire, revision(5, "They met."), noon()), 0, "it was shown");
}

#[test]
fn another_copy_speaks_when_the_one_that_raised_the_alert_is_taken_back() {
    let world = World::new();
    let (wire, courier) = (world.source("wire"), world.source("courier"));
    add_at(&world, wire, revision(1, "They met."), noon());
    add_at(&world, courier, article("Talks", "They met."), noon());
    assert_eq!(due(&world, noon())[0].outlets, 2);
    let notice = ParsedArticle { status: Status::Cancelled, ..revision(2, "") };
    world.add(wire, news(notice, &[]));
    let alerts = due(&world, noon());
    assert_eq!(speakers(&alerts), [ArticleId(2)], "the courier still says so");
    assert_eq!(alerts[0].outlets, 1);
    let story = world.library.head(ArticleId(2)).unwrap().unwrap().story;
    assert_eq!(world.library.outlets(story).unwrap(), ["courier"]);
}

#[test]
fn a_copy_keeps_its_embargo_when_it_comes_to_speak() {
    let world = World::new();
    let (wire, courier) = (world.source("wire"), world.source("courier"));
    let end = noon() + TimeDelta::hours(6);
    add_at(&world, wire, revision(1, "They met."), noon());
    add_at(&world, courier, until(end, article("Talks", "They met.")), noon());
    add_at(&world, wire, withheld(revision(2, "")), noon());
    assert!(due(&world, noon()).is_empty());
    assert_eq!(speakers(&due(&world, end)), [ArticleId(2)]);
}

#[test]
fn a_lifted_embargo_frees_the_alert_and_a_longer_one_holds_it() {
    let world = World::new();
    let wire = world.source("wire");
    let (early, late) = (noon() + TimeDelta::hours(1), noon() + TimeDelta::hours(9));
    add_at(&world, wire, until(early, revision(1, "They met.")), noon());
    add_at(&world, wire, until(late, revision(2, "They met at last.")), noon());
    assert!(due(&world, early).is_empty(), "it was prolonged");
    assert_eq!(due(&world, late).len(), 1);
    let lifted = noon() + TimeDelta::minutes(5);
    add_at(&world, wire, revision(3, "They met, both say."), lifted);
    assert_eq!(due(&world, lifted).len(), 1, "it was lifted");
}

#[test]
fn an_embargo_is_lifted_by_a_revision_that_says_the_same() {
    let world = World::new();
    let wire = world.source("wire");
    add_at(&world, wire, until(noon() + TimeDelta::hours(6), revision(1, "They met.")), noon());
    let outcome = world.add(wire, news(revision(2, "They met."), &["talks"]));
    assert_eq!(outcome.added, Added::Known(ArticleId(1)), "its words are known");
    assert_eq!(due(&world, noon()).len(), 1, "and may be told now");
    assert_eq!(world.library.article(ArticleId(1)).unwrap().unwrap().content.embargo, None);
}

#[test]
fn a_copy_without_an_embargo_speaks_instead_of_one_that_has_to_wait() {
    let world = World::new();
    let (wire, courier) = (world.source("wire"), world.source("courier"));
    add_at(&world, wire, until(noon() + TimeDelta::hours(6), revision(1, "They met.")), noon());
    assert!(due(&world, noon()).is_empty());
    assert_eq!(add_at(&world, courier, article("Talks", "They met."), noon()), 0, "one alert a story");
    assert_eq!(speakers(&due(&world, noon())), [ArticleId(2)]);
}

#[test]
fn a_copy_whose_embargo_is_lifted_speaks_instead_of_one_that_has_to_wait() {
    let world = World::new();
    let (wire, courier) = (world.source("wire"), world.source("courier"));
    let (end, later) = (noon() + TimeDelta::hours(6), noon() + TimeDelta::hours(1));
    add_at(&world, courier, until(end, article("Talks", "They met.")), noon());
    add_at(&world, wire, until(end, revision(1, "They met.")), noon());
    add_at(&world, wire, revision(2, "They met."), later);
    assert_eq!(speakers(&due(&world, later)), [ArticleId(2)]);
}

#[test]
fn nothing_shows_or_counts_an_alert_before_its_embargo_ends() {
    let world = World::new();
    let wire = world.source("wire");
    let end = noon() + TimeDelta::hours(6);
    add_at(&world, wire, until(end, revision(1, "They met.")), noon());
    let before = end - TimeDelta::seconds(1);
    for filter in [AlertFilter::Pending, AlertFilter::Newest(9), AlertFilter::Since(noon())] {
        assert_eq!(world.library.alerts(filter, before).unwrap(), [], "{filter:?}");
        assert_eq!(world.library.alerts(filter, end).unwrap().len(), 1, "{filter:?}");
    }
    assert_eq!(world.library.counts(before).unwrap().unseen_alerts, 0);
    assert_eq!(world.library.counts(end).unwrap().unseen_alerts, 1);
}

#[test]
fn what_was_done_with_an_alert_is_kept_and_only_what_was_told_counts() {
    let world = World::new();
    let wire = world.source("wire");
    for number in 0..3 {
        add_at(&world, wire, article(&format!("Talks {number}"), &format!("Round {number}.")), noon());
    }
    let ids: Vec<_> = due(&world, noon()).iter().map(|alert| alert.id).collect();
    let late = noon() + TimeDelta::minutes(5);
    for (id, fate) in ids.iter().zip([Fate::Shown, Fate::Held(Hold::QuietHours), Fate::Summarised]) {
        world.library.settle_alerts(&[*id], fate, late).unwrap();
    }
    assert!(due(&world, late).is_empty());
    let kept: Vec<_> = world.library.alerts(AlertFilter::Newest(9), late).unwrap();
    let fates: Vec<_> = kept.iter().rev().map(|alert| alert.fate).collect();
    let wanted = [Fate::Shown, Fate::Held(Hold::QuietHours), Fate::Summarised];
    assert_eq!(fates, wanted.map(Some));
    let told = |fate| Told { topic: TopicId::from_name("talks"), fate, level: Level::Notify };
    assert_eq!(world.library.told_since(noon()).unwrap(), [told(Fate::Shown), told(Fate::Summarised)]);
    assert_eq!(world.library.told_since(late).unwrap(), []);
}

#[test]
fn what_was_held_back_is_told_of_once_unless_it_was_read_before() {
    let world = World::new();
    let wire = world.source("wire");
    for number in 0..5 {
        add_at(&world, wire, article(&format!("Talks {number}"), &format!("Round {number}.")), noon());
    }
    let ids: Vec<_> = due(&world, noon()).iter().map(|alert| alert.id).collect();
    let holds = [Hold::QuietHours, Hold::Paused, Hold::Snoozed, Hold::OverBudget, Hold::QuietHours];
    for (id, hold) in ids.iter().zip(holds) {
        world.library.settle_alerts(&[*id], Fate::Held(hold), noon()).unwrap();
    }
    world.library.read_alerts(&ids[4..]).unwrap();
    let held = || -> Vec<_> {
        let alerts = world.library.alerts(AlertFilter::HeldBack, noon()).unwrap();
        alerts.iter().map(|alert| alert.id).collect()
    };
    assert_eq!(held(), ids[..2], "a snooze and a budget are wishes to hear nothing");
    world.library.set_alerts_told(&ids[..1], noon()).unwrap();
    assert_eq!(held(), ids[1..2]);
    let kept = world.library.alerts(AlertFilter::Newest(9), noon()).unwrap();
    assert_eq!(kept[4].fate, Some(Fate::Held(Hold::QuietHours)), "why it was held is known all the same");
}

#[test]
fn a_spike_is_told_once_a_topic_and_day_and_is_no_story() {
    let world = World::new();
    let (wire, talks) = (world.source("wire"), TopicId::from_name("talks"));
    let raise = |words: &str, later: TimeDelta| {
        let day = noon().date_naive() + TimeDelta::days(later.num_days());
        world.library.raise_spike(&talks, words, (day, noon() + later)).unwrap()
    };
    assert!(!raise("Many.", TimeDelta::zero()), "nothing came in");
    add_at(&world, wire, until(noon() + TimeDelta::days(9), article("Soon", "They will meet.")), noon());
    assert!(!raise("Many.", TimeDelta::zero()), "nothing that may be told");
    add_at(&world, wire, article("Talks", "They met."), noon());
    assert!(raise("Many.", TimeDelta::zero()));
    assert!(!raise("More.", TimeDelta::hours(13)), "the same local day, whatever the date is in London");
    assert!(raise("Many.", TimeDelta::days(1)));
    let alerts = due(&world, noon() + TimeDelta::days(1));
    let seen: Vec<_> = alerts.iter().map(|one| (one.sentence.as_str(), one.story.is_some())).collect();
    assert_eq!(seen, [("Why.", true), ("Many.", false), ("Many.", false)]);
}

#[test]
fn a_back_catalogue_counts_in_no_volume_of_news() {
    let world = World::new();
    let wire = world.source("wire");
    world.add(wire, Arrival { news: false, ..news(article("Old", "They met once."), &["talks"]) });
    world.add(wire, news(article("New", "They met again."), &["talks"]));
    let day = Period { from: noon() - TimeDelta::hours(1), to: noon() + TimeDelta::hours(1) };
    assert_eq!(world.library.news_times(day).unwrap(), [(TopicId::from_name("talks"), noon())]);
    assert_eq!(world.library.match_times(day).unwrap().len(), 2);
}

#[test]
fn rules_of_topics_and_levels_of_sources_are_kept_until_they_go() {
    let world = World::new();
    let (wire, talks) = (world.source("wire"), TopicId::from_name("talks"));
    let rule = TopicRule { budget: Some(3), snoozed_until: Some(noon()) };
    world.library.set_topic_rule(&talks, rule).unwrap();
    assert_eq!(world.library.topic_rules().unwrap().get(&talks), Some(&rule));
    world.library.remove_topic(&talks).unwrap();
    assert!(world.library.topic_rules().unwrap().is_empty());

    let level = || world.library.source(wire).unwrap().unwrap().level;
    assert_eq!(level(), None);
    assert!(world.library.set_source_level(wire, Some(Level::Silent)).unwrap());
    assert_eq!(level(), Some(Level::Silent));
    assert!(world.library.set_source_level(wire, None).unwrap());
    assert_eq!(level(), None);
    assert!(!world.library.set_source_level(SourceId(99), None).unwrap(), "there is none");
}

#[test]
fn nothing_under_embargo_is_a_correction() {
    let world = World::new();
    let wire = world.source("wire");
    let embargo = noon() + TimeDelta::days(3);
    add_at(&world, wire, until(embargo, revision(1, "They met.")), noon());
    let later = noon() + TimeDelta::days(1);
    add_at(&world, wire, until(embargo, revision(2, "They met twice.")), later);
    let day = |from: DateTime<Utc>| Period { from, to: from + TimeDelta::days(1) };
    let corrected = |from| world.library.corrected_in(day(from), TimeDelta::days(14)).unwrap().len();
    assert_eq!(corrected(later), 0, "nobody was told of the first one");
    let free = embargo + TimeDelta::hours(1);
    add_at(&world, wire, revision(3, "They met thrice."), free);
    assert_eq!(corrected(free), 1, "it was told when its embargo ended");
}
