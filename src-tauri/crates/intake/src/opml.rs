//! Lists of feeds in OPML, the format in which feed readers hand their subscriptions over.
//!
//! Most lists in the world are not well-formed XML: bare `&`, quotes inside of quotes, outlines that
//! are never closed, false encodings. All of that is read. What is written is OPML 2.0.

use wirewatch_model::{Problem, ProblemKind, SourceKind};

use crate::markup::{Piece, Tag, local, pieces};
use crate::{MAX_BYTES, clipping, encoding, entities, finish, plain, sanitise};

/// More feeds than anybody subscribes to.
const MOST_FEEDS: usize = 50_000;

/// Folders nest to three or four levels; every feed carries the names of all that it lies in.
const MAX_DEPTH: usize = 16;

/// The longest name of a folder that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// A feed in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its name.
    pub title: String,
    /// Its address, `http` or `https`.
    pub address: String,
    /// The address of the site that it belongs to.
    pub site: Option<String>,
    /// The folders that it lies in, the outermost first.
    pub folders: Vec<String>,
    /// What kind of place it is: a feed, if the list does not say otherwise.
    pub kind: SourceKind,
}

/// A list of feeds, and what of it could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subscriptions {
    /// The list's own title.
    pub title: Option<String>,
    /// The feeds in the list's order.
    pub feeds: Vec<Subscription>,
    /// What was left out, and why.
    pub problems: Vec<Problem>,
}

/// Reads an OPML list. Never fails: what is no list gives no feed and a problem.
pub fn read_opml(bytes: &[u8]) -> Subscriptions {
    let mut list = Subscriptions::default();
    if bytes.len() > MAX_BYTES {
        list.trouble(ProblemKind::TooLarge, "the list is larger than any list of feeds".to_owned());
        return list;
    }
    let text = encoding::decode(bytes, None).text;
    Reader { list: &mut list, open: Vec::new(), unfinished: None, outlines: 0, addresses: 0 }.read(&text);
    list
}

impl Subscriptions {
    fn trouble(&mut self, kind: ProblemKind, message: String) {
        self.problems.push(Problem::new(kind, message));
    }
}

/// What an open outline is.
enum Outline {
    Folder(String),
    Feed,
}

struct Reader<'a> {
    list: &'a mut Subscriptions,
    open: Vec<Outline>,
    unfinished: Option<Unfinished>,
    outlines: usize,
    /// Addresses that became feeds or problems, or stand in comments.
    addresses: usize,
}

/// The last outline without an address: markup with quotes of its own in one of its values may have
/// ended its tag early, and the address stands in the text behind it.
struct Unfinished {
    name: Option<String>,
    is_open: bool,
    /// What there is to say if no address follows.
    complaint: Option<String>,
}

impl Reader<'_> {
    fn read(mut self, text: &str) {
        let mut in_title = false;
        for piece in pieces(text) {
            match piece {
                Piece::Open(tag) if is(tag.name, "outline") => self.outline(&tag),
                Piece::Close { name, .. } if is(name, "outline") => {
                    self.give_up();
                    self.open.pop();
                }
                Piece::Open(tag) => in_title = is(tag.name, "title") && self.list.title.is_none(),
                Piece::Text(text) | Piece::CData(text) if in_title => {
                    self.list.title = plain::some_line(&entities::decode(text));
                    in_title = false;
                }
                Piece::Text(text) => self.rest_of_outline(text),
                Piece::Close { .. } => in_title = false,
                Piece::Aside(aside) => self.addresses += addresses(aside).count(),
                Piece::CData(_) => {}
            }
            if self.list.feeds.len() >= MOST_FEEDS {
                let message = format!("only the first {MOST_FEEDS} feeds of the list were read");
                return self.list.trouble(ProblemKind::Incomplete, message);
            }
        }
        self.give_up();
        self.count(text);
        if self.outlines == 0 {
            let message =
                "this is no list of feeds: there is no outline in it; export OPML from the feed reader";
            self.list.trouble(ProblemKind::Broken, message.to_owned());
        }
    }

    /// Whatever a list is broken by, what of it is not understood is said.
    fn count(&mut self, text: &str) {
        let lost = addresses(text).count().saturating_sub(self.addresses);
        if lost > 0 {
            let (are, s) = if lost == 1 { ("is", "") } else { ("are", "es") };
            let message = format!(
                "{lost} address{s} in the list {are} in outlines that are too broken to be read; look for missing \
                 quotation marks"
            );
            self.list.trouble(ProblemKind::Incomplete, message);
        }
    }

    /// Nothing more comes of the outline that may have gone on.
    fn give_up(&mut self) {
        if let Some(complaint) = self.unfinished.take().and_then(|unfinished| unfinished.complaint) {
            self.list.trouble(ProblemKind::Unsupported, complaint);
        }
    }

    fn outline(&mut self, tag: &Tag) {
        self.outlines += 1;
        self.give_up();
        // Feeds hold no outlines: one that is still open was never closed.
        if matches!(self.open.last(), Some(Outline::Feed)) {
            self.open.pop();
        }
        if let Some(address) = feed_address(tag) {
            self.feed(tag, &address, name(tag));
            self.push(tag, Outline::Feed);
            return;
        }
        let name = name(tag);
        let folder = plain::beginning(name.as_deref().unwrap_or_default(), LONGEST_NAME).to_owned();
        let is_open = self.push(tag, Outline::Folder(folder));
        self.unfinished = Some(Unfinished { name, is_open, complaint: complaint(tag) });
    }

    /// Opens an outline unless its tag closes it; whether it is open now.
    fn push(&mut self, tag: &Tag, outline: Outline) -> bool {
        let opens = !tag.closed && self.open.len() < MAX_DEPTH;
        if opens {
            self.open.push(outline);
        }
        opens
    }

    /// Text behind an outline that may be the rest of its tag: then the outline was a feed.
    fn rest_of_outline(&mut self, text: &str) {
        if self.unfinished.is_none() {
            return;
        }
        let tag = format!("<outline {text}");
        let Some(Piece::Open(tag)) = pieces(&tag).next() else { return };
        let Some(address) = feed_address(&tag) else { return };
        let Some(before) = self.unfinished.take() else { return };
        if before.is_open {
            self.open.pop();
        }
        // The beginning of the markup that broke the tag is no name.
        let named = before.name.filter(|name| !name.starts_with('<'));
        self.feed(&tag, &address, named.or_else(|| name(&tag)));
        self.push(&tag, Outline::Feed);
    }

    fn feed(&mut self, tag: &Tag, address: &str, title: Option<String>) {
        // One: a tag that swallowed others, since its quotes do not match, has theirs in it, too.
        self.addresses += addresses(tag.raw).count().min(1);
        let Some(web) = web_address(address) else {
            let address = plain::beginning(address, 120);
            let message = format!("“{address}” is no web address; only http and https are fetched");
            return self.list.trouble(ProblemKind::Unsupported, message);
        };
        let kind = attribute(tag, &["type"]).and_then(|kind| SourceKind::from_name(&kind));
        let folders = self.open.iter().filter_map(|outline| match outline {
            Outline::Folder(name) => Some(name.clone()).filter(|name| !name.is_empty()),
            Outline::Feed => None,
        });
        self.list.feeds.push(Subscription {
            title: title.or_else(|| finish::host(&web)).unwrap_or_default(),
            site: attribute(tag, &["htmlUrl"]).and_then(|site| clipping::web_address(&site)),
            folders: folders.collect(),
            kind: kind.filter(|kind| *kind != SourceKind::Folder).unwrap_or(SourceKind::Feed),
            address: web,
        });
    }
}

fn is(name: &str, wanted: &str) -> bool {
    local(name).eq_ignore_ascii_case(wanted)
}

/// The address of an outline's feed: as it should be written, as older programs wrote it, or out of a tag
/// whose quotes do not match.
fn feed_address(tag: &Tag) -> Option<String> {
    let typed = attribute(tag, &["type"]).is_some_and(|kind| is_feed_type(&kind));
    attribute(tag, &["xmlUrl", "feedUrl", "rssUrl"])
        .or_else(|| if typed { attribute(tag, &["url"]) } else { None })
        .or_else(|| addresses(tag.raw).find_map(|address| plain::some_line(&entities::decode(address))))
}

fn is_feed_type(kind: &str) -> bool {
    ["rss", "atom", "rdf", "feed"].iter().any(|name| kind.eq_ignore_ascii_case(name))
}

/// What is to be said of an outline that leads somewhere, but to no feed.
fn complaint(tag: &Tag) -> Option<String> {
    let link = attribute(tag, &["htmlUrl", "url"]).filter(|_| tag.closed)?;
    let link = plain::beginning(&link, 120);
    let is_list = attribute(tag, &["type"]).is_some_and(|kind| kind.eq_ignore_ascii_case("include"));
    Some(match is_list {
        true => format!("“{link}” is a list of its own; save it and import it, too"),
        false => format!("“{link}” has no feed; add its site by hand"),
    })
}

/// The quoted values behind `xmlUrl=`, wherever they stand and in whatever they are.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    const NAME: &[u8] = b"xmlurl";
    let bytes = text.as_bytes();
    let named = bytes.windows(NAME.len()).enumerate();
    let named = named.filter(|(_, word)| word.eq_ignore_ascii_case(NAME)).map(|(at, _)| at + NAME.len());
    named.filter_map(|end| {
        let value = text.get(end..)?.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''))?;
        let inside = value.get(1..)?;
        inside.find(quote).and_then(|end| inside.get(..end)).filter(|address| !address.trim().is_empty())
    })
}

fn name(tag: &Tag) -> Option<String> {
    attribute(tag, &["title"]).or_else(|| attribute(tag, &["text"]))
}

fn attribute(tag: &Tag, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| plain::some_line(&entities::decode(tag.attribute(name)?)))
}

/// Schemes by which programs for feeds and podcasts make themselves called.
const FEED_SCHEMES: [&str; 4] = ["feed:", "itpc:", "pcast:", "podcast:"];

/// An address as feed readers write it: `feed://…` and `feed:https://…` mean the web.
fn web_address(address: &str) -> Option<String> {
    let address = address.trim();
    match FEED_SCHEMES.iter().find_map(|scheme| plain::strip_prefix_fold(address, scheme)) {
        Some(rest) if rest.starts_with("//") => clipping::web_address(&format!("http:{rest}")),
        Some(rest) => clipping::web_address(rest),
        None => clipping::web_address(address),
    }
}

/// Writes a list as OPML 2.0 (opml.org, 2007): feeds of one folder path together, in their order.
pub fn write_opml(title: &str, feeds: &[Subscription]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>{}</title>\n  </head>\n  <body>\n",
        sanitise::escape(title)
    );
    let mut paths: Vec<&[String]> = Vec::new();
    for feed in feeds {
        if !paths.contains(&feed.folders.as_slice()) {
            paths.push(&feed.folders);
        }
    }
    for path in paths {
        let margin = |depth: usize| "  ".repeat(depth + 2);
        for (depth, folder) in path.iter().enumerate() {
            let name = sanitise::escape(folder);
            out.push_str(&format!("{}<outline text=\"{name}\" title=\"{name}\">\n", margin(depth)));
        }
        for feed in feeds.iter().filter(|feed| feed.folders == path) {
            out.push_str(&format!("{}{}\n", margin(path.len()), outline(feed)));
        }
        for depth in (0..path.len()).rev() {
            out.push_str(&format!("{}</outline>\n", margin(depth)));
        }
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

fn outline(feed: &Subscription) -> String {
    let kind = if feed.kind == SourceKind::Feed { "rss" } else { feed.kind.as_str() };
    let title = sanitise::escape(&feed.title);
    let site = feed.site.as_deref().map(|site| format!(" htmlUrl=\"{}\"", sanitise::escape(site)));
    format!(
        "<outline type=\"{kind}\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{}\"{}/>",
        sanitise::escape(&feed.address),
        site.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
        assert!(
            said(elsewhere)[0].starts_with("1 address in the list is in outlines"),
            "{:?}",
            said(elsewhere)
        );
        let commented =
            "<!-- <outline xmlUrl='https://a.example/1'/> --><outline xmlUrl='https://a.example/2'/>";
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
            (
                "nothing",
                "this is no list of feeds: there is no outline in it; export OPML from the feed reader",
            ),
        ] {
            let list = read_opml(text.as_bytes());
            assert_eq!((list.feeds.len(), list.problems[0].message.as_str()), (0, want), "{text}");
        }
    }

    #[test]
    fn the_encoding_is_found() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(
            "<?xml version='1.0' encoding='windows-1251'?><opml><head><title>Мои ленты</title></head><outline text='Новости' xmlUrl='https://a.example/'/>",
        );
        let list = read_opml(&bytes);
        assert_eq!((list.title.as_deref(), list.feeds[0].title.as_str()), (Some("Мои ленты"), "Новости"));
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
}
