//! The `wirewatch` command: everything without a window.
//!
//! With `--json`, standard output is JSON Lines and nothing else; people's text otherwise.
//! Progress and diagnostics go to standard error. Exit status: 0 done; 1 ran, but found nothing or
//! some input failed; 2 could not run.

mod arguments;
mod command;
mod export;
mod import;
mod json;
mod output;
mod progress;
mod time;

use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use clap::Parser as _;
use wirewatch_monitor::{Monitor, SystemClock, default_library};

use arguments::{Arguments, Command};
use command::password::CommandSecrets;
use output::{Ended, Output};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    start_log();
    let mut output = Output::new(arguments.json);
    match run(&arguments, &mut output) {
        Ok(ended) => ended.code(),
        Err(error) => output.refuse(&error).code(),
    }
}

fn run(arguments: &Arguments, output: &mut Output) -> Result<Ended> {
    use command::{
        alerting, articles, backtest, digest, digests, exchange, intake, mail, matching, query, search,
        settings, sources, stories, templates, topics, watch,
    };

    // These need no library and must not make one.
    match &arguments.command {
        Command::Parse(parse) => return intake::parse(parse, output),
        Command::RenderPdf => return digest::render_pdf(),
        Command::Match(matching) if !matching.topics.is_empty() => {
            return matching::with_files(matching, output);
        }
        Command::Topics(topics) if topics.needs_no_library() => {
            return topics::without_library(topics, output);
        }
        _ => {}
    }
    let folder = arguments.library.clone().unwrap_or_else(default_library);
    let secrets = Arc::new(CommandSecrets::of_sources());
    let monitor = Monitor::open_with(&folder, Arc::new(SystemClock), secrets)?;
    let runtime = tokio::runtime::Runtime::new()?;
    // reqwest and the watcher's tasks need the runtime even where a command does not wait.
    let _entered = runtime.enter();
    match &arguments.command {
        Command::Add(add) => runtime.block_on(sources::add(&monitor, add, output)),
        Command::Sources(wanted) => sources::run(&monitor, wanted, output),
        Command::Remove { id } => sources::remove(&monitor, *id, output),
        Command::Check { ids } => runtime.block_on(watch::check(&monitor, ids, output)),
        Command::Watch => runtime.block_on(watch::watch(&monitor, output)),
        Command::Match(matching) => matching::with_library(&monitor, matching, output),
        Command::Topics(topics) => topics::run(&monitor, topics, output),
        Command::Backtest(backtest) => backtest::run(&monitor, backtest, output),
        Command::Search(search) => search::search(&monitor, search, output),
        Command::Show { id } => articles::show(&monitor, *id, output),
        Command::Articles(list) => articles::list(&monitor, list, output),
        Command::Explain { topic, article } => matching::explain(&monitor, topic, article, output),
        Command::Alerts(alerts) => alerting::run(&monitor, alerts, output),
        Command::Stories(wanted) => stories::run(&monitor, wanted, output),
        Command::Settings(wanted) => settings::run(&monitor, wanted, output),
        Command::Digest(digest) => runtime.block_on(digest::make(&monitor, digest, output)),
        Command::Digests(digests) => digests::run(&monitor, digests, output),
        Command::Templates(templates) => templates::run(&monitor, templates, output),
        Command::Mail(mail) => runtime.block_on(mail::run(&monitor, mail, output)),
        Command::Query(wanted) => query::check(&monitor, wanted, output),
        Command::Import(wanted) => exchange::import(&monitor, wanted, output),
        Command::Export(export) => exchange::export(&monitor, export, output),
        Command::Parse(_) | Command::RenderPdf => Ok(Ended::Done),
    }
}

/// Warnings go to standard error; `RUST_LOG` asks for more.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error,wirewatch=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .without_time()
        .init();
}
