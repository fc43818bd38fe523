//! The digest from matched articles to bytes, through the public face only.

mod composing;
mod curating;
mod mails;
mod pages;
mod pdfs;
mod sample;
mod templates;
