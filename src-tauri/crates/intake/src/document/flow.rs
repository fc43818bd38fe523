//! Paragraphs of an office document, written as the simple HTML that every body goes through.

use std::mem;

use crate::sanitise::escape;

/// A table row with a longer cell is layout, not data: its cells are read one after the other.
const LONGEST_CELL: usize = 400;

/// What a run of text looks like, as far as an article keeps it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Where it links to.
    pub(super) link: Option<String>,
}

/// The longest address that is kept, in bytes; what is longer is data, and every run carries it.
pub(super) const LONGEST_ADDRESS: usize = 2048;

/// Whether a link leads out of the document.
pub(super) fn is_address(link: &str) -> bool {
    link.contains(':') && link.len() <= LONGEST_ADDRESS
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The document's title.
    Title,
    /// A heading of this level, from 1.
    Heading(u8),
    /// A list item.
    Item,
    /// Anything else.
    Text,
}

/// A body in the making.
#[derive(Default)]
pub(super) struct Flow {
    blocks: Vec<(Role, String)>,
    /// The last block that is too long for data: tables in tables need not look for it again.
    last_long: Option<usize>,
    line: String,
    look: Look,
    /// Tables that are open, innermost last.
    tables: Vec<Row>,
}

/// The row in the making of a table, with where its cells begin.
#[derive(Default)]
struct Row {
    cells: Vec<usize>,
}

impl Flow {
    /// Adds text to the paragraph in the making.
    pub(super) fn text(&mut self, text: &str, look: &Look) {
        if text.is_empty() {
            return;
        }
        self.dress(look);
        self.line.push_str(&escape(text));
    }

    /// Begins a new line within the paragraph.
    pub(super) fn line_break(&mut self) {
        self.line.push_str("<br>");
    }

    /// Ends the paragraph in the making; one without text is none.
    pub(super) fn end(&mut self, role: Role) {
        self.dress(&Look::default());
        let line = mem::take(&mut self.line);
        if !line.is_empty() {
            self.push(role, line);
        }
    }

    fn push(&mut self, role: Role, text: String) {
        if text.len() > LONGEST_CELL {
            self.last_long = Some(self.blocks.len());
        }
        self.blocks.push((role, text));
    }

    /// Sets the paragraph in the making aside, for one that stands inside of it.
    pub(super) fn set_aside(&mut self) -> String {
        self.dress(&Look::default());
        mem::take(&mut self.line)
    }

    /// Takes up again a paragraph that was set aside.
    pub(super) fn take_up(&mut self, line: String) {
        self.line = line;
    }

    /// A table begins.
    pub(super) fn open_table(&mut self) {
        self.end(Role::Text);
        self.tables.push(Row::default());
    }

    /// A table ends.
    pub(super) fn close_table(&mut self) {
        self.end_row();
        self.tables.pop();
    }

    /// A cell begins in the innermost table.
    pub(super) fn begin_cell(&mut self) {
        self.end(Role::Text);
        let start = self.blocks.len();
        if let Some(row) = self.tables.last_mut() {
            row.cells.push(start);
        }
    }

    /// A row of the innermost table ends.
    pub(super) fn end_row(&mut self) {
        self.end(Role::Text);
        let mut cells = self.tables.last_mut().map(|row| mem::take(&mut row.cells)).unwrap_or_default();
        // The cell that begins behind the last one.
        cells.pop_if(|start| *start == self.blocks.len());
        let Some(&start) = cells.first() else { return };
        let from = |at: usize| self.blocks.get(at..).unwrap_or_default();
        let is_data = cells.len() > 1 && self.last_long.is_none_or(|long| long < start);
        if !is_data {
            return;
        }
        let mut ends = cells.iter().skip(1).copied().chain([self.blocks.len()]);
        let mut row = String::new();
        for &cell in &cells {
            let end = ends.next().unwrap_or(cell);
            let texts: Vec<&str> =
                from(cell).iter().take(end.saturating_sub(cell)).map(|(_, text)| text.as_str()).collect();
            row.push_str(&format!("<td>{}</td>", texts.join(" ")));
        }
        self.blocks.truncate(start);
        if row.len() > cells.len() * "<td></td>".len() {
            self.push(Role::Text, format!("<table><tr>{row}</tr></table>"));
        }
    }

    /// The body. Headings move down one level below a title.
    pub(super) fn into_html(mut self) -> String {
        self.end(Role::Text);
        let below = u8::from(self.blocks.iter().any(|(role, _)| *role == Role::Title));
        let mut html = String::new();
        for (role, text) in self.blocks {
            let tag = match role {
                Role::Title => "h1".to_owned(),
                Role::Heading(level) => format!("h{}", level.saturating_add(below).clamp(1, 6)),
                Role::Item => "li".to_owned(),
                Role::Text if text.starts_with("<table>") => "div".to_owned(),
                Role::Text => "p".to_owned(),
            };
            html.push_str(&format!("<{tag}>{text}</{tag}>\n"));
        }
        html
    }

    /// Changes the open tags where the look changes.
    fn dress(&mut self, look: &Look) {
        if self.look == *look {
            return;
        }
        let before = mem::replace(&mut self.look, look.clone());
        for (open, tag) in [(before.italic, "</i>"), (before.bold, "</b>"), (before.link.is_some(), "</a>")] {
            if open {
                self.line.push_str(tag);
            }
        }
        if let Some(link) = &look.link {
            self.line.push_str(&format!("<a href=\"{}\">", escape(link)));
        }
        for (open, tag) in [(look.bold, "<b>"), (look.italic, "<i>")] {
            if open {
                self.line.push_str(tag);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_open_and_close_around_their_words() {
        let mut flow = Flow::default();
        let bold = Look { bold: true, ..Look::default() };
        flow.text("a ", &Look::default());
        flow.text("b", &bold);
        flow.text("c", &bold);
        flow.text("<d>", &Look { link: Some("https://example.org/?a&b".into()), ..Look::default() });
        flow.end(Role::Text);
        assert_eq!(
            flow.into_html(),
            "<p>a <b>bc</b><a href=\"https://example.org/?a&amp;b\">&lt;d&gt;</a></p>\n"
        );
    }

    #[test]
    fn rows_of_data_are_lines_and_tables_of_layout_are_paragraphs() {
        let mut flow = Flow::default();
        let plain = Look::default();
        flow.open_table();
        for cell in ["Port", "Ships"] {
            flow.begin_cell();
            flow.text(cell, &plain);
            flow.end(Role::Text);
        }
        flow.end_row();
        flow.begin_cell();
        flow.text("One cell", &plain);
        flow.end(Role::Text);
        flow.close_table();
        assert_eq!(
            flow.into_html(),
            "<div><table><tr><td>Port</td><td>Ships</td></tr></table></div>\n<p>One cell</p>\n"
        );
    }

    #[test]
    fn a_long_cell_makes_a_row_layout_and_the_rows_behind_it_stay_data() {
        let mut flow = Flow::default();
        let long = "a".repeat(LONGEST_CELL + 1);
        flow.open_table();
        for cells in [["Port", &long], ["Oslo", "12"]] {
            for cell in cells {
                flow.begin_cell();
                flow.text(cell, &Look::default());
            }
            flow.end_row();
        }
        flow.close_table();
        assert_eq!(
            flow.into_html(),
            format!(
                "<p>Port</p>\n<p>{long}</p>\n<div><table><tr><td>Oslo</td><td>12</td></tr></table></div>\n"
            )
        );
    }

    #[test]
    fn tables_in_tables_of_layout_are_read_once() {
        const DEEP: usize = 20_000;
        let mut flow = Flow::default();
        for _ in 0..DEEP {
            flow.open_table();
            flow.begin_cell();
            flow.text("a", &Look::default());
            flow.begin_cell();
        }
        flow.text(&"b".repeat(LONGEST_CELL + 1), &Look::default());
        // From the first block of each table to the last, these are hundreds of millions.
        (0..DEEP).for_each(|_| flow.close_table());
        assert_eq!(flow.blocks.len(), DEEP + 1);
    }
}
