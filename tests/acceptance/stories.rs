//! One story in many outlets is one story, until the user says otherwise.

use crate::world::{Page, Server, World, relations_clipping};

const OUTLETS: usize = 60;
const ARTICLES: usize = 500;

/// Outlets of which the articles come by feed; those of the others are clippings. The test's server
/// answers so many at a time.
const FEEDS: usize = 4;

/// The paragraphs of a wire story that the shipped topic `us-russia` flags.
const WIRE: [&str; 6] = [
    "American and Russian negotiators met in Geneva on Wednesday for talks on relations between Washington and \
     Moscow, the first in a year.",
    "The U.S. delegation arrived by train after its aircraft was held up in fog, and the Russian side waited for \
     two hours in the lobby of the hotel.",
    "On the table were inspections of silos, the return of consular staff and a list of forty prisoners, of whom \
     both sides want to see at least half come home before the winter.",
    "A translator who was in the room said that the first hour went to the shape of the agenda, and that nobody \
     touched the coffee.",
    "The hosts had put up screens along the lakeside promenade, so that the delegations could walk there unseen \
     between the sessions.",
    "Both left without a word to reporters, and a second round was put off until the leaves are down.",
];

/// What an outlet makes of it: cut short, with an opening of its own, in its own order.
fn told(number: usize) -> Vec<String> {
    let mut paragraphs: Vec<String> = WIRE.iter().map(|&paragraph| paragraph.to_owned()).collect();
    match number % 5 {
        0 => paragraphs.truncate(4),
        1 => paragraphs.insert(0, format!("Our correspondent number {number} was there.")),
        2 => paragraphs.swap(2, 4),
        3 => paragraphs[0] = format!("GENEVA, edition {number} - {}", WIRE[0]),
        _ => paragraphs.push(format!("Reporting and editing by desk {number}.")),
    }
    paragraphs
}

fn headline(number: usize) -> String {
    format!("What the envoys said in Geneva, as edition {number} has it")
}

fn clipping(outlet: &str, number: usize) -> String {
    let site = outlet.to_lowercase().replace(' ', "-");
    format!(
        "# {}\n\nBy [{outlet}](#)\n\nSeptember 3, 2025\n\n{}\n\nOriginal url:\n\n<https://{site}.example.org/geneva/{number}>\n",
        headline(number),
        told(number).join("\n\n")
    )
}

fn feed(outlet: &str, numbers: &[usize]) -> String {
    let items: String = numbers
        .iter()
        .map(|&number| {
            let text: String = told(number).iter().map(|one| format!("&lt;p&gt;{one}&lt;/p&gt;")).collect();
            format!(
                "<item><guid>{number}</guid><title>{}</title><link>https://{outlet}.example.org/{number}</link>\
                 <pubDate>Wed, 03 Sep 2025 10:00:00 GMT</pubDate><description>{text}</description></item>",
                headline(number)
            )
        })
        .collect();
    format!("<rss version=\"2.0\"><channel><title>Outlet {outlet}</title>{items}</channel></rss>")
}

#[test]
fn five_hundred_copies_in_sixty_outlets_are_one_alert() {
    let (world, server) = (World::new(), Server::start());
    for number in 0..ARTICLES {
        let outlet = number % OUTLETS;
        if outlet >= FEEDS {
            world.drop_file(&format!("{number}.md"), clipping(&format!("Outlet {outlet}"), number));
        }
    }
    world.done(["add", "--alert-existing", world.inbox().to_str().unwrap()]);
    for outlet in 0..FEEDS {
        let numbers: Vec<usize> = (outlet..ARTICLES).step_by(OUTLETS).collect();
        let path = format!("/{outlet}");
        server.serve(&path, Page::ok("application/rss+xml", feed(&outlet.to_string(), &numbers)));
        let name = format!("Outlet {outlet}");
        world.done(["add", "--alert-existing", "--kind", "feed", "--name", &name, &server.url(&path)]);
    }
    let ran = world.done(["check"]);
    let total = &ran.lines.last().unwrap()["total"];
    assert_eq!((&total["new"], &total["alerts"]), (&ARTICLES.into(), &1.into()), "{}", ran.stderr);
    let alerts = world.done(["alerts"]).lines;
    assert_eq!(alerts.len(), 1);
    assert_eq!(alerts[0]["outlets"], OUTLETS);
    let stories = world.done(["stories", "list"]).lines;
    assert_eq!(stories.len(), 1);
    assert_eq!(stories[0]["articles"].as_array().map(Vec::len), Some(ARTICLES));
}

#[test]
fn a_story_can_be_taken_apart_and_joined_and_stays_as_it_was_left() {
    let world = World::new();
    for (number, outlet) in ["Harbour Wire", "The Courier", "Evening Post"].into_iter().enumerate() {
        world.drop_file(&format!("{number}.md"), clipping(outlet, number));
    }
    world.drop_file("other.md", relations_clipping(1));
    world.done(["add", "--alert-existing", world.inbox().to_str().unwrap()]);
    assert_eq!(world.check()["alerts"], 2, "one a story");
    let alerts = world.done(["alerts"]).lines;
    let mut outlets: Vec<i64> = alerts.iter().map(|alert| alert["outlets"].as_i64().unwrap()).collect();
    outlets.sort_unstable();
    assert_eq!(outlets, [1, 3]);

    let stories = world.done(["stories", "list"]).lines;
    assert_eq!(stories.len(), 1);
    let articles = |story: &serde_json::Value| story["articles"].as_array().unwrap().len();
    assert_eq!(articles(&stories[0]), 3);
    let last = stories[0]["articles"][2]["article"].to_string();
    assert_eq!(world.done(["show", &last]).lines[0]["also_in"].as_array().unwrap().len(), 2);

    let split = world.done(["stories", "split", &last]).lines.remove(0);
    assert_eq!(articles(&split), 1);
    world.drop_file("again.md", clipping("Fourth Estate", 3));
    world.check();
    let left = world.done(["stories", "list"]).lines;
    assert!(
        left.iter().all(|story| story["id"] != split["id"]),
        "what was taken apart stays apart: {left:?}"
    );
    let ids = [split["id"].to_string(), left[0]["id"].to_string()];
    let merged = world.done(["stories", "merge", &ids[0], &ids[1]]).lines.remove(0);
    assert_eq!((&merged["id"], articles(&merged)), (&stories[0]["id"], 4));
    assert_eq!(world.done(["show", &last]).lines[0]["also_in"].as_array().unwrap().len(), 3);
}

#[test]
fn a_preferred_source_speaks_for_a_story() {
    let world = World::new();
    world.drop_file("0.md", clipping("Harbour Wire", 0));
    world.done(["add", world.inbox().to_str().unwrap()]);
    world.check();
    let other = world.path("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("1.md"), clipping("The Courier", 1)).unwrap();
    let second = world.done(["add", other.to_str().unwrap()]).lines[0]["id"].to_string();
    world.check();
    let speaker = || {
        let story = world.done(["stories", "list"]).lines.remove(0);
        (story["article"].as_i64(), story["title"].as_str().map(str::to_owned))
    };
    assert_eq!(speaker(), (Some(1), Some(headline(0))), "the earliest");
    world.done(["settings", "set", "preferred-sources", &second]);
    assert_eq!(speaker(), (Some(2), Some(headline(1))));
}
