//! What the tag of an outline says, however its program wrote it.

use crate::markup::Tag;
use crate::{clipping, entities, plain};

/// The longest name of a feed or folder that is kept, in characters.
pub(super) const LONGEST_NAME: usize = 200;

/// The address of an outline's feed: as it should be written, as older programs wrote it, or out of a tag
/// whose quotes do not match.
pub(super) fn feed_address(tag: &Tag) -> Option<String> {
    let typed = attribute(tag, &["type"]).is_some_and(|kind| is_feed_type(&kind));
    attribute(tag, &["xmlUrl", "feedUrl", "rssUrl"])
        .or_else(|| if typed { attribute(tag, &["url"]) } else { None })
        .or_else(|| addresses(tag.raw).find_map(|address| plain::some_line(&entities::decode(address))))
}

fn is_feed_type(kind: &str) -> bool {
    ["rss", "atom", "rdf", "feed"].iter().any(|name| kind.eq_ignore_ascii_case(name))
}

/// What is to be said of an outline that leads somewhere, but to no feed.
pub(super) fn complaint(tag: &Tag) -> Option<String> {
    let link = attribute(tag, &["htmlUrl", "url"]).filter(|_| tag.closed)?;
    let link = plain::beginning(&link, 120);
    let is_list = attribute(tag, &["type"]).is_some_and(|kind| kind.eq_ignore_ascii_case("include"));
    Some(if is_list {
        format!("“{link}” is a list of its own; save it and import it, too")
    } else {
        format!("“{link}” has no feed; add its site by hand")
    })
}

/// The quoted values behind `xmlUrl=`, wherever they stand and in whatever they are.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = &str> {
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

/// The name of a feed or folder.
pub(super) fn name(tag: &Tag) -> Option<String> {
    attribute(tag, &["title", "text"]).map(|name| plain::beginning(&name, LONGEST_NAME).to_owned())
}

/// The first of these attributes that says something, as one line.
pub(super) fn attribute(tag: &Tag, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| plain::some_line(&entities::decode(tag.attribute(name)?)))
}

/// Schemes by which programs for feeds and podcasts make themselves called.
const FEED_SCHEMES: [&str; 4] = ["feed:", "itpc:", "pcast:", "podcast:"];

/// An address as feed readers write it: `feed://…` and `feed:https://…` mean the web.
pub(super) fn web_address(address: &str) -> Option<String> {
    let address = address.trim();
    match FEED_SCHEMES.iter().find_map(|scheme| plain::strip_prefix_fold(address, scheme)) {
        Some(rest) if rest.starts_with("//") => clipping::web_address(&format!("http:{rest}")),
        Some(rest) => clipping::web_address(rest),
        None => clipping::web_address(address),
    }
}
