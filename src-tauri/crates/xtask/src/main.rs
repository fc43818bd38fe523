//! `cargo xtask run | test | bench | package`: everything that a fresh checkout needs, in one command.

mod run;
mod steps;
mod system;
mod test;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "cargo xtask COMMAND

  run [ARGUMENTS]   set up what is missing, build, start Wirewatch (without a display: the
                    headless monitor); ARGUMENTS go to the program
  test              set up what is missing, then format, lints, every test, the window tests
  bench             the benchmarks
  package           installers for this platform, in target/release/bundle";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    match perform(&command, &arguments.collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            steps::say(&format!("xtask: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn perform(command: &str, arguments: &[String]) -> Result<()> {
    std::env::set_current_dir(steps::root())?;
    match command {
        "run" => run::run(arguments),
        "test" => test::test(),
        "bench" => test::bench(),
        "package" => run::package(),
        "" | "help" | "--help" | "-h" => {
            steps::say(USAGE);
            Ok(())
        }
        other => bail!("there is no command {other:?}\n\n{USAGE}"),
    }
}
