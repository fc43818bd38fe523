//! Files named on the command line.

use std::io::{self, Read as _};
use std::path::Path;

use wirewatch_intake::{Hint, MAX_BYTES, Parsed, parse};

/// Why a named input gives nothing.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// It is not there: the command was called wrongly.
    Missing(String),
    /// It is there, but cannot be read.
    Failed(String),
}

/// Reads and parses a file, or standard input for `-`; at most one byte more than can be parsed.
pub(crate) fn read_and_parse(path: &str, file_type: Option<&str>) -> Result<Parsed, Unreadable> {
    let bytes = read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Unreadable::Missing(format!("{path}: no such file")),
        _ => Unreadable::Failed(format!("{path}: {error}")),
    })?;
    let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy();
    Ok(parse(&bytes, &Hint { name: Some(&name), file_type, ..Hint::default() }))
}

fn read(path: &str) -> io::Result<Vec<u8>> {
    let limit = MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    match path {
        "-" => io::stdin().take(limit).read_to_end(&mut bytes)?,
        _ => std::fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}
