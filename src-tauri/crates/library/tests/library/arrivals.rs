//! Who an article is, and what follows from it.

use wirewatch_library::{Added, AlertFilter, Arrival, Selection};
use wirewatch_model::{AlertState, ArticleId, Fate, ParsedArticle, Status};

use crate::{World, article, news, noon};

fn with_id(id: &str, article: ParsedArticle) -> ParsedArticle {
    ParsedArticle { external_id: Some(id.into()), ..article }
}

fn with_url(url: &str, article: ParsedArticle) -> ParsedArticle {
    ParsedArticle { url: Some(url.into()), ..article }
}

#[test]
fn an_item_with_the_same_id_is_known_or_changed() {
    let world = World::new();
    let wire = world.source("wire");
    let first = ArticleId(1);
    assert_eq!(
        world.add(wire, news(with_id("a", article("Talks", "They met.")), &[])).added,
        Added::New(first)
    );
    assert_eq!(
        world.add(wire, news(with_id("a", article("Talks", "They met.")), &[])).added,
        Added::Known(first)
    );
    let changed = world.add(wire, news(with_id("a", article("Talks", "They met at last.")), &[]));
    assert_eq!(changed.added, Added::Changed(first));
    let kept = world.library.article(first).unwrap().unwrap();
    assert_eq!(
        (kept.content.text.as_str(), kept.revisions[0].text.as_str()),
        ("They met at last.", "They met.")
    );
}

#[test]
fn ids_count_within_their_source_only() {
    let world = World::new();
    let (one, two) = (world.source("one"), world.source("two"));
    world.add(one, news(with_id("1", article("Talks", "They met.")), &[]));
    assert_eq!(
        world.add(two, news(with_id("1", article("Harvest", "Wheat.")), &[])).added,
        Added::New(ArticleId(2))
    );
}

#[test]
fn an_address_is_one_article_in_every_feed_and_belongs_to_the_first() {
    let world = World::new();
    let (one, two) = (world.source("one"), world.source("two"));
    world.add(one, news(with_url("https://e.org/1?utm_source=a", article("Talks", "They met.")), &[]));
    let other = news(with_url("http://www.e.org/1", article("Talks", "They met, our reporter says.")), &[]);
    assert_eq!(world.add(two, other).added, Added::Known(ArticleId(1)), "another source does not rewrite it");
}

#[test]
fn a_feed_that_sends_everything_again_under_new_ids_brings_no_news() {
    let world = World::new();
    let wire = world.source("wire");
    world.add(wire, news(with_id("old", article("Talks", "They met.")), &["talks"]));
    let again = world.add(wire, news(with_id("new", article("Talks", "They met.")), &["talks"]));
    assert_eq!((again.added, again.alerts), (Added::SameAs(ArticleId(1)), 0));
}

#[test]
fn a_summary_never_replaces_the_whole_text() {
    let world = World::new();
    let wire = world.source("wire");
    world.add(wire, news(with_id("a", article("Talks", "They met. It was long.")), &[]));
    let poorer = ParsedArticle { summary_only: true, ..with_id("a", article("Talks", "They met.")) };
    assert_eq!(world.add(wire, news(poorer, &[])).added, Added::Known(ArticleId(1)));
}

#[test]
fn copies_in_several_outlets_are_one_story_and_one_alert() {
    let world = World::new();
    for (number, name) in ["one", "two", "three"].iter().enumerate() {
        let source = world.source(name);
        let outcome = world.add(source, news(article("Talks", "They met."), &["talks"]));
        assert_eq!(outcome.alerts, u32::from(number == 0), "{name}");
    }
    let alerts = world.library.alerts(AlertFilter::Newest(10), noon()).unwrap();
    assert_eq!((alerts.len(), alerts[0].outlets), (1, 3));
    assert_eq!(world.library.count(&Selection::All, 10).unwrap(), 3, "every outlet's article is kept");
}

#[test]
fn a_revision_alerts_only_for_topics_it_newly_matches() {
    let world = World::new();
    let wire = world.source("wire");
    world.add(wire, news(with_id("a", article("Talks", "They met.")), &["talks"]));
    let changed =
        world.add(wire, news(with_id("a", article("Talks", "They met on oil.")), &["talks", "oil"]));
    assert_eq!((changed.matches, changed.alerts), (2, 1));
}

#[test]
fn alerts_go_forward_only() {
    let world = World::new();
    let wire = world.source("wire");
    world.add(wire, news(article("Talks", "They met."), &["talks"]));
    let library = &world.library;
    let id = library.alerts(AlertFilter::Pending, noon()).unwrap()[0].id;
    let state = || library.alerts(AlertFilter::Newest(1), noon()).unwrap()[0].state;
    library.settle_alerts(&[id], Fate::Shown, noon()).unwrap();
    assert_eq!(state(), AlertState::Delivered);
    library.set_read(&[ArticleId(1)], true).unwrap();
    assert_eq!(state(), AlertState::Read, "reading the article is seeing its alert");
    library.settle_alerts(&[id], Fate::Shown, noon()).unwrap();
    assert_eq!(state(), AlertState::Read);
}

#[test]
fn lists_page_through_everything_once_newest_first() {
    let world = World::new();
    let wire = world.source("wire");
    for number in 0..25 {
        let topics: &[&str] = if number % 3 == 0 { &["talks"] } else { &[] };
        world.add(wire, news(article(&format!("Title {number}"), "Text."), topics));
    }
    for (selection, wanted) in [
        (Selection::All, 25),
        (Selection::Flagged, 9),
        (Selection::Topic(wirewatch_model::TopicId::from_name("talks")), 9),
        (Selection::Source(wire), 25),
        (Selection::Starred, 0),
    ] {
        let (mut ids, mut before) = (Vec::new(), None);
        loop {
            let page = world.library.page(&selection, before, 4).unwrap();
            ids.extend(page.heads.iter().map(|head| head.id));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(ids.len(), wanted, "{selection:?}");
        assert!(ids.windows(2).all(|pair| pair[0] > pair[1]), "{selection:?}");
        assert_eq!(world.library.count(&selection, 1_000).unwrap() as usize, wanted);
    }
}

fn revision(number: &str, text: &str) -> ParsedArticle {
    ParsedArticle { revision: Some(number.into()), ..with_id("urn:x:1", article("Talks", text)) }
}

#[test]
fn a_higher_revision_replaces_and_a_lower_one_never_does() {
    let world = World::new();
    let wire = world.source("wire");
    let add = |number, text| world.add(wire, news(revision(number, text), &["talks"])).added;
    assert_eq!(add("2", "They met."), Added::New(ArticleId(1)));
    assert_eq!(add("10", "They parted."), Added::Changed(ArticleId(1)), "ten is more than two");
    assert_eq!(add("3", "They sat."), Added::Known(ArticleId(1)), "late, and older");
    assert_eq!(add("11", "They parted."), Added::Known(ArticleId(1)), "the same words");
    assert_eq!(add("10", "They met."), Added::Known(ArticleId(1)), "older than the last that was seen");
    assert_eq!(world.library.article(ArticleId(1)).unwrap().unwrap().content.text, "They parted.");
}

#[test]
fn an_agencys_item_is_one_article_in_whichever_file_it_comes() {
    let world = World::new();
    let wire = world.source("wire");
    let add = |path: &str, number| {
        let arrival = Arrival {
            file: Some((path.into(), 0)),
            ..news(revision(number, &format!("Take {number}.")), &[])
        };
        world.add(wire, arrival).added
    };
    assert_eq!(add("/a.xml", "1"), Added::New(ArticleId(1)));
    assert_eq!(add("/b.xml", "2"), Added::Changed(ArticleId(1)));
    assert_eq!(add("/c.xml", "1"), Added::Known(ArticleId(1)));
}

#[test]
fn a_retracted_article_is_marked_keeps_its_text_and_raises_no_alert() {
    let world = World::new();
    let wire = world.source("wire");
    assert_eq!(world.add(wire, news(revision("1", "They met."), &["talks"])).alerts, 1);
    let notice = ParsedArticle { status: Status::Cancelled, ..revision("2", "") };
    let outcome = world.add(wire, news(notice.clone(), &["talks"]));
    assert_eq!((outcome.added, outcome.alerts), (Added::Changed(ArticleId(1)), 0));
    let kept = world.library.article(ArticleId(1)).unwrap().unwrap();
    assert_eq!((kept.content.status, kept.content.text.as_str()), (Status::Cancelled, "They met."));
    assert!(
        world.library.alerts(AlertFilter::Pending, noon()).unwrap().is_empty(),
        "not shown yet, so never"
    );
    assert_eq!(world.add(wire, news(notice, &[])).added, Added::Known(ArticleId(1)), "said twice");
    assert_eq!(
        world.add(wire, news(revision("1", "They met."), &["talks"])).added,
        Added::Known(ArticleId(1)),
        "the old revision does not bring it back"
    );
    let other = ParsedArticle { status: Status::Withheld, ..with_id("urn:x:2", revision("1", "They sat.")) };
    assert_eq!(world.add(wire, news(other, &["talks"])).alerts, 0, "withheld from the beginning");
}

#[test]
fn an_alert_under_embargo_bears_the_time_of_its_end() {
    let world = World::new();
    let wire = world.source("wire");
    let until = chrono::DateTime::from_timestamp(4_000_000_000, 0).unwrap();
    let embargoed = ParsedArticle { embargo: Some(until), ..revision("1", "They met.") };
    world.add(wire, news(embargoed, &["talks"]));
    assert_eq!(world.library.alerts(AlertFilter::Pending, until).unwrap()[0].at, until);
    let kept = world.library.article(ArticleId(1)).unwrap().unwrap();
    assert_eq!(kept.content.embargo, Some(until));
}
