//! What can be typed.

mod alerting;
mod digests;
mod exchange;
mod sources;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use wirewatch_model::Level;

pub(crate) use alerting::{Alerts, AlertsVerb, Settings, SettingsVerb, Stories, StoriesVerb};
pub(crate) use digests::{
    CurationWishes, Digests, DigestsVerb, MailCommand, MailVerb, PlanWishes, Templates, TemplatesVerb,
    WhichEdition,
};
pub(crate) use exchange::{Export, Import};
pub(crate) use sources::{Add, Particulars, SourceWishes, Sources, SourcesVerb};

/// Watches folders and feeds for news on your topics, and says why it flags an article.
#[derive(Debug, Parser)]
#[command(name = "wirewatch", version, propagate_version = true)]
pub(crate) struct Arguments {
    /// The library's folder; made on first use.
    #[arg(long, global = true, env = "WIREWATCH_LIBRARY", value_name = "DIR")]
    pub(crate) library: Option<PathBuf>,
    /// Write JSON Lines to standard output, and nothing else.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Watch a folder or feed; a site's address is searched for its feed.
    Add(Add),
    /// List the watched sources with their health; show, change and pause one; starter packs.
    Sources(Sources),
    /// Stop watching a source; its articles stay.
    Remove {
        /// The source's number.
        id: i64,
    },
    /// Look once at the sources that are due, or at those named.
    Check {
        /// Numbers of sources.
        ids: Vec<i64>,
    },
    /// Go on watching and print alerts as they are raised, until interrupted.
    Watch,
    /// Show what Wirewatch sees in files; nothing is stored.
    Parse(Parse),
    /// Match topics against files and say why; nothing is stored.
    Match(Match),
    /// List and change topics; topic packs as files.
    Topics(Topics),
    /// Try a query against the whole library: hits a day, alerts to expect, samples, near misses.
    Backtest(Backtest),
    /// Search the library.
    Search(Search),
    /// Show one article whole.
    Show {
        /// The article's number.
        id: i64,
    },
    /// List articles, newest first.
    Articles(Articles),
    /// List alerts, newest first; pause them, snooze topics, mute sources.
    Alerts(Alerts),
    /// List the stories that several articles tell; join and take apart what was judged wrongly.
    Stories(Stories),
    /// Show and change settings.
    Settings(Settings),
    /// Make a digest and write it to files.
    Digest(Digest),
    /// Plan digests that come out by themselves while `watch` or the window runs.
    Digests(Digests),
    /// Change how digests look.
    Templates(Templates),
    /// Say which mail server sends the digests.
    Mail(MailCommand),
    /// Check a query.
    Query(Query),
    /// Say why a topic matches an article, or which clause keeps it from matching.
    Explain {
        /// The topic.
        topic: String,
        /// An article's number, or a file.
        article: String,
    },
    /// Add the feeds of an OPML list or a starter pack, or articles from JSON Lines as `export --jsonl` writes them.
    Import(Import),
    /// Write feeds or articles for other programs.
    Export(Export),
    /// Make a PDF of an encoded digest: standard input to standard output.
    #[command(hide = true)]
    RenderPdf,
}

#[derive(Debug, Args)]
pub(crate) struct Parse {
    /// Files, or `-` for standard input.
    #[arg(required = true)]
    pub(crate) paths: Vec<String>,
    /// What the input is, as an extension such as `md`.
    #[arg(long = "type", value_name = "EXT")]
    pub(crate) file_type: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Match {
    /// Topic packs to match with; otherwise the library's topics.
    #[arg(long, value_name = "FILE")]
    pub(crate) topics: Vec<PathBuf>,
    /// Articles as JSON Lines (`id`, `title`, `text` …), or `-` for standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) jsonl: Option<String>,
    /// Files.
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    pub(crate) paths: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Topics {
    #[command(subcommand)]
    pub(crate) verb: TopicsVerb,
}

impl Topics {
    /// Whether the verb works on files only.
    pub(crate) fn needs_no_library(&self) -> bool {
        matches!(self.verb, TopicsVerb::Test { .. })
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum TopicsVerb {
    /// List every topic.
    List,
    /// Show one topic.
    Show {
        /// Its id.
        id: String,
    },
    /// Add a topic.
    Add {
        /// Its name.
        name: String,
        #[command(flatten)]
        wishes: TopicWishes,
    },
    /// Change a topic.
    Set {
        /// Its id.
        id: String,
        /// A new name.
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        wishes: TopicWishes,
    },
    /// Remove a topic.
    Remove {
        /// Its id.
        id: String,
    },
    /// List what a topic was, newest version first.
    Versions {
        /// Its id.
        id: String,
    },
    /// Make a topic what it was in an earlier version.
    Restore {
        /// Its id.
        id: String,
        /// The number of the version.
        number: i64,
    },
    /// Run a topic over the whole library again; raises no alert.
    Apply {
        /// Its id.
        id: String,
    },
    /// Take back what the topic's last run over the library did.
    Undo {
        /// Its id.
        id: String,
    },
    /// Add the topics of a pack.
    Import {
        /// A TOML file.
        file: PathBuf,
    },
    /// Write every topic to a file, or to standard output.
    Export {
        /// A TOML file.
        file: Option<PathBuf>,
    },
    /// Run the examples of a pack.
    Test {
        /// A TOML file.
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct TopicWishes {
    /// The query.
    #[arg(long)]
    pub(crate) query: Option<String>,
    /// How loudly it speaks: silent, digest, notify or urgent.
    #[arg(long, value_parser = level)]
    pub(crate) level: Option<Level>,
    /// Alerts an hour that are shown singly, further ones make one summary; `default` leaves it to the setting.
    #[arg(long, value_name = "N", value_parser = budget)]
    pub(crate) budget: Option<Budget>,
    /// A language of its word forms, such as `en`; may be given several times.
    #[arg(long = "language", value_name = "TAG")]
    pub(crate) languages: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Backtest {
    /// The query.
    #[arg(long)]
    pub(crate) query: String,
    /// The topic that it is to be of: compares with its saved version, and uses its word lists.
    #[arg(long, value_name = "ID")]
    pub(crate) topic: Option<String>,
    /// Only articles of so many days back from now.
    #[arg(long)]
    pub(crate) days: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// The query.
    pub(crate) query: String,
    /// At most so many.
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: usize,
    /// The order.
    #[arg(long, default_value = "newest")]
    pub(crate) sort: Sort,
    /// Say only how many there are.
    #[arg(long)]
    pub(crate) count: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Sort {
    Newest,
    Relevance,
}

#[derive(Debug, Args)]
pub(crate) struct Articles {
    /// At most so many; all if not given.
    #[arg(long)]
    pub(crate) limit: Option<usize>,
    /// Only those of this topic.
    #[arg(long)]
    pub(crate) topic: Option<String>,
    /// Only those of this source.
    #[arg(long)]
    pub(crate) source: Option<i64>,
}

#[derive(Debug, Args)]
pub(crate) struct Digest {
    /// Its name; each name goes on where its last one ended.
    pub(crate) name: Option<String>,
    /// The period's start.
    #[arg(long, value_name = "T")]
    pub(crate) from: Option<String>,
    /// The period's end; now if not given.
    #[arg(long, value_name = "T")]
    pub(crate) to: Option<String>,
    /// Write a PDF.
    #[arg(long, value_name = "FILE")]
    pub(crate) pdf: Option<PathBuf>,
    /// Write a web page.
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Write Markdown.
    #[arg(long, value_name = "FILE")]
    pub(crate) md: Option<PathBuf>,
    /// Write a mail message.
    #[arg(long, value_name = "FILE")]
    pub(crate) eml: Option<PathBuf>,
    /// Send it to the recipients of the planned digest of this name.
    #[arg(long)]
    pub(crate) send: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Query {
    #[command(subcommand)]
    pub(crate) verb: QueryVerb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum QueryVerb {
    /// Show how a query is understood, and what is odd about it.
    Check {
        /// The query.
        query: String,
        /// Read it as a query of another tool, and say what had to change.
        #[arg(long, value_name = "TOOL")]
        from: Option<Tool>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Tool {
    Factiva,
    Meltwater,
    Talkwalker,
}

impl From<Tool> for wirewatch_query::Tool {
    fn from(tool: Tool) -> wirewatch_query::Tool {
        match tool {
            Tool::Factiva => wirewatch_query::Tool::Factiva,
            Tool::Meltwater => wirewatch_query::Tool::Meltwater,
            Tool::Talkwalker => wirewatch_query::Tool::Talkwalker,
        }
    }
}

pub(crate) fn level(name: &str) -> Result<Level, String> {
    Level::from_name(name).ok_or_else(|| "the levels are silent, digest, notify and urgent".to_owned())
}

/// A topic's own budget of alerts, or that of all topics.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget(pub(crate) Option<u32>);

fn budget(text: &str) -> Result<Budget, String> {
    match text {
        "default" => Ok(Budget(None)),
        number => match number.parse() {
            Ok(budget) => Ok(Budget(Some(budget))),
            Err(_) => Err("say how many alerts an hour, such as 20, or default".to_owned()),
        },
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    const README: &str = include_str!("../../../../README.md");

    /// The words of a line as a shell takes them; single quotes are all that the page needs.
    fn words(line: &str) -> Vec<&str> {
        let command = line.split(" # ").next().unwrap_or(line);
        let (mut words, mut quoted) = (Vec::new(), false);
        for part in command.split('\'') {
            if quoted {
                words.push(part)
            } else {
                words.extend(part.split_whitespace())
            }
            quoted = !quoted;
        }
        words
    }

    #[test]
    fn every_command_of_the_readme_can_be_typed() {
        let lines: Vec<&str> = README.lines().filter(|line| line.starts_with("wirewatch ")).collect();
        assert!(lines.len() > 10, "{lines:?}");
        for line in lines {
            if let Err(error) = Arguments::try_parse_from(words(line)) {
                panic!("{line}\n{error}");
            }
        }
    }

    #[test]
    fn every_option_of_a_source_is_a_change_to_it() {
        let command = Arguments::command();
        let sources = command.find_subcommand("sources").unwrap();
        let set = sources.find_subcommand("set").unwrap();
        let required = set.get_groups().filter(|group| group.is_required_set());
        let changes: Vec<_> = required.flat_map(|group| group.get_args()).collect();
        for option in set.get_arguments().filter(|argument| !argument.is_positional()) {
            let id = option.get_id();
            assert!(changes.contains(&id), "{id} alone would be refused");
        }
    }

    #[test]
    fn an_export_says_where_to() {
        assert!(Arguments::try_parse_from(["wirewatch", "export", "oil"]).is_err());
        assert!(Arguments::try_parse_from(["wirewatch", "export", "--csv", "oil.csv", "oil"]).is_ok());
    }
}
