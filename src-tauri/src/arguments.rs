//! What the program was started for.

use std::ffi::OsString;
use std::path::PathBuf;

/// What the program is to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Invocation {
    /// Be the window.
    Run(Launch),
    /// Say the version.
    Version,
    /// Turn an encoded digest on standard input into a PDF on standard output. The program starts
    /// itself so, in order that the memory of typesetting goes back to the system.
    RenderPdf,
}

/// How the window is started.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Launch {
    /// Watch without a window, in the tray.
    pub(crate) hidden: bool,
    /// The library's folder, if it was named.
    pub(crate) library: Option<PathBuf>,
}

/// The argument that makes the program its own PDF maker.
pub(crate) const RENDER_PDF: &str = "render-pdf";

/// Starts without a window.
pub(crate) const HIDDEN: &str = "--hidden";

/// Names the library's folder.
pub(crate) const LIBRARY: &str = "--library";

impl Invocation {
    /// Reads the arguments after the program's name. What it does not know it passes over: toolkits
    /// and session managers add arguments of their own.
    pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Invocation {
        let mut launch = Launch::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some(RENDER_PDF) => return Invocation::RenderPdf,
                Some("--version" | "-V") => return Invocation::Version,
                Some(HIDDEN) => launch.hidden = true,
                Some(LIBRARY) => launch.library = arguments.next().map(PathBuf::from),
                Some(other) => {
                    if let Some(folder) = other.strip_prefix("--library=") {
                        launch.library = Some(PathBuf::from(folder));
                    }
                }
                None => {}
            }
        }
        Invocation::Run(launch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Invocation {
        Invocation::read(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn arguments_say_what_is_wanted() {
        let run = |hidden, library: Option<&str>| {
            Invocation::Run(Launch { hidden, library: library.map(PathBuf::from) })
        };
        for (line, want) in [
            ("", run(false, None)),
            ("--hidden", run(true, None)),
            ("--library /tmp/l --hidden", run(true, Some("/tmp/l"))),
            ("--library=/tmp/l", run(false, Some("/tmp/l"))),
            ("--library", run(false, None)),
            ("--from-a-session-manager 7", run(false, None)),
            ("--version", Invocation::Version),
            ("render-pdf", Invocation::RenderPdf),
        ] {
            assert_eq!(read(line), want, "{line:?}");
        }
    }
}
