//! Passwords: in the keyring of the system, never in the library.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use keyring::{Entry, Error};

/// The name under which the keyring shows what is ours.
const SERVICE: &str = "app.wirewatch.desktop";

/// Where passwords are kept, by account, such as `press@example.org|smtp.example.org:587`.
pub trait Secrets: Send + Sync {
    /// The password of an account; `None` if none is kept.
    ///
    /// # Errors
    /// In plain words, if the keyring is there but does not answer: locked, or refused.
    fn password(&self, account: &str) -> Result<Option<String>, String>;

    /// Where the password of an account is kept, if it is.
    ///
    /// # Errors
    /// As above.
    fn place(&self, account: &str) -> Result<Option<Kept>, String> {
        Ok(self.password(account)?.map(|_| Kept::Keyring))
    }

    /// Keeps a password, or forgets it (`None`).
    ///
    /// # Errors
    /// As above.
    fn keep(&self, account: &str, password: Option<&str>) -> Result<Kept, String>;
}

/// Where a password was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// In the system's keyring.
    Keyring,
    /// In this program's memory only, since the system has no keyring: it has to be given again
    /// after the next start.
    Memory,
}

/// The keyring of the system; where there is none, the memory of this program. Blocks, for minutes
/// if the system asks the user to unlock it.
#[derive(Default)]
pub struct SystemSecrets {
    memory: Mutex<HashMap<String, String>>,
}

impl SystemSecrets {
    fn remembered(&self, account: &str) -> Option<String> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner).get(account).cloned()
    }
}

impl Secrets for SystemSecrets {
    fn place(&self, account: &str) -> Result<Option<Kept>, String> {
        if self.remembered(account).is_some() {
            return Ok(Some(Kept::Memory));
        }
        Ok(self.password(account)?.map(|_| Kept::Keyring))
    }

    fn password(&self, account: &str) -> Result<Option<String>, String> {
        if let Some(password) = self.remembered(account) {
            return Ok(Some(password));
        }
        match Entry::new(SERVICE, account).and_then(|entry| entry.get_password()) {
            Ok(password) => Ok(Some(password)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(refusal(&error)),
        }
    }

    fn keep(&self, account: &str, password: Option<&str>) -> Result<Kept, String> {
        let stored = Entry::new(SERVICE, account).and_then(|entry| match password {
            Some(password) => entry.set_password(password),
            None => entry.delete_credential(),
        });
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory.remove(account);
        match stored {
            Ok(()) | Err(Error::NoEntry) => Ok(Kept::Keyring),
            Err(error) if is_missing(&error) => {
                memory.extend(password.map(|password| (account.to_owned(), password.to_owned())));
                Ok(Kept::Memory)
            }
            Err(error) => Err(refusal(&error)),
        }
    }
}

/// Whether there is no keyring at all, as on a server or under a bare window manager.
fn is_missing(error: &Error) -> bool {
    matches!(error, Error::NoDefaultStore)
}

fn refusal(error: &Error) -> String {
    format!("the system's keyring did not answer ({error}); unlock it and try again")
}
