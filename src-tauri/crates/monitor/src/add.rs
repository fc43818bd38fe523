//! Adding a source: a path, a feed's address, or a site's address that is searched for its feed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use url::Url;
use wirewatch_model::{Level, NewSource, Source, SourceKind, SourceOptions};

use crate::access::holds_credentials;
use crate::error::{MonitorError, Result};
use crate::fetch::Access;
use crate::hosts::{host_of, is_same_server};
use crate::ignored::Ignored;
use crate::line::Line;
use crate::{Event, Monitor};

/// A source as the user asks for it.
#[derive(Debug, Clone, Default)]
pub struct AddRequest {
    /// A path or an address, as typed.
    pub location: String,
    /// A name; otherwise the folder's or the feed's own.
    pub name: Option<String>,
    /// Put on every article.
    pub label: Option<String>,
    /// How often it is checked.
    pub every: Option<Duration>,
    /// What it is; otherwise found out. A feed of which this is said is not asked first.
    pub kind: Option<SourceKind>,
    /// How loudly its articles speak, whatever their topics say.
    pub level: Option<Level>,
    /// Complete truncated items from their pages.
    pub full_text: bool,
    /// Raise alerts for what is there already.
    pub alert_existing: bool,
    /// What most sources need nothing of.
    pub options: SourceOptions,
    /// The password that goes with the user, for looking; [`Monitor::keep_password`] keeps it.
    pub password: Option<String>,
}

impl AddRequest {
    /// How the place is looked at before it is watched.
    pub(crate) fn access(&self, url: &Url) -> Result<Access> {
        let line = self.options.proxy.as_deref().map(Line::parse).transpose();
        Ok(Access {
            host: host_of(url),
            user: self.options.user.clone(),
            password: self.password.clone(),
            headers: self.options.headers.clone(),
            line: line.map_err(|reason| MonitorError::BadOption { reason })?,
        })
    }
}

impl Monitor {
    /// Adds a source. One that is watched already stays as it is, but for the options that are given: it
    /// may need a name for its server that it did not need before.
    ///
    /// # Errors
    /// If there is no such path, the address is no web address, or what answers there neither is
    /// a feed nor leads to one.
    pub async fn add(&self, request: AddRequest) -> Result<Source> {
        let is_path = match request.kind {
            Some(kind) => kind == SourceKind::Folder,
            None => !is_web_address(&request.location),
        };
        let source = if is_path { self.add_path(request)? } else { self.add_address(request).await? };
        self.tell(Event::Sources);
        Ok(source)
    }

    /// Adds what another program watched, at the address that it says; nothing is asked and nobody told.
    pub(crate) fn add_unasked(&self, request: AddRequest) -> Result<Source> {
        let url = web_address(&request.location)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let kind = request.kind.unwrap_or(SourceKind::Feed);
        self.keep(request, kind, url.into(), host)
    }

    fn add_path(&self, request: AddRequest) -> Result<Source> {
        let path = PathBuf::from(&request.location);
        // Absolute and without links, so that it stays the same wherever the program is started.
        let path = dunce::canonicalize(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => MonitorError::NoSuchPath(path.clone()),
            _ => MonitorError::File { path: path.clone(), error },
        })?;
        let own_name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let location = path.to_string_lossy().into_owned();
        self.keep(request, SourceKind::Folder, location, own_name)
    }

    async fn add_address(&self, request: AddRequest) -> Result<Source> {
        let url = web_address(&request.location)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        if let Some(kind @ (SourceKind::Feed | SourceKind::Folder)) = request.kind {
            return self.keep(request, kind, url.into(), host);
        }
        let access = request.access(&url)?;
        let selector = request.options.selector.clone();
        let wanted = request.kind.or(selector.as_ref().map(|_| SourceKind::Page));
        let found = match wanted {
            Some(SourceKind::Sitemap) => self.find_sitemap(url.as_str(), &access).await?,
            Some(SourceKind::Page) => self.find_page(url.as_str(), selector.as_deref(), &access).await?,
            _ => self.find_feed(url.as_str(), &access).await?,
        };
        if holds_credentials(&request.options) && !is_same_server(url.as_str(), &found.address) {
            return Err(MonitorError::BadOption { reason: elsewhere(&found.address, &host) });
        }
        let own_name = found.title.filter(|title| !title.is_empty()).unwrap_or(host);
        self.keep(request, found.kind, found.address, own_name)
    }

    fn keep(
        &self,
        request: AddRequest,
        kind: SourceKind,
        location: String,
        own_name: String,
    ) -> Result<Source> {
        let mut request = request;
        request.options.move_to =
            request.options.move_to.map(|to| target_folder(&to, &location)).transpose()?;
        check_options(&request.options)?;
        if let Some(present) = self.library().source_at(&location)? {
            return self.give_options(present, request.options);
        }
        let new = NewSource {
            kind,
            name: request.name.unwrap_or(own_name),
            location,
            label: request.label,
            every: request.every,
            full_text: request.full_text,
            alert_existing: request.alert_existing,
        };
        let source = self.library().add_source(&new, self.now())?;
        // An earlier life of the source may have left some.
        self.library().set_source_options(source.id, &request.options)?;
        if request.level.is_some() {
            self.library().set_source_level(source.id, request.level)?;
        }
        Ok(Source { level: request.level, ..source })
    }

    /// Gives a source that is watched already the options that it has not, and if that changes something,
    /// has it read anew at the next look.
    fn give_options(&self, mut present: Source, given: SourceOptions) -> Result<Source> {
        let library = self.library();
        let old = library.source_options(present.id)?;
        let new = merged(old.clone(), given);
        if new == old {
            return Ok(present);
        }
        library.set_source_options(present.id, &new)?;
        // It need not wait for what it failed without.
        self.read_anew(&present)?;
        present.health.next_check = None;
        Ok(present)
    }
}

/// What can be refused of options without asking anybody.
pub(crate) fn check_options(options: &SourceOptions) -> Result<()> {
    let bad = |reason| MonitorError::BadOption { reason };
    Ignored::new(&options.ignore).map_err(bad)?;
    Line::parse(options.proxy.as_deref().unwrap_or_default()).map(drop).map_err(bad)
}

/// Field by field, what is given goes before what is there.
fn merged(old: SourceOptions, given: SourceOptions) -> SourceOptions {
    SourceOptions {
        user: given.user.or(old.user),
        headers: if given.headers.is_empty() { old.headers } else { given.headers },
        selector: given.selector.or(old.selector),
        ignore: if given.ignore.is_empty() { old.ignore } else { given.ignore },
        move_to: given.move_to.or(old.move_to),
        proxy: given.proxy.or(old.proxy),
    }
}

/// The absolute path of the folder that read files are moved to, made if it is not there. It may lie
/// in the watched one, where it is not read, but not be it.
pub(crate) fn target_folder(to: &str, watched: &str) -> Result<String> {
    let path = PathBuf::from(to);
    let failed = |error| MonitorError::File { path: path.clone(), error };
    std::fs::create_dir_all(&path).map_err(failed)?;
    let target = dunce::canonicalize(&path).map_err(failed)?;
    if Path::new(watched).starts_with(&target) {
        let reason = format!("{to}: read files cannot be moved to the watched folder or one around it");
        return Err(MonitorError::BadOption { reason });
    }
    Ok(target.to_string_lossy().into_owned())
}

/// What was typed for one server is neither shown to another nor kept for it.
pub(crate) fn elsewhere(found: &str, typed: &str) -> String {
    format!(
        "what can be watched is at {found}, on another server than {typed}, which the name and the headers were \
         given for; if they are meant for that server, add its address with them, otherwise without"
    )
}

/// The address as typed; a password in it would end up in the library.
pub(crate) fn web_address(location: &str) -> Result<Url> {
    let bad = |reason: String| MonitorError::BadAddress { location: location.to_owned(), reason };
    let url = Url::parse(location.trim()).map_err(|error| bad(error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(bad(format!("only http and https addresses are fetched, not {}:", url.scheme())));
    }
    if url.password().is_some() || !url.username().is_empty() {
        let mut bare = url;
        // Both succeed on addresses that have a host, as all of http and https have.
        let _ = (bare.set_password(None), bare.set_username(""));
        return Err(MonitorError::BadAddress {
            location: bare.into(),
            reason:
                "a name and a password in the address would be kept in clear; give the name with --user, which \
                     asks for the password"
                    .to_owned(),
        });
    }
    Ok(url)
}

/// Whether a location is meant as an address: it has a scheme, and is no path that exists.
fn is_web_address(location: &str) -> bool {
    location.contains("://") && !Path::new(location).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_are_given_go_before_those_that_are_there_and_the_others_stay() {
        let key = |value: &str| vec![("X-Key".to_owned(), value.to_owned())];
        let old = SourceOptions {
            proxy: Some("direct".to_owned()),
            headers: key("old"),
            selector: Some("a".to_owned()),
            ignore: vec!["*.log".to_owned()],
            ..SourceOptions::default()
        };
        let given =
            SourceOptions { user: Some("ann".to_owned()), headers: key("new"), ..SourceOptions::default() };
        let new = merged(old.clone(), given);
        assert_eq!(new, SourceOptions { user: Some("ann".to_owned()), headers: key("new"), ..old.clone() });
        assert_eq!(merged(old.clone(), SourceOptions::default()), old, "nothing is given");
    }
}
