//! Lists of feeds as other programs read them.

use std::collections::HashMap;

use wirewatch_model::SourceKind;

use super::Subscription;
use crate::sanitise;

/// Writes a list as OPML 2.0 (opml.org, 2007): feeds of one folder path together, in their order.
pub fn write_opml(title: &str, feeds: &[Subscription]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>{}</title>\n  </head>\n  <body>\n",
        sanitise::escape(title)
    );
    for (path, feeds) in by_path(feeds) {
        folder(&mut out, path, &feeds);
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

/// The feeds of each folder path, the paths in the order that they come up in.
fn by_path(feeds: &[Subscription]) -> Vec<(&[String], Vec<&Subscription>)> {
    let mut places: HashMap<&[String], usize> = HashMap::new();
    let mut paths: Vec<(&[String], Vec<&Subscription>)> = Vec::new();
    for feed in feeds {
        let place = *places.entry(&feed.folders).or_insert(paths.len());
        match paths.get_mut(place) {
            Some((_, feeds)) => feeds.push(feed),
            None => paths.push((&feed.folders, vec![feed])),
        }
    }
    paths
}

fn folder(out: &mut String, path: &[String], feeds: &[&Subscription]) {
    let margin = |depth: usize| "  ".repeat(depth + 2);
    for (depth, folder) in path.iter().enumerate() {
        let name = sanitise::escape(folder);
        out.push_str(&format!("{}<outline text=\"{name}\" title=\"{name}\">\n", margin(depth)));
    }
    for feed in feeds {
        out.push_str(&format!("{}{}\n", margin(path.len()), outline(feed)));
    }
    for depth in (0..path.len()).rev() {
        out.push_str(&format!("{}</outline>\n", margin(depth)));
    }
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
