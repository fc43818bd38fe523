//! What every format's article still needs: language, publisher, address.

use url::Url;
use wirewatch_model::{ParsedArticle, Problem, ProblemKind};

use crate::{Hint, language, plain};

/// Completes an article that a reader has filled; `declared` is the language that it declares.
pub(crate) fn finish(mut article: ParsedArticle, declared: Option<&str>, hint: &Hint) -> ParsedArticle {
    article.language = language::of(declared, &article.text);
    article.authors = unique(article.authors);
    article.labels = unique(article.labels);
    article.lead = article.lead.filter(|lead| !repeats(lead, &article.text));
    if article.url.is_none() {
        article.url = hint.url.and_then(crate::clipping::web_address);
    }
    if article.publisher.is_none() {
        article.publisher = article.url.as_deref().and_then(host);
    }
    if article.title.is_empty() && article.text.is_empty() {
        article.problems.push(Problem::new(ProblemKind::Empty, "there is no text in it"));
    }
    article
}

/// The host of an address without `www.`.
pub(crate) fn host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// Whether a lead only says what the body begins with.
fn repeats(lead: &str, text: &str) -> bool {
    let lead = plain::skeleton(lead.trim_end_matches(['…', '.', ' ']));
    // Letters shrink to at most three bytes a character in a skeleton; twice the length is plenty.
    let beginning = plain::skeleton(plain::beginning(text, lead.len().saturating_mul(2) + 16));
    lead.is_empty() || beginning.starts_with(&lead)
}

/// More authors or labels than an article can mean.
const MOST_NAMES: usize = 200;

fn unique(names: Vec<String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for name in names.into_iter().take(MOST_NAMES) {
        if !name.is_empty() && !seen.iter().any(|known| known.to_lowercase() == name.to_lowercase()) {
            seen.push(name);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publisher_is_the_host_where_nothing_names_it() {
        for (url, want) in [
            ("https://www.example.org/a", Some("example.org")),
            ("https://news.example.org:8080/", Some("news.example.org")),
            ("not an address", None),
        ] {
            assert_eq!(host(url).as_deref(), want, "{url}");
        }
    }

    #[test]
    fn a_lead_that_repeats_the_body_is_none() {
        for (lead, want) in [("They met in Geneva…", None), ("What is at stake", Some("What is at stake"))]
        {
            let article = ParsedArticle {
                lead: Some(lead.into()),
                text: "They met in Geneva, and parted.".into(),
                ..ParsedArticle::default()
            };
            assert_eq!(finish(article, None, &Hint::default()).lead.as_deref(), want, "{lead}");
        }
    }
}
