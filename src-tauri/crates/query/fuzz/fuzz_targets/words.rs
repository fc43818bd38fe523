//! Any text as an article: words and sentences lie inside it, on character boundaries and in
//! order; what is folded folds to itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wirewatch_query::{capital_mark, fold, sentence_at, words};

fuzz_target!(|text: &str| {
    let (mut once, mut twice, mut mark) = (String::new(), String::new(), String::new());
    let mut last = 0;
    for word in words(text) {
        assert!(last <= word.start && word.start < word.end, "words are in order and not empty");
        last = word.end;
        let surface = text.get(word.start..word.end).expect("words lie on character boundaries");
        fold(surface, &mut once);
        assert!(!once.is_empty(), "{surface:?} folds to nothing");
        fold(&once, &mut twice);
        assert_eq!(once, twice, "{surface:?} folded twice");
        if capital_mark(surface, &mut mark) {
            assert!(mark.starts_with('=') && mark.len() > 1);
        }
        let sentence = sentence_at(text, word.start, word.end);
        assert!(text.get(sentence.clone()).is_some(), "{sentence:?} is no place in {text:?}");
        assert!(sentence.start <= word.start && word.end <= sentence.end, "a word lies in its sentence");
    }
});
