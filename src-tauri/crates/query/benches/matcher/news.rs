//! Made-up articles and topics.
//!
//! Words follow a power law over a vocabulary of 60,000, with names, acronyms and punctuation, 541
//! words an article. Topics have about fifteen terms, half of them words, the rest phrases,
//! prefixes, acronyms and NEAR. *Broad* topics draw terms from the whole vocabulary; *selective*
//! ones ask for a rarer word first, as topics of people do.

use wirewatch_query::{Expr, Language, NoNames, Query, Use};

const WORDS_AN_ARTICLE: usize = 541;
const VOCABULARY: usize = 60_000;

/// The part of the vocabulary, by rank, that broad topics leave out at the common end.
pub(crate) const BROAD: f64 = 0.25;
/// The same of selective topics.
pub(crate) const SELECTIVE: f64 = 0.82;

/// So many articles, the same every time.
pub(crate) fn articles(count: usize) -> Vec<String> {
    let mut dice = Dice(1);
    (0..count).map(|_| article(&mut dice)).collect()
}

/// So many topics, the same every time, as text.
pub(crate) fn topic_texts(count: usize, common: f64) -> Vec<String> {
    let mut dice = Dice(7);
    (0..count).map(|_| topic(&mut dice, common)).collect()
}

/// A topic of this text, resolved.
pub(crate) fn resolved(text: &str) -> Expr {
    let query = Query::parse(text).expect("a query");
    query.resolve(&NoNames, &[Language::English], Use::Topic).expect("a topic")
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.unit() * bound as f64) as usize
    }
}

/// The word of a rank: common words are short.
fn spelled(rank: usize) -> String {
    const SYLLABLES: [&str; 24] = [
        "ra", "ti", "on", "er", "con", "st", "men", "al", "pre", "si", "dent", "ing", "vo", "te", "lec",
        "mos", "ed", "go", "ver", "ne", "ly", "sanc", "ful", "mi",
    ];
    let mut word = String::new();
    let mut rest = rank + 1;
    while rest > 0 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

/// A rank by a power law: rank n is drawn about 1/n of the time.
fn rank(dice: &mut Dice) -> usize {
    (VOCABULARY as f64).powf(dice.unit()) as usize - 1
}

fn article(dice: &mut Dice) -> String {
    let mut text = String::new();
    for at in 0..WORDS_AN_ARTICLE {
        let word = match dice.below(200) {
            // Three acronyms an article, nearly all of them the United States.
            0 => ["US", "US", "U.S.", "U.S.", "U.S.", "NATO", "EU", "UN"][dice.below(8)].to_owned(),
            1..=10 => capitalised(&spelled(1_000 + rank(dice))),
            _ if at % 20 == 0 => capitalised(&spelled(rank(dice))),
            _ => spelled(rank(dice)),
        };
        text.push_str(&word);
        text.push_str(match at % 20 {
            19 if at % 100 == 99 => ".\n\n",
            19 => ". ",
            9 => ", ",
            5 if dice.below(4) == 0 => "’s ",
            _ => " ",
        });
    }
    text
}

fn capitalised(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// A word of a topic; `rarest` is the part of the vocabulary, by rank, that is left out.
fn topic_word(dice: &mut Dice, common: f64) -> String {
    spelled((VOCABULARY as f64).powf(common + (1.0 - common) * dice.unit()) as usize - 1)
}

fn atom(dice: &mut Dice, common: f64) -> String {
    match dice.below(100) {
        0..25 => topic_word(dice, common),
        25..50 => format!("\"{}\"", topic_word(dice, common)),
        50..70 => format!("\"{} {}\"", topic_word(dice, common), topic_word(dice, 0.1)),
        70..82 => format!("{}*", topic_word(dice, common) + "ti"),
        82..88 if common < SELECTIVE => ["US", "NATO", "EU", "UN"][dice.below(4)].to_owned(),
        82..88 => topic_word(dice, common).to_uppercase(),
        _ => {
            let words = 4 + dice.below(8);
            format!("({} NEAR/{words} {})", topic_word(dice, common), topic_word(dice, common))
        }
    }
}

fn topic(dice: &mut Dice, common: f64) -> String {
    let mut any = |count: usize, common: f64| {
        let atoms: Vec<String> = (0..count).map(|_| atom(dice, common)).collect();
        format!("({})", atoms.join(" OR "))
    };
    format!("{} AND {} AND NOT {}", any(5, common), any(4, 0.25), any(2, 0.25))
}
