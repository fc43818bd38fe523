//! A small tree of elements from XML of any quality, names without their prefixes.

use crate::entities;
use crate::markup::{Piece, Tag, local, pieces};
use crate::plain;
use crate::sanitise::escape;

/// Wire documents nest to about twenty levels; what is deeper hangs on the deepest that is kept.
const MAX_DEPTH: usize = 96;

/// Attributes of one element that are kept: every look at one goes through them.
const MOST_ATTRIBUTES: usize = 64;

/// More pieces than any news message has.
const MOST_NODES: usize = 400_000;

/// An element.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Element {
    /// Its name without prefix, as written.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    nodes: Vec<Node>,
}

#[derive(Debug, PartialEq)]
enum Node {
    Element(Element),
    Text(String),
}

/// What becomes of an element on its way to HTML.
pub(super) enum Html {
    /// It stands under this name.
    Named(&'static str),
    /// Only what is in it stands.
    Inside,
    /// It goes with all that is in it.
    Gone,
}

/// Reads a document; the result is a nameless element around its root. True if some was left out.
pub(super) fn tree(text: &str) -> (Element, bool) {
    let mut builder = Builder { open: vec![Element::default()], nodes: 0 };
    for piece in pieces(text) {
        if builder.nodes > MOST_NODES {
            break;
        }
        match piece {
            Piece::Open(tag) => builder.start(tag),
            Piece::Close { name, .. } => builder.end(local(name)),
            Piece::Text(text) => builder.text(entities::decode(text)),
            Piece::CData(text) => builder.text(text.to_owned()),
            Piece::Aside(_) => {}
        }
    }
    let cut = builder.nodes > MOST_NODES;
    (builder.finish(), cut)
}

struct Builder {
    /// The open elements, the nameless root first.
    open: Vec<Element>,
    nodes: usize,
}

impl Builder {
    fn start(&mut self, tag: Tag) {
        self.nodes += 1;
        let attributes = tag
            .attributes()
            .take(MOST_ATTRIBUTES)
            .map(|(name, value)| (local(name).to_owned(), entities::decode(value)))
            .collect();
        let element = Element { name: local(tag.name).to_owned(), attributes, nodes: Vec::new() };
        if tag.closed || self.open.len() >= MAX_DEPTH {
            self.put(Node::Element(element));
        } else {
            self.open.push(element);
        }
    }

    /// Closes the nearest open element of this name and those in it; a stray end tag closes none.
    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|element| element.is(name)).filter(|at| *at > 0) else {
            return;
        };
        while self.open.len() > at {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some(element) = self.open.pop() {
            self.put(Node::Element(element));
        }
    }

    fn text(&mut self, text: String) {
        self.nodes += 1;
        self.put(Node::Text(text));
    }

    fn put(&mut self, node: Node) {
        if let Some(parent) = self.open.last_mut() {
            parent.nodes.push(node);
        }
    }

    fn finish(mut self) -> Element {
        while self.open.len() > 1 {
            self.close();
        }
        self.open.pop().unwrap_or_default()
    }
}

impl Element {
    /// Whether it has this name; vocabularies differ in case, and senders err in it.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| if let Node::Element(one) = node { Some(one) } else { None })
    }

    /// Its children of a name.
    pub(super) fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |one| one.is(name))
    }

    /// Its first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|one| one.is(name))
    }

    /// The element at the end of a path of children.
    pub(super) fn path(&self, names: &[&str]) -> Option<&Element> {
        names.iter().try_fold(self, |element, name| element.child(name))
    }

    /// Every element of a name below it, in the document's order.
    pub(super) fn all<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let mut found = Vec::new();
        self.collect(name, &mut found);
        found
    }

    fn collect<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        for one in self.elements() {
            if one.is(name) {
                found.push(one);
            }
            one.collect(name, found);
        }
    }

    /// The first element of a name below it.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|one| if one.is(name) { Some(one) } else { one.find(name) })
    }

    /// An attribute, by its name without prefix; `None` if it is empty.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(found, _)| found.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether its `class` or `role` holds a word.
    pub(super) fn has_class(&self, word: &str) -> bool {
        [self.attribute("class"), self.attribute("role")]
            .into_iter()
            .flatten()
            .any(|classes| classes.split_whitespace().any(|class| class == word))
    }

    /// All text in it, as it stands.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.gather(&mut out);
        out
    }

    fn gather(&self, out: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(one) => {
                    // Words of two blocks are two words.
                    if matches!(one.name.as_str(), "p" | "br" | "li" | "div" | "tr" | "td") {
                        out.push(' ');
                    }
                    one.gather(out);
                }
            }
        }
    }

    /// Its text as one line; `None` if there is none.
    pub(super) fn line(&self) -> Option<String> {
        plain::some_line(&self.text())
    }

    /// What is in it as HTML; `name` says what becomes of each element. No attributes but links.
    pub(super) fn html(&self, name: &dyn Fn(&Element) -> Html) -> String {
        let mut out = String::new();
        self.write_html(name, &mut out);
        out
    }

    fn write_html(&self, name: &dyn Fn(&Element) -> Html, out: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(text) => out.push_str(&escape(text)),
                Node::Element(one) => match name(one) {
                    Html::Gone => {}
                    Html::Inside => one.write_html(name, out),
                    Html::Named(tag) => {
                        one.open_tag(tag, out);
                        one.write_html(name, out);
                        if tag != "br" {
                            out.push_str(&format!("</{tag}>"));
                        }
                    }
                },
            }
        }
    }

    fn open_tag(&self, tag: &str, out: &mut String) {
        match self.attribute("href").filter(|_| tag == "a") {
            Some(href) => out.push_str(&format!("<a href=\"{}\">", escape(href))),
            None => out.push_str(&format!("<{tag}>")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_built_from_any_markup() {
        let (root, cut) = tree("<?xml version='1.0'?><n:a x:id='1 &amp; 2'><b>x<c/>y</b></wrong><b>z");
        assert!(!cut);
        let a = root.child("a").unwrap();
        assert_eq!(a.attribute("ID"), Some("1 & 2"), "prefix and case do not count");
        let texts: Vec<String> = a.children("b").map(Element::text).collect();
        assert_eq!(texts, ["xy", "z"], "what is not closed ends with the document");
    }

    #[test]
    fn attributes_are_bounded() {
        let attributes: String = (0..1000).map(|number| format!(" a{number}='x'")).collect();
        let (root, _) = tree(&format!("<a{attributes}/>"));
        assert_eq!(root.child("a").unwrap().attributes.len(), MOST_ATTRIBUTES);
    }

    #[test]
    fn depth_is_bounded_and_nothing_is_lost() {
        let text = format!("{}deep{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
        assert_eq!(tree(&text).0.text(), "deep");
    }

    #[test]
    fn html_has_only_the_names_that_were_given() {
        let (root, _) =
            tree("<p class='x' onclick='y'>a &lt; <em>b</em><media>no</media> <a href='h?a&amp;b'>c</a></p>");
        let html = root.html(&|one| match one.name.as_str() {
            "p" => Html::Named("p"),
            "a" => Html::Named("a"),
            "media" => Html::Gone,
            _ => Html::Inside,
        });
        assert_eq!(html, "<p>a &lt; b <a href=\"h?a&amp;b\">c</a></p>");
    }
}
