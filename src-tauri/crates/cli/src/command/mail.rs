//! `mail`: the server that sends the digests.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::json;
use wirewatch_monitor::{Login, MailServer, Monitor, MonitorError};

use super::password;
use super::press::press;
use crate::arguments::{MailCommand, MailVerb};
use crate::output::{Ended, Output};

/// Shows, sets, tries or forgets the mail server.
pub(crate) async fn run(monitor: &Monitor, mail: &MailCommand, output: &mut Output) -> Result<Ended> {
    match &mail.verb {
        MailVerb::Show => show(monitor, output),
        MailVerb::Forget => forget(monitor, output),
        MailVerb::Test { to } => test(monitor, to, output).await,
        MailVerb::Set { host, from, security, port, user, token, certificates } => {
            let server = MailServer {
                host: host.clone(),
                port: port.unwrap_or(security.usual_port()),
                security: *security,
                sender: from.clone(),
                user: user.clone(),
                login: if *token { Login::Token } else { Login::Password },
                certificates: certificates.as_deref().map(whole_path).transpose()?,
            };
            set(monitor, &server, output)
        }
    }
}

fn whole_path(path: &Path) -> Result<std::path::PathBuf> {
    std::path::absolute(path).with_context(|| path.display().to_string())
}

fn set(monitor: &Monitor, server: &MailServer, output: &mut Output) -> Result<Ended> {
    let password = match server.account() {
        Some(_) => password::read(output)?,
        None => None,
    };
    let set = monitor.set_mail_server(server, password.as_deref(), &*press()?.secrets);
    if let Some(kept) = set.transpose() {
        password::tell(kept, password::MAIL_VARIABLE, output)?;
    }
    Ok(Ended::Done)
}

fn show(monitor: &Monitor, output: &mut Output) -> Result<Ended> {
    let Some(server) = monitor.mail_server()? else {
        output.remark("no mail server is set; `wirewatch mail set HOST --from ADDRESS` sets one")?;
        return Ok(Ended::Partly);
    };
    output.record(
        || {
            json!({
                "host": server.host, "port": server.port, "from": server.sender, "user": server.user,
                "security": server.security.as_str(),
            })
        },
        || format!("{}:{} as {}", server.host, server.port, server.sender),
    )?;
    Ok(Ended::Done)
}

fn forget(monitor: &Monitor, output: &mut Output) -> Result<Ended> {
    match monitor.forget_mail_server(&*press()?.secrets) {
        Err(MonitorError::Keyring(words)) => {
            output.trouble(format!("the password is still in the keyring: {words}"));
            Ok(Ended::Partly)
        }
        forgotten => Ok(forgotten.map(|()| Ended::Done)?),
    }
}

async fn test(monitor: &Monitor, to: &str, output: &mut Output) -> Result<Ended> {
    let answer = monitor.send_test(to, &press()?).await?;
    output.record(
        || json!({"to": to, "ok": answer.is_ok(), "message": answer.as_ref().unwrap_or_else(|words| words)}),
        || match &answer {
            Ok(words) => format!("sent to {to}: {words}"),
            Err(words) => format!("not sent: {words}"),
        },
    )?;
    Ok(Ended::partly_if(answer.is_err()))
}
