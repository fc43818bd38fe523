//! A tolerant tokenizer of tags, for XML and HTML alike.
//!
//! It never fails: whatever is no tag is text. It sees tags, CDATA sections and declarations, and
//! leaves names, nesting and entities to whoever asks. Cost: one pass, no allocation.

/// A piece of markup.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Piece<'a> {
    /// Text between tags, entities as written.
    Text(&'a str),
    /// The inside of a CDATA section.
    CData(&'a str),
    /// `<name …>`.
    Open(Tag<'a>),
    /// `</name>`.
    Close { name: &'a str, raw: &'a str },
    /// A comment, processing instruction or declaration.
    Aside(&'a str),
}

/// How a CDATA section begins.
const CDATA: &str = "<![CDATA[";

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tag<'a> {
    /// Its name as written, prefix included.
    pub(crate) name: &'a str,
    /// What follows the name.
    attributes: &'a str,
    /// True for `<name/>`.
    pub(crate) closed: bool,
    /// The whole tag.
    pub(crate) raw: &'a str,
}

impl<'a> Tag<'a> {
    /// Its attributes in order: name and value as written, without quotes.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let (attribute, behind) = attribute(rest)?;
            rest = behind;
            Some(attribute)
        })
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// The part of a name behind its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The pieces of a text.
pub(crate) fn pieces(text: &str) -> Pieces<'_> {
    Pieces { text, at: 0, had_subset: false, cdata_end: 0 }
}

/// Iterator over [`Piece`]s; a clone remembers a place to go back to.
#[derive(Clone)]
pub(crate) struct Pieces<'a> {
    text: &'a str,
    at: usize,
    had_subset: bool,
    /// Where the last section that was looked at ends: while it is ahead, no other end is nearer, so
    /// that a text full of sections that are never closed is searched once.
    cdata_end: usize,
}

impl<'a> Pieces<'a> {
    /// Takes everything up to the end tag `name` as it stands: the inside of `script` and the like.
    pub(crate) fn raw_text(&mut self, name: &str) -> &'a str {
        let rest = self.rest();
        let ends = |at: usize| {
            let behind = rest.get(at + 2..).unwrap_or_default();
            behind.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        };
        let end = rest.match_indices("</").map(|(at, _)| at).find(|&at| ends(at)).unwrap_or(rest.len());
        self.take(end)
    }

    /// Whether nothing is left.
    pub(crate) fn is_at_end(&self) -> bool {
        self.rest().is_empty()
    }

    /// Goes back to a byte inside of the CDATA section that came next at `before`: for sections that
    /// are never closed. What was learned since stays known.
    pub(crate) fn go_back_into_cdata(&mut self, before: &Pieces, at: usize) {
        self.at = before.at + CDATA.len() + at;
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, length: usize) -> &'a str {
        let taken = self.rest().get(..length).unwrap_or(self.rest());
        self.at += taken.len();
        taken
    }

    /// A comment or the like: up to and with `end`, or to the end of the text.
    fn aside(&mut self, start: usize, end: &str) -> Piece<'a> {
        let rest = self.rest();
        let length = rest
            .get(start..)
            .and_then(|inside| inside.find(end))
            .map_or(rest.len(), |at| start + at + end.len());
        Piece::Aside(self.take(length))
    }

    fn declaration(&mut self) -> Piece<'a> {
        let rest = self.rest();
        if rest.starts_with(CDATA) {
            return self.cdata();
        }
        if rest.starts_with("<!--") {
            return self.aside(4, "-->");
        }
        if rest.starts_with("<?") {
            return self.aside(2, ">");
        }
        self.doctype()
    }

    fn cdata(&mut self) -> Piece<'a> {
        self.take(CDATA.len());
        if self.cdata_end < self.at {
            let rest = self.rest();
            self.cdata_end = self.at + rest.find("]]>").unwrap_or(rest.len());
        }
        let inside = self.take(self.cdata_end - self.at);
        self.take("]]>".len().min(self.rest().len()));
        Piece::CData(inside)
    }

    /// A document type may hold a subset in brackets, which is skipped: its entities are never
    /// defined. Only the first may, or a text full of them would be searched over and over.
    fn doctype(&mut self) -> Piece<'a> {
        let rest = self.rest();
        let head = rest.split('>').next().unwrap_or(rest);
        if head.contains('[') && !self.had_subset {
            self.had_subset = true;
            if let Some(end) = rest.find("]>").or_else(|| rest.find("] >")) {
                return self.aside(end, ">");
            }
        }
        self.aside(2, ">")
    }

    fn close(&mut self) -> Option<Piece<'a>> {
        let rest = self.rest();
        let inside = rest.strip_prefix("</").filter(|inside| inside.starts_with(is_name_start))?;
        let name = inside.get(..name_length(inside))?;
        let length = rest.find('>').map_or(rest.len(), |at| at + 1);
        Some(Piece::Close { name, raw: self.take(length) })
    }

    fn open(&mut self) -> Option<Piece<'a>> {
        let rest = self.rest();
        let inside = rest.strip_prefix('<').filter(|inside| inside.starts_with(is_name_start))?;
        let (name, behind) = inside.split_at(name_length(inside));
        let length = attributes_length(behind);
        let attributes = behind.get(..length)?;
        // A tag that another one interrupts has no end of its own.
        let end = usize::from(behind.get(length..)?.starts_with('>'));
        let raw = self.take(1 + name.len() + length + end);
        let closed = attributes.ends_with('/');
        let attributes = attributes.strip_suffix('/').unwrap_or(attributes);
        Some(Piece::Open(Tag { name, attributes, closed, raw }))
    }

    fn text(&mut self) -> Piece<'a> {
        // The first character belongs to the text even if it is a `<`: it begins no tag.
        let rest = self.rest();
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length =
            rest.get(first..).and_then(|behind| behind.find('<')).map_or(rest.len(), |at| first + at);
        Piece::Text(self.take(length))
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            return Some(self.declaration());
        }
        Some(self.close().or_else(|| self.open()).unwrap_or_else(|| self.text()))
    }
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn name_length(text: &str) -> usize {
    text.find(|c: char| c.is_whitespace() || "/><=\"'".contains(c)).unwrap_or(text.len())
}

/// How far a start tag's attributes reach: to the `>` outside of a quoted value. A tag that never
/// ends reaches to the next `<` or the end of the text.
fn attributes_length(text: &str) -> usize {
    let mut rest = text;
    loop {
        let at = |rest: &str| text.len() - rest.len();
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        match rest.chars().next() {
            None | Some('>' | '<') => return at(rest),
            Some(_) => match attribute(rest) {
                Some((_, behind)) => rest = behind,
                None => return at(rest),
            },
        }
    }
}

/// The first attribute of a text and what follows it.
fn attribute(text: &str) -> Option<((&str, &str), &str)> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
    let first = text.chars().next().filter(|&c| c != '>' && c != '<')?;
    // A stray `=` or quote is a name of its own, as in HTML, so that every step moves on.
    let skip = first.len_utf8();
    let tail = text.get(skip..)?;
    let name_end = skip + tail.find(|c: char| c.is_whitespace() || "/><=".contains(c)).unwrap_or(tail.len());
    let (name, rest) = text.split_at(name_end);
    let Some(value) = rest.trim_start().strip_prefix('=') else { return Some(((name, ""), rest)) };
    let value = value.trim_start();
    for quote in ['"', '\''] {
        if let Some(inside) = value.strip_prefix(quote) {
            // An unclosed quote would swallow the document; it ends with the tag instead.
            let end = inside.find(quote).or_else(|| inside.find('>')).unwrap_or(inside.len());
            let (value, rest) = inside.split_at(end);
            return Some(((name, value), rest.strip_prefix(quote).unwrap_or(rest)));
        }
    }
    let end = value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len());
    // `<br clear=all/>`: the slash ends the tag; in `href=a/b` it does not.
    let end = if value.get(end..).is_some_and(|rest| rest.starts_with('>'))
        && value.get(..end).is_some_and(|v| v.ends_with('/'))
    {
        end - 1
    } else {
        end
    };
    let (value, rest) = value.split_at(end);
    Some(((name, value), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let mut out = String::new();
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => out.push_str(&format!("T({text})")),
                Piece::CData(text) => out.push_str(&format!("D({text})")),
                Piece::Close { name, .. } => out.push_str(&format!("E({name})")),
                Piece::Aside(_) => out.push('A'),
                Piece::Open(tag) => {
                    let attributes: Vec<String> =
                        tag.attributes().map(|(n, v)| format!(" {n}={v}")).collect();
                    let slash = if tag.closed { "/" } else { "" };
                    out.push_str(&format!("S({}{}{slash})", tag.name, attributes.concat()));
                }
            }
        }
        out
    }

    #[test]
    fn markup_falls_into_pieces_however_bad() {
        for (text, want) in [
            ("<a>b</a>", "S(a)T(b)E(a)"),
            ("<a href=\"x>y\" c='d' e=f g/>", "S(a href=x>y c=d e=f g=/)"),
            ("<a href=http://x/y/>z", "S(a href=http://x/y/)T(z)"),
            ("1 < 2 & 3 <4> 5", "T(1 )T(< 2 & 3 )T(<4> 5)"),
            ("<![CDATA[<b>]]]>c", "D(<b>])T(c)"),
            ("<![CDATA[open", "D(open)"),
            ("<!-- <a> -->b<!-- c", "AT(b)A"),
            ("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a \"b\">]><x/>", "AAS(x/)"),
            ("<a b=\"c", "S(a b=c)"),
            ("<a b=\"c>d<e>", "S(a b=c)T(d)S(e)"),
            ("<a <b>", "S(a)S(b)"),
            ("<a =\"b\" \"c>d", "S(a =\"b\"= \"c=)T(d)"),
            ("</ a></a", "T(</ a>)E(a)"),
            ("<", "T(<)"),
        ] {
            assert_eq!(show(text), want, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_section_is_known_after_going_back() {
        let text = "<![CDATA[a</t><![CDATA[b</t><![CDATA[c]]>d";
        let mut pieces = pieces(text);
        let before = pieces.clone();
        assert_eq!(pieces.next(), Some(Piece::CData("a</t><![CDATA[b</t><![CDATA[c")));
        pieces.go_back_into_cdata(&before, 1);
        assert_eq!(pieces.cdata_end, text.len() - 4, "it need not be searched again");
        let rest: Vec<Piece> = pieces.skip(1).collect();
        assert_eq!(rest, [Piece::CData("b</t><![CDATA[c"), Piece::Text("d")]);
    }

    #[test]
    fn raw_text_ends_at_its_end_tag_only() {
        let mut pieces = pieces("<script>if (a</b/) '</scr' </SCRIPT>x");
        pieces.next();
        assert_eq!(pieces.raw_text("script"), "if (a</b/) '</scr' ");
    }
}
