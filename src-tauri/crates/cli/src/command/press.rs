//! What the command line makes and sends digests with.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use wirewatch_monitor::{Kept, PdfMaker, Press, Secrets, SystemSecrets};

/// Names the password of the mail server, for machines without a keyring.
const PASSWORD_VARIABLE: &str = "WIREWATCH_MAIL_PASSWORD";

/// This program makes the PDF; passwords are in the environment or the keyring.
pub(crate) fn press() -> Result<Press> {
    let program = std::env::current_exe().context("the program does not find itself")?;
    let maker = PdfMaker { program, arguments: vec!["render-pdf".to_owned()] };
    Ok(Press { maker, secrets: Arc::new(CommandSecrets::default()) })
}

#[derive(Default)]
struct CommandSecrets {
    system: SystemSecrets,
}

impl Secrets for CommandSecrets {
    fn password(&self, account: &str) -> Result<Option<String>, String> {
        match std::env::var(PASSWORD_VARIABLE) {
            Ok(password) => Ok(Some(password)),
            Err(_) => self.system.password(account),
        }
    }

    fn keep(&self, account: &str, password: Option<&str>) -> Result<Kept, String> {
        self.system.keep(account, password)
    }
}
