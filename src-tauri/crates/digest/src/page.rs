//! HTML, Markdown and plain text from templates.
//!
//! Templates whose name ends in `.html` escape by themselves; a name that a template misspells is an
//! error and not an empty string.

use minijinja::value::{Serde, Value};
use minijinja::{
    AutoEscape, Environment, Error, Output, State, UndefinedBehavior, context, escape_formatter,
};
use serde::Serialize;

use crate::view::View;
use crate::{Digest, DigestError};

/// The templates by name; the ending decides on escaping.
const TEMPLATES: [(&str, &str); 4] = [
    ("digest.html", include_str!("templates/digest.html")),
    ("digest.md", include_str!("templates/digest.md")),
    ("mail.html", include_str!("templates/mail.html")),
    ("mail.txt", include_str!("templates/mail.txt")),
];

/// A page that needs nothing else: styles and charts inside, no scripts, nothing fetched.
///
/// # Errors
/// [`DigestError::Template`] if the template does not render.
pub fn to_html(digest: &Digest) -> Result<String, DigestError> {
    Templates::new()?.render("digest.html", digest, &())
}

/// CommonMark without raw HTML; whatever an article says is escaped.
///
/// # Errors
/// [`DigestError::Template`] if the template does not render.
pub fn to_markdown(digest: &Digest) -> Result<String, DigestError> {
    Templates::new()?.render("digest.md", digest, &())
}

/// The templates, parsed.
pub(crate) struct Templates(Environment<'static>);

impl Templates {
    pub(crate) fn new() -> Result<Templates, DigestError> {
        let mut templates = Environment::new();
        templates.set_auto_escape_callback(|name| {
            if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
        });
        templates.set_formatter(write_value);
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        templates.add_filter("counted", counted);
        templates.add_filter("thousands", thousands);
        templates.add_filter("md", escape_markdown);
        templates.add_filter("mdurl", escape_markdown_url);
        for (name, source) in TEMPLATES {
            templates.add_template(name, source).map_err(|source| DigestError::Template { name, source })?;
        }
        Ok(Templates(templates))
    }

    /// Renders a template over a digest; `more` is what it needs besides, under the name `more`.
    pub(crate) fn render(
        &self,
        name: &'static str,
        digest: &Digest,
        more: &impl Serialize,
    ) -> Result<String, DigestError> {
        let view = View::of(digest);
        let template = self.0.get_template(name);
        template
            .and_then(|template| template.render(context! { more => Serde(more), ..Serde(&view) }))
            // The template's own last line break is taken by the engine.
            .map(|text| text + "\n")
            .map_err(|source| DigestError::Template { name, source })
    }
}

/// Writes a value into a template. Text in HTML is escaped as far as it must be between tags and in
/// attributes with double quotes, which are the only ones we write; the engine's own escaping would
/// also take apostrophes and slashes apart, and addresses could no longer be read in the source.
fn write_value(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if *state.auto_escape() == AutoEscape::Html && !value.is_safe() => {
            Ok(out.write_str(&escape_html(text))?)
        }
        _ => escape_formatter(out, state, value),
    }
}

fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

/// `1 story`, `1,204 stories`.
fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count), if count == 1 { one } else { many })
}

/// `1204` as `1,204`.
fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Escapes what has a meaning in CommonMark or its GitHub dialect, and no more: the file is also read as
/// it is. What begins a list, a rule or a heading means something at the start of a line only.
fn escape_markdown(text: &str) -> String {
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (offset, c) in text.char_indices() {
        let starts_block = match c {
            '-' | '+' | '=' => offset == 0,
            '.' | ')' => number > 0 && offset == number,
            _ => false,
        };
        if starts_block || r"\`*_[]<>#&|~$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Encodes what would end a link's target early, or mean something inside it.
fn escape_markdown_url(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' | ')' | '[' | ']' | '\\' | '<' | '>' | '*' | '_' | '`' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_well() {
        for (count, want) in
            [(0, "0 stories"), (1, "1 story"), (999, "999 stories"), (1_234_567, "1,234,567 stories")]
        {
            assert_eq!(counted(count, "story", "stories"), want);
        }
    }

    #[test]
    fn markdown_is_escaped() {
        for (text, want) in [
            ("# [a](b) *c* <d> &amp; `e`", r"\# \[a\](b) \*c\* \<d\> \&amp; \`e\`"),
            ("- one", r"\- one"),
            ("2019. A year", r"2019\. A year"),
            ("It's U.S.-led: (yes), 3.5 %!", "It's U.S.-led: (yes), 3.5 %!"),
        ] {
            assert_eq!(escape_markdown(text), want);
        }
        assert_eq!(escape_markdown_url("https://e.org/a_(b)"), "https://e.org/a%5F%28b%29");
    }
}
