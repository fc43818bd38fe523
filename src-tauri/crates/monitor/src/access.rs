//! How a source lets us in: the name, the password from the keyring, headers.

use url::Url;
use wirewatch_model::{Source, SourceOptions};

use crate::error::Result;
use crate::fetch::Access;
use crate::hosts::host_of;
use crate::line::Line;
use crate::{Kept, Monitor, MonitorError};

impl Monitor {
    /// Keeps the password of a source, for the name that it was added with. Blocks as long as the
    /// system asks the user to unlock its keyring.
    ///
    /// # Errors
    /// If the source has no name to go with it, or the keyring does not answer.
    pub fn keep_password(&self, source: &Source, password: &str) -> Result<Kept> {
        let refused = |reason: String| MonitorError::Password { name: source.spec.name.clone(), reason };
        let user = self.library().source_options(source.id)?.user;
        let user = user.ok_or_else(|| refused("it was added without a name for the server".to_owned()))?;
        let account = password_account(&user, &source.spec.location);
        self.secrets().keep(&account, Some(password)).map_err(refused)
    }

    /// What to show a source's server; the inner error says in plain words why the keyring does
    /// not give the password.
    pub(crate) async fn access(&self, source: &Source) -> Result<std::result::Result<Access, String>> {
        let options = self.library().source_options(source.id)?;
        let host = host(&source.spec.location);
        let line = match options.proxy.as_deref().map(Line::parse).transpose() {
            Ok(line) => line,
            Err(reason) => return Ok(Err(reason)),
        };
        let mut access = Access { host, user: options.user, password: None, headers: options.headers, line };
        if let Some(user) = &access.user {
            let (secrets, account) = (self.secrets(), password_account(user, &source.spec.location));
            match tokio::task::spawn_blocking(move || secrets.password(&account)).await? {
                Ok(password) => access.password = password,
                Err(reason) => return Ok(Err(reason)),
            }
        }
        Ok(Ok(access))
    }
}

/// What the keyring calls the password for a name at a location: `ann|news.example.org:443`.
pub fn password_account(user: &str, location: &str) -> String {
    format!("{user}|{}", host(location))
}

/// Whether a source has something to show that no other server may see.
pub(crate) fn holds_credentials(options: &SourceOptions) -> bool {
    options.user.is_some() || !options.headers.is_empty()
}

fn host(location: &str) -> String {
    Url::parse(location).map(|url| host_of(&url)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_names_the_user_and_the_server() {
        assert_eq!(password_account("ann", "https://News.Example.org/feed?x"), "ann|news.example.org:443");
    }
}
