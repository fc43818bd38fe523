//! The frame that IPTC 7901 and ANPA 1312 share: SOH head STX text ETX trailer EOT.
//!
//! Lines may carry SYN bytes before and DEL bytes behind a message; several messages may follow
//! each other in one file.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use wirewatch_model::{Problem, ProblemKind};

use super::{Wire, anpa, iptc7901};
use crate::Hint;
use crate::format::Format;

const SOH: char = '\u{1}';
const STX: char = '\u{2}';
const ETX: char = '\u{3}';
const EOT: char = '\u{4}';

/// Bytes that fill a line before a message begins: NUL, SYN, DEL and white space.
const FILLERS: &[u8] = b"\0\x16\x7f \t\r\n";

/// A head is two or three lines; a text that does not begin after so many bytes is none.
const LONGEST_HEAD: usize = 2048;

/// Most messages of one file that are read.
const MOST_MESSAGES: usize = 10_000;

/// One message, its control characters removed.
#[derive(Debug, PartialEq)]
pub(super) struct Message<'a> {
    /// From SOH to STX.
    pub(super) head: &'a str,
    /// From STX to ETX.
    pub(super) text: &'a str,
    /// Behind ETX.
    pub(super) trailer: &'a str,
    /// False if the message broke off before ETX.
    pub(super) whole: bool,
}

/// Which teletype format bytes are, if any.
pub(crate) fn sniff(bytes: &[u8]) -> Option<Format> {
    let start = bytes.iter().position(|byte| !FILLERS.contains(byte))?;
    let message = bytes.get(start..).filter(|rest| rest.first() == Some(&1))?;
    let window = message.get(..message.len().min(LONGEST_HEAD))?;
    let head = window.get(..window.iter().position(|&byte| byte == 2)?)?;
    // ANPA parts its head with US, and says in its second line how the text is set (DC3, DC4).
    let is_anpa = head.iter().any(|byte| matches!(byte, 0x1f | 0x13 | 0x14));
    Some(if is_anpa { Format::Anpa1312 } else { Format::Iptc7901 })
}

/// Reads every message.
pub(super) fn read(bytes: &[u8], format: Format, hint: &Hint) -> Wire {
    let text = decode(bytes);
    let found = messages(&text);
    if found.is_empty() {
        let why = "there is no message in it: none begins with the control characters SOH and STX";
        return Wire { problems: vec![Problem::new(ProblemKind::Broken, why)], ..Wire::default() };
    }
    if format == Format::Anpa1312 { anpa::read(&found, hint) } else { iptc7901::read(&found, hint) }
}

/// UTF-8 if it is that without a fault, as dpa sends; else windows-1252, which holds Latin-1.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

fn messages(text: &str) -> Vec<Message<'_>> {
    text.split(SOH).skip(1).filter_map(message).take(MOST_MESSAGES).collect()
}

fn message(text: &str) -> Option<Message<'_>> {
    let (head, rest) = text.split_once(STX)?;
    let whole = rest.contains(ETX);
    // Some senders put EOT where ETX belongs.
    let (text, trailer) = rest.split_once([ETX, EOT]).unwrap_or((rest, ""));
    let trailer = trailer.split([EOT, '\u{7f}']).next().unwrap_or_default();
    Some(Message { head, text, trailer: trailer.trim(), whole })
}

/// The problem of a message that broke off.
pub(super) fn cut_off() -> Problem {
    Problem::new(ProblemKind::Incomplete, "the message broke off before its end; the rest is missing")
}

/// Lines of a text without control characters and trailing white space.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.split('\n')
        .map(|line| {
            line.chars().filter(|&c| c == '\t' || !c.is_control()).collect::<String>().trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_by_their_control_characters() {
        for (bytes, want) in [
            (&b"\x16\x16\x01abc0001 3 pl 12\r\n\r\n\x02text\x03"[..], Some(Format::Iptc7901)),
            (
                b"\x16\x16\x01a0001\x1fap\r\nr i\x13\x11 bc-x 05-14 0012\r\n\x02^x<\x03",
                Some(Format::Anpa1312),
            ),
            (b"\0\r\n\x01abc0001 3 pl\r\n\x02", Some(Format::Iptc7901)),
            (b"\x01no text", None),
            (b"plain text", None),
            (b"", None),
        ] {
            assert_eq!(sniff(bytes), want, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_file_may_hold_several_messages_and_break_off() {
        let found = messages("\u{16}\u{1}h1\u{2}t1\u{3}f1\u{4}\u{16}\u{1}h2\u{2}t2");
        let texts: Vec<(&str, &str, bool)> =
            found.iter().map(|one| (one.text, one.trailer, one.whole)).collect();
        assert_eq!(texts, [("t1", "f1", true), ("t2", "", false)]);
    }

    #[test]
    fn utf8_is_tried_before_windows_1252() {
        for (bytes, want) in [(&b"Gr\xc3\xbcne"[..], "Grüne"), (b"Gr\xfcne \x96 ja", "Grüne – ja")] {
            assert_eq!(decode(bytes), want);
        }
    }
}
