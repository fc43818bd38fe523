//! The two ways of saying something, and how a command ended.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use serde_json::{Value, json};
use wirewatch_library::LibraryError;
use wirewatch_monitor::{MonitorError, PackError};
use wirewatch_query::QueryError;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It did what it was asked.
    Done,
    /// It ran, but found nothing, or some of the input failed.
    Partly,
    /// It could not run.
    Refused,
}

impl Ended {
    pub(crate) fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Ended::Done => 0,
            Ended::Partly => 1,
            Ended::Refused => 2,
        })
    }

    /// Done, unless something went wrong.
    pub(crate) fn partly_if(trouble: bool) -> Ended {
        if trouble { Ended::Partly } else { Ended::Done }
    }
}

/// Standard output, as JSON Lines or as text for people.
#[derive(Clone, Copy)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    pub(crate) fn new(json: bool) -> Output {
        Output { json }
    }

    /// Whether records are written as JSON: who writes text need not ask for what only JSON says.
    pub(crate) fn is_json(self) -> bool {
        self.json
    }

    /// One record: its JSON, or its text.
    ///
    /// # Errors
    /// If standard output is closed: whoever reads has had enough.
    pub(crate) fn record(
        &mut self,
        value: impl FnOnce() -> Value,
        text: impl FnOnce() -> String,
    ) -> io::Result<()> {
        self.put(&self.line(value, text))
    }

    /// What [`Output::record`] writes.
    pub(crate) fn line(&self, value: impl FnOnce() -> Value, text: impl FnOnce() -> String) -> String {
        if self.json { format!("{}\n", value()) } else { format!("{}\n", text()) }
    }

    /// Writes a line in one piece, so that a kill leaves no half of it.
    ///
    /// # Errors
    /// As [`Output::record`].
    pub(crate) fn put(&self, line: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(line.as_bytes())?;
        // A line is for somebody who waits for it, be it a pipe.
        out.flush()
    }

    /// A line that only people need.
    pub(crate) fn remark(&self, text: impl Display) -> io::Result<()> {
        if self.json {
            return Ok(());
        }
        writeln!(io::stdout().lock(), "{text}")
    }

    /// Trouble, on standard error.
    pub(crate) fn trouble(&mut self, text: impl Display) {
        // Nobody can be told that standard error is closed.
        let _ = writeln!(io::stderr().lock(), "wirewatch: {text}");
    }

    /// Says why a command could not run.
    pub(crate) fn refuse(&mut self, error: &anyhow::Error) -> Ended {
        let closed = |cause: &(dyn std::error::Error + 'static)| {
            cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
        };
        if error.chain().any(closed) {
            return Ended::Done;
        }
        let lists = missing(error).and_then(list_of);
        let lists =
            lists.map_or_else(String::new, |command| format!("; `wirewatch {command}` lists what is there"));
        self.trouble(format!("{error:#}{lists}"));
        if let Some(place) = query_error(error) {
            self.trouble(format!("the place is at characters {}–{}", place.start, place.end));
            if self.json {
                let error = json!({"message": place.message, "start": place.start, "end": place.end});
                // As above.
                let _ = writeln!(io::stdout().lock(), "{}", json!({"ok": false, "error": error}));
            }
        }
        match error.downcast_ref::<MonitorError>() {
            // It ran: the network or the server refused.
            Some(MonitorError::NotASource { .. }) => Ended::Partly,
            _ => Ended::Refused,
        }
    }
}

/// The kind of thing that was named and is not there.
fn missing(error: &anyhow::Error) -> Option<&'static str> {
    match (error.downcast_ref::<MonitorError>(), error.downcast_ref::<LibraryError>()) {
        (Some(MonitorError::Missing { what, .. }), _)
        | (Some(MonitorError::Library(LibraryError::Missing { what, .. })), _)
        | (_, Some(LibraryError::Missing { what, .. })) => Some(*what),
        _ => None,
    }
}

/// Which command says what there is of a kind of thing.
fn list_of(what: &str) -> Option<&'static str> {
    match what {
        "source" => Some("sources"),
        "topic" => Some("topics list"),
        "article" => Some("articles"),
        "story" => Some("stories list"),
        "digest" => Some("digests list"),
        "edition" => Some("digests editions"),
        "story of the next digest" => Some("digests next"),
        _ => None,
    }
}

fn query_error(error: &anyhow::Error) -> Option<&QueryError> {
    match error.downcast_ref::<MonitorError>() {
        Some(MonitorError::Query(query)) => Some(query),
        Some(MonitorError::Pack(PackError::Query { error, .. })) => Some(error),
        _ => error.downcast_ref(),
    }
}
