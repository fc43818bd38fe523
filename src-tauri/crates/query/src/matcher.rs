//! Many resolved queries over one text in one pass.
