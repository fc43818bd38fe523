use super::*;

fn articles(mail: &str) -> Vec<ParsedArticle> {
    let mail = read(mail.replace('\n', "\r\n").as_bytes(), &Hint::default(), 0);
    assert_eq!(mail.problems, []);
    mail.articles
}

const HEAD: &str = "Subject: =?utf-8?Q?Fwd=3A_Gespr=C3=A4che_beginnen?=\nFrom: Jane Roe <jane@example.org>\n\
    Date: Tue, 14 May 2019 11:30:00 +0200\nMessage-ID: <1@example.org>\nMIME-Version: 1.0\n";

#[test]
fn a_mail_of_text_is_an_article() {
    let body = "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n\
        Sie haben sich in Genf getroffen und =\n=FCber den Vertrag gesprochen.\n\nDann gingen sie.\n\n-- \nJane Roe\nPressestelle\n";
    let articles = articles(&format!("{HEAD}{body}"));
    let article = &articles[0];
    assert_eq!(article.title, "Gespräche beginnen");
    assert_eq!(article.authors, ["Jane Roe"]);
    assert_eq!(article.published, crate::date::parse("2019-05-14T09:30:00Z"));
    assert_eq!(article.external_id.as_deref(), Some("1@example.org"));
    assert_eq!(
        article.text,
        "Sie haben sich in Genf getroffen und über den Vertrag gesprochen.\n\nDann gingen sie."
    );
}

fn alternative(text: &str, html: &str) -> String {
    format!(
        "{HEAD}List-Id: <news.example.org>\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{text}\n\
         --b\nContent-Type: text/html\n\n{html}\n--b--\n"
    )
}

#[test]
fn a_newsletter_is_its_html_unless_that_is_a_shell() {
    let page = "<html><body><div style=\"display:none\">Preview</div><table><tr><td><p>They met in Geneva.</p><p>They parted.</p></td></tr></table></body></html>";
    let by_html = articles(&alternative("See it in your browser: https://example.org/1", page));
    assert_eq!(by_html[0].text, "They met in Geneva.\n\nThey parted.");
    assert_eq!(by_html[0].publisher.as_deref(), Some("Jane Roe"));
    assert_eq!(by_html[0].authors, [] as [&str; 0]);
    let by_text =
        articles(&alternative("They met in Geneva.\n\nThey parted late at night.", "<p>See below</p>"));
    assert_eq!(by_text[0].text, "They met in Geneva.\n\nThey parted late at night.");
}

#[test]
fn attachments_are_documents_of_their_own() {
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee the clipping.\n\
         --b\nContent-Type: text/markdown; name=\"talks.md\"\nContent-Disposition: attachment; filename=\"talks.md\"\n\n# Talks begin\n\nThey met.\n\
         --b\nContent-Type: image/png; name=\"logo.png\"\nContent-Disposition: attachment; filename=\"logo.png\"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n\
         --b\nContent-Type: message/rfc822\n\nSubject: Inner\nFrom: John Doe <j@example.org>\n\nWithin.\n--b--\n"
    );
    let found: Vec<(String, String)> =
        articles(&mail).into_iter().map(|article| (article.title, article.text)).collect();
    let want =
        [("Gespräche beginnen", "See the clipping."), ("Talks begin", "They met."), ("Inner", "Within.")];
    assert_eq!(found, want.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[test]
fn an_attachment_that_cannot_be_read_is_named() {
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee the archive.\n\
         --b\nContent-Type: application/x-7z-compressed; name=\"a.7z\"\nContent-Disposition: attachment; filename=\"a.7z\"\nContent-Transfer-Encoding: base64\n\nN3q8ryccAAA=\n--b--\n"
    );
    let mail = read(mail.as_bytes(), &Hint::default(), 0);
    assert_eq!(mail.articles.len(), 1);
    assert!(mail.problems[0].message.starts_with("attachment “a.7z”: "), "{:?}", mail.problems);
}

#[test]
fn a_packed_attachment_is_refused_in_words() {
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee the archive.\n\
         --b\nContent-Type: application/gzip; name=\"a.md.gz\"\nContent-Disposition: attachment; filename=\"a.md.gz\"\nContent-Transfer-Encoding: base64\n\n\
         H4sIAAAAAAACA1NWCEnMyS5WSEpNz8zj4grJSK1UyE0t0eMCAFAW1osZAAAA\n--b--\n"
    );
    let mail = read(mail.as_bytes(), &Hint::default(), 0);
    let problems: Vec<String> = mail.problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems, ["attachment “a.md.gz”: the file is a gzip archive, not text"]);
}

#[test]
fn attachments_end_where_their_texts_are_more_than_a_file() {
    let part = |name: &str| {
        format!(
            "--b\nContent-Type: text/markdown\nContent-Disposition: attachment; filename=\"{name}.md\"\n\n# {name}\n\nThey met.\n"
        )
    };
    let text =
        format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{}{}--b--\n", part("One"), part("Two"));
    let message = MessageParser::default().parse(text.as_bytes()).unwrap();
    for (before, articles, problems) in [(0, 2, 0), (MAX_BYTES, 1, 1), (MAX_BYTES + 1, 0, 1)] {
        let mut mail = Mail { size: before, ..Mail::default() };
        mail.attachments(&message, &Hint::default(), 0);
        assert_eq!((mail.articles.len(), mail.problems.len()), (articles, problems), "{before}");
    }
}

#[test]
fn a_saved_page_is_a_page() {
    let page = "From: <Saved by Blink>\nSnapshot-Content-Location: https://www.example.org/2019/talks\nSubject: Talks\nMIME-Version: 1.0\n\
        Content-Type: multipart/related; type=\"text/html\"; boundary=b\n\n--b\nContent-Type: text/html\nContent-Location: https://www.example.org/2019/talks\n\
        Content-Transfer-Encoding: quoted-printable\n\n<html><head><title>Talks begin</title></head><body><h1>Talks begin</h1><p>They met =E2=80=93 at last.</p>\
        <img src=3D\"cid:1\"></body></html>\n--b\nContent-Type: image/png\nContent-ID: <1>\n\nx\n--b--\n";
    let articles = articles(page);
    assert_eq!(
        (articles[0].title.as_str(), articles[0].text.as_str()),
        ("Talks begin", "They met – at last.")
    );
    assert_eq!(articles[0].url.as_deref(), Some("https://www.example.org/2019/talks"));
    assert_eq!(articles[0].publisher.as_deref(), Some("example.org"));
}

#[test]
fn the_head_of_a_mail_is_known_from_a_text_that_looks_like_it() {
    assert!(begins_as_mail(&format!("{HEAD}\nBody")));
    for text in [
        "From: Jane\nDate: 14 May\nSubject: Talks\n\nThey met.",
        "Talks begin\n\nThey met.",
        "Geneva: they met",
        "",
    ] {
        assert!(!begins_as_mail(text), "{text}");
    }
}

#[test]
fn an_answer_loses_what_it_quotes_and_a_forwarded_mail_does_not() {
    let html = "Content-Type: text/html\n\n<p>Not true.</p><div class=gmail_quote>On Monday: <blockquote>They met.</blockquote></div>";
    let plain = "\nNot true.\n\nOn Monday, Jane Roe wrote:\n> They met.\n> At last.\n";
    for (subject, body, want) in [
        ("Re: Talks", plain, "Not true."),
        ("Re: Talks", html, "Not true."),
        ("Fwd: Talks", plain, "Not true.\n\nOn Monday, Jane Roe wrote: > They met. > At last."),
        ("Re: Talks", "\n> All of it is quoted.\n", "> All of it is quoted."),
    ] {
        let mail = format!("From: jane@example.org\nSubject: {subject}\n{body}");
        let parsed = crate::parse(mail.as_bytes(), &Hint::named("a.eml"));
        let text = plain::line(&parsed.articles[0].text);
        assert_eq!(text, plain::line(want), "{subject} {body}");
    }
}
