//! Completing what a feed shortens: the article's own page, read before topics are matched.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use url::Url;
use wirewatch_intake::{Hint, parse};
use wirewatch_library::FetchState;
use wirewatch_model::{ParsedArticle, Problem, ProblemKind, Source};

use crate::Monitor;
use crate::error::Result;
use crate::fetch::{Answer, By, Fetched, Question};
use crate::hosts::{Errand, host_of};
use crate::robots::Permission;

/// Pages fetched for one poll of one feed. A feed's first fetch brings its whole back catalogue,
/// and no server wants to be asked for all of it at once.
const MOST_PAGES: usize = 25;

/// How long pages are begun in one poll: what the feed itself brought is not committed before that.
const LONGEST: Duration = Duration::from_secs(60);

/// A page that gave no text so many times has none for programs.
const MOST_TRIES: u32 = 3;

/// Why an item was not completed.
struct Miss {
    reason: String,
    /// Whether that is what the site says of the page; one that was not heard is not held against it.
    answered: bool,
}

type Completed = std::result::Result<(), Miss>;

impl Miss {
    fn answered(reason: &str) -> Miss {
        Miss { reason: reason.to_owned(), answered: true }
    }
}

impl Monitor {
    /// Completes the shortened items of which the library has no whole text yet, one page after the
    /// other; gives how many are left to be tried at another poll. What cannot be completed stays a
    /// summary, is marked as such, and says why.
    pub(crate) async fn complete(
        &self,
        source: &Source,
        by: By<'_>,
        articles: &mut [ParsedArticle],
    ) -> Result<u32> {
        if !source.spec.full_text {
            return Ok(0);
        }
        let (mut pages, mut left, start) = (0, 0, Instant::now());
        // One that was not heard is not asked for its other pages at this poll: they would cost the rest
        // its time.
        let mut silent = HashSet::new();
        for article in articles.iter_mut().filter(|article| article.summary_only) {
            let Some(url) = article.url.clone() else { continue };
            let library = self.library();
            if !library.lacks_text(source.id, article)? || library.page_tries(&url)? >= MOST_TRIES {
                continue;
            }
            let host = Url::parse(&url).ok().map(|url| host_of(&url));
            if pages == MOST_PAGES || start.elapsed() >= LONGEST || silent.contains(&host) {
                left += 1;
                continue;
            }
            pages += 1;
            if let Err(Miss { reason, answered }) = self.complete_from(&url, by, article).await? {
                let problem = format!("only the summary: {reason}");
                article.problems.push(Problem::new(ProblemKind::Incomplete, problem));
                if answered {
                    library.note_page_try(&url, self.now())?;
                } else {
                    silent.insert(host);
                }
                left += u32::from(library.page_tries(&url)? < MOST_TRIES);
            }
        }
        Ok(left)
    }

    async fn complete_from(&self, url: &str, by: By<'_>, article: &mut ParsedArticle) -> Result<Completed> {
        let fetched = match self.fetch_page(url, by).await {
            Ok(fetched) => fetched,
            Err(miss) => return Ok(Err(miss)),
        };
        // Long pages take a while, and must not hold up the other sources.
        let page = tokio::task::spawn_blocking(move || article_on(&fetched)).await?;
        Ok(match page {
            // A page that holds less than the summary is a consent wall or an error page.
            Some(page) if page.text.len() > article.text.len() => {
                merge(article, page);
                Ok(())
            }
            _ => Err(Miss::answered("no article was found on the page")),
        })
    }

    async fn fetch_page(&self, url: &str, by: By<'_>) -> std::result::Result<Fetched, Miss> {
        match self.rules().permission(self.fetcher(), url, by, self.now()).await {
            Permission::Allowed => {}
            Permission::Forbidden => {
                return Err(Miss::answered("the site's robots.txt asks programs not to read the page"));
            }
            Permission::Unknown => {
                let reason = "the site does not say at the moment what its robots.txt allows".to_owned();
                return Err(Miss { reason, answered: false });
            }
        }
        let known = FetchState::default();
        let (trust, line) = by;
        let question = Question { url, known: &known, errand: Errand::Page, trust, access: None, line };
        match self.fetcher().get(question, self.now()).await {
            Ok(Answer::Fetched(fetched)) => Ok(fetched),
            Ok(Answer::Unchanged(_)) => {
                Err(Miss::answered("the server answered a question that was not asked (304)"))
            }
            Err(failure) => {
                let answered = failure.is_about_the_address();
                Err(Miss { reason: failure.message, answered })
            }
        }
    }
}

fn article_on(page: &Fetched) -> Option<ParsedArticle> {
    let hint = Hint {
        content_type: page.content_type.as_deref(),
        url: Some(&page.url),
        file_type: Some("html"),
        ..Hint::default()
    };
    parse(&page.bytes, &hint).articles.into_iter().next()
}

/// The page gives the text; what the feed says of title, date and id outranks what the page says.
fn merge(article: &mut ParsedArticle, page: ParsedArticle) {
    article.lead =
        article.lead.take().or(Some(std::mem::take(&mut article.text))).filter(|lead| !lead.is_empty());
    article.text = page.text;
    article.html = page.html;
    article.summary_only = false;
    if article.authors.is_empty() {
        article.authors = page.authors;
    }
    article.language = article.language.take().or(page.language);
}
