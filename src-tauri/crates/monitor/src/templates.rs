//! The user's own templates: kept in the library, tried out before they are taken.

use wirewatch_digest::{Fault, Template, Templates, specimen_for_pdf, try_template};

use crate::error::{MonitorError, Result};
use crate::{Event, Monitor, PdfMaker};

/// Longest template, in bytes; ours are a twentieth of it.
const LONGEST: usize = 256 * 1024;

/// What a template on trial makes of a made-up digest that holds everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trial {
    /// A web page, or a mail's HTML.
    Page(String),
    /// Markdown, or a mail's plain text.
    Text(String),
    /// A PDF.
    Pdf(Vec<u8>),
}

/// What a template on trial makes, or what is wrong with it.
pub type Tried = std::result::Result<Trial, Fault>;

impl Monitor {
    /// The templates of every output: ours, with the user's own in place of some.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn templates(&self) -> Result<Templates> {
        let mut templates = Templates::default();
        for template in Template::ALL {
            let own = self.library().setting(&key(template))?;
            if let Some(text) = own.filter(|text| !text.is_empty()) {
                templates.set(template, text);
            }
        }
        Ok(templates)
    }

    /// Takes a text for a template if it can be used; what it makes of a made-up digest, or what is wrong
    /// with it and where. Then the one that there was stays. Blocks.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn take_template(&self, template: Template, text: &str, maker: &PdfMaker) -> Result<Tried> {
        let tried = self.try_template(template, text, maker)?;
        if tried.is_ok() {
            self.keep_template(template, text)?;
        }
        Ok(tried)
    }

    /// Tries a text out as [`Monitor::take_template`] does, and keeps nothing. Blocks.
    ///
    /// # Errors
    /// If our own templates fail.
    pub fn try_template(&self, template: Template, text: &str, maker: &PdfMaker) -> Result<Tried> {
        if let Some(fault) = fault_of_length(text) {
            return Ok(Err(fault));
        }
        if template == Template::Pdf {
            return match maker.make(&specimen_for_pdf(text)) {
                Ok(pdf) => Ok(Ok(Trial::Pdf(pdf))),
                Err(MonitorError::Pdf(words)) => Ok(Err(Fault::of_pdf(&words, text))),
                Err(error) => Err(error),
            };
        }
        match try_template(template, text) {
            Ok(shown) if template.name().ends_with(".html") => Ok(Ok(Trial::Page(shown))),
            Ok(shown) => Ok(Ok(Trial::Text(shown))),
            Err(error) => error.fault().map(Err).ok_or(error.into()),
        }
    }

    /// Goes back to ours.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn reset_template(&self, template: Template) -> Result<()> {
        self.keep_template(template, "")
    }

    fn keep_template(&self, template: Template, text: &str) -> Result<()> {
        self.library().set_setting(&key(template), text)?;
        self.tell(Event::Digests);
        Ok(())
    }
}

fn key(template: Template) -> String {
    format!("template:{}", template.name())
}

/// Ours is what stands where nothing is kept, so nothing cannot be a template.
fn fault_of_length(text: &str) -> Option<Fault> {
    let words = match text.len() {
        0 => "an empty template would make empty digests; go back to ours, or write something",
        1..=LONGEST => return None,
        _ => "a template of more than 256 KB cannot be kept; shorten it",
    };
    Some(Fault { words: words.to_owned(), line: None, place: None })
}
