//! PDFs are made by a child process: its memory goes back to the system, and it can be stopped.

use std::io::{Read, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::error::{MonitorError, Result};

/// A digest of a thousand stories takes seconds; what takes longer is a template that never ends.
const LONGEST: Duration = Duration::from_secs(120);

/// How a PDF is made: a program that reads a job from standard input and writes the PDF to standard
/// output.
#[derive(Debug, Clone)]
pub struct PdfMaker {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
}

impl PdfMaker {
    /// Has a job done. Blocks.
    pub(crate) fn make(&self, job: &[u8]) -> Result<Vec<u8>> {
        let failed =
            |error: std::io::Error| MonitorError::Pdf(format!("{}: {error}", self.program.display()));
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let (pdf, words) = (read_aside(child.stdout.take()), read_aside(child.stderr.take()));
        write_aside(child.stdin.take(), job.to_vec());
        let Ok(pdf) = pdf.recv_timeout(LONGEST) else { return Err(stopped(child)) };
        let status = child.wait().map_err(failed)?;
        if status.success() && pdf.starts_with(b"%PDF") {
            return Ok(pdf);
        }
        let words = words.recv_timeout(LONGEST).unwrap_or_default();
        Err(MonitorError::Pdf(String::from_utf8_lossy(&words).trim().to_owned()))
    }
}

/// Reads a pipe to its end in a thread of its own, so that neither pipe can fill up and block.
fn read_aside(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // What was read before it broke is all there is.
            let _ = pipe.read_to_end(&mut bytes);
        }
        // Nobody waits any more if the time is over.
        let _ = send.send(bytes);
    });
    receive
}

/// Writes the job in a thread of its own, so that a maker that does not read cannot hold us up.
fn write_aside(pipe: Option<ChildStdin>, job: Vec<u8>) {
    let Some(mut pipe) = pipe else { return };
    std::thread::spawn(move || {
        // If it dies early, its own words say more than the broken pipe.
        let _ = pipe.write_all(&job);
    });
}

fn stopped(mut child: Child) -> MonitorError {
    if let Err(error) = child.kill().and_then(|()| child.wait().map(drop)) {
        tracing::warn!(%error, "a process that makes a PDF cannot be stopped");
    }
    MonitorError::Pdf(format!("not done after {} seconds", LONGEST.as_secs()))
}
