//! The templates: how a digest looks in each output, in ours or the user's own words.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::chart::pictures;
use crate::page::Pages;
use crate::specimen::specimens;
use crate::{Digest, DigestError};

/// One of the templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Template {
    /// The web page.
    Page,
    /// Markdown.
    Markdown,
    /// The mail's HTML; its styles are written into the tags.
    MailHtml,
    /// The mail's plain text.
    MailText,
    /// The PDF, in typst.
    Pdf,
}

impl Template {
    /// Every one of them.
    pub const ALL: [Template; 5] =
        [Template::Page, Template::Markdown, Template::MailHtml, Template::MailText, Template::Pdf];

    /// Its file name; the ending says what it is written in.
    pub fn name(self) -> &'static str {
        match self {
            Template::Page => "digest.html",
            Template::Markdown => "digest.md",
            Template::MailHtml => "mail.html",
            Template::MailText => "mail.txt",
            Template::Pdf => "digest.typ",
        }
    }

    /// The one of this file name.
    pub fn from_name(name: &str) -> Option<Template> {
        Template::ALL.into_iter().find(|template| template.name() == name)
    }

    /// The text that we bring.
    pub fn ours(self) -> &'static str {
        match self {
            Template::Page => include_str!("templates/digest.html"),
            Template::Markdown => include_str!("templates/digest.md"),
            Template::MailHtml => include_str!("templates/mail.html"),
            Template::MailText => include_str!("templates/mail.txt"),
            Template::Pdf => include_str!("templates/digest.typ"),
        }
    }
}

/// The templates of every output: ours, with the user's own in place of some.
///
/// One of the user's that fails over some digest gives way to ours, so that the digest comes out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Templates {
    /// By file name.
    own: BTreeMap<String, String>,
}

impl Templates {
    /// Takes the user's text for one of them.
    pub fn set(&mut self, template: Template, text: String) {
        self.own.insert(template.name().to_owned(), text);
    }

    /// The user's text, if there is one.
    pub fn own(&self, template: Template) -> Option<&str> {
        self.own.get(template.name()).map(String::as_str)
    }

    /// The text that is used.
    pub fn text(&self, template: Template) -> &str {
        self.own(template).unwrap_or(template.ours())
    }
}

/// Whether a text can be the template of a web page, Markdown or a mail: it is tried on made-up digests
/// that hold everything a digest can hold, and on one that holds nothing.
///
/// A PDF's is tried where PDFs are made: [`specimen_for_pdf`](crate::specimen_for_pdf).
///
/// # Errors
/// [`DigestError::Template`] with the line and the reason.
pub fn check_template(template: Template, text: &str) -> Result<(), DigestError> {
    try_template(template, text).map(drop)
}

/// What a template makes of a made-up digest that holds everything; it is checked as by
/// [`check_template`]. The charts of a mail are inside, since this one is looked at and not sent.
///
/// # Errors
/// [`DigestError::Template`] with the place and the reason.
pub fn try_template(template: Template, text: &str) -> Result<String, DigestError> {
    let mut templates = Templates::default();
    templates.set(template, text.to_owned());
    let pages = Pages::strictly(&templates)?;
    let [full, empty] = specimens();
    pages.try_out(template, &empty)?;
    let tried = pages.try_out(template, &full)?;
    Ok(if template == Template::MailHtml { with_charts_inside(tried, &full) } else { tried })
}

fn with_charts_inside(mail: String, digest: &Digest) -> String {
    pictures(digest).into_iter().fold(mail, |mail, picture| {
        let inside = format!("data:image/png;base64,{}", STANDARD.encode(picture.png));
        mail.replace(&format!("cid:{}", picture.id), &inside)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_pass_their_own_check() {
        for template in Template::ALL.into_iter().filter(|template| *template != Template::Pdf) {
            check_template(template, template.ours()).unwrap();
            assert_eq!(Template::from_name(template.name()), Some(template));
        }
    }

    #[test]
    fn what_a_template_makes_can_be_looked_at() {
        let shown = |template: Template| try_template(template, template.ours()).unwrap();
        assert!(shown(Template::Markdown).contains("## Harbours"));
        let mail = shown(Template::MailHtml);
        assert!(mail.contains("data:image/png;base64,") && !mail.contains("cid:"), "{mail}");
    }

    #[test]
    fn a_fault_has_a_place_in_the_text() {
        for (text, place) in [
            ("Ж {{ titel }}", "titel"),
            ("{{ title }}\n{% for x in chapters %}", "%}"),
            ("{{ title | shout }}", "shout"),
        ] {
            let error = try_template(Template::Markdown, text).unwrap_err();
            let fault = error.fault().unwrap();
            assert_eq!(text.get(fault.place.unwrap()), Some(place), "{text:?}: {}", fault.words);
            assert!(!fault.words.contains("digest.md"), "the place is told apart: {}", fault.words);
        }
    }

    #[test]
    fn a_fault_is_named_with_its_line() {
        for (text, what) in [
            ("{{ title }}\n{% for x in chapters %}", "digest.md:2"),
            ("\n\n{{ titel }}", "digest.md:3"),
            ("{{ coverage.nothing }}", "digest.md:1"),
            ("{% for chapter in chapters %}{{ chapter.stories[0].headline }}{% endfor %}", "digest.md:1"),
        ] {
            let error = check_template(Template::Markdown, text).unwrap_err().to_string();
            assert!(error.contains(what), "{text:?}: {error}");
        }
    }
}
