//! Factiva's date phrases: `date from 20190101 to 20191231`, `date after 20190101`.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::Filter;

/// The filters of what follows the word `date`, and how many bytes it takes; none if no date
/// follows.
pub(super) fn phrase(text: &str) -> Option<(Vec<Filter>, usize)> {
    let mut words = Words { text, at: 0 };
    let filters = match words.next()?.to_ascii_lowercase().as_str() {
        "after" => vec![Filter::After(day(words.next()?, 1)?)],
        "before" => vec![Filter::Before(day(words.next()?, 0)?)],
        "on" => {
            let on = words.next()?;
            vec![Filter::After(day(on, 0)?), Filter::Before(day(on, 1)?)]
        }
        "from" => {
            let from = day(words.next()?, 0)?;
            if !words.next()?.eq_ignore_ascii_case("to") {
                return None;
            }
            vec![Filter::After(from), Filter::Before(day(words.next()?, 1)?)]
        }
        _ => return None,
    };
    Some((filters, words.at))
}

struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let rest = self.text.get(self.at..)?;
        let word = rest.trim_start().split(|c: char| c.is_whitespace() || matches!(c, '(' | ')')).next()?;
        self.at += rest.len() - rest.trim_start().len() + word.len();
        (!word.is_empty()).then_some(word)
    }
}

/// Midnight UTC of a day, or of one some days later.
fn day(text: &str, later: u64) -> Option<DateTime<Utc>> {
    let day = ["%Y%m%d", "%Y-%m-%d"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())?;
    Some(day.checked_add_days(Days::new(later))?.and_time(NaiveTime::MIN).and_utc())
}
