//! What can be typed of sources.

use std::time::Duration;

use clap::{Args, ValueEnum};
use wirewatch_model::SourceKind;

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
    /// Of a page without a feed: the CSS selector of its article links.
    #[arg(long, value_name = "SELECTOR")]
    pub(crate) select: Option<String>,
    /// Of a folder: leave out files such as `*.log` or `drafts/`.
    #[arg(long, value_name = "PATTERN")]
    pub(crate) ignore: Vec<String>,
    /// Of a folder: move files there when they have been read; otherwise they stay where they are.
    #[arg(long, value_name = "DIR")]
    pub(crate) move_to: Option<String>,
    /// A name for the server. The password is asked for on standard input and goes into the keyring;
    /// WIREWATCH_PASSWORD_ and the host (as in WIREWATCH_PASSWORD_NEWS_EXAMPLE_ORG) goes before it.
    #[arg(long)]
    pub(crate) user: Option<String>,
    /// Sent along with each request, such as "X-Key: abc".
    #[arg(long, value_name = "NAME: VALUE", value_parser = header)]
    pub(crate) header: Vec<(String, String)>,
    /// Only show what could be watched there.
    #[arg(long)]
    pub(crate) preview: bool,
}

fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("a header is a name, a colon and a value")?;
    let (name, value) = (name.trim(), value.trim());
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(token) {
        return Err(format!("{name:?} is no name of a header"));
    }
    if value.chars().any(char::is_control) {
        return Err("the value of a header is one line of text".to_owned());
    }
    Ok((name.to_owned(), value.to_owned()))
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
