//! OpenDocument text (ISO/IEC 26300): `content.xml` and `meta.xml`.
//!
//! Headers and footers stand in `styles.xml` and are left there; notes, comments, deletions kept by
//! change tracking, hidden words, tables of contents and captions are skipped.

mod styles;

use wirewatch_model::ParsedArticle;

use self::styles::Styles;
use super::archive::{Archive, ArchiveError};
use super::draft::{Draft, Properties};
use super::flow::{Flow, Look, Role, is_address};
use super::style::Style;
use super::xml::{attribute, facts, skip};
use crate::markup::{Piece, Pieces, Tag, local, pieces};
use crate::{Hint, clipping, date, entities, plain};

/// Reads an OpenDocument text as one article.
pub(super) fn read(bytes: &[u8], hint: &Hint) -> Result<ParsedArticle, ArchiveError> {
    let mut archive = Archive::open(bytes)?;
    if archive.optional("META-INF/manifest.xml").contains("encryption-data") {
        return Err(ArchiveError::Locked("content.xml".to_owned()));
    }
    let content = archive.text("content.xml")?;
    let styles = Styles::read(&archive.optional("styles.xml"), &content);
    let mut body = Body::new(&styles);
    body.read(&content);
    let mut draft = Draft { article: body.stated, html: body.flow.into_html(), ..Draft::default() };
    draft.language = styles.language.clone();
    draft.properties = properties(&archive.optional("meta.xml"), &mut draft.language);
    Ok(draft.finish(hint))
}

fn properties(xml: &str, language: &mut Option<String>) -> Properties {
    let mut properties = Properties::default();
    let mut last_editor = None;
    for (name, value) in facts(xml) {
        match name.as_str() {
            "title" => properties.title = Some(value),
            "initial-creator" => properties.authors.push(value),
            "creator" => last_editor = Some(value),
            "creation-date" => properties.created = date::parse(&value),
            "date" => properties.modified = date::parse(&value),
            "keyword" => properties.labels.extend(value.split(',').filter_map(plain::some_line)),
            "language" => *language = Some(value),
            _ => {}
        }
    }
    if properties.authors.is_empty() {
        properties.authors.extend(last_editor);
    }
    // Pandoc writes only the last one.
    properties.created = properties.created.or(properties.modified);
    properties
}

/// Elements that are skipped with all that is in them.
const SKIPPED: &[&str] = &[
    "note",
    "annotation",
    "tracked-changes",
    "ruby-text",
    "hidden-text",
    "table-of-content",
    "alphabetical-index",
    "bibliography",
    "illustration-index",
    "table-index",
    "desc",
    "automatic-styles",
    "forms",
    "scripts",
    "font-face-decls",
    "page-number",
    "page-count",
    "sequence",
    "script",
    "number",
    "math",
    "object",
    "object-ole",
    "plugin",
    "sequence-decls",
    "variable-decls",
    "user-field-decls",
    "meta",
    "settings",
    "styles",
    "master-styles",
];

/// Text boxes inside of each other; real documents have two.
const MOST_NESTED: usize = 32;

/// `content.xml` on its way to paragraphs.
struct Body<'a> {
    styles: &'a Styles,
    flow: Flow,
    stated: ParsedArticle,
    paragraphs: Vec<Paragraph>,
    /// Spans that are open, each with the looks of those around it.
    spans: Vec<Look>,
    links: Vec<Option<String>>,
    /// How many list items are open.
    items: usize,
}

/// A paragraph that is open, with the beginning of the one around it.
struct Paragraph {
    style: Style,
    text: String,
    around: String,
}

impl<'a> Body<'a> {
    fn new(styles: &'a Styles) -> Body<'a> {
        Body {
            styles,
            flow: Flow::default(),
            stated: ParsedArticle::default(),
            paragraphs: Vec::new(),
            spans: Vec::new(),
            links: Vec::new(),
            items: 0,
        }
    }

    fn read(&mut self, xml: &str) {
        let mut pieces = pieces(xml);
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Open(tag) => self.open(tag, &mut pieces),
                // Space in XML is one space; more are elements of their own.
                Piece::Text(text) => self.text(&spaced(&entities::decode(text))),
                Piece::CData(text) => self.text(text),
                Piece::Close { name, .. } => self.close(local(name)),
                Piece::Aside(_) => {}
            }
        }
    }

    fn open(&mut self, tag: Tag, pieces: &mut Pieces) {
        match local(tag.name) {
            "p" | "h" if !tag.closed => self.begin_paragraph(tag),
            "title" if tag.name.starts_with("svg") => skip(pieces, tag),
            "span" if !tag.closed => self.begin_span(&tag),
            "a" if !tag.closed => self.links.push(attribute(&tag, "href").filter(|link| is_address(link))),
            "s" => self.spaces(&tag),
            "tab" => self.text("\t"),
            "line-break" => self.flow.line_break(),
            "list-item" | "list-header" if !tag.closed => self.items += 1,
            "table" if tag.name.starts_with("table") && !tag.closed => self.flow.open_table(),
            "table-cell" if !tag.closed => self.flow.begin_cell(),
            "hidden-paragraph" => self.hide(),
            name if SKIPPED.contains(&name) => skip(pieces, tag),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => self.end_paragraph(),
            "span" => drop(self.spans.pop()),
            "a" => drop(self.links.pop()),
            "list-item" | "list-header" => self.items = self.items.saturating_sub(1),
            "table-row" => self.flow.end_row(),
            "table" => self.flow.close_table(),
            _ => {}
        }
    }

    fn begin_paragraph(&mut self, tag: Tag) {
        if self.paragraphs.len() >= MOST_NESTED {
            return;
        }
        let level = (local(tag.name) == "h").then(|| attribute(&tag, "outline-level"));
        let style = match (self.styles.meaning(&tag), level) {
            (Style::Role(Role::Text), Some(level)) => {
                Style::Role(Role::Heading(level.and_then(|level| level.parse().ok()).unwrap_or(1)))
            }
            (Style::Role(Role::Text), None) if self.items > 0 => Style::Role(Role::Item),
            (style, _) => style,
        };
        let around = self.flow.set_aside();
        self.paragraphs.push(Paragraph { style, text: String::new(), around });
    }

    fn end_paragraph(&mut self) {
        let Some(Paragraph { style, text, around }) = self.paragraphs.pop() else { return };
        match style {
            Style::Role(role) => self.flow.end(role),
            Style::Date if date::parse(&text).is_none() => self.flow.end(Role::Text),
            Style::Date => self.stated.published = self.stated.published.or(date::parse(&text)),
            Style::Author => self.stated.authors.extend(clipping::names(&text)),
            Style::Lead => self.stated.lead = self.stated.lead.take().or_else(|| plain::some_line(&text)),
            Style::Skipped => {}
        }
        self.flow.take_up(around);
    }

    fn text(&mut self, text: &str) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        paragraph.text.push_str(text);
        let look = Look {
            link: self.links.last().cloned().flatten(),
            ..self.spans.last().cloned().unwrap_or_default()
        };
        self.flow.text(text, &look);
    }

    fn begin_span(&mut self, tag: &Tag) {
        let mut look = self.styles.look(tag);
        if let Some(around) = self.spans.last() {
            look.bold |= around.bold;
            look.italic |= around.italic;
        }
        self.spans.push(look);
    }

    fn spaces(&mut self, tag: &Tag) {
        let count = attribute(tag, "c").and_then(|count| count.parse().ok()).unwrap_or(1usize);
        self.text(&" ".repeat(count.clamp(1, 100)));
    }

    /// The paragraph around is hidden if its condition says so, and was when the file was saved.
    fn hide(&mut self) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.style = Style::Skipped;
        }
    }
}

/// Runs of white space as one space.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\n' | '\r' if out.ends_with(' ') => {}
            '\t' | '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::archive::tests::archive;
    use super::*;

    const STYLES: &str = "<office:automatic-styles><style:style style:name=\"P1\" style:parent-style-name=\"Title\"/>\
        <style:style style:name=\"T1\"><style:text-properties fo:font-weight=\"bold\"/></style:style>\
        <style:style style:name=\"T2\"><style:text-properties fo:font-weight=\"normal\"/></style:style></office:automatic-styles>";

    fn document(body: &str) -> ParsedArticle {
        let content = format!(
            "<office:document-content>{STYLES}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        );
        let bytes = archive(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", &content),
            (
                "meta.xml",
                "<office:meta><dc:title>Vorlage</dc:title><meta:initial-creator>Jane Roe</meta:initial-creator>\
                 <meta:creation-date>2019-05-14T09:30:00</meta:creation-date></office:meta>",
            ),
        ]);
        read(&bytes, &Hint::named("a.odt")).unwrap()
    }

    #[test]
    fn paragraphs_headings_lists_and_tables_are_read() {
        let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
        let article = document(&format!(
            "<text:p text:style-name=\"P1\">Talks</text:p>\n<text:p>They  met<text:s text:c=\"2\"/>on <text:span text:style-name=\"T1\">Monday</text:span>,\
             <text:line-break/><text:span text:style-name=\"T2\">at</text:span> <text:a xlink:href=\"https://example.org/\">noon</text:a>.</text:p>\
             <text:h text:outline-level=\"1\">After</text:h><text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>\
             <table:table><table:table-row>{}{}</table:table-row></table:table>",
            cell("a"),
            cell("b")
        ));
        assert_eq!(article.title, "Talks");
        assert_eq!(article.text, "They met on Monday,\nat noon.\n\nAfter\n\none\n\na b");
        assert!(
            article.html.contains("<b>Monday</b>") && !article.html.contains("<b>at"),
            "{}",
            article.html
        );
        assert_eq!(article.authors, ["Jane Roe"]);
        assert_eq!(article.published, date::parse("2019-05-14T09:30:00"));
    }

    #[test]
    fn only_what_the_reader_of_a_document_sees_is_text() {
        for (inside, what) in [
            (
                "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>gone</text:p></text:note-body></text:note>",
                "a note",
            ),
            ("<office:annotation><text:p>gone</text:p></office:annotation>", "a comment"),
            ("<text:ruby-text>gone</text:ruby-text>", "a reading"),
            (
                "<draw:frame><svg:title>gone</svg:title><svg:desc>gone</svg:desc></draw:frame>",
                "a picture's words",
            ),
        ] {
            let article = document(&format!(
                "<text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion></text:tracked-changes>\
                 <text:p text:style-name=\"P1\">T</text:p><text:p>They met{inside}.</text:p><text:p text:style-name=\"Illustration\">gone</text:p>"
            ));
            assert_eq!(article.text, "They met.", "{what}");
        }
    }

    #[test]
    fn a_crowd_of_open_spans_keeps_the_look_and_costs_nothing() {
        let spans = "<text:span>a".repeat(30_000);
        let article = document(&format!(
            "<text:p text:style-name=\"P1\">T</text:p><text:p><text:span text:style-name=\"T1\"><text:span text:style-name=\"T2\">{spans}</text:p>"
        ));
        assert_eq!(article.html, format!("<p><b>{}</b></p>", "a".repeat(30_000)));
    }

    #[test]
    fn a_password_is_said_to_be_there() {
        let bytes =
            archive(&[("META-INF/manifest.xml", "<manifest:encryption-data/>"), ("content.xml", "x")]);
        assert_eq!(read(&bytes, &Hint::default()), Err(ArchiveError::Locked("content.xml".into())));
    }
}
