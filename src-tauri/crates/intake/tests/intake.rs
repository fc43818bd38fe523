//! The door of the crate, from bytes to articles.

use proptest::prelude::*;
use wirewatch_intake::{Format, Hint, MAX_BYTES, Parsed, parse, sanitise_html};
use wirewatch_model::{ParsedArticle, ProblemKind, Published};

const CLIPPING: &str = include_str!("fixtures/clipping.md");
const FRONT_MATTER: &str = include_str!("fixtures/front-matter.md");
const PAGE: &str = include_str!("fixtures/page.html");
const RSS: &str = include_str!("fixtures/rss.xml");
const ATOM: &str = include_str!("fixtures/atom.xml");

fn one(bytes: &[u8], name: &str) -> ParsedArticle {
    let parsed = parse(bytes, &Hint::named(name));
    assert_eq!(parsed.problems, [], "{name}");
    assert_eq!(parsed.articles.len(), 1, "{name}");
    parsed.articles.into_iter().next().expect("counted just now")
}

fn show(published: Option<Published>) -> String {
    match published {
        None => "-".to_owned(),
        Some(Published::Day(day)) => day.to_string(),
        Some(Published::At(at)) => at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
    }
}

fn utf16be(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

#[test]
fn a_markdown_clipping_is_taken_apart() {
    let article = one(CLIPPING.as_bytes(), "clipping.md");
    assert_eq!(article.title, "Ministers Resume Arms Talks, Envoy Tells Council");
    assert_eq!(article.authors, ["Agence Lumière"]);
    assert_eq!(show(article.published), "2019-05-14");
    assert_eq!(
        article.url.as_deref(),
        Some("https://www.lakeside-courier.example/2019/05/14/ministers-resume-arms-talks-a1234")
    );
    assert_eq!(article.publisher.as_deref(), Some("lakeside-courier.example"));
    assert_eq!(article.language.as_deref(), Some("en"));
    assert_eq!(
        article.text,
        "The foreign minister of Arcadia told the council on Tuesday that talks on the missile treaty would resume within a month.\n\n\
         \"Nobody gains from silence,\" the envoy said — and the delegation agreed.\n\n\
         The two sides have not met since the winter."
    );
    assert!(article.html.contains("<em>missile treaty</em>"), "{}", article.html);
    assert!(!article.html.contains("NORDFOTO") && !article.html.contains("Original url"), "{}", article.html);
}

#[test]
fn front_matter_outranks_the_text() {
    let article = one(FRONT_MATTER.as_bytes(), "strike.markdown");
    assert_eq!(article.title, "Harbour strike ends: a chronology");
    assert_eq!(article.authors, ["Jane Roe", "John Doe"]);
    assert_eq!(show(article.published), "2021-03-02T07:15:00Z");
    assert_eq!(article.publisher.as_deref(), Some("Harbour News"));
    assert_eq!(article.language.as_deref(), Some("en-GB"));
    assert_eq!(article.labels, ["strikes", "ports"]);
    assert_eq!(article.lead.as_deref(), Some("What was agreed, and when."));
    assert_eq!(
        article.text,
        "Dockers went back to work on Tuesday after eleven days.\n\n\"We won,\" said the union.\n\nMonday: talks\n\nTuesday: work"
    );
    assert!(!article.html.contains("<img"), "{}", article.html);
}

#[test]
fn a_russian_clipping_in_windows_1251_is_read() {
    let text = "Министры возобновили переговоры\n\nАвтор: Иван Петров\n\n14 мая 2019 г.\n\nФото: Пётр Ильин / ТАСС\n\n\
        Министр иностранных дел сообщил во вторник, что переговоры о договоре возобновятся в течение месяца.\n\n\
        Стороны не встречались с зимы.\n\nИсточник: https://www.kurier.example/2019/05/14/peregovory";
    let bytes = encoding_rs::WINDOWS_1251.encode(text).0.into_owned();
    let article = one(&bytes, "переговоры.txt");
    assert_eq!(article.title, "Министры возобновили переговоры");
    assert_eq!(article.authors, ["Иван Петров"]);
    assert_eq!(show(article.published), "2019-05-14");
    assert_eq!(article.publisher.as_deref(), Some("kurier.example"));
    assert_eq!(article.language.as_deref(), Some("ru"));
    assert_eq!(
        article.text,
        "Министр иностранных дел сообщил во вторник, что переговоры о договоре возобновятся в течение месяца.\n\nСтороны не встречались с зимы."
    );
}

#[test]
fn a_page_gives_its_article_and_nothing_around_it() {
    let hint = Hint { url: Some("https://www.valley-post.example/x?y"), ..Hint::named("page.html") };
    let parsed = parse(PAGE.as_bytes(), &hint);
    let article = &parsed.articles[0];
    assert_eq!(parsed.format, Format::Html);
    assert_eq!(article.title, "Parliament passes water law");
    assert_eq!(article.authors, ["Mara Lind"]);
    assert_eq!(article.publisher.as_deref(), Some("The Valley Post"));
    assert_eq!(show(article.published), "2020-06-03T15:45:00Z");
    assert_eq!(article.url.as_deref(), Some("https://www.valley-post.example/2020/06/water-law"));
    assert_eq!(article.labels, ["water", "law"]);
    assert_eq!(article.text.split("\n\n").count(), 4, "{}", article.text);
    assert!(article.text.starts_with("Parliament on Wednesday"), "{}", article.text);
    assert!(article.text.ends_with("in the autumn."), "{}", article.text);
}

#[test]
fn a_text_may_begin_like_a_mailbox() {
    let article = one(b"From Geneva with little hope\n\nThe ministers met on Tuesday.", "talks.txt");
    assert_eq!(article.title, "From Geneva with little hope");
}

#[test]
fn html_from_outside_is_bounded_before_it_is_cleaned() {
    let html = sanitise_html(&("<div>".repeat(1000) + "They met."));
    assert!(html.contains("They met.") && html.matches("<div>").count() < 300, "{html}");
}

#[test]
fn a_fragment_of_html_is_read_whole() {
    let article =
        one(b"<h1>Talks begin</h1><p>By Jane Roe<br>May 14, 2019<p>They met.<script>x</script>", "talks.htm");
    assert_eq!((article.title.as_str(), article.text.as_str()), ("Talks begin", "They met."));
    assert_eq!(article.authors, ["Jane Roe"]);
    assert_eq!(show(article.published), "2019-05-14");
}

#[test]
fn rss_with_every_common_fault_is_read_whole() {
    let utf16 = utf16be(&RSS.replace("utf-8", "utf-16"));
    for (name, bytes) in [("utf-8", RSS.as_bytes().to_vec()), ("utf-16be", utf16)] {
        let parsed = parse(&bytes, &Hint { content_type: Some("text/html"), ..Hint::default() });
        assert_eq!(parsed.problems, [], "{name}");
        assert_eq!(parsed.format, Format::Rss, "{name}");
        let feed = parsed.feed.unwrap();
        assert_eq!(feed.title.as_deref(), Some("Valley & Hills News"), "{name}");
        assert_eq!(feed.ttl, Some(std::time::Duration::from_secs(3600)), "{name}");
        let [first, second, third] = &parsed.articles[..] else { panic!("{name}: {:?}", parsed.articles) };

        assert_eq!(first.title, "AT&T wins tender");
        assert_eq!(first.url.as_deref(), Some("https://valley.example/a?x=1&y=2"));
        assert_eq!(first.external_id.as_deref(), Some("tag:a"));
        assert_eq!(first.text, "The company won the tender on Monday.\n\nRivals may appeal.");
        assert!(first.html.contains("href=\"https://valley.example/appeal\""), "{}", first.html);
        assert_eq!(show(first.published), "2020-02-03T14:30:00Z");
        assert_eq!(first.authors, ["Mara Lind"]);
        assert_eq!(first.labels, ["Business"]);
        assert_eq!(first.publisher.as_deref(), Some("Valley & Hills News"));
        assert!(!first.summary_only);

        assert_eq!(second.url.as_deref(), Some("https://valley.example/b"));
        assert_eq!(second.text, "The council met… and parted [...]");
        assert_eq!(second.authors, ["Jo Kern"]);
        assert_eq!(show(second.published), "2020-02-04", "a day stays a day");
        assert!(second.summary_only);

        assert_eq!(third.url.as_deref(), Some("https://valley.example/c"));
        assert_eq!(show(third.published), "-", "a missing date stays missing");
    }
}

#[test]
fn atom_is_read_whole() {
    let parsed = parse(ATOM.as_bytes(), &Hint::named("atom.xml"));
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.format, Format::Atom);
    let [first, second] = &parsed.articles[..] else { panic!("{:?}", parsed.articles) };
    assert_eq!(first.title, "Gipfel & Gespräche");
    assert_eq!(first.url.as_deref(), Some("https://berg.example/1"));
    assert_eq!(first.lead.as_deref(), Some("Worum es geht."));
    assert_eq!(first.text, "Die Minister trafen sich am Montag.\n\nSie einigten sich nicht.");
    assert_eq!(show(first.published), "2020-02-03T08:30:00Z");
    assert_eq!(show(first.updated), "2020-02-03T10:00:00Z");
    assert_eq!(first.publisher.as_deref(), Some("Berg&Tal"));
    assert_eq!(first.labels, ["Politik"]);
    assert_eq!(first.language.as_deref(), Some("de"));
    assert_eq!(second.title, "Leer");
}

#[test]
fn old_feeds_are_read_whole() {
    let items = "<item><title>A</title><link>https://a.example/1</link></item><item rdf:about=\"https://a.example/2\"><title>B</title></item>";
    let rdf = |namespace: &str| {
        format!(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"{namespace}\"><channel><title>T</title></channel>{items}</rdf:RDF>"
        )
    };
    let atom03 = "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><title>T</title><entry><title>A</title>\
        <link rel=\"alternate\" href=\"https://a.example/1\"/><issued>2004-01-04T10:00:00Z</issued></entry></feed>";
    for (name, text, count) in [
        ("RSS 0.90", rdf("http://my.netscape.com/rdf/simple/0.9/"), 2),
        ("RSS 1.0", rdf("http://purl.org/rss/1.0/"), 2),
        ("RSS 0.91", format!("<rss version=\"0.91\"><channel><title>T</title>{items}</channel></rss>"), 2),
        ("RDF without namespaces", format!("<rdf>{items}</rdf>"), 2),
        ("Atom 0.3", atom03.to_owned(), 1),
    ] {
        let parsed = parse(text.as_bytes(), &Hint::named("feed.xml"));
        assert_eq!(parsed.problems, [], "{name}");
        assert_eq!(parsed.articles.len(), count, "{name}");
        assert_eq!(parsed.articles[0].url.as_deref(), Some("https://a.example/1"), "{name}");
        let publisher = if text.contains("<title>T</title>") { "T" } else { "a.example" };
        assert_eq!(parsed.articles[0].publisher.as_deref(), Some(publisher), "{name}");
    }
}

#[test]
fn a_cut_feed_gives_what_is_there_and_says_so() {
    let cut = RSS.split("A summary only").next().unwrap();
    let parsed = parse(cut.as_bytes(), &Hint::named("feed.rss"));
    assert_eq!(parsed.articles[0].title, "AT&T wins tender");
    assert_eq!(parsed.problems[0].kind, ProblemKind::Incomplete);
    assert!(
        parsed.problems[0].message.starts_with("the feed breaks off in line 20"),
        "{}",
        parsed.problems[0]
    );
}

#[test]
fn feeds_are_read_whatever_their_servers_do_to_them() {
    let item = "<item><title>A</title><link>https://a.example/1</link></item>";
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>T</title>{item}</channel></rss>"
    );
    let utf32: Vec<u8> = rss.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    let json = "{\"version\": \"http://jsonfeed.org/version/1\", \"title\": \"T\", \"authors\": [{\"name\": \"Jane Roe\"}], \
        \"items\": [{\"id\": \"https://a.example/1\", \"title\": \"A\", \"tags\": \"x\"}]}";
    for (name, bytes) in [
        ("a warning before it", format!("Warning: foo() in /a.php on line 3\n{rss}").into_bytes()),
        ("a warning in HTML before it", format!("<br />\n<b>Notice</b>: x\n{rss}").into_bytes()),
        (
            "the head of an answer before it",
            format!("HTTP/1.1 200 OK\nContent-Type: text/xml\n\n{rss}").into_bytes(),
        ),
        ("a false document type", rss.replace("<rss", "<!DOCTYPE html PUBLIC \"x\"><rss").into_bytes()),
        ("control characters", rss.replace("<item>", "<item>\u{0}\u{b}").into_bytes()),
        ("utf-32", utf32),
        ("a missing version", rss.replace(" version=\"2.0\"", "").into_bytes()),
        ("JSON", json.to_owned().into_bytes()),
    ] {
        let parsed = parse(&bytes, &Hint { content_type: Some("application/rss+xml"), ..Hint::default() });
        assert_eq!(parsed.problems, [], "{name}");
        let [article] = &parsed.articles[..] else { panic!("{name}: {:?}", parsed.articles) };
        assert_eq!(article.title, "A", "{name}");
        assert_eq!(article.url.as_deref(), Some("https://a.example/1"), "{name}");
        assert_eq!(article.publisher.as_deref(), Some("T"), "{name}");
    }
}

#[test]
fn authors_and_bases_are_inherited() {
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/x/' xml:lang='fr'><title>T</title>\
        <author><name>Jane Roe</name></author>\
        <entry><title>A</title><link href='1'/><content type='html' xml:base='y/'>&lt;a href='z'>un texte&lt;/a></content></entry>\
        <entry xml:base='//b.example/'><title>B</title><link href='2'/><author><name>John Doe</name></author></entry></feed>";
    let parsed =
        parse(atom.as_bytes(), &Hint { url: Some("https://feeds.example/atom"), ..Hint::named("a.xml") });
    let [first, second] = &parsed.articles[..] else { panic!("{:?}", parsed.articles) };
    assert_eq!(first.authors, ["Jane Roe"]);
    assert_eq!(first.url.as_deref(), Some("https://a.example/x/1"));
    assert!(first.html.contains("href=\"https://a.example/x/y/z\""), "{}", first.html);
    assert_eq!(first.language.as_deref(), Some("fr"));
    assert_eq!(second.authors, ["John Doe"]);
    assert_eq!(second.url.as_deref(), Some("https://b.example/2"));
}

#[test]
fn what_was_mended_is_said() {
    let text = "<rss><channel><item><title>A<link>https://a.example/1</link></item><item><title>B</title></item></channel></rss>";
    let parsed = parse(text.as_bytes(), &Hint::named("feed.xml"));
    assert_eq!(parsed.articles.len(), 2);
    assert_eq!(parsed.problems[0].message, "an element of the feed has no end and was mended");
}

#[test]
fn bad_input_is_named_in_plain_words() {
    let large = vec![b'a'; MAX_BYTES + 1];
    let rss = Some("application/rss+xml");
    let named = Hint::named;
    for (bytes, hint, kind, words) in [
        (&b""[..], named("a.md"), ProblemKind::Empty, "the file is empty"),
        (b" \n\t ", named("a.md"), ProblemKind::Empty, "the file is empty"),
        (&large, named("a.txt"), ProblemKind::TooLarge, "only 20 MB are read"),
        (b"\x89PNG\r\n\x1a\n\0\0", named("a.md"), ProblemKind::Unsupported, "a PNG image, not text"),
        (b"PK\x03\x04 and so on", named("a.txt"), ProblemKind::Unsupported, "a ZIP archive, not text"),
        (b"text\0with\0zeros", named("a.txt"), ProblemKind::Unsupported, "not text"),
        (b"%PDF-1.7 ...", named("a.pdf"), ProblemKind::Broken, "the PDF is damaged"),
        (b"anything", named("a.eml"), ProblemKind::Broken, "it is no mail"),
        (b"<a/>", named("a.xml"), ProblemKind::Unsupported, "XML of another kind (it begins with “<a>”)"),
        (
            PAGE.as_bytes(),
            Hint { content_type: rss, ..Hint::default() },
            ProblemKind::Broken,
            "not a feed: the server sent a web page",
        ),
        (
            b"sorry",
            Hint { content_type: rss, ..Hint::default() },
            ProblemKind::Broken,
            "not a feed: it is plain text",
        ),
        (
            b"anything",
            Hint { file_type: Some("xyz"), ..Hint::default() },
            ProblemKind::Unsupported,
            "no reader for the type “xyz”",
        ),
    ] {
        let Parsed { articles, problems, .. } = parse(bytes, &hint);
        assert_eq!(articles, [], "{words}");
        assert_eq!(problems.len(), 1, "{words}");
        assert_eq!(problems[0].kind, kind, "{words}");
        assert!(problems[0].message.contains(words), "“{}” does not say “{words}”", problems[0]);
    }
}

#[test]
fn hostile_depth_and_entities_cost_little() {
    let nested = |open: &str| format!("<html><body>{}<p>inside</p>", open.repeat(60_000));
    let laughs = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\">{}]><rss version=\"2.0\"><channel><item><title>&j;</title></item></channel></rss>",
        ('b'..='j')
            .map(|c| format!("<!ENTITY {c} \"{}\">", format!("&{};", char::from(c as u8 - 1)).repeat(10)))
            .collect::<String>()
    );
    for (name, text, file) in [
        ("div", nested("<div>"), "a.html"),
        ("bold", nested("<b>"), "a.html"),
        ("misnested", nested("<b><div></b>"), "a.html"),
        ("tables", nested("<table><tr><td>"), "a.html"),
        ("lists", nested("<ul><li>"), "a.html"),
        (
            "navigation",
            format!("{}{}", nested("").replace("</p>", &"<nav>".repeat(150)), "<i>x</i>".repeat(60_000)),
            "a.html",
        ),
        ("ampersands", format!("<p>{}", "&a".repeat(60_000)), "a.html"),
        ("document types", "<!DOCTYPE [>".repeat(60_000), "a.html"),
        ("advertisements", "ad<hr>".repeat(20_000), "a.html"),
        ("quotes", ">".repeat(60_000) + " inside", "a.md"),
        ("emphasis", "*a **b ".repeat(20_000), "a.md"),
        ("brackets", "[".repeat(60_000), "a.md"),
        ("elements", format!("<rss><channel>{}", "<x>".repeat(60_000)), "a.xml"),
        ("json", "[".repeat(60_000), "a.json"),
        ("laughs", laughs, "a.xml"),
    ] {
        let start = std::time::Instant::now();
        let parsed = parse(text.as_bytes(), &Hint::named(file));
        // Generous, for a debug build on a busy machine: unbounded, each takes minutes.
        assert!(start.elapsed().as_secs() < 10, "{name} took {:?}", start.elapsed());
        assert!(
            parsed.articles.iter().all(|article| article.title.len() < 100),
            "{name}: {:?}",
            parsed.articles
        );
    }
}

fn fixtures() -> [(&'static str, &'static [u8]); 13] {
    macro_rules! wire {
        ($name:literal) => {
            ($name, include_bytes!(concat!("../src/wire/fixtures/", $name)).as_slice())
        };
    }
    [
        ("a.md", CLIPPING.as_bytes()),
        ("a.md", FRONT_MATTER.as_bytes()),
        ("a.html", PAGE.as_bytes()),
        ("a.rss", RSS.as_bytes()),
        ("a.xml", ATOM.as_bytes()),
        wire!("latin.iptc"),
        wire!("talks.iptc"),
        wire!("talks.anpa"),
        wire!("talks.nitf"),
        wire!("talks-newsml.xml"),
        wire!("talks-g2.xml"),
        wire!("talks-ninjs1.json"),
        wire!("talks-ninjs3.json"),
    ]
}

fn check(parsed: &Parsed) {
    assert!(
        !parsed.articles.is_empty() || !parsed.problems.is_empty() || parsed.feed.is_some(),
        "silence: {parsed:?}"
    );
    for article in &parsed.articles {
        for text in [&article.title, &article.text].into_iter().chain(&article.lead).chain(&article.authors) {
            assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "control character in {text:?}");
        }
        assert!(!article.html.contains("<script") && !article.html.contains("<img"), "{}", article.html);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_with_any_hint_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..600),
        name in proptest::option::of("[a-z]{1,5}\\.(md|txt|html|xml|rss|json|pdf|odd)"),
        content_type in proptest::option::of("(text/(html|xml|plain)|application/(rss\\+xml|json))(; charset=(utf-8|koi8-r|utf-16|x))?"),
        url in proptest::option::of("(https://[a-z]{1,8}\\.example/[a-z]{0,5}|\\PC{0,20})"),
        file_type in proptest::option::of("(md|txt|html|xml|\\PC{0,3})"),
    ) {
        check(&parse(&bytes, &Hint {
            name: name.as_deref(), content_type: content_type.as_deref(), url: url.as_deref(), file_type: file_type.as_deref(),
            ..Hint::default()
        }));
    }

    #[test]
    fn no_tag_soup_panics(soup in "(<[/!?]?(p|item|entry|title|b|rss|feed|a href=|table|td|![A-Z]{0,6}\\[)[ >\"]|&#?[a-z0-9]{1,4};?|[«»а-я @a-z/.]{1,6}|]]>|-->|\\n){0,60}") {
        for name in ["a.md", "a.txt", "a.html", "a.rss"] {
            check(&parse(soup.as_bytes(), &Hint::named(name)));
            let feed = format!("<rss><channel><item><author>{soup}</author></item>{soup}");
            check(&parse(feed.as_bytes(), &Hint::named(name)));
        }
    }

    #[test]
    fn no_mangled_fixture_panics(
        which in 0..fixtures().len(),
        end in any::<proptest::sample::Index>(),
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0..40_usize), 1..8),
    ) {
        let (name, whole) = fixtures()[which];
        check(&parse(&whole[..end.index(whole.len())], &Hint::named(name)));
        let mut bytes = whole.to_vec();
        for (at, byte, cut) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let end = (at + cut).min(bytes.len());
            bytes.drain(at..end);
            if bytes.is_empty() {
                break;
            }
        }
        check(&parse(&bytes, &Hint::named(name)));
    }
}
