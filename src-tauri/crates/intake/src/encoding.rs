//! Bytes to text: which encoding they are in.
//!
//! In this order: byte order mark; UTF-16 by its zero bytes; text that is valid UTF-8 and could
//! hardly be anything else; the HTTP charset; what the document declares in its first kilobyte;
//! a statistical guess. XML served as `text/xml` without charset is US-ASCII to RFC 3023, which no
//! server means, so its own declaration counts.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far into a document its declaration of an encoding is looked for (HTML: the first 1024 bytes).
const DECLARATION_WINDOW: usize = 1024;

/// So many multi-byte characters, all well formed, are UTF-8 whatever a label says: in legacy
/// text a single one is already a rare chance.
const CONVINCING_SEQUENCES: usize = 4;

/// Text with what is known of how it came about.
#[derive(Debug, PartialEq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// The encoding's name.
    pub(crate) encoding: &'static str,
    /// True if some bytes made no sense and stand as replacement characters.
    pub(crate) damaged: bool,
}

/// Decodes a document, given its `Content-Type` header.
pub(crate) fn decode(bytes: &[u8], content_type: Option<&str>) -> Decoded {
    if let Some(text) = utf32(bytes) {
        return text;
    }
    let (encoding, bom) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (choose(bytes, content_type), 0),
    };
    let (text, damaged) = encoding.decode_without_bom_handling(bytes.get(bom..).unwrap_or_default());
    Decoded { text: text.into_owned(), encoding: encoding.name(), damaged }
}

fn choose(bytes: &[u8], content_type: Option<&str>) -> &'static Encoding {
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return encoding;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let sequences = text.chars().filter(|c| !c.is_ascii()).take(CONVINCING_SEQUENCES).count();
        if sequences == CONVINCING_SEQUENCES {
            return UTF_8;
        }
    }
    [content_type.and_then(charset), declared(bytes), Some(UTF_8)]
        .into_iter()
        .flatten()
        .find(|encoding| fits(encoding, bytes))
        .unwrap_or_else(|| guess(bytes))
}

/// Whether the bytes decode without an error. UTF-16 is settled before: a label that says so on
/// bytes without zeros is a leftover of some conversion.
fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    encoding != UTF_16LE
        && encoding != UTF_16BE
        && !encoding.decode_without_bom_handling(bytes).1
        // Latin-1 is what servers say who do not know; every byte string fits it.
        && (encoding != WINDOWS_1252 || guess(bytes).is_single_byte() && !is_cyrillic(guess(bytes)))
}

fn is_cyrillic(encoding: &'static Encoding) -> bool {
    matches!(
        encoding.name(),
        "windows-1251" | "KOI8-U" | "KOI8-R" | "ISO-8859-5" | "IBM866" | "x-mac-cyrillic"
    )
}

/// UTF-32, which no browser reads but some archives hold: by its mark or the zeros around a `<`.
fn utf32(bytes: &[u8]) -> Option<Decoded> {
    let (order, mark): (fn([u8; 4]) -> u32, usize) = match bytes.first_chunk::<4>()? {
        [0xff, 0xfe, 0, 0] => (u32::from_le_bytes, 4),
        [0, 0, 0xfe, 0xff] => (u32::from_be_bytes, 4),
        [b'<', 0, 0, 0] => (u32::from_le_bytes, 0),
        [0, 0, 0, b'<'] => (u32::from_be_bytes, 0),
        _ => return None,
    };
    let units = bytes.get(mark..)?.chunks_exact(4).filter_map(|unit| unit.first_chunk::<4>());
    let character = |unit: &[u8; 4]| char::from_u32(order(*unit)).unwrap_or(char::REPLACEMENT_CHARACTER);
    let text: String = units.map(character).collect();
    let damaged = !bytes.len().is_multiple_of(4) || text.contains(char::REPLACEMENT_CHARACTER);
    Some(Decoded { text, encoding: "UTF-32", damaged })
}

/// UTF-16 without a byte order mark: markup and Western text have a zero in every other byte.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let window = bytes.get(..bytes.len().min(DECLARATION_WINDOW))?;
    let zeros = |parity: usize| window.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), window.len() / 2);
    if half < 2 {
        None
    } else if odd * 10 >= half * 4 && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 10 >= half * 4 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The charset parameter of a `Content-Type` header.
fn charset(content_type: &str) -> Option<&'static Encoding> {
    label_after(content_type, "charset")
}

/// What the document says of itself: an XML declaration or a `meta` element.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let window = bytes.get(..bytes.len().min(DECLARATION_WINDOW))?;
    let head: String =
        window.iter().map(|&byte| if byte.is_ascii() { char::from(byte) } else { ' ' }).collect();
    if head.trim_start().starts_with("<?xml") {
        let declaration = head.split("?>").next()?;
        if let Some(encoding) = label_after(declaration, "encoding") {
            return Some(encoding);
        }
    }
    let lower = head.to_ascii_lowercase();
    lower.split("<meta").skip(1).find_map(|meta| label_after(meta.split('>').next()?, "charset"))
}

/// The encoding named after `key`, `=` and perhaps a quote.
fn label_after(text: &str, key: &str) -> Option<&'static Encoding> {
    let at = text.to_ascii_lowercase().find(key)? + key.len();
    let value = text.get(at..)?.trim_start().strip_prefix('=')?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    let label = value.split(|c: char| c.is_whitespace() || "\"';,>/?".contains(c)).next()?;
    Encoding::for_label(label.as_bytes())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_KR, KOI8_R, SHIFT_JIS, WINDOWS_1251};

    use super::*;

    const RUSSIAN: &str = "Переговоры в Женеве продолжались до позднего вечера и закончились ничем.";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    fn utf32_of(text: &str, order: fn(u32) -> [u8; 4]) -> Vec<u8> {
        text.chars().flat_map(|c| order(u32::from(c))).collect()
    }

    fn in_encoding(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    #[test]
    fn text_is_read_in_the_encoding_it_was_written_in() {
        let xml = |label: &str| format!("<?xml version=\"1.0\" encoding=\"{label}\"?><rss>{RUSSIAN}</rss>");
        let html = format!("<html><head><meta charset=\"windows-1251\"></head>{RUSSIAN}</html>");
        let bom = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let cases: Vec<(&str, Vec<u8>, Option<&str>, String)> = vec![
            ("utf-8", RUSSIAN.into(), None, RUSSIAN.into()),
            ("utf-8 labelled latin-1", RUSSIAN.into(), Some("text/html; charset=iso-8859-1"), RUSSIAN.into()),
            ("utf-8 with mark", bom(b"\xef\xbb\xbf", RUSSIAN.into()), None, RUSSIAN.into()),
            ("utf-16le with mark", bom(b"\xff\xfe", utf16(RUSSIAN, false)), None, RUSSIAN.into()),
            ("utf-16be with mark", bom(b"\xfe\xff", utf16(RUSSIAN, true)), None, RUSSIAN.into()),
            ("utf-16be, bare", utf16(&xml("utf-16"), true), None, xml("utf-16")),
            ("utf-16le, bare", utf16(&xml("utf-16"), false), None, xml("utf-16")),
            (
                "utf-32le with mark",
                bom(b"\xff\xfe\0\0", utf32_of(RUSSIAN, u32::to_le_bytes)),
                None,
                RUSSIAN.into(),
            ),
            (
                "utf-32be with mark",
                bom(b"\0\0\xfe\xff", utf32_of(RUSSIAN, u32::to_be_bytes)),
                None,
                RUSSIAN.into(),
            ),
            ("utf-32le, bare", utf32_of(&xml("utf-32"), u32::to_le_bytes), None, xml("utf-32")),
            ("utf-32be, bare", utf32_of(&xml("utf-32"), u32::to_be_bytes), None, xml("utf-32")),
            ("windows-1251 guessed", in_encoding(WINDOWS_1251, RUSSIAN), None, RUSSIAN.into()),
            ("koi8-r guessed", in_encoding(KOI8_R, RUSSIAN), None, RUSSIAN.into()),
            ("koi8-r by header", in_encoding(KOI8_R, "Да"), Some("text/plain; charset=KOI8-R"), "Да".into()),
            (
                "windows-1251 by declaration",
                in_encoding(WINDOWS_1251, &xml("windows-1251")),
                Some("text/xml"),
                xml("windows-1251"),
            ),
            ("windows-1251 by meta", in_encoding(WINDOWS_1251, &html), Some("text/html"), html.clone()),
            (
                "windows-1251 labelled latin-1",
                in_encoding(WINDOWS_1251, RUSSIAN),
                Some("text/html; charset=iso-8859-1"),
                RUSSIAN.into(),
            ),
            ("a false utf-16 label", xml("utf-16").into(), None, xml("utf-16")),
            ("a false utf-8 label", in_encoding(WINDOWS_1251, &xml("utf-8")), None, xml("utf-8")),
            (
                "shift_jis guessed",
                in_encoding(SHIFT_JIS, "首相は記者会見で交渉の再開を発表した。"),
                None,
                "首相は記者会見で交渉の再開を発表した。".into(),
            ),
            (
                "euc-kr guessed",
                in_encoding(EUC_KR, "대통령은 기자회견에서 협상 재개를 발표했다."),
                None,
                "대통령은 기자회견에서 협상 재개를 발표했다.".into(),
            ),
            ("latin-1 by header", b"caf\xe9".to_vec(), Some("text/html; charset=iso-8859-1"), "café".into()),
        ];
        for (name, bytes, content_type, want) in cases {
            let decoded = decode(&bytes, content_type);
            assert_eq!(decoded.text, want, "{name}: taken for {}", decoded.encoding);
            assert!(!decoded.damaged, "{name}");
        }
    }

    #[test]
    fn damage_is_noticed() {
        assert!(decode(b"\xef\xbb\xbfabc\xff", None).damaged, "an invalid byte after a UTF-8 mark");
    }
}
