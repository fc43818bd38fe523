//! The `\info` group.

use chrono::NaiveDate;
use wirewatch_model::Published;

use super::super::draft::Properties;
use crate::plain;

/// Reads the properties of a document word by word.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) properties: Properties,
    entry: String,
    text: String,
    /// Year, month, day, hour, minute.
    date: [i32; 5],
}

impl Reader {
    /// A control word: the name of a property, or a part of its date.
    pub(super) fn word(&mut self, word: &str, number: Option<i32>) {
        let part = ["yr", "mo", "dy", "hr", "min"].iter().position(|part| *part == word);
        match part.and_then(|part| self.date.get_mut(part)) {
            Some(slot) => *slot = number.unwrap_or(0),
            None if ["title", "author", "keywords", "creatim", "revtim", "subject", "operator"]
                .contains(&word) =>
            {
                self.entry = word.to_owned();
                self.text.clear();
                self.date = [0; 5];
            }
            None => {}
        }
    }

    /// Words of a property.
    pub(super) fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The end of a property's group.
    pub(super) fn end(&mut self) {
        let text = plain::some_line(&std::mem::take(&mut self.text));
        let properties = &mut self.properties;
        match std::mem::take(&mut self.entry).as_str() {
            "title" => properties.title = text,
            "author" => properties.authors = text.into_iter().collect(),
            "keywords" => {
                let words = text.unwrap_or_default();
                properties.labels = words.split([',', ';']).filter_map(plain::some_line).collect();
            }
            "creatim" => properties.created = published(self.date),
            "revtim" => properties.modified = published(self.date),
            _ => {}
        }
    }
}

/// A local time of unknown zone; without a time of day, a day.
fn published([year, month, day, hour, minute]: [i32; 5]) -> Option<Published> {
    let day = NaiveDate::from_ymd_opt(year, month.try_into().ok()?, day.try_into().ok()?)
        .filter(|_| year > 1970)?;
    if (hour, minute) == (0, 0) {
        return Some(Published::Day(day));
    }
    let time = day.and_hms_opt(hour.try_into().ok()?, minute.try_into().ok()?, 0)?;
    Some(Published::At(time.and_utc()))
}
