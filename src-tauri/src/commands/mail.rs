//! The mail server that sends the digests.

use tauri::{AppHandle, Manager as _, State};
use wirewatch_monitor::{MailServer, MonitorError};

use super::{Answer, aside, ask};
use crate::shell::Shell;
use crate::wire::{CommandError, MailDraft, PasswordPlace, SentTo, sentence};

/// The settings, if there are any. The password stays where it is.
#[tauri::command]
pub(super) async fn load_mail(shell: State<'_, Shell>) -> Answer<Option<MailDraft>> {
    ask(&shell, move |monitor| match monitor.mail_server() {
        // Only saving them anew helps, and for that the form must open.
        Err(MonitorError::MailServerUnreadable(why)) => {
            tracing::warn!(why, "the mail server's settings cannot be read");
            Ok(None)
        }
        server => Ok(server?.map(MailDraft::from)),
    })
    .await
}

/// Where the password is. May wait until the user has unlocked the keyring.
#[tauri::command]
pub(super) async fn password_place(app: AppHandle) -> Answer<PasswordPlace> {
    aside(move || {
        let shell = app.state::<Shell>();
        let server = shell.monitor.mail_server().ok().flatten();
        let Some(account) = server.and_then(|server| server.account()) else {
            return Ok(PasswordPlace::Unneeded);
        };
        Ok(match shell.press.secrets.place(&account) {
            Ok(place) => place.into(),
            Err(words) => PasswordPlace::Locked { message: sentence(&words) },
        })
    })
    .await
}

/// Keeps the settings and, if one is given, the password; what was blocked is tried again.
#[tauri::command]
pub(super) async fn save_mail(app: AppHandle, draft: MailDraft, password: Option<String>) -> Answer<()> {
    aside(move || {
        let shell = app.state::<Shell>();
        let server = MailServer::from(draft);
        shell.monitor.set_mail_server(&server, password.as_deref(), &*shell.press.secrets)?;
        Ok(())
    })
    .await
}

/// Forgets the settings and the password.
#[tauri::command]
pub(super) async fn forget_mail(app: AppHandle) -> Answer<()> {
    aside(move || {
        let shell = app.state::<Shell>();
        match shell.monitor.forget_mail_server(&*shell.press.secrets) {
            Err(MonitorError::Keyring(words)) => Err(CommandError::failed(format!(
                "The server is forgotten, but its password is still in the keyring: {words}"
            ))),
            forgotten => Ok(forgotten?),
        }
    })
    .await
}

/// Sends a short message, to see whether the server takes it.
#[tauri::command]
pub(super) async fn send_test(shell: State<'_, Shell>, to: String) -> Answer<SentTo> {
    let (sent, words) = match shell.monitor.send_test(&to, &shell.press).await? {
        Ok(words) => (true, words),
        Err(words) => (false, words),
    };
    Ok(SentTo { to, sent, message: sentence(&words) })
}

/// Asks for a file of certificates; none if the user thought better of it.
#[tauri::command]
pub(super) async fn choose_certificates(app: AppHandle) -> Answer<Option<String>> {
    aside(move || {
        let chosen = app.state::<Shell>().chooser.file("Certificates", &["pem", "crt", "cer"]);
        Ok(chosen.map(|path| path.to_string_lossy().into_owned()))
    })
    .await
}
