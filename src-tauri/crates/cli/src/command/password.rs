//! Passwords: asked for on standard input, kept in the keyring, or found in the environment.

use std::fmt::Display;
use std::io::{BufRead as _, IsTerminal as _};

use anyhow::{Result, anyhow};
use wirewatch_monitor::{Kept, Secrets, SystemSecrets};

use crate::output::Output;

/// Names the password of the mail server, for machines without a keyring.
pub(crate) const MAIL_VARIABLE: &str = "WIREWATCH_MAIL_PASSWORD";

/// Begins the name of the variable with a source's password; its host follows.
const SOURCE_VARIABLE: &str = "WIREWATCH_PASSWORD_";

/// The keyring, and before it the environment.
pub(crate) struct CommandSecrets {
    variable: fn(&str) -> String,
    system: SystemSecrets,
}

impl CommandSecrets {
    /// For the mail server.
    pub(crate) fn of_mail() -> CommandSecrets {
        CommandSecrets { variable: |_| MAIL_VARIABLE.to_owned(), system: SystemSecrets::default() }
    }

    /// For sources, each by its host.
    pub(crate) fn of_sources() -> CommandSecrets {
        CommandSecrets { variable: source_variable, system: SystemSecrets::default() }
    }
}

impl Secrets for CommandSecrets {
    fn password(&self, account: &str) -> Result<Option<String>, String> {
        match std::env::var((self.variable)(account)) {
            Ok(password) => Ok(Some(password)),
            Err(_) => self.system.password(account),
        }
    }

    fn keep(&self, account: &str, password: Option<&str>) -> Result<Kept, String> {
        self.system.keep(account, password)
    }
}

/// The password of a source's account, if the environment has it.
pub(crate) fn in_environment(account: &str) -> Option<String> {
    std::env::var(source_variable(account)).ok()
}

/// The environment variable with the password of a source's account, named after the host:
/// `ann|news.example.org:443` asks `WIREWATCH_PASSWORD_NEWS_EXAMPLE_ORG`.
pub(crate) fn source_variable(account: &str) -> String {
    let host = account.rsplit_once('|').map_or(account, |(_, host)| host);
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    let word = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    SOURCE_VARIABLE.chars().chain(host.chars().map(word)).collect()
}

/// One line of standard input; none if there is nothing to read.
///
/// # Errors
/// If standard input cannot be read.
pub(crate) fn read(output: &mut Output) -> Result<Option<String>> {
    let input = std::io::stdin();
    if input.is_terminal() {
        output.trouble("password (it is shown as you type; pipe it in to avoid that), or an empty line:");
    }
    let mut line = String::new();
    input.lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']);
    Ok((!password.is_empty()).then(|| password.to_owned()))
}

/// Says where a password was put.
///
/// # Errors
/// Why it was not kept.
pub(crate) fn tell<E: Display>(kept: Result<Kept, E>, variable: &str, output: &mut Output) -> Result<()> {
    match kept.map_err(|words| anyhow!("{words}"))? {
        Kept::Keyring => output.remark("the password is in the system's keyring")?,
        Kept::Memory => output.trouble(format!(
            "this system has no keyring: the password is not kept. Start `wirewatch watch` with {variable} set"
        )),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_is_named_after_the_host() {
        let variable = source_variable("ann|news.example.org:443");
        assert_eq!(variable, "WIREWATCH_PASSWORD_NEWS_EXAMPLE_ORG");
        assert_eq!((CommandSecrets::of_mail().variable)("a|b"), MAIL_VARIABLE);
    }
}
