//! The user's own templates: kept in the library, tried out before they are taken.

use wirewatch_digest::{Template, Templates, check_template, specimen_for_pdf};

use crate::error::Result;
use crate::{Event, Monitor, PdfMaker};

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

    /// Takes a text for a template once it has been tried out on made-up digests. Blocks.
    ///
    /// # Errors
    /// With the line and the reason, if it cannot be used; the one that there was stays.
    pub fn set_template(&self, template: Template, text: &str, maker: &PdfMaker) -> Result<()> {
        match template {
            Template::Pdf => maker.make(&specimen_for_pdf(text)).map(drop)?,
            _ => check_template(template, text)?,
        }
        self.keep_template(template, text)
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
