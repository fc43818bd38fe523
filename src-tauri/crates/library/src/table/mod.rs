//! One file a table: its rows, and the SQL that reads and writes them.

pub(crate) mod alert;
pub(crate) mod application;
pub(crate) mod arrival;
pub(crate) mod article;
pub(crate) mod body;
pub(crate) mod column;
pub(crate) mod curation;
pub(crate) mod digest;
pub(crate) mod edition;
pub(crate) mod fetch;
pub(crate) mod matching;
pub(crate) mod page_try;
pub(crate) mod plan;
pub(crate) mod receipt;
pub(crate) mod rule;
pub(crate) mod setting;
pub(crate) mod source;
pub(crate) mod source_options;
pub(crate) mod story;
pub(crate) mod topic;
pub(crate) mod version;
pub(crate) mod volume;
