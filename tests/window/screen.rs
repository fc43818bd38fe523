//! The windows on the display, seen as a window manager sees them.

use anyhow::{Context as _, Result};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, MapState, Window,
};
use x11rb::rust_connection::RustConnection;

use crate::wait::until;

/// The display.
pub(crate) struct Screen {
    x: RustConnection,
    root: Window,
}

impl Screen {
    pub(crate) fn open(display: &str) -> Result<Screen> {
        let (x, number) = x11rb::connect(Some(display))?;
        let root = x.setup().roots.get(number).context("a display without a screen")?.root;
        Ok(Screen { x, root })
    }

    /// Waits until Wirewatch shows a window.
    pub(crate) async fn window_appears(&self) -> Result<()> {
        until("the window to appear", async || Ok(self.window()?.map(drop))).await
    }

    /// Waits until Wirewatch shows none.
    pub(crate) async fn window_goes(&self) -> Result<()> {
        until("the window to go", async || Ok(self.window()?.is_none().then_some(()))).await
    }

    /// Whether Wirewatch shows a window.
    pub(crate) fn has_window(&self) -> Result<bool> {
        Ok(self.window()?.is_some())
    }

    /// Asks the window to close, as the cross in its corner does (ICCCM, WM_DELETE_WINDOW).
    pub(crate) fn ask_to_close(&self) -> Result<()> {
        let window = self.window()?.context("there is no window to close")?;
        let atom = |name: &[u8]| anyhow::Ok(self.x.intern_atom(false, name)?.reply()?.atom);
        let data = [atom(b"WM_DELETE_WINDOW")?, x11rb::CURRENT_TIME, 0, 0, 0];
        let message = ClientMessageEvent::new(32, window, atom(b"WM_PROTOCOLS")?, data);
        self.x.send_event(false, window, EventMask::NO_EVENT, message)?.check()?;
        Ok(self.x.flush()?)
    }

    /// The window that is shown under the product's name.
    fn window(&self) -> Result<Option<Window>> {
        for window in self.x.query_tree(self.root)?.reply()?.children {
            // A window may go between two questions; then it is none.
            let (Ok(facts), Ok(name)) = (
                self.x.get_window_attributes(window)?.reply(),
                self.x.get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64)?.reply(),
            ) else {
                continue;
            };
            if facts.map_state == MapState::VIEWABLE && name.value == b"Wirewatch" {
                return Ok(Some(window));
            }
        }
        Ok(None)
    }
}
