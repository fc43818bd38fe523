//! Made-up digests that templates are tried on: one with everything, one with nothing.

use chrono::{DateTime, NaiveDate};

use crate::{Carrier, Chapter, Correction, Coverage, Digest, Gap, Link, Segment, Story};

/// A digest that holds all that a digest can hold, and an empty one.
pub(crate) fn specimens() -> [Digest; 2] {
    let empty = empty();
    [full(empty.clone()), empty]
}

fn empty() -> Digest {
    Digest {
        title: "Daily digest".to_owned(),
        made_at: DateTime::UNIX_EPOCH,
        date: NaiveDate::default(),
        day: "Thursday, 1 January 1970".to_owned(),
        note: Vec::new(),
        articles: 0,
        stories: 0,
        chapters: Vec::new(),
        corrections: Vec::new(),
        coverage: Coverage {
            from: "Wed 31 Dec 1969, 07:30".to_owned(),
            to: "Thu 1 Jan 1970, 07:30".to_owned(),
            zone: "Europe/London".to_owned(),
            scanned: 0,
            matched: 0,
            read: 1,
            gaps: Vec::new(),
        },
    }
}

fn full(empty: Digest) -> Digest {
    let gap = |last_read: Option<&str>| Gap {
        source: "Harbour gazette".to_owned(),
        last_read: last_read.map(str::to_owned),
        reason: "the server answered 503 Service Unavailable".to_owned(),
    };
    Digest {
        note: vec!["The pilots' strike is expected to end today.".to_owned()],
        articles: 1204,
        stories: 2,
        chapters: vec![chapter(vec![rich_story(), bare_story()]), chapter(Vec::new())],
        corrections: vec![Correction {
            headline: "Ferries sail again".to_owned(),
            link: link(),
            outlet: "Harbour gazette".to_owned(),
            time: "Wed 31 Dec, 18:00".to_owned(),
            what: "taken back by its provider".to_owned(),
        }],
        coverage: Coverage {
            scanned: 1204,
            matched: 3,
            gaps: vec![gap(Some("Wed 31 Dec 1969, 19:00")), gap(None)],
            ..empty.coverage
        },
        ..empty
    }
}

fn chapter(stories: Vec<Story>) -> Chapter {
    Chapter {
        topic: "harbours".to_owned(),
        name: "Harbours".to_owned(),
        articles: stories.len(),
        omitted: stories.len(),
        volume: if stories.is_empty() { Vec::new() } else { vec![0, 3, 2] },
        stories,
        dropped: Vec::new(),
        beyond: Vec::new(),
        placed: 0,
    }
}

fn rich_story() -> Story {
    let run = |text: &str, hit| Segment { text: text.to_owned(), hit };
    Story {
        id: 1,
        headline: "Pilots and port go back to the table".to_owned(),
        link: link(),
        outlet: "Harbour gazette".to_owned(),
        time: "06:12".to_owned(),
        language: Some("ar".to_owned()),
        rtl: true,
        summary: vec![run("Talks about the ", false), run("harbour", true), run(" go on.", false)],
        summary_only: true,
        also: vec![
            Carrier { outlet: "Evening post".to_owned(), link: link() },
            Carrier { outlet: "Coast radio".to_owned(), link: None },
        ],
        note: vec!["We are quoted in the last paragraph.".to_owned()],
    }
}

fn bare_story() -> Story {
    Story {
        id: 2,
        link: None,
        language: None,
        rtl: false,
        summary: Vec::new(),
        summary_only: false,
        also: Vec::new(),
        note: Vec::new(),
        ..rich_story()
    }
}

fn link() -> Option<Link> {
    Link::new("https://gazette.example/pilots")
}
