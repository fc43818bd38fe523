//! A look at the commonest words of a text: where they settle its language, nothing else need be asked.
//!
//! Trigrams, which settle the rest, take longer than all other work on an item of a feed.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words of a text that are looked at.
const MOST_WORDS: usize = 250;

/// A text with fewer words is not judged.
const FEWEST_WORDS: usize = 15;

/// So many of a text's words (in per cent) are among the commonest of its language.
const LEAST_SHARE: usize = 22;

/// And so many times (in per cent) as many as among those of any other.
const LEAST_LEAD: usize = 160;

/// And so many of them differ: “on” alone, as often as one likes, is English and Finnish.
const FEWEST_KINDS: usize = 3;

/// Words that every grammar names and no text can do without: articles, prepositions, conjunctions,
/// pronouns, forms of *be* and *have*. Those of similar languages are there so that neither is settled
/// rashly.
const WORDS: &[(&str, &str)] = &[
    (
        "en",
        "the of and to in a is that for was on with as are be at by have it from this has not but they which will \
         were an or his their been had who he she its we would i you more after about",
    ),
    (
        "de",
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er \
         hat dass sie nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur bis \
         mehr durch man sein wurde",
    ),
    (
        "fr",
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son aux \
         cette l d s été ont mais comme ou leur elle nous sa ses à n c",
    ),
    (
        "es",
        "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha este ya entre \
         cuando todo esta ser son también fue había era muy hasta desde está",
    ),
    (
        "it",
        "di e che il la in a per un del è una con non sono da della si i le al dei nel alla anche più come ha lo ma gli \
         delle dal nella questo ai stato essere l d",
    ),
    (
        "pt",
        "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua \
         ou ser quando muito há nos já está também só pelo pela até isso",
    ),
    (
        "nl",
        "de van het een en in is dat op te zijn met voor niet die aan er om ook als dan maar bij of uit nog naar heeft \
         hij ze wordt door over was kan worden",
    ),
    ("af", "die van het in en is dat vir te nie met op n wat aan as sy was ook na by hy deur om"),
    (
        "pl",
        "w i na z się do nie to że o jest za od po jak przez co ale dla są oraz tym jego już być może tego który która \
         było a",
    ),
    (
        "sv",
        "och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när",
    ),
    (
        "da",
        "og i at det er en til på af for med de den der som ikke har et om han men var sig fra vi så kan når blev",
    ),
    (
        "nb",
        "og i at det er en til på av for med de den der som ikke har et om han men var seg fra vi så kan når ble",
    ),
    ("ca", "de la que i el en a les per un del els amb una no és al més com es va dels l d s aquest"),
    ("gl", "de a que e o do da en un para os unha con non se na por máis as dos como mais foi ao das é ten"),
    ("ro", "de și în la a cu pe că din nu este un o pentru care mai sau fost au al ale lui se"),
    ("cs", "a se v na je že to s z do o i ve jako za by pro jsou po ale k podle od které jeho"),
    ("sk", "a sa v na je že to s z do o aj ako za by pre sú po ale k podľa od ktoré jeho"),
    ("hr", "je i u na se da za od su s koji kao iz ne će bi a o što nije"),
    ("sl", "je in v na se da za so s ki tudi pa kot ne bi po iz ob o z"),
    ("ru", "и в не на что с по как это за к его из у от но для он а до её же все о так бы было только вы мы"),
    ("uk", "і в на з що не у до та за для про як це від його й але є було або який він із"),
    ("be", "і ў у на з што не да як па гэта за ад для яго але быў"),
    ("bg", "на и за да се от в са не е че с по като си към това ще"),
    ("sr", "и у је да на се за од са су као који не из ће би а о што"),
    ("mk", "на и во да се од за е со што ги не ќе по кои како"),
];

const _: () = assert!(WORDS.len() <= u32::BITS as usize, "each language has a bit");

/// For each word, the languages that it is common in, a bit each.
static LANGUAGES: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
    let mut languages: HashMap<&str, u32> = HashMap::new();
    for (bit, (_, words)) in WORDS.iter().enumerate() {
        for word in words.split_whitespace() {
            *languages.entry(word).or_default() |= 1 << bit;
        }
    }
    languages
});

/// How often the words of a language occur in a text, and how many of them.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    hits: usize,
    kinds: usize,
}

/// The language that the commonest words of a text belong to; `None` if they do not settle it.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let mut tallies = [Tally::default(); WORDS.len()];
    let mut seen = HashSet::new();
    let mut words = 0;
    let mut lower = String::new();
    let parts = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    for word in parts.take(MOST_WORDS) {
        words += 1;
        lower_into(&mut lower, word);
        let Some((&word, languages)) = LANGUAGES.get_key_value(lower.as_str()) else { continue };
        let is_new = usize::from(seen.insert(word));
        for (_, tally) in tallies.iter_mut().enumerate().filter(|(bit, _)| languages >> bit & 1 == 1) {
            tally.hits += 1;
            tally.kinds += is_new;
        }
    }
    settled(words, &tallies)
}

fn lower_into(lower: &mut String, word: &str) {
    lower.clear();
    if word.is_ascii() {
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(word.chars().flat_map(char::to_lowercase));
    }
}

fn settled(words: usize, tallies: &[Tally]) -> Option<&'static str> {
    let (best, tally) = tallies.iter().enumerate().max_by_key(|(_, tally)| tally.hits)?;
    let others = tallies.iter().enumerate().filter(|(at, _)| *at != best);
    let next = others.map(|(_, tally)| tally.hits).max()?;
    let is_settled = words >= FEWEST_WORDS
        && tally.kinds >= FEWEST_KINDS
        && tally.hits * 100 >= words * LEAST_SHARE
        && tally.hits * 100 >= next * LEAST_LEAD;
    is_settled.then_some(WORDS.get(best)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_settle_a_language_or_nothing() {
        for (text, want) in [
            (
                "The ministers met in Geneva on Tuesday and agreed to continue their talks about the treaty.",
                Some("en"),
            ),
            (
                "Die Minister trafen sich am Dienstag in Genf und wollen die Gespräche über den Vertrag fortsetzen.",
                Some("de"),
            ),
            (
                "Министры встретились во вторник в Женеве, но не договорились о том, как и за что голосовать.",
                Some("ru"),
            ),
            (
                "Міністри зустрілися у Женеві, але не домовилися про те, що було до того, або від кого він це чув.",
                Some("uk"),
            ),
            ("They met.", None),
            (
                "Talo on vanha, koulu on uusi, kirkko on suuri, tori on pieni ja satama on kaukana keskustasta.",
                None,
            ),
            (
                "Pertemuan berlangsung di Jakarta, di Bandung, di Medan, di Surabaya dan terakhir di Makassar pekan ini.",
                None,
            ),
            (
                "A miniszterek kedden Genfben találkoztak, és a tárgyalás is, a megbeszélés is be fog fejeződni a héten.",
                None,
            ),
            (
                "Los ministres se son trobats dimars a Genèva e an decidit de contunhar las discussions sul tractat.",
                None,
            ),
            (
                "De ministers hawwe inoar tiisdei yn Genève moete en it der oer iens wurden dat it oerlis fierder giet.",
                None,
            ),
            (
                "D'Ministere hunn sech en Dënschdeg zu Genf getraff an hunn decidéiert, d'Gespréicher weiderzeféieren.",
                None,
            ),
            (
                "La ministroj renkontiĝis en Ĝenevo kaj decidis daŭrigi la intertraktojn pri la traktato en la nova monato.",
                None,
            ),
            ("Ministrene mødtes i Genève, og de vil ikke tale om det, som de har for sig i den uge.", None),
            (
                "Reuters Geneva Brussels Moscow Washington London Paris Berlin Rome Madrid Lisbon Vienna Oslo Prague Kyiv",
                None,
            ),
        ] {
            assert_eq!(language(text), want, "{text}");
        }
    }
}
