//! A tree of elements to blocks of text.

use dom_query::{Document, NodeRef};

use crate::block::{Block, Link};
use crate::plain;

/// Deeper elements are not walked into; [`super::bound`] leaves none, up to what the parser adds.
pub(super) const MAX_WALK: usize = 2000;

/// A block and the element that holds it and nothing else.
pub(crate) struct Found<'a> {
    pub(crate) block: Block,
    element: Option<NodeRef<'a>>,
}

impl Found<'_> {
    /// Takes the block's element out of the tree, if it has one of its own.
    pub(crate) fn remove(&self) {
        if let Some(element) = self.element {
            element.remove_from_parent();
        }
    }
}

/// The blocks below an element, in reading order. Scripts, forms, captions and what is hidden are
/// left out.
pub(crate) fn blocks<'a>(root: &NodeRef<'a>) -> Vec<Found<'a>> {
    let mut walk = Walk { found: Vec::new(), line: Line::default() };
    walk.element(*root, 0);
    walk.flush();
    walk.found
}

struct Walk<'a> {
    found: Vec<Found<'a>>,
    line: Line,
}

/// The block in the making.
#[derive(Default)]
struct Line {
    text: String,
    heading: Option<u8>,
    bold: Option<(usize, usize)>,
    link: Option<(usize, usize, String)>,
}

impl<'a> Walk<'a> {
    fn element(&mut self, node: NodeRef<'a>, depth: usize) {
        if node.is_text() {
            self.line.text.push_str(&flat(&node.text()));
            return;
        }
        let name = node.node_name().unwrap_or_default();
        if depth > MAX_WALK || is_left_out(&node, &name) {
            return;
        }
        match &*name {
            "br" => self.line.text.push('\n'),
            "b" | "strong" => self.bold(&node, depth),
            "a" => self.link(&node, depth),
            "td" | "th" => {
                self.line.text.push(' ');
                self.children(&node, depth);
            }
            name if is_block(name) => self.block(node, heading_level(name), depth),
            _ => self.children(&node, depth),
        }
    }

    fn block(&mut self, node: NodeRef<'a>, heading: Option<u8>, depth: usize) {
        self.flush();
        let before = self.found.len();
        self.line.heading = heading;
        self.children(&node, depth);
        self.flush();
        if let [found] = self.found.get_mut(before..).unwrap_or_default() {
            found.element = found.element.or(Some(node));
        }
    }

    fn children(&mut self, node: &NodeRef<'a>, depth: usize) {
        for child in node.children() {
            self.element(child, depth + 1);
        }
    }

    fn bold(&mut self, node: &NodeRef<'a>, depth: usize) {
        let start = self.line.text.len();
        self.children(node, depth);
        self.line.bold = Some((start, self.line.text.len()));
    }

    fn link(&mut self, node: &NodeRef<'a>, depth: usize) {
        let start = self.line.text.len();
        self.children(node, depth);
        if self.line.link.is_none() {
            let url = node.attr("href").unwrap_or_default().to_string();
            self.line.link = Some((start, self.line.text.len(), url));
        }
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let text = lines(&line.text);
        if text.is_empty() {
            // A heading around a block element is still a heading.
            self.line.heading = line.heading;
            return;
        }
        // Positions may be stale if a block ended inside of the bold or linked words.
        let slice = |start: usize, end: usize| line.text.get(start..end).map(plain::line).unwrap_or_default();
        let bold_tail = line
            .bold
            .filter(|&(_, end)| line.text.get(end..).is_some_and(|behind| behind.trim().is_empty()))
            .map(|(start, end)| slice(start, end))
            .filter(|bold| !bold.is_empty());
        let link =
            line.link.as_ref().map(|(start, end, url)| Link { text: slice(*start, *end), url: url.clone() });
        self.found
            .push(Found { block: Block { heading: line.heading, text, bold_tail, link }, element: None });
    }
}

/// White space in a source is a space; only `br` makes a line.
fn flat(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

fn lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').filter_map(plain::some_line).collect();
    lines.join("\n")
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

fn is_block(name: &str) -> bool {
    heading_level(name).is_some()
        || matches!(
            name,
            "p" | "div"
                | "section"
                | "article"
                | "main"
                | "header"
                | "footer"
                | "body"
                | "html"
                | "ul"
                | "ol"
                | "li"
                | "dl"
                | "dt"
                | "dd"
                | "blockquote"
                | "pre"
                | "table"
                | "caption"
                | "tr"
                | "figure"
                | "hr"
                | "address"
                | "details"
                | "summary"
                | "fieldset"
                | "center"
                | "hgroup"
        )
}

fn is_left_out(node: &NodeRef, name: &str) -> bool {
    let never_text = matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "iframe"
            | "object"
            | "svg"
            | "annotation"
            | "annotation-xml"
            | "button"
            | "input"
            | "select"
            | "textarea"
            | "nav"
            | "aside"
            | "figcaption"
            | "audio"
            | "video"
            | "canvas"
            | "head"
            | "title"
            | "dialog"
            | "map"
    );
    never_text || name == "form" && !is_page(node) || node.is_element() && is_hidden(node)
}

/// Makes forms that hold a page common elements, so that what is shown keeps what is read.
pub(crate) fn open_forms(document: &Document) {
    let forms = document.select("form");
    forms.nodes().iter().filter(|form| is_page(form)).for_each(|form| form.rename("div"));
}

/// Whether a form holds paragraphs: some servers put their whole page into one.
fn is_page(form: &NodeRef) -> bool {
    form.descendants_it().any(|node| node.node_name().is_some_and(|name| &*name == "p"))
}

fn is_hidden(node: &NodeRef) -> bool {
    node.has_attr("hidden")
        || node.attr("aria-hidden").is_some_and(|hidden| hidden.eq_ignore_ascii_case("true"))
        || node
            .attr("style")
            .is_some_and(|style| style.replace(' ', "").to_ascii_lowercase().contains("display:none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Vec<Block> {
        let document = Document::from(html);
        blocks(&document.root()).into_iter().map(|found| found.block).collect()
    }

    #[test]
    fn text_falls_into_blocks() {
        for (html, want) in [
            ("one <i>two</i>\n three", vec!["one two three"]),
            ("<p>one<p>two", vec!["one", "two"]),
            ("<div>one<div>two</div>three</div>", vec!["one", "two", "three"]),
            ("<ul><li>one<li><p>two</p></ul>", vec!["one", "two"]),
            ("<table><tr><td>a<td>b<tr><td>c</table>", vec!["a b", "c"]),
            ("one<br>two<br><br>three", vec!["one\ntwo\nthree"]),
            (
                "<script>x</script><p hidden>x</p><p style='display: none'>x</p><figcaption>x</figcaption>y",
                vec!["y"],
            ),
            ("a&nbsp;b &lt;c&gt;", vec!["a b <c>"]),
            (
                "<math><semantics><mi>E</mi><mo>=</mo><mi>m</mi><annotation>x</annotation></semantics></math> holds",
                vec!["E=m holds"],
            ),
        ] {
            let texts: Vec<String> = read(html).into_iter().map(|block| block.text).collect();
            assert_eq!(texts, want, "{html}");
        }
    }

    #[test]
    fn a_block_knows_its_heading_bold_end_and_link() {
        let blocks = read("<h2>A <b>b</b></h2><p>c <a href='x'>d e</a> <strong>F / G</strong> </p>");
        assert_eq!(blocks[0].heading, Some(2));
        assert_eq!(blocks[0].bold_tail.as_deref(), Some("b"));
        assert_eq!(blocks[1].bold_tail.as_deref(), Some("F / G"));
        assert_eq!(blocks[1].link, Some(Link { text: "d e".into(), url: "x".into() }));
    }
}
