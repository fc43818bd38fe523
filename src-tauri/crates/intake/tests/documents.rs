//! Documents as LibreOffice, pandoc and typst write them, and damaged ones.

use proptest::prelude::*;
use wirewatch_intake::{Format, Hint, parse};

/// Name, bytes, the text that they were made from.
type Fixture = (&'static str, Format, &'static [u8], &'static str);

macro_rules! fixture {
    ($name:literal, $format:ident, $text:literal) => {
        (
            $name,
            Format::$format,
            include_bytes!(concat!("fixtures/documents/", $name)),
            include_str!(concat!("fixtures/documents/", $text)),
        )
    };
}

const FIXTURES: &[Fixture] = &[
    fixture!("de.columns.pdf", Pdf, "de.txt"),
    fixture!("ar.lo.pdf", Pdf, "ar.txt"),
    fixture!("fr.lo.pdf", Pdf, "fr.txt"),
    fixture!("pl.pandoc.docx", Docx, "pl.txt"),
    fixture!("ru.pandoc.odt", Odt, "ru.txt"),
    fixture!("el.pandoc.epub", Epub, "el.txt"),
    fixture!("en.pandoc.rtf", Rtf, "en.txt"),
];

const TITLES: &[&str] = &[
    "Neuenfurt rettet seine Brücke",
    "برنامج جديد لحماية النخيل",
    "Un plan pour les vergers de montagne",
    "Młyn nad rzeką znowu stanie",
    "Пристани на реке восстановят",
    "Το εργοστάσιο γίνεται κέντρο ερευνών",
    "Halden port opens its gates again",
];

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

#[test]
fn documents_give_the_words_that_they_were_made_from() {
    for ((name, format, bytes, text), title) in FIXTURES.iter().zip(TITLES) {
        let parsed = parse(bytes, &Hint::default());
        assert_eq!(parsed.format, *format, "{name} is known without its name");
        assert_eq!(parsed.problems, [], "{name}");
        let [article] = &parsed.articles[..] else { panic!("{name}: {} articles", parsed.articles.len()) };
        assert_eq!(article.title, *title, "{name}");
        assert_eq!(words(&article.text), words(text), "{name}");
        assert_eq!(article.language.as_deref().map(|tag| &tag[..2]), name.get(..2), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_damaged_document_panics(
        which in 0..FIXTURES.len(),
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0..40_usize), 1..12),
    ) {
        let (name, _, bytes, _) = FIXTURES[which];
        let mut bytes = bytes.to_vec();
        for (at, byte, cut) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let end = (at + cut).min(bytes.len());
            bytes.drain(at..end);
        }
        let parsed = parse(&bytes, &Hint::named(name));
        prop_assert!(!parsed.articles.is_empty() || !parsed.problems.is_empty(), "silence");
    }

    #[test]
    fn no_bytes_under_the_name_of_a_document_panic(
        head in prop::sample::select(vec!["", "%PDF-1.7\n", "PK\u{3}\u{4}", "{\\rtf1 ", "From a 1:1 2019\n", "Subject: a\n\n"]),
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        name in "a\\.(pdf|docx|odt|epub|rtf|eml|mbox|mht)",
    ) {
        let parsed = parse(&[head.as_bytes(), &bytes].concat(), &Hint::named(&name));
        prop_assert!(!parsed.articles.is_empty() || !parsed.problems.is_empty(), "silence");
    }
}
