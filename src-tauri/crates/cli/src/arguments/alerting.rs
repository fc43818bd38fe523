//! What can be typed about alerts, stories and settings.

use clap::{Args, Subcommand};
use wirewatch_model::Level;

use super::level;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Alerts {
    #[command(subcommand)]
    pub(crate) verb: Option<AlertsVerb>,
    /// Only those since this time: `2019-05-14`, `2019-05-14T07:30:00Z`, or back from now: `24h`, `7d`.
    #[arg(long, value_name = "T")]
    pub(crate) since: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AlertsVerb {
    /// Say how alerts are shown now.
    State,
    /// Leave alerts in the inbox for a while.
    Pause {
        /// How long: `1h`, `90m`, or `tomorrow`.
        #[arg(default_value = "1h")]
        span: String,
    },
    /// Go on showing alerts.
    Resume,
    /// Show no alerts of a topic for a while.
    Snooze {
        /// The topic.
        topic: String,
        /// How long: `2h`, `7d`, `tomorrow`, or `off` to go on.
        #[arg(default_value = "tomorrow")]
        span: String,
    },
    /// Let a source raise no alerts; its articles are matched and listed all the same.
    Mute {
        /// The source's number.
        source: i64,
    },
    /// Let a source speak as its topics do again.
    Unmute {
        /// The source's number.
        source: i64,
    },
    /// Let the articles of a source speak at one level, whatever their topics say.
    Override {
        /// The source's number.
        source: i64,
        /// silent, digest, notify or urgent.
        #[arg(value_parser = level)]
        level: Level,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Stories {
    #[command(subcommand)]
    pub(crate) verb: StoriesVerb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum StoriesVerb {
    /// List the stories that several articles tell, newest first.
    List {
        /// At most so many.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Show one story with its articles.
    Show {
        /// The story's number.
        id: i64,
    },
    /// Make one story of several.
    Merge {
        /// The stories' numbers.
        #[arg(required = true, num_args = 2..)]
        ids: Vec<i64>,
    },
    /// Take articles out of their story; they are not put back by themselves.
    Split {
        /// The articles' numbers.
        #[arg(required = true)]
        articles: Vec<i64>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Settings {
    #[command(subcommand)]
    pub(crate) verb: SettingsVerb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SettingsVerb {
    /// Show one setting, or all.
    Show {
        /// Its name.
        name: Option<String>,
    },
    /// Change a setting: `quiet-hours "22:00-07:00 Europe/Berlin"`, `hourly-budget 20`, `preferred-sources 3,1`,
    /// `proxy http://proxy.example.org:3128`.
    Set {
        /// Its name.
        name: String,
        /// Its value; empty for none.
        value: String,
    },
}
