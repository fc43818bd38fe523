//! The outlines of a list, one after the other: which are feeds, and which folders these lie in.

use wirewatch_model::{Problem, ProblemKind, SourceKind};

use super::outline::{addresses, attribute, complaint, feed_address, name, web_address};
use super::{Subscription, Subscriptions};
use crate::markup::{Piece, Tag, local, pieces};
use crate::{clipping, finish, plain};

/// More feeds than anybody subscribes to.
const MOST_FEEDS: usize = 50_000;

/// Folders nest to three or four levels; every feed carries the names of all that it lies in.
pub(super) const MAX_DEPTH: usize = 16;

/// So many complaints are told one by one; nobody reads more of them.
pub(super) const MOST_COMPLAINTS: usize = 200;

/// Reads the text of a list.
pub(super) fn read(text: &str) -> Subscriptions {
    let mut reader = Reader::default();
    for piece in pieces(text) {
        reader.piece(piece);
        if reader.list.feeds.len() > MOST_FEEDS {
            reader.list.feeds.truncate(MOST_FEEDS);
            let message = format!("only the first {MOST_FEEDS} feeds of the list were read");
            return reader.finish(ProblemKind::Incomplete, Some(message));
        }
    }
    reader.give_up();
    reader.count(text);
    let no_list = "this is no list of feeds: there is no outline in it; export OPML from the feed reader";
    let verdict = (reader.outlines == 0).then(|| no_list.to_owned());
    reader.finish(ProblemKind::Broken, verdict)
}

/// What an open outline is.
enum Outline {
    Folder(String),
    Feed,
}

#[derive(Default)]
struct Reader {
    list: Subscriptions,
    /// The outlines around the present place, the outermost first.
    open: Vec<Outline>,
    unfinished: Option<Unfinished>,
    outlines: usize,
    /// Addresses that became feeds or problems, or stand in comments.
    addresses: usize,
    /// Complaints beyond those that are told one by one.
    untold: usize,
}

/// The last outline without an address: markup with quotes of its own in one of its values may have
/// ended its tag early, and the address stands in the text behind it.
struct Unfinished {
    name: Option<String>,
    is_open: bool,
    /// What there is to say if no address follows.
    complaint: Option<String>,
}

impl Reader {
    fn piece(&mut self, piece: Piece) {
        match piece {
            Piece::Open(tag) if is_outline(tag.name) => self.outline(&tag),
            Piece::Close { name, .. } if is_outline(name) => {
                self.give_up();
                self.open.pop();
            }
            Piece::Text(text) => self.rest_of_outline(text),
            Piece::Aside(aside) => self.addresses += addresses(aside).count(),
            Piece::Open(_) | Piece::Close { .. } | Piece::CData(_) => {}
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
        let is_open = self.push(tag, Outline::Folder(name.clone().unwrap_or_default()));
        self.unfinished = Some(Unfinished { name, is_open, complaint: complaint(tag) });
    }

    /// Opens an outline unless its tag closes it; whether it is open now.
    fn push(&mut self, tag: &Tag, outline: Outline) -> bool {
        if !tag.closed {
            self.open.push(outline);
        }
        !tag.closed
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
            return self.complain(format!("“{address}” is no web address; only http and https are fetched"));
        };
        let kind = attribute(tag, &["type"]).and_then(|kind| SourceKind::from_name(&kind));
        let feed = Subscription {
            title: title.or_else(|| finish::host(&web)).unwrap_or_default(),
            site: attribute(tag, &["htmlUrl"]).and_then(|site| clipping::web_address(&site)),
            folders: self.folders(),
            kind: kind.filter(|kind| *kind != SourceKind::Folder).unwrap_or(SourceKind::Feed),
            address: web,
        };
        self.list.feeds.push(feed);
    }

    /// The names of the folders around the present place.
    fn folders(&self) -> Vec<String> {
        let name = |outline: &Outline| match outline {
            Outline::Folder(name) => Some(name.clone()).filter(|name| !name.is_empty()),
            Outline::Feed => None,
        };
        self.open.iter().take(MAX_DEPTH).filter_map(name).collect()
    }

    /// Nothing more comes of the outline that may have gone on.
    fn give_up(&mut self) {
        if let Some(complaint) = self.unfinished.take().and_then(|unfinished| unfinished.complaint) {
            self.complain(complaint);
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
            self.list.problems.push(Problem::new(ProblemKind::Incomplete, message));
        }
    }

    /// An outline is left out, and why.
    fn complain(&mut self, message: String) {
        if self.list.problems.len() < MOST_COMPLAINTS {
            self.list.problems.push(Problem::new(ProblemKind::Unsupported, message));
        } else {
            self.untold += 1;
        }
    }

    /// The list, with what is to be said of it as a whole.
    fn finish(mut self, kind: ProblemKind, verdict: Option<String>) -> Subscriptions {
        if self.untold > 0 {
            let message = format!("{} more outlines were left out for such reasons", self.untold);
            self.list.problems.push(Problem::new(ProblemKind::Unsupported, message));
        }
        self.list.problems.extend(verdict.map(|message| Problem::new(kind, message)));
        self.list
    }
}

fn is_outline(name: &str) -> bool {
    local(name).eq_ignore_ascii_case("outline")
}
