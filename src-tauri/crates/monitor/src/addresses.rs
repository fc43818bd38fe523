//! Mail addresses as people type and paste them.

use lettre::message::Mailbox;

use crate::plans::no_address;

/// Longest list that is taken apart, in bytes: a thousand addresses and more.
const LONGEST_LIST: usize = 100_000;

/// Takes a list apart: `Ann <ann@example.org>, bob@example.org; carl@example.org`, in one line or
/// many. Each comes out as it is kept, or with what is wrong with it.
pub fn read_addresses(text: &str) -> Vec<Result<String, String>> {
    if text.len() > LONGEST_LIST {
        return vec![Err("the list is too long; paste it in parts".to_owned())];
    }
    let mut begin = 0;
    let mut found = Vec::new();
    for end in ends(text) {
        let one = text[begin..end].trim();
        begin = (end + 1).min(text.len());
        if !one.is_empty() {
            found
                .push(one.parse::<Mailbox>().map(|address| address.to_string()).map_err(|_| no_address(one)));
        }
    }
    found
}

/// Where addresses end: at commas, semicolons and line ends outside quotes and angle brackets, and
/// at the end (RFC 5322, 3.2.4 and 3.4). All of these are one byte.
fn ends(text: &str) -> Vec<usize> {
    let (mut is_quoted, mut is_escaped, mut is_angled) = (false, false, false);
    let mut ends = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '\n' | '\r' => {
                (is_quoted, is_angled) = (false, false);
                ends.push(at);
            }
            '"' => is_quoted = !is_quoted,
            '<' if !is_quoted => is_angled = true,
            '>' if !is_quoted => is_angled = false,
            ',' | ';' if !is_quoted && !is_angled => ends.push(at),
            _ => {}
        }
    }
    ends.push(text.len());
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_taken_apart_as_it_is_pasted() {
        for (text, want) in [
            ("ann@example.org", &["ann@example.org"][..]),
            (
                " ann@example.org ;bob@example.org,\ncarl@example.org\r\n",
                &["ann@example.org", "bob@example.org", "carl@example.org"],
            ),
            ("Ann Lee <ann@example.org>, bob@example.org", &["Ann Lee <ann@example.org>", "bob@example.org"]),
            (r#""Lee, Ann; press" <ann@example.org>"#, &[r#""Lee, Ann; press" <ann@example.org>"#]),
            (" ,; ", &[]),
        ] {
            let read: Result<Vec<String>, String> = read_addresses(text).into_iter().collect();
            assert_eq!(read.unwrap(), want, "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_told_apart_from_its_neighbours() {
        let read =
            read_addresses("ann@example.org, ann at example, \"open <bob@example.org>\nétage@example.org");
        assert_eq!(read.len(), 4, "{read:?}");
        assert_eq!(read[0].as_deref(), Ok("ann@example.org"));
        assert!(read[1].as_ref().is_err_and(|words| words.contains("ann at example")), "{read:?}");
        assert!(read[2].is_err(), "an open quote ends with its line: {read:?}");
        assert!(read_addresses(&"a,".repeat(LONGEST_LIST))[0].is_err());
    }
}
