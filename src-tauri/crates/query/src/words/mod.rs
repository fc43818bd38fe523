//! The one tokenizer, for articles, index and queries alike.
//!
//! The golden cases of the contract, as `text -> folded words`:
//!
//! | text | words | rule |
//! |---|---|---|
//! | `the U.S. and U.S` | the · us · and · us | a run of single letters and dots is one acronym, the last dot optional |
//! | `U.S.-led, U.S.’s` | us · led · us | dashes separate; a possessive is dropped |
//! | `Syria.The` | syria · the | other dots separate, with or without a space |
//! | `Trump/Russia`, `US‑Russia` | trump · russia · us · russia | all dashes and slashes separate |
//! | `US$5bn` | us · 5bn | signs separate |
//! | `O’Brien`, `al-Qa‘ida`, `п'ять` | obrien · al · qaida · пять | other apostrophes vanish inside a word |
//! | `d’élection`, `dell'Italia` | d · election · dell · italia | French and Italian elisions separate |
//! | `AT&T`, `C++` | at&t · c | `&` joins short parts; `+` stays in the surface only |
//! | `1,000`, `3.5` | 1000 · 3.5 | numbers keep their inner dots and lose their thousands' commas |
//! | `Müller`, `Straße`, `Αθήνα` | muller · strasse · αθηνα | Latin and Greek accents are stripped, ß æ ø ł đ folded |
//! | `ёлка`, `йод`, `їжак` | елка · йод · їжак | ё is е; й and ї are letters of their own |
//! | `北京大学` | 北 · 京 · 大 · 学 | Han, kana and the scripts of South-East Asia: one token a character |
//! | `so­ft`, `zero​width` | soft · zerowidth | soft hyphens and zero-width characters vanish |
//!
//! ```
//! use wirewatch_query::{fold, words};
//!
//! let text = "The U.S.-led coalition’s talks";
//! let mut folded = String::new();
//! let mut found = Vec::new();
//! for word in words(text) {
//!     fold(&text[word.start..word.end], &mut folded);
//!     found.push(folded.clone());
//! }
//! assert_eq!(found, ["the", "us", "led", "coalition", "talks"]);
//! ```

mod class;
mod fold;
#[cfg(test)]
mod tests;

use class::Class;
pub(crate) use fold::exact_form;
pub use fold::{capital_mark, fold};

/// Raised whenever [`words`], [`fold`] or [`capital_mark`] changes its answers; a library built
/// with another version re-indexes itself.
pub const WORDS_VERSION: u32 = 1;

/// A word of a text: the byte range of its surface form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// The words of `text`, in order. Ranges never overlap and lie on character boundaries.
pub fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    Words { text, at: 0 }
}

/// French and Italian words that lose their last vowel before another word (folded).
const ELISIONS: [&str; 27] = [
    "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "un", "dell", "all",
    "dall", "nell", "sull", "coll", "quell", "quest", "sant", "anch", "gl", "bell", "cent",
];

/// The longest part that `&` joins: `AT&T`, `PG&E`, `CBS&NBC`, but not `Marks&Spencer`.
const JOINED_PART: usize = 3;

struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if byte.is_ascii_alphanumeric() {
                return Some(self.word(self.at));
            }
            if byte.is_ascii() {
                self.at += 1;
                continue;
            }
            let Some((class, width)) = self.class_at(self.at) else { break };
            match class {
                Class::Letter | Class::Digit => return Some(self.word(self.at)),
                Class::Single => return Some(self.single(self.at, width)),
                Class::Mark | Class::Apostrophe | Class::Ignorable | Class::Other => self.at += width,
            }
        }
        None
    }
}

impl Words<'_> {
    /// The class of the character at byte `at`, and its width in bytes.
    fn class_at(&self, at: usize) -> Option<(Class, usize)> {
        let c = self.text.get(at..)?.chars().next()?;
        Some((class::of(c), c.len_utf8()))
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(b' ')
    }

    fn is_word_at(&self, at: usize) -> bool {
        matches!(self.class_at(at), Some((Class::Letter | Class::Digit | Class::Mark, _)))
    }

    /// A character that is a word of its own, with the marks upon it.
    fn single(&mut self, start: usize, width: usize) -> Word {
        let mut end = start + width;
        while let Some((Class::Mark | Class::Ignorable, width)) = self.class_at(end) {
            end += width;
        }
        self.at = end;
        Word { start, end }
    }

    fn word(&mut self, start: usize) -> Word {
        let end = match self.acronym_end(start) {
            Some(end) => end,
            None => self.run_end(start),
        };
        self.at = end;
        if !self.is_plain_end(end) {
            self.at = self.possessive_end(end).or_else(|| self.elision_end(start, end)).unwrap_or(end);
        }
        Word { start, end }
    }

    /// Whether an ASCII byte that can join nothing to a word stands at `at`: nearly always.
    fn is_plain_end(&self, at: usize) -> bool {
        let byte = self.byte(at);
        byte.is_ascii()
            && !byte.is_ascii_alphanumeric()
            && !matches!(byte, b'\'' | b'`' | b'.' | b',' | b'&' | b'+')
    }

    /// The end of a run of two or more single letters with dots between, if one starts here.
    fn acronym_end(&self, start: usize) -> Option<usize> {
        let may_be = !self.byte(start).is_ascii() || self.byte(start + 1) == b'.';
        if !may_be {
            return None;
        }
        let (mut at, mut letters, mut end) = (start, 0, start);
        while let Some((Class::Letter, width)) = self.class_at(at) {
            let after = at + width;
            if self.byte(after) == b'.' {
                at = after + 1;
                end = at;
            } else if letters > 0 && !self.is_word_at(after) {
                at = after;
                end = after;
            } else {
                break;
            }
            letters += 1;
        }
        (letters >= 2).then_some(end)
    }

    /// The end of the letters, digits and inner signs that start here.
    fn run_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let (mut at, mut end) = (start, start);
        loop {
            while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
                at += 1;
                end = at;
            }
            if self.is_plain_end(at) {
                return end;
            }
            let Some((class, width)) = self.class_at(at) else { return end };
            at += match class {
                Class::Letter | Class::Digit | Class::Mark => {
                    end = at + width;
                    width
                }
                Class::Ignorable => width,
                Class::Apostrophe if self.joins_by_apostrophe(start, end, at) => width,
                Class::Other if self.joins_by_sign(start, at) => width,
                Class::Other if self.byte(at) == b'+' => return self.plus_end(at).unwrap_or(end),
                Class::Apostrophe | Class::Single | Class::Other => return end,
            };
        }
    }

    /// An apostrophe at `at` stays inside the word that runs from `start` to `end`.
    fn joins_by_apostrophe(&self, start: usize, end: usize, at: usize) -> bool {
        matches!(self.after_apostrophe(at), Some((Class::Letter, _)))
            && self.possessive_end(at).is_none()
            && self.elision_end(start, end).is_none()
    }

    /// The class of what follows an apostrophe at `at`, and where; none if there is no apostrophe.
    fn after_apostrophe(&self, at: usize) -> Option<(Class, usize)> {
        let (class, width) = self.class_at(at)?;
        let (next, _) = self.class_at(at + width)?;
        (class == Class::Apostrophe).then_some((next, at + width))
    }

    /// One past a possessive `'s` at `at`.
    fn possessive_end(&self, at: usize) -> Option<usize> {
        let (_, s) = self.after_apostrophe(at)?;
        let ends = self.byte(s).eq_ignore_ascii_case(&b's')
            && !self.is_word_at(s + 1)
            && !matches!(self.after_apostrophe(s + 1), Some((Class::Letter, _)));
        ends.then_some(s + 1)
    }

    /// One past the apostrophe at `end` that parts an elided word from the next.
    fn elision_end(&self, start: usize, end: usize) -> Option<usize> {
        let (next, after) = self.after_apostrophe(end)?;
        let elided = self.text.get(start..end)?;
        let known = ELISIONS.iter().any(|word| word.eq_ignore_ascii_case(elided));
        (known && next == Class::Letter).then_some(after)
    }

    /// A dot, comma or ampersand at `at` stays inside the word that started at `start`.
    fn joins_by_sign(&self, start: usize, at: usize) -> bool {
        let digits = |from: usize| self.ascii_run(from, u8::is_ascii_digit);
        let after_digit = at > start && self.byte(at - 1).is_ascii_digit();
        match self.byte(at) {
            b'.' => after_digit && digits(at + 1) > 0,
            b',' => after_digit && digits(at + 1) == 3 && !self.is_word_at(at + 4),
            b'&' => {
                let before = at - start;
                let after = self.ascii_run(at + 1, u8::is_ascii_alphabetic);
                let short = 1..=JOINED_PART;
                self.ascii_run(start, u8::is_ascii_alphabetic) == before
                    && short.contains(&before)
                    && short.contains(&after)
                    && !self.is_word_at(at + 1 + after)
            }
            _ => false,
        }
    }

    /// How many ASCII characters from `from` on are of a kind.
    fn ascii_run(&self, from: usize, kind: impl Fn(&u8) -> bool) -> usize {
        let bytes = self.text.as_bytes();
        bytes.get(from..).map_or(0, |rest| rest.iter().take_while(|byte| kind(byte)).count())
    }

    /// One past the plus signs at `at` if they end a word, as in `C++`.
    fn plus_end(&self, at: usize) -> Option<usize> {
        let end = at + self.ascii_run(at, |byte| *byte == b'+');
        let after_letter = at > 0 && self.byte(at - 1).is_ascii_alphabetic();
        (after_letter && !self.is_word_at(end)).then_some(end)
    }
}
