//! The golden cases of the contract.

use proptest::prelude::*;

use super::{capital_mark, exact_form, fold, words};

fn folded(text: &str) -> Vec<String> {
    let mut form = String::new();
    let fold_word = |word: super::Word| {
        fold(&text[word.start..word.end], &mut form);
        form.clone()
    };
    words(text).map(fold_word).collect()
}

#[test]
fn golden_cases_hold() {
    let cases: &[(&str, &str)] = &[
        ("the U.S. and U.S", "the us and us"),
        ("U.S.A., U.S.-led", "usa us led"),
        ("He left the U.S.", "he left the us"),
        ("He left the U.S.Senate", "he left the us senate"),
        ("U.S.'s U.S’s", "us us"),
        ("US$5bn", "us 5bn"),
        ("Trump's Russia’s TRUMP'S", "trump russia trump"),
        ("countries' boss's", "countries boss"),
        ("O’Brien O'Brien's don't", "obrien obrien dont"),
        ("al-Qa‘ida al-Qa`ida", "al qaida al qaida"),
        ("AT&T's Q&A Marks&Spencer", "at&t q&a marks spencer"),
        ("C++ LGBT+ 1+1", "c lgbt 1 1"),
        (
            "l’élection d'élection qu’il jusqu'ici aujourd’hui",
            "l election d election qu il jusqu ici aujourdhui",
        ),
        ("dell’Italia all'estero un’altra", "dell italia all estero un altra"),
        ("п'ять п’ять пʼять", "пять пять пять"),
        ("российско-американских", "российско американских"),
        ("US-Außenminister", "us aussenminister"),
        ("a\u{a0}b\u{202f}c", "a b c"),
        ("zero\u{200b}width so\u{ad}ft \u{feff}bom", "zerowidth soft bom"),
        ("US\u{2011}Russia US–Russia US—Russia US−Russia", "us russia us russia us russia us russia"),
        ("Trump/Russia", "trump russia"),
        ("Syria.The end", "syria the end"),
        ("J.Smith J. Smith J.R.R. Tolkien", "j smith j smith jrr tolkien"),
        ("В.В.Путин и т.д. 2016 г.", "вв путин и тд 2016 г"),
        ("1,000 1,000,000 3.5 2016,2017 1,5", "1000 1000000 3.5 2016 2017 1 5"),
        ("北京大学 カタカナ", "北 京 大 学 カ タ カ ナ"),
        ("2019年5月", "2019 年 5 月"),
        ("اَلْعَرَبِيَّة", "العربية"),
        ("العـــربية", "العربية"),
        ("שָׁלוֹם צה״ל", "שלום צהל"),
        ("Αθήνα ΑΘΗΝΑΣ ΐ", "αθηνα αθηνασ ι"),
        ("Ёлка ёлка йод Йод їжак Їжак", "елка елка йод йод їжак їжак"),
        ("и\u{306} е\u{308} за\u{301}мок", "й е замок"),
        ("Müller Mu\u{308}ller Łódź Đoković Ærø Œuvre", "muller muller lodz dokovic aero oeuvre"),
        ("İstanbul ıstanbul", "istanbul istanbul"),
        ("ﬁnance ＵＳ", "finance us"),
        ("한국어 단어", "한국어 단어"),
        ("ไทย", "ไ ท ย"),
        ("हिन्दी", "हिन्दी"),
        ("snake_case e-mail@example.com", "snake case e mail example com"),
        ("'quoted' ‘quoted’ \"quoted\"", "quoted quoted quoted"),
        ("", ""),
        ("'s ’ . & + \u{301}\u{640}", "s"),
    ];
    for (text, expected) in cases {
        assert_eq!(folded(text).join(" "), *expected, "the words of {text:?}");
    }
}

#[test]
fn surfaces_leave_possessives_out_and_keep_dots_in() {
    let text = "Trump's U.S. AT&T, C++";
    let surfaces: Vec<&str> = words(text).map(|word| &text[word.start..word.end]).collect();
    assert_eq!(surfaces, ["Trump", "U.S.", "AT&T", "C++"]);
}

#[test]
fn exact_forms_keep_case_and_accents() {
    let mut form = String::new();
    for (surface, expected) in [
        ("U.S.", "US"),
        ("O’Brien", "OBrien"),
        ("AT&T", "AT&T"),
        ("C++", "C++"),
        ("É\u{ad}lu", "Élu"),
        ("1,000", "1000"),
    ] {
        exact_form(surface, &mut form);
        assert_eq!(form, expected, "the exact form of {surface:?}");
    }
}

#[test]
fn two_capitals_make_a_mark() {
    let mut mark = String::new();
    for (surface, expected) in [("US", "=US"), ("U.S.", "=US"), ("iPhone", ""), ("McDonald", "=McDonald")] {
        let made = capital_mark(surface, &mut mark);
        assert_eq!((made, mark.as_str()), (!expected.is_empty(), expected), "the mark of {surface:?}");
    }
    assert!(capital_mark("LGBT+", &mut mark) && mark == "=LGBT", "plus signs are no part of a mark");
}

proptest! {
    #[test]
    fn words_lie_inside_any_text_in_order(text in any::<String>()) {
        let mut last = 0;
        for word in words(&text) {
            prop_assert!(last <= word.start && word.start < word.end, "words are in order and not empty");
            prop_assert!(text.get(word.start..word.end).is_some(), "words lie on character boundaries");
            last = word.end;
        }
    }

    #[test]
    fn folding_leaves_something_and_is_idempotent(text in "[a-zA-Zé-ÿĀ-ɏ\u{300}-\u{36f}α-ωΆ-Ώа-яЀ-Џ\u{640}-\u{65f}א-ת0-9.,'’&+\u{ad}北ไ\u{e31}ﬁＵ]{0,12}") {
        let (mut once, mut twice) = (String::new(), String::new());
        for word in words(&text) {
            fold(&text[word.start..word.end], &mut once);
            prop_assert!(!once.is_empty(), "{:?} folds to nothing", &text[word.start..word.end]);
            fold(&once, &mut twice);
            prop_assert_eq!(&once, &twice);
        }
    }
}
