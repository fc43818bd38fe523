use proptest::prelude::*;

use super::outline::LONGEST_NAME;
use super::reader::{MAX_DEPTH, MOST_COMPLAINTS};
use super::*;
use crate::plain;

fn show(text: &str) -> Vec<String> {
    let feeds = read_opml(text.as_bytes()).feeds;
    feeds
        .into_iter()
        .map(|feed| format!("{}|{}|{}", feed.folders.join("/"), feed.title, feed.address))
        .collect()
}

#[test]
fn lists_are_read_however_broken() {
    for (text, want) in [
        (
            "<opml><body><outline text='A'><outline text='One' xmlUrl='https://a.example/1'/></outline>\
             <outline title='Two' xmlUrl='https://a.example/2'/></body></opml>",
            &["A|One|https://a.example/1", "|Two|https://a.example/2"][..],
        ),
        // A bare ampersand, quotes in quotes, capitals, an own prefix.
        (
            "<OPML><OUTLINE TEXT=\"Q & \"A\" news\" XMLURL=\"https://a.example/?x=1&y=2\"/><o:outline xmlUrl=\"http://b.example/f\" text=''/>",
            &["|Q &|https://a.example/?x=1&y=2", "|b.example|http://b.example/f"],
        ),
        // Feeds that are never closed lie beside each other, not in each other.
        (
            "<outline text='A'><outline text='1' xmlUrl='https://a.example/1'><outline text='2' xmlUrl='https://a.example/2'>",
            &["A|1|https://a.example/1", "A|2|https://a.example/2"],
        ),
        (
            "<outline text='A'><outline text='B'><outline text='1' xmlUrl='feed://a.example/1'></outline></outline></outline><outline text='2' xmlUrl='feed:https://a.example/2'/>",
            &["A/B|1|http://a.example/1", "|2|https://a.example/2"],
        ),
        ("<opml><body/></opml>", &[]),
    ] {
        assert_eq!(show(text), want, "{text}");
    }
}

#[test]
fn markup_in_a_name_costs_no_feed() {
    for (text, want) in [
        (
            r#"<outline text="A"><outline title="T" text="<em data-x="y">" xmlUrl="https://a.example/1"/></outline><outline text="2" xmlUrl="https://a.example/2"/>"#,
            &["A|T|https://a.example/1", "|2|https://a.example/2"][..],
        ),
        (
            r#"<outline text="<em data-x="y">Hi</em>" xmlUrl="https://a.example/1"></outline><outline text="B"><outline text="2" xmlUrl="https://a.example/2"/>"#,
            &["|a.example|https://a.example/1", "B|2|https://a.example/2"],
        ),
        (
            r#"<outline text="<br class="x"/>" title="T" xmlUrl="https://a.example/1"/>"#,
            &["|T|https://a.example/1"],
        ),
        // What stands behind another tag is no rest of the outline before it.
        (r#"<outline text="A"></outline>" xmlUrl="https://a.example/1"/>"#, &[]),
    ] {
        assert_eq!(show(text), want, "{text}");
    }
}

#[test]
fn an_address_is_found_in_a_tag_whose_quotes_do_not_match() {
    for (text, want) in [
        (
            r#"<outline text="T" description="not closed xmlUrl="https://a.example/1"/><outline text="2" xmlUrl="https://a.example/2"/>"#,
            &["|T|https://a.example/1", "|2|https://a.example/2"][..],
        ),
        (
            r#"<outline text="T" htmlUrl="https://h.example" description="<img src="x.png"/> more" xmlUrl="https://a.example/1"/>"#,
            &["|T|https://a.example/1"],
        ),
        (
            r#"<outline text="T" description="<a href="https://x.example/">one</a>, <a href="y">two</a>" xmlUrl="https://a.example/1"/>"#,
            &["|T|https://a.example/1"],
        ),
    ] {
        assert_eq!(show(text), want, "{text}");
        let problems = read_opml(text.as_bytes()).problems;
        assert!(problems.is_empty(), "nothing is lost of {text}: {problems:?}");
    }
}

#[test]
fn what_older_programs_wrote_is_read() {
    for (text, want) in [
        ("<outline type='rss' text='T' url='https://a.example/1'/>", "|T|https://a.example/1"),
        ("<outline type='Atom' text='T' rssUrl='https://a.example/1'/>", "|T|https://a.example/1"),
        ("<outline text='T' xmlUrl='itpc://a.example/1'/>", "|T|http://a.example/1"),
        ("<outline text='T' xmlUrl='podcast:https://a.example/1'/>", "|T|https://a.example/1"),
    ] {
        assert_eq!(show(text), [want], "{text}");
    }
}

#[test]
fn no_address_is_lost_in_silence() {
    let said = |text: &str| -> Vec<String> {
        read_opml(text.as_bytes()).problems.into_iter().map(|problem| problem.message).collect()
    };
    let swallowed =
        "<outline text='1' xmlUrl='https://a.example/1<outline text='2' xmlUrl='https://a.example/2'/>";
    assert_eq!((show(swallowed).len(), said(swallowed).len()), (0, 2), "{:?}", said(swallowed));
    let swallowed = "<outline xmlUrl=\"https://a.example/1>\n<outline xmlUrl=\"https://a.example/2\"/>\n\
         <outline xmlUrl=\"https://a.example/3\"/>";
    let (feeds, problems) = (show(swallowed).len(), said(swallowed));
    assert!(feeds == 3 || !problems.is_empty(), "{feeds} {problems:?}");
    let elsewhere = "<outline text='A'><feed xmlUrl='https://a.example/1'/></outline>";
    assert!(said(elsewhere)[0].starts_with("1 address in the list is in outlines"), "{:?}", said(elsewhere));
    let commented = "<!-- <outline xmlUrl='https://a.example/1'/> --><outline xmlUrl='https://a.example/2'/>";
    assert_eq!((show(commented).len(), said(commented).len()), (1, 0), "it was taken out by somebody");
}

#[test]
fn folders_are_bounded_in_depth_and_name() {
    let nested = format!("<outline text='{}'>", "n".repeat(1000)).repeat(100);
    let list = read_opml(format!("{nested}<outline xmlUrl='https://a.example/'/>").as_bytes());
    let folders = &list.feeds[0].folders;
    assert_eq!((folders.len(), folders[0].len()), (MAX_DEPTH, LONGEST_NAME));
}

#[test]
fn folders_that_nest_too_deep_close_no_other() {
    let open = |name: &str| format!("<outline text='{name}'>");
    let deep = MAX_DEPTH + 4;
    let text = format!(
        "{}{}{}<outline text='1' xmlUrl='https://a.example/'/>",
        open("A"),
        open("B").repeat(deep),
        "</outline>".repeat(deep)
    );
    assert_eq!(show(&text), ["A|1|https://a.example/"]);
}

#[test]
fn hostile_lists_are_read_and_written_in_reasonable_time() {
    let unclosed = "<outline text='A'>".repeat(100_000) + "<outline xmlUrl='https://a.example/'/>";
    assert_eq!(read_opml(unclosed.as_bytes()).feeds[0].folders.len(), MAX_DEPTH, "folders never closed");
    for one in ["<", "[", "<outline ", "xmlUrl=\"", "<outline xmlUrl='", "<!--", "&"] {
        assert_eq!(read_opml(one.repeat(1_000_000 / one.len()).as_bytes()).feeds, [], "{one}");
    }
    let apart: String = (0..20_000)
        .map(|at| format!("<outline text='{at}'><outline xmlUrl='https://a.example/{at}'/></outline>"))
        .collect();
    let feeds = read_opml(apart.as_bytes()).feeds;
    assert_eq!(read_opml(write_opml("Mine", &feeds).as_bytes()).feeds, feeds, "each in a folder of its own");
}

#[test]
fn a_crowd_of_complaints_is_counted() {
    let link = "<outline type='link' url='https://a.example/' text='x'/>";
    let problems = read_opml(link.repeat(MOST_COMPLAINTS + 7).as_bytes()).problems;
    let last = problems.last().map(|problem| problem.message.as_str());
    assert_eq!(problems.len(), MOST_COMPLAINTS + 1);
    assert_eq!(last, Some("7 more outlines were left out for such reasons"));
}

#[test]
fn what_is_left_out_is_said() {
    for (text, want) in [
        (
            "<outline xmlUrl='file:///etc/passwd' text='x'/>",
            "“file:///etc/passwd” is no web address; only http and https are fetched",
        ),
        (
            "<outline type='link' url='https://a.example/' text='x'/>",
            "“https://a.example/” has no feed; add its site by hand",
        ),
        (
            "<outline type='include' url='https://a.example/more.opml' text='x'/>",
            "“https://a.example/more.opml” is a list of its own; save it and import it, too",
        ),
        ("nothing", "this is no list of feeds: there is no outline in it; export OPML from the feed reader"),
    ] {
        let list = read_opml(text.as_bytes());
        assert_eq!((list.feeds.len(), list.problems[0].message.as_str()), (0, want), "{text}");
    }
}

#[test]
fn the_encoding_is_found() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(
        "<?xml version='1.0' encoding='windows-1251'?><opml><outline text='Новости' xmlUrl='https://a.example/'/>",
    );
    assert_eq!(read_opml(&bytes).feeds[0].title, "Новости");
}

proptest! {
    #[test]
    fn writing_and_reading_gives_the_same_list(
        names in prop::collection::vec(("[a-z&<>\"' é]{1,12}", 0..3usize), 0..8),
    ) {
        let feeds: Vec<Subscription> = names
            .iter()
            .enumerate()
            .filter(|(_, (name, _))| !name.trim().is_empty())
            .map(|(number, (name, depth))| Subscription {
                title: plain::line(name),
                address: format!("https://a.example/{number}?a=1&b=2"),
                site: (number % 2 == 0).then(|| "https://a.example/".to_owned()),
                folders: vec!["A & B".to_owned(), "C".to_owned()][..(*depth).min(2)].to_vec(),
                kind: SourceKind::Feed,
            })
            .collect();
        let mut read = read_opml(write_opml("Mine", &feeds).as_bytes()).feeds;
        read.sort_by(|one, other| one.address.cmp(&other.address));
        prop_assert_eq!(read, feeds);
    }

    #[test]
    fn no_input_panics(text in "(<outline|xmlUrl=|text=|\"|'|>|/>|</outline>|http://a.b|&| |x){0,60}") {
        read_opml(text.as_bytes());
    }
}
