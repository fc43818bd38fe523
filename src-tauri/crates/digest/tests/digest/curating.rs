use wirewatch_digest::{Digest, Mail, compose, decode, encode, to_html, to_mail, to_markdown, to_pdf};
use wirewatch_model::{Article, Revision, Status, StoryId};

use crate::sample::{Night, article, at, night, templates, topic};

fn two_talks() -> Night {
    let articles = [3, 2, 1].map(|id| article(id, &format!("Number {id}"), "Talks.", &["Talks"], &["Talks"]));
    Night { topics: vec![topic("Talks")], articles: articles.to_vec(), ..night() }
}

fn headlines(digest: &Digest) -> Vec<&str> {
    digest.chapters[0].stories.iter().map(|story| story.headline.as_str()).collect()
}

#[test]
fn the_editor_drops_moves_and_annotates() {
    let mut night = two_talks();
    assert_eq!(headlines(&compose(&night.material())), ["Number 3", "Number 2", "Number 1"]);
    night.curation.dropped.insert(StoryId(3));
    night.curation.first = vec![StoryId(1)];
    night.curation.annotate(StoryId(2), "Ours.\n\n\u{202e}See page 4.");
    night.curation.note = "A quiet night.".into();
    let digest = compose(&night.material());
    assert_eq!(headlines(&digest), ["Number 1", "Number 2"]);
    assert_eq!((digest.articles, digest.stories, digest.chapters[0].articles), (2, 2, 2));
    assert_eq!(digest.coverage.matched, 3, "the ledger says what was found, not what was wanted");
    assert_eq!(digest.chapters[0].stories[1].note, ["Ours.", "See page 4."], "clean, a paragraph a line");
    assert_eq!(digest.note, ["A quiet night."]);
    assert_eq!(digest.chapters[0].dropped[0].headline, "Number 3");
    let kept = decode(&encode(&digest)).unwrap();
    assert!(kept.chapters[0].dropped.is_empty(), "what was left out is not kept");
}

#[test]
fn the_cap_counts_after_the_editor() {
    let mut night = two_talks();
    night.curation.first = vec![StoryId(1)];
    let digest = compose(&wirewatch_digest::Material { cap: 1, ..night.material() });
    let chapter = &digest.chapters[0];
    assert_eq!((headlines(&digest), chapter.omitted, chapter.placed), (vec!["Number 1"], 2, 1));
    let beyond: Vec<&str> = chapter.beyond.iter().map(|story| story.headline.as_str()).collect();
    assert_eq!(beyond, ["Number 3", "Number 2"], "an editor can choose from these");
    assert!(decode(&encode(&digest)).unwrap().chapters[0].beyond.is_empty(), "they are not kept");
}

#[test]
fn one_chapter_is_ordered_and_the_others_are_left_alone() {
    let mut night = two_talks();
    let other = topic("Others");
    for article in &mut night.articles {
        let found = wirewatch_model::Match { topic: other.id.clone(), ..article.matches[0].clone() };
        article.matches.push(found);
    }
    night.topics.push(other.clone());
    night.curation.order(other.id, vec![StoryId(1), StoryId(2)]);
    let digest = compose(&night.material());
    let ids = |chapter: usize| -> Vec<i64> {
        digest.chapters[chapter].stories.iter().map(|story| story.id).collect()
    };
    assert_eq!((ids(0), ids(1)), (vec![3, 2, 1], vec![1, 2, 3]));
}

#[test]
fn notes_and_corrections_stand_in_every_output() {
    let mut night = night();
    night.curation.note = "A quiet <night>.".into();
    night.curation.annotate(StoryId(12), "Quoted us.");
    night.corrected = vec![retracted()];
    let digest = compose(&night.material());
    let mail = to_mail(&digest, &Mail { sender: None, to: &[], pdf: None, templates: &templates() }).unwrap();
    let html = to_html(&digest, &templates()).unwrap();
    assert!(html.contains("A quiet &lt;night&gt;.") && html.contains("Quoted us."), "{html}");
    assert!(html.contains("taken back by its provider"));
    let markdown = to_markdown(&digest, &templates()).unwrap();
    for text in ["> A quiet \\<night\\>.", "> Quoted us.", "## Corrections", "taken back by its provider"] {
        assert!(markdown.contains(text), "{text} in {markdown}");
    }
    let mail = String::from_utf8(mail).unwrap().replace("=\r\n", "");
    assert!(mail.matches("Quoted us.").count() + mail.matches("taken back").count() > 0, "{mail}");
    assert!(to_pdf(&digest, &templates()).unwrap().starts_with(b"%PDF"));
}

fn retracted() -> Article {
    let mut article = article(2, "Ferries sail", "Talks about ferries.", &["US–Russia relations"], &[]);
    article.content.status = Status::Cancelled;
    article
}

#[test]
fn what_counts_as_a_correction() {
    let changed = |title: &str, at_: &str| Revision {
        replaced_at: at(at_),
        title: title.into(),
        text: "Talks.".into(),
    };
    let told = |revisions: Vec<Revision>| Article {
        revisions,
        ..article(2, "Ferries sail", "Talks about ferries.", &["Talks"], &[])
    };
    let mut counted = told(vec![changed("Ferries sail", "2026-11-23T12:00:00Z")]);
    counted.content.revision = Some("3".into());
    let mut foreign = retracted();
    foreign.matches[0].topic = topic("Gossip").id;
    for (article, want, why) in [
        (
            told(vec![changed("Ferries stay", "2026-11-23T12:00:00Z")]),
            Some("headline was “Ferries stay”"),
            "another headline",
        ),
        (
            told(vec![changed("First", "2026-11-23T12:00:00Z"), changed("Second", "2026-11-23T13:00:00Z")]),
            Some("headline was “First”"),
            "the last digest had the first one",
        ),
        (told(vec![changed("Ferries sail", "2026-11-23T12:00:00Z")]), None, "words were polished"),
        (told(vec![changed("Ferries stay", "2026-11-20T12:00:00Z")]), None, "before the period"),
        (counted, Some("has a new revision"), "an agency's"),
        (foreign, None, "a topic that is not reported"),
    ] {
        let mut night = two_talks();
        night.corrected = vec![article];
        let corrections = compose(&night.material()).corrections;
        assert_eq!(corrections.first().map(|c| c.what.as_str()), want, "{why}");
    }
}
