//! The verbs of Wirewatch: watch folders, fetch feeds, take articles in, raise and deliver alerts,
//! compose the digest.
//!
//! [`Monitor`] is what the command line and the desktop shell drive. It is the only room that is
//! asynchronous and that touches the clock, the disk (the library's database apart) and the
//! network; the clock is handed in.
//!
//! Not in here: windows, terminals, and what an alert looks like. Whoever shows alerts hands in an
//! [`Announcer`].

mod access;
mod add;
mod addresses;
mod alerting;
mod at_once;
mod backtest;
mod catching_up;
mod change;
mod check;
mod checking;
mod clock;
mod compose;
mod curate;
mod deliver;
mod discover;
mod draft;
mod error;
mod event;
mod feed;
mod fetch;
mod filing;
mod folder;
mod full_text;
mod gather;
mod health;
mod hop;
mod hosts;
mod ignored;
mod import;
mod intake;
mod life;
mod line;
mod monitor;
mod mounts;
mod opml;
mod outbox;
mod packs;
mod pdf;
mod places;
mod plans;
mod post;
mod publish;
mod refusal;
mod report;
mod rhythm;
mod robots;
mod schedule;
mod secrets;
mod settling;
mod starters;
mod templates;
mod topics;
mod waking;
mod watch;
mod whole;
mod wildcard;
mod wishes;

pub use access::password_account;
pub use add::AddRequest;
pub use addresses::read_addresses;
pub use at_once::{Answer, SentNow};
pub use backtest::{BackTest, BackTestRequest, Difference, NearMiss, Sample};
pub use change::SourceChange;
pub use check::Tally;
pub use checking::{CheckedQuery, check_draft, check_search};
pub use clock::{Clock, SystemClock};
pub use compose::{DigestFiles, DigestOrder, MadeDigest};
pub use curate::{DAILY, Edit};
pub use deliver::{Announcement, Announcer, Occasion};
pub use discover::Discovered;
pub use draft::Draft;
pub use error::MonitorError;
pub use event::Event;
pub use monitor::Monitor;
pub use opml::ImportedFeeds;
pub use packs::{Pack, PackError, PackReport, export as export_packs, read as read_packs, shipped};
pub use pdf::PdfMaker;
pub use places::default_library;
pub use plans::{PlanFault, PlanPart, Standing, system_zone, time_zones};
pub use post::{Login, MailFault, MailPart, MailServer, Security};
pub use publish::{Press, PressHandle};
pub use report::{Rhythm, SourceReport};
pub use secrets::{Kept, Secrets, SystemSecrets};
pub use starters::{Starter, StarterPack, starter_pack, starter_packs};
pub use templates::{Trial, Tried};
pub use topics::{Topics, Typed};
pub use watch::WatchHandle;
pub use whole::{write_bytes, write_whole};
pub use wishes::Wish;
