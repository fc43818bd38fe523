//! `mail`: the server that sends the digests.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::json;
use wirewatch_monitor::{Login, MailServer, Monitor, Security};

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
                port: port.unwrap_or(usual_port(*security)),
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

fn usual_port(security: Security) -> u16 {
    match security {
        Security::StartTls => 587,
        Security::Tls => 465,
        Security::None => 25,
    }
}

fn whole_path(path: &Path) -> Result<std::path::PathBuf> {
    std::path::absolute(path).with_context(|| path.display().to_string())
}

fn set(monitor: &Monitor, server: &MailServer, output: &mut Output) -> Result<Ended> {
    // The password first: with the settings, whatever waits is tried at once.
    if let Some(account) = server.account()
        && let Some(password) = password::read(output)?
    {
        password::tell(press()?.secrets.keep(&account, Some(&password)), password::MAIL_VARIABLE, output)?;
    }
    monitor.set_mail_server(Some(server))?;
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
    // Settings that cannot be read are forgotten all the same.
    let account = monitor.mail_server().ok().flatten().and_then(|server| server.account());
    monitor.set_mail_server(None)?;
    if let Some(account) = account
        && let Err(words) = press()?.secrets.keep(&account, None)
    {
        output.trouble(format!("the password is still in the keyring: {words}"));
        return Ok(Ended::Partly);
    }
    Ok(Ended::Done)
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
