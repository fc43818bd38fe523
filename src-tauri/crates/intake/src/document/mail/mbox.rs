//! Mailboxes (RFC 4155 and its relatives): mails one after the other, each behind a `From ` line.

use wirewatch_model::{Problem, ProblemKind};

use super::Mail;
use crate::{Format, Hint, Parsed, read};

/// Mails of one mailbox that are read.
const MOST_MAILS: usize = 20_000;

/// Line ends between a mail's told end and the next `From ` line. There are two at most, of two bytes;
/// a run of thousands would be gone through for every mail that claims to end before it.
const MOST_LINE_ENDS: usize = 4;

/// Whether bytes begin as a mailbox does.
pub(crate) fn begins_as_mailbox(bytes: &[u8]) -> bool {
    is_separator(line_at(bytes, 0))
}

/// Reads every mail of a mailbox.
pub(in crate::document) fn read(bytes: &[u8], hint: &Hint, depth: usize) -> Parsed {
    if !begins_as_mailbox(bytes) {
        return read::refuse(
            Format::Mbox,
            ProblemKind::Broken,
            "it is no mailbox: its first line is not “From ” with an address and a date",
        );
    }
    let mut all = Mail::default();
    let mut mails = split(bytes);
    let mut number = 0;
    while number < MOST_MAILS && !all.is_full() {
        let Some(mail) = mails.next() else { break };
        number += 1;
        let mail = super::read(&unquoted(mail), hint, depth);
        let said =
            |problem: Problem| Problem::new(problem.kind, format!("mail {number}: {}", problem.message));
        all.problems.extend(mail.problems.into_iter().map(said));
        all.add(mail.articles);
    }
    if mails.next().is_some() {
        let message = format!("only the first {number} mails of the mailbox were read; split it");
        all.problems.push(Problem::new(ProblemKind::Incomplete, message));
    }
    super::parsed(all, Format::Mbox)
}

/// The mails of a mailbox, without their `From ` lines.
fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let separator = line_at(bytes, at);
        if separator.is_empty() {
            return None;
        }
        let start = at + separator.len();
        let end = end_of(bytes, start);
        at = end;
        bytes.get(start..end)
    })
}

/// Where the mail that begins at `start` ends: where its Content-Length says, if a mail begins
/// there or nothing follows, else at the next `From ` line behind an empty one.
fn end_of(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    let mut length = None;
    let mut in_head = true;
    let mut after_blank = false;
    while at < bytes.len() {
        let line = line_at(bytes, at);
        if after_blank && !in_head && is_separator(line) {
            return at;
        }
        let is_blank = line.iter().all(|byte| matches!(byte, b'\r' | b'\n'));
        at += line.len();
        if in_head && is_blank {
            in_head = false;
            if let Some(end) = length.and_then(|length| told_end(bytes, at, length)) {
                return end;
            }
        } else if in_head {
            length = length.or(content_length(line));
        }
        after_blank = is_blank;
    }
    bytes.len()
}

/// The end that a Content-Length tells, if it is one.
fn told_end(bytes: &[u8], body: usize, length: usize) -> Option<usize> {
    let told = body.checked_add(length)?;
    let rest = bytes.get(told..)?.iter().take(MOST_LINE_ENDS);
    let end = told + rest.take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    (end == bytes.len() || end > body && is_separator(line_at(bytes, end))).then_some(end)
}

fn content_length(line: &[u8]) -> Option<usize> {
    let line = std::str::from_utf8(line).ok()?;
    let (name, value) = line.split_once(':')?;
    name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
}

/// The line that begins at a place, its end included.
fn line_at(bytes: &[u8], at: usize) -> &[u8] {
    let rest = bytes.get(at..).unwrap_or_default();
    let end = rest.iter().position(|&byte| byte == b'\n').map_or(rest.len(), |end| end + 1);
    rest.get(..end).unwrap_or_default()
}

/// `From address date`: at least a word, then a time of day and a year somewhere behind it.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let rest = String::from_utf8_lossy(rest.get(..rest.len().min(400)).unwrap_or_default());
    let words: Vec<&str> = rest.split_whitespace().skip(1).collect();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let has_time = words.iter().any(|word| word.contains(':') && word.split(':').all(is_number));
    let has_year = words.iter().any(|word| word.len() == 4 && is_number(word));
    has_time && has_year
}

/// A mail with its quoted lines as they were: `>From ` was `From `, `>>From ` was `>From `.
fn unquoted(mail: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(mail.len());
    for line in mail.split_inclusive(|&byte| byte == b'\n') {
        let quoted = line.iter().take_while(|&&byte| byte == b'>').count();
        let is_quoted = quoted > 0 && line.get(quoted..).is_some_and(|rest| rest.starts_with(b"From "));
        out.extend_from_slice(if is_quoted { line.get(1..).unwrap_or_default() } else { line });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str =
        "From jane@example.org Tue May 14 09:30:00 2019\nSubject: One\nFrom: Jane Roe <jane@example.org>\n\n";

    fn titles_and_texts(mailbox: &str) -> Vec<(String, String)> {
        let parsed = read(mailbox.as_bytes(), &Hint::default(), 0);
        assert_eq!(parsed.problems, []);
        parsed.articles.into_iter().map(|article| (article.title, article.text)).collect()
    }

    #[test]
    fn mails_are_parted_at_their_from_lines_only() {
        let mailbox = format!(
            "{FIRST}They met.\n\nFrom Geneva with love.\n\n>From the start.\n\n{}",
            FIRST.replace("One", "Two") + "They parted.\n"
        );
        let want =
            [("One", "They met.\n\nFrom Geneva with love.\n\nFrom the start."), ("Two", "They parted.")];
        assert_eq!(titles_and_texts(&mailbox), want.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn a_content_length_is_believed_where_it_fits() {
        let body = "They met.\n\nFrom x@example.org Tue May 14 09:30:00 2019\nwas quoted.\n";
        for (length, ends, mails) in
            [(body.len(), "\n", 2), (7, "\n", 3), (1_000_000, "\n", 3), (body.len(), "\n\n\n\n\n\n", 3)]
        {
            let first = FIRST.replace("Subject", &format!("Content-Length: {length}\nSubject"));
            let mailbox = format!("{first}{body}{ends}{FIRST}Second.\n");
            assert_eq!(split(mailbox.as_bytes()).count(), mails, "{length} {ends:?}");
        }
    }

    #[test]
    fn a_sentence_that_begins_with_from_is_no_mailbox() {
        assert!(begins_as_mailbox(FIRST.as_bytes()));
        for text in ["From Geneva with little hope\n", "From 9:30 they met in 2019", "From: Jane", ""] {
            assert!(!begins_as_mailbox(text.as_bytes()), "{text}");
        }
    }
}
