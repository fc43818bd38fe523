//! Word documents: Office Open XML (ECMA-376), transitional and strict alike.
//!
//! Read is the main part with its styles and links. Headers, footers, notes and comments stand in
//! parts of their own and are left there; deletions, field codes, hidden words, captions and
//! tables of contents are skipped.

mod styles;

use std::collections::HashMap;

use wirewatch_model::ParsedArticle;

use self::styles::Styles;
use super::archive::{Archive, ArchiveError, resolve};
use super::draft::{Draft, Properties};
use super::flow::{Flow, LONGEST_ADDRESS, Look, Role, is_address};
use super::style::Style;
use super::xml::{attribute, facts, skip};
use crate::markup::{Piece, Pieces, Tag, local, pieces};
use crate::{Hint, clipping, date, entities, plain};

/// Reads a Word document as one article.
pub(super) fn read(bytes: &[u8], hint: &Hint) -> Result<ParsedArticle, ArchiveError> {
    let mut archive = Archive::open(bytes)?;
    let main = main_part(&mut archive);
    let text = archive.text(&main)?;
    if !is_word(&text) {
        return Err(ArchiveError::NotWord);
    }
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let links = links(&archive.optional(&format!("{folder}/_rels/{file}.rels")));
    let styles = Styles::read(&archive.optional(&resolve(&main, "styles.xml")));
    let mut body = Body::new(&styles, &links);
    body.read(&text);
    let mut draft = Draft { article: body.stated, html: body.flow.into_html(), ..Draft::default() };
    draft.language = styles.language.clone();
    draft.properties = properties(&archive.optional("docProps/core.xml"), &mut draft.language);
    Ok(draft.finish(hint))
}

/// Whether a main part is one of Word's: spreadsheets and presentations come in the same packages.
fn is_word(main: &str) -> bool {
    let root =
        pieces(main).find_map(|piece| if let Piece::Open(tag) = piece { Some(tag.name) } else { None });
    root.is_none_or(|name| local(name) == "document")
}

/// Where the text is, by the package's relations.
fn main_part(archive: &mut Archive) -> String {
    let relations = archive.optional("_rels/.rels");
    let target = pieces(&relations).find_map(|piece| match piece {
        Piece::Open(tag) if attribute(&tag, "Type").is_some_and(|kind| kind.ends_with("/officeDocument")) => {
            attribute(&tag, "Target")
        }
        _ => None,
    });
    target.map_or_else(|| "word/document.xml".to_owned(), |target| resolve("", &target))
}

/// The outside targets of a part by their ids.
fn links(relations: &str) -> HashMap<String, String> {
    let mut links = HashMap::new();
    for piece in pieces(relations) {
        let Piece::Open(tag) = piece else { continue };
        if attribute(&tag, "TargetMode").as_deref() != Some("External") {
            continue;
        }
        if let (Some(id), Some(target)) = (attribute(&tag, "Id"), attribute(&tag, "Target"))
            && target.len() <= LONGEST_ADDRESS
        {
            links.insert(id, target);
        }
    }
    links
}

/// Core properties (ECMA-376 part 2, section 11).
fn properties(xml: &str, language: &mut Option<String>) -> Properties {
    let mut properties = Properties::default();
    for (name, value) in facts(xml) {
        match name.as_str() {
            "title" => properties.title = Some(value),
            "creator" => properties.authors = value.split(';').filter_map(plain::some_line).collect(),
            "created" => properties.created = date::parse(&value),
            "modified" => properties.modified = date::parse(&value),
            "keywords" => {
                properties.labels = value.split([',', ';']).filter_map(plain::some_line).collect();
            }
            "language" => *language = Some(value),
            _ => {}
        }
    }
    properties
}

/// Elements that are skipped with all that is in them: deletions, the old place of what was moved,
/// the second form of what newer programs see better, readings above ideographs, and what holds no text.
const SKIPPED: &[&str] = &[
    "del",
    "moveFrom",
    "Fallback",
    "rt",
    "sectPr",
    "tblPr",
    "tblGrid",
    "trPr",
    "tcPr",
    "docPr",
    "delText",
    "delInstrText",
    "pPrChange",
    "object",
    "docPartObj",
];

/// Code and result of a field that is open.
#[derive(Default)]
struct Field {
    code: String,
    in_result: bool,
}

/// The main part on its way to paragraphs.
struct Body<'a> {
    styles: &'a Styles,
    links: &'a HashMap<String, String>,
    flow: Flow,
    stated: ParsedArticle,
    paragraph: Paragraph,
    /// Paragraphs around the present one: it stands in a text box of theirs.
    around: Vec<(Paragraph, String)>,
    fields: Vec<Field>,
    link: Option<String>,
    look: Look,
    hidden: bool,
}

/// Facts of the paragraph in the making.
#[derive(Default)]
struct Paragraph {
    style: Style,
    /// Its text, for the styles that hold a fact.
    text: String,
}

impl<'a> Body<'a> {
    fn new(styles: &'a Styles, links: &'a HashMap<String, String>) -> Body<'a> {
        Body {
            styles,
            links,
            flow: Flow::default(),
            stated: ParsedArticle::default(),
            paragraph: Paragraph::default(),
            around: Vec::new(),
            fields: Vec::new(),
            link: None,
            look: Look::default(),
            hidden: false,
        }
    }

    fn read(&mut self, xml: &str) {
        let mut pieces = pieces(xml);
        let mut in_text = false;
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Open(tag) => {
                    in_text = local(tag.name) == "t" && !tag.closed;
                    self.open(tag, &mut pieces);
                }
                Piece::Text(text) if in_text => self.text(&entities::decode(text)),
                Piece::CData(text) if in_text => self.text(text),
                Piece::Close { name, .. } => {
                    in_text = false;
                    self.close(local(name));
                }
                _ => {}
            }
        }
    }

    fn open(&mut self, tag: Tag, pieces: &mut Pieces) {
        match local(tag.name) {
            "p" => self.begin_paragraph(tag.closed),
            "pStyle" => {
                self.paragraph.style =
                    attribute(&tag, "val").map(|id| self.styles.get(&id)).unwrap_or_default();
            }
            "outlineLvl" => self.paragraph.style.outline(&attribute(&tag, "val").unwrap_or_default()),
            "numPr" => self.paragraph.style.item(),
            "rPr" => self.run_look(tag, pieces),
            "r" => (self.look, self.hidden) = (Look::default(), false),
            "tab" | "ptab" => self.text("\t"),
            "br" if attribute(&tag, "type").is_some_and(|kind| kind != "textWrapping") => {}
            "br" | "cr" => self.flow.line_break(),
            "noBreakHyphen" => self.text("\u{2011}"),
            "sym" => self.symbol(tag),
            "hyperlink" => {
                self.link = attribute(&tag, "id").and_then(|id| self.links.get(&id).cloned());
            }
            "fldChar" => self.field(&attribute(&tag, "fldCharType").unwrap_or_default()),
            "instrText" => self.code(tag, pieces),
            "tbl" => self.flow.open_table(),
            "tc" => self.flow.begin_cell(),
            name if SKIPPED.contains(&name) => skip(pieces, tag),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "tr" => self.flow.end_row(),
            "tbl" => self.flow.close_table(),
            "hyperlink" => self.link = None,
            _ => {}
        }
    }

    fn begin_paragraph(&mut self, is_empty: bool) {
        if is_empty {
            return;
        }
        let outer = std::mem::take(&mut self.paragraph);
        if self.around.len() < MOST_NESTED {
            self.around.push((outer, self.flow.set_aside()));
        }
    }

    fn end_paragraph(&mut self) {
        let Paragraph { style, text } = std::mem::take(&mut self.paragraph);
        match style {
            Style::Skipped => drop(self.flow.set_aside()),
            Style::Author => {
                self.stated.authors.extend(clipping::names(&text));
                self.flow.set_aside();
            }
            Style::Lead => {
                self.stated.lead = self.stated.lead.take().or_else(|| plain::some_line(&text));
                self.flow.set_aside();
            }
            Style::Date if date::parse(&text).is_some() => {
                self.stated.published = self.stated.published.or(date::parse(&text));
                self.flow.set_aside();
            }
            Style::Role(role) => self.flow.end(role),
            Style::Date => self.flow.end(Role::Text),
        }
        if let Some((outer, line)) = self.around.pop() {
            self.paragraph = outer;
            self.flow.take_up(line);
        }
    }

    /// Bold, italic, hidden.
    fn run_look(&mut self, tag: Tag, pieces: &mut Pieces) {
        if tag.closed {
            return;
        }
        while let Some(piece) = pieces.next() {
            match piece {
                // How the run looked before a tracked change.
                Piece::Open(inner) if local(inner.name) == "rPrChange" => skip(pieces, inner),
                Piece::Open(inner) => {
                    let on =
                        !matches!(attribute(&inner, "val").as_deref(), Some("0" | "false" | "off" | "none"));
                    match local(inner.name) {
                        "b" => self.look.bold = on,
                        "i" => self.look.italic = on,
                        "vanish" | "specVanish" => self.hidden = on,
                        _ => {}
                    }
                }
                Piece::Close { name, .. } if name == tag.name => return,
                _ => {}
            }
        }
    }

    fn text(&mut self, text: &str) {
        // Code of a field that has not come to its result.
        if self.hidden || self.fields.iter().any(|field| !field.in_result) {
            return;
        }
        let in_field = self.fields.iter().rev().find_map(|field| hyperlink(&field.code));
        let look = Look { link: self.link.clone().or(in_field), ..self.look.clone() };
        self.paragraph.text.push_str(text);
        self.flow.text(text, &look);
    }

    /// A character of a symbol font: Word stores those of the private use area (F000–F0FF).
    fn symbol(&mut self, tag: Tag) {
        let code = attribute(&tag, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        let is_private = |code: &u32| (0xe000..0xf900).contains(code);
        if let Some(c) = code.filter(|code| !is_private(code)).and_then(char::from_u32) {
            self.text(c.encode_utf8(&mut [0; 4]));
        }
    }

    fn field(&mut self, kind: &str) {
        match kind {
            "begin" if self.fields.len() < MOST_NESTED => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                }
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn code(&mut self, tag: Tag, pieces: &mut Pieces) {
        let code = super::xml::text_of(pieces, tag);
        if let Some(field) = self.fields.last_mut() {
            add_code(&mut field.code, &code);
        }
    }
}

/// Fields and text boxes inside of each other; real documents have two.
pub(super) const MOST_NESTED: usize = 32;

/// The longest code of a field that is kept, in bytes: it is read for every run of the result.
const LONGEST_CODE: usize = 4096;

/// Adds to the code of a field.
pub(super) fn add_code(code: &mut String, more: &str) {
    let room = LONGEST_CODE.saturating_sub(code.len());
    code.push_str(more.get(..more.floor_char_boundary(room)).unwrap_or_default());
}

/// The address in the code of a field: `HYPERLINK "https://example.org" \o "tip"`.
pub(super) fn hyperlink(code: &str) -> Option<String> {
    let rest = code.trim().strip_prefix("HYPERLINK")?.trim_start();
    let address = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    is_address(address).then(|| address.to_owned())
}

#[cfg(test)]
mod tests;
