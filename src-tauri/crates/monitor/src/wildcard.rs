//! Matching with `*`, for patterns of files and for the rules of `robots.txt`.

/// What a star does not reach over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Everything.
    All,
    /// A slash ends it; two stars reach over it.
    Part,
}

/// Whether a pattern matches a text from beginning to end. Linear in the text times the stars of the
/// pattern: it goes back to the last star only.
pub(crate) fn matches(pattern: &str, text: &str, reach: Reach) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    // For each place of the pattern, whether it can be reached with the text read so far.
    let mut open = vec![false; pattern.len() + 1];
    open[0] = true;
    pass_stars(pattern, &mut open);
    for byte in text {
        let mut next = vec![false; pattern.len() + 1];
        for (place, sign) in pattern.iter().enumerate().filter(|(place, _)| open[*place]) {
            match sign {
                b'*' => {
                    let doubled =
                        pattern.get(place + 1) == Some(&b'*') || (place > 0 && pattern[place - 1] == b'*');
                    if *byte != b'/' || reach == Reach::All || doubled {
                        next[place] = true;
                    }
                }
                b'?' if reach == Reach::Part => next[place + 1] |= *byte != b'/',
                sign => next[place + 1] |= sign == byte,
            }
        }
        pass_stars(pattern, &mut next);
        if !next.contains(&true) {
            return false;
        }
        open = next;
    }
    open[pattern.len()]
}

/// A star may stand for nothing.
fn pass_stars(pattern: &[u8], open: &mut [bool]) {
    for place in 0..pattern.len() {
        if open[place] && pattern[place] == b'*' {
            open[place + 1] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_reach_as_far_as_they_may() {
        for (pattern, text, reach, want) in [
            ("*.log", "a.log", Reach::Part, true),
            ("*.log", "a/b.log", Reach::Part, false),
            ("**.log", "a/b.log", Reach::Part, true),
            ("old/**", "old/a/b", Reach::Part, true),
            ("a/*/b", "a/1/2/b", Reach::Part, false),
            ("a?c", "abc", Reach::Part, true),
            ("/a*c", "/a/b/c", Reach::All, true),
            ("/a", "/ab", Reach::All, false),
            ("", "", Reach::All, true),
            ("*", "", Reach::All, true),
        ] {
            assert_eq!(matches(pattern, text, reach), want, "{pattern} {text}");
        }
    }
}
