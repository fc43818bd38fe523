//! News of made-up words whose frequencies fall as they do in real ones (Zipf); the same at every run.

use wirewatch_model::ParsedArticle;

/// Words a text: an agency's usual length.
const WORDS: usize = 400;

/// The article of a number.
pub(crate) fn article(number: usize) -> ParsedArticle {
    let mut random = Random(number as u64 + 1);
    let mut sentence = |length: usize| (0..length).map(|_| word(random.zipf())).collect::<Vec<_>>().join(" ");
    let title = format!("{} {number}", sentence(7));
    let mut text = String::new();
    for index in 0..WORDS / 20 {
        text += &sentence(20);
        text += if index % 3 == 2 { ".\n\n" } else { ". " };
    }
    ParsedArticle { title, text, ..ParsedArticle::default() }
}

const SYLLABLES: [&str; 16] =
    ["ba", "ko", "ri", "ven", "tar", "mo", "la", "shi", "dor", "pel", "ka", "nu", "zi", "ger", "sto", "min"];

/// The word of a rank.
pub(crate) fn word(rank: usize) -> String {
    let mut word = String::new();
    let mut rest = rank + 16;
    while rest > 0 {
        word += SYLLABLES[rest % 16];
        rest /= 16;
    }
    word
}

/// SplitMix64 (Steele, Lea, Flood 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A rank below 50,000, rank `r` about `1/r` as often as the first.
    fn zipf(&mut self) -> usize {
        let uniform = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        50_000_f64.powf(uniform) as usize
    }
}
