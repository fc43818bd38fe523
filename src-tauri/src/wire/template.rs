//! How digests look, in the user's own words.

use serde::Serialize;
use ts_rs::TS;
use wirewatch_digest::{Fault, Template, Templates};
use wirewatch_monitor::{MonitorError, Trial};

use super::convert::{sentence, utf16};
use super::{CommandError, count};

/// A template as it stands.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TemplateView {
    /// Its file name; the ending says what it is written in.
    pub(crate) name: String,
    /// Whether it is the user's own.
    pub(crate) own: bool,
    /// The text that is used.
    pub(crate) text: String,
    /// The text that comes with the program.
    pub(crate) ours: String,
}

/// What became of trying a template.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TemplateTrial {
    /// What is wrong with it; none if it can be used.
    pub(crate) fault: Option<TemplateFault>,
    /// What it makes of a made-up digest, as a page; none if it makes none.
    pub(crate) html: Option<String>,
    /// The same as plain text.
    pub(crate) text: Option<String>,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub(crate) struct TemplateFault {
    /// In plain words.
    pub(crate) message: String,
    /// The line, counted from 1; none if it is not known.
    pub(crate) line: Option<u32>,
    /// First character of the passage (UTF-16, as the text box counts); as `end` if none is known.
    pub(crate) start: u32,
    /// One past the last character.
    pub(crate) end: u32,
}

impl TemplateView {
    /// One of the templates.
    pub(crate) fn new(template: Template, templates: &Templates) -> TemplateView {
        TemplateView {
            name: template.name().to_owned(),
            own: templates.own(template).is_some(),
            text: templates.text(template).to_owned(),
            ours: template.ours().to_owned(),
        }
    }
}

impl TemplateTrial {
    /// What came of trying a text.
    pub(crate) fn new(text: &str, tried: Result<Trial, Fault>) -> TemplateTrial {
        let (fault, html, shown) = match tried {
            Ok(Trial::Page(html)) => (None, Some(html), None),
            Ok(Trial::Text(shown)) => (None, None, Some(shown)),
            Ok(Trial::Pdf(_)) => (None, None, None),
            Err(fault) => (Some(TemplateFault::new(text, fault)), None, None),
        };
        TemplateTrial { fault, html, text: shown }
    }
}

impl TemplateFault {
    fn new(text: &str, fault: Fault) -> TemplateFault {
        let place = fault.place.unwrap_or_default();
        TemplateFault {
            message: sentence(&fault.words),
            line: fault.line.map(|line| count(line as u64)),
            start: utf16(text, place.start),
            end: utf16(text, place.end),
        }
    }
}

/// A template of this name, or a refusal.
pub(crate) fn template(name: &str) -> Result<Template, CommandError> {
    let missing = || MonitorError::Missing { what: "template", id: name.to_owned() }.into();
    Template::from_name(name).ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_stands_where_the_text_box_counts_it() {
        let text = "🗳 {{ titel }}";
        let place = text.find("titel").map(|start| start..start + 5);
        let fault = Fault { words: "`titel` is undefined".to_owned(), line: Some(1), place };
        let trial = TemplateTrial::new(text, Err(fault));
        let fault = trial.fault.unwrap();
        assert_eq!((fault.line, fault.start, fault.end), (Some(1), 6, 11));
        let bare = Fault { words: "not done after 120 seconds".to_owned(), line: None, place: None };
        let fault = TemplateFault::new(text, bare);
        assert_eq!((fault.message.as_str(), fault.start, fault.end), ("Not done after 120 seconds", 0, 0));
    }
}
