//! What our program adds to FTS5: the tokenizer, and the function that tells places.
#![allow(unsafe_code)]

use std::ffi::c_void;
use std::ptr;

use rusqlite::{Connection, ffi};

use super::{places, tokenizer};
use crate::LibraryError;
use crate::error::Result;

/// Makes both known to this connection.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    // SAFETY: the handle is valid while `connection` is borrowed; the statement is finalised
    // before it goes out of scope; the pointer that FTS5 hands out lives as long as the connection.
    let code = unsafe {
        let database = connection.handle();
        let mut api: *mut ffi::fts5_api = ptr::null_mut();
        let mut statement: *mut ffi::sqlite3_stmt = ptr::null_mut();
        let mut code = ffi::sqlite3_prepare_v2(
            database,
            c"SELECT fts5(?1)".as_ptr(),
            -1,
            &mut statement,
            ptr::null_mut(),
        );
        if code == ffi::SQLITE_OK {
            let slot = (&raw mut api).cast::<c_void>();
            ffi::sqlite3_bind_pointer(statement, 1, slot, c"fts5_api_ptr".as_ptr(), None);
            ffi::sqlite3_step(statement);
            code = ffi::sqlite3_finalize(statement);
        }
        if code == ffi::SQLITE_OK {
            code = tokenizer::create(api);
        }
        if code == ffi::SQLITE_OK {
            code = places::create(api);
        }
        code
    };
    if code == ffi::SQLITE_OK {
        return Ok(());
    }
    Err(LibraryError::Database(rusqlite::Error::SqliteFailure(
        ffi::Error::new(code),
        Some("the full-text index (FTS5) is not available".to_owned()),
    )))
}
