//! What the command line makes and sends digests with.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use wirewatch_monitor::{PdfMaker, Press};

use super::password::CommandSecrets;

/// This program makes the PDF; passwords are in the environment or the keyring.
pub(crate) fn press() -> Result<Press> {
    let program = std::env::current_exe().context("the program does not find itself")?;
    let maker = PdfMaker { program, arguments: vec!["render-pdf".to_owned()] };
    Ok(Press { maker, secrets: Arc::new(CommandSecrets::of_mail()) })
}
