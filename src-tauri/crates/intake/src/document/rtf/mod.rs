//! Rich Text (RTF 1.9.1): groups, control words, and characters in the code page of their font.

mod destination;
mod fonts;
mod lex;
mod properties;

use wirewatch_model::ParsedArticle;

use self::destination::Destination;
use self::fonts::Fonts;
use self::lex::{Token, tokens};
use super::docx::{MOST_NESTED, add_code, hyperlink};
use super::draft::Draft;
use super::flow::{Flow, Look, Role};
use super::style::Style;
use crate::Hint;

/// Groups deeper than this are read as if they were not nested.
const MAX_DEPTH: usize = 400;

/// Reads an RTF document as one article.
pub(super) fn read(bytes: &[u8], hint: &Hint) -> ParsedArticle {
    let mut reader = Reader::default();
    for token in tokens(bytes) {
        reader.take(token);
    }
    reader.flush();
    let article = ParsedArticle::default();
    let properties = reader.properties.properties;
    let language = reader.fonts.language.clone();
    Draft { article, properties, language, html: reader.flow.into_html() }.finish(hint)
}

/// What a group changes and its end takes back.
#[derive(Debug, Clone)]
struct State {
    destination: Destination,
    look: Look,
    hidden: bool,
    /// `None` for the document's default.
    font: Option<u32>,
    /// How many characters stand behind `\u` for programs that know no Unicode.
    fallback: usize,
    /// Where the words of a pair of texts go, of which the first is for programs that know no Unicode.
    instead: Option<Destination>,
}

impl Default for State {
    /// As a document begins.
    fn default() -> State {
        State {
            destination: Destination::Body,
            look: Look::default(),
            hidden: false,
            font: None,
            fallback: 1,
            instead: None,
        }
    }
}

/// An RTF document on its way to paragraphs.
#[derive(Default)]
struct Reader {
    flow: Flow,
    fonts: Fonts,
    properties: properties::Reader,
    state: State,
    groups: Vec<State>,
    /// Groups beyond [`MAX_DEPTH`].
    too_deep: usize,
    /// Bytes in the font's code page that wait for the rest of their character.
    bytes: Vec<u8>,
    /// The first half of a pair of surrogates.
    surrogate: Option<u16>,
    /// Characters that stand for a `\u` before them.
    to_skip: usize,
    /// `\*` was just read.
    is_extension: bool,
    paragraph: Style,
    /// Codes of the fields that are open with the depth of their group.
    fields: Vec<(usize, String)>,
    in_row: bool,
}

impl Reader {
    fn take(&mut self, token: Token) {
        if !matches!(token, Token::Byte(_) | Token::Raw(_)) {
            self.flush();
        }
        match token {
            Token::Open => self.open(),
            Token::Close => self.close(),
            Token::Word(word, number) => self.word(word, number),
            Token::Symbol(b'*') => self.is_extension = true,
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Byte(byte) | Token::Raw(byte) => self.byte(byte),
            Token::Binary => {}
        }
    }

    fn open(&mut self) {
        self.to_skip = 0;
        if self.groups.len() < MAX_DEPTH {
            self.groups.push(self.state.clone());
        } else {
            self.too_deep += 1;
        }
    }

    fn close(&mut self) {
        self.to_skip = 0;
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let before = self.groups.pop().unwrap_or_default();
        if self.state.destination == Destination::Properties && before.destination == Destination::Properties
        {
            self.properties.end();
        }
        while self.fields.last().is_some_and(|(depth, _)| *depth >= self.groups.len()) {
            self.fields.pop();
        }
        self.state = before;
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let is_extension = std::mem::take(&mut self.is_extension);
        if word == "ud"
            && let Some(destination) = self.state.instead.take()
        {
            self.state.destination = destination;
        }
        if self.state.destination == Destination::Skipped || word == "ud" {
            return;
        }
        if self.to_skip > 0 && word != "u" && word != "uc" {
            self.to_skip -= 1;
            return;
        }
        if self.destination(word, is_extension) {
            return;
        }
        match self.state.destination {
            Destination::Fonts => self.fonts.word(word, number),
            Destination::Styles => self.fonts.style_word(word, number),
            Destination::Properties => self.properties.word(word, number),
            _ => {}
        }
        self.character_word(word, number);
        if self.state.destination == Destination::Body {
            self.body_word(word, number);
        }
    }

    /// Words that say where a group goes; whether this was one.
    fn destination(&mut self, word: &str, is_extension: bool) -> bool {
        match word {
            "field" if self.fields.len() < MOST_NESTED => {
                self.fields.push((self.groups.len().saturating_sub(1), String::new()));
            }
            "field" => {}
            "upr" => {
                let before = std::mem::replace(&mut self.state.destination, Destination::Skipped);
                self.state.instead = Some(before);
            }
            _ => match self.state.destination.behind(word, is_extension) {
                Some(destination) => self.state.destination = destination,
                None => return false,
            },
        }
        true
    }

    /// Words that stand for a character or say how characters are written.
    fn character_word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.state.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "ansicpg" => self.fonts.set_code_page(number),
            "mac" => self.fonts.set_code_page(Some(10000)),
            "ansi" | "pc" | "pca" => {}
            "deff" => self.fonts.default = number.unwrap_or(0).unsigned_abs(),
            "deflang" => self.fonts.set_language(number),
            "f" => self.state.font = number.map(i32::unsigned_abs),
            "emdash" => self.text("—"),
            "endash" => self.text("–"),
            "lquote" => self.text("‘"),
            "rquote" => self.text("’"),
            "ldblquote" => self.text("“"),
            "rdblquote" => self.text("”"),
            "bullet" => self.text("•"),
            "emspace" | "enspace" | "qmspace" | "tab" => self.text(" "),
            _ => {}
        }
    }

    fn body_word(&mut self, word: &str, number: Option<i32>) {
        let on = number != Some(0);
        match word {
            "par" | "sect" => self.end_paragraph(),
            "line" | "softline" => self.flow.line_break(),
            "pard" => self.paragraph = Style::default(),
            "s" => self.paragraph = self.fonts.style(number),
            "outlinelevel" => self.paragraph.outline(&number.unwrap_or(9).to_string()),
            "ls" if on => self.paragraph.item(),
            "plain" => (self.state.look, self.state.hidden) = (Look::default(), false),
            "b" => self.state.look.bold = on,
            "i" => self.state.look.italic = on,
            "v" | "deleted" => self.state.hidden = on,
            "trowd" if !self.in_row => self.begin_row(),
            "cell" | "nestcell" => self.end_cell(),
            "row" | "nestrow" => self.end_row(),
            _ => {}
        }
    }

    fn symbol(&mut self, symbol: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return;
        }
        match symbol {
            b'~' => self.text("\u{a0}"),
            b'_' => self.text("\u{2011}"),
            b'\n' | b'\r' => self.word("par", None),
            b'\\' | b'{' | b'}' => self.text(char::from(symbol).encode_utf8(&mut [0; 4])),
            // `\-` is a place where a word may be parted, the rest is for indexes.
            _ => {}
        }
    }

    /// A byte in the code page of its font.
    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else if self.state.destination != Destination::Skipped {
            self.bytes.push(byte);
        }
    }

    /// Decodes the bytes that were read since the last control word.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let text = self.fonts.decode(self.state.font, &bytes);
        self.text(&text);
    }

    /// `\uN`: a UTF-16 unit, written as a signed number.
    fn unicode(&mut self, number: i32) {
        self.to_skip = self.state.fallback;
        let unit = (number & 0xffff) as u16;
        let high = self.surrogate.take();
        if (0xd800..0xdc00).contains(&unit) {
            self.surrogate = Some(unit);
            return;
        }
        let units = high.into_iter().chain([unit]);
        let text: String = char::decode_utf16(units).filter_map(Result::ok).collect();
        self.text(&text);
    }

    fn text(&mut self, text: &str) {
        match self.state.destination {
            Destination::Body if self.state.hidden => {}
            Destination::Body => {
                let link = self.fields.iter().rev().find_map(|(_, code)| hyperlink(code));
                let look = Look { link, ..self.state.look.clone() };
                self.flow.text(text, &look);
            }
            Destination::Properties => self.properties.text(text),
            Destination::FieldCode => {
                if let Some((_, code)) = self.fields.last_mut() {
                    add_code(code, text);
                }
            }
            Destination::Styles => self.fonts.style_text(text),
            Destination::Fonts | Destination::Skipped => {}
        }
    }

    fn end_paragraph(&mut self) {
        match self.paragraph {
            Style::Role(role) => self.flow.end(role),
            Style::Skipped => drop(self.flow.set_aside()),
            Style::Author | Style::Date | Style::Lead => self.flow.end(Role::Text),
        }
    }

    fn begin_row(&mut self) {
        self.in_row = true;
        self.flow.open_table();
        self.flow.begin_cell();
    }

    fn end_cell(&mut self) {
        self.end_paragraph();
        if self.in_row {
            self.flow.begin_cell();
        }
    }

    fn end_row(&mut self) {
        if std::mem::take(&mut self.in_row) {
            self.flow.close_table();
        }
    }
}

#[cfg(test)]
mod tests;
