//! Connections: one writer, a few readers, every pragma set here with its reason.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::error::Result;
use crate::index::extension;

/// How long a writer waits for another process's transaction before it gives up: longer than any
/// batch takes on a slow disk.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);

/// Idle readers kept open; more are opened when needed and closed again.
const IDLE_READERS: usize = 4;

/// The connections to one database file.
pub(crate) struct Connections {
    path: PathBuf,
    writer: Mutex<Connection>,
    idle: Mutex<Vec<Connection>>,
}

impl Connections {
    /// Takes over the writer, on which the schema is up to date already.
    pub(crate) fn new(path: PathBuf, writer: Connection) -> Connections {
        Connections { path, writer: Mutex::new(writer), idle: Mutex::new(Vec::new()) }
    }

    /// The one writer. A panic of an earlier holder rolled its transaction back, so the
    /// connection is sound and the poison is ignored.
    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A reader; it returns to the idle ones when dropped. The lock is not held while it reads.
    pub(crate) fn reader(&self) -> Result<Reader<'_>> {
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => open_reader(&self.path)?,
        };
        Ok(Reader { connection: Some(connection), home: self })
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A borrowed reading connection.
pub(crate) struct Reader<'a> {
    connection: Option<Connection>,
    home: &'a Connections,
}

impl Deref for Reader<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection.as_ref().expect("taken only when dropped")
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let mut idle = self.home.idle();
        if let Some(connection) = self.connection.take()
            && idle.len() < IDLE_READERS
        {
            idle.push(connection);
        }
    }
}

/// Opens the writing connection; makes the file if it is not there.
pub(crate) fn open_writer(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    prepare(&connection)?;
    // Readers go on while the writer commits, and a kill leaves a log that the next open replays.
    connection.pragma_update(None, "journal_mode", "wal")?;
    // In WAL mode this loses no consistency; a power cut may lose the last commits, whose files
    // and feeds are then simply read again.
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

fn open_reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    prepare(&connection)?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // 32 MiB a connection holds the hot pages of a large index.
    connection.pragma_update(None, "cache_size", -32 * 1024)?;
    // Reading through the page cache of the system saves a copy of every page.
    connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    // More than there are: to prepare one costs as much as to run it a few times.
    connection.set_prepared_statement_cache_capacity(256);
    extension::register(connection)?;
    Ok(())
}
