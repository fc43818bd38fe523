//! Text from outside made fit to print, on any output.
//!
//! What is dropped here is either invisible, able to turn a line around (Unicode TR 36), or known to
//! stop a PDF/UA or PDF/A export: a single such character in a single headline would cost the digest.

use crate::Segment;

/// One line of text without anything that must not be printed: blanks folded, ends trimmed.
pub(crate) fn clean(text: &str) -> String {
    let mut line = Line::default();
    text.chars().for_each(|c| line.push(c, false));
    line.into_text()
}

/// True for characters that have no place in a line of print, blanks aside.
pub(crate) fn is_unprintable(c: char) -> bool {
    let code = u32::from(c);
    c.is_control()
        || code & 0xFFFE == 0xFFFE // the last two of each plane are noncharacters
        || matches!(c,
            '\u{AD}'                          // soft hyphen: splits words when text is copied
            | '\u{200B}' | '\u{FEFF}'         // zero-width spaces
            | '\u{202A}'..='\u{202E}'         // bidi embeddings and overrides
            | '\u{2060}'..='\u{206F}'         // word joiner, bidi isolates, deprecated controls
            | '\u{FDD0}'..='\u{FDEF}'         // noncharacters
            | '\u{FFF9}'..='\u{FFFC}'         // interlinear annotation, object replacement
            | '\u{E000}'..='\u{F8FF}'         // private use …
            | '\u{F0000}'..='\u{10FFFF}'      // … and its planes
            | '\u{E0000}'..='\u{E0FFF}') // tags, ideographic variation selectors
}

/// A line that grows by characters and remembers which of them are hits.
#[derive(Default)]
pub(crate) struct Line {
    segments: Vec<Segment>,
    /// A blank was seen, and waits for something to separate.
    blank: Option<bool>,
}

impl Line {
    /// Adds a character, or what is left of it when cleaned.
    pub(crate) fn push(&mut self, c: char, hit: bool) {
        if c.is_whitespace() {
            // The blank between two hits is part of neither unless both sides agree.
            self.blank = Some(self.blank.unwrap_or(true) && hit);
        } else if !is_unprintable(c) {
            if let Some(blank_hit) = self.blank.take()
                && !self.segments.is_empty()
            {
                self.append(' ', blank_hit && hit);
            }
            self.append(c, hit);
        }
    }

    /// The runs, each as long as can be.
    pub(crate) fn into_segments(self) -> Vec<Segment> {
        self.segments
    }

    fn into_text(self) -> String {
        self.segments.into_iter().map(|segment| segment.text).collect()
    }

    fn append(&mut self, c: char, hit: bool) {
        match self.segments.last_mut() {
            Some(last) if last.hit == hit => last.text.push(c),
            _ => self.segments.push(Segment { text: c.into(), hit }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_printed_is_dropped() {
        for (dirty, want, why) in [
            ("  Talks\r\n\tbegin\u{a0} ", "Talks begin", "blanks fold"),
            ("a\u{202e}b\u{2066}c\u{2069}", "abc", "bidi controls"),
            ("a\u{feff}\u{200b}\u{ad}b", "ab", "invisible"),
            ("a\u{fffe}\u{fdd0}\u{1ffff}b", "ab", "noncharacters"),
            ("a\u{e000}\u{f0000}b", "ab", "private use"),
            ("a\0\u{1b}[31mb", "a[31mb", "controls"),
            ("👩\u{200d}🚒 ё й κό", "👩\u{200d}🚒 ё й κό", "joiners and letters stay"),
            ("\u{feff} \n", "", "nothing left"),
        ] {
            assert_eq!(clean(dirty), want, "{why}");
        }
    }

    #[test]
    fn a_blank_is_a_hit_only_inside_one() {
        let mut line = Line::default();
        for (c, hit) in
            [('a', true), (' ', true), ('b', true), (' ', false), ('c', true), (' ', true), ('d', false)]
        {
            line.push(c, hit);
        }
        let shown: Vec<_> = line.into_segments().into_iter().map(|s| (s.text, s.hit)).collect();
        let want = [("a b", true), (" ", false), ("c", true), (" d", false)];
        assert_eq!(shown, want.map(|(text, hit)| (text.to_owned(), hit)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn cleaning_leaves_one_clean_line(text in any::<String>()) {
            let once = clean(&text);
            prop_assert!(!once.chars().any(is_unprintable), "{:?}", once);
            prop_assert_eq!(once.trim(), once.as_str());
            prop_assert!(!once.contains("  ") && !once.contains('\n'));
            prop_assert_eq!(&clean(&once), &once, "cleaning twice changes nothing");
        }
    }
}
