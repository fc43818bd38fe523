use wirewatch_digest::{Material, compose, to_html, to_markdown};

use crate::sample::{Night, article, night, source, templates, topic};

#[test]
fn a_page_holds_hostile_words_as_words() {
    let html = to_html(&compose(&night().material()), &templates()).unwrap();
    assert!(
        !html.contains("<script") && !html.contains("<img") && !html.contains("javascript:alert(1)"),
        "{html}"
    );
    assert!(html.contains("&lt;script&gt;alert(1)"), "the headline is there as text");
    assert!(html.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
    assert!(html.contains("<mark>Russian</mark>") && html.contains("<mark>втручання у вибори</mark>"));
    assert!(
        html.contains(r#"<a href="https://wire.example/news/11" rel="noopener noreferrer">It's Time"#),
        "{html}"
    );
    assert_eq!(html.matches("<svg").count(), 4, "a chart for each topic whose volume is known");
}

#[test]
fn right_to_left_stories_say_so() {
    let mut hebrew = article(1, "כותרת ראשית", "טקסט.", &["Talks"], &[]);
    hebrew.content.language = Some("he".into());
    let night = Night { topics: vec![topic("Talks"), topic("<b>Quiet")], articles: vec![hebrew], ..night() };
    let html = to_html(&compose(&night.material()), &templates()).unwrap();
    assert!(html.contains(r#"<article dir="rtl" lang="he">"#), "{html}");
    assert!(!html.contains("<b>"), "names of topics are text, in lists too");
}

#[test]
fn markdown_reads_like_this() {
    let talks = article(1, "Talks [begin] *now*", "Moscow agreed. Nobody else did.", &["Talks"], &["Moscow"]);
    let night = Night {
        topics: vec![topic("Talks"), topic("Press freedom")],
        articles: vec![crate::sample::copy(&talks, 2, "Herald"), talks],
        sources: vec![source(1, "Down_feed", wirewatch_model::SourceState::Failing, None, "")],
        volume: Vec::new(),
        scanned: 1204,
        ..night()
    };
    insta::assert_snapshot!(to_markdown(&compose(&night.material()), &templates()).unwrap(), @r##"
    # Daily digest

    **Tuesday, 24 November 2026**  
    Mon 23 Nov 2026, 07:30 – Tue 24 Nov 2026, 07:30 (Europe/Berlin)

    **1 story** in 2 articles, out of 1,204 articles that came in.

    > 1 source has gaps: see *What was covered*.

    ## Talks (1 story)

    ### [Talks \[begin\] \*now\*](https://wire.example/news/1)

    Morning Wire · Sun 22 Nov, 23:29

    **Moscow** agreed.

    Also carried by [Herald](https://herald.example/2)

    **Nothing in this period:** Press freedom

    ## What was covered

    - Period: Mon 23 Nov 2026, 07:30 – Tue 24 Nov 2026, 07:30 (Europe/Berlin)
    - Articles that came in: 1,204
    - Articles that matched: 2
    - Sources read: 0 of 1
    - Gap: **Down\_feed** – not checked yet (last read: never)
    "##);
}

#[test]
fn an_empty_digest_says_so_and_keeps_its_ledger() {
    let night = night();
    let digest = compose(&Material { articles: &[], ..night.material() });
    for text in [to_html(&digest, &templates()).unwrap(), to_markdown(&digest, &templates()).unwrap()] {
        assert!(text.contains("Nothing matched in this period."), "{text}");
        assert!(text.contains("What was covered") && text.contains("Ministry press page"), "{text}");
    }
}
