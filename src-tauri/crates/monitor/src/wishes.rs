//! What the user may set by name, checked before it is kept.

use wirewatch_model::SourceId;

use crate::alerting::QuietHours;
use crate::error::{MonitorError, Result};
use crate::line::Line;
use crate::{Event, Monitor};

/// Something that the user may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// When only urgent alerts are shown: `22:00-07:00 Europe/Berlin`; empty for never.
    QuietHours,
    /// Alerts an hour of one topic that are shown singly, unless the topic has a budget of its own: `20`;
    /// empty for as many as come.
    HourlyBudget,
    /// The sources whose article speaks for a story, the first wish first: `3, 1`; empty for the
    /// earliest article.
    PreferredSources,
    /// The proxy of all sources that have none of their own: `http://proxy.example.org:3128`, a SOCKS
    /// address, or `direct` for none; empty for the system's.
    Proxy,
}

impl Wish {
    /// Everything that may be set.
    pub const ALL: [Wish; 4] = [Wish::QuietHours, Wish::HourlyBudget, Wish::PreferredSources, Wish::Proxy];

    /// Its name on the command line and on disk.
    pub fn as_str(self) -> &'static str {
        match self {
            Wish::QuietHours => "quiet-hours",
            Wish::HourlyBudget => "hourly-budget",
            Wish::PreferredSources => "preferred-sources",
            Wish::Proxy => "proxy",
        }
    }

    /// The wish of this name.
    ///
    /// # Errors
    /// If there is none: with those that there are.
    pub fn from_name(name: &str) -> Result<Wish> {
        Wish::ALL.into_iter().find(|wish| wish.as_str() == name).ok_or_else(|| {
            let known = Wish::ALL.map(Wish::as_str).join(", ");
            MonitorError::Wish(format!("there is no setting {name:?}; there are: {known}"))
        })
    }

    fn check(self, value: &str) -> std::result::Result<(), String> {
        match self {
            Wish::QuietHours => QuietHours::parse(value).map(drop),
            Wish::HourlyBudget => budget(value).map(drop),
            Wish::PreferredSources => sources(value).map(drop),
            Wish::Proxy => Line::parse(value).map(drop),
        }
    }
}

impl Monitor {
    /// What is set; empty if nothing is.
    pub fn wish(&self, wish: Wish) -> Result<String> {
        Ok(self.library().setting(wish.as_str())?.unwrap_or_default())
    }

    /// Sets something.
    ///
    /// # Errors
    /// If the value cannot be used: with what it should look like.
    pub fn set_wish(&self, wish: Wish, value: &str) -> Result<()> {
        wish.check(value).map_err(MonitorError::Wish)?;
        if wish == Wish::Proxy {
            self.fetcher().use_line(Line::parse(value).map_err(MonitorError::Wish)?)?;
        }
        self.library().set_setting(wish.as_str(), value.trim())?;
        self.tell(Event::Alerts);
        Ok(())
    }

    /// The sources whose article speaks for a story, the first wish first.
    pub fn preferred_sources(&self) -> Result<Vec<SourceId>> {
        self.read_wish(Wish::PreferredSources, sources)
    }

    pub(crate) fn quiet_hours(&self) -> Result<Option<QuietHours>> {
        self.read_wish(Wish::QuietHours, QuietHours::parse)
    }

    pub(crate) fn hourly_budget(&self) -> Result<Option<u32>> {
        self.read_wish(Wish::HourlyBudget, budget)
    }

    /// What cannot be read back (a zone that this system does not know any more) counts as not set: that
    /// is no reason to show nothing.
    fn read_wish<T: Default>(
        &self,
        wish: Wish,
        read: impl FnOnce(&str) -> std::result::Result<T, String>,
    ) -> Result<T> {
        Ok(read(&self.wish(wish)?).unwrap_or_else(|fault| {
            tracing::warn!(setting = wish.as_str(), fault, "setting cannot be used");
            T::default()
        }))
    }
}

fn budget(value: &str) -> std::result::Result<Option<u32>, String> {
    match value.trim() {
        "" => Ok(None),
        number => {
            let refused = |_| format!("{number:?} is no number of alerts an hour; write for example 20");
            number.parse().map(Some).map_err(refused)
        }
    }
}

fn sources(value: &str) -> std::result::Result<Vec<SourceId>, String> {
    let numbers = value.split(',').map(str::trim).filter(|number| !number.is_empty());
    let source = |number: &str| {
        let id = number.parse().map(SourceId);
        id.map_err(|_| format!("{number:?} is no number of a source; write for example: 3, 1"))
    };
    numbers.map(source).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_takes_what_it_is_and_refuses_the_rest() {
        for (wish, good, bad) in [
            (Wish::QuietHours, ["", "22:00-07:00 UTC"], ["22-7", "always"]),
            (Wish::HourlyBudget, ["", "20"], ["-1", "few"]),
            (Wish::PreferredSources, ["", " 3, 1,"], ["wire", "1 2"]),
            (Wish::Proxy, ["direct", "http://proxy.example.org:3128"], ["proxy", "file:///etc"]),
        ] {
            assert_eq!(Wish::from_name(wish.as_str()).unwrap(), wish);
            good.into_iter().for_each(|value| wish.check(value).unwrap());
            bad.into_iter().for_each(|value| assert!(wish.check(value).is_err(), "{wish:?} {value:?}"));
        }
        assert_eq!(sources(" 3, 1,").unwrap(), [SourceId(3), SourceId(1)]);
    }
}
