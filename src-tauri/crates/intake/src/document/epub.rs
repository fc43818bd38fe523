//! Electronic books (EPUB 2 and 3): the documents of the spine in order.
//!
//! A book is one article, unless it says that it is a periodical: then each document of its spine
//! that holds prose is one. Covers, title pages, tables of contents and notes are left out.

use std::collections::HashMap;

use dom_query::Document;
use wirewatch_model::{ParsedArticle, Problem, ProblemKind};

use super::archive::{Archive, ArchiveError, resolve};
use super::draft::Draft;
use super::xml::{attribute, text_of};
use crate::html::{blocks, bound};
use crate::markup::{Piece, local, pieces};
use crate::{Hint, clipping, date, plain};

/// Documents in a spine that are read. A thick book has some hundred.
const MOST_CHAPTERS: usize = 2000;

/// A document of a periodical with less prose (in characters) is a list of its articles.
const LEAST_PROSE: usize = 200;

/// Reads a book.
pub(super) fn read(bytes: &[u8], hint: &Hint) -> Result<Vec<ParsedArticle>, ArchiveError> {
    let mut archive = Archive::open(bytes)?;
    if is_locked(&archive.optional("META-INF/encryption.xml")) {
        return Err(ArchiveError::Locked("the book".to_owned()));
    }
    let opf = package_name(&mut archive);
    let package = Package::read(&archive.text(&opf)?);
    let (chapters, mut problems) = chapters(&mut archive, &opf, &package);
    let mut articles = match package.is_periodical {
        true => chapters
            .iter()
            .filter(|html| is_prose(html))
            .map(|html| package.issue_article(html, hint))
            .collect(),
        false => vec![package.book(chapters.concat(), hint)],
    };
    if let Some(first) = articles.first_mut() {
        first.problems.append(&mut problems);
    }
    Ok(articles)
}

/// Whether more is encrypted than fonts, whose scrambling is no protection (EPUB OCF, section 4.4).
fn is_locked(encryption: &str) -> bool {
    pieces(encryption).any(|piece| match piece {
        Piece::Open(tag) if local(tag.name) == "EncryptionMethod" => !attribute(&tag, "Algorithm")
            .is_some_and(|algorithm| {
                algorithm.contains("idpf.org/2008/embedding") || algorithm.contains("ns.adobe.com/pdf/enc")
            }),
        _ => false,
    })
}

fn package_name(archive: &mut Archive) -> String {
    let container = archive.optional("META-INF/container.xml");
    let named = pieces(&container).find_map(|piece| match piece {
        Piece::Open(tag) if local(tag.name) == "rootfile" => attribute(&tag, "full-path"),
        _ => None,
    });
    named.unwrap_or_else(|| "content.opf".to_owned())
}

fn chapters(archive: &mut Archive, opf: &str, package: &Package) -> (Vec<String>, Vec<Problem>) {
    let mut chapters = Vec::new();
    let mut problems = Vec::new();
    for href in package.spine().take(MOST_CHAPTERS) {
        let name = resolve(opf, &percent_decoded(href));
        match archive.text(&name) {
            Ok(html) => chapters.extend(chapter(&html)),
            Err(error) => problems.push(Problem::new(
                ProblemKind::Incomplete,
                format!("a part of the book is missing: {error}"),
            )),
        }
    }
    (chapters, problems)
}

fn percent_decoded(href: &str) -> String {
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let hex = (byte == b'%').then(|| behind.get(..2)).flatten();
        let decoded = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(decoded.unwrap_or(byte));
        rest = if decoded.is_some() { behind.get(2..).unwrap_or_default() } else { behind };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Parts of a document of the spine that are no text of the book.
const NEVER: &str = "[role=doc-noteref], [role=doc-endnotes], [role=doc-footnote], .footnote-ref, .noteref, .footnotes, \
    aside, figcaption, nav, section.titlepage, section.titlepage + *:empty";

/// The body of a document in the spine; `None` for a cover, title page or table of contents.
fn chapter(html: &str) -> Option<String> {
    let bounded = bound(html);
    let document = Document::from(bounded.html.as_str());
    let kinds = document.select("body, body > *, body > * > *");
    let is_front = kinds.iter().take(MOST_FRONT).any(|element| {
        let kind = element.attr("epub:type").unwrap_or_default();
        ["titlepage", "cover", "toc", "copyright-page", "landmarks", "halftitlepage", "imprint"]
            .iter()
            .any(|front| kind.split_whitespace().any(|word| word == *front))
    });
    if is_front {
        return None;
    }
    for note in document.select("a, aside, section, li").iter() {
        let kind = note.attr("epub:type").unwrap_or_default();
        if kind.contains("noteref")
            || kind.contains("footnote")
            || kind.contains("endnote")
            || kind.contains("rearnote")
        {
            note.remove();
        }
    }
    document.select(NEVER).remove();
    document.body().map(|body| format!("<div>{}</div>\n", body.inner_html()))
}

/// The first elements of a document, which say what it is.
const MOST_FRONT: usize = 20;

fn is_prose(html: &str) -> bool {
    let document = Document::from(html);
    let sentences = blocks(&document.root()).into_iter().filter(|found| found.block.ends_as_sentence());
    sentences.map(|found| found.block.chars()).sum::<usize>() >= LEAST_PROSE
}

/// The package document: metadata, manifest, spine.
#[derive(Debug, Default)]
struct Package {
    facts: ParsedArticle,
    language: Option<String>,
    is_periodical: bool,
    /// Address and properties by id.
    manifest: HashMap<String, (String, String)>,
    order: Vec<String>,
}

impl Package {
    fn read(xml: &str) -> Package {
        let mut package = Package::default();
        let mut pieces = pieces(xml);
        while let Some(piece) = pieces.next() {
            let Piece::Open(tag) = piece else { continue };
            match local(tag.name) {
                "item" => package.item(&tag),
                "itemref" if attribute(&tag, "linear").as_deref() != Some("no") => {
                    package.order.extend(attribute(&tag, "idref"));
                }
                "meta" => {
                    let name =
                        attribute(&tag, "property").or_else(|| attribute(&tag, "name")).unwrap_or_default();
                    let content = attribute(&tag, "content");
                    let value = content.unwrap_or_else(|| text_of(&mut pieces, tag));
                    package.meta(&name, &value);
                }
                name if tag.name.starts_with("dc:") => {
                    let event = attribute(&tag, "event").unwrap_or_default();
                    let value = plain::line(&text_of(&mut pieces, tag));
                    package.dublin_core(name, &event, value);
                }
                _ => {}
            }
        }
        package
    }

    fn item(&mut self, tag: &crate::markup::Tag) {
        if let (Some(id), Some(href)) = (attribute(tag, "id"), attribute(tag, "href")) {
            self.manifest.insert(id, (href, attribute(tag, "properties").unwrap_or_default()));
        }
    }

    fn meta(&mut self, name: &str, value: &str) {
        match name {
            "dcterms:modified" => self.facts.updated = date::parse(value.trim()),
            "calibre:publication_type" => self.is_periodical = value.starts_with("periodical"),
            _ => {}
        }
    }

    fn dublin_core(&mut self, name: &str, event: &str, value: String) {
        if value.is_empty() {
            return;
        }
        let facts = &mut self.facts;
        match name {
            "title" if facts.title.is_empty() => facts.title = value,
            "creator" => facts.authors.extend(clipping::names(&value)),
            "publisher" => facts.publisher = facts.publisher.take().or(Some(value)),
            "date" if event == "modification" => facts.updated = date::parse(&value),
            "date" => facts.published = facts.published.or(date::parse(&value)),
            "subject" => facts.labels.push(value),
            "description" => facts.lead = Some(crate::content::one_line(&value)),
            "identifier" => facts.external_id = facts.external_id.take().or(Some(value)),
            "language" => self.language = self.language.take().or(Some(value)),
            _ => {}
        }
    }

    /// The addresses of the spine's documents.
    fn spine(&self) -> impl Iterator<Item = &str> {
        self.order
            .iter()
            .filter_map(|id| self.manifest.get(id))
            .filter(|(_, properties)| !properties.split_whitespace().any(|property| property == "nav"))
            .map(|(href, _)| href.as_str())
    }

    fn book(&self, html: String, hint: &Hint) -> ParsedArticle {
        let mut article = self.facts.clone();
        // The date of a file, where it is no later than the book itself, tells nothing.
        article.updated = article.updated.filter(|updated| {
            article.published.is_some_and(|published| updated.moment() > published.moment())
        });
        Draft { article, language: self.language.clone(), html, ..Draft::default() }.finish(hint)
    }

    /// An article of a periodical: the issue's title is its publisher, its own words say the rest.
    fn issue_article(&self, html: &str, hint: &Hint) -> ParsedArticle {
        let article = ParsedArticle {
            publisher: Some(self.facts.title.clone()).filter(|title| !title.is_empty()),
            published: self.facts.published,
            ..ParsedArticle::default()
        };
        Draft { article, language: self.language.clone(), html: html.to_owned(), ..Draft::default() }
            .finish(hint)
    }
}

#[cfg(test)]
mod tests {
    use super::super::archive::tests::archive;
    use super::*;

    const CONTAINER: &str =
        r#"<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"#;

    fn opf(extra: &str) -> String {
        format!(
            r#"<package><metadata><dc:title>Talks &amp; Treaties</dc:title><dc:creator>Jane Roe</dc:creator>
            <dc:language>en-GB</dc:language><dc:date>2019-05-14</dc:date><dc:publisher>Lake Press</dc:publisher>{extra}</metadata>
            <manifest><item id="n" href="nav.xhtml" properties="nav"/><item id="a" href="text/one%20a.xhtml"/>
            <item id="b" href="text/two.xhtml"/><item id="c" href="cover.xhtml"/></manifest>
            <spine><itemref idref="n"/><itemref idref="c"/><itemref idref="b"/><itemref idref="a"/></spine></package>"#
        )
    }

    fn book(extra: &str, first: &str, second: &str) -> Vec<u8> {
        archive(&[
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", CONTAINER),
            ("OEBPS/book.opf", &opf(extra)),
            ("OEBPS/nav.xhtml", "<html><body><p>Contents</p></body></html>"),
            ("OEBPS/cover.xhtml", "<html><body epub:type=\"cover\"><p>Cover</p></body></html>"),
            (
                "OEBPS/text/two.xhtml",
                &format!("<html><head><title>x</title></head><body>{first}</body></html>"),
            ),
            ("OEBPS/text/one a.xhtml", &format!("<html><body>{second}</body></html>")),
        ])
    }

    #[test]
    fn a_book_is_read_in_the_order_of_its_spine() {
        let first = "<h1>Talks &amp; Treaties</h1><p>They met<a epub:type=\"noteref\" href=\"#n\">1</a>.</p>";
        let second = "<p>They parted.</p><aside epub:type=\"footnote\">A note</aside>";
        let articles = read(&book("", first, second), &Hint::default()).unwrap();
        let article = &articles[0];
        assert_eq!(articles.len(), 1);
        assert_eq!(
            (article.title.as_str(), article.text.as_str()),
            ("Talks & Treaties", "They met.\n\nThey parted.")
        );
        assert_eq!(article.authors, ["Jane Roe"]);
        assert_eq!(article.publisher.as_deref(), Some("Lake Press"));
        assert_eq!(article.published, date::parse("2019-05-14"));
        assert_eq!(article.language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn a_periodical_gives_its_articles() {
        let prose = |title: &str| {
            format!("<h1>{title}</h1><p>{}</p>", "They met in the harbour and talked. ".repeat(10))
        };
        let extra = "<meta name=\"calibre:publication_type\" content=\"periodical:unknown:x\"/>";
        let articles = read(&book(extra, &prose("One"), &prose("Two")), &Hint::default()).unwrap();
        let titles: Vec<&str> = articles.iter().map(|article| article.title.as_str()).collect();
        assert_eq!(titles, ["One", "Two"]);
        assert_eq!(articles[0].publisher.as_deref(), Some("Talks & Treaties"));
    }

    #[test]
    fn a_locked_book_is_said_to_be_locked() {
        let locked = archive(&[(
            "META-INF/encryption.xml",
            r#"<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></encryption>"#,
        )]);
        assert!(matches!(read(&locked, &Hint::default()), Err(ArchiveError::Locked(_))));
    }
}
