use std::sync::LazyLock;

use wirewatch_digest::{DigestError, Mail, Sender, Templates, compose, to_mail};

use crate::sample::{Night, article, night, topic};

const TO: &[&str] = &["Иван Петров <ivan@example.org>", "zoe@example.org"];

static OURS: LazyLock<Templates> = LazyLock::new(Templates::default);

fn recipients() -> Vec<String> {
    TO.iter().map(|to| (*to).to_owned()).collect()
}

fn mail<'a>(to: &'a [String], from: Option<&'a str>) -> Mail<'a> {
    let sender = from.map(|address| Sender { address, message_id: "daily-2026-11-24@wirewatch.example" });
    Mail { sender, to, pdf: Some(b"%PDF-1.7 not really"), templates: &OURS }
}

#[test]
fn a_mail_has_its_parts_and_the_same_bytes_each_time() {
    let digest = compose(&night().material());
    let to = recipients();
    let bytes = to_mail(&digest, &mail(&to, Some("Desk <desk@example.org>"))).unwrap();
    assert_eq!(bytes, to_mail(&digest, &mail(&to, Some("Desk <desk@example.org>"))).unwrap());

    let text = String::from_utf8(bytes).expect("headers and bodies are encoded to ASCII");
    assert!(text.is_ascii() && !text.replace("\r\n", "").contains(['\r', '\n']), "CRLF only");
    assert!(text.lines().all(|line| line.len() <= 998), "RFC 5322, 2.1.1");
    for part in [
        "Date: Tue, 24 Nov 2026 06:30:00 +0000\r\n",
        "From: Desk <desk@example.org>\r\n",
        "Message-ID: <daily-2026-11-24@wirewatch.example>\r\n",
        "MIME-Version: 1.0\r\n",
        "Content-Type: multipart/mixed;",
        "Content-Type: multipart/alternative;",
        "Content-Type: text/plain; charset=utf-8\r\n",
        "Content-Type: text/html; charset=utf-8\r\n",
        "Content-Type: application/pdf\r\n",
        "Daily digest 2026-11-24.pdf",
    ] {
        assert!(text.contains(part), "{part:?} in\n{text}");
    }
    assert!(!text.contains("X-Unsent"));
    assert_eq!(text.matches("--=_wirewatch_mixed--").count(), 1);
}

#[test]
fn without_a_sender_it_is_a_draft() {
    let digest = compose(&night().material());
    let text = String::from_utf8(to_mail(&digest, &mail(&[], None)).unwrap()).unwrap();
    assert!(text.contains("X-Unsent: 1\r\n"), "{text}");
    for absent in ["From:", "To:", "Message-ID:"] {
        assert!(!text.contains(&format!("\r\n{absent}")), "{absent}");
    }
}

#[test]
fn a_bad_address_is_named() {
    let digest = compose(&night().material());
    let to = ["nobody".to_owned()];
    let error = to_mail(&digest, &mail(&to, None)).unwrap_err();
    assert!(matches!(&error, DigestError::Address { address, .. } if address == "nobody"), "{error:?}");
}

#[test]
fn nothing_in_a_digest_reaches_the_headers() {
    let night = night();
    let mut digest = compose(&night.material());
    digest.title = "Digest\r\nBcc: eve@example.org".into();
    let text = String::from_utf8(to_mail(&digest, &mail(&[], None)).unwrap()).unwrap();
    let (headers, _) = text.split_once("\r\n\r\n").unwrap();
    assert!(headers.contains("Bcc:") && !headers.contains("\r\nBcc:"), "it stays in the subject: {headers}");
}

#[test]
fn the_html_of_a_long_digest_is_not_cut_by_webmail() {
    let long = "Слова о переговорах и выборах. ".repeat(20);
    let articles: Vec<_> = (1..=800)
        .rev()
        .map(|id| article(id, &format!("Headline number {id}"), &long, &["Talks"], &["выборах"]))
        .collect();
    let night = Night { topics: vec![topic("Talks")], articles, ..night() };
    let bytes = to_mail(&compose(&night.material()), &mail(&[], None)).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let html = text.split("Content-Type: text/html").nth(1).unwrap().split("--=_").next().unwrap();
    assert!(html.len() <= 90_500, "{} bytes", html.len());
    assert!(html.replace("=\r\n", "").contains("more in the attached PDF"), "{html}");
}

#[test]
fn the_charts_are_pictures_inside_the_mail() {
    let digest = compose(&night().material());
    let text = String::from_utf8(to_mail(&digest, &mail(&[], None)).unwrap()).unwrap().replace("=\r\n", "");
    let shown: Vec<&str> = text.split("cid:").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(shown.len(), 4, "one a topic whose days are known: {shown:?}");
    for id in shown {
        assert!(text.contains(&format!("Content-ID: <{id}>\r\n")), "{id}");
    }
    assert_eq!(text.matches("Content-Type: image/png\r\n").count(), 4);
    assert!(text.contains("Content-Type: multipart/related;"));
}
