//! Fonts with their code pages, and styles with their meanings: the tables at the head of an RTF file.

use std::collections::HashMap;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};

use super::super::style::Style;

/// The tables of a document.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    code_page: Option<&'static Encoding>,
    fonts: HashMap<u32, Option<&'static Encoding>>,
    styles: HashMap<u32, Style>,
    /// The font of text that names none.
    pub(super) default: u32,
    /// The language of text that names none.
    pub(super) language: Option<String>,
    entry: u32,
    name: String,
}

impl Fonts {
    /// A control word in the font table.
    pub(super) fn word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "f" => self.entry = number.unwrap_or(0).unsigned_abs(),
            "fcharset" => drop(self.fonts.insert(self.entry, number.and_then(of_charset))),
            "cpg" => drop(self.fonts.insert(self.entry, number.and_then(of_code_page))),
            _ => {}
        }
    }

    /// A control word in the style sheet.
    pub(super) fn style_word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "s" | "cs" | "ds" | "ts" => {
                // Only paragraph styles have a meaning; the others must not take their numbers.
                self.entry = if word == "s" { number.unwrap_or(0).unsigned_abs() } else { u32::MAX };
                self.name.clear();
            }
            "outlinelevel" => {
                let level = number.unwrap_or(9).to_string();
                self.styles.entry(self.entry).or_default().outline(&level);
            }
            _ => {}
        }
    }

    /// The name of a style, up to a semicolon.
    pub(super) fn style_text(&mut self, text: &str) {
        let (name, is_whole) = text.split_once(';').map_or((text, false), |(name, _)| (name, true));
        self.name.push_str(name);
        if is_whole {
            let named = Style::named(self.name.trim());
            if named != Style::default() {
                self.styles.insert(self.entry, named);
            }
            self.name.clear();
        }
    }

    /// The meaning of a style.
    pub(super) fn style(&self, number: Option<i32>) -> Style {
        self.styles.get(&number.unwrap_or(0).unsigned_abs()).copied().unwrap_or_default()
    }

    /// The code page of the document.
    pub(super) fn set_code_page(&mut self, number: Option<i32>) {
        self.code_page = number.and_then(of_code_page);
    }

    /// The language of the document, a Windows language id. Office writes 1033 whatever the text
    /// is in, so that one says nothing.
    pub(super) fn set_language(&mut self, number: Option<i32>) {
        self.language = number.filter(|id| *id != 1033).and_then(of_language_id).map(str::to_owned);
    }

    /// Bytes in a font's code page as text.
    pub(super) fn decode(&self, font: Option<u32>, bytes: &[u8]) -> String {
        if bytes.is_ascii() {
            return String::from_utf8_lossy(bytes).into_owned();
        }
        let of_font = self.fonts.get(&font.unwrap_or(self.default)).copied().flatten();
        let encoding = of_font.or(self.code_page).unwrap_or(WINDOWS_1252);
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    }
}

/// `\fcharsetN`; 0 (ANSI), 1 (default) and 2 (symbol) leave it to the document.
fn of_charset(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        77 => MACINTOSH,
        128 => SHIFT_JIS,
        129 | 130 => EUC_KR,
        134 => GBK,
        136 => BIG5,
        161 => WINDOWS_1253,
        162 => WINDOWS_1254,
        163 => WINDOWS_1258,
        177 => WINDOWS_1255,
        178..=180 => WINDOWS_1256,
        186 => WINDOWS_1257,
        204 => WINDOWS_1251,
        222 => WINDOWS_874,
        238 => WINDOWS_1250,
        _ => return None,
    })
}

/// `\ansicpgN`, `\cpgN`.
fn of_code_page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        10000 => MACINTOSH,
        10007 => X_MAC_CYRILLIC,
        65001 => encoding_rs::UTF_8,
        866 => encoding_rs::IBM866,
        1250..=1258 => Encoding::for_label(format!("windows-{number}").as_bytes())?,
        _ => return None,
    })
}

/// Primary languages of Windows (the low ten bits of an id).
fn of_language_id(id: i32) -> Option<&'static str> {
    Some(match id & 0x3ff {
        0x01 => "ar",
        0x02 => "bg",
        0x04 => "zh",
        0x05 => "cs",
        0x06 => "da",
        0x07 => "de",
        0x08 => "el",
        0x09 => "en",
        0x0a => "es",
        0x0b => "fi",
        0x0c => "fr",
        0x0d => "he",
        0x0e => "hu",
        0x10 => "it",
        0x11 => "ja",
        0x12 => "ko",
        0x13 => "nl",
        0x14 => "no",
        0x15 => "pl",
        0x16 => "pt",
        0x18 => "ro",
        0x19 => "ru",
        0x1d => "sv",
        0x1f => "tr",
        0x22 => "uk",
        0x29 => "fa",
        _ => return None,
    })
}
