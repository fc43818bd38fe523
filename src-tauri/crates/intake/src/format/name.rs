//! What the name of a file says: which kind it is, and whether it is a document at all.

use super::{Format, Kind};

/// Extensions and what they stand for.
const EXTENSIONS: &[(&[&str], Kind)] = &[
    (&["md", "markdown", "mdown", "mkd"], Kind::Is(Format::Markdown)),
    (&["txt", "text"], Kind::Is(Format::Text)),
    (&["html", "htm", "xhtml"], Kind::Is(Format::Html)),
    (&["rss", "atom", "rdf", "feed"], Kind::Feed),
    (&["xml", "json"], Kind::Data),
    (&["nitf"], Kind::Is(Format::Nitf)),
    (&["newsml"], Kind::Data),
    (&["ninjs"], Kind::Is(Format::Ninjs)),
    (&["iptc"], Kind::Is(Format::Iptc7901)),
    (&["anpa"], Kind::Is(Format::Anpa1312)),
    (&["pdf"], Kind::Is(Format::Pdf)),
    (&["docx", "docm", "dotx", "doc"], Kind::Is(Format::Docx)),
    (&["odt", "ott"], Kind::Is(Format::Odt)),
    (&["rtf"], Kind::Is(Format::Rtf)),
    (&["epub"], Kind::Is(Format::Epub)),
    (&["eml"], Kind::Is(Format::Eml)),
    (&["mbox", "mbx"], Kind::Is(Format::Mbox)),
    (&["mhtml", "mht"], Kind::Is(Format::Mhtml)),
];

/// The kind of a `--type` or file extension, with or without the dot.
pub(super) fn by_extension(extension: &str) -> Option<Kind> {
    let extension = extension.trim_start_matches('.').to_ascii_lowercase();
    EXTENSIONS.iter().find(|(names, _)| names.contains(&extension.as_str())).map(|&(_, kind)| kind)
}

pub(super) fn extension(name: &str) -> Option<String> {
    let file = name.split(['?', '#']).next()?.rsplit(['/', '\\']).next()?;
    let (stem, extension) = file.rsplit_once('.')?;
    (!stem.is_empty() && extension.len() <= 10).then(|| extension.to_ascii_lowercase())
}

/// Whether a folder scan should read a file of this name: its extension is one that can be read.
pub fn is_readable_name(name: &str) -> bool {
    let kind = extension(name).and_then(|extension| by_extension(&extension));
    kind.is_some() && !is_ignored_name(name)
}

/// Whether a name belongs to a system, a sync program or a file in the making, never to a document.
/// Only the last part of a path counts.
pub fn is_ignored_name(name: &str) -> bool {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let lower = name.to_lowercase();
    // Dot files: .DS_Store, ._copies, .~lock files, .part- files of rsync, Syncthing's and Nextcloud's.
    let starts = lower.starts_with(['.', '~', '#']) || lower.starts_with("__macosx");
    let ends = [
        "~",
        ".tmp",
        ".temp",
        ".part",
        ".partial",
        ".crdownload",
        ".download",
        ".opdownload",
        ".swp",
        ".swx",
        ".bak",
        ".lock",
        ".filepart",
        ".aria2",
        ".!ut",
        ".icloud",
        "#",
    ];
    let system = ["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "$recycle.bin"];
    let conflict = lower.contains(".sync-conflict-") || lower.contains("conflicted copy");
    starts || ends.iter().any(|end| lower.ends_with(end)) || system.contains(&lower.as_str()) || conflict
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_into_readable_and_ignored() {
        for (name, readable, ignored) in [
            ("talks.md", true, false),
            ("a/b/Talks.HTML", true, false),
            ("feed.xml", true, false),
            ("photo.png", false, false),
            ("README", false, false),
            (".DS_Store", false, true),
            ("folder/._talks.md", false, true),
            ("~$talks.docx", false, true),
            (".~lock.talks.odt#", false, true),
            ("talks.md.part", false, true),
            ("talks.html.crdownload", false, true),
            ("talks.tmp", false, true),
            ("Thumbs.db", false, true),
            ("talks.sync-conflict-20190514-093000.md", false, true),
        ] {
            assert_eq!(is_readable_name(name), readable, "{name} readable");
            assert_eq!(is_ignored_name(name), ignored, "{name} ignored");
        }
    }
}
