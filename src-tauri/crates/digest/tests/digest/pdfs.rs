use proptest::prelude::*;
use wirewatch_digest::{Digest, Link, Material, compose, job_for_pdf, pdf_from_job, to_pdf};

use crate::sample::{night, templates};

fn holds(pdf: &[u8], needle: &str) -> bool {
    pdf.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn a_pdf_is_tagged_archivable_and_the_same_each_time() {
    let digest = compose(&night().material());
    let pdf = to_pdf(&digest, &templates()).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"));
    for (needle, why) in [
        ("/StructTreeRoot", "tags"),
        ("/Marked true", "tags"),
        ("pdfuaid:part", "PDF/UA"),
        ("pdfaid:part", "PDF/A"),
        ("/Outlines", "an outline"),
    ] {
        assert!(holds(&pdf, needle), "{why}: {needle}");
    }
    assert_eq!(pdf, to_pdf(&digest, &templates()).unwrap(), "same input, same bytes");
    assert_eq!(
        pdf,
        pdf_from_job(&job_for_pdf(&digest, &templates())).unwrap(),
        "a child process makes the same"
    );
}

#[test]
fn what_is_no_digest_is_no_pdf() {
    assert!(pdf_from_job(b"{}").is_err());
}

#[test]
fn an_empty_digest_is_a_pdf_too() {
    let night = night();
    for material in [
        Material { articles: &[], ..night.material() },
        Material { topics: &[], sources: &[], ..night.material() },
    ] {
        assert!(holds(&to_pdf(&compose(&material), &templates()).unwrap(), "pdfaid:part"));
    }
}

/// The sample with this in every place that an article, a topic or a source can fill.
fn filled_with(text: &str) -> Digest {
    let mut digest = compose(&night().material());
    digest.title = text.into();
    for chapter in &mut digest.chapters {
        chapter.name = text.into();
        for story in &mut chapter.stories {
            story.headline = text.into();
            story.outlet = text.into();
            story.language = Some(text.into());
            story.summary.iter_mut().for_each(|run| run.text = text.into());
            story.also.iter_mut().for_each(|carrier| carrier.outlet = text.into());
            story.link = Link::new(&format!("https://example.org/{text}"));
        }
    }
    digest.coverage.gaps.iter_mut().for_each(|gap| gap.reason = text.into());
    digest
}

#[test]
fn no_character_costs_a_standard() {
    for (text, why) in [
        ("", "nothing at all"),
        ("\u{feff}\u{fffe}\u{ffff}\u{e000}\u{f8ff}", "nothing left"),
        ("བོད་ ᚠᚢᚦ 𓀀 \u{10ffff} ₽ ₸", "scripts that few fonts have"),
        ("עִבְרִית العربية 日本語 한국어 👩\u{200d}🚒🇺🇦", "scripts that we do not bring"),
        ("a\u{5b0} б\u{5b0} \u{301} \u{20e3} \u{1ab0}", "marks on letters of other scripts"),
        ("#panic(\"x\") $x$ = *b* _i_ `c` <l> @r \\ // /* [", "the typesetter's own signs"),
        ("\u{202e}\u{2066}\0\u{1b}\r\n\t", "controls"),
    ] {
        let pdf = to_pdf(&filled_with(text), &templates()).unwrap_or_else(|error| panic!("{why}: {error}"));
        assert!(holds(&pdf, "pdfuaid:part") && holds(&pdf, "pdfaid:part"), "{why}: {text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn no_headline_stops_the_pdf(text in proptest::collection::vec(any::<char>(), 0..40)) {
        let text: String = text.into_iter().collect();
        let pdf = to_pdf(&filled_with(&text), &templates());
        prop_assert!(pdf.is_ok(), "{text:?}: {:?}", pdf.err());
    }
}
