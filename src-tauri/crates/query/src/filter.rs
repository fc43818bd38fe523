//! When the facts of an article meet a filter: the only definition.

use chrono::Duration;

use crate::words::fold;
use crate::{Facts, Filter, State};

impl Filter {
    /// Do the facts of an article meet this filter? What is missing meets none.
    ///
    /// ```
    /// use wirewatch_query::{Facts, Filter};
    ///
    /// let facts = Facts { source: "BBC News", site: Some("www.bbc.co.uk"), ..Facts::default() };
    /// assert!(Filter::Source("bbc".to_owned()).matches(&facts));
    /// assert!(Filter::Site("bbc.co.uk".to_owned()).matches(&facts));
    /// ```
    pub fn matches(&self, facts: &Facts<'_>) -> bool {
        match self {
            Filter::Source(part) => folded(facts.source).contains(&folded(part)),
            Filter::Site(site) => facts.site.is_some_and(|host| is_under(host, site)),
            Filter::Author(part) => {
                let part = folded(part);
                facts.authors.iter().any(|author| folded(author).contains(&part))
            }
            Filter::Label(name) => {
                let name = folded(name);
                facts.labels.iter().any(|label| folded(label) == name)
            }
            Filter::Language(tag) => facts.language.is_some_and(|language| is_variety(language, tag)),
            Filter::After(moment) => facts.at.is_some_and(|at| at >= *moment),
            Filter::Before(moment) => facts.at.is_some_and(|at| at < *moment),
            Filter::Newer(seconds) => is_newer(facts, *seconds).unwrap_or(false),
            Filter::Topic(name) => {
                let name = folded(name);
                facts.topics.iter().any(|topic| folded(topic) == name)
            }
            Filter::Is(State::Unread) => facts.unread,
            Filter::Is(State::Starred) => facts.starred,
            Filter::Is(State::Flagged) => !facts.topics.is_empty(),
        }
    }
}

fn folded(name: &str) -> String {
    let mut folded = String::new();
    fold(name, &mut folded);
    folded
}

/// `bbc.co.uk` is under itself, and `www.bbc.co.uk` is under it.
fn is_under(host: &str, site: &str) -> bool {
    let (host, site) = (host.to_ascii_lowercase(), site.to_ascii_lowercase());
    host.strip_suffix(&site).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// `en-GB` is a variety of `en`, and `en` of itself.
fn is_variety(language: &str, tag: &str) -> bool {
    let (language, tag) = (language.to_ascii_lowercase(), tag.to_ascii_lowercase());
    language.strip_prefix(&tag).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn is_newer(facts: &Facts<'_>, seconds: i64) -> Option<bool> {
    let span = Duration::try_seconds(seconds)?;
    let earliest = facts.now?.checked_sub_signed(span)?;
    Some(facts.at? >= earliest)
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::*;

    #[test]
    fn filters_compare_names_folded() {
        let moment = |hour| Utc.with_ymd_and_hms(2019, 5, 14, hour, 0, 0).single().expect("a moment");
        let authors = ["Zoë Müller".to_owned()];
        let labels = ["Foreign Policy".to_owned()];
        let facts = Facts {
            source: "Süddeutsche Zeitung",
            site: Some("www.SZ.de"),
            authors: &authors,
            labels: &labels,
            language: Some("de-AT"),
            at: Some(moment(10)),
            now: Some(moment(12)),
            topics: &["US–Russia"],
            unread: true,
            starred: false,
        };
        let cases = [
            (Filter::Source("suddeutsche".to_owned()), true),
            (Filter::Source("reuters".to_owned()), false),
            (Filter::Site("sz.de".to_owned()), true),
            (Filter::Site("z.de".to_owned()), false),
            (Filter::Author("muller".to_owned()), true),
            (Filter::Label("foreign policy".to_owned()), true),
            (Filter::Label("foreign".to_owned()), false),
            (Filter::Language("de".to_owned()), true),
            (Filter::Language("d".to_owned()), false),
            (Filter::After(moment(10)), true),
            (Filter::Before(moment(10)), false),
            (Filter::Newer(2 * 3600), true),
            (Filter::Newer(3600), false),
            (Filter::Topic("us–russia".to_owned()), true),
            (Filter::Is(State::Unread), true),
            (Filter::Is(State::Starred), false),
            (Filter::Is(State::Flagged), true),
        ];
        for (filter, expected) in cases {
            assert_eq!(filter.matches(&facts), expected, "{filter:?}");
            assert!(
                !filter.matches(&Facts::default()) || filter == Filter::Source(String::new()),
                "{filter:?} of an article without facts"
            );
        }
    }
}
