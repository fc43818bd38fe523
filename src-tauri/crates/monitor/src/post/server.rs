//! Which server takes our mail, and how it wants to be spoken to.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A mail server, without its password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailServer {
    /// Its name, such as `smtp.example.org`.
    pub host: String,
    /// 587 for [`Security::StartTls`], 465 for [`Security::Tls`], as a rule.
    pub port: u16,
    /// How the line is kept private.
    pub security: Security,
    /// Who sends, as `name <address>` or `address`.
    pub sender: String,
    /// The user's name at the server; without one there is no login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// What the password is.
    #[serde(default)]
    pub login: Login,
    /// Certificates (PEM) that are trusted besides the system's, for servers of an organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificates: Option<PathBuf>,
}

/// How the line to the server is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// Plain first, private before anything is said; refused if the server cannot (RFC 3207).
    StartTls,
    /// Private from the first byte (RFC 8314).
    Tls,
    /// Open; for a server on this machine only.
    None,
}

impl Security {
    /// Its name on the command line and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Security::StartTls => "starttls",
            Security::Tls => "tls",
            Security::None => "none",
        }
    }

    /// The port that servers of this kind listen at, as a rule.
    pub fn usual_port(self) -> u16 {
        match self {
            Security::StartTls => 587,
            Security::Tls => 465,
            Security::None => 25,
        }
    }

    /// The one of this name.
    pub fn from_name(name: &str) -> Option<Security> {
        [Security::StartTls, Security::Tls, Security::None].into_iter().find(|one| one.as_str() == name)
    }
}

/// What a password is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Login {
    /// A password, or one made for this program.
    #[default]
    Password,
    /// An access token (XOAUTH2), handed in from outside and renewed there.
    Token,
}

impl MailServer {
    /// The account that its password is kept under.
    pub fn account(&self) -> Option<String> {
        self.user.as_ref().map(|user| format!("{user}|{}:{}", self.host, self.port))
    }

    /// Why these settings cannot be used, and what to do.
    pub(crate) fn fault(&self) -> Option<MailFault> {
        let fault = |part, words| Some(MailFault { part, words });
        if self.host.trim().is_empty() || self.host.contains(['/', ' ', '@']) {
            let words = format!("{:?} is no server's name; write one such as smtp.example.org", self.host);
            return fault(MailPart::Host, words);
        }
        if self.sender.parse::<lettre::message::Mailbox>().is_err() {
            return fault(MailPart::Sender, format!("{:?} is no mail address to send from", self.sender));
        }
        if self.security == Security::None && !self.is_on_this_machine() {
            let words = "an open line would show the password to everyone on the way; use starttls or tls";
            return fault(MailPart::Security, words.to_owned());
        }
        None
    }

    fn is_on_this_machine(&self) -> bool {
        self.host == "localhost"
            || self.host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

/// A part of the settings that somebody fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailPart {
    /// The server's name.
    Host,
    /// Who sends.
    Sender,
    /// How the line is kept private.
    Security,
}

/// Why a mail server cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailFault {
    /// Where.
    pub part: MailPart,
    /// What is wrong, and what to write instead.
    pub words: String,
}

impl fmt::Display for MailFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}
