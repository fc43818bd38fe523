//! What a site's `robots.txt` allows (RFC 9309): obeyed for article pages, which nobody subscribed to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;
use wirewatch_library::FetchState;

use crate::fetch::{Answer, By, Fetcher, Question, ROBOT_NAME};
use crate::hosts::{Errand, host_of};
use crate::wildcard::{Reach, matches};

/// RFC 9309, 2.4: not used for longer than a day.
const LASTS: TimeDelta = TimeDelta::hours(24);

/// A site that could not say is asked again after this: a line that broke once must not cost a day.
const FAILURE_LASTS: TimeDelta = TimeDelta::minutes(10);

/// RFC 9309, 2.5: at least 500 KiB are read.
const MOST_BYTES: usize = 500 * 1024;

/// A longer path is no address that anybody writes, and would be compared with every page.
const LONGEST_PATH: usize = 2 * 1024;

/// Sites whose rules are remembered.
const MOST_SITES: usize = 1_024;

/// The rules of the sites that were asked.
#[derive(Default)]
pub(crate) struct Rules {
    sites: Mutex<Sites>,
}

/// By site: when it was asked, and what it said.
type Sites = HashMap<String, (DateTime<Utc>, Arc<Rule>)>;

enum Rule {
    /// There are none.
    Everything,
    /// The site cannot say at the moment.
    Nothing,
    These(Vec<Line>),
}

impl Rule {
    fn lasts(&self) -> TimeDelta {
        match self {
            Rule::Everything | Rule::These(_) => LASTS,
            Rule::Nothing => FAILURE_LASTS,
        }
    }

    fn of(&self, page: &Url) -> Permission {
        match self {
            Rule::Everything => Permission::Allowed,
            Rule::Nothing => Permission::Unknown,
            Rule::These(lines) if allows(lines, page) => Permission::Allowed,
            Rule::These(_) => Permission::Forbidden,
        }
    }
}

/// Whether a page may be read by a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Permission {
    Allowed,
    /// Its site says no.
    Forbidden,
    /// Its site cannot say at the moment, so it is not read now.
    Unknown,
}

impl Rules {
    /// Whether a page may be read by a program.
    pub(crate) async fn permission(
        &self,
        fetcher: &Fetcher,
        page: &str,
        by: By<'_>,
        now: DateTime<Utc>,
    ) -> Permission {
        let Ok(url) = Url::parse(page) else { return Permission::Forbidden };
        let site = host_of(&url);
        let known = self
            .lock()
            .get(&site)
            .filter(|(at, rule)| now - *at < rule.lasts())
            .map(|(_, rule)| rule.clone());
        let rule = match known {
            Some(rule) => rule,
            None => {
                let rule = Arc::new(ask(fetcher, &url, by, now).await);
                let mut sites = self.lock();
                if sites.len() >= MOST_SITES {
                    sites.clear();
                }
                sites.insert(site, (now, rule.clone()));
                rule
            }
        };
        rule.of(&url)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Sites> {
        self.sites.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn ask(fetcher: &Fetcher, page: &Url, (trust, line): By<'_>, now: DateTime<Utc>) -> Rule {
    let Ok(place) = page.join("/robots.txt") else { return Rule::Nothing };
    let question = Question {
        url: place.as_str(),
        known: &FetchState::default(),
        errand: Errand::Source,
        trust,
        access: None,
        line,
    };
    match fetcher.get(question, now).await {
        Ok(Answer::Fetched(fetched)) => {
            let bytes = fetched.bytes.get(..MOST_BYTES).unwrap_or(&fetched.bytes);
            Rule::These(lines_for_us(&String::from_utf8_lossy(bytes)))
        }
        Ok(Answer::Unchanged(_)) => Rule::Everything,
        // RFC 9309, 2.3.1.3 and 2.3.1.4: a file that is not there allows everything, a server in trouble nothing.
        Err(failure) if failure.refused => Rule::Everything,
        Err(_) => Rule::Nothing,
    }
}

/// One line of rules: a beginning of addresses, and whether programs may read there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    path: String,
    allow: bool,
}

/// The lines of the groups that name us, else of those for everybody (RFC 9309, 2.2.1).
fn lines_for_us(text: &str) -> Vec<Line> {
    let (mut ours, mut everybodys) = (Vec::new(), Vec::new());
    let (mut named, mut to_us, mut to_everybody, mut in_rules) = (false, false, false, false);
    // Editors put a mark of the byte order before the first line.
    for line in text.trim_start_matches('\u{feff}').lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match key.trim().to_ascii_lowercase().as_str() {
            "user-agent" => {
                if std::mem::take(&mut in_rules) {
                    (to_us, to_everybody) = (false, false);
                }
                to_us |= value.eq_ignore_ascii_case(ROBOT_NAME);
                to_everybody |= value == "*";
                named |= to_us;
            }
            key @ ("allow" | "disallow") => {
                in_rules = true;
                if value.len() > LONGEST_PATH {
                    continue;
                }
                let rule = Line { path: value.to_owned(), allow: key == "allow" };
                if to_us && !value.is_empty() {
                    ours.push(rule);
                } else if to_everybody && !value.is_empty() {
                    everybodys.push(rule);
                }
            }
            _ => {}
        }
    }
    if named { ours } else { everybodys }
}

/// The longest line that matches decides, and of two alike the kinder one (RFC 9309, 2.2.2).
fn allows(lines: &[Line], url: &Url) -> bool {
    let address = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let matching = lines.iter().filter(|line| match line.path.strip_suffix('$') {
        Some(whole) => matches(whole, &address, Reach::All),
        None => matches(&format!("{}*", line.path), &address, Reach::All),
    });
    matching.max_by_key(|line| (line.path.len(), line.allow)).is_none_or(|line| line.allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_that_cannot_say_is_asked_again_soon_and_has_forbidden_nothing() {
        let page = Url::parse("https://e.org/talks").unwrap();
        let forbids = Rule::These(lines_for_us("User-agent: *\nDisallow: /talks"));
        for (rule, says, minutes) in [
            (Rule::Everything, Permission::Allowed, 24 * 60),
            (forbids, Permission::Forbidden, 24 * 60),
            (Rule::Nothing, Permission::Unknown, 10),
        ] {
            assert_eq!((rule.of(&page), rule.lasts()), (says, TimeDelta::minutes(minutes)));
        }
    }

    #[test]
    fn the_longest_rule_for_us_decides() {
        let text = "User-agent: other\nDisallow: /\n\nUser-agent: *\nUser-Agent: someone\nDisallow: /private # all of it\n\
            Allow: /private/open\nDisallow: /*.pdf$\nDisallow:\n";
        let lines = lines_for_us(text);
        for (path, read) in [
            ("/", true),
            ("/private/x", false),
            ("/private/open/x", true),
            ("/a/b.pdf", false),
            ("/a/b.pdf?x", true),
        ] {
            let url = Url::parse(&format!("https://e.org{path}")).unwrap();
            assert_eq!(allows(&lines, &url), read, "{path}");
        }
        let ours = lines_for_us(&format!("{text}\nuser-agent: wirewatch\nDisallow: /a"));
        assert_eq!(ours, [Line { path: "/a".to_owned(), allow: false }]);
        let long = format!("\u{feff}User-agent: *\nDisallow: /{}\nDisallow: /b", "*a".repeat(LONGEST_PATH));
        assert_eq!(lines_for_us(&long), [Line { path: "/b".to_owned(), allow: false }], "too long a path");
    }
}
