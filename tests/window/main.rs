//! Window tests: the real program in a real window.
//!
//! Each test has a desktop of its own: a display, a session bus, a notification service and a
//! panel that takes tray icons (both played by the test), a library and a watched folder. The
//! window is driven through WebDriver. They need Linux; `README.md` beside this file says what to
//! install.

#![cfg(target_os = "linux")]

mod bus;
mod desktop;
mod driver;
mod program;
mod screen;
mod site;
mod tray;
mod wait;

mod background;
mod digests;
mod journey;
