//! The hook that lets FTS5 split and fold text with the query language's own words.
//!
//! Documents go through [`words`] and [`fold`]; a word with two or more capitals gets its
//! [`capital_mark`] at the same position. Query strings never come from the user: the planner
//! writes them as positions separated by spaces, alternatives at one position by `|`.
//!
//! The interface is `fts5_tokenizer_v2` (<https://sqlite.org/fts5.html#custom_tokenizers>); it is
//! reachable only through C: this file, [`super::places`] and [`super::extension`] are the places with `unsafe`.
#![allow(unsafe_code)]

use std::ffi::{c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use rusqlite::ffi;
use wirewatch_query::{capital_mark, fold, words};

/// Separates positions in a query string.
pub(crate) const POSITION: char = ' ';
/// Separates alternatives at one position in a query string.
pub(crate) const ALTERNATIVE: char = '|';

type Callback = unsafe extern "C" fn(*mut c_void, c_int, *const c_char, c_int, c_int, c_int) -> c_int;

/// Makes `tokenize = 'wirewatch'` known.
///
/// # Safety
/// `api` must come from a connection that is open.
pub(crate) unsafe fn create(api: *mut ffi::fts5_api) -> c_int {
    // SAFETY: the caller's; FTS5 copies the tokenizer's table of functions.
    unsafe {
        let Some(create) = api.as_ref().and_then(|api| api.xCreateTokenizer_v2) else {
            return ffi::SQLITE_ERROR;
        };
        let mut functions = ffi::fts5_tokenizer_v2 {
            iVersion: 2,
            xCreate: Some(create_tokenizer),
            xDelete: Some(delete_tokenizer),
            xTokenize: Some(tokenize),
        };
        create(api, c"wirewatch".as_ptr(), ptr::null_mut(), &mut functions, None)
    }
}

/// The tokenizer has no state, but FTS5 wants an address that is not null.
unsafe extern "C" fn create_tokenizer(
    _context: *mut c_void,
    _arguments: *mut *const c_char,
    _count: c_int,
    out: *mut *mut ffi::Fts5Tokenizer,
) -> c_int {
    // SAFETY: FTS5 passes a valid place for the result.
    unsafe { *out = ptr::NonNull::<u8>::dangling().as_ptr().cast() };
    ffi::SQLITE_OK
}

unsafe extern "C" fn delete_tokenizer(_tokenizer: *mut ffi::Fts5Tokenizer) {}

unsafe extern "C" fn tokenize(
    _tokenizer: *mut ffi::Fts5Tokenizer,
    context: *mut c_void,
    flags: c_int,
    text: *const c_char,
    length: c_int,
    _locale: *const c_char,
    _locale_length: c_int,
    callback: Option<Callback>,
) -> c_int {
    let (Some(callback), Ok(length)) = (callback, usize::try_from(length)) else {
        return ffi::SQLITE_ERROR;
    };
    if length == 0 {
        return ffi::SQLITE_OK;
    }
    // SAFETY: FTS5 passes `length` readable bytes.
    let bytes = unsafe { std::slice::from_raw_parts(text.cast::<u8>(), length) };
    let Ok(text) = std::str::from_utf8(bytes) else { return ffi::SQLITE_ERROR };
    let emit = |token: &str, colocated: bool, start: usize, end: usize| {
        let flag = if colocated { ffi::FTS5_TOKEN_COLOCATED as c_int } else { 0 };
        // SAFETY: the callback copies the token before it returns; lengths fit since `length` did.
        unsafe {
            callback(context, flag, token.as_ptr().cast(), token.len() as c_int, start as c_int, end as c_int)
        }
    };
    let query = flags & ffi::FTS5_TOKENIZE_QUERY as c_int != 0;
    // A panic must not unwind into C.
    catch_unwind(AssertUnwindSafe(|| {
        if query { tokenize_query(text, emit) } else { tokenize_document(text, emit) }
    }))
    .unwrap_or(ffi::SQLITE_ERROR)
}

fn tokenize_document(text: &str, emit: impl Fn(&str, bool, usize, usize) -> c_int) -> c_int {
    let mut token = String::new();
    for word in words(text) {
        let surface = &text[word.start..word.end];
        fold(surface, &mut token);
        let code = emit(&token, false, word.start, word.end);
        if code != ffi::SQLITE_OK {
            return code;
        }
        if capital_mark(surface, &mut token) {
            let code = emit(&token, true, word.start, word.end);
            if code != ffi::SQLITE_OK {
                return code;
            }
        }
    }
    ffi::SQLITE_OK
}

fn tokenize_query(text: &str, emit: impl Fn(&str, bool, usize, usize) -> c_int) -> c_int {
    let mut start = 0;
    for position in text.split(POSITION) {
        let end = start + position.len();
        for (number, token) in position.split(ALTERNATIVE).filter(|token| !token.is_empty()).enumerate() {
            let code = emit(token, number > 0, start, end);
            if code != ffi::SQLITE_OK {
                return code;
            }
        }
        start = end + POSITION.len_utf8();
    }
    ffi::SQLITE_OK
}
