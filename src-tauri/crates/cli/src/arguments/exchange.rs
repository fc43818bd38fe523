//! What can be typed of feeds and articles that come from other programs, and go to them.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// An OPML or JSON Lines file.
    #[arg(required_unless_present = "pack", conflicts_with = "pack")]
    pub(crate) file: Option<PathBuf>,
    /// A shipped list of feeds; `sources packs` lists them.
    #[arg(long, value_name = "NAME")]
    pub(crate) pack: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) targets: Targets,
    /// Only the articles that this query finds.
    pub(crate) query: Option<String>,
}

/// The files that are written, and as what.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct Targets {
    /// Write the watched feeds as OPML 2.0.
    #[arg(long, value_name = "FILE")]
    pub(crate) opml: Option<PathBuf>,
    /// Write articles as a table.
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
    /// Write articles as JSON Lines, whole.
    #[arg(long, value_name = "FILE")]
    pub(crate) jsonl: Option<PathBuf>,
    /// Write articles as BibTeX.
    #[arg(long, value_name = "FILE")]
    pub(crate) bibtex: Option<PathBuf>,
    /// Write articles as RIS, which reference managers read.
    #[arg(long, value_name = "FILE")]
    pub(crate) ris: Option<PathBuf>,
}
