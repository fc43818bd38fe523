//! The mail server that sends the digests.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wirewatch_monitor as monitor;
use wirewatch_monitor::{Kept, MailFault, MailPart, MailServer};

use super::{Field, FieldFault};

/// The mail server's settings, without its password.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub(crate) struct MailDraft {
    /// Its name, such as `smtp.example.org`.
    pub(crate) host: String,
    /// Its port; none for the usual one.
    pub(crate) port: Option<u16>,
    /// How the line is kept private.
    pub(crate) security: Security,
    /// Who sends, as `name <address>` or `address`.
    pub(crate) sender: String,
    /// The user's name at the server; none for no login.
    pub(crate) user: Option<String>,
    /// Whether the password is an access token (XOAUTH2).
    pub(crate) token: bool,
    /// Certificates (PEM) to trust besides the system's.
    pub(crate) certificates: Option<String>,
}

/// How the line to the server is kept private.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Security {
    /// Plain first, private before anything is said.
    StartTls,
    /// Private from the first byte.
    Tls,
    /// Open; for a server on this machine only.
    None,
}

/// Where the password is. The password itself never comes to the window.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum PasswordPlace {
    /// There is no login.
    Unneeded,
    /// It has to be given.
    Missing,
    /// In the system's keyring.
    Keyring,
    /// In this program's memory, since the system has no keyring: it has to be given again after the
    /// next start.
    Memory,
    /// The keyring does not answer.
    Locked {
        /// Why, and what to do.
        message: String,
    },
}

impl From<MailServer> for MailDraft {
    fn from(server: MailServer) -> MailDraft {
        MailDraft {
            host: server.host,
            port: Some(server.port),
            security: match server.security {
                monitor::Security::StartTls => Security::StartTls,
                monitor::Security::Tls => Security::Tls,
                monitor::Security::None => Security::None,
            },
            sender: server.sender,
            user: server.user,
            token: server.login == monitor::Login::Token,
            certificates: server.certificates.map(|path| path.to_string_lossy().into_owned()),
        }
    }
}

impl From<MailDraft> for MailServer {
    fn from(draft: MailDraft) -> MailServer {
        let security = match draft.security {
            Security::StartTls => monitor::Security::StartTls,
            Security::Tls => monitor::Security::Tls,
            Security::None => monitor::Security::None,
        };
        MailServer {
            host: draft.host.trim().to_owned(),
            port: draft.port.unwrap_or(security.usual_port()),
            security,
            sender: draft.sender.trim().to_owned(),
            user: draft.user.map(|user| user.trim().to_owned()).filter(|user| !user.is_empty()),
            login: if draft.token { monitor::Login::Token } else { monitor::Login::Password },
            certificates: draft.certificates.map(Into::into),
        }
    }
}

impl From<Option<Kept>> for PasswordPlace {
    fn from(kept: Option<Kept>) -> PasswordPlace {
        match kept {
            Some(Kept::Keyring) => PasswordPlace::Keyring,
            Some(Kept::Memory) => PasswordPlace::Memory,
            None => PasswordPlace::Missing,
        }
    }
}

impl From<MailFault> for FieldFault {
    fn from(fault: MailFault) -> FieldFault {
        let field = match fault.part {
            MailPart::Host => Field::Host,
            MailPart::Sender => Field::Sender,
            MailPart::Security => Field::Security,
        };
        FieldFault::new(field, &fault.words)
    }
}
