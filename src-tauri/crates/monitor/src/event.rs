//! What the monitor tells whoever listens.

/// Something changed; whoever shows it asks again. A closed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Articles came in or changed.
    Articles {
        /// How many are new.
        new: u32,
    },
    /// Alerts were raised, delivered or seen.
    Alerts,
    /// Topics changed.
    Topics,
    /// Sources or their health changed.
    Sources,
    /// Planned digests, their editions or deliveries changed.
    Digests,
    /// A long work goes on; it has ended when `done == total`.
    Progress {
        /// What goes on, for people.
        label: String,
        /// Done so far.
        done: u32,
        /// Of so many.
        total: u32,
    },
}
