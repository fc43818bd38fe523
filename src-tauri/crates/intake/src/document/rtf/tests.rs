use super::*;

fn text(body: &str) -> String {
    let rtf = format!(
        "{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}{{\\f1\\fcharset204 Arial CYR;}}{{\\f2\\fcharset128 Mincho;}}}}\\outlinelevel0 T\\par\\pard {body}\\par}}"
    );
    read(rtf.as_bytes(), &Hint::default()).text
}

#[test]
fn characters_are_read_in_every_way_they_are_written() {
    for (body, want, why) in [
        ("caf\\'e9 \\'93x\\'94", "café “x”", "the code page of the document"),
        ("{\\f1\\'cc\\'e8\\'f0}", "Мир", "the code page of a font"),
        ("{\\f2\\'93\\'fa\\'96\\'7b}", "日本", "characters of two bytes, some of them braces"),
        ("\\uc1\\u1052\\'cc\\u1080?\\u1088?", "Мир", "Unicode with one character behind it"),
        ("{\\uc0\\u1052\\u1080\\u1088}", "Мир", "Unicode without any"),
        ("{\\uc2\\u1052\\'88\\'ecx}", "Мx", "Unicode with two"),
        ("\\u-10179?\\u-8704?", "😀", "a pair of surrogates"),
        ("a\\~b\\_c\\-d\\emdash e\\{\\}\\\\", "a b‑cd—e{}\\", "symbols"),
        ("one\\line two", "one\ntwo", "a line within a paragraph"),
        ("one\\\ntwo", "one\n\ntwo", "a paragraph as old programs write it"),
        ("a\\tab b\tc", "a b c", "tabs"),
        ("{\\upr{gone}{\\*\\ud{\\u1052?\\u1080?\\u1088?}}} b", "Мир b", "a text and its twin in Unicode"),
    ] {
        assert_eq!(text(body), want, "{why}");
    }
}

#[test]
fn only_text_is_text() {
    for (body, why) in [
        ("a{\\footnote gone}b", "a note"),
        ("a{\\*\\unknown gone{\\b gone}}b", "an unknown extension"),
        ("a{\\v gone}b", "hidden words"),
        ("a{\\deleted gone}b", "a deletion"),
        ("{\\header gone\\par}a{\\pict\\pngblip 89504e47}b", "a header and a picture"),
        ("a{\\field{\\*\\fldinst PAGE gone}{\\fldrslt }}b", "a field's code"),
        ("{\\listtext 1.\\tab}ab", "a number"),
        ("a{\\pict\\bin5 }}}}}}b", "binary data"),
        ("a{\\*\\annotation gone}b", "a comment"),
    ] {
        assert_eq!(text(body), "ab", "{why}");
    }
}

#[test]
fn links_rows_and_headings_are_kept() {
    let rtf = "{\\rtf1{\\stylesheet{\\s1\\outlinelevel0 heading 1;}{\\s15 Title;}}\\pard\\s15 Talks begin\\par\\pard They \
        {\\field{\\*\\fldinst HYPERLINK \"https://example.org/a\"}{\\fldrslt met}}.\\par\\pard\\s1 After\\par\\pard Then.\\par\
        \\trowd\\cellx1\\cellx2\\intbl Port\\cell Ships\\cell\\row\\trowd\\cellx1\\cellx2\\intbl Oslo\\cell 12\\cell\\row\\pard End.\\par}";
    let article = read(rtf.as_bytes(), &Hint::default());
    assert_eq!(article.title, "Talks begin");
    assert_eq!(article.text, "They met.\n\nAfter\n\nThen.\n\nPort Ships\n\nOslo 12\n\nEnd.");
    assert!(
        article.html.contains("<a href=\"https://example.org/a\"") && article.html.contains("<h2>After</h2>"),
        "{}",
        article.html
    );
}

#[test]
fn the_info_group_gives_facts_where_the_text_has_none() {
    let rtf = "{\\rtf1\\deflang1031{\\info{\\title Gespr\\'e4che beginnen}{\\author Jane Roe}{\\creatim\\yr2019\\mo5\\dy14\\hr9\\min30}{\\keywords treaty, talks}}\
        Sie haben sich am Dienstag getroffen.\\par Dann gingen sie.\\par}";
    let article = read(rtf.as_bytes(), &Hint::default());
    assert_eq!(article.title, "Gespräche beginnen");
    assert_eq!(article.authors, ["Jane Roe"]);
    assert_eq!(article.published, crate::date::parse("2019-05-14T09:30:00Z"));
    assert_eq!(article.labels, ["treaty", "talks"]);
    assert_eq!(article.language.as_deref(), Some("de"));
    assert_eq!(article.text, "Sie haben sich am Dienstag getroffen.\n\nDann gingen sie.");
}

#[test]
fn a_crowd_of_open_fields_is_bounded_and_ends_with_its_group() {
    let mut reader = Reader::default();
    let rtf = format!("{{\\rtf1 {{{}", "\\field".repeat(50_000));
    tokens(rtf.as_bytes()).for_each(|token| reader.take(token));
    assert_eq!(reader.fields.len(), MOST_NESTED);
    reader.take(Token::Close);
    assert_eq!(reader.fields.len(), 0);
}

#[test]
fn depth_costs_nothing() {
    let rtf = format!("{{\\rtf1 {}deep{}\\par}}", "{\\b ".repeat(100_000), "}".repeat(100_000));
    assert_eq!(read(rtf.as_bytes(), &Hint::default()).text, "deep");
}
