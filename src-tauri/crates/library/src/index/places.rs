//! A function of FTS5 that gives the places of a query's phrases in an article, so that proximity,
//! order and counts are decided without reading its text.
//!
//! The interface is that of auxiliary functions (<https://sqlite.org/fts5.html#custom_auxiliary_functions>),
//! reachable only through C like that of [`super::tokenizer`].
#![allow(unsafe_code)]

use std::ffi::c_int;

use rusqlite::ffi;
use wirewatch_query::{Field, Place};

/// The columns of the index, in its order.
const COLUMNS: [Field; 3] = [Field::Title, Field::Lead, Field::Body];

/// A place is its column above so many bits, and its offset below.
const OFFSET_BITS: u32 = 30;

/// Makes `places(article_index, COUNT)` known: the places of the first COUNT phrases as a blob.
///
/// # Safety
/// `api` must come from a connection that is open.
pub(crate) unsafe fn create(api: *mut ffi::fts5_api) -> c_int {
    // SAFETY: the caller's; the function has no state.
    unsafe {
        match api.as_ref().and_then(|api| api.xCreateFunction) {
            Some(create) => create(api, c"places".as_ptr(), std::ptr::null_mut(), Some(places), None),
            None => ffi::SQLITE_ERROR,
        }
    }
}

/// Reads such a blob: each place, of the phrase's term in `terms`.
pub(crate) fn read<'a>(blob: &'a [u8], terms: &'a [u32]) -> impl Iterator<Item = Place> + 'a {
    let mut numbers =
        blob.chunks_exact(4).map(|bytes| u32::from_ne_bytes(bytes.try_into().unwrap_or_default()));
    let mut phrases = terms.iter();
    let (mut term, mut left) = (0, 0);
    std::iter::from_fn(move || {
        while left == 0 {
            term = *phrases.next()?;
            left = numbers.next()?;
        }
        left -= 1;
        let place = numbers.next()?;
        let field = *COLUMNS.get((place >> OFFSET_BITS) as usize)?;
        Some(Place { term, field, offset: place & ((1 << OFFSET_BITS) - 1) })
    })
}

/// For each phrase how many places it has, and these.
unsafe extern "C" fn places(
    api: *const ffi::Fts5ExtensionApi,
    index: *mut ffi::Fts5Context,
    context: *mut ffi::sqlite3_context,
    arguments: c_int,
    values: *mut *mut ffi::sqlite3_value,
) {
    // SAFETY: FTS5 calls this with its own functions, a context of the current row, and as many
    // values as it says; the blob is copied before the buffer is dropped.
    unsafe {
        let wanted = if arguments == 1 { ffi::sqlite3_value_int(*values) } else { 0 };
        let Some((first, next)) = api.as_ref().and_then(|api| Some((api.xPhraseFirst?, api.xPhraseNext?)))
        else {
            return ffi::sqlite3_result_error_code(context, ffi::SQLITE_ERROR);
        };
        let mut blob: Vec<u8> = Vec::with_capacity(256);
        for phrase in 0..wanted {
            let begin = blob.len();
            blob.extend([0; 4]);
            let mut walk = ffi::Fts5PhraseIter { a: std::ptr::null(), b: std::ptr::null() };
            let (mut column, mut offset) = (0, 0);
            let code = first(index, phrase, &mut walk, &mut column, &mut offset);
            if code != ffi::SQLITE_OK {
                return ffi::sqlite3_result_error_code(context, code);
            }
            while column >= 0 {
                if offset >> OFFSET_BITS == 0 {
                    blob.extend(((column as u32) << OFFSET_BITS | offset as u32).to_ne_bytes());
                }
                next(index, &mut walk, &mut column, &mut offset);
            }
            let count = ((blob.len() - begin) / 4 - 1) as u32;
            blob[begin..begin + 4].copy_from_slice(&count.to_ne_bytes());
        }
        // A blob of more than two gigabytes is refused by SQLite.
        ffi::sqlite3_result_blob64(context, blob.as_ptr().cast(), blob.len() as u64, ffi::SQLITE_TRANSIENT());
    }
}
