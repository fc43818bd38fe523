//! When two articles tell one story.

use super::print::Print;

/// Copies appear within this time of each other.
pub(crate) const WINDOW_MS: i64 = 14 * 24 * 60 * 60 * 1000;

/// A headline leads from one article to another only within this time: columns return.
const TITLE_WINDOW_MS: i64 = 72 * 60 * 60 * 1000;

/// Runs that must be shared: fewer are quotes and names of institutions.
const LEAST_COMMON: usize = 8;

/// The share of the shorter text that the longer holds. Measured on 300 wire stories with 1,200
/// made copies: finds those that were cut, bylined, reordered or changed by a tenth.
const CONTAINED: f64 = 0.5;

/// Without a common opening, the share of the longer text that the shorter holds.
const CONTAINED_BOTH_WAYS: f64 = 0.4;

/// Runs of an opening, and how far down in the other text it may stand.
const OPENING: usize = 24;
const OPENING_REACH: usize = 96;

/// The share of an opening that makes it a common one.
const OPENING_SHARED: f64 = 0.4;

/// The share of each text's first third that the other must hold if their openings differ. Keeps a
/// round-up from joining the stories that it holds, and a common footer from joining anything.
const FRONT_SHARED: f64 = 0.3;

/// Reports made from a template share words, not numbers: of the numbers of the text with fewer, the
/// share that the other has too. A copy that was cut has lost numbers, but has no others.
const NUMBERS_SHARED: f64 = 0.5;

/// Texts with fewer runs: a template fills them easily, so more must be shared; and they are too
/// short to contradict a common headline.
const SHORT: usize = 40;
const CONTAINED_SHORT: f64 = 0.75;
const NOT_CONTRADICTED: f64 = 0.2;

/// Texts with more runs than [`LONG`] of which the longer holds nearly all of the shorter one are copies
/// whatever few numbers each has for itself: editions, desks, reading times. More of them are a template.
const LONG: usize = 60;
const NEARLY_ALL: f64 = 0.85;
const FEW_NUMBERS: usize = 2;

/// What is compared of an article.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    pub(crate) source: i64,
    /// When it was published, or first seen; milliseconds.
    pub(crate) at: i64,
    pub(crate) title: Option<u64>,
    /// Hashes of the words with digits in its headline, ascending.
    pub(crate) title_numbers: Vec<u64>,
    pub(crate) address: Option<u64>,
    pub(crate) print: Print,
}

/// Whether two articles tell one story. Symmetric.
pub(crate) fn same_story(one: &Telling, other: &Telling) -> bool {
    let apart = one.at.abs_diff(other.at);
    apart <= WINDOW_MS.unsigned_abs()
        && (same_address(one, other)
            || (same_text(&one.print, &other.print) && !numbered_apart(one, other))
            || (apart <= TITLE_WINDOW_MS.unsigned_abs() && same_headline(one, other)))
}

fn same_address(one: &Telling, other: &Telling) -> bool {
    one.address.is_some() && one.address == other.address
}

/// Parts of a series: one source, and headlines that are numbered differently.
fn numbered_apart(one: &Telling, other: &Telling) -> bool {
    let (first, second) = (&one.title_numbers, &other.title_numbers);
    one.source == other.source
        && !are_copies(&one.print, &other.print)
        && !first.is_empty()
        && !second.is_empty()
        && !first.iter().any(|number| second.contains(number))
}

/// One headline in two outlets, and texts that do not contradict it.
fn same_headline(one: &Telling, other: &Telling) -> bool {
    let (first, second) = (&one.print, &other.print);
    let shorter = first.len().min(second.len());
    one.title.is_some()
        && one.title == other.title
        && one.source != other.source
        && agree_on_numbers(first, second)
        && (shorter < SHORT || first.common(second) as f64 >= NOT_CONTRADICTED * shorter as f64)
}

fn same_text(one: &Print, other: &Print) -> bool {
    let common = one.common(other);
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    let contained = if shorter < SHORT { CONTAINED_SHORT } else { CONTAINED };
    common >= LEAST_COMMON
        && common as f64 >= contained * shorter as f64
        && (open_alike(one, other)
            || (common as f64 >= CONTAINED_BOTH_WAYS * longer as f64 && fronts_shared(one, other)))
        && agree_on_numbers(one, other)
}

fn open_alike(one: &Print, other: &Print) -> bool {
    one.front_in(OPENING, other, OPENING_REACH) >= OPENING_SHARED
        || other.front_in(OPENING, one, OPENING_REACH) >= OPENING_SHARED
}

fn fronts_shared(one: &Print, other: &Print) -> bool {
    let front = |from: &Print, to: &Print| from.front_in(from.len().div_ceil(3), to, usize::MAX);
    front(one, other) >= FRONT_SHARED && front(other, one) >= FRONT_SHARED
}

fn agree_on_numbers(one: &Print, other: &Print) -> bool {
    one.common_numbers(other).is_none_or(|share| share >= NUMBERS_SHARED) || are_copies(one, other)
}

/// Whether texts are so much alike that their numbers say nothing against it.
fn are_copies(one: &Print, other: &Print) -> bool {
    let shorter = one.len().min(other.len());
    shorter >= LONG
        && one.fewer_numbers(other) <= FEW_NUMBERS
        && one.common(other) as f64 >= NEARLY_ALL * shorter as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::print::{title_key, title_numbers};

    const DAY_MS: i64 = 24 * 60 * 60 * 1000;

    fn telling(source: i64, title: &str, text: &str) -> Telling {
        Telling {
            source,
            at: 0,
            title: title_key(title),
            title_numbers: title_numbers(title),
            address: None,
            print: Print::of_texts(None, text),
        }
    }

    /// A text of so many sentences about `subject`, none of which another subject has.
    fn text(subject: &str, sentences: usize) -> String {
        (0..sentences)
            .map(|n| format!("The {subject} committee heard witness {subject}{n} speak of {subject} in room {subject}{}. ", n + 7))
            .collect()
    }

    /// A text of so many sentences about `subject` without a number.
    fn unnumbered(subject: &str, sentences: usize) -> String {
        let names = ["anna", "boris", "clara", "denis", "elena", "felix", "greta", "henri", "irina", "jonas"];
        (0..sentences)
            .map(|n| {
                let (first, second) = (names[n % 10], names[(n / 10 + n * 3 + 1) % 10]);
                format!("{first} told the {subject} committee what {second} had said of the {subject} {first}{second}. ")
            })
            .collect()
    }

    fn report(day: &str, index: &str, change: &str, volume: &str, best: &str, worst: &str) -> String {
        format!(
            "The Harbour Exchange closed {change} percent {day} at {index} points in moderate trading, dealers said. \
             Turnover came to {volume} million crowns. Shares of {best} led the gainers while {worst} fell most. \
             Analysts expect trading to stay calm until the central bank meets. The crown stood at {change} to the \
             dollar, against {index} a day before."
        )
    }

    #[test]
    fn pairs_are_told_apart() {
        let story = text("harbour", 20);
        let cut: String = story.chars().take(story.len() / 4).collect();
        let roundup = format!("{}{story}{}", text("election", 14), text("rugby", 14));
        let footer = text("disclaimer", 12);
        let monday = report("higher", "7123.4", "0.31", "412.7", "Norline", "Estbank");
        let tuesday = report("lower", "7098.2", "0.36", "388.1", "Velta", "Norline");
        for (one, other, want, why) in [
            (story.clone(), story.clone(), true, "the same"),
            (story.clone(), cut, true, "cut to a quarter"),
            (story.clone(), format!("By Tom Ashe\n\n{story}\n\n© The Courier"), true, "bylined"),
            (
                format!("{}{}", text("a", 8), text("b", 8)),
                format!("{}{}", text("b", 8), text("a", 8)),
                true,
                "reordered",
            ),
            (story.clone(), text("election", 20), false, "another story"),
            (story, roundup, false, "a round-up that holds it"),
            (text("oil", 6) + &footer, text("gas", 6) + &footer, false, "a common footer"),
            (monday, tuesday, false, "two reports from a template"),
            (
                "Envoys met in Geneva for round 3 of the talks on grain and gas, and agreed to go on.".into(),
                "Envoys met in Geneva for round 4 of the talks on grain and gas, and agreed to go on.".into(),
                false,
                "a short template",
            ),
            ("They met.".into(), "They met.".into(), false, "too short to say"),
            (
                format!("{} Reading time: 3 minutes.", unnumbered("ferry", 9)),
                format!("Outlet 60 has it: {}", unnumbered("ferry", 9)),
                true,
                "a few numbers of their own",
            ),
        ] {
            let (one, other) = (telling(1, "", &one), telling(2, "", &other));
            assert_eq!(same_story(&one, &other), want, "{why}");
            assert_eq!(same_story(&other, &one), want, "{why}, the other way round");
        }
    }

    #[test]
    fn a_headline_joins_short_texts_of_two_outlets_only() {
        let title = "Envoys meet in Geneva for talks";
        let short = telling(1, title, "American and Russian envoys met.");
        assert!(same_story(&short, &telling(2, title, "They sat down on Monday at the lake.")));
        assert!(!same_story(&short, &telling(1, title, "They sat down on Monday at the lake.")), "a column");
        let (long, contradicting) =
            (telling(1, title, &text("envoy", 9)), telling(2, title, &text("bank", 9)));
        assert!(!same_story(&long, &contradicting));
        let late = Telling { at: 4 * DAY_MS, ..telling(2, title, "They sat down.") };
        assert!(!same_story(&short, &late), "headlines return");
    }

    #[test]
    fn parts_of_a_series_in_one_source_are_apart() {
        let part = |source, title: &str| {
            telling(source, title, &format!("{}{}", text("harbour", 12), text(title, 8)))
        };
        assert!(!same_story(&part(1, "Harbour inquiry, day 3"), &part(1, "Harbour inquiry, day 4")));
        assert!(same_story(&part(1, "Harbour inquiry, day 3"), &part(2, "5 things from the inquiry")));
        assert!(same_story(&part(1, "Harbour inquiry, day 3"), &part(1, "Witness speaks at last")));
        let copy = |title: &str| telling(1, title, &unnumbered("harbour", 9));
        assert!(
            same_story(&copy("Inquiry (edition 3)"), &copy("Inquiry (edition 4)")),
            "one text is no series"
        );
    }

    #[test]
    fn copies_are_copies_for_a_fortnight() {
        let one = telling(1, "", &text("harbour", 9));
        assert!(same_story(&one, &Telling { at: 13 * DAY_MS, ..one.clone() }));
        assert!(!same_story(&one, &Telling { at: 15 * DAY_MS, ..one.clone() }));
    }
}
