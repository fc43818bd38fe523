//! Bounding HTML before it is parsed.
//!
//! Every engine that builds a tree is quadratic in its depth (ten thousand nested `div`s cost
//! seconds, sixty thousand more than half a minute), and unclosed formatting elements are opened
//! again in every paragraph. One cheap pass over the tags keeps both small: elements beyond the
//! limit lose their tags and keep their text; scripts, styles and comments go.

use crate::markup::{Piece, Pieces, Tag, pieces};

/// How deep elements may nest. Real pages reach about 60.
const MAX_DEPTH: usize = 200;

/// How many formatting elements may be open at once.
const MAX_FORMATTING: usize = 16;

/// How many elements are built; an overlong page is cut there. A very large real page has 30,000.
const MAX_NODES: usize = 150_000;

/// How many characters that a serialiser looks at may follow each other without a tag between.
const WATCHED_A_RUN: usize = 500;

/// HTML that can be parsed at a cost linear in its length.
pub(crate) struct Bounded {
    pub(crate) html: String,
    /// True if the end of the page was left out.
    pub(crate) cut: bool,
}

/// Bounds the depth and the number of elements of a page or fragment.
pub(crate) fn bound(html: &str) -> Bounded {
    let mut open = Open { out: String::with_capacity(html.len()), ..Open::default() };
    let mut pieces = pieces(html);
    while let Some(piece) = pieces.next() {
        if open.nodes > MAX_NODES {
            return Bounded { html: open.out, cut: true };
        }
        match piece {
            Piece::Text(text) => open.text(text),
            // Outside of SVG this is a comment to HTML, but feeds mean its text.
            Piece::CData(text) => open.text(text),
            Piece::Aside(raw) => open.aside(raw),
            Piece::Open(tag) => open.start(tag, &mut pieces),
            Piece::Close { name, raw } => open.end(name, raw),
        }
    }
    Bounded { html: open.out, cut: false }
}

/// The elements open at a point of the page, as far as depth is concerned.
#[derive(Default)]
struct Open {
    out: String,
    blocks: Vec<String>,
    formatting: Vec<String>,
    nodes: usize,
    /// How many characters that a serialiser looks at the present run of text has had.
    watched: usize,
    /// Whether nothing but white space has followed the beginning of an article's body.
    begins_body: bool,
}

impl Open {
    /// A run of text with very many characters that a serialiser looks at costs it the square of their
    /// number; an empty comment now and then ends the run.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some((at, _)) =
            rest.match_indices(is_watched).nth(WATCHED_A_RUN.saturating_sub(self.watched))
        {
            let (run, behind) = rest.split_at(at);
            self.out.push_str(run);
            self.out.push_str("<!---->");
            self.watched = 0;
            rest = behind;
        }
        self.watched += rest.matches(is_watched).count();
        self.begins_body &= rest.trim().is_empty();
        self.out.push_str(rest);
    }

    /// A tag ends a run of text.
    fn tag(&mut self, raw: &str) {
        self.watched = 0;
        self.out.push_str(raw);
    }

    /// Only the document type matters: without it tables behave differently.
    fn aside(&mut self, raw: &str) {
        if raw.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype")) {
            self.out.push_str(raw);
        }
    }

    fn start(&mut self, tag: Tag, pieces: &mut Pieces) {
        let name = tag.name.to_ascii_lowercase();
        // XHTML ends them there; HTML would swallow the rest of the text.
        if tag.closed && matches!(name.as_str(), "iframe" | "object") {
            return;
        }
        let begins_body = std::mem::replace(&mut self.begins_body, is_body(&tag));
        // Blogger hands the text to a script that shows it; its end tag closes nothing and is ignored.
        if begins_body && name == "script" && is_template(&tag) {
            return;
        }
        match kind(&name) {
            Kind::Raw => return self.raw(&name, tag, pieces),
            Kind::Void => {}
            // Their end tag may be left out: they close each other and cannot nest by themselves.
            Kind::Sibling if self.blocks.len() < MAX_DEPTH => {}
            Kind::Formatting if self.formatting.len() < MAX_FORMATTING => self.formatting.push(name),
            Kind::Block if self.blocks.len() < MAX_DEPTH => self.blocks.push(name),
            Kind::Sibling | Kind::Formatting | Kind::Block => return self.out.push(' '),
        }
        self.nodes += 1 + self.formatting.len();
        self.tag(tag.raw);
        if !tag.raw.ends_with('>') {
            self.out.push('>');
        }
    }

    /// Elements whose inside is no markup. Of scripts only the data are kept.
    fn raw(&mut self, name: &str, tag: Tag, pieces: &mut Pieces) {
        let inside = pieces.raw_text(name);
        // The end tag itself.
        pieces.next();
        let keep = match name {
            "title" => true,
            "script" => {
                tag.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
            }
            _ => false,
        };
        if keep {
            self.out.push_str(tag.raw);
            self.out.push_str(inside);
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn end(&mut self, name: &str, raw: &str) {
        let name = name.to_ascii_lowercase();
        match kind(&name) {
            Kind::Formatting => remove_last(&mut self.formatting, &name),
            // The one end tag that leaves open what is inside of its element (HTML, 13.2.6.4.7).
            Kind::Block if name == "form" => remove_last(&mut self.blocks, &name),
            Kind::Block => self.close_block(&name),
            Kind::Raw | Kind::Void | Kind::Sibling => {}
        }
        self.tag(raw);
    }

    /// An end tag closes what is open inside of its element, but does not reach out of a table.
    fn close_block(&mut self, name: &str) {
        let reach = self.blocks.iter().rev().take_while(|open| *open == name || *open != "table").count();
        let reach = if name == "table" { self.blocks.len() } else { reach };
        let from = self.blocks.len() - reach;
        let within = self.blocks.get(from..).unwrap_or_default();
        if let Some(at) = within.iter().rposition(|open| open == name) {
            self.blocks.truncate(from + at);
        }
    }
}

/// `&`, and the no-break space with all that shares its first byte.
fn is_watched(c: char) -> bool {
    matches!(c, '&' | '\u{80}'..='\u{bf}')
}

fn remove_last(open: &mut Vec<String>, name: &str) {
    if let Some(at) = open.iter().rposition(|open| open == name) {
        open.remove(at);
    }
}

fn is_body(tag: &Tag) -> bool {
    tag.attribute("itemprop").is_some_and(|name| name.eq_ignore_ascii_case("articleBody"))
}

fn is_template(script: &Tag) -> bool {
    script.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("text/template"))
}

enum Kind {
    Raw,
    Void,
    Sibling,
    Formatting,
    Block,
}

fn kind(name: &str) -> Kind {
    match name {
        "script" | "style" | "title" | "textarea" | "xmp" | "iframe" | "noembed" | "noframes"
        | "plaintext" => Kind::Raw,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "param"
        | "source" | "track" | "wbr" | "keygen" => Kind::Void,
        "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "colgroup"
        | "option" | "optgroup" | "rp" | "rt" | "html" | "head" | "body" => Kind::Sibling,
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong"
        | "tt" | "u" => Kind::Formatting,
        _ => Kind::Block,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_html_stays_as_it_is() {
        let html = "<!DOCTYPE html><html><head><title>a < b</title></head><body><div class=\"x\"><p>One<p>Two <b>bold</b>\
                    <table><tr><td>1<td>2</table></div></body></html>";
        assert_eq!(bound(html).html, html);
    }

    #[test]
    fn scripts_styles_and_comments_go_and_data_stay() {
        let html = "<style>p{}</style>a<script>b('<p>')</script><!-- c --><script type=\"application/ld+json\">{}</script>d";
        assert_eq!(bound(html).html, "a<script type=\"application/ld+json\">{}</script>d");
    }

    #[test]
    fn an_article_that_a_script_shows_is_read() {
        let html =
            "<div itemprop='articleBody'>\n<script type='text/template'><p>They met.</p></script></div>";
        assert!(
            bound(html).html.contains("<div itemprop='articleBody'>\n<p>They met.</p>"),
            "{}",
            bound(html).html
        );
        let other = "<div>\n<script type='text/template'><p>${name}</p></script></div>";
        assert!(!bound(other).html.contains("name"), "{}", bound(other).html);
    }

    #[test]
    fn a_frame_that_xhtml_has_ended_swallows_nothing() {
        assert_eq!(bound("a<iframe src='x'/><p>b</p><object data='y'/>c").html, "a<p>b</p>c");
    }

    #[test]
    fn depth_is_bounded_and_text_kept() {
        for tag in ["div", "b", "span", "blockquote"] {
            let html = format!("{}inside", format!("<{tag}>").repeat(60_000));
            let bounded = bound(&html).html;
            assert!(bounded.matches('<').count() <= MAX_DEPTH, "{tag}");
            assert!(bounded.ends_with("inside"), "{tag}");
        }
    }

    #[test]
    fn no_run_of_text_holds_many_characters_that_are_looked_at() {
        for watched in ["&", "\u{a0}", "«", "\u{90}"] {
            let html = bound(&watched.repeat(10_000)).html;
            let most = html.split("<!---->").map(|run| run.matches(watched).count()).max();
            assert!(most.is_some_and(|most| most <= WATCHED_A_RUN + 1), "{watched}: {most:?}");
        }
    }

    #[test]
    fn what_a_form_leaves_open_is_depth() {
        let html = "<form><div></form>".repeat(10_000);
        assert!(bound(&html).html.matches("<div>").count() <= MAX_DEPTH);
    }

    #[test]
    fn unclosed_paragraphs_are_not_depth() {
        let html = "<p>one".repeat(1000);
        assert_eq!(bound(&html).html, html);
    }
}
