//! HTML, Markdown and plain text from templates.
//!
//! Templates whose name ends in `.html` escape by themselves; a name that a template misspells is an
//! error and not an empty string.

use minijinja::value::{Serde, Value};
use minijinja::{
    AutoEscape, Environment, Error, Output, State, UndefinedBehavior, context, escape_formatter,
};
use serde::Serialize;

use crate::mail::Share;
use crate::view::View;
use crate::{Digest, DigestError, Template, Templates};

/// The templates of this room's language.
const PAGES: [Template; 4] = [Template::Page, Template::Markdown, Template::MailHtml, Template::MailText];

/// Instructions of one rendering: a thousand stories take a few hundred thousand, and a template without
/// end stops.
const FUEL: u64 = 50_000_000;

/// Under these names stand ours, for when the user's own fail.
const OURS: &str = "ours/";

/// A page that needs nothing else: styles and charts inside, no scripts, nothing fetched.
///
/// # Errors
/// [`DigestError::Template`] if the template does not render.
pub fn to_html(digest: &Digest, templates: &Templates) -> Result<String, DigestError> {
    Pages::new(templates)?.render(Template::Page, &Sight::of(digest), &())
}

/// CommonMark without raw HTML; whatever an article says is escaped.
///
/// # Errors
/// [`DigestError::Template`] if the template does not render.
pub fn to_markdown(digest: &Digest, templates: &Templates) -> Result<String, DigestError> {
    Pages::new(templates)?.render(Template::Markdown, &Sight::of(digest), &())
}

/// A digest as templates see it: worked out once, for any number of renderings.
pub(crate) struct Sight(Value);

impl Sight {
    pub(crate) fn of(digest: &Digest) -> Sight {
        Sight(Value::from(Serde(View::of(digest))))
    }
}

/// The templates, parsed.
pub(crate) struct Pages(Environment<'static>);

impl Pages {
    /// The user's own where they can be parsed, and ours.
    pub(crate) fn new(templates: &Templates) -> Result<Pages, DigestError> {
        let mut pages = Pages::ours()?;
        for template in PAGES {
            if let Some(text) = templates.own(template)
                && let Err(error) = pages.add(template, text)
            {
                tracing::warn!(%error, "a template of the user's gives way to ours");
            }
        }
        Ok(pages)
    }

    /// The user's own, all of which must parse.
    pub(crate) fn strictly(templates: &Templates) -> Result<Pages, DigestError> {
        let mut pages = Pages::ours()?;
        let own = PAGES.into_iter().filter_map(|template| Some((template, templates.own(template)?)));
        own.into_iter().try_for_each(|(template, text)| pages.add(template, text))?;
        Ok(pages)
    }

    fn ours() -> Result<Pages, DigestError> {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|name| {
            if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
        });
        environment.set_formatter(write_value);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        // What fails is named with its place, down to the expression.
        environment.set_debug(true);
        environment.add_filter("counted", counted);
        environment.add_filter("thousands", thousands);
        environment.add_filter("md", escape_markdown);
        environment.add_filter("mdurl", escape_markdown_url);
        for template in PAGES {
            let name = format!("{OURS}{}", template.name());
            let added = environment.add_template_owned(name, template.ours());
            added.map_err(|fault| DigestError::Template { name: template.name(), fault })?;
        }
        Ok(Pages(environment))
    }

    fn add(&mut self, template: Template, text: &str) -> Result<(), DigestError> {
        let name = template.name();
        let added = self.0.add_template_owned(name, text.to_owned());
        added.map_err(|fault| DigestError::Template { name, fault })
    }

    /// Renders a template over a digest, the user's own if it can be; `more` is what it needs besides,
    /// under the name `more`.
    pub(crate) fn render(
        &self,
        template: Template,
        sight: &Sight,
        more: &impl Serialize,
    ) -> Result<String, DigestError> {
        if self.0.get_template(template.name()).is_ok() {
            match self.render_named(template.name(), template, sight, more) {
                Ok(text) => return Ok(text),
                Err(error) => tracing::warn!(%error, "a template of the user's gives way to ours"),
            }
        }
        self.render_named(&format!("{OURS}{}", template.name()), template, sight, more)
    }

    /// Renders the user's own template, and says what is wrong with it.
    pub(crate) fn try_out(&self, template: Template, digest: &Digest) -> Result<String, DigestError> {
        let sight = Sight::of(digest);
        match template {
            Template::MailHtml => self.render_named(template.name(), template, &sight, &Share::ALL),
            _ => self.render_named(template.name(), template, &sight, &()),
        }
    }

    fn render_named(
        &self,
        name: &str,
        template: Template,
        sight: &Sight,
        more: &impl Serialize,
    ) -> Result<String, DigestError> {
        self.0
            .get_template(name)
            .and_then(|text| text.render(context! { more => Serde(more), ..sight.0.clone() }))
            // The template's own last line break is taken by the engine.
            .map(|text| text + "\n")
            .map_err(|fault| DigestError::Template { name: template.name(), fault })
    }
}

/// Writes a value into a template. Text in HTML of ours is escaped as far as it must be between tags and in
/// attributes with double quotes, which are the only ones we write; the engine's own escaping, which the
/// user's templates get, also takes apostrophes and slashes apart, and addresses can no longer be read in
/// the source.
fn write_value(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text)
            if *state.auto_escape() == AutoEscape::Html
                && !value.is_safe()
                && state.name().starts_with(OURS) =>
        {
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
