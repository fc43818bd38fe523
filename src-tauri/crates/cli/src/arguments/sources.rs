//! What can be typed of sources.

use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};
use wirewatch_model::{Level, SourceKind};

use super::level;

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// A folder, a file, a feed's address or a site's address.
    pub(crate) location: String,
    /// A name for it.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// A label for all its articles.
    #[arg(long)]
    pub(crate) label: Option<String>,
    /// Check it every so many minutes.
    #[arg(long, value_name = "MINUTES", value_parser = minutes)]
    pub(crate) every: Option<Duration>,
    /// What it is, if it should not be found out.
    #[arg(long)]
    pub(crate) kind: Option<Kind>,
    /// Complete shortened items from their pages.
    #[arg(long)]
    pub(crate) full_text: bool,
    /// Raise alerts for what is there already.
    #[arg(long)]
    pub(crate) alert_existing: bool,
    #[command(flatten)]
    pub(crate) particulars: Particulars,
    /// How loudly its articles speak, whatever their topics say: silent, digest, notify or urgent.
    #[arg(long, value_parser = level)]
    pub(crate) level: Option<Level>,
    /// Only show what could be watched there.
    #[arg(long)]
    pub(crate) preview: bool,
}

/// What most sources need nothing of.
#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct Particulars {
    /// Of a page without a feed: the CSS selector of its article links.
    #[arg(long, value_name = "SELECTOR")]
    pub(crate) select: Option<String>,
    /// Of a folder: leave out files such as `*.log` or `drafts/`; may be given several times.
    #[arg(long, value_name = "PATTERN")]
    pub(crate) ignore: Vec<String>,
    /// Of a folder: move files there when they have been read; otherwise they stay where they are.
    #[arg(long, value_name = "DIR")]
    pub(crate) move_to: Option<String>,
    /// A name for the server. The password is asked for on standard input and goes into the keyring;
    /// WIREWATCH_PASSWORD_ and the host (as in WIREWATCH_PASSWORD_NEWS_EXAMPLE_ORG) goes before it.
    #[arg(long)]
    pub(crate) user: Option<String>,
    /// Sent along with each request, such as "X-Key: abc"; may be given several times.
    #[arg(long, value_name = "NAME: VALUE", value_parser = header)]
    pub(crate) header: Vec<Header>,
    /// The proxy that it is asked through: http://…, https://…, socks5://… or socks5h://…, or `direct` for none.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) proxy: Option<String>,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Sources {
    /// What became of each file of this folder, instead.
    #[arg(long, value_name = "ID")]
    pub(crate) receipts: Option<i64>,
    #[command(subcommand)]
    pub(crate) verb: Option<SourcesVerb>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SourcesVerb {
    /// Show one source: its health, its rhythm, its settings.
    Show {
        /// Its number.
        id: i64,
    },
    /// Change a source. An empty text takes away what was there; a list takes the place of the one before.
    Set {
        /// Its number.
        id: i64,
        #[command(flatten)]
        wishes: Box<SourceWishes>,
    },
    /// Ask a source no more until it is resumed.
    Pause {
        /// Its number.
        id: i64,
    },
    /// Let a paused source go on.
    Resume {
        /// Its number.
        id: i64,
    },
    /// List the shipped starter packs, or the feeds of one.
    Packs {
        /// Its name.
        pack: Option<String>,
    },
}

/// What is to be changed of a source; an empty text takes away what was there.
#[derive(Debug, Args)]
// Named one by one: options that are shared are no members of a group by themselves.
#[group(required = true, multiple = true, args = [
    "name", "location", "label", "every", "full_text", "level",
    "select", "ignore", "move_to", "user", "header", "proxy",
])]
pub(crate) struct SourceWishes {
    /// A new name.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// The address where it is now.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) location: Option<String>,
    /// A label for all its articles from now on.
    #[arg(long)]
    pub(crate) label: Option<String>,
    /// Check it every so many minutes; `auto` leaves it to its own rhythm.
    #[arg(long, value_name = "MINUTES", value_parser = interval)]
    pub(crate) every: Option<Interval>,
    /// Complete shortened items from their pages.
    #[arg(long, value_name = "BOOL")]
    pub(crate) full_text: Option<bool>,
    /// How loudly its articles speak; `topics` leaves it to them.
    #[arg(long, value_parser = own_level)]
    pub(crate) level: Option<OwnLevel>,
    #[command(flatten)]
    pub(crate) particulars: Particulars,
}

/// How often a source is checked, if the user says so.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Interval(pub(crate) Option<Duration>);

fn interval(text: &str) -> Result<Interval, String> {
    match text {
        "auto" => Ok(Interval(None)),
        _ => minutes(text)
            .map(|every| Interval(Some(every)))
            .map_err(|wrong| format!("{wrong}; or say auto to leave it to its own rhythm")),
    }
}

/// A level of a source's own, or that of the topics.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OwnLevel(pub(crate) Option<Level>);

fn own_level(text: &str) -> Result<OwnLevel, String> {
    match text {
        "topics" => Ok(OwnLevel(None)),
        _ => level(text)
            .map(|level| OwnLevel(Some(level)))
            .map_err(|wrong| format!("{wrong}; or say topics to leave it to them")),
    }
}

/// A line that is sent along with each request; an empty one is none.
#[derive(Debug, Clone)]
pub(crate) struct Header(pub(crate) Option<(String, String)>);

fn header(text: &str) -> Result<Header, String> {
    if text.is_empty() {
        return Ok(Header(None));
    }
    let (name, value) = text.split_once(':').ok_or("a header is a name, a colon and a value")?;
    let (name, value) = (name.trim(), value.trim());
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(token) {
        return Err(format!("{name:?} is no name of a header"));
    }
    if value.chars().any(char::is_control) {
        return Err("the value of a header is one line of text".to_owned());
    }
    Ok(Header(Some((name.to_owned(), value.to_owned()))))
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Kind {
    Folder,
    Feed,
    Sitemap,
    Page,
}

impl From<Kind> for SourceKind {
    fn from(kind: Kind) -> SourceKind {
        match kind {
            Kind::Folder => SourceKind::Folder,
            Kind::Feed => SourceKind::Feed,
            Kind::Sitemap => SourceKind::Sitemap,
            Kind::Page => SourceKind::Page,
        }
    }
}

fn minutes(text: &str) -> Result<Duration, String> {
    match text.parse::<u64>() {
        Ok(minutes @ 1..=10_080) => Ok(Duration::from_secs(minutes * 60)),
        _ => Err("say whole minutes, from 1 to 10080 (a week)".to_owned()),
    }
}
