//! Sitemaps (sitemaps.org 0.9), with Google's news extension, and their index files.
//!
//! Names are matched without their prefix, below the element that they belong to: `image:title` and
//! `video:publication_date` say nothing of the page, and prefixes are often wrong.

use wirewatch_model::{ParsedArticle, Problem, ProblemKind, Published};

use super::missing;
use crate::finish::finish;
use crate::format::Format;
use crate::markup::{Piece, local, pieces};
use crate::read::refuse;
use crate::{FeedFacts, Hint, Parsed, content, date, entities, plain};

/// The largest number of addresses that a sitemap may hold (sitemaps.org); what is over is left out and said to be.
const MOST_ADDRESSES: usize = 50_000;

/// Sitemaps nest to six levels.
const MAX_DEPTH: usize = 32;

/// The longest address or title that is believed, in bytes.
const LONGEST_FIELD: usize = 8 * 1024;

/// What a sitemap turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Sitemap {
    /// Pages: articles with a title where the news extension gives one, else with an address only.
    Pages(Parsed),
    /// Further sitemaps.
    Index {
        /// Their addresses, in the order of the file.
        children: Vec<ChildSitemap>,
        /// Trouble with the index itself.
        problems: Vec<Problem>,
    },
}

/// A sitemap that an index names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildSitemap {
    /// Its `http(s)` address.
    pub url: String,
    /// When it was last changed, if the index says so.
    pub changed: Option<Published>,
}

/// Reads a sitemap or an index of sitemaps; `None` if the text is neither.
pub(crate) fn read(text: &str) -> Option<Sitemap> {
    let entries = Reader::read(text);
    match entries.root.as_str() {
        "urlset" => Some(Sitemap::Pages(entries.pages())),
        "sitemapindex" => Some(entries.index()),
        _ => None,
    }
}

/// The pages of a sitemap as [`crate::parse`] gives them; an index has none and says where to look.
pub(crate) fn pages(text: &str) -> Parsed {
    match read(text) {
        Some(Sitemap::Pages(parsed)) => parsed,
        Some(Sitemap::Index { children, mut problems }) => {
            let first = children.first().map_or("", |child| child.url.as_str());
            let message =
                format!("an index of {} sitemaps and no articles; the first is {first}", children.len());
            problems.insert(0, Problem::new(ProblemKind::Unsupported, message));
            Parsed { format: Format::Sitemap, articles: Vec::new(), problems, feed: None }
        }
        None => refuse(Format::Sitemap, ProblemKind::Broken, "there is no urlset element in it"),
    }
}

/// What is said of one address.
#[derive(Debug, Default)]
struct Entry {
    address: String,
    changed: String,
    published: String,
    title: String,
    publisher: String,
    language: String,
    keywords: String,
}

#[derive(Default)]
struct Reader<'a> {
    root: String,
    /// Names of the open elements, local and in lower case.
    open: Vec<(&'a str, String)>,
    entries: Vec<Entry>,
    /// How many entries went in.
    seen: usize,
    cut: bool,
}

impl<'a> Reader<'a> {
    fn read(text: &'a str) -> Reader<'a> {
        let mut reader = Reader::default();
        for piece in pieces(text) {
            match piece {
                Piece::Open(tag) => reader.open(tag.name, tag.closed),
                Piece::Close { name, .. } => reader.close(name),
                Piece::Text(text) => reader.text(&entities::decode(text)),
                Piece::CData(text) => reader.text(text),
                Piece::Aside(_) => {}
            }
        }
        reader.cut = !reader.open.is_empty();
        reader
    }

    fn open(&mut self, name: &'a str, closed: bool) {
        let lower = local(name).to_ascii_lowercase();
        if self.root.is_empty() {
            self.root.clone_from(&lower);
        }
        if self.is_entry(&lower) {
            // An entry ends the one before it.
            self.open.truncate(1);
            self.seen += 1;
            if self.entries.len() < MOST_ADDRESSES {
                self.entries.push(Entry::default());
            }
        }
        if !closed && self.open.len() < MAX_DEPTH {
            self.open.push((name, lower));
        }
    }

    fn is_entry(&self, lower: &str) -> bool {
        matches!((self.root.as_str(), lower), ("urlset", "url") | ("sitemapindex", "sitemap"))
    }

    fn close(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| open.eq_ignore_ascii_case(name)) {
            self.open.truncate(at);
        }
    }

    fn text(&mut self, text: &str) {
        let [.., (_, parent), (_, name)] = &self.open[..] else { return };
        // What is over the limit has no entry to go to.
        if self.seen > self.entries.len() {
            return;
        }
        let Some(field) = self.entries.last_mut().and_then(|entry| entry.field(parent, name)) else { return };
        if field.len() + text.len() <= LONGEST_FIELD {
            field.push_str(text);
        }
    }

    fn index(self) -> Sitemap {
        let child = |entry: &Entry| {
            Some(ChildSitemap {
                url: super::web_address(&entry.address)?,
                changed: date::parse(&entry.changed),
            })
        };
        let children: Vec<_> = self.entries.iter().filter_map(child).collect();
        Sitemap::Index { problems: self.problems(children.len()), children }
    }

    fn pages(self) -> Parsed {
        let articles: Vec<_> = self.entries.iter().filter_map(Entry::article).collect();
        let title = articles.first().and_then(|first| first.publisher.clone());
        Parsed {
            format: Format::Sitemap,
            problems: self.problems(articles.len()),
            articles,
            feed: Some(FeedFacts { title, ..FeedFacts::default() }),
        }
    }

    fn problems(&self, came: usize) -> Vec<Problem> {
        let cut = self
            .cut
            .then(|| Problem::new(ProblemKind::Incomplete, "the sitemap breaks off; its end is missing"));
        cut.into_iter().chain(missing(came, self.seen)).collect()
    }
}

impl Entry {
    fn field(&mut self, parent: &str, name: &str) -> Option<&mut String> {
        Some(match (parent, name) {
            ("url" | "sitemap", "loc") => &mut self.address,
            ("url" | "sitemap", "lastmod") => &mut self.changed,
            ("news", "publication_date") => &mut self.published,
            ("news", "title") => &mut self.title,
            ("news", "keywords") => &mut self.keywords,
            ("publication", "name") => &mut self.publisher,
            ("publication", "language") => &mut self.language,
            _ => return None,
        })
    }

    fn article(&self) -> Option<ParsedArticle> {
        let url = super::web_address(&self.address)?;
        let article = ParsedArticle {
            title: content::one_line(&self.title),
            publisher: plain::some_line(&self.publisher),
            published: date::parse(&self.published),
            updated: date::parse(&self.changed),
            external_id: Some(url.clone()),
            url: Some(url),
            labels: self.keywords.split(',').map(content::one_line).collect(),
            summary_only: true,
            ..ParsedArticle::default()
        };
        let article = finish(article, plain::some_line(&self.language).as_deref(), &Hint::default());
        // That there is no text is in the nature of a sitemap.
        Some(ParsedArticle { problems: Vec::new(), ..article })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: &str = "<?xml version='1.0' encoding='UTF-8'?>
        <urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>
        <url><loc>https://valley.example/a?x=1&amp;y=2</loc><lastmod>2020-02-03T11:00:00+01:00</lastmod>
          <n:news><n:publication><n:name>The Valley Post</n:name><n:language>en</n:language></n:publication>
          <n:publication_date>2020-02-03</n:publication_date><n:title><![CDATA[AT&T wins]]></n:title><n:keywords>Business, Telephones</n:keywords></n:news>
          <image:image><image:loc>https://valley.example/p.jpg</image:loc><image:title>A picture</image:title></image:image></url>
        <url><loc> https://valley.example/b </loc></url>
        <url><lastmod>2020-02-03</lastmod></url>";

    fn pages_of(text: &str) -> Parsed {
        match read(text) {
            Some(Sitemap::Pages(parsed)) => parsed,
            other => panic!("no pages: {other:?}"),
        }
    }

    #[test]
    fn a_news_sitemap_gives_titles_and_dates() {
        let parsed = pages_of(&format!("{NEWS}</urlset>"));
        let [first, second] = &parsed.articles[..] else { panic!("{:?}", parsed.articles) };
        assert_eq!(first.title, "AT&T wins");
        assert_eq!(first.url.as_deref(), Some("https://valley.example/a?x=1&y=2"));
        assert_eq!(first.published, date::parse("2020-02-03"));
        assert_eq!(first.updated, date::parse("2020-02-03T10:00:00Z"));
        assert_eq!(first.publisher.as_deref(), Some("The Valley Post"));
        assert_eq!(first.language.as_deref(), Some("en"));
        assert_eq!(first.labels, ["Business", "Telephones"]);
        assert!(first.summary_only, "the page has to be fetched for the text");
        assert_eq!(second.url.as_deref(), Some("https://valley.example/b"));
        assert_eq!(
            (second.title.as_str(), &second.problems[..]),
            ("", &[][..]),
            "a plain address is no trouble"
        );
        assert_eq!(
            parsed.problems[0].message, "1 of the feed's 3 entries could not be read",
            "one has no address"
        );
    }

    #[test]
    fn a_cut_sitemap_says_so() {
        let parsed = pages_of(NEWS);
        assert_eq!(parsed.articles.len(), 2);
        assert!(parsed.problems[0].message.contains("breaks off"), "{:?}", parsed.problems);
    }

    #[test]
    fn an_index_gives_its_children() {
        let index = "<sitemapindex><sitemap><loc>https://valley.example/1.xml.gz</loc><lastmod>2020-02-03</lastmod></sitemap>\
            <sitemap><loc>https://valley.example/2.xml</loc></sitemap><sitemap><loc>file:///etc/passwd</loc></sitemap></sitemapindex>";
        let Some(Sitemap::Index { children, problems }) = read(index) else { panic!("no index") };
        assert_eq!(
            children,
            [
                ChildSitemap {
                    url: "https://valley.example/1.xml.gz".into(),
                    changed: date::parse("2020-02-03")
                },
                ChildSitemap { url: "https://valley.example/2.xml".into(), changed: None },
            ]
        );
        assert_eq!(problems.len(), 1, "a file is no address: {problems:?}");
        let parsed = pages(index);
        assert!(parsed.problems[0].message.starts_with("an index of 2 sitemaps"), "{:?}", parsed.problems);
    }

    #[test]
    fn no_more_addresses_are_read_than_a_sitemap_may_hold() {
        let text = format!(
            "<urlset>{}</urlset>",
            "<url><loc>https://a.example/</loc></url>".repeat(MOST_ADDRESSES + 7)
        );
        let parsed = pages_of(&text);
        assert_eq!(parsed.articles.len(), MOST_ADDRESSES);
        assert!(parsed.problems[0].message.starts_with("7 of"), "{:?}", parsed.problems);
    }

    #[test]
    fn anything_else_is_no_sitemap() {
        for text in ["", "plain", "<rss/>", "<html><urlset/></html>"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
