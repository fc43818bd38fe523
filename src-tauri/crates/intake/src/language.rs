//! The language of an article: declared, checked against the body, or detected.

mod common_words;

use whatlang::{Info, Lang};

/// Shorter bodies are not judged: headlines are guessed wrong too often (one in three measured).
const ENOUGH_CHARS: usize = 80;

/// The longest beginning that is looked at; more does not change the answer.
const SAMPLE_CHARS: usize = 4000;

/// Pairs that detection mixes up, so that a declaration is believed.
const LOOKALIKES: &[&[&str]] = &[
    &["no", "nb", "nn", "da", "sv"],
    &["hr", "sr", "bs", "sl", "mk", "bg"],
    &["ru", "uk", "be", "bg"],
    &["id", "ms", "jv"],
    &["cs", "sk"],
    &["es", "ca", "pt", "gl"],
    &["hi", "mr", "ne"],
];

/// The BCP 47 tag of an article in `text`, given what it declares.
pub(crate) fn of(declared: Option<&str>, text: &str) -> Option<String> {
    let declared = declared.and_then(tag);
    let Some(detected) = detect(text) else { return declared };
    match declared {
        Some(declared) if is_plausible(primary(&declared), detected) => Some(declared),
        _ => Some(detected.to_owned()),
    }
}

/// The detected language; `None` if the text is too short or the guess unsure.
fn detect(text: &str) -> Option<&'static str> {
    let sample = crate::plain::beginning(text, SAMPLE_CHARS);
    sample.chars().nth(ENOUGH_CHARS)?;
    let by_trigrams = || whatlang::detect(sample).filter(Info::is_reliable);
    common_words::language(sample).or_else(|| by_trigrams().map(|info| two_letters(info.lang())))
}

fn is_plausible(declared: &str, detected: &str) -> bool {
    let known = Lang::all().iter().any(|&lang| two_letters(lang) == declared);
    declared == detected
        || !known
        || LOOKALIKES.iter().any(|group| group.contains(&declared) && group.contains(&detected))
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// A declared language in the usual spelling (`en-US`), `None` if it is no tag.
fn tag(declared: &str) -> Option<String> {
    let mut parts = declared.trim().split(['-', '_']);
    let first = parts.next().filter(|part| matches!(part.len(), 2 | 3) && is_alphabetic(part))?;
    let mut tag = first.to_ascii_lowercase();
    for part in parts.take(3) {
        match part.len() {
            2 if is_alphabetic(part) => tag = format!("{tag}-{}", part.to_ascii_uppercase()),
            4 if is_alphabetic(part) => {
                let (initial, rest) = part.split_at(1);
                tag = format!("{tag}-{}{}", initial.to_ascii_uppercase(), rest.to_ascii_lowercase());
            }
            3 if part.bytes().all(|byte| byte.is_ascii_digit()) => tag = format!("{tag}-{part}"),
            _ => break,
        }
    }
    Some(tag)
}

fn is_alphabetic(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The code that news uses: ISO 639-1 where there is one.
fn two_letters(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "The ministers met in Geneva on Tuesday and agreed to continue their talks about the treaty next month.";
    const RUSSIAN: &str = "Министры встретились во вторник в Женеве и договорились продолжить переговоры о договоре в следующем месяце.";

    #[test]
    fn a_declared_language_wins_when_the_text_bears_it_out() {
        for (declared, text, want) in [
            (None, ENGLISH, Some("en")),
            (None, RUSSIAN, Some("ru")),
            (Some("en_us"), ENGLISH, Some("en-US")),
            (Some("de"), ENGLISH, Some("en")),
            (Some("en"), RUSSIAN, Some("ru")),
            (Some("zh-hant-tw"), "短", Some("zh-Hant-TW")),
            (Some("sr"), "", Some("sr")),
            (Some("ga"), ENGLISH, Some("ga")),
            (Some("english!"), "Short.", None),
            (None, "Talks begin", None),
        ] {
            assert_eq!(of(declared, text).as_deref(), want, "{declared:?} {text}");
        }
    }
}
