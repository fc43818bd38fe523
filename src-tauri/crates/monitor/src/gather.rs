//! From an answer to articles: a feed's items, a sitemap's pages with those of its parts, a page's links.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;
use wirewatch_intake::{ChildSitemap, EntryMark, Hint, Parsed, Sitemap, find_articles, parse, read_sitemap};
use wirewatch_library::FetchState;
use wirewatch_model::{ParsedArticle, Problem, Published, Source, SourceKind};

use crate::Monitor;
use crate::error::Result;
use crate::fetch::{Access, Answer, Fetched};
use crate::hop::Trust;
use crate::refusal::page_in_place_of_a_feed;

/// Parts of a sitemap that are read at one poll, the newest first.
const MOST_PARTS: usize = 10;

/// Sitemaps nest in practice once, in theory without end.
const MOST_LEVELS: usize = 3;

/// A part of a sitemap, or a page in it, that was not changed for so long brings no news.
const RECENT: TimeDelta = TimeDelta::days(3);

/// Pages of a sitemap that are taken at one poll, with and without a date; a whole site's archive is no news.
const MOST_PAGES: usize = 1_000;

/// What an answer held.
pub(crate) enum Gathered {
    /// Nothing that can be used, for this reason.
    Nothing(String),
    /// Articles, perhaps none.
    Articles(Harvest),
}

/// The articles of an answer.
#[derive(Default)]
pub(crate) struct Harvest {
    pub(crate) articles: Vec<ParsedArticle>,
    /// Places and what is wrong there.
    pub(crate) problems: Vec<(String, String)>,
    pub(crate) ttl: Option<Duration>,
    /// It came in parts, each with an address of its own.
    pub(crate) has_parts: bool,
    /// The marks of all entries of a feed, and how many of them are no articles, being known.
    pub(crate) entries: Vec<EntryMark>,
    pub(crate) known: u32,
}

impl Monitor {
    /// Reads an answer; entries of a feed that are `known` are passed over.
    pub(crate) async fn gather(
        &self,
        source: &Source,
        fetched: Fetched,
        known: HashSet<EntryMark>,
        access: &Access,
    ) -> Result<Gathered> {
        match source.spec.kind {
            SourceKind::Sitemap => self.gather_sitemap(source, fetched, access).await,
            SourceKind::Page => {
                let selector = self.library().source_options(source.id)?.selector;
                Ok(tokio::task::spawn_blocking(move || links(&fetched, selector.as_deref())).await?)
            }
            SourceKind::Feed | SourceKind::Folder => {
                let location = source.spec.location.clone();
                Ok(tokio::task::spawn_blocking(move || items(&location, &fetched, &known)).await?)
            }
        }
    }

    async fn gather_sitemap(&self, source: &Source, fetched: Fetched, access: &Access) -> Result<Gathered> {
        let since = source.health.last_success.map_or(self.now() - RECENT, |last| last - TimeDelta::days(1));
        let trust = fetched.route.trust;
        let mut problems = Vec::new();
        let mut articles = Vec::new();
        let mut parts = match read_part(fetched).await? {
            None => {
                return Ok(Gathered::Nothing(
                    "this is not a sitemap; look in the site's robots.txt for one".into(),
                ));
            }
            Some(Sitemap::Pages(parsed)) => {
                note(&mut problems, &source.spec.location, parsed.problems);
                let articles = recent_pages(vec![parsed.articles], self.now());
                return Ok(Gathered::Articles(Harvest { articles, problems, ..Harvest::default() }));
            }
            Some(Sitemap::Index { children, problems: found }) => {
                note(&mut problems, &source.spec.location, found);
                newest(children, since)
            }
        };
        let mut asked = 0;
        for _ in 1..MOST_LEVELS {
            let mut deeper = Vec::new();
            for part in parts {
                if asked == MOST_PARTS {
                    break;
                }
                asked += 1;
                match self.fetch_part(&part.url, trust, access).await {
                    Err(reason) => problems.push((part.url, reason)),
                    Ok(fetched) => match read_part(fetched).await? {
                        None => problems.push((part.url, "this part of the sitemap is none".to_owned())),
                        Some(Sitemap::Pages(parsed)) => {
                            note(&mut problems, &part.url, parsed.problems);
                            articles.push(parsed.articles);
                        }
                        Some(Sitemap::Index { children, .. }) => deeper.extend(newest(children, since)),
                    },
                }
            }
            parts = deeper;
        }
        if articles.iter().all(Vec::is_empty)
            && let Some((place, reason)) = problems.first()
        {
            return Ok(Gathered::Nothing(format!("{place}: {reason}")));
        }
        let articles = recent_pages(articles, self.now());
        Ok(Gathered::Articles(Harvest { articles, problems, has_parts: true, ..Harvest::default() }))
    }

    async fn fetch_part(
        &self,
        url: &str,
        trust: Trust,
        access: &Access,
    ) -> std::result::Result<Fetched, String> {
        match self.ask_source(url, &FetchState::default(), access, trust).await {
            Ok(Answer::Fetched(fetched)) => Ok(fetched),
            Ok(Answer::Unchanged(_)) => Err("the server answered a question that was not asked (304)".into()),
            Err(failure) => Err(failure.message),
        }
    }
}

fn host(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}

fn note(problems: &mut Vec<(String, String)>, place: &str, found: Vec<Problem>) {
    problems.extend(found.into_iter().map(|problem| (place.to_owned(), problem.message)));
}

async fn read_part(fetched: Fetched) -> Result<Option<Sitemap>> {
    Ok(tokio::task::spawn_blocking(move || read_sitemap(&fetched.bytes, &hint(&fetched))).await?)
}

fn hint(fetched: &Fetched) -> Hint<'_> {
    Hint { content_type: fetched.content_type.as_deref(), url: Some(&fetched.url), ..Hint::default() }
}

/// The parts that changed since, newest first; those that do not say come after, from both ends, since
/// some sites put their newest first and others last.
fn newest(mut parts: Vec<ChildSitemap>, since: DateTime<Utc>) -> Vec<ChildSitemap> {
    let moment = |part: &ChildSitemap| part.changed.map(Published::moment);
    parts.retain(|part| part.changed.is_none_or(|changed| ends(changed) >= since));
    let (mut dated, undated): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.changed.is_some());
    dated.sort_by_key(|part| std::cmp::Reverse(moment(part)));
    dated.extend(from_both_ends(undated));
    dated
}

/// The first, the last, the second, the last but one …
fn from_both_ends<T>(items: Vec<T>) -> impl Iterator<Item = T> {
    let (mut items, mut from_front) = (VecDeque::from(items), false);
    std::iter::from_fn(move || {
        from_front = !from_front;
        if from_front { items.pop_front() } else { items.pop_back() }
    })
}

/// The last moment that a date may mean.
fn ends(date: Published) -> DateTime<Utc> {
    match date {
        Published::Day(_) => date.moment() + TimeDelta::days(1),
        Published::At(at) => at,
    }
}

/// The pages of the parts that may be news, with a headline where the sitemap gives none. Of those without
/// a date both ends of each part are taken; a window that moved with what is known already would bring the
/// archive as news, bit by bit.
fn recent_pages(parts: Vec<Vec<ParsedArticle>>, now: DateTime<Utc>) -> Vec<ParsedArticle> {
    let date = |page: &ParsedArticle| page.published.or(page.updated);
    let share = MOST_PAGES / parts.len().max(1);
    let (mut pages, mut undated) = (Vec::new(), Vec::new());
    for part in parts {
        let (with, mut without): (Vec<_>, Vec<_>) = part.into_iter().partition(|page| date(page).is_some());
        let recent = |page: &ParsedArticle| date(page).is_some_and(|date| ends(date) >= now - RECENT);
        pages.extend(with.into_iter().filter(recent));
        leave_out_the_middle(&mut without, share);
        undated.append(&mut without);
    }
    pages.sort_by_key(|page| std::cmp::Reverse(date(page).map(Published::moment)));
    pages.truncate(MOST_PAGES);
    pages.append(&mut undated);
    for page in pages.iter_mut().filter(|page| page.title.is_empty()) {
        page.title = page.url.as_deref().and_then(words_of_address).unwrap_or_default();
    }
    pages
}

fn leave_out_the_middle<T>(items: &mut Vec<T>, most: usize) {
    let (first, too_many) = (most.div_ceil(2), items.len().saturating_sub(most));
    if too_many > 0 {
        items.drain(first..first + too_many);
    }
}

/// `/2026/envoys-meet-in-geneva-123.html` says "envoys meet in geneva 123".
fn words_of_address(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let last = url.path_segments()?.rfind(|part| !part.is_empty())?;
    let last = last.rsplit_once('.').map_or(last, |(name, _)| name);
    let words = last.split(['-', '_', '+']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    Some(words).filter(|words| !words.is_empty())
}

fn items(location: &str, fetched: &Fetched, known: &HashSet<EntryMark>) -> Gathered {
    let hint = Hint { known: Some(known), ..hint(fetched) };
    let Parsed { articles, problems, feed, .. } = parse(&fetched.bytes, &hint);
    let reasons: Vec<(String, String)> =
        problems.into_iter().map(|problem| (location.to_owned(), problem.message)).collect();
    match (feed, reasons.first()) {
        // If something is wrong with a part of it, the rest is news all the same.
        (Some(facts), first) if first.is_none() || !facts.entries.is_empty() => Gathered::Articles(Harvest {
            articles,
            problems: reasons,
            ttl: facts.ttl,
            has_parts: false,
            entries: facts.entries,
            known: u32::try_from(facts.known).unwrap_or(u32::MAX),
        }),
        (_, first) => {
            let page = page_in_place_of_a_feed(location, &fetched.url, &fetched.bytes);
            let reason = page.or_else(|| first.map(|(_, reason)| reason.clone()));
            Gathered::Nothing(
                reason.unwrap_or_else(|| "this is not a feed; look for the site's RSS address".to_owned()),
            )
        }
    }
}

fn links(fetched: &Fetched, selector: Option<&str>) -> Gathered {
    let found = find_articles(&fetched.page(), &fetched.url, selector);
    let links = match found {
        Ok(links) => links,
        Err(reason) => return Gathered::Nothing(reason),
    };
    if links.is_empty() {
        let reason = match selector {
            Some(selector) => format!("nothing on the page is picked by {selector:?}; the page may have changed"),
            None => "no list of articles was found on the page; name its links by a CSS selector in its settings, or add it again with --select".to_owned(),
        };
        return Gathered::Nothing(reason);
    }
    let article = |link: wirewatch_intake::ArticleLink| ParsedArticle {
        title: link.title,
        external_id: Some(link.url.clone()),
        publisher: host(&link.url).map(|host| host.trim_start_matches("www.").to_owned()),
        url: Some(link.url),
        summary_only: true,
        ..ParsedArticle::default()
    };
    // A page shows its newest first, and what comes in last counts as newest.
    let articles = links.into_iter().rev().map(article).collect();
    Gathered::Articles(Harvest { articles, ..Harvest::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_parts_of_a_sitemap_come_first_and_old_ones_not_at_all() {
        let now = DateTime::parse_from_rfc3339("2026-11-24T10:00:00Z").unwrap().to_utc();
        let part = |url: &str, days: Option<i64>| ChildSitemap {
            url: url.to_owned(),
            changed: days.map(|days| Published::At(now - TimeDelta::days(days))),
        };
        let parts = vec![
            part("undated", None),
            part("old", Some(30)),
            part("yesterday", Some(1)),
            part("today", Some(0)),
        ];
        let order: Vec<String> = newest(parts, now - RECENT).into_iter().map(|part| part.url).collect();
        assert_eq!(order, ["today", "yesterday", "undated"]);
        let parts = ["1", "2", "3", "4", "5"].map(|url| part(url, None)).to_vec();
        let order: Vec<String> = newest(parts, now - RECENT).into_iter().map(|part| part.url).collect();
        assert_eq!(order, ["1", "5", "2", "4", "3"], "the newest stand at one of the ends");
    }

    #[test]
    fn of_too_many_undated_pages_both_ends_of_each_part_are_taken() {
        let now = DateTime::parse_from_rfc3339("2026-11-24T10:00:00Z").unwrap().to_utc();
        let page = |title: String, published| ParsedArticle { title, published, ..ParsedArticle::default() };
        let part = |name: &str| -> Vec<ParsedArticle> {
            (0..MOST_PAGES).map(|number| page(format!("{name}{number}"), None)).collect()
        };
        let dated = page("dated".to_owned(), Some(Published::At(now)));
        let pages = recent_pages(vec![part("a"), part("b"), vec![dated, page("c".to_owned(), None)]], now);
        let titles: Vec<&str> = pages.iter().map(|page| page.title.as_str()).collect();
        let share = MOST_PAGES / 3;
        assert_eq!(titles.len(), 2 * share + 2);
        assert_eq!(titles[..2], ["dated", "a0"], "the newest first");
        assert_eq!((titles[share], titles[share + 1]), ("a999", "b0"));
        assert_eq!((titles[2 * share], titles[2 * share + 1]), ("b999", "c"));
    }

    #[test]
    fn an_address_says_what_a_page_is_about() {
        for (address, words) in [
            ("https://e.org/2026/envoys-meet-in-geneva-123.html", Some("envoys meet in geneva 123")),
            ("https://e.org/a/b_c/", Some("b c")),
            ("https://e.org/", None),
        ] {
            assert_eq!(words_of_address(address).as_deref(), words, "{address}");
        }
    }
}
