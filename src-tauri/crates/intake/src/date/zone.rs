//! Zones: offsets, the abbreviations that news uses, and names of the IANA database.

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;

/// Where a time of day is meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Zone {
    /// A fixed distance from UTC.
    Fixed(FixedOffset),
    /// A place, with its summer time.
    Place(Tz),
}

const HOUR: i32 = 3600;

/// Abbreviations in use, with their offset in seconds. Where one has several meanings (`CST`,
/// `IST`, `BST`), the one of RFC 822 or of the larger press.
const FIXED: &[(&str, i32)] = &[
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", HOUR),
    ("cet", HOUR),
    ("met", HOUR),
    ("mez", HOUR),
    ("wat", HOUR),
    ("west", HOUR),
    ("cest", 2 * HOUR),
    ("mest", 2 * HOUR),
    ("mesz", 2 * HOUR),
    ("eet", 2 * HOUR),
    ("sast", 2 * HOUR),
    ("cat", 2 * HOUR),
    ("eest", 3 * HOUR),
    ("msk", 3 * HOUR),
    ("мск", 3 * HOUR),
    ("trt", 3 * HOUR),
    ("eat", 3 * HOUR),
    ("idt", 3 * HOUR),
    ("msd", 4 * HOUR),
    ("gst", 4 * HOUR),
    ("pkt", 5 * HOUR),
    ("ist", 5 * HOUR + HOUR / 2),
    ("npt", 5 * HOUR + HOUR * 3 / 4),
    ("wib", 7 * HOUR),
    ("ict", 7 * HOUR),
    ("hkt", 8 * HOUR),
    ("sgt", 8 * HOUR),
    ("awst", 8 * HOUR),
    ("pht", 8 * HOUR),
    ("jst", 9 * HOUR),
    ("kst", 9 * HOUR),
    ("aest", 10 * HOUR),
    ("aedt", 11 * HOUR),
    ("nzst", 12 * HOUR),
    ("nzdt", 13 * HOUR),
    ("ast", -4 * HOUR),
    ("edt", -4 * HOUR),
    ("est", -5 * HOUR),
    ("cdt", -5 * HOUR),
    ("cst", -6 * HOUR),
    ("mdt", -6 * HOUR),
    ("mst", -7 * HOUR),
    ("pdt", -7 * HOUR),
    ("pst", -8 * HOUR),
    ("akdt", -8 * HOUR),
    ("akst", -9 * HOUR),
    ("hst", -10 * HOUR),
    ("art", -3 * HOUR),
    ("brt", -3 * HOUR),
    ("ndt", -2 * HOUR - HOUR / 2),
    ("nst", -3 * HOUR - HOUR / 2),
];

/// Names that American papers give to a zone without saying whether it is summer.
const PLACES: &[(&str, Tz)] = &[
    ("et", Tz::America__New_York),
    ("ct", Tz::America__Chicago),
    ("mt", Tz::America__Denver),
    ("pt", Tz::America__Los_Angeles),
];

impl Zone {
    /// Greenwich.
    pub(super) const UTC: Zone = Zone::Place(Tz::UTC);

    /// The east of Canada.
    pub(super) const ATLANTIC: Zone = Zone::Place(Tz::America__Halifax);

    /// Korea.
    pub(super) const SEOUL: Zone = Zone::Place(Tz::Asia__Seoul);

    /// An offset in seconds east (`sign` 1) or west (-1).
    pub(super) fn offset(sign: i32, seconds: u32) -> Option<Zone> {
        let seconds = i32::try_from(seconds).ok()?;
        FixedOffset::east_opt(sign.checked_mul(seconds)?).map(Zone::Fixed)
    }

    /// The moment of a local time. In the hour that clocks show twice, the first; in the one that
    /// they skip, none.
    pub(super) fn to_utc(self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        match self {
            Zone::Fixed(offset) => offset.from_local_datetime(&local).earliest().map(|at| at.to_utc()),
            Zone::Place(place) => place.from_local_datetime(&local).earliest().map(|at| at.to_utc()),
        }
    }
}

/// The zone of an abbreviation in lower case.
pub(super) fn named(lower: &str) -> Option<Zone> {
    let place = PLACES.iter().find(|(name, _)| *name == lower).map(|&(_, place)| Zone::Place(place));
    place.or_else(|| {
        let &(_, seconds) = FIXED.iter().find(|(name, _)| *name == lower)?;
        FixedOffset::east_opt(seconds).map(Zone::Fixed)
    })
}

/// A name such as `Europe/Brussels` at the beginning of a text, and what follows it.
pub(super) fn iana(text: &str) -> Option<(Zone, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !"/_+-".contains(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let place = name.contains('/').then(|| name.parse::<Tz>().ok()).flatten()?;
    Some((Zone::Place(place), rest))
}
