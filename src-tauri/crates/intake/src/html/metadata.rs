//! What a page says of itself: JSON-LD, OpenGraph, Dublin Core, `meta` names, `time`, `h1`, `title`.
//!
//! In this order of trust; what a page says twice is taken from the more careful place.

mod json_ld;

use dom_query::Document;
use url::Url;
use wirewatch_model::{ParsedArticle, Published};

use crate::{clipping, date, plain};

/// The facts of a page, without its body.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) article: ParsedArticle,
    /// The language that it declares.
    pub(super) language: Option<String>,
    /// What relative links are resolved against.
    pub(super) base: Option<Url>,
    /// False for a fragment without a head.
    pub(super) is_page: bool,
}

/// Reads the metadata of a page that came from `url`.
pub(super) fn of(document: &Document, url: Option<&str>) -> Metadata {
    let meta = Meta::of(document);
    let base = base(document, url);
    let mut article = json_ld::article(document).unwrap_or_default();
    let title = Titles { document, meta: &meta, site: None };
    let publisher =
        article.publisher.take().or_else(|| meta.get(&["og:site_name", "application-name", "dc.publisher"]));
    if article.title.is_empty() {
        article.title = Titles { site: publisher.as_deref(), ..title }.best();
    }
    if article.authors.is_empty() {
        article.authors = authors(document, &meta);
    }
    article.published = article.published.or_else(|| published(document, &meta));
    article.updated = article.updated.or_else(|| meta.date(MODIFIED));
    article.url = canonical(document, &meta, base.as_ref()).or(article.url.take());
    article.lead = article.lead.take().or_else(|| meta.lead());
    article.labels.extend(meta.all(&["article:tag", "article:section"]));
    article.publisher = publisher;
    Metadata {
        article,
        language: language(document, &meta),
        base,
        is_page: !document.select("head > *, body > article, main").is_empty(),
    }
}

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "article.published",
    "date",
];

const MODIFIED: &[&str] =
    &["article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified"];

/// The `meta` elements of a page: name or property in lower case, content.
struct Meta(Vec<(String, String)>);

impl Meta {
    fn of(document: &Document) -> Meta {
        let mut pairs = Vec::new();
        let elements = document.select("meta[content]");
        let named = |key: &'static str| elements.iter().map(move |element| (element.attr(key), element));
        // A property is RDFa's and says of which vocabulary it is.
        for (names, element) in ["property", "name", "itemprop", "http-equiv"].into_iter().flat_map(named) {
            let content = element.attr("content").and_then(|content| plain::some_line(&content));
            let (Some(names), Some(content)) = (names, content) else { continue };
            // `og:title twitter:title` is two names; Dublin Core is written with dot and colon.
            for name in names.to_lowercase().split_whitespace() {
                pairs.push((
                    name.replacen("dc:", "dc.", 1).replacen("dcterms:", "dcterms.", 1),
                    content.clone(),
                ));
            }
        }
        Meta(pairs)
    }

    fn all<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = String> + 'a {
        names
            .iter()
            .flat_map(|name| self.0.iter().filter(move |(found, _)| found == name))
            .map(|(_, value)| value.clone())
    }

    fn get(&self, names: &[&str]) -> Option<String> {
        self.all(names).next()
    }

    fn date(&self, names: &[&str]) -> Option<Published> {
        self.all(names).find_map(|value| date::parse(&value))
    }

    /// A description, if the page says that it is an article: a site's own would put the same
    /// words into all of its articles.
    fn lead(&self) -> Option<String> {
        self.get(&["og:type"]).filter(|kind| kind.contains("article"))?;
        self.get(&["og:description", "description", "dc.description"])
    }
}

/// Where a headline may stand.
struct Titles<'a> {
    document: &'a Document,
    meta: &'a Meta,
    site: Option<&'a str>,
}

impl Titles<'_> {
    fn best(&self) -> String {
        let named = self.meta.get(&[
            "dc.title",
            "dcterms.title",
            "og:title",
            "twitter:title",
            "parsely-title",
            "headline",
        ]);
        let headings: Vec<String> = self
            .document
            .select("h1")
            .iter()
            .filter_map(|heading| plain::some_line(&heading.text()))
            .collect();
        let title = named.or_else(|| self.title(&headings));
        // Several `h1` tell nothing.
        let heading = if let [only] = headings.as_slice() { Some(only) } else { None };
        match title {
            // The heading is the headline without the site's name, where the title begins or ends with it.
            Some(title) => match heading {
                Some(heading) if is_part(heading, &title) => heading.clone(),
                _ => without_site(&title, self.site).to_owned(),
            },
            None => heading.cloned().unwrap_or_default(),
        }
    }

    /// The page's `title`, which often ends in the site's name, or in a part of the site's heading.
    fn title(&self, headings: &[String]) -> Option<String> {
        let title = plain::some_line(
            &self
                .document
                .select("head > title")
                .iter()
                .map(|title| title.text())
                .find(|text| !text.trim().is_empty())?,
        )?;
        let headings: Vec<String> = headings.iter().map(|heading| plain::skeleton(heading)).collect();
        if headings.contains(&plain::skeleton(&title)) {
            return Some(title);
        }
        let bracketed = title.strip_suffix(']').and_then(|title| title.rsplit_once(" ["));
        let in_heading =
            |tail: &str| headings.iter().any(|heading| heading.starts_with(&plain::skeleton(tail)));
        if let Some((head, _)) = bracketed.filter(|(_, tail)| in_heading(tail)) {
            return Some(head.to_owned());
        }
        let short = |text: &str, words: usize| text.split(' ').count() <= words;
        let parts =
            [" - ", " – ", " — ", " · ", " » "].iter().filter_map(|separator| title.rsplit_once(separator));
        let named = |(head, tail): &(&str, &str)| short(tail, SITE_WORDS) && !short(head, SITE_WORDS);
        Some(parts.filter(named).map(|(head, _)| head.to_owned()).next().unwrap_or(title))
    }
}

/// A site's name at the end of a title has no more words, and the headline has more.
const SITE_WORDS: usize = 3;

/// Whether a heading is the headline in a title. At its end, a small part is the site's name, which
/// some sites set as their heading.
fn is_part(heading: &str, title: &str) -> bool {
    let (heading, title) = (plain::skeleton(heading), plain::skeleton(title));
    let most_of_it = heading.len() * 2 > title.len();
    !heading.is_empty() && (title.starts_with(&heading) || most_of_it && title.ends_with(&heading))
}

/// A title without ` | Site` or ` - Site`, and without `Site: `.
fn without_site<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    let site = site.map(plain::skeleton).unwrap_or_default();
    for separator in [" | ", " - ", " – ", " — ", " :: ", " · ", " » ", " / "] {
        if let Some((head, tail)) = title.rsplit_once(separator) {
            let bar = separator == " | " && tail.split(' ').count() <= 4 && head.split(' ').count() >= 3;
            if bar || !site.is_empty() && plain::skeleton(tail) == site {
                return head.trim();
            }
        }
    }
    title
}

fn authors(document: &Document, meta: &Meta) -> Vec<String> {
    let from_meta: Vec<String> = meta
        .all(&[
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
            "sailthru.author",
            "byl",
        ])
        .filter(|value| clipping::web_address(value).is_none())
        .flat_map(|value| clipping::names(&value))
        .collect();
    if !from_meta.is_empty() {
        return from_meta;
    }
    let marked = document.select(
        "[itemprop~=author] [itemprop=name], [itemprop~=author], [rel=author], [class*=byline], [class*=author]",
    );
    let texts = marked.iter().take(MOST_BYLINES).map(|element| plain::line(&element.text()));
    texts.map(|text| clipping::only_names(&text)).find(|names| !names.is_empty()).unwrap_or_default()
}

/// Elements that may hold a byline; beyond so many they are those of comments.
const MOST_BYLINES: usize = 20;

fn published(document: &Document, meta: &Meta) -> Option<Published> {
    let marked = document.select("time[itemprop=datePublished], [itemprop=datePublished], time[pubdate], article time[datetime], header time[datetime], time[datetime]");
    let date = |element: dom_query::Selection| {
        let value = element.attr("datetime").or_else(|| element.attr("content"));
        date::parse(&value.unwrap_or_else(|| element.text()))
    };
    meta.date(PUBLISHED).or_else(|| marked.iter().find_map(date))
}

fn canonical(document: &Document, meta: &Meta, base: Option<&Url>) -> Option<String> {
    let link = document.select_single("link[rel=canonical]").attr("href").map(|href| href.to_string());
    [link, meta.get(&["og:url"])].into_iter().flatten().find_map(|address| {
        let url = match base {
            Some(base) => base.join(address.trim()).ok()?,
            None => Url::parse(address.trim()).ok()?,
        };
        // A front page is a mistake of the template.
        (url.path() != "/").then(|| clipping::web_address(url.as_str()))?
    })
}

fn base(document: &Document, url: Option<&str>) -> Option<Url> {
    let page = url.and_then(|url| Url::parse(url).ok());
    let declared = document.select_single("base[href]").attr("href");
    match (declared, page) {
        (Some(declared), Some(page)) => page.join(&declared).ok().or(Some(page)),
        (Some(declared), None) => Url::parse(&declared).ok(),
        (None, page) => page,
    }
}

fn language(document: &Document, meta: &Meta) -> Option<String> {
    let html = document.select_single("html[lang]").attr("lang").map(|lang| lang.to_string());
    html.filter(|lang| !lang.is_empty())
        .or_else(|| meta.get(&["content-language", "og:locale", "dc.language"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_is_the_headline_unless_it_is_the_site() {
        for (title, heading, want) in [
            ("Talks begin - Lakeside Courier", "Talks begin", "Talks begin"),
            (
                "Courier: Ministers resume their talks",
                "Ministers resume their talks",
                "Ministers resume their talks",
            ),
            ("Ministers resume their talks | Courier", "Courier", "Ministers resume their talks"),
            ("Ministers resume their talks", "", "Ministers resume their talks"),
            ("Ministers resume their talks", "Another thing", "Ministers resume their talks"),
            ("Ministers resume their talks – My Courier", "", "Ministers resume their talks"),
            ("Ministers resume their talks [Courier]", "Courier beta", "Ministers resume their talks"),
            (
                "Ministers resume talks - again",
                "Ministers resume talks - again",
                "Ministers resume talks - again",
            ),
            ("Ministers resume - again", "", "Ministers resume - again"),
        ] {
            let html =
                format!("<html><head><title>{title}</title></head><body><h1>{heading}</h1></body></html>");
            let metadata = of(&Document::from(html.as_str()), None);
            assert_eq!(metadata.article.title, want, "{title}");
        }
    }

    #[test]
    fn a_description_that_names_only_its_site_gives_no_headline() {
        let html = "<html><head><title>Talks begin</title><script type='application/ld+json'>{\"@type\": \"NewsArticle\", \
            \"name\": \"Courier\", \"publisher\": {\"name\": \"Courier\"}}</script></head><body></body></html>";
        let article = of(&Document::from(html), None).article;
        assert_eq!((article.title.as_str(), article.publisher.as_deref()), ("Talks begin", Some("Courier")));
    }
}
