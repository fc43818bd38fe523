//! The digest, in every form, read by the usual readers.

use std::process::Command;

use crate::world::World;

const TITLES: [&str; 3] = [
    "Washington and Moscow meet again",
    "Вашингтон и Москва возобновили переговоры",
    "Ουάσιγκτον και Μόσχα: talks of the U.S. and Russia",
];

fn world() -> World {
    let world = World::new();
    for (number, title) in TITLES.iter().enumerate() {
        let text = format!(
            "# {title}\n\nMay 14, 2019\n\nAmerican and Russian negotiators met for talks on U.S.-Russia relations, part {number}.\n"
        );
        world.drop_file(&format!("{number}.md"), text);
    }
    world.add_inbox();
    world.check();
    world
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{program} is needed for this test: {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn four_files_that_the_usual_readers_open() {
    let world = world();
    let path = |name: &str| world.path(name).to_str().unwrap().to_owned();
    let (pdf, html, md, eml) = (path("d.pdf"), path("d.html"), path("d.md"), path("d.eml"));
    let ran = world.done(["digest", "--pdf", &pdf, "--html", &html, "--md", &md, "--eml", &eml]);
    assert_eq!(
        (ran.lines[0]["articles"].as_u64(), ran.lines[0]["files"].as_array().unwrap().len()),
        (Some(3), 4)
    );

    let text = output("pdftotext", &["-layout", &pdf, "-"]);
    let even = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for title in TITLES {
        assert!(even.contains(title), "{title} in the PDF: {even}");
    }
    output("qpdf", &["--check", &pdf]);

    for file in [&html, &md] {
        let text = std::fs::read_to_string(file).unwrap();
        assert!(TITLES.iter().take(2).all(|title| text.contains(title)), "{file}");
    }
    let script = "import email,email.policy,sys\n\
        m=email.message_from_binary_file(open(sys.argv[1],'rb'),policy=email.policy.default)\n\
        bad=[d for p in m.walk() for d in p.defects]\n\
        types=sorted({p.get_content_type() for p in m.walk() if not p.is_multipart()})\n\
        print(m['subject'],bad,types,m.get_body(('plain',)).get_content())";
    let mail = output("python3", &["-c", script, &eml]);
    assert!(mail.contains("[]"), "no defects: {mail}");
    for part in ["text/plain", "text/html", "application/pdf", TITLES[1]] {
        assert!(mail.contains(part), "{part}: {mail}");
    }
}

#[test]
fn the_next_digest_begins_where_the_last_one_ended() {
    let world = world();
    let html = world.path("d.html");
    let first = world.done(["digest", "--html", html.to_str().unwrap()]);
    let second = world.done(["digest", "--html", html.to_str().unwrap()]);
    assert_eq!(first.lines[0]["to"], second.lines[0]["from"]);
    assert_eq!(second.lines[0]["articles"], 0);
    let again = world.done(["digest", "--from", "24h"]);
    assert_eq!(again.lines[0]["articles"], 3, "a period of one's own shows them again");
}
