use super::super::draft::Properties;
use super::*;

/// A PDF of pages with these drawing instructions, which declares `count` pages.
pub(super) fn pdf(count: usize, pages: &[&str]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {count} >>"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (page, drawing) in pages.iter().enumerate() {
        let content = format!("BT /F1 12 Tf {drawing} ET");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            5 + 2 * page
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = String::from("%PDF-1.4\n");
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file.push_str(&format!(
        "xref\n0 {size}\n0000000000 65535 f \n{places}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ));
    file.into_bytes()
}

const FIRST: &str = "1 0 0 1 72 500 Tm (They met in Geneva on Tuesday.) Tj";
const SECOND: &str = "1 0 0 1 72 500 Tm (They parted at night.) Tj";

#[test]
fn every_page_is_read_whatever_count_is_declared() {
    for count in [1, 2, 5] {
        let parsed = read(&pdf(count, &[FIRST, SECOND]), &Hint::default());
        let [article] = &parsed.articles[..] else { panic!("{count}: {:?}", parsed.problems) };
        assert!(article.text.contains("Geneva") && article.text.contains("parted"), "{count}: {article:?}");
        assert_eq!(article.problems, [], "{count}");
    }
}

#[test]
fn what_stands_beyond_any_paper_is_no_text() {
    let far =
        format!("{FIRST} 1 0 0 1 72 90000000000000 Tm (Gone) Tj 1 0 0 1 90000000000000 300 Tm (Gone) Tj");
    let parsed = read(&pdf(2, &[&far, SECOND]), &Hint::default());
    let texts: Vec<&str> = parsed.articles.iter().map(|article| article.text.as_str()).collect();
    assert!(texts.len() == 1 && texts[0].contains("Geneva") && !texts[0].contains("Gone"), "{texts:?}");
}

#[test]
fn text_whose_order_cannot_be_trusted_is_refused_in_words() {
    let read = |text: &str| {
        let glyphs: Vec<(f32, char)> = text.chars().map(|c| (72.0, c)).collect();
        let span = pages::Span {
            glyphs,
            logical: true,
            left: 72.0,
            right: 500.0,
            y: 400.0,
            size: 12.0,
            bold: false,
        };
        let page = pages::Spans { spans: vec![span], bottom: 0.0, top: 800.0 };
        let (pages, problems) = (vec![page], Vec::new());
        article(
            Contents { pages, properties: Properties::default(), language: None, problems, scanned: 0 },
            &Hint::default(),
        )
    };
    let forwards = "שלום ימים ארץ קיץ סוף מים ".repeat(3);
    let backwards: String = forwards.chars().rev().collect();
    assert_eq!(read(&forwards).problems, []);
    let refused = read(&backwards);
    assert!(refused.articles.is_empty() && refused.problems[0].message.contains("backwards"), "{refused:?}");
}

#[test]
fn bold_that_is_painted_twice_leaves_room_for_a_space() {
    let twice =
        "/Span << /ActualText (They) >> BDC 1 0 0 1 72 500 Tm (They) Tj 1 0 0 1 98.67 500 Tm (They) Tj EMC";
    let drawing =
        format!("{twice} 1 0 0 1 98.67 500 Tm ( ) Tj 1 0 0 1 102 500 Tm (met in Geneva on Tuesday.) Tj");
    let parsed = read(&pdf(1, &[&drawing]), &Hint::default());
    assert_eq!(parsed.articles[0].text, "They met in Geneva on Tuesday.");
}
