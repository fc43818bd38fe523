use super::super::archive::tests::archive;
use super::*;

const STYLES: &str = r#"<w:styles><w:docDefaults><w:lang w:val="de-DE"/></w:docDefaults>
    <w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
    <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
    <w:style w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
    <w:style w:styleId="Zwischen"><w:name w:val="Zwischentitel"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>"#;

fn document(body: &str) -> ParsedArticle {
    let bytes = archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>")),
        ("word/styles.xml", STYLES),
        (
            "word/_rels/document.xml.rels",
            r#"<Relationships><Relationship Id="r1" Target="https://example.org/a" TargetMode="External"/></Relationships>"#,
        ),
        (
            "docProps/core.xml",
            "<cp:coreProperties><dc:title>Template</dc:title><dc:creator>Jane Roe;John Doe</dc:creator>\
             <dcterms:created>2019-05-14T09:30:00Z</dcterms:created>\
             <dcterms:modified>2019-05-15T09:30:00Z</dcterms:modified></cp:coreProperties>",
        ),
    ]);
    read(&bytes, &Hint::named("a.docx")).unwrap()
}

fn p(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn paragraphs_headings_and_properties_make_an_article() {
    let body = p("Titel", "Talks &amp; treaties")
        + &p("", "They met.")
        + &p("berschrift1", "A heading")
        + &p("", "They parted.");
    let article = document(&body);
    assert_eq!(article.title, "Talks & treaties");
    assert_eq!(article.text, "They met.\n\nA heading\n\nThey parted.");
    assert_eq!(article.html, "<p>They met.</p>\n<h2>A heading</h2>\n<p>They parted.</p>");
    assert_eq!(article.authors, ["Jane Roe", "John Doe"]);
    assert_eq!(article.published, date::parse("2019-05-14T09:30:00Z"));
    assert_eq!(article.updated, date::parse("2019-05-15T09:30:00Z"));
    assert_eq!(article.language.as_deref(), Some("de-DE"));
}

#[test]
fn only_what_the_reader_of_a_document_sees_is_text() {
    let kept = "<w:r><w:t>kept.</w:t></w:r>";
    for (inside, what) in [
        ("<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", "a deletion"),
        ("<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>", "the old place of a move"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r>", "hidden words"),
        (
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE gone</w:instrText></w:r><w:r><w:t>gone</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
            "a field code",
        ),
        (
            "<mc:AlternateContent><mc:Fallback><w:r><w:t>gone</w:t></w:r></mc:Fallback></mc:AlternateContent>",
            "a fallback",
        ),
        (
            "<w:r><w:rPr><w:vanish/><w:rPrChange><w:rPr><w:vanish w:val=\"0\"/></w:rPr></w:rPrChange></w:rPr><w:t>gone</w:t></w:r>",
            "words that a change has hidden",
        ),
        ("<w:r><w:footnoteReference w:id=\"2\"/></w:r>", "a note's mark"),
        ("<w:ruby><w:rt><w:r><w:t>gone</w:t></w:r></w:rt></w:ruby>", "a reading"),
    ] {
        let body = format!("{}<w:p>{inside}{kept}</w:p>{}", p("Titel", "T"), p("Beschriftung", "gone"));
        assert_eq!(document(&body).text, "kept.", "{what}");
    }
}

#[test]
fn what_a_tracked_change_made_visible_is_text() {
    let run = "<w:p><w:r><w:rPr><w:rPrChange w:id=\"1\"><w:rPr><w:b/><w:vanish/></w:rPr></w:rPrChange><w:i/></w:rPr><w:t>Shown.</w:t></w:r></w:p>";
    let article = document(&(p("Titel", "T") + run));
    assert_eq!((article.text.as_str(), article.html.as_str()), ("Shown.", "<p><i>Shown.</i></p>"));
}

#[test]
fn a_spreadsheet_or_presentation_is_refused_in_words() {
    for (main, text) in [("xl/workbook.xml", "<workbook/>"), ("ppt/presentation.xml", "<p:presentation/>")] {
        let relations = format!(
            "<Relationships><Relationship Type=\"x/officeDocument\" Target=\"{main}\"/></Relationships>"
        );
        let bytes =
            archive(&[("[Content_Types].xml", "<Types/>"), ("_rels/.rels", &relations), (main, text)]);
        let parsed = crate::parse(&bytes, &Hint::default());
        let problems: Vec<String> = parsed.problems.iter().map(ToString::to_string).collect();
        assert_eq!(parsed.articles, [], "{main}");
        assert_eq!(problems, ["it is no Word document but a spreadsheet or presentation"], "{main}");
    }
}

#[test]
fn links_and_codes_are_bounded_since_every_run_carries_them() {
    let long = format!("https://example.org/{}", "a".repeat(3000));
    assert_eq!(hyperlink(&format!("HYPERLINK \"{long}\"")), None);
    let mut code = String::from("HYPERLINK \"https://example.org/é\"  ");
    add_code(&mut code, &"é".repeat(10_000));
    assert_eq!(code.len(), LONGEST_CODE);
    assert_eq!(hyperlink(&code).as_deref(), Some("https://example.org/é"));
}

#[test]
fn a_crowd_of_simple_fields_costs_nothing() {
    let fields = "<w:fldSimple w:instr=\"PAGE\"/><w:r><w:t>a</w:t></w:r>".repeat(50_000);
    assert_eq!(document(&format!("{}<w:p>{fields}</w:p>", p("Titel", "T"))).text.len(), 50_000);
}

#[test]
fn insertions_links_boxes_and_tables_are_text() {
    let field = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText> HYPERLINK \"https://example.org/b\" </w:instrText>\
        <w:fldChar w:fldCharType=\"separate\"/><w:t>field</w:t><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    let link = "<w:p><w:hyperlink r:id=\"r1\"><w:r><w:t>link</w:t></w:r></w:hyperlink><w:ins><w:r><w:t xml:space=\"preserve\"> new</w:t></w:r></w:ins></w:p>";
    let boxed = "<w:p><w:r><w:t>out</w:t><w:txbxContent><w:p><w:r><w:t>in</w:t></w:r></w:p></w:txbxContent></w:r><w:r><w:t>side</w:t></w:r></w:p>";
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p("", text));
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("a"),
        cell("b"),
        cell("c"),
        cell("d")
    );
    let article = document(&format!("{}{field}{link}{boxed}{table}", p("Titel", "T")));
    assert_eq!(article.text, "field\n\nlink new\n\nin\n\noutside\n\na b\n\nc d");
    assert!(
        article.html.contains("href=\"https://example.org/a\"")
            && article.html.contains("href=\"https://example.org/b\"")
    );
}
