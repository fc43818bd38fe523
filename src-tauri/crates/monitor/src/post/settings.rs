//! The settings of the mail server, kept in the library, and its password, kept in the keyring.

use super::MailServer;
use crate::error::{MonitorError, Result};
use crate::{Event, Kept, Monitor, Secrets};

/// The setting that holds the mail server.
const SERVER_KEY: &str = "mail-server";

impl Monitor {
    /// The mail server, if one is set.
    ///
    /// # Errors
    /// If the library cannot be read, or what it holds is no mail server.
    pub fn mail_server(&self) -> Result<Option<MailServer>> {
        let text = self.library().setting(SERVER_KEY)?.filter(|text| !text.is_empty());
        text.map(|text| toml::from_str(&text)).transpose().map_err(unreadable)
    }

    /// Sets the mail server and, if one is given, its password; what was blocked is tried again.
    /// Returns where the password is kept now. Blocks, for minutes if the system asks the user to
    /// unlock the keyring.
    ///
    /// # Errors
    /// In words, if the settings cannot be used or the keyring does not answer; nothing is changed.
    pub fn set_mail_server(
        &self,
        server: &MailServer,
        password: Option<&str>,
        secrets: &dyn Secrets,
    ) -> Result<Option<Kept>> {
        if let Some(fault) = server.fault() {
            return Err(MonitorError::MailServer(fault));
        }
        let text = toml::to_string(server).map_err(unreadable)?;
        let before = self.mail_server().ok().flatten().and_then(|before| before.account());
        // The password first: with the settings, whatever waits is tried at once.
        let kept = match server.account().zip(password) {
            Some((account, password)) => Some(keep(secrets, &account, Some(password))?),
            None => None,
        };
        self.write_mail_server(&text)?;
        if let Some(old) = before.filter(|old| server.account().as_ref() != Some(old)) {
            // Nobody needs it any more; that it stays behind does no harm to what was asked for.
            if let Err(words) = secrets.keep(&old, None) {
                tracing::warn!(words, "the password of the server before is still in the keyring");
            }
        }
        Ok(kept)
    }

    /// Forgets the mail server and its password. Blocks as setting it does.
    ///
    /// # Errors
    /// In words, if the keyring does not answer; the settings are forgotten all the same.
    pub fn forget_mail_server(&self, secrets: &dyn Secrets) -> Result<()> {
        // Settings that cannot be read are forgotten, too.
        let account = self.mail_server().ok().flatten().and_then(|server| server.account());
        self.write_mail_server("")?;
        account.map_or(Ok(()), |account| keep(secrets, &account, None).map(drop))
    }

    fn write_mail_server(&self, text: &str) -> Result<()> {
        self.library().set_setting(SERVER_KEY, text)?;
        self.library().retry_blocked(self.now())?;
        self.tell(Event::Digests);
        Ok(())
    }
}

fn keep(secrets: &dyn Secrets, account: &str, password: Option<&str>) -> Result<Kept> {
    secrets.keep(account, password).map_err(MonitorError::Keyring)
}

fn unreadable(error: impl std::error::Error) -> MonitorError {
    MonitorError::MailServerUnreadable(error.to_string())
}
