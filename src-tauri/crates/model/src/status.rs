//! Whether an article's provider lets it be used.

/// What a provider says of its item (IPTC's publishing status; `stat:` in NewsML-G2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Status {
    /// It may be used: everything that does not say otherwise.
    #[default]
    Usable,
    /// Not to be used for now.
    Withheld,
    /// Withdrawn for good: it was wrong, or should not have been sent.
    Cancelled,
}

impl Status {
    /// Its name on the command line and on disk.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Usable => "usable",
            Status::Withheld => "withheld",
            Status::Cancelled => "cancelled",
        }
    }

    /// The status of this name, in either spelling.
    pub fn from_name(name: &str) -> Option<Status> {
        match name {
            "usable" => Some(Status::Usable),
            "withheld" => Some(Status::Withheld),
            "cancelled" | "canceled" => Some(Status::Cancelled),
            _ => None,
        }
    }

    /// Whether the provider took the item back: it is shown as such, and is no news.
    pub fn is_retracted(self) -> bool {
        self != Status::Usable
    }
}

/// Whether a revision is older than another of the same item. Providers count in whole numbers, or
/// name the time; where neither can be compared, what comes later is newer.
pub fn is_older_revision(this: &str, other: &str) -> bool {
    match (this.trim().parse::<u64>(), other.trim().parse::<u64>()) {
        (Ok(this), Ok(other)) => this < other,
        _ => this.len() == other.len() && this < other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions_are_compared_as_numbers_or_times() {
        for (this, other, want) in [
            ("2", "10", true),
            ("10", "2", false),
            ("3", "3", false),
            ("20261124T080000Z", "20261124T093000Z", true),
            ("final", "draft2", false),
        ] {
            assert_eq!(is_older_revision(this, other), want, "{this} before {other}");
        }
    }

    #[test]
    fn a_status_is_known_by_its_name() {
        for status in [Status::Usable, Status::Withheld, Status::Cancelled] {
            assert_eq!(Status::from_name(status.as_str()), Some(status));
        }
        assert_eq!(Status::from_name("canceled"), Some(Status::Cancelled), "the American spelling");
    }
}
