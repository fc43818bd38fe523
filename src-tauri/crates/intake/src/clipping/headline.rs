//! Which lines are headlines.

use super::credit;
use super::fact::facts;
use crate::block::Block;

/// A headline is no longer.
const LONGEST_TITLE: usize = 200;

/// A first line that can only be a headline: short, no sentence, no fact.
pub(super) fn is_headline(block: &Block) -> bool {
    block.chars() <= LONGEST_TITLE
        && !block.ends_as_sentence()
        && !block.text.contains('\n')
        && facts(&block.text).is_none()
        && !credit::is_credit(block, credit::Place::Head)
}

/// Whether a heading only counts: `3`, `Chapter 3`, `IV.`
pub(super) fn is_chapter(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "chapter",
        "part",
        "section",
        "kapitel",
        "teil",
        "chapitre",
        "capítulo",
        "capitolo",
        "rozdział",
        "глава",
        "часть",
    ];
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.next_if(|word| WORDS.contains(word));
    let is_number = |word: &str| {
        word.chars().all(|c| c.is_ascii_digit())
            || word.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'))
    };
    words.next().is_some_and(is_number) && words.all(|word| word.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_that_only_counts_is_no_headline() {
        for (text, want) in [
            ("3", true),
            ("Chapter 3", true),
            ("IV.", true),
            ("Kapitel 2.1", true),
            ("Chapter", false),
            ("3 dead", false),
            ("1984 revisited", false),
            ("", false),
        ] {
            assert_eq!(is_chapter(text), want, "{text}");
        }
    }
}
