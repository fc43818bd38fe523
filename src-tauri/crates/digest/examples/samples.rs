//! Writes a made-up digest in every format into a folder: `cargo run --example samples -- FOLDER`.

use std::path::PathBuf;

use wirewatch_digest::{Mail, Sender, compose, to_html, to_mail, to_markdown, to_pdf};

#[path = "../tests/digest/sample.rs"]
#[allow(dead_code)] // the tests use more of it
mod sample;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("which folder?")?);
    let night = sample::night();
    for (name, digest) in [
        ("night", compose(&night.material())),
        ("quiet", compose(&wirewatch_digest::Material { articles: &[], ..night.material() })),
    ] {
        let pdf = to_pdf(&digest, &sample::templates())?;
        let to = ["Иван Петров <ivan@example.org>".to_owned()];
        let mail = Mail {
            sender: Some(Sender { address: "Wirewatch <digest@example.org>", message_id: "1@example.org" }),
            to: &to,
            pdf: Some(&pdf),
            templates: &sample::templates(),
        };
        std::fs::write(folder.join(name).with_extension("eml"), to_mail(&digest, &mail)?)?;
        std::fs::write(folder.join(name).with_extension("html"), to_html(&digest, &sample::templates())?)?;
        std::fs::write(folder.join(name).with_extension("md"), to_markdown(&digest, &sample::templates())?)?;
        std::fs::write(folder.join(name).with_extension("pdf"), pdf)?;
    }
    Ok(())
}
