//! What can be typed of digests and the mail that brings them.

use std::fmt;
use std::path::PathBuf;

use chrono::{NaiveDate, NaiveTime};
use clap::{Args, Subcommand};
use wirewatch_digest::Template;
use wirewatch_model::{Edition, StoryId, StoryOrder, TopicId, Weekdays, WhenEmpty};
use wirewatch_monitor::Security;

#[derive(Debug, Args)]
pub(crate) struct Digests {
    #[command(subcommand)]
    pub(crate) verb: DigestsVerb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DigestsVerb {
    /// List the planned digests, with their last and next edition.
    List,
    /// Plan a digest, or change one.
    Set(Box<PlanWishes>),
    /// Give a planned digest up; its editions stay.
    Remove {
        /// Its name.
        name: String,
    },
    /// List the stories of the next edition as it would be now, those left out too.
    Next {
        /// The digest's name; the daily one if none is given.
        name: Option<String>,
    },
    /// Want something of the next edition: leave stories out, put them in front, annotate them.
    Curate(CurationWishes),
    /// List editions, newest first, and where they went.
    Editions {
        /// Only those of this digest.
        name: Option<String>,
    },
    /// Write an edition again as it was, byte for byte.
    Export {
        /// The digest's name.
        name: String,
        /// The edition's date, such as `2026-11-24`, or its number.
        #[arg(value_name = "DATE", value_parser = which_edition)]
        edition: WhichEdition,
        /// Write its PDF.
        #[arg(long, value_name = "FILE")]
        pdf: Option<PathBuf>,
        /// Write its mail message.
        #[arg(long, value_name = "FILE")]
        eml: Option<PathBuf>,
        /// Write it as a web page.
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
        /// Write it as Markdown.
        #[arg(long, value_name = "FILE")]
        md: Option<PathBuf>,
    },
    /// Send again what failed, was blocked or may not have arrived.
    Resend {
        /// The digest's name.
        name: String,
        /// The edition's date, such as `2026-11-24`, or its number.
        #[arg(value_name = "DATE", value_parser = which_edition)]
        edition: WhichEdition,
    },
}

/// One of the editions of a digest.
#[derive(Debug, Clone, Copy)]
pub(crate) enum WhichEdition {
    /// By its date.
    Of(NaiveDate),
    /// By its number: several can be sent by hand on one date.
    Number(i64),
}

impl WhichEdition {
    /// Whether it is this one.
    pub(crate) fn is(self, edition: &Edition) -> bool {
        match self {
            WhichEdition::Of(date) => edition.date == date,
            WhichEdition::Number(number) => edition.id.0 == number,
        }
    }
}

impl fmt::Display for WhichEdition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WhichEdition::Of(date) => write!(f, "of {date}"),
            WhichEdition::Number(number) => write!(f, "{number}"),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct PlanWishes {
    /// Its name.
    pub(crate) name: String,
    /// When it comes out, such as `07:30`.
    #[arg(long, value_name = "HH:MM", value_parser = clock)]
    pub(crate) at: Option<NaiveTime>,
    /// On which days: `daily`, `weekdays`, `mon,thu`, `mon-fri`.
    #[arg(long, value_parser = days)]
    pub(crate) days: Option<Weekdays>,
    /// The zone of that time, such as `Europe/Berlin`; `system` for wherever the machine is.
    #[arg(long)]
    pub(crate) zone: Option<String>,
    /// A mail address that gets it; may be given several times, and replaces those there were; none
    /// for nobody.
    #[arg(long = "to", value_name = "ADDRESS")]
    pub(crate) to: Vec<String>,
    /// A folder for its PDF; none for no folder.
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// A topic of it; may be given several times, and replaces those there were; none for all that
    /// are not silent.
    #[arg(long = "topic", value_name = "ID")]
    pub(crate) topics: Vec<String>,
    /// At most so many stories a topic; 0 for all.
    #[arg(long)]
    pub(crate) cap: Option<u32>,
    /// Which story stands first: newest, or widest (the one that most outlets carry).
    #[arg(long, value_parser = story_order)]
    pub(crate) order: Option<StoryOrder>,
    /// What happens when nothing matched: send, or keep it unsent.
    #[arg(long, value_parser = when_empty)]
    pub(crate) when_empty: Option<WhenEmpty>,
}

#[derive(Debug, Args)]
pub(crate) struct CurationWishes {
    /// The digest's name.
    pub(crate) name: String,
    /// Leave a story out; may be given several times, as those below.
    #[arg(long, value_name = "STORY")]
    pub(crate) drop: Vec<i64>,
    /// Take a story in again.
    #[arg(long, value_name = "STORY")]
    pub(crate) restore: Vec<i64>,
    /// Put a story in front, in the order given; replaces those that were in front.
    #[arg(long, value_name = "STORY")]
    pub(crate) first: Vec<i64>,
    /// Order one chapter: these stories in front, as `TOPIC=12,7`; `TOPIC=` leaves it as it comes.
    #[arg(long, value_name = "TOPIC=STORIES", value_parser = chapter_order)]
    pub(crate) order: Vec<(TopicId, Vec<StoryId>)>,
    /// Put words under a story; `STORY=` takes them away.
    #[arg(long, value_name = "STORY=WORDS", value_parser = annotation)]
    pub(crate) annotate: Vec<(i64, String)>,
    /// Put words on top; empty ones take them away.
    #[arg(long, value_name = "WORDS")]
    pub(crate) note: Option<String>,
    /// Take back everything that was wanted before.
    #[arg(long)]
    pub(crate) reset: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Templates {
    #[command(subcommand)]
    pub(crate) verb: TemplatesVerb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TemplatesVerb {
    /// List the templates, and which of them are your own.
    List,
    /// Print a template.
    Show {
        /// Its name, such as `digest.typ`.
        #[arg(value_parser = template)]
        name: Template,
    },
    /// Use a file as a template, once it has been tried out.
    Set {
        /// Its name, such as `mail.html`.
        #[arg(value_parser = template)]
        name: Template,
        /// The file.
        file: PathBuf,
    },
    /// Go back to the one that came with the program.
    Reset {
        /// Its name.
        #[arg(value_parser = template)]
        name: Template,
    },
}

#[derive(Debug, Args)]
pub(crate) struct MailCommand {
    #[command(subcommand)]
    pub(crate) verb: MailVerb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MailVerb {
    /// Show the mail server.
    Show,
    /// Set the mail server. The password is asked for on standard input and goes into the keyring.
    Set {
        /// Its name, such as `smtp.example.org`.
        host: String,
        /// Who sends, such as `Press office <press@example.org>`.
        #[arg(long)]
        from: String,
        /// How the line is kept private: starttls (port 587), tls (465), none (this machine only).
        #[arg(long, default_value = "starttls", value_parser = security)]
        security: Security,
        /// The port, if it is not the usual one.
        #[arg(long)]
        port: Option<u16>,
        /// The user's name at the server; without one there is no login.
        #[arg(long)]
        user: Option<String>,
        /// The password is an access token (XOAUTH2).
        #[arg(long)]
        token: bool,
        /// Certificates (PEM) to trust besides the system's.
        #[arg(long, value_name = "FILE")]
        certificates: Option<PathBuf>,
    },
    /// Send a short message, to see whether it works.
    Test {
        /// To whom.
        to: String,
    },
    /// Forget the mail server and its password.
    Forget,
}

fn clock(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| "say a time such as 07:30".to_owned())
}

fn annotation(text: &str) -> Result<(i64, String), String> {
    let parts = text.split_once('=').and_then(|(story, words)| Some((story.trim().parse().ok()?, words)));
    parts.map(|(story, words)| (story, words.to_owned())).ok_or_else(|| "say 12=WORDS".to_owned())
}

fn chapter_order(text: &str) -> Result<(TopicId, Vec<StoryId>), String> {
    let wrong = || "say us-russia=12,7".to_owned();
    let (topic, stories) = text.split_once('=').ok_or_else(wrong)?;
    let numbers = stories.split(',').map(str::trim).filter(|number| !number.is_empty());
    let stories: Result<Vec<StoryId>, _> = numbers.map(|number| number.parse().map(StoryId)).collect();
    Ok((TopicId::from_name(topic.trim()), stories.map_err(|_| wrong())?))
}

fn which_edition(text: &str) -> Result<WhichEdition, String> {
    let date = text.parse().map(WhichEdition::Of).ok();
    date.or_else(|| text.parse().map(WhichEdition::Number).ok())
        .ok_or_else(|| "say a date such as 2026-11-24, or a number".to_owned())
}

fn template(name: &str) -> Result<Template, String> {
    Template::from_name(name)
        .ok_or_else(|| format!("the templates are {}", Template::ALL.map(Template::name).join(", ")))
}

fn days(text: &str) -> Result<Weekdays, String> {
    Weekdays::from_names(text).ok_or_else(|| "say daily, weekdays, weekends, mon,thu or mon-fri".to_owned())
}

fn security(text: &str) -> Result<Security, String> {
    Security::from_name(text).ok_or_else(|| "say starttls, tls or none".to_owned())
}

fn story_order(text: &str) -> Result<StoryOrder, String> {
    StoryOrder::from_name(text).ok_or_else(|| "the orders are newest and widest".to_owned())
}

fn when_empty(text: &str) -> Result<WhenEmpty, String> {
    WhenEmpty::from_name(text).ok_or_else(|| "say send or keep".to_owned())
}
